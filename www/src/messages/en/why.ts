/** What the page says of the reasons behind the numbers, in English. */

const number = new Intl.NumberFormat("en-US").format;
const images = (n: number): string => `${number(n)} ${n === 1 ? "image" : "images"}`;
const values = (n: number): string => `${number(n)} ${n === 1 ? "value" : "values"}`;
const time = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });

/** What stands before a name and behind it. */
type Around = readonly [before: string, behind: string];

export const whyEn = {
  showBehind: (label: string, n: number): string => `${number(n)}: show these images (${label})`,
  show: "Show them",
  showLeftOut: "Show by which field",
  leftOutByFilter: (n: number): string =>
    `${images(n)} of the inventory ${n === 1 ? "is" : "are"} left out by the filter.`,

  byField: {
    tab: "By field",
    field: "Field",
    rank: "Most by",
    ranks: { quota: "Quota", images: "Images" },
    failed: "The values could not be counted",
    each: "Each value by itself, under the present filter. Choose one to filter by it.",
    eachOthers: (field: string): string =>
      `Each value by itself, under the filter on the other fields; what the filter says of ${field} is left aside here. Choose a value to take it into the filter or out of it.`,
    table: (field: string): string => `Values of ${field}`,
    none: "No image holds a value here.",
    absent: "No value",
    cannotBeAskedFor: "Holds a comma or blanks at an end, so no filter can ask for it",
    add: "Filter by this value",
    remove: "Take this value out of the filter",
    andMore: (n: number): string => `and ${number(n)} more`,
    showMore: (n: number): string => `Show ${number(n)} more`,
    chosenUntold: (n: number): string =>
      `${values(n)} of the filter ${n === 1 ? "is" : "are"} not listed here.`,
    among: (n: number): string => `Found among the ${values(n)} with the most images.`,
    sum: (sum: number, together: number, field: string): string =>
      `The quota of these values adds up to ${number(sum)}, and a scan of all of them consumes ${number(together)}: a digest under several values (${field}) is charged once.`,
    sumAtLeast: (sum: number, together: number, field: string): string =>
      `The quota of all values adds up to at least ${number(sum)}, and a scan of all of them consumes ${number(together)}: a digest under several values (${field}) is charged once.`,
  },

  leftOut: {
    heading: (n: number): string => `Left out by the filter: ${images(n)}`,
    only: (field: string, n: number, quota: number): string =>
      `${field}: without this part of the filter, ${images(n)} more would be covered, for ${number(quota)} quota more.`,
    showValues: "Show its values",
    showValuesOf: (field: string): string => `Show its values: ${field}`,
  },

  images: {
    tab: "Images",
    which: "Which images",
    selected: {
      covered: "All covered",
      quota: "Consume quota",
      sameDigest: "Share a digest",
      alreadyCharged: "Already charged",
      unknownDigest: "Without a digest",
      notScannable: "Cannot be scanned",
    },
    selections: (name: string, n: number): string => `${name} (${number(n)})`,
    failed: "The images could not be listed",
    outside: "is not covered by the filter, so it is not in this list.",
    range: (first: number, last: number, total: number): string =>
      `Images ${number(first)} to ${number(last)} of ${number(total)}`,
    pages: "Pages of images",
    onPage: images,
    empty: "No image",
    columns: {
      row: "No.",
      image: "Image",
      verdict: "Consumes",
      reason: "Reason",
      scanned: "Charged by the scan of",
    },
    none: "No value",
    copyDigest: (digest: string): string => `Copy the digest ${digest}`,
    copied: "Copied",
    notCopied: "The browser did not allow to copy",
    verdicts: { consumes: "1 quota", free: "Nothing", notCovered: "Not covered" },
    because: {
      chargedNow: "Counted for its digest",
      sameDigest: "Shares a digest",
      alreadyCharged: "Already charged",
      unknownDigest: "No digest, so counted by itself",
      notScannable: "Cannot be scanned",
      sameAs: ["Same digest as ", ""] as Around,
      said: "Already charged, says the inventory",
      scanned: (at: string): string => `Already charged: scanned on ${at}`,
      by: ["as ", ""] as Around,
    },
    time: (at: number): string => time.format(at),
    export: "Export",
    exportAs: (format: string): string => `These images as ${format}`,
  },

  exports: {
    label: "Export of images",
    writing: "Writing the file",
    progress: (done: number, total: number): string => `${number(done)} of ${images(total)}`,
    done: (n: number): string => `${images(n)} exported`,
    failed: "The images could not be exported",
    save: (name: string): string => `Save ${name}`,
  },
};

export type WhyMessages = typeof whyEn;
