/**
 * The memory of a module grows in few steps: each has the browser collect garbage, since it counts the whole memory as
 * newly allocated. In a process of its own, whose memory has not grown yet.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, moduleMemory } from "./support.js";

test("the memory of the module grows in few steps", async () => {
  const before = moduleMemory();
  const sizes = new Set();
  async function* table() {
    yield Buffer.from("RepoName,Tag,Digest\n");
    for (let row = 0; row < 400_000; row += 500) {
      const lines = Array.from(
        { length: 500 },
        (_, at) => `web,${row + at},${String(row + at).padStart(64, "0")}\n`,
      );
      yield Buffer.from(lines.join(""));
      sizes.add(moduleMemory());
    }
  }
  (await load(table())).free();
  const grown = (moduleMemory() - before) / 2 ** 20;
  assert.ok(grown > 32 && sizes.size < 24, `${grown} MiB in ${sizes.size} steps`);
});
