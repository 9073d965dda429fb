/** What the page says of what to do next, in English. */

const number = new Intl.NumberFormat("en-US").format;
const images = (n: number): string => `${number(n)} ${n === 1 ? "image" : "images"}`;
const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" }).format;
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 }).format;

export const nextEn = {
  copy: "Copy",
  copied: "Copied",
  notCopied: "The browser did not let it be copied",

  request: {
    tab: "Request",
    lead: "The same filter as a request to Security Center. Nothing is sent from here: copy it to where your access keys are.",
    operation: "To do what",
    operations: { precheck: "Precheck", submit: "Submit the scan" },
    form: "As",
    forms: { command: "Command", parameters: "SDK parameters", query: "Query" },
    about: {
      command: "For the Alibaba Cloud CLI in a POSIX shell",
      parameters: "Parameters by their wire names, as SDKs take them",
      query: "The parameters of the call but for its signature, percent-encoded",
    },
    submits: "This request starts the scan and consumes the quota.",
    tooLong: (parameters: string): string =>
      `It is longer than what most systems take. Choose “${parameters}”, or submit in several requests.`,
  },

  plan: {
    tab: "Fit the quota",
    lead: "What of these images to scan within the remaining quota: as many as can be, as requests to submit.",
    remainingNeeded: "Enter the remaining quota at the top, and the plan is shown here.",
    by: "Choose whole",
    images: "Single images",
    failed: "The plan could not be made",
    covers: "Images covered",
    consumes: "Quota to consume",
    leftOut: "Images left for later",
    ofAll: (n: number, all: number): string => `${number(n)} of ${number(all)}`,
    ofRemaining: (quota: number, remaining: number): string => `${number(quota)} of ${number(remaining)}`,
    everything: "Everything fits: there is nothing to choose.",
    nothing: "Nothing fits: each choice consumes more than remains.",
    best: "This is the best choice: no other covers more images within the remaining quota.",
    atMost: (most: number, guarantee: number): string =>
      `No choice covers more than ${images(most)}. This one covers at least ${percent(guarantee)} of what the best one does.`,
    inOrder: "In the order that was asked for.",
    withoutValue: (n: number): string =>
      `${images(n)} hold no value of this field, so no plan by it covers them.`,
    incomplete: "The inventory is incomplete, so a request may cover and consume more.",
    request: (nth: number, n: number, quota: number): string =>
      `Request ${number(nth)}: ${images(n)}, ${number(quota)} quota`,
    use: "Use as the filter",
    moreRequests: (n: number): string => `and ${number(n)} more requests: the command line lists them all.`,
  },

  check: {
    tab: "Compare with the service",
    lead: "What nobody documents is assumed here. Paste the service’s own reply to the same filter: where its numbers differ, this looks for the rule that gives them.",
    reply: "Reply of PublicPreCheckImageScanTask",
    where: "As it came, wrapped by an SDK or not. It stays in this browser.",
    wrong: {
      json: "This is no complete JSON. Paste the reply from its first brace to its last.",
      tooLong: "This is longer than any such reply. Paste the reply alone.",
    },
    notAReply: "The two numbers were not found in it",
    here: "Counted here",
    service: "Said by the service",
    counts: (n: number, quota: number): string => `${images(n)}, ${number(quota)} quota`,
    equal: "The service says the same.",
    explained:
      "The service says something else. These rules would give its numbers, the smallest change first:",
    unexplained: "The service says something else, and no rule known here gives its numbers.",
    reproduces: "(both numbers come out as replied)",
    remains: "(what is left if no rule explains it)",
    countBy: {
      digest: "Each digest is charged once, wherever it is stored.",
      repositoryDigest: "Each digest is charged once in each repository.",
      repositoryTag: "Each tag of a repository is charged.",
      image: "Each image is charged by itself.",
    },
    changes: {
      swapped: "The two numbers stand in each other’s place.",
      noCycleStart: "No image counts as charged by its scan time.",
      nothingCharged: "No image counts as charged already.",
      notScannableCounted: "Images that cannot be scanned are counted.",
    },
    cycleStart: (after: number | null, upTo: number | null): string =>
      `The billing cycle began${after === null ? "" : ` after ${day(after)}`}${upTo === null ? "" : `${after === null ? "" : " and"} not after ${day(upTo)}`}.`,
    otherInventory: (by: number): string =>
      `The service knows ${images(Math.abs(by))} ${by > 0 ? "more" : "fewer"} than the inventory.`,
    otherCharges: (by: number): string =>
      `The service charges ${number(Math.abs(by))} quota ${by > 0 ? "more" : "less"} than what is known here.`,
  },
};
