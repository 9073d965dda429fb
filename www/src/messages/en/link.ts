/** What the page says about its link, in English. */

export const linkEn = {
  copy: "Copy link",
  copied: "Copied. The link holds the filter and the numbers that you typed, and nothing of the inventory.",
  notCopied: "The browser did not let the link be copied",
  tooLong: "The filter has more values than fit into a link",
  dropped: (n: number): string =>
    n === 1
      ? "A part of the link could not be read and was left out"
      : `${n} parts of the link could not be read and were left out`,
  parts: "What is shown answers the rest of it. Left out:",
};
