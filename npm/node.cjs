/**
 * The entry for `require` in Node: the same module as for `import`, so that there is one engine and not two.
 */
const entry = require("./node.js");

Object.defineProperty(exports, "__esModule", { value: true });
exports.default = entry.default;
exports.Inventory = entry.Inventory;
exports.bill = entry.bill;
exports.diff = entry.diff;
exports.estimate = entry.estimate;
exports.explain = entry.explain;
exports.facets = entry.facets;
exports.margin = entry.margin;
exports.plan = entry.plan;
exports.precheck = entry.precheck;
exports.reconcile = entry.reconcile;
exports.suggest = entry.suggest;
