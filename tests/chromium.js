/**
 * The browser of the tests, without what it would do over the network by itself.
 */
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = (...more) =>
  chromium.launch({
    executablePath: process.env.CHROME || "/usr/bin/chromium",
    args: [...ARGUMENTS, ...more],
  });
