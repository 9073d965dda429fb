/**
 * Time and memory of one process.
 */

/** Every WebAssembly memory that this process makes or gets as an export. */
const memories = new Set();

/** Watches for them; before anything is loaded that could make one. */
export function watchWasm() {
  const { Instance, Memory, instantiate } = WebAssembly;
  const note = (instance) => {
    for (const thing of Object.values(instance.exports)) if (thing instanceof Memory) memories.add(thing);
    return instance;
  };
  WebAssembly.Instance = new Proxy(Instance, { construct: (target, rest) => note(new target(...rest)) });
  WebAssembly.Memory = new Proxy(Memory, {
    construct: (target, rest) => {
      const memory = new target(...rest);
      memories.add(memory);
      return memory;
    },
  });
  WebAssembly.instantiate = async (...rest) => {
    const made = await instantiate.apply(WebAssembly, rest);
    note(made.instance ?? made);
    return made;
  };
}

/** A WebAssembly memory never shrinks: its size is the most that was ever needed. */
export function wasmBytes() {
  return [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

/** Bytes that JavaScript holds after a garbage collection, without the memories of WebAssembly. */
export function heapBytes() {
  for (let round = 0; round < 3; round += 1) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

export const peakBytes = () => process.resourceUsage().maxRSS * 1024;

/** Milliseconds that a call takes, and its answer. */
export async function timed(call) {
  const begin = performance.now();
  const answer = await call();
  return { ms: performance.now() - begin, answer };
}

/**
 * Milliseconds of each of several calls, asked in turn over and over so that none profits from having been
 * asked just before. Warms up, then goes on until the time is used up, at least `least` rounds.
 */
export function rounds(calls, { budget = 4_000, least = 3, most = 300 } = {}) {
  const answers = calls.map((call) => call());
  const samples = calls.map(() => []);
  const begin = performance.now();
  const round = (keep) => {
    for (const [index, call] of calls.entries()) {
      const start = performance.now();
      call();
      if (keep) samples[index].push(performance.now() - start);
    }
  };
  const warm = Math.min(20, Math.floor(most / 5));
  for (let count = 0; count < warm && performance.now() - begin < budget / 4; count += 1) round(false);
  for (let count = 0; count < most && (count < least || performance.now() - begin < budget); count += 1)
    round(true);
  return { answers, samples };
}

export function quantile(samples, share) {
  const sorted = [...samples].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export const median = (samples) => quantile(samples, 0.5);

export function geomean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
