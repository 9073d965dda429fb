/**
 * One peer in a process of its own: loads, answers, measures, and sends its results to its parent.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { heapBytes, median, peakBytes, quantile, rounds, timed, wasmBytes, watchWasm } from "./measure.mjs";
import { download } from "./sizes.mjs";

watchWasm();

process.once("message", async (task) => {
  try {
    process.send(await measured(task));
  } catch (error) {
    process.send({ error: error.stack ?? String(error) });
  } finally {
    process.disconnect();
  }
});

const snapshotOf = (path) => `${path}.snapshot`;

async function measured({ peer: file, kind, path, sections, workload }) {
  const peer = await import(`./peers/${file}.mjs`);
  if (kind === "download") return { name: peer.name, download: download(peer.files) };
  if (kind === "snapshot") {
    const bytes = existsSync(snapshotOf(path)) ? readFileSync(snapshotOf(path)) : undefined;
    return { name: peer.name, restored: bytes && peer.restore && restored(peer, bytes, workload) };
  }
  const before = heapBytes();
  const peakBefore = peakBytes();
  const { ms } = await timed(() => (kind === "json" ? peer.loadJson(path) : peer.loadCsv(path)));
  const peak = peakBytes() - peakBefore;
  const result = { name: peer.name, load: ms, peak, heap: heapBytes() - before, wasm: wasmBytes() };
  for (const section of sections) result[section] = SECTIONS[section](peer, workload, path);
  return result;
}

/** Milliseconds of a restore, and of the first query after it, which has to look values up. */
function restored(peer, bytes, { queries }) {
  const { filter } = queries.find(({ name }) => name === "five fields");
  const begin = performance.now();
  peer.restore(bytes);
  const ready = performance.now();
  peer.query(filter);
  return { restore: ready - begin, first: performance.now() - ready };
}

const SECTIONS = {
  /** Leaves the snapshot beside the inventory. */
  snapshot(peer, workload, path) {
    if (!peer.save) return undefined;
    const bytes = peer.save();
    writeFileSync(snapshotOf(path), bytes);
    const rounds = Array.from({ length: 10 }, () => restored(peer, bytes, workload));
    return {
      bytes: bytes.byteLength,
      restore: median(rounds.map(({ restore }) => restore)),
      first: median(rounds.map(({ first }) => first)),
      answers: workload.queries.map(({ filter }) => peer.query(filter)),
    };
  },

  queries(peer, { queries }) {
    const { answers, samples } = rounds(
      queries.map(
        ({ filter }) =>
          () =>
            peer.query(filter),
      ),
    );
    return { answers, medians: samples.map(median), p99: samples.map((times) => quantile(times, 0.99)) };
  },

  typing(peer, { typing }) {
    const trace = () => typing.map((filter) => peer.query(filter));
    const { answers, samples } = rounds([trace], { most: 20, least: 1 });
    return { answers: answers[0], ms: median(samples[0]) };
  },

  facets(peer, { facets }) {
    if (!peer.facets) return undefined;
    const calls = facets.map(
      ({ filter, limit }) =>
        () =>
          peer.facets(filter, limit),
    );
    const { answers, samples } = rounds(calls, { least: 1, most: 50 });
    return { answers, medians: samples.map(median) };
  },

  suggest(peer, { suggestions }) {
    if (!peer.suggest) return undefined;
    const calls = suggestions.map(
      ({ filter, request }) =>
        () =>
          peer.suggest(filter, request),
    );
    const { answers, samples } = rounds(calls, { least: 1, most: 50 });
    return { answers, medians: samples.map(median) };
  },
};
