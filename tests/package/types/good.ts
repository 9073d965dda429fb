// Calls that must compile, each result used by its exact type.
import init, {
  type Authorization,
  authorize,
  type Bill,
  bill,
  type Diff,
  type DiffClass,
  diff,
  type ErrorCode,
  type Estimate,
  type Explained,
  estimate,
  explain,
  type Filter,
  Inventory,
  type InventorySource,
  type LoadOptions,
  type LoadProgress,
  type LoadReport,
  type Margin,
  margin,
  type Plan,
  type Policy,
  type PrecheckReply,
  plan,
  precheck,
  type Reconciliation,
  type RestoreOptions,
  reconcile,
  type ScanPrecheckError,
  type Suggestions,
  suggest,
} from "scan-precheck";

const ready: Promise<void> = init();
await init("/module.wasm");
await init(new URL("https://example.com/module.wasm"));
await init(fetch("/module.wasm"));
await init(new Uint8Array(8));
await init({ parts: "estimate" });
await init({ module: "/module.wasm", more: new URL("https://example.com/more.wasm"), parts: "all" });
await ready;

declare const file: File;
declare const rows: { RepoName: string; Tag?: string; LastScanTime: number }[];

const sources: InventorySource[] = [
  file,
  new Blob([]),
  new Response(),
  new ReadableStream<Uint8Array>(),
  new ArrayBuffer(0),
  new DataView(new ArrayBuffer(0)),
  "RepoName,Tag\n",
  rows,
  [],
  ["page 1", "page 2"],
  [file, new Blob([])],
  Object.freeze([{ repo_name: "web" }]),
];

const options: LoadOptions = {
  format: "csv",
  defaults: { registryType: "acr", regionId: "cn-hangzhou" },
  cycleStart: new Date(),
  now: Date.now(),
  chargeModel: { countBy: "repositoryDigest" },
  onProgress: ({ bytes, totalBytes, rows }: LoadProgress) => {
    const share: number | undefined = totalBytes === undefined ? undefined : bytes / totalBytes;
    console.log(share, rows);
  },
  signal: AbortSignal.timeout(1000),
};

for (const source of sources) {
  using inventory = await Inventory.load(source, options);
  const report: LoadReport = inventory.report;
  const announced: number | null = report.announced;
  const unknown: number | undefined = report.repositories?.unknown;
  const [shape, because]: string[] = report.sources.flatMap(({ shape, because }) => [shape, because]);
  const images: number = inventory.images;
  console.log(
    announced,
    unknown,
    shape,
    because,
    images,
    report.leftOut.places[0]?.line,
    report.sources[0]?.shape === "table",
  );
}

const inventory = await Inventory.load(rows, { cycleStart: 0 });
const times: (Date | number | null | undefined)[] = [0, new Date(), null, undefined];
for (const time of times) {
  const timed = await Inventory.load(rows, { cycleStart: time, now: time });
  timed.setChargeModel({}, { cycleStart: time, now: time });
  timed.free();
}

const snapshot = inventory.save();
const restoreOptions: RestoreOptions = { cycleStart: new Date() };
using restored = Inventory.restore(snapshot, restoreOptions);
for (const kept of [snapshot, snapshot.buffer, new DataView(snapshot.buffer)]) Inventory.restore(kept).free();
const download: Blob = new Blob([snapshot]);
console.log(restored.report.rows, download.size);

const filters: Filter[] = [
  {},
  { tags: "7, latest" },
  { tags: ["7", "latest"], RegistryTypes: "acr,harbor" },
  { digests: Object.freeze(["abc"] as const), SourceIp: "::1" },
  { repoNames: undefined, RegionIds: null },
];

const reply: PrecheckReply = precheck(inventory);
const quota: number = precheck(inventory, filters[0]).Data.ScanImageCount + reply.Data.NeedAuthCount;
const answer: Estimate = estimate(inventory, undefined, { remaining: 100, purchaseStep: 20 });
const purchase: number | null = answer.purchase;
inventory.setChargeModel({ countBy: "image" }, { cycleStart: new Date(), now: Date.now() });
inventory.setChargeModel();
const comesTo: Bill = bill(inventory, filters[1], { remaining: 5, purchaseStep: 1, now: new Date() });
const units: string = comesTo.units + comesTo.model.name + String(comesTo.cycle?.daysLeft);
inventory.setChargeModel({
  ...comesTo.model,
  cost: { first: 1, repeat: "0.1" },
  cycle: { monthlyFromDay: 1 },
});
const found: Suggestions = suggest(inventory, undefined, { field: "repoNames", text: "web", limit: 5 });
const codes: string[] = answer.warnings.map(({ code }) => code);
console.log(quota, purchase, found.suggestions[0]?.value, answer.free.charged, codes, units);

const planned: Plan = plan(inventory, { tags: "7" }, { remaining: 5, by: "repoNamespaces", perCycle: 20 });
for (const request of planned.requests) {
  if (request.operation === "PublicCreateImageScanTask") precheck(inventory, request.parameters);
  else console.log(request.parameters.Images[0]?.digest, request.adds);
}
const compared: Reconciliation = reconcile(inventory, undefined, { ScanImageCount: 3, NeedAuthCount: 6 });
for (const { changes } of compared.explanations) {
  for (const change of changes) console.log(change.kind === "cycleStart" ? change.nearest : change.kind);
}
reconcile(inventory, {}, "{}").equal satisfies boolean;

const explained: Explained = explain(
  inventory,
  { tags: "7" },
  { reason: ["sameDigest", "alreadyCharged"], sort: "repoNames", descending: true, offset: 100, limit: 50 },
);
for (const { row, image, reason, sameAs, charged } of explained.images) {
  console.log(
    row,
    image.tag,
    reason === "sameDigest" ? sameAs?.row : (charged?.by?.image.digest ?? charged?.said),
  );
}
const paid: number = explained.counts.chargedNow + explained.counts.unknownDigest;

using earlier = await Inventory.load(rows);
const changed: Diff = diff(earlier, inventory, undefined, { class: "rebuilt", limit: 5 });
const classes: DiffClass[] = ["added", "removed", "newlyCharged"];
const net: number = changed.after.quota - changed.before.quota;
console.log(
  paid,
  net,
  classes.map((name) => changed[name].quota.after),
  changed.rebuilt.examples[0]?.other?.digest,
);
const left: Margin = margin(
  inventory,
  {},
  { remaining: 9, earlier, earlierDate: new Date(0), date: Date.now() },
);
const until: number | null | undefined = left.newDigests?.runsOut;
console.log(left.flipsAt, until);

const policies: Policy[] = [
  '{"Version": "1", "Statement": []}',
  { Version: "1", Statement: { Effect: "Allow", Action: ["yundun-sas:*", "ram:Get*"], Resource: "*" } },
  {
    Version: "1",
    Statement: [
      {
        Effect: "Deny",
        NotAction: "ram:*",
        Resource: "*",
        Condition: { NotIpAddress: { "acs:SourceIp": ["192.0.2.0/24"] }, Bool: { "acs:MFAPresent": "true" } },
      },
    ],
  },
];
const may: Authorization = authorize(policies, {
  action: "yundun-sas:PublicPreCheckImageScanTask",
  accountId: null,
  context: { "acs:SourceIp": "192.0.2.1", "acs:CurrentTime": Date.now(), "acs:MFAPresent": undefined },
});
await init({ parts: "extra", extra: new URL("https://example.com/extra.wasm") });
for (const { miss, policy } of may.readings.flatMap(({ statements }) => statements)) {
  console.log(may.by?.statement, policy, miss?.because === "condition" ? miss.key : miss?.because);
}

/** A code can be told from all others by the compiler. */
function adviceOn(code: ErrorCode): string {
  return code === "crashed" ? "start anew" : code;
}

try {
  estimate(inventory);
} catch (thrown) {
  const error = thrown as ScanPrecheckError;
  const line: number | undefined = error.position?.line;
  console.log(adviceOn(error.code), error.field, line, error.message);
}

inventory.free();
inventory[Symbol.dispose]();
