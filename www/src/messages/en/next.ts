/** What the page says of what to do next, in English. */

const number = new Intl.NumberFormat("en-US").format;
const images = (n: number): string => `${number(n)} ${n === 1 ? "image" : "images"}`;
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
};
