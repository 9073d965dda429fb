/** What page and service worker say to each other when a new version is to take over. */

export const TAKE_OVER = "take-over";

/** Whether it has, or other windows still work with the version before. */
export type Reply = "taken" | "other-windows";
