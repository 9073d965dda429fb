/**
 * The inline entry for `require`: the same module as for `import`.
 */
module.exports = require("./inline.js");
