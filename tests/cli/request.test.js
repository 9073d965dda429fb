/**
 * Requests: what a shell, an SDK or a server makes of them is just what was given, whatever it holds.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { Inventory, plan } from "scan-precheck";
import { parametersOf } from "../../cli/request.js";
import { shellQuoted } from "../../npm/shell.js";
import { isPlain, run, sample, scratch } from "./support.js";

const hostile = [
  "it's",
  "''",
  "'",
  "$(touch /tmp/pwned)`id`",
  "a b  c",
  "a;b&c|d>e<f",
  '"double" \\ back\\\\slash\\',
  "!history ~ *? [a-z] {x} #",
  "line\nbreak\r\ttab",
  "-rf",
  "--RepoIds",
  "%s%n\u001b[31m",
  "镜像，🎈",
  "=x",
];

/** What a shell takes a command's words for. */
function wordsOf(command, shell = "sh") {
  const { status, stdout, stderr } = spawnSync(shell, ["-c", `set -- ${command}; printf '%s\\0' "$@"`], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return stdout.split("\0").slice(0, -1);
}

const printed = (kind, ...args) => {
  const { status, stdout, stderr } = run(["--print-request", kind, ...args]);
  assert.equal(status, 0, stderr);
  assert.equal(stderr, "");
  return stdout.replace(/\n$/, "");
};

describe("a command", () => {
  test("names the operation and each parameter as it is on the wire", () => {
    assert.equal(
      printed("precheck", "--tags", "latest, 1", "--registry-types=acr", "--tags", "2"),
      "aliyun sas PublicPreCheckImageScanTask --RegistryTypes acr --Tags latest,1,2",
    );
    assert.equal(printed("submit"), "aliyun sas PublicCreateImageScanTask");
    const all = [
      "registry-types",
      "region-ids",
      "instance-ids",
      "repo-namespaces",
      "repo-ids",
      "repo-names",
      "digests",
      "tags",
    ];
    const words = wordsOf(printed("submit", ...all.flatMap((name) => [`--${name}`, "x"])));
    assert.deepEqual(
      words.slice(3).filter((word) => word !== "x"),
      [
        "RegistryTypes",
        "RegionIds",
        "InstanceIds",
        "RepoNamespaces",
        "RepoIds",
        "RepoNames",
        "Digests",
        "Tags",
      ].map((name) => `--${name}`),
    );
  });

  for (const value of hostile) {
    for (const shell of ["sh", "bash"]) {
      test(`${shell} takes ${JSON.stringify(value)} for one word`, () => {
        const words = wordsOf(printed("submit", `--repo-names=${value}`), shell);
        const given = value.startsWith("-") ? [`--RepoNames=${value}`] : ["--RepoNames", value];
        assert.deepEqual(words, ["aliyun", "sas", "PublicCreateImageScanTask", ...given]);
      });
    }
  }

  test("every letter of ASCII goes through a shell", () => {
    for (let code = 1; code < 128; code += 1) {
      const text = `a${String.fromCharCode(code)}b`;
      assert.deepEqual(wordsOf(shellQuoted(text)), [text]);
    }
    assert.deepEqual(wordsOf(shellQuoted("")), [""]);
  });

  test("of a plan shows itself only where it can be copied", () => {
    const { file } = scratch();
    const path = file("control.json", JSON.stringify([{ RepoNamespace: "a\u001b[31m'b", Tag: "1" }]));
    const { stdout } = run([
      path,
      "--plan",
      "--remaining",
      "1",
      "--by",
      "repo-namespaces",
      "--repo-namespaces",
      "a\u001b[31m'b",
    ]);
    assert.ok(isPlain(stdout));
    assert.match(stdout, /has characters that are not shown: take --format json/);
  });
});

test("the source address goes with the request, and is no part of the numbers", () => {
  const address = ["--source-ip", " 2001:db8::1 "];
  assert.deepEqual(JSON.parse(printed("sdk", "--tags", "1", ...address)), {
    Tags: "1",
    SourceIp: "2001:db8::1",
  });
  assert.equal(
    printed("precheck", "--SourceIp", "192.168.0.1"),
    "aliyun sas PublicPreCheckImageScanTask --SourceIp 192.168.0.1",
  );
  assert.equal(printed("query", ...address), "SourceIp=2001%3Adb8%3A%3A1");
});

describe("parameters for an SDK", () => {
  test("are JSON by wire names", () => {
    assert.deepEqual(JSON.parse(printed("sdk", "--Tags", "b,,a", "--repo-names", "it's")), {
      RepoNames: "it's",
      Tags: "b,,a".replace(",,", ","),
    });
    assert.deepEqual(JSON.parse(printed("sdk")), {});
  });

  test("are those of the engine's own requests", async () => {
    const inventory = await Inventory.load([await (await import("node:fs")).openAsBlob(sample)]);
    const given = { registryTypes: " acr,\u3000harbor,, ", regionIds: "cn-hangzhou" };
    const { requests } = plan(inventory, given, { remaining: 1_000_000 });
    assert.deepEqual(parametersOf(given), requests[0].parameters);
    inventory.free();
  });

  test("hold digests in the documented form", () => {
    const hex = "6A5E103187B31A94592A47A5858617F7".repeat(2);
    const { Digests } = JSON.parse(printed("sdk", "--digests", `sha256:${hex},${hex},6a5e****,sha256:12`));
    assert.equal(Digests, `${hex.toLowerCase()},${hex.toLowerCase()},6a5e****,sha256:12`);
  });
});

describe("a query", () => {
  for (const value of hostile) {
    test(`gives ${JSON.stringify(value)} back`, () => {
      const query = printed("query", `--repo-names=${value}`, "--tags", "1");
      assert.match(query, /^RepoNames=[A-Za-z0-9%_.~-]+&Tags=1$/);
      assert.deepEqual(Object.fromEntries(new URLSearchParams(query)), { RepoNames: value, Tags: "1" });
    });
  }
});
