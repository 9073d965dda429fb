/**
 * A consumer that uses the installed package for long and without care, in Node and in a page: it loads and disposes of the
 * same 10 MB inventory 50 times, then asks with 100,000 filters whose getter throws. It tells what memory it found.
 *
 * It needs `gc`, and to run before the package is loaded, whose module it watches.
 */
const LOADS = 50;
const THROWING = 100_000;

/** Exports of the modules that were instantiated. */
const made = [];

function watch() {
  const keep = (instance) => made.push(instance.exports);
  const wrap = (name, of) => {
    const original = WebAssembly[name];
    if (original === undefined) return;
    WebAssembly[name] = async (...args) => {
      const result = await original.apply(WebAssembly, args);
      keep(of(result));
      return result;
    };
  };
  wrap("instantiate", (result) => result.instance ?? result);
  wrap("instantiateStreaming", (result) => result.instance);
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, args) {
      const instance = Reflect.construct(target, args);
      keep(instance);
      return instance;
    },
  });
}

/** A table of 10 MB: digests that occur twice, in repositories of ten tags. */
function table() {
  const lines = ["RegistryType,RegionId,RepoNamespace,RepoName,Tag,Digest"];
  for (let bytes = 0, row = 0; bytes < 10_000_000; row += 1) {
    const digest = (row >> 1).toString(16).padStart(64, "0");
    const line = `acr,cn-hangzhou,team-${row % 50},app-${Math.floor(row / 10)},v1.${row % 10},${digest}`;
    bytes += line.length + 1;
    lines.push(line);
  }
  return lines.join("\n");
}

function found(heapUsed) {
  for (let time = 0; time < 3; time += 1) globalThis.gc();
  const all = made.flatMap((exports) => Object.values(exports));
  // The same memory and the same table, whichever of the modules exports them.
  const memories = new Set(all.filter((one) => one instanceof WebAssembly.Memory));
  const tables = new Set(all.filter((one) => one instanceof WebAssembly.Table));
  const sum = (set, of) => [...set].reduce((total, one) => total + of(one), 0);
  return {
    memory: sum(memories, ({ buffer }) => buffer.byteLength),
    references: sum(tables, ({ length }) => length),
    heap: heapUsed(),
  };
}

/**
 * @param {() => Promise<object>} start Imports the package.
 * @param {() => number} heapUsed Bytes of JavaScript's heap.
 */
export async function useForLong(start, heapUsed) {
  watch();
  const { default: init, Inventory, estimate, precheck } = await start();
  await init();
  const text = table();
  const blob = new Blob([text]);
  const loads = [];
  const answers = new Set();
  for (let time = 0; time < LOADS; time += 1) {
    const inventory = await Inventory.load(blob);
    const { images, quota } = estimate(inventory, { repoNamespaces: "team-1,team-2" });
    answers.add(`${images} ${quota}`);
    inventory.free();
    // A turn of the event loop: what was read is let go.
    await new Promise((resolve) => setTimeout(resolve));
    loads.push(found(heapUsed));
  }
  const inventory = await Inventory.load("RepoName,Tag,Digest\nweb,1,d1\nweb,2,d1\n");
  const codes = {};
  const throwing = {
    get tags() {
      throw new Error("hands off");
    },
  };
  const ask = () => {
    try {
      precheck(inventory, throwing);
    } catch ({ code }) {
      codes[code] = (codes[code] ?? 0) + 1;
    }
  };
  for (let time = 0; time < 1_000; time += 1) ask();
  const before = found(heapUsed);
  for (let time = 0; time < THROWING; time += 1) ask();
  const after = found(heapUsed);
  const { ScanImageCount, NeedAuthCount } = precheck(inventory, { tags: "1,2" }).Data;
  return { loads, answers: [...answers], codes, before, after, next: [ScanImageCount, NeedAuthCount] };
}
