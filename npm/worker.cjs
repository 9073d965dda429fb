/**
 * The face off the main thread, for `require`.
 */
Object.assign(exports, require("./worker.js"));
