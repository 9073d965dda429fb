/** What the page says about the change against another filter, in English. */

const number = new Intl.NumberFormat("en-US", { signDisplay: "exceptZero" }).format;
const unit = (n: number, one: string, many: string): string =>
  `${number(n)} ${Math.abs(n) === 1 ? one : many}`;

export const changeEn = {
  pin: "Pin",
  unpin: "Unpin",
  pinHelp: "Pin these numbers to compare other filters with them",
  none: "Change the filter, and the difference is shown here.",
  counts: (images: number, quota: number): string =>
    `${unit(images, "image", "images")}, ${number(quota)} quota`,
  same: "The same images and quota",
  againstPrevious: "against the filter before",
  againstPinned: "against the pinned filter:",
  everything: "every image",
  andMore: (n: number): string => `and ${new Intl.NumberFormat("en-US").format(n)} more`,
};
