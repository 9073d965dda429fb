/**
 * The entry for `require` in Node: the same module as that of `import`, so that both see the same inventories.
 */
Object.assign(exports, require("./node.js"));
