/**
 * What will a container image scan consume, and does it fit? The answer is computed here, from an
 * inventory that you load; nothing leaves the page or the process.
 *
 * Two words carry every answer: **images**, how many images a scan covers, and **quota**, how many
 * units of the purchased quota it would consume.
 *
 * @module scan-precheck
 */

/// <reference lib="esnext.disposable" />

// ── Getting ready ────────────────────────────────────────────────────────────────────────────────

/** Where a part of the WebAssembly module is: its address, the response that carries it, its bytes, or it compiled. */
export type ModuleSource = string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module;

/** What is made ready, and from where. */
export interface InitOptions {
  /** Where the first part is. Without it: beside the package's own file. */
  readonly module?: ModuleSource | undefined;
  /** Where the second part is. Without it: beside the package's own file. */
  readonly more?: ModuleSource | undefined;
  /** Where the extra part is, which is then made ready with the others. Without it: beside the package's own file. */
  readonly extra?: ModuleSource | undefined;
  /**
   * - `"all"`: the first and the second part, all that is asked of inventories, fetched at the same time. The default,
   *   unless a source of the first part alone was given;
   * - `"estimate"`: the first part alone, which is what it takes to load an inventory and to call {@link precheck} and
   *   {@link estimate}. All else throws with code `"part-not-loaded"` until an `await init()` has brought the second part;
   *   inventories stay as they are;
   * - `"extra"`: the first part and the extra one, which is what {@link authorize} and {@link toSql} take. Nothing else loads it, so who
   *   needs both calls `init` twice. In Node and in `scan-precheck/inline` it is there when it is needed.
   */
  readonly parts?: "all" | "estimate" | "extra" | undefined;
}

/**
 * Makes the package ready. In a browser, await it once before anything else; further calls fetch nothing again. In Node
 * the package is ready when it is imported, and this does nothing.
 *
 * @param source Where the first part of the module is, or options. Who has the first part elsewhere has the second there
 *   too: it is not looked for until `more` or `parts` says so.
 * @throws {ScanPrecheckError} with code `"part-not-loaded"` where only a further part cannot be had: what does not need it
 *   works, and the next call tries again.
 */
export default function init(source?: ModuleSource | InitOptions): Promise<void>;

// ── Inventories ──────────────────────────────────────────────────────────────────────────────────

/** One row of an inventory as an object, in any case style: `RepoName`, `repoName` and `repo_name` are one field. */
export interface ImageRow {
  readonly [field: string]: unknown;
}

/**
 * Anything that holds the bytes or the text of an export. Bytes are UTF-8, or UTF-16 behind a byte order mark, and may
 * be compressed with gzip, which their first two bytes tell and the platform's `DecompressionStream` undoes.
 */
export type ByteSource =
  | Blob
  | Response
  | ReadableStream<Uint8Array>
  | ArrayBuffer
  | ArrayBufferView
  | string;

/** One export, an array of row objects, or an array of exports (pages or files of one inventory). */
export type InventorySource = ByteSource | readonly ByteSource[] | readonly ImageRow[];

/** What makes two rows the same image to the bill. */
export type CountBy = "digest" | "repositoryDigest" | "repositoryTag" | "image";

/** The rule by which quota is consumed. */
export interface ChargeModel {
  /**
   * What one unit of quota is consumed by:
   * - `"digest"` (default): a digest, wherever it is stored;
   * - `"repositoryDigest"`: a digest in a repository;
   * - `"repositoryTag"`: a tag in a repository;
   * - `"image"`: each image of the inventory by itself.
   *
   * That the service counts digests is an assumption, the best supported one.
   */
  readonly countBy?: CountBy;
}

/** Values for fields that an export does not carry. They never replace a value that is there, such as `N/A`. */
export interface RowDefaults {
  /** Kind of registry: `acr`, `harbor`, `quay` or another. */
  readonly registryType?: string;
  /** Region, such as `cn-hangzhou`. */
  readonly regionId?: string;
  /** Container Registry instance. */
  readonly instanceId?: string;
  /** Namespace of the repository. */
  readonly repoNamespace?: string;
  /** Repository id. */
  readonly repoId?: string;
  /** Repository name. */
  readonly repoName?: string;
}

/** How far a load has come. */
export interface LoadProgress {
  /** Bytes read so far, over all sources: of a compressed one, its compressed bytes. */
  readonly bytes: number;
  /** Bytes there are in all, where every source knows its size. */
  readonly totalBytes: number | undefined;
  /** Rows read so far, over all sources. */
  readonly rows: number;
}

/** Options of {@link Inventory.load}. */
export interface LoadOptions {
  /** The format. Without it, recognised from the content. */
  readonly format?: "json" | "csv";
  /** Values for fields that the export lacks. */
  readonly defaults?: RowDefaults;
  /**
   * The time by which a tag of Quay that ends has ended or not, as a `Date` or in milliseconds since 1970.
   * Default: the present.
   */
  readonly now?: Date | number | null | undefined;
  /**
   * When the current billing cycle began, as a `Date` or in milliseconds since 1970. An image whose
   * `LastScanTime` is not before it counts as charged already. Without it, only an explicit
   * `charged` field does.
   */
  readonly cycleStart?: Date | number | null | undefined;
  /** The rule by which quota is consumed. */
  readonly chargeModel?: ChargeModel;
  /** Called now and then while loading, and once at the end. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Stops the load: the promise rejects with code `"aborted"`. */
  readonly signal?: AbortSignal;
}

/** Options of {@link Inventory.restore}. */
export interface RestoreOptions {
  /** When the current billing cycle began, if another one has begun since: as {@link LoadOptions.cycleStart}. Without it, as at the load. */
  readonly cycleStart?: Date | number | null | undefined;
}

/** Why a row was left out. */
export type LeftOutReason =
  /** An element of the list that is no object, or a CSV line with another number of cells than the header. */
  | "not-a-row"
  /** A field holds a value of another type than it must, such as a number as a tag. */
  | "wrong-type"
  /** The row gives one field twice with different values. */
  | "duplicate-field"
  /** The row holds none of the known fields. */
  | "no-known-field"
  /** A text holds bytes that are not UTF-8, or half of a surrogate pair. */
  | "invalid-text"
  /** A chart, a signature, an attestation, a bill of materials. Nothing is missing without it. */
  | "not-an-image"
  /** A tag that has ended. Nothing is missing without it. */
  | "dead-tag";

/** Where one row was left out, and why. */
export interface LeftOutRow {
  /** Why, in a word that never changes. */
  readonly reason: LeftOutReason;
  /** The reason in plain words, with the field and the value. */
  readonly message: string;
  /** The source it is in, from 0, in the order they were given. */
  readonly source: number;
  /** The line on which the row begins, from 1. Of an array of row objects: the row's number, from 1. */
  readonly line: number;
  /** The column at which the row begins, in characters from 1. */
  readonly column: number;
}

/** What the rows of a source are. It is recognised by the names in them, never by the name of a file. */
export type SourceShape =
  /** Row objects. */
  | "rows"
  /** Lines under a header. */
  | "table"
  /** Pages of Security Center's operation `DescribeImageInstances`. */
  | "DescribeImageInstances"
  /** The images of a request `PublicSyncAndCreateImageScanTask`. */
  | "PublicSyncAndCreateImageScanTask"
  /** Repositories of ACR, in replies of `ListRepository`. They are no images; tags are given to them. */
  | "ListRepository"
  /** Tags of one repository of ACR, in replies of `ListRepoTag`. */
  | "ListRepoTag"
  /** Artifacts of Harbor. */
  | "harbor-artifacts"
  /** Tags of a repository of Quay. */
  | "quay-tags"
  /** The tags of a repository as OCI's `tags/list` gives them, without digests. */
  | "oci-tags"
  /** The repositories of a registry as OCI's `_catalog` gives them. They are no images. */
  | "oci-catalog"
  /** Several of these. */
  | "mixed";

/** What was recognised in one source. */
export interface SourceReport {
  /** Its format. */
  readonly format: "json" | "csv";
  /** What its rows are. */
  readonly shape: SourceShape;
  /** By what that was recognised, in plain words. */
  readonly because: string;
  /** How long it is; of a compressed one, how long it is unpacked. */
  readonly bytes: number;
  /** Rows found in it. */
  readonly rows: number;
}

/**
 * How tags of ACR, whose lists name no repository, came to theirs: to the one that stands beside or around the list
 * (`RepoId`, or `RepoName` with `RepoNamespaceName`), else to the only one that is listed, else to the default.
 */
export interface RepositoriesReport {
  /** Repositories in lists of them. */
  readonly listed: number;
  /** Rows whose page names the repository. */
  readonly fromPage: number;
  /** Rows that are of the only repository that is listed. */
  readonly fromOnlyListed: number;
  /** Rows that have the repository of the defaults. */
  readonly fromDefaults: number;
  /**
   * Rows whose repository is not known: they have none, and the inventory is incomplete. Give `repoName` or `repoId`
   * in the defaults, or the list of repositories.
   */
  readonly unknown: number;
}

/** What a load read, and what it left out. */
export interface LoadReport {
  /** What was recognised in each source, in the order they were given. */
  readonly sources: readonly SourceReport[];
  /** Rows found in the sources: `images + duplicates + leftOut.total`. */
  readonly rows: number;
  /** Rows kept: the images of the inventory. */
  readonly images: number;
  /** Rows that repeat an earlier row in all eight fields; each such image is kept once. */
  readonly duplicates: number;
  /** Rows that could not be used, or are none of an image. */
  readonly leftOut: {
    /** How many there are. */
    readonly total: number;
    /** How many there are for each reason that occurs. */
    readonly byReason: readonly {
      /** Why they were left out. */
      readonly reason: LeftOutReason;
      /** How many rows. */
      readonly rows: number;
    }[];
    /** The first 100 of them; where there are more, those that may be images go first. */
    readonly places: readonly LeftOutRow[];
  };
  /**
   * How many images the exports say there are (`TotalCount`), where they say so. Pages of one export say the same,
   * also in files of their own; the numbers of several exports are summed.
   */
  readonly announced: number | null;
  /** Pages of Quay's tags that did not come though another page says that they exist. */
  readonly missingPages: number;
  /** `null` where there are neither tags of ACR nor a list of repositories. */
  readonly repositories: RepositoriesReport | null;
  /** Filter fields for which no row holds a value. */
  readonly missingFields: readonly FilterField[];
  /** Names in the input that were not used, the first 100. */
  readonly unusedNames: readonly string[];
  /**
   * `false` where rows were left out that may be images, fewer arrived than announced, or the repository of some is
   * not known: every estimate may then be wrong.
   */
  readonly complete: boolean;
}

/** An inventory of images in memory. Its memory is outside the reach of the garbage collector: dispose of it. */
export class Inventory {
  private constructor();
  /**
   * Reads an inventory.
   *
   * @throws {ScanPrecheckError} where the input as a whole cannot be read; an inventory loaded before stays as it is.
   */
  static load(source: InventorySource, options?: LoadOptions): Promise<Inventory>;
  /**
   * Restores an inventory from what {@link Inventory.save} gave, with its report, its charge model and its cycle.
   * It takes a fraction of the time of a load. The tables by which values are looked up are made when a question first
   * needs them: for a million images the first question takes some tens of milliseconds, and so does the first one that
   * names values of a field.
   *
   * What the snapshot says of images is believed, as an export is. Whether it is whole is checked: damaged or foreign
   * bytes are refused.
   *
   * @throws {ScanPrecheckError} with code `"not-a-snapshot"`, `"damaged-snapshot"` or `"newer-snapshot"`; load the export instead.
   */
  static restore(snapshot: ArrayBuffer | ArrayBufferView, options?: RestoreOptions): Inventory;
  /**
   * Saves the inventory as bytes to keep, such as in IndexedDB or in a file. They hold what the export said of images,
   * and no more; the form can change with a newer version of this package, which then says so when it restores.
   */
  save(): Uint8Array<ArrayBuffer>;
  /** How many images it holds. */
  readonly images: number;
  /** What was read and what was left out. */
  readonly report: LoadReport;
  /**
   * Goes over to another charge model without a load: a document, such as those under `scan-precheck/models/`, or a rule
   * as {@link LoadOptions} takes it. Every answer is from then on the one that a load under it would have given; where
   * this throws, the former model stays in force. Without a `cycleStart`, a monthly document and `now` tell it.
   */
  setChargeModel(document: ChargeModelDocument, options?: CycleOptions): void;
  /** The same with a rule; without one, it goes back to the built-in model. */
  setChargeModel(rule?: ChargeModel, options?: CycleOptions): void;
  /** Gives its memory back. Any later use throws with code `"disposed"`; disposing twice is harmless. */
  free(): void;
  /** Does the same as {@link Inventory.free}, at the end of a block with `using`. */
  [Symbol.dispose](): void;
}

// ── Charge models as data ────────────────────────────────────────────────────────────────────────

/** Units of quota, exactly: a decimal from 0 to 1000 with at most six places, as a text, or a whole number. */
export type Units = string | number;

/** Whose images are charged how, as of when and by which source: see `docs/charge-models.md`. */
export interface ChargeModelDocument {
  /** Whose model it is. */
  readonly name: string;
  /** The day as of which this is known: `2026-05-15`. */
  readonly date: string;
  /** Where it is said: an address, or a sentence. */
  readonly source: string;
  /** What one unit of quota is consumed by. */
  readonly countBy: CountBy;
  /** What says of an image that it is charged already. */
  readonly chargedBy: readonly ("flag" | "scanTime")[];
  /** For how long an image that was charged stays so. */
  readonly cycle:
    | "none"
    | "forever"
    | {
        /** The day of each month on which a cycle begins, 1 to 28. */
        readonly monthlyFromDay: number;
        /** The clock on which it begins at midnight, such as `+08:00`. Default: `+00:00`. */
        readonly utcOffset?: string;
      };
  /** What a scan costs for each charge key: the first in a cycle, and each further one. */
  readonly cost: {
    /** What the first scan in a cycle costs. */
    readonly first: Units;
    /** What each further one costs. */
    readonly repeat: Units;
  };
  /** What of it the source does not say. */
  readonly assumptions?: readonly string[];
}

/** When the present cycle began, as far as it is known. */
export interface CycleOptions {
  /** When it began, as a `Date` or in milliseconds since 1970. */
  readonly cycleStart?: Date | number | null | undefined;
  /** What time it is, likewise: a monthly document says when the cycle of this time began. */
  readonly now?: Date | number | null | undefined;
}

// ── Filters ──────────────────────────────────────────────────────────────────────────────────────

/** A filter field by its JavaScript name. */
export type FilterField =
  | "registryTypes"
  | "regionIds"
  | "instanceIds"
  | "repoNamespaces"
  | "repoIds"
  | "repoNames"
  | "digests"
  | "tags";

/** Values of one field: a comma list, or an array, whose items may be comma lists too. Nothing, blanks and empty items do not filter. */
export type FilterValues = string | readonly string[] | null | undefined;

/**
 * Which images a scan covers. A row matches where, in every field given, it holds one of the values.
 * Each parameter goes by its wire name or by its JavaScript name, not by both at once.
 * Values are compared exactly, digests by their hex digits in any case with or without `sha256:`.
 */
export interface Filter {
  /** Kind of registry: `acr`, `harbor`, `quay`, or another that the inventory holds. */
  readonly registryTypes?: FilterValues;
  /** The wire name of {@link Filter.registryTypes}. */
  readonly RegistryTypes?: FilterValues;
  /** Region, such as `cn-hangzhou`. */
  readonly regionIds?: FilterValues;
  /** The wire name of {@link Filter.regionIds}. */
  readonly RegionIds?: FilterValues;
  /** Container Registry instance. */
  readonly instanceIds?: FilterValues;
  /** The wire name of {@link Filter.instanceIds}. */
  readonly InstanceIds?: FilterValues;
  /** Namespace of the repository. */
  readonly repoNamespaces?: FilterValues;
  /** The wire name of {@link Filter.repoNamespaces}. */
  readonly RepoNamespaces?: FilterValues;
  /** Repository id. */
  readonly repoIds?: FilterValues;
  /** The wire name of {@link Filter.repoIds}. */
  readonly RepoIds?: FilterValues;
  /** Repository name. */
  readonly repoNames?: FilterValues;
  /** The wire name of {@link Filter.repoNames}. */
  readonly RepoNames?: FilterValues;
  /** Image digest: 64 hex digits, with or without `sha256:`. */
  readonly digests?: FilterValues;
  /** The wire name of {@link Filter.digests}. */
  readonly Digests?: FilterValues;
  /** Image tag. */
  readonly tags?: FilterValues;
  /** The wire name of {@link Filter.tags}. */
  readonly Tags?: FilterValues;
  /** The source IP address of the request, checked to be one. It never changes an answer. */
  readonly sourceIp?: string | null | undefined;
  /** The wire name of {@link Filter.sourceIp}. */
  readonly SourceIp?: string | null | undefined;
}

// ── Answers ──────────────────────────────────────────────────────────────────────────────────────

/**
 * The reply of the operation `PublicPreCheckImageScanTask`, to the letter.
 *
 * Mind the names: `ScanImageCount` is the **quota**, `NeedAuthCount` is the **number of images**.
 */
export interface PrecheckReply {
  /** A fresh upper-case UUID. */
  readonly RequestId: string;
  /** The two numbers. */
  readonly Data: {
    /** The quota that the scan would consume. */
    readonly ScanImageCount: number;
    /** The number of images that the scan covers. */
    readonly NeedAuthCount: number;
  };
}

/** Options of {@link estimate}. */
export interface EstimateOptions {
  /** The quota that remains: `ImageScanCapacity − ScanCount` of `DescribeImageScanAuthCount`. */
  readonly remaining?: number | null | undefined;
  /** Quota is sold in steps of this many units. Default: 20. */
  readonly purchaseStep?: number | null | undefined;
}

/** Something that the reader of an estimate ought to know. */
export interface Warning {
  /** What it is about, in a word that never changes. */
  readonly code: /** A value holds a full-width comma (，), which separates nothing. */
    | "full-width-comma"
    /** A registry type that is none of `acr`, `harbor`, `quay`, nor in the inventory. */
    | "unknown-registry-type"
    /** A value matches no image of the inventory. */
    | "unmatched-value"
    /** Rows were left out of the inventory, or fewer arrived than announced. */
    | "incomplete-inventory"
    /** The inventory holds scan times, but no `cycleStart` was given to read them by. */
    | "no-cycle-start";
  /** The same in plain words, with the value. */
  readonly message: string;
  /** The filter field concerned, where there is one. */
  readonly field?: FilterField;
}

/** What a scan covers and consumes. `images = quota + free.duplicates + free.charged`. */
export interface Estimate {
  /** Images that the scan covers. */
  readonly images: number;
  /** Quota that it consumes. */
  readonly quota: number;
  /** Covered images that consume nothing. */
  readonly free: {
    /** They share the charge key (by default the digest) of another covered image that is counted. */
    readonly duplicates: number;
    /** They are charged in this cycle already. */
    readonly charged: number;
  };
  /** The part of `quota` that comes from images without a digest, each counted by itself. */
  readonly unknownDigest: number;
  /** Images that the filter matches but that cannot be scanned. They are in no other number. */
  readonly notScannable: number;
  /** Values of the filter that match no image of the inventory, the first 1,000 of `unmatchedCount`. */
  readonly unmatched: readonly {
    /** The field that it was given for. */
    readonly field: FilterField;
    /** The value; a digest in its one form, in lower case without `sha256:`. */
    readonly value: string;
  }[];
  /** How many such values there are. */
  readonly unmatchedCount: number;
  /** The remaining quota as it was given, or `null`. */
  readonly remaining: number | null;
  /** Whether the remaining quota covers the scan; `null` where it is not known. */
  readonly sufficient: boolean | null;
  /** How much quota is missing; `null` where the remaining quota is not known. */
  readonly shortfall: number | null;
  /** How much to buy, in whole steps; `null` where the remaining quota is not known. */
  readonly purchase: number | null;
  /** Quota is sold in steps of so many units: as it was given, or 20. */
  readonly purchaseStep: number;
  /** The rule that was applied; what it says in full is in {@link Bill}. */
  readonly chargeModel: {
    /** Whose charge model it is. */
    readonly name: string;
    /** What one unit of quota is consumed by. */
    readonly countBy: CountBy;
    /** Milliseconds since 1970, or `null`. */
    readonly cycleStart: number | null;
  };
  /** `false` where the inventory is incomplete: more images may be covered, and some may be charged already. */
  readonly complete: boolean;
  /** What the reader ought to know; none where all is well. */
  readonly warnings: readonly Warning[];
}

/** The operation's own reply, computed from the inventory. */
export function precheck(inventory: Inventory, filter?: Filter): PrecheckReply;

/** What a scan covers and consumes, part by part. */
export function estimate(inventory: Inventory, filter?: Filter, options?: EstimateOptions): Estimate;

/** Options of {@link bill}. */
export interface BillOptions extends EstimateOptions {
  /** What time it is, as a `Date` or in milliseconds since 1970: then it is said how long the cycle goes on. */
  readonly now?: Date | number | null | undefined;
}

/** What a scan comes to: `units = quota × cost.first + repeats × cost.repeat`. */
export interface Bill {
  /** The charge model that was applied. */
  readonly model: ChargeModelDocument;
  /** The counts; what is missing and what to buy is here in whole units, rounded up. */
  readonly estimate: Estimate;
  /** Charge keys among the covered images that are charged already and would be scanned once more. */
  readonly repeats: number;
  /** What the scan comes to, as an exact decimal. */
  readonly units: string;
  /** How much of that is missing, as an exact decimal; `null` where the remaining quota is not known. */
  readonly shortfall: string | null;
  /** The present cycle; `null` where it is not known. */
  readonly cycle: {
    /** When it began, in milliseconds since 1970. */
    readonly start: number;
    /** When the next one begins, in milliseconds since 1970. */
    readonly next: number;
    /** In how many days that is; a day that has begun counts. */
    readonly daysLeft: number;
  } | null;
}

/** What a scan comes to under the charge model in force, in exact units. */
export function bill(inventory: Inventory, filter?: Filter, options?: BillOptions): Bill;

/** Options of {@link suggest}. */
export interface SuggestOptions {
  /** The field whose values are asked for. */
  readonly field: FilterField;
  /** Text that the values begin with or contain, digests only begin with; case does not matter. Without it: any value. */
  readonly text?: string | null | undefined;
  /** At most so many suggestions, 1 to 1,000. Default: 20. */
  readonly limit?: number | null | undefined;
}

/** Values that a filter field could take, with what each would add. */
export interface Suggestions {
  /** Values that begin with the text first, then those that contain it; among these the most frequent first. */
  readonly suggestions: readonly {
    /** The value, as the inventory has it. */
    readonly value: string;
    /** Images that the value would add to what the field's own values cover, under the other fields. */
    readonly images: number;
    /** Quota that it would add, likewise. */
    readonly quota: number;
  }[];
  /** How many values there are to suggest in all. */
  readonly total: number;
}

/** Type-ahead for a filter field. Values that the field already holds are not suggested. */
export function suggest(
  inventory: Inventory,
  filter: Filter | undefined,
  options: SuggestOptions,
): Suggestions;

/** Options of {@link facets}. */
export interface FacetOptions {
  /** The field whose values are asked for. */
  readonly field: FilterField;
  /** At most so many values, 1 to 10,000. Default: 20. */
  readonly limit?: number | null | undefined;
}

/** Images and the quota that they would consume. */
export interface Counted {
  /** How many images. */
  readonly images: number;
  /** How many units of quota they would consume. */
  readonly quota: number;
}

/** The values of a field, under the filter's other fields. */
export interface Facets {
  /**
   * Those with the most images, in falling order; equal ones by their text. Where more have equally many than
   * there is room for, those that came first in the inventory are taken.
   */
  readonly values: readonly ({
    /** The value, as the inventory has it. */
    readonly value: string;
  } & Counted)[];
  /** How many values have an image in all. */
  readonly total: number;
  /** Images that hold no value in the field. */
  readonly absent: Counted;
}

/** What the values of a field come to, each by itself, whatever the filter says of that field. */
export function facets(inventory: Inventory, filter: Filter | undefined, options: FacetOptions): Facets;

// ── Decisions ────────────────────────────────────────────────────────────────────────────────────

/** Options of {@link plan}. */
export interface PlanOptions {
  /** The quota that remains in this cycle: `ImageScanCapacity − ScanCount` of `DescribeImageScanAuthCount`. */
  readonly remaining: number;
  /** What is chosen as a whole: all images that hold one value of a field, or single `"images"` (default). */
  readonly by?: "images" | FilterField | null | undefined;
  /**
   * What comes first:
   * - `"mostImages"` (default): whatever covers the most images;
   * - `"longestUnscanned"`: what was never scanned, then what was scanned longest ago, by `LastScanTime`. When an image
   *   was made, an inventory does not say.
   */
  readonly order?: "mostImages" | "longestUnscanned" | null | undefined;
  /**
   * Values of one field that come before all others, in their order, each if it fits: `{ tags: "latest,stable" }`. Where
   * `by` is a field, values of that field.
   */
  readonly first?: Filter | null | undefined;
  /** The quota of each further cycle; with it the answer has a `schedule`. */
  readonly perCycle?: number | null | undefined;
  /** Values or images in one request, 1 to 10,000. Default: 500. */
  readonly batch?: number | null | undefined;
  /** How many requests are left out before the first that is told. Default: 0. */
  readonly offset?: number | null | undefined;
  /** At most so many requests are told, 1 to 1,000. Default: 100. */
  readonly limit?: number | null | undefined;
}

/** One image of a list of images: what the inventory says of it. */
export interface ImageRecord {
  /** Kind of registry: `acr`, `harbor`, `quay` or another. */
  readonly registryType?: string;
  /** Region, such as `cn-hangzhou`. */
  readonly regionId?: string;
  /** Container Registry instance. */
  readonly instanceId?: string;
  /** Namespace of the repository. */
  readonly repoNamespace?: string;
  /** Repository id. */
  readonly repoId?: string;
  /** Repository name. */
  readonly repoName?: string;
  /** Digest, in its one form: a SHA-256 as 64 hex digits in lower case, any other as it stands. */
  readonly digest?: string;
  /** Tag. */
  readonly tag?: string;
}

/** A request to submit, and what it comes to. */
export type PlannedRequest = {
  /** Images that it covers. */
  readonly images: number;
  /** Quota that it consumes by itself: what a precheck says of it. */
  readonly quota: number;
  /** Quota that it consumes after the requests before it; these sum up to the plan's. */
  readonly adds: number;
} & (
  | {
      /** The operation that submits it. */
      readonly operation: "PublicCreateImageScanTask";
      /** Filter parameters by their wire names, each with its comma list; {@link precheck} takes them too. */
      readonly parameters: { readonly [parameter: string]: string };
    }
  | {
      /** The operation that submits it. */
      readonly operation: "PublicSyncAndCreateImageScanTask";
      /** Images that no filter covers without covering others. */
      readonly parameters: {
        /** The images, each with all that the inventory says of it. */
        readonly Images: readonly ImageRecord[];
      };
    }
);

/** What comes in one cycle. */
export interface Cycle extends Counted {
  /** Its values, where the plan is by values: the first 1,000 of `valueCount`. */
  readonly values: readonly string[];
  /** How many values it has. */
  readonly valueCount: number;
}

/** What to scan within a quota. */
export interface Plan extends Counted {
  /** The remaining quota as it was given; `quota` never exceeds it. */
  readonly remaining: number;
  /** What the filter covers and consumes in all. */
  readonly whole: Counted;
  /** How many values were chosen; `null` where single images were, or everything fits. */
  readonly values: number | null;
  /**
   * How the choice was made:
   * - `"everything"`: all fits, there was nothing to choose;
   * - `"exact"`: no other choice covers more images;
   * - `"greedy"`: another choice may cover more, up to `atMost`;
   * - `"inOrder"`: everything that fits was taken in the order asked for.
   */
  readonly method: "everything" | "exact" | "greedy" | "inOrder";
  /** The images that no choice exceeds, once what is to come first has come first; `null` for an order asked for. */
  readonly atMost: number | null;
  /** The part of the best choice's images that the plan is proven to cover; 1 where it is the best. */
  readonly guarantee: number;
  /** What the plan leaves out. */
  readonly leftOut: {
    /** Images that the filter matches and the plan does not cover. */
    readonly images: number;
    /** Values of these; `null` where single images were chosen, or everything fits. */
    readonly values: number | null;
    /** Images that no plan by this field covers: they hold no value, or one with a comma, which no filter can ask for. */
    readonly withoutValue: number;
    /** What is left out and needs least further quota. */
    readonly next:
      | ({
          /** The value; `null` where it is a single image. */
          readonly value: string | null;
        } & Counted)
      | null;
  };
  /** How many requests there are. */
  readonly requestCount: number;
  /** The requests to submit, in this order: those asked for by `offset` and `limit`. */
  readonly requests: readonly PlannedRequest[];
  /**
   * What comes in which cycle, the current one first; up to 36. In each cycle billing begins anew, also of what was
   * scanned before.
   */
  readonly schedule: {
    /** The cycles, the current one first. */
    readonly cycles: readonly Cycle[];
    /** Images that come in none of them. */
    readonly imagesLeft: number;
  } | null;
  /** `false` where the inventory is incomplete: a request may cover and consume more. */
  readonly complete: boolean;
}

/**
 * What to scan within the quota that remains, as requests that can be submitted: the filter with some values of one field,
 * else digests, else a list of images. They cover no image that the filter does not match. See docs/plan.md.
 */
export function plan(inventory: Inventory, filter: Filter | undefined, options: PlanOptions): Plan;

/**
 * The service's reply to `PublicPreCheckImageScanTask`, as it came, as the text of it, or as an SDK wraps it; or the two
 * numbers by their plain names.
 */
export type ServiceReply =
  | string
  | PrecheckReply["Data"]
  | {
      /** The two numbers, in the reply. */
      readonly Data: PrecheckReply["Data"];
    }
  | {
      /** The reply, in what an SDK gives. */
      readonly body: object;
    }
  | {
      /** The two numbers or the reply, in what an SDK gives. */
      readonly data: object;
    }
  | {
      /** The quota, by the name that an SDK gives it. */
      readonly scanImageCount: number;
      /** The number of images, by the name that an SDK gives it. */
      readonly needAuthCount: number;
    }
  | Counted;

/** One thing that is different. */
export type Change =
  /** The two numbers stand in each other's place. */
  | {
      /** What kind of change it is. */
      readonly kind: "swapped";
    }
  /** A unit of quota is consumed by something else. */
  | {
      /** What kind of change it is. */
      readonly kind: "countBy";
      /** What would consume it. */
      readonly countBy: CountBy;
    }
  /** No image counts as charged by its scan time. */
  | {
      /** What kind of change it is. */
      readonly kind: "noCycleStart";
    }
  /** No image counts as charged at all. */
  | {
      /** What kind of change it is. */
      readonly kind: "nothingCharged";
    }
  /** Images that cannot be scanned are counted. */
  | {
      /** What kind of change it is. */
      readonly kind: "notScannableCounted";
    }
  /** The cycle began at another time, within these bounds, in milliseconds since 1970. */
  | {
      /** What kind of change it is. */
      readonly kind: "cycleStart";
      /** It began after this time, where there is such a bound. */
      readonly after: number | null;
      /** It did not begin after this time, where there is such a bound. */
      readonly upTo: number | null;
      /** The time within the bounds that is nearest to what was given. */
      readonly nearest: number;
    }
  /** The service knows other images. */
  | {
      /** What kind of change it is. */
      readonly kind: "otherInventory";
      /** How many more than the inventory; below zero, how many fewer. */
      readonly by: number;
    }
  /** The service knows of other charges. */
  | {
      /** What kind of change it is. */
      readonly kind: "otherCharges";
      /** How much more the quota is; below zero, how much less. */
      readonly by: number;
    };

/** What would explain a reply. */
export interface Explanation {
  /** What is different, all of it together. */
  readonly changes: readonly Change[];
  /** Whether both numbers come out as replied. Where they do not, it is what is left when no rule explains them. */
  readonly reproduces: boolean;
  /** The same in plain words. */
  readonly message: string;
}

/** A reply compared with what is counted here. */
export interface Reconciliation {
  /** Whether both numbers are equal. */
  readonly equal: boolean;
  /** What is counted here. */
  readonly ours: Counted;
  /** What the service replied. */
  readonly reply: Counted;
  /** What would explain the reply, the smallest change first; none where it is equal. */
  readonly explanations: readonly Explanation[];
}

/**
 * Compares the service's reply with what is counted here, and where they differ, looks for the smallest change of the rule
 * that explains it. See docs/reconcile.md.
 */
export function reconcile(
  inventory: Inventory,
  filter: Filter | undefined,
  reply: ServiceReply,
): Reconciliation;

// ── Explanations ─────────────────────────────────────────────────────────────────────────────────

/** An image with its number in the inventory's order, from 0: the same in every answer until the charge model changes. */
export interface NamedImage {
  /** Its number in that order. */
  readonly row: number;
  /** What the inventory says of it. */
  readonly image: ImageRecord;
}

/** Why an image consumes what it does. */
export type Reason =
  /** It is the first covered image with its charge key, and none with it is charged already. */
  | "chargedNow"
  /** It shares its charge key, usually its digest, with the image that is charged now: see `sameAs`. */
  | "sameDigest"
  /** It, or another image with its charge key, is charged in this cycle already: see `charged`. */
  | "alreadyCharged"
  /** It has no digest, and so is counted by itself. */
  | "unknownDigest"
  /** It cannot be scanned. */
  | "notScannable";

/** What a scan does with an image: one unit of quota, covered for nothing, or not covered at all. */
export type Verdict = "consumes" | "free" | "notCovered";

/** Options of {@link explain}. */
export interface ExplainOptions {
  /** Only images with this reason, or with one of these. */
  readonly reason?: Reason | readonly Reason[] | null | undefined;
  /**
   * The filter field in whose order images are told: those without a value first, then by the bytes of the texts, and
   * images with one value in the inventory's order. Without it, the inventory's order.
   */
  readonly sort?: FilterField | null | undefined;
  /** Whether that order is read backwards. */
  readonly descending?: boolean | null | undefined;
  /** How many images are left out before the first that is told. */
  readonly offset?: number | null | undefined;
  /** How many images are told, from 1 to 1000; usually 100. */
  readonly limit?: number | null | undefined;
}

/** One image with its reason. */
export interface ExplainedImage extends NamedImage {
  /** What a scan does with it. */
  readonly verdict: Verdict;
  /** Why. */
  readonly reason: Reason;
  /** The image that is charged in its place, where the reason is `"sameDigest"`. */
  readonly sameAs: NamedImage | null;
  /** When and by what it was charged, where the reason is `"alreadyCharged"`. */
  readonly charged: {
    /** When it was scanned last, in milliseconds since 1970, where that time says that it is charged. */
    readonly lastScanTime: number | null;
    /** Whether the inventory says so itself, by `charged: true`. */
    readonly said: boolean;
    /** The image that was charged, where it is another one; the filter need not match it. */
    readonly by: NamedImage | null;
  } | null;
}

/** A page of explanations. */
export interface Explained {
  /**
   * How many images have each reason, of all that the filter matches: those of an estimate. `chargedNow + unknownDigest`
   * is its `quota`, `sameDigest` its `free.duplicates`, `alreadyCharged` its `free.charged`.
   */
  readonly counts: Readonly<Record<Reason, number>>;
  /** How many images there are to tell, under the reasons that were asked for. */
  readonly total: number;
  /** Those of the page. */
  readonly images: readonly ExplainedImage[];
  /** Whether no row is known to be missing. */
  readonly complete: boolean;
}

/** Tells of each image what it consumes and why, page by page. See docs/explain.md. */
export function explain(inventory: Inventory, filter?: Filter, options?: ExplainOptions): Explained;

// ── Differences and margins ──────────────────────────────────────────────────────────────────────

/** What has become of an image. docs/diff.md defines each class. */
export type DiffClass =
  /** In both, and charged in both or in neither. */
  | "unchanged"
  /** Its charge key is in both, consumes before and is charged already after. */
  | "newlyCharged"
  /** Its charge key is in both, is charged already before and consumes after. */
  | "noLongerCharged"
  /** Its charge key is in both, but the image is not: the same digest under another tag, or elsewhere. Costs nothing. */
  | "retagged"
  /** Its place and tag are in both, with another digest. */
  | "rebuilt"
  /** Its charge key is in the later inventory alone, and it is not rebuilt. */
  | "added"
  /** Its charge key is in the earlier inventory alone, and it is not rebuilt. */
  | "removed";

/** One thing for each of two inventories. */
export interface Sides<T> {
  /** That of the earlier one. */
  readonly before: T;
  /** That of the later one. */
  readonly after: T;
}

/** Options of {@link diff}. */
export interface DiffOptions {
  /** The class of which examples are told; without it, all. */
  readonly class?: DiffClass | null | undefined;
  /** How many examples of each class are left out before the first that is told. */
  readonly offset?: number | null | undefined;
  /** How many examples of each class are told, from 1 to 1000; usually 10. */
  readonly limit?: number | null | undefined;
}

/** An image of a class. */
export interface DiffExample {
  /** Which inventory it is in. */
  readonly side: "both" | "before" | "after";
  /** What the inventory says of it. */
  readonly image: ImageRecord;
  /** What it is compared with: for a rebuilt image one of its place and tag, for others one of its charge key. */
  readonly other: ImageRecord | null;
}

/** One class of images. */
export interface Difference {
  /** How many images of each inventory are in the class. */
  readonly images: Sides<number>;
  /** The quota that these consume; a unit that several classes share is told of one of them. */
  readonly quota: Sides<number>;
  /** How many examples there are: its images, of which those that are in both count once. */
  readonly total: number;
  /** Those that were asked for by `offset` and `limit`. */
  readonly examples: readonly DiffExample[];
}

/**
 * What is different between two inventories. Images and quota of all classes sum up to `before` and `after`, which are what
 * an estimate says of the two.
 */
export interface Diff extends Sides<Counted>, Readonly<Record<DiffClass, Difference>> {
  /** Images that are in both. See {@link DiffClass}. */
  readonly unchanged: Difference;
  /** Images that are charged already after, and were not before. See {@link DiffClass}. */
  readonly newlyCharged: Difference;
  /** Images that were charged already before, and are not after. See {@link DiffClass}. */
  readonly noLongerCharged: Difference;
  /** Images under another tag or elsewhere, with a charge key that is in both. See {@link DiffClass}. */
  readonly retagged: Difference;
  /** Images with another digest in the same place under the same tag. See {@link DiffClass}. */
  readonly rebuilt: Difference;
  /** Images that are new. See {@link DiffClass}. */
  readonly added: Difference;
  /** Images that are gone. See {@link DiffClass}. */
  readonly removed: Difference;
  /** Images that cannot be scanned; they are in no class. */
  readonly notScannable: Sides<number>;
  /** Charge keys that only the later inventory covers, charged already or not. */
  readonly newDigests: number;
  /** Charge keys that only the earlier inventory covers. */
  readonly goneDigests: number;
  /** `false` where one of the inventories is incomplete. */
  readonly complete: boolean;
}

/**
 * Compares two inventories, under one filter for both. They must be under the same `countBy`; when their cycles began may
 * differ. See docs/diff.md.
 */
export function diff(before: Inventory, after: Inventory, filter?: Filter, options?: DiffOptions): Diff;

/** Options of {@link margin}. */
export interface MarginOptions {
  /** The quota that remains. */
  readonly remaining: number;
  /** An earlier inventory, from which the rate of new digests is taken. Both dates must then be given. */
  readonly earlier?: Inventory | null | undefined;
  /** When the earlier inventory was exported, as a `Date` or in milliseconds since 1970. */
  readonly earlierDate?: Date | number | null | undefined;
  /** When the inventory was exported. */
  readonly date?: Date | number | null | undefined;
}

/** How far a scan is from the remaining quota. */
export interface Margin {
  /** Quota that a scan consumes now. */
  readonly quota: number;
  /** The remaining quota as it was given. */
  readonly remaining: number;
  /** Whether the remaining quota covers the scan. */
  readonly sufficient: boolean;
  /** With so many new digests it does not any more; `null` where it does not now. */
  readonly flipsAt: number | null;
  /** With so many digests fewer it does; 0 where it does now. */
  readonly tooMany: number;
  /** New digests since the earlier inventory, where one is given. */
  readonly newDigests: {
    /** How many came between the two dates. */
    readonly count: number;
    /** How many that are in a day. */
    readonly perDay: number;
    /**
     * When the remaining quota covers the scan no more, in milliseconds since 1970: the later date where it does not now,
     * `null` where no digest came.
     */
    readonly runsOut: number | null;
    /** What is assumed, in plain words: that digests keep coming at this rate. */
    readonly assumption: string;
  } | null;
}

/** Says how many new digests the remaining quota covers, and beside an earlier inventory, until when. See docs/diff.md. */
export function margin(inventory: Inventory, filter: Filter | undefined, options: MarginOptions): Margin;

// ── Authorization ────────────────────────────────────────────────────────────────────────────────

/** One value of a policy's element, or several. */
export type OneOrMore<T> = T | readonly T[];

/** Condition keys and their values, all as texts: `{ "acs:SourceIp": ["192.0.2.0/24"] }`. */
export type ConditionKeys = Readonly<Record<string, OneOrMore<string>>>;

/** Operators of conditions that RAM documents. */
export type ConditionOperator =
  | `String${"" | "Not"}${"Equals" | "EqualsIgnoreCase" | "Like"}`
  | `${"Numeric" | "Date"}${"Equals" | "NotEquals" | "LessThan" | "LessThanEquals" | "GreaterThan" | "GreaterThanEquals"}`
  | "Bool"
  | "IpAddress"
  | "NotIpAddress";

/** One statement of a RAM policy: one of `Action` and `NotAction`, and one of `Resource` and `NotResource`. */
export interface PolicyStatement {
  /** Whether it allows or denies. */
  readonly Effect: "Allow" | "Deny";
  /** Such as `yundun-sas:PublicPreCheckImageScanTask` or `yundun-sas:*`, compared without case. */
  readonly Action?: OneOrMore<string>;
  /** All actions but these. */
  readonly NotAction?: OneOrMore<string>;
  /** `*`, or such as `acs:yundun-sas:*:1234567890123456:*`, compared with case. */
  readonly Resource?: OneOrMore<string>;
  /** All resources but these; in older pages of the documents only. */
  readonly NotResource?: OneOrMore<string>;
  /** What must be so of the request, by operator. All of it must. */
  readonly Condition?: Readonly<Partial<Record<ConditionOperator, ConditionKeys>>>;
}

/** A RAM policy: its JSON text, or the same as an object. */
export type Policy =
  | string
  | {
      /** The version of the language; there is one. */
      readonly Version: "1";
      /** What it allows and denies. */
      readonly Statement: OneOrMore<PolicyStatement>;
    };

/** A call whose authorization is asked for. */
export interface AccessRequest {
  /** One action, such as `yundun-sas:PublicPreCheckImageScanTask` or `yundun-sas:DescribeImageInstances`. */
  readonly action: string;
  /**
   * The resource that the call is about. Without it the call is about all that the service has, which documents name in
   * two ways: the answer has a reading for each.
   */
  readonly resource?: string | null | undefined;
  /** The account, as a text of digits. It is the account in the reference's resource. */
  readonly accountId?: string | null | undefined;
  /**
   * What is known of the call, by condition key: `acs:SourceIp`, `acs:CurrentTime` (ISO 8601, or milliseconds since 1970),
   * `acs:SecureTransport`, `acs:MFAPresent`, and whatever else the policies ask for.
   */
  readonly context?:
    | Readonly<Record<string, string | number | boolean | null | undefined>>
    | null
    | undefined;
}

/** What a decision rests on: a statement that allows, one that denies, or that none says anything. */
export type AuthorizationReason = "allowed" | "explicit-deny" | "implicit-deny";

/** Where a statement stands: the policy and the statement in it, both from 0. */
export interface StatementPlace {
  /** The policy, from 0, in the order they were given. */
  readonly policy: number;
  /** The statement in it, from 0. */
  readonly statement: number;
}

/** What became of a statement that is about the action. */
export interface StatementOutcome extends StatementPlace {
  /** Whether it allows or denies. */
  readonly effect: "Allow" | "Deny";
  /** Why it does not apply; `null` where it does. A condition is the first that is not met. */
  readonly miss:
    | null
    | {
        /** It is about other resources. */
        readonly because: "resource";
      }
    | {
        /** The request does not meet one of its conditions. */
        readonly because: "condition";
        /** The condition's operator. */
        readonly operator: ConditionOperator;
        /** The condition's key. */
        readonly key: string;
        /** Whether the request gives nothing for the key. */
        readonly absent: boolean;
      };
}

/** The decision for one resource. */
export interface AuthorizationReading {
  /** The resource that the call is taken to be about. */
  readonly resource: string;
  /** Whether the call is allowed then. */
  readonly allowed: boolean;
  /** What that rests on. */
  readonly reason: AuthorizationReason;
  /** The statement that decided; `null` for an implicit deny. */
  readonly by: StatementPlace | null;
  /** The statements that are about the action, 100 of them at most. */
  readonly statements: readonly StatementOutcome[];
}

/** Something to know about an authorization. */
export interface AuthorizationNote {
  /**
   * - `"readings-differ"`: documents name the resource in two ways, and the policies decide differently for them;
   * - `"no-account-id"`: a policy may name an account, and the request has none;
   * - `"absent-key"`: a condition is about a key for which the request gives nothing, perhaps because it is misspelt;
   * - `"not-resource"`: a statement has `NotResource`, which only older documents have;
   * - `"long-policy"`: a policy is longer than RAM takes, or took.
   */
  readonly code: "readings-differ" | "no-account-id" | "absent-key" | "not-resource" | "long-policy";
  /** The same in plain words. */
  readonly message: string;
  /** The policy concerned, from 0, where there is one. */
  readonly policy: number | null;
  /** The statement concerned, from 0, where there is one. */
  readonly statement: number | null;
}

/** Whether a call is allowed, and why. */
export interface Authorization {
  /** Whether it is, under every reading. */
  readonly allowed: boolean;
  /** What the decision rests on. */
  readonly reason: AuthorizationReason;
  /** The statement that decided, the first where several would have; `null` for an implicit deny. */
  readonly by: StatementPlace | null;
  /** One where the request gives its resource; else that of the older reference, then that of newer pages, `*`. */
  readonly readings: readonly AuthorizationReading[];
  /** What to know about it; none where nothing is in doubt. */
  readonly notes: readonly AuthorizationNote[];
}

/**
 * Says whether RAM policies allow a call, and which statement decides. See docs/policy.md for every rule, and whether it is
 * documented or assumed. In a browser it needs `await init({ parts: "extra" })`; no inventory.
 *
 * ```js
 * const policy = { Version: "1", Statement: [{ Effect: "Allow", Action: "yundun-sas:*", Resource: "*" }] };
 * authorize(policy, { action: "yundun-sas:PublicPreCheckImageScanTask" }).allowed; // true
 * ```
 *
 * @param policies One policy, or all that hold for who calls.
 * @throws {ScanPrecheckError} for whatever in a policy is not understood: `field` is its path, such as
 *   `Statement[1].Condition.IpAdress` (behind `policies[2].` in a list), and `position` its place in a text.
 */
export function authorize(policies: OneOrMore<Policy>, request: AccessRequest): Authorization;

// ── SQL ──────────────────────────────────────────────────────────────────────────────────────────

/** An engine whose SQL is written. */
export type SqlDialect = "duckdb" | "spark" | "clickhouse" | "trino" | "postgresql";

/** What a statement asks of the table: see {@link SqlOptions.question}. */
export type SqlQuestion = "estimate" | "explain" | "facets" | "chargedDigests";

/**
 * The columns of a table by what they hold; `null` for one that the table lacks, which then counts as never said. Those that
 * are not named here have their usual names: `registry_type`, `region_id`, `instance_id`, `repo_namespace`, `repo_id`,
 * `repo_name`, `digest` and `tag` (texts), `charged` and `scannable` (truth values), `last_scan_time`.
 */
export interface SqlColumns {
  /** Kind of registry: `acr`, `harbor`, `quay` or another. */
  readonly registryType?: string | null;
  /** Region. */
  readonly regionId?: string | null;
  /** Container Registry instance. */
  readonly instanceId?: string | null;
  /** Namespace of the repository. */
  readonly repoNamespace?: string | null;
  /** Repository id. */
  readonly repoId?: string | null;
  /** Repository name. */
  readonly repoName?: string | null;
  /** Digest, in any of its forms. */
  readonly digest?: string | null;
  /** Tag. */
  readonly tag?: string | null;
  /** Whether the image is charged in this cycle already. */
  readonly charged?: string | null;
  /** When it was last scanned: see {@link SqlOptions.scanTime}. */
  readonly lastScanTime?: string | null;
  /** Whether it can be scanned. */
  readonly scannable?: string | null;
}

/** Options of {@link toSql}. */
export interface SqlOptions {
  /** Whose SQL it is to be. */
  readonly dialect: SqlDialect;
  /** The table's name, or a list of what it is in and its name, such as `["schema", "images"]`. Written as it stands, quoted. */
  readonly table: string | readonly string[];
  /** What the table's columns are called. */
  readonly columns?: SqlColumns | null | undefined;
  /** By which rule quota is consumed, as for a load. */
  readonly chargeModel?: ChargeModel | null | undefined;
  /** When the current billing cycle began, as for a load. */
  readonly cycleStart?: Date | number | null | undefined;
  /**
   * - `"estimate"` (default): a row with `images`, `quota`, `duplicates`, `charged`, `unknown_digest` and `not_scannable`;
   * - `"explain"`: a row with `charged_now`, `same_digest`, `already_charged`, `unknown_digest` and `not_scannable`;
   * - `"facets"`: a row with `value`, `images`, `quota` and `total`, the number of values, for each of the values of `field`
   *   with the most images under the other fields; where images hold none, the first row is theirs, without a value;
   * - `"chargedDigests"`: a row with `digest` and `images` for each digest of covered images that is charged already.
   */
  readonly question?: SqlQuestion | null | undefined;
  /** The field of `"facets"`. */
  readonly field?: FilterField | null | undefined;
  /** How many values of `"facets"` at most; default 20. */
  readonly limit?: number | null | undefined;
  /** What scan times are: milliseconds since 1970 (default), or the engine's timestamps. */
  readonly scanTime?: "milliseconds" | "timestamp" | null | undefined;
  /** Whether the filter's values stand apart from the text, in {@link SqlStatement.parameters}. Default: as literals in it. */
  readonly parameters?: boolean | null | undefined;
  /**
   * Promises that the table's texts are as an inventory has them: no blanks around them, nothing in the place of an empty
   * one, digests as 64 lower-case hex digits. Then they are not brought into this form, which saves time. Default: `false`.
   */
  readonly clean?: boolean | null | undefined;
  /** Promises that no two rows of the table are equal in all eight fields, which saves a grouping. Default: `false`. */
  readonly distinct?: boolean | null | undefined;
}

/** SQL that is ready to be run. */
export interface SqlStatement {
  /** One `SELECT`, without a semicolon behind it. */
  readonly text: string;
  /**
   * The values of its parameters in their order: `?` in DuckDB, Spark and Trino, `$1` in PostgreSQL, and in ClickHouse `{p1:String}`,
   * whose values are read as cells of a tab-separated table, with `\\` for a backslash.
   */
  readonly parameters: readonly string[];
}

/**
 * Writes the question that a filter asks as SQL, for an inventory that lies in a database: the answer is the one that
 * {@link estimate}, {@link explain} or {@link facets} gives of the same images. docs/at-scale.md says when that is worth it.
 * In a browser it needs `await init({ parts: "extra" })`; no inventory.
 *
 * ```js
 * toSql({ tags: "latest" }, { dialect: "duckdb", table: "images" }).text; // "WITH precheck_read AS (…"
 * ```
 *
 * @throws {ScanPrecheckError} for a filter or options that cannot be read, and for a name that the engine has no way to write.
 */
export function toSql(filter: Filter | undefined, options: SqlOptions): SqlStatement;

// ── Errors ───────────────────────────────────────────────────────────────────────────────────────

/** What went wrong, in a word that never changes. */
export type ErrorCode =
  // the filter, an option, a policy or a request
  | "not-a-plain-object"
  | "unknown-key"
  | "duplicate-key"
  | "wrong-type"
  | "invalid-value"
  | "invalid-text"
  | "too-many-values"
  | "unreadable"
  // the input
  | "empty-input"
  | "unsupported-file"
  | "damaged-file"
  | "unsupported-encoding"
  | "invalid-json"
  | "truncated-json"
  | "unclosed-quote"
  | "no-known-field"
  | "no-images"
  | "readers-missing"
  | "duplicate-column"
  | "too-large"
  | "out-of-memory"
  // a snapshot
  | "not-a-snapshot"
  | "damaged-snapshot"
  | "newer-snapshot"
  // the package
  | "not-initialized"
  | "part-not-loaded"
  | "unsupported-platform"
  | "disposed"
  | "aborted"
  | "crashed";

/** Every error of the package is an `Error` of this form. */
export interface ScanPrecheckError extends Error {
  /** Always the same: an error of this package is told by it. */
  readonly name: "ScanPrecheckError";
  /** What went wrong, in a word that never changes. */
  readonly code: ErrorCode;
  /** The parameter, option or field concerned, where there is one. */
  readonly field?: string;
  /** The place in the input, where there is one. */
  readonly position?: {
    /** The source, from 0. */
    readonly source: number;
    /** The line, from 1. */
    readonly line: number;
    /** The column, in characters from 1. */
    readonly column: number;
    /** The byte, from 0; of a compressed source, of what it is unpacked to. */
    readonly byte: number;
  };
}
