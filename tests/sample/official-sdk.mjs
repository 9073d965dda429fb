/**
 * The service's official Python SDK in a virtual environment of its own, kept in the cache folder.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "../../scripts/lib/paths.mjs";

const version = "10.3.2";
const folder = join(cacheDir, `alibabacloud-sas20181203-${version}`);
const python = join(folder, "bin", "python");
const imports = ["-c", "from alibabacloud_sas20181203.models import DescribeImageInstancesResponseBody"];

/**
 * @returns {{ python: string } | { missing: string }} A Python that can import the SDK, or why there is none.
 */
export function officialSdk() {
  if (works(python, imports)) return { python };
  if (!works("python3", ["--version"])) return { missing: "there is no python3" };
  // An environment that was left half made is made anew.
  if (!works("python3", ["-m", "venv", "--clear", folder]))
    return { missing: "python3 cannot make a virtual environment" };
  const install = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    `alibabacloud-sas20181203==${version}`,
  ];
  if (!works(python, install)) return { missing: "pip cannot install the official SDK" };
  return works(python, imports) ? { python } : { missing: "the official SDK cannot be imported" };
}

function works(command, args) {
  if (command.includes("/") && !existsSync(command)) return false;
  return spawnSync(command, args, { timeout: 240_000, stdio: "ignore" }).status === 0;
}
