/**
 * Where a source is cut into pieces changes nothing; where it ends too early is told.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { estimate } from "scan-precheck";
import { assertError, digest, load, rejectionOf, streamOf } from "./support.js";

const listed = [
  { RegistryType: "acr", RepoName: '镜像 \\ "x"', Tag: "1\u{1f433}", Digest: digest("a"), LastScanTime: 1 },
  { RegistryType: "acr", RepoName: "b,c", Tag: 7 },
  { RepoName: "]}[{", Tag: "", Digest: `sha256:${digest("A")}` },
];

const page = {
  RequestId: "F9353221-40F4-5F98-B73C-2803DC804033",
  ImageInstanceList: listed,
  PageInfo: { TotalCount: 3, Note: "é" },
};

const csv = [
  'Repo Name,tag,"Digest",extra',
  `"say ""hi"", 镜像",1,${digest("a")},`,
  '"two\r\nlines",\u{1f433},,"x"',
  "too,few",
  "",
  `c,2,sha256:${digest("b")},""`,
].join("\r\n");

const exports = {
  "a page": JSON.stringify(page),
  "a page over lines, behind a byte order mark": `\ufeff${JSON.stringify(page, null, 2)}\n`,
  "two pages in an array": JSON.stringify([page, { ...page, ImageInstanceList: [] }]),
  rows: JSON.stringify(listed, null, 1),
  "rows, one a line": listed.map((row) => `${JSON.stringify(row)}\n`).join(""),
  "a table": csv,
  "a table behind a byte order mark, with its last line open": `\ufeff${csv}\r\n`,
  "a table of tabs": "RepoName\tTag\nweb\t1\napi\t2\n",
};

/** What a load gives, or how it fails. */
async function outcome(source) {
  try {
    const inventory = await load(source);
    const { report } = inventory;
    const answers = [{}, { tags: "1" }, { repoNames: "two\r\nlines" }].map((filter) =>
      estimate(inventory, filter),
    );
    inventory.free();
    return { report, answers };
  } catch ({ code, message, position }) {
    return { code, message, position };
  }
}

for (const [name, text] of Object.entries(exports)) {
  test(`${name}, cut at every byte`, async () => {
    const bytes = new TextEncoder().encode(text);
    const expected = await outcome(text);
    assert.ok(expected.report?.images > 0, expected.message);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const pieces = streamOf([bytes.subarray(0, cut), bytes.subarray(cut)]);
      assert.deepEqual(await outcome(pieces), expected, `cut at byte ${cut}`);
    }
  });
}

describe("a JSON export that ends at any byte", () => {
  const complete = Object.entries(exports).filter(([name]) => /^(?:a page|two pages|rows$)/.test(name));
  for (const [name, text] of complete) {
    test(name, async () => {
      const bytes = new TextEncoder().encode(text.trimEnd());
      for (let end = 0; end < bytes.length; end += 1) {
        const error = await rejectionOf(load(bytes.subarray(0, end)));
        const code =
          end === 0 || (bytes[0] === 0xef && end <= 3)
            ? /empty-input|unsupported|no-known/
            : /^(?:truncated|invalid)-json$/;
        assert.match(error.code, code, `the first ${end} bytes: ${error.message}`);
        assertError(error, { code: error.code, position: { source: 0 } });
        assert.ok(error.position.byte <= end);
      }
    });
  }
});
