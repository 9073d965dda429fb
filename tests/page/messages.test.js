/** The words of the page: both languages say everything, and nothing is said that no part shows. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runnerImport } from "vite";
import { inRoot } from "./support.js";

const load = async (file) =>
  (await runnerImport(inRoot(`www/src/messages/${file}`), { configFile: false, logLevel: "error" })).module;
const { en } = await load("en.ts");
const { zhCN } = await load("zh-CN.ts");

/** Tables that are read by a code; the types see to it that they hold every code. */
const TABLES = ["fields", "warnings", "shapes", "leftOutReasons", "errors"];
const THEMES = ["system", "light", "dark"];

const source = readdirSync(inRoot("www/src"), { recursive: true })
  .filter((file) => /\.tsx?$/.test(file) && !/messages[/\\](en|zh-CN)([/\\].*)?\.ts$/.test(file))
  .map((file) => readFileSync(join(inRoot("www/src"), file), "utf8"))
  .join("\n");

test("every message is used", () => {
  const unused = Object.entries(en).flatMap(([group, value]) => {
    if (TABLES.includes(group) || typeof value !== "object") {
      return new RegExp(`\\b${group}\\b`).test(source) ? [] : [group];
    }
    return Object.keys(value)
      .filter((key) => !(group === "preferences" && THEMES.includes(key)))
      .filter((key) => !new RegExp(`\\.${key}\\b`).test(source))
      .map((key) => `${group}.${key}`);
  });
  assert.deepEqual(unused, []);
});

/** A message takes numbers or names. */
function said(message) {
  try {
    return message(1234, 5678, "x");
  } catch {
    return message("x", "y");
  }
}

/** The texts of a language by their path; what a function says is called with numbers. */
function texts(value, path = "") {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, said(value)]];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}

test("both languages say the same things, each in its own words", () => {
  const english = texts(en);
  const chinese = texts(zhCN);
  assert.deepEqual(
    chinese.map(([path]) => path),
    english.map(([path]) => path),
  );
  const same = english.filter(([path, text], index) => text === chinese[index][1] && path !== "number");
  assert.deepEqual(same, []);
  assert.deepEqual(
    chinese.filter(([path, text]) => path !== "number" && !/\p{Script=Han}|^\+/u.test(text)),
    [],
  );
});
