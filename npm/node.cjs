/**
 * The entry for `require` in Node: the same module as for `import`, so that there is one engine and not two.
 */
module.exports = require("./node.js");
