/** What the page says, in English. Its type is the list of what every other language must say. */

import { changeEn } from "./en/change.ts";
import { keptEn } from "./en/kept.ts";
import { linkEn } from "./en/link.ts";
import { nextEn } from "./en/next.ts";
import { offlineEn } from "./en/offline.ts";
import { whyEn } from "./en/why.ts";

const number = new Intl.NumberFormat("en-US").format;
const count = (n: number, one: string, many: string): string => `${number(n)} ${n === 1 ? one : many}`;
const images = (n: number): string => count(n, "image", "images");
const rows = (n: number): string => count(n, "row", "rows");

export const en = {
  number,

  title: "Image scan precheck",
  tagline: "What a container image scan will consume, before you submit it",

  preferences: {
    language: "Language",
    system: "System",
    light: "Light",
    dark: "Dark",
    themeIs: (name: string): string => `Theme: ${name.toLowerCase()}`,
  },

  welcome: {
    heading: "Will the next scan fit into your quota?",
    lead: "Open the list of your images. The page counts how many a scan covers and how much quota it consumes, while you type the filter.",
    choose: "Choose a file",
    sample: "Try the sample",
    orDrop: "or drop it anywhere on this page, or paste it",
    stays: "The file is read in this browser and never sent anywhere.",
    understoodHeading: "What is understood",
    understood: [
      "Pages of DescribeImageInstances from Security Center, one or many, one after another or in an array",
      "JSON rows with the same fields, such as the image records of PublicSyncAndCreateImageScanTask",
      "CSV or TSV with a header line that names the fields",
    ],
  },

  drop: { invite: "Drop to open as the inventory" },

  answer: {
    heading: "Estimate",
    images: "Images covered",
    quota: "Quota to consume",
    remaining: "Remaining quota",
    remainingHelp:
      "What is left of the purchased quota: ImageScanCapacity − ScanCount in the reply of DescribeImageScanAuthCount. You can paste the whole reply.",
    remainingHelpLabel: "Where to find the remaining quota",
    remainingInvalid: "Enter a whole number, 0 or more",
    remainingPasted: (capacity: number, scanned: number): string =>
      `${number(capacity)} bought − ${number(scanned)} used, from the reply`,
    verdict: "Does it fit?",
    atLeast: "at least",
    about: "about",
    updating: "Counting…",
  },

  verdict: {
    unknown: "Enter the remaining quota to see whether the scan fits",
    nothing: "Nothing to scan: no image matches the filter",
    fits: (spare: number): string => `Fits, with ${number(spare)} to spare`,
    fitsExactly: "Fits exactly, with nothing to spare",
    short: (shortfall: number): string => `Short by ${number(shortfall)}`,
    buy: (purchase: number): string => `Buy ${number(purchase)}`,
    steps: "Quota is sold in steps of 20.",
    caution: "The inventory is incomplete, so the scan may consume more.",
    spoken: (n: number, quota: number): string => `${images(n)}, ${number(quota)} quota`,
    spokenFits: (counts: string, spare: number): string => `${counts}, ${number(spare)} to spare`,
    spokenShort: (counts: string, shortfall: number): string => `${counts}, ${number(shortfall)} short`,
  },

  change: changeEn,
  next: nextEn,
  kept: keptEn,
  link: linkEn,
  offline: offlineEn,

  filter: {
    heading: "Filter",
    description: "Without a filter, the scan covers every image.",
    placeholder: "Type a field or a value",
    label: "Filter images",
    rule: "Several values of one field: any of them. Several fields: all of them.",
    clear: "Clear filter",
    values: (field: string): string => `Values of ${field}`,
    adds: (n: number, quota: number): string => `+${images(n)}, +${number(quota)} quota`,
    selected: "In the filter",
    use: (text: string): string => `Use: ${text}`,
    chooseField: (text: string): string => `“${text}”: of which field?`,
    fieldless: (text: string, example: string): string =>
      `“${text}” was not added, because it names no field. Type the field first, such as ${example}.`,
    none: "No value contains this text",
    loading: "Looking up values",
    failed: "The values could not be looked up.",
    retry: "Try again",
    narrow: (shown: number, total: number): string =>
      `The first ${number(shown)} of ${count(total, "value", "values")}; type to narrow them`,
    matched: images,
  },

  fields: {
    registryTypes: "Registry type",
    regionIds: "Region",
    instanceIds: "Instance",
    repoNamespaces: "Namespace",
    repoNames: "Repository",
    repoIds: "Repository ID",
    tags: "Tag",
    digests: "Digest",
  },

  reasons: {
    heading: "Why this much",
    sum: (n: number): string => `How ${images(n)} ${n === 1 ? "becomes" : "become"} quota`,
    quota: "Consume quota",
    quotaHelp: "Each is charged one unit",
    duplicates: "Share a digest",
    duplicatesHelp: "With a covered image that is counted",
    charged: "Already charged",
    chargedHelp: "In this billing cycle",
    unknownDigest: (n: number): string =>
      `${images(n)} without a digest ${n === 1 ? "is" : "are"} counted one unit each: nothing tells whether ${n === 1 ? "it shares" : "they share"} one.`,
    notScannable: (n: number): string =>
      `${images(n)} that the filter matches cannot be scanned, and ${n === 1 ? "is" : "are"} in no number here.`,
    unmatched: (n: number): string =>
      n === 1
        ? "One value of the filter matches no image:"
        : `${number(n)} values of the filter match no image:`,
    unmatchedMore: (n: number): string => `and ${number(n)} more`,
  },

  details: { label: "What stands behind the estimate" },
  why: whyEn,

  warnings: {
    "full-width-comma": "A value holds a full-width comma (，). Only the half-width comma separates values.",
    "unknown-registry-type":
      "A registry type is none of acr, harbor and quay, and the inventory does not hold it.",
    "unmatched-value": "A value of the filter matches no image.",
    "incomplete-inventory":
      "The inventory is incomplete: more images may be covered, and some may be charged already.",
    "no-cycle-start":
      "The inventory holds scan times. Say when the billing cycle began, and images scanned since then count as charged already.",
  },
  setCycleStart: "Set the cycle start",

  inventory: {
    heading: "Inventory",
    sample: "Sample inventory",
    another: "Choose another file",
    add: "Add files",
    images: "Images",
    rows: "Rows read",
    duplicates: "Repeated rows",
    leftOut: "Rows left out",
    announced: "Announced by the export",
    source: "Recognised as",
    files: (n: number): string => count(n, "file", "files"),
    complete: "Complete",
    incomplete: "Incomplete",
    fewer: (loaded: number, announced: number): string =>
      `The export announces ${images(announced)}, but ${number(loaded)} arrived. Other pages may be missing.`,
    missingPages: (n: number): string =>
      `${count(n, "page is missing", "pages are missing")}: another page says that there are more. Add them.`,
    unknownRepositories: (n: number): string =>
      `The repository of ${rows(n)} is not known. Add the list of repositories (ListRepository), or load the tags of one repository with its name.`,
    onlyRepository: (n: number): string =>
      `${rows(n)} without a repository were taken for tags of the only repository listed.`,
    missingFields: (fields: string): string => `No row holds a value for: ${fields}.`,
    unusedNames: "Names not used",
    places: (shown: number, total: number): string =>
      shown === total
        ? `Where ${rows(total)} were left out`
        : `The first ${number(shown)} of ${rows(total)} left out`,
    place: (line: number, column: number): string => `Line ${number(line)}, column ${number(column)}`,
  },

  shapes: {
    DescribeImageInstances: "Pages of DescribeImageInstances",
    rows: "Rows as JSON objects",
    table: "A table with a header line",
    PublicSyncAndCreateImageScanTask: "Images of a scan task",
    ListRepository: "Repositories of ACR",
    ListRepoTag: "Tags of ACR",
    "harbor-artifacts": "Artifacts of Harbor",
    "quay-tags": "Tags of Quay",
    "oci-tags": "Tags of a registry, without digests",
    "oci-catalog": "Repositories of a registry",
    mixed: "Several kinds",
  },

  leftOutReasons: {
    "not-a-row": "Not a row",
    "wrong-type": "A value of the wrong type",
    "duplicate-field": "One field twice, with different values",
    "no-known-field": "No known field",
    "invalid-text": "Text that cannot be read",
    "not-an-image": "Not an image: a chart, a signature, an attestation (nothing is missing)",
    "dead-tag": "A tag that has ended (nothing is missing)",
  },

  cycle: {
    label: "Billing cycle began",
    help: "Images scanned on this day or later are charged already. The day begins at midnight in your time zone.",
    invalid: "Enter a date as year, month and day",
  },

  load: {
    reading: (name: string): string => `Reading ${name}`,
    again: (name: string): string => `Reading ${name} again`,
    progress: (n: number): string => `${rows(n)} so far`,
    rate: (n: number): string => `${rows(n)} a second`,
    pasted: "Pasted text",
    missing: "Fill in what no row says",
    missingHelp:
      "The values hold for every row that has none of its own. The inventory is read again with them.",
    readAgain: "Read again with these values",
    busy: "An inventory is being read",
    cancel: "Cancel",
    failed: (name: string): string => `${name} could not be read`,
    kept: "The inventory loaded before is still in use.",
    where: (line: number, column: number): string => `Line ${number(line)}, column ${number(column)}`,
    code: "Code",
    retry: "Try again",
    restarted: "The engine stopped and was started again. Nothing is lost.",
    estimateFailed: "The estimate could not be made",
    dismiss: "Dismiss",
  },

  errors: {
    "not-a-plain-object": "The filter is malformed.",
    "unknown-key": "The filter names an unknown field.",
    "duplicate-key": "The filter names one field twice.",
    "wrong-type": "A value has the wrong type.",
    "invalid-value": "A value is not allowed.",
    "invalid-text": "A text is not valid Unicode.",
    "too-many-values": "The filter holds too many values.",
    unreadable: "The content could not be read.",
    "empty-input": "The file is empty.",
    "unsupported-file": "This kind of file is not understood. Export JSON or CSV.",
    "not-a-snapshot": "This is no inventory that was kept before. Load the export.",
    "damaged-snapshot": "The inventory that was kept is damaged. Load the export again.",
    "newer-snapshot": "The inventory was kept by a newer version. Load the export again.",
    "damaged-file": "This file is damaged or was cut off. Get or export it again.",
    "unsupported-encoding": "The text is not UTF-8. Save it as UTF-8 and open it again.",
    "invalid-json": "The JSON is not valid.",
    "truncated-json": "The JSON ends too early. The download may have been cut off.",
    "unclosed-quote": "A quoted cell never ends.",
    "no-known-field": "No field of an inventory was found in it.",
    "readers-missing": "What reads lists of this registry could not be loaded. Try again, or load a table.",
    "no-images": "It lists repositories, but no images. Add the lists of their tags.",
    "duplicate-column": "Two columns have the same name.",
    "too-large": "It is larger than can be loaded.",
    "out-of-memory": "There is not enough memory for it.",
    "not-initialized": "The engine is not ready.",
    "unsupported-platform": "The browser lacks what the engine needs. Use a current one.",
    disposed: "The inventory is gone.",
    aborted: "The load was stopped.",
    "part-not-loaded": "A part of the engine could not be loaded. Estimates work all the same.",
    crashed: "The engine stopped unexpectedly.",
    "no-answer": "The engine did not answer in time.",
    "worker-failed": "The engine could not run.",
    "sample-unavailable": "The sample could not be fetched.",
    "file-unreadable": "The browser could not read the file. It may have changed or moved: choose it again.",
    "kept-gone": "It is not kept in this browser any more. Load the export.",
    "storage-full":
      "The browser has no room for it. Forget inventories that are kept, or make room on the disk.",
    "storage-unavailable": "The browser keeps nothing for this page, as in some private windows.",
    "no-inventory": "No inventory is loaded.",
  },

  broken: {
    heading: "A part of the page could not be shown",
    reload: "Load the page again",
  },

  assumptions: {
    heading: "What is assumed",
    lead: "The service does not document everything that decides the bill. Where it is silent, the page counts as follows.",
    items: [
      "A digest is one unit of quota, wherever and under however many tags it is stored.",
      "It is charged once in a billing cycle, however often it is scanned.",
      "An image counts as charged where the inventory marks it as charged, or its last scan is not before the cycle’s start. A charged digest is charged for every image that has it.",
      "An image without a digest counts one unit by itself.",
      "A multi-architecture image counts as the one row that the registry lists.",
      "Filter values are compared exactly, including upper and lower case; digests by their hex digits, with or without sha256:.",
      "Quota is sold in steps of 20.",
    ],
  },
};

export type Messages = typeof en;
