/**
 * A line a request: what it was and how it ended. Parameters, keys and signatures stand in none.
 */

/** @param {"text" | "json"} form */
export function logIn(form, write = (/** @type {string} */ line) => process.stderr.write(line)) {
  /** @param {any} entry */
  return ({ method, action, status, code, requestId, ms, fault }) => {
    const time = new Date().toISOString();
    const taken = Number(ms.toFixed(1));
    const entry = { time, method, action, status, code, requestId, ms: taken };
    if (form === "json") write(`${JSON.stringify(entry)}\n`);
    else write(`${[time, method, action, status, code ?? "-", requestId ?? "-", `${taken}ms`].join(" ")}\n`);
    // A fault of ours: its stack is what a report of it needs.
    if (fault)
      write(`${form === "json" ? JSON.stringify({ time, fault: String(fault.stack) }) : fault.stack}\n`);
  };
}
