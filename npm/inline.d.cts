/**
 * The types of the inline entry for `require`: those for `import`.
 */
export * from "./index.js";
export { default } from "./index.js";
