// Calls that must not compile. A line that compiles after all is an error, and so the types cannot become loose.
import init, {
  authorize,
  type ErrorCode,
  type Estimate,
  estimate,
  type Filter,
  Inventory,
  precheck,
  suggest,
} from "scan-precheck";

declare const inventory: Inventory;

// @ts-expect-error only a load makes an inventory
new Inventory();
// @ts-expect-error null is no source of the module
await init(null);

// @ts-expect-error a number is no source
await Inventory.load(7);
// @ts-expect-error neither is nothing
await Inventory.load();
// @ts-expect-error nor null
await Inventory.load(null);
// @ts-expect-error rows are objects
await Inventory.load([1, 2]);
// @ts-expect-error pages and rows do not mix
await Inventory.load(["page", { RepoName: "web" }]);
// @ts-expect-error a stream gives bytes
await Inventory.load(new ReadableStream<string>());
// @ts-expect-error there is no such format
await Inventory.load("", { format: "xml" });
// @ts-expect-error there is no such option
await Inventory.load("", { formt: "csv" });
// @ts-expect-error a time is a Date or a number
await Inventory.load("", { cycleStart: "2026-11-01" });
// @ts-expect-error a digest is an image's own
await Inventory.load("", { defaults: { digest: "abc" } });
// @ts-expect-error there is no such rule
await Inventory.load("", { chargeModel: { countBy: "layer" } });
// @ts-expect-error the controller is not the signal
await Inventory.load("", { signal: new AbortController() });
// @ts-expect-error progress has no percentage
await Inventory.load("", { onProgress: ({ percent }) => console.log(percent) });
// @ts-expect-error a snapshot is bytes
Inventory.restore("snapshot");
// @ts-expect-error that are there already
Inventory.restore(new Blob([]));
// @ts-expect-error the rule is the snapshot's own
Inventory.restore(new Uint8Array(0), { chargeModel: { countBy: "digest" } });
// @ts-expect-error a load is awaited
precheck(Inventory.load(""), {});

// @ts-expect-error the inventory comes first
precheck({ tags: "1" });
// @ts-expect-error no inventory at all
estimate();
// @ts-expect-error `regionId` is one row's
precheck(inventory, { regionId: "cn-hangzhou" });
// @ts-expect-error a number is no tag
precheck(inventory, { tags: 7 });
// @ts-expect-error nor one of a list
precheck(inventory, { tags: ["1", 7] });
// @ts-expect-error a Set is no list
precheck(inventory, { tags: new Set(["1"]) });
// @ts-expect-error a text is no filter
precheck(inventory, "tags=1");
// @ts-expect-error nor is null
precheck(inventory, null);
// @ts-expect-error an address is one
precheck(inventory, { SourceIp: ["::1"] });
// @ts-expect-error what remains is a number
estimate(inventory, {}, { remaining: "100" });
// @ts-expect-error there is no such option
estimate(inventory, {}, { remainig: 100 });
// @ts-expect-error a field is asked for
suggest(inventory, {});
// @ts-expect-error by its own name
suggest(inventory, {}, { field: "RepoNames" });
// @ts-expect-error the source's address has no suggestions
suggest(inventory, {}, { field: "sourceIp" });

declare const answer: Estimate;
// @ts-expect-error the parts of an answer are read only
answer.quota = 0;
// @ts-expect-error what to buy may be unknown
const purchase: number = answer.purchase;
// @ts-expect-error the wire's names are the reply's
const count: number = answer.ScanImageCount;
// @ts-expect-error the report is read only
inventory.report.complete = true;
// @ts-expect-error images are read only
inventory.images = 1;
// @ts-expect-error there is no such code
const code: ErrorCode = "broken";
// @ts-expect-error an answer is awaited from none of them
const filter: Filter = Promise.resolve({ tags: "1" });

// @ts-expect-error a document says what a scan costs
inventory.setChargeModel({ name: "x", date: "2026-01-01", source: "y", countBy: "digest" });
// @ts-expect-error a time is no text
inventory.setChargeModel(undefined, { now: "2026-01-01" });

console.log(purchase, count, code, filter);

const action = "yundun-sas:PublicPreCheckImageScanTask";
// @ts-expect-error a request names an action
authorize("{}", {});
// @ts-expect-error no policy at all
authorize(undefined, { action });
// @ts-expect-error the version is a text
authorize({ Version: 1, Statement: [] }, { action });
// @ts-expect-error there is no such operator
authorize({ Version: "1", Statement: { Effect: "Allow", Condition: { IpAdress: {} } } }, { action });
// @ts-expect-error values are texts
authorize({ Version: "1", Statement: { Effect: "Allow", Condition: { Bool: { "a:b": true } } } }, { action });
