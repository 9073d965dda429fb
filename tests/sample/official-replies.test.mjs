/**
 * Replies that the official SDKs' models build are read as they are, and the fixtures have the models' shape.
 * Skipped, with the reason, where those SDKs cannot be had.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { estimate, Inventory } from "scan-precheck";
import { officialSdk } from "./official-sdk.mjs";

const sdk = officialSdk();
const skip = sdk.missing ?? false;

/** What the script prints. */
function replies() {
  const script = fileURLToPath(new URL("official_replies.py", import.meta.url));
  const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));
  const { status, stdout, stderr } = spawnSync(sdk.python, [script, fixtures], {
    encoding: "utf8",
    timeout: 60_000,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

/** Images and quota of what replies hold, and the report of the load: each a source, and all in one. */
async function read(replies, filter, separate) {
  const texts = replies.map((reply) => JSON.stringify(reply));
  const inventory = await Inventory.load(separate ? texts : texts.join("\n"));
  const { images, quota, complete } = estimate(inventory, filter);
  const { report } = inventory;
  inventory.free();
  return { images, quota, complete, report };
}

test("fixtures pass through the official models unchanged", { skip }, () => {
  assert.deepEqual(replies().faults, []);
});

for (const separate of [true, false]) {
  const how = separate ? "each a source" : "one after the other";

  test(`pages of DescribeImageInstances, ${how}`, { skip }, async () => {
    const { images, quota, complete, report } = await read(
      replies().built.instances,
      { registryTypes: "acr", repoNamespaces: "N/A" },
      separate,
    );
    assert.deepEqual({ images, quota, complete }, { images: 3, quota: 2, complete: true });
    assert.equal(report.announced, 3);
  });

  test(`tags of ACR with the list of repositories, ${how}`, { skip }, async () => {
    const { images, quota, complete, report } = await read(
      replies().built.tags,
      {
        registryTypes: "acr",
        repoIds: "crr-1",
        repoNames: "web",
        repoNamespaces: "shop",
        instanceIds: "cri-1",
      },
      separate,
    );
    assert.deepEqual({ images, quota, complete }, { images: 2, quota: 1, complete: true });
    assert.equal(report.repositories.fromOnlyListed, 2);
  });

  test(`a request to scan images, ${how}`, { skip }, async () => {
    const { images, quota, complete, report } = await read(
      replies().built.request,
      { registryTypes: "harbor", repoNames: "nginx" },
      separate,
    );
    assert.deepEqual({ images, quota, complete }, { images: 2, quota: 2, complete: true });
    assert.equal(report.sources[0].shape, "PublicSyncAndCreateImageScanTask");
  });
}
