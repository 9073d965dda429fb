/**
 * The official Python SDKs of the service and of its registry, in a virtual environment of their own that is kept in
 * the cache folder.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "../../scripts/lib/paths.mjs";

const packages = ["alibabacloud-sas20181203==10.3.2", "alibabacloud-cr20181201==2.2.5"];
const folder = join(cacheDir, packages.join("+").replaceAll("==", "-"));
const python = join(folder, "bin", "python");
const imports = ["-c", "import alibabacloud_sas20181203.models, alibabacloud_cr20181201.models"];

/**
 * @returns {{ python: string } | { missing: string }} A Python that can import the SDKs, or why there is none.
 */
export function officialSdk() {
  if (works(python, imports)) return { python };
  if (!works("python3", ["--version"])) return { missing: "there is no python3" };
  // An environment that was left half made is made anew.
  if (!works("python3", ["-m", "venv", "--clear", folder]))
    return { missing: "python3 cannot make a virtual environment" };
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
  if (!works(python, install)) return { missing: "pip cannot install the official SDKs" };
  return works(python, imports) ? { python } : { missing: "the official SDKs cannot be imported" };
}

function works(command, args) {
  if (command.includes("/") && !existsSync(command)) return false;
  return spawnSync(command, args, { timeout: 240_000, stdio: "ignore" }).status === 0;
}
