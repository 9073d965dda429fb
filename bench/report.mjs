/**
 * The results as one Markdown table: a row for each measure, a column for each peer, and how we stand.
 */
import { cpus } from "node:os";
import { geomean, median } from "./measure.mjs";
import { WIDE } from "./workload.mjs";

const MS = (value) =>
  value < 1 ? value.toFixed(3) : value < 100 ? value.toFixed(1) : Math.round(value).toString();
const S = (ms) => (ms / 1_000).toFixed(2);
const MB = (bytes) => (bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0);
const KB = (bytes) => (bytes / 1e3).toFixed(1);

const least = (values) => Math.min(...values);
const max = (values) => Math.max(...values);

/** Each measure: its name, goal and must, how it is written, and its number for a peer. `×`: a ratio to the best. */
function measures({ workload, wide }) {
  const some = (list, at) => list.filter((_, index) => at.includes(index));
  return [
    ["CSV load, s", "3×", "2.3×", S, (peer) => peer.csv && median(peer.csv.map(({ load }) => load))],
    ["JSON load, s", "3×", "2×", S, (peer) => peer.json && median(peer.json.map(({ load }) => load))],
    [
      "memory held after a CSV load, MB",
      "100 MB",
      "135 MB",
      MB,
      (peer) => peer.csv && median(peer.csv.map(({ heap, wasm }) => heap + wasm)),
    ],
    [
      "– of it WebAssembly, high-water",
      "",
      "",
      MB,
      (peer) => peer.csv && max(peer.csv.map(({ wasm }) => wasm)),
    ],
    [
      "process's peak during a CSV load, MB",
      "",
      "",
      MB,
      (peer) => peer.csv && least(peer.csv.map(({ peak }) => peak)),
    ],
    [
      `${workload.queries.length} queries, geomean, ms`,
      "12×",
      "8×",
      MS,
      (peer) => peer.queries && geomean(peer.queries.medians),
    ],
    [
      `${wide.length} wide queries, geomean, ms`,
      "40×",
      "19×",
      MS,
      (peer) => peer.queries && wide.length && geomean(some(peer.queries.medians, wide)),
    ],
    [
      "slowest query, median, ms",
      "0.15 ms",
      "0.5 ms",
      MS,
      (peer) => peer.queries && max(peer.queries.medians),
    ],
    ["slowest query, p99, ms", "0.5 ms", "1 ms", MS, (peer) => peer.queries && max(peer.queries.p99)],
    ["typing, 200 filters, ms", "8×", "5×", MS, (peer) => peer.typing?.ms],
    ["all facets, slowest, ms", "8 ms", "16 ms", MS, (peer) => peer.facets && max(peer.facets.medians)],
    ["suggestions, slowest, ms", "1 ms", "8 ms", MS, (peer) => peer.suggest && max(peer.suggest.medians)],
    ["restore from a snapshot, ms", "20 ms", "60 ms", MS, (peer) => peer.snapshot?.restore],
    ["– the first query after it, ms", "", "", MS, (peer) => peer.snapshot?.first],
    ["– the same in a new process, ms", "", "", MS, (peer) => peer.restored?.restore],
    ["– the first query after it, ms", "", "", MS, (peer) => peer.restored?.first],
    ["– the snapshot, MB", "", "", MB, (peer) => peer.snapshot?.bytes],
    ["download, brotli, kB", "64 kB", "100 kB", KB, (peer) => peer.download],
  ];
}

export function wideQueries({ queries }, oracle, rows) {
  return [...queries.keys()].filter((at) => oracle.query(at, queries[at].filter).images > WIDE * rows);
}

export function report({ peers, workload, wide, rows, seed, data }) {
  const ours = peers.find(({ file }) => file === "ours");
  const others = peers.filter((peer) => peer !== ours);
  const lines = [
    `${rows.toLocaleString("en")} rows (${MB(data.csvBytes)} MB CSV, ${MB(data.jsonBytes)} MB JSON), seed ${seed}. ` +
      `${cpus().length} cores, ${cpus()[0].model.trim()}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}.`,
    "",
    line(["", ...peers.map(({ name }) => name), "against the best", "goal", "must"]),
    line([":--", ...peers.map(() => "--:"), "--:", "--:", "--:"]),
  ];
  for (const [name, goal, must, write, value] of measures({ workload, wide })) {
    const known = (peer) => (Number.isFinite(value(peer)) && value(peer) > 0 ? value(peer) : undefined);
    if (!peers.some(known)) continue;
    const best = least(others.map(known).filter(Boolean));
    const ratio = ours && known(ours) && Number.isFinite(best) ? `${(best / known(ours)).toFixed(2)}×` : "–";
    lines.push(
      line([name, ...peers.map((peer) => (known(peer) ? write(known(peer)) : "–")), ratio, goal, must]),
    );
  }
  if (ours?.queries && others.some(({ queries }) => queries))
    lines.push("", ...each({ ours, others, workload, wide }));
  return `${lines.join("\n")}\n`;
}

/** Each query against whichever peer is best at it. */
function each({ ours, others, workload, wide }) {
  const rivals = others.filter(({ queries }) => queries);
  const rows = workload.queries.map(({ name }, at) => {
    const best = rivals.reduce((best, peer) =>
      peer.queries.medians[at] < best.queries.medians[at] ? peer : best,
    );
    const [own, other] = [ours.queries.medians[at], best.queries.medians[at]];
    const { images, quota } = ours.queries.answers[at];
    return [
      name + (wide.includes(at) ? " (wide)" : ""),
      images,
      quota,
      own,
      ours.queries.p99[at],
      other,
      best.name,
      other / own,
    ];
  });
  return [
    `Slowest against the best peer: ${least(rows.map((row) => row.at(-1))).toFixed(2)}× (goal 1.5×, must 1.0×).`,
    "",
    line(["query", "images", "quota", "ours, median ms", "p99 ms", "best peer, ms", "", "ratio"]),
    line([":--", ...Array(5).fill("--:"), ":--", "--:"]),
    ...rows.map(([name, images, quota, own, p99, other, by, ratio]) =>
      line([name, images, quota, MS(own), MS(p99), MS(other), by, `${ratio.toFixed(1)}×`]),
    ),
  ];
}

export const line = (cells) => `| ${cells.join(" | ")} |`;
