/**
 * How many tests passed, failed and were skipped, read from the closing lines of the runners in use.
 * Nothing is read from an exit code here: a runner that ran no test counts as none.
 */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** Adds counts up. */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const one of counts) for (const key of Object.keys(total)) total[key] += one[key];
  return total;
}

/** `cargo test` and wasm-bindgen's runner: one `test result:` line for each binary. */
export function ofCargoTest(output) {
  const lines = output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm);
  return sum([...lines].map(([, passed, failed, skipped]) => numbers({ passed, failed, skipped })));
}

/** `cargo nextest`: one summary line, in which zeros are left out. */
export function ofNextest(output) {
  const summary = output.split("\n").findLast((line) => /\d+(?:\/\d+)? tests? run:/.test(line)) ?? "";
  const read = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
  return {
    passed: read("passed"),
    failed: read("failed") + read("timed out") + read("exec failed"),
    skipped: read("skipped"),
  };
}

/** `node --test` with its `spec` reporter. */
export function ofNodeTest(output) {
  const read = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, "m").exec(output)?.[1] ?? 0);
  return {
    passed: read("pass"),
    failed: read("fail") + read("cancelled"),
    skipped: read("skipped") + read("todo"),
  };
}

/** What `node --test` was to tell whatever comes of the tests, and which tests were skipped for which reason. */
export function toldByNodeTest(output) {
  const closing = /^(?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;
  return Array.from(output.matchAll(/^ *(?:ℹ |(?=﹣ ))(.*)$/gm), ([, line]) => line.trimEnd()).filter(
    (line) => !closing.test(line),
  );
}

const numbers = (texts) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Number(text)]));
