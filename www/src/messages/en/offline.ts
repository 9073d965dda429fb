/** What the page says about working without a network, in English. */

export const offlineEn = {
  promise: "No inventory ever leaves this browser.",
  check: "How to check",
  checkHeading: "Check it yourself",
  policy: "The page carries the rule",
  policyMeans:
    ", and the browser enforces it: the page and its worker can reach the place they came from, and no other address.",
  steps: [
    "Disconnect the network, or choose “Offline” in the browser’s developer tools.",
    "Open an inventory, type a filter: every answer comes as before.",
    "With the network on, watch the developer tools’ Network panel while you open a file: no request goes out.",
  ],
  kept: "Only the files of the page itself are stored for that, never an inventory, unless you choose to keep one.",
  close: "Close",
  ready: "Works without a network",
  isOffline: "Offline: everything goes on working",
  refused: "This browser stores no copy of the page: loading it takes a network",
  newVersion: "A new version is ready",
  reload: "Reload",
  keeps:
    "The filter and the numbers that you typed stay. An inventory that you have not kept has to be opened again.",
  otherWindows: "Close the other windows of this page first: they work with the present version.",
};
