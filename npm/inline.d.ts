/**
 * The types of the inline entry: those of the others.
 */
export * from "./index.js";
export { default } from "./index.js";
