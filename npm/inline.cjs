/**
 * The entry with the module within it, for `require`.
 */
Object.assign(exports, require("./inline.js"));
