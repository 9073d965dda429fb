/**
 * The entry for `require` in Node: the same module as that of `import`, so that both see the same inventories. Where
 * another loader than Node's cannot take that, such as Jest's, it is a script that holds the same.
 */
Object.assign(exports, face());

function face() {
  try {
    return require("./node.js");
  } catch (error) {
    if (error.code !== "ERR_REQUIRE_ESM") throw error;
    return require("../pkg/node.cjs");
  }
}
