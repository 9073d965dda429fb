/** Random inventories and filters with all that could be taken for more than a text, and what the package answers to them. */
import { estimate, explain, facets, Inventory, toSql } from "scan-precheck";

const FIELDS = [
  "registryType",
  "regionId",
  "instanceId",
  "repoNamespace",
  "repoId",
  "repoName",
  "digest",
  "tag",
];
const KEYS = [
  "registryTypes",
  "regionIds",
  "instanceIds",
  "repoNamespaces",
  "repoIds",
  "repoNames",
  "digests",
  "tags",
];

/** Values of each field. Blanks, quotes, what escapes, what begins a comment, what an engine replaces, what looks like nothing. */
const VALUES = {
  registryType: ["acr", "harbor", "CI/CD", "it's"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what Spark would replace
  regionId: ["cn-hangzhou", "é", "${x}", " cn-hangzhou "],
  instanceId: ["i-1", "i\\2", "", "\u00a0i-1\t"],
  repoNamespace: ["a", "A", "b", "N/A", '"q"', "`t`"],
  repoId: ["crr-1", "crr-2", "", "{p1:String}"],
  repoName: ["centos", "%", "_", "\\'", "名前", "--x", "/*"],
  digest: [
    `sha256:${"A".repeat(64)}`,
    "a".repeat(64),
    "b".repeat(64),
    `SHA256:${"c".repeat(64)}`,
    "d1",
    "D1",
    "n/a",
    "sha256:",
    "sha256:6a5e****",
    "",
  ],
  tag: ["latest", "1.0", "\u3000latest", "v;1", "", "$1", "?"],
};
const COUNT_BY = ["digest", "repositoryDigest", "repositoryTag", "image"];
const CYCLE_START = 1_000;

function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** An inventory, a filter and a charge model. */
export function world(seed) {
  const next = random(seed);
  const one = (list) => list[next(list.length)];
  // In some worlds rows hold little but a digest.
  const sparse = seed % 5 === 0;
  const rows = Array.from({ length: 1 + next(25) }, () => {
    const row = {};
    for (const field of FIELDS) {
      if (sparse ? field === "digest" : next(5) > 0) row[field] = one(VALUES[field]);
    }
    const charged = [true, false][next(6)];
    if (charged !== undefined) row.charged = charged;
    const time = [500, 1_500, 0][next(4)];
    if (time !== undefined) row.lastScanTime = time;
    if (next(8) === 0) row.scannable = next(2) === 0;
    return row;
  });
  // Where no row says anything there is no inventory.
  rows[0].digest ||= VALUES.digest[0];
  const filter = {};
  for (const [at, field] of FIELDS.entries()) {
    if (next(4) === 0) filter[KEYS[at]] = Array.from({ length: 1 + next(3) }, () => one(VALUES[field]));
  }
  const chargeModel = { countBy: one(COUNT_BY) };
  return { rows, filter, chargeModel, cycleStart: next(2) === 0 ? CYCLE_START : null, field: one(KEYS) };
}

/** What a statement of each question must answer, by the package. */
export async function expected({ rows, filter, chargeModel, cycleStart, field }) {
  const inventory = await Inventory.load(rows, { chargeModel, cycleStart });
  try {
    const { images, quota, free, unknownDigest, notScannable } = estimate(inventory, filter);
    const { counts } = explain(inventory, filter, { limit: 1 });
    const { values, total, absent } = facets(inventory, filter, { field, limit: 50 });
    const charged = explain(inventory, filter, { reason: "alreadyCharged", limit: 500 }).images;
    const digests = new Map();
    for (const { image } of charged) {
      if (image.digest !== undefined) digests.set(image.digest, (digests.get(image.digest) ?? 0) + 1);
    }
    return [
      [[images, quota, free.duplicates, free.charged, unknownDigest, notScannable]],
      [
        [
          counts.chargedNow,
          counts.sameDigest,
          counts.alreadyCharged,
          counts.unknownDigest,
          counts.notScannable,
        ],
      ],
      [
        ...(absent.images > 0 ? [[null, absent.images, absent.quota, total]] : []),
        ...values.map(({ value, images, quota }) => [value, images, quota, total]),
      ],
      [...digests].sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
    ];
  } finally {
    inventory.free();
  }
}

/** The same as a case for an engine. */
export function caseFor(dialect, { rows, filter, chargeModel, cycleStart, field }, parameters) {
  const options = { dialect, table: "images", chargeModel, cycleStart, parameters };
  const statements = [
    { question: "estimate" },
    { question: "explain" },
    { question: "facets", field, limit: 50 },
    { question: "chargedDigests" },
  ].map((question) => {
    const { text, parameters } = toSql(filter, { ...options, ...question });
    return [text, parameters];
  });
  const columns = [...FIELDS, "charged", "lastScanTime", "scannable"];
  return { table: rows.map((row) => columns.map((column) => row[column] ?? null)), statements };
}
