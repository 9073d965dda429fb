/**
 * Scan tasks as a simulation: each takes quota image by image, in the inventory's order, and stops where it is gone.
 */
import { randomUUID } from "node:crypto";
import { imageFields } from "../../npm/explained-rows.js";
import { wireName } from "../../npm/request.js";
import { explained } from "./images.js";
import { invalid, missing } from "./refusal.js";

/** What clients may add in all, so that none can fill the memory. */
const MOST_ROWS = 1_000_000;

/**
 * Runs a task over images, as the engine explains them. What it scans is charged from then on.
 *
 * @param {Awaited<ReturnType<typeof import("./state.js").stateOf>>} state
 * @param {readonly any[]} explanations
 */
export async function runTask(state, explanations) {
  const began = Date.now();
  const covered = explanations.filter(({ verdict }) => verdict !== "notCovered");
  const rowFor = rowFinder(state.rows);
  let done = 0;
  for (const { verdict, image } of covered) {
    if (verdict === "consumes" && state.used >= state.capacity) break;
    if (verdict === "consumes") state.used += 1;
    Object.assign(rowFor(image), { lastScanTime: began, charged: true });
    done += 1;
  }
  const whole = done === covered.length;
  const task = {
    TaskId: randomUUID(),
    Status: whole ? "SUCCESS" : "FAIL",
    Progress: whole ? 100 : Math.floor((done * 100) / covered.length),
    FinishCount: done,
    TotalCount: covered.length,
    CanCreate: true,
    CollectTime: began,
    ExecTime: began,
    ...(whole && { Result: "SUCCESS" }),
  };
  state.tasks += 1;
  const entry = { number: state.tasks, task, began, ended: Date.now() };
  for (const { image } of covered) if (image.digest) state.latest.set(bare(image.digest), entry);
  await state.reload();
  return task;
}

/** The row of an image that the engine names: it has an order of its own. Equal rows are taken one after the other. */
function rowFinder(rows) {
  const table = new Map();
  for (const row of rows) {
    const equal = table.get(identity(row));
    if (equal === undefined) table.set(identity(row), [row]);
    else equal.push(row);
  }
  const taken = new Map();
  return (image) => {
    const key = identity(image);
    const at = taken.get(key) ?? 0;
    taken.set(key, at + 1);
    return table.get(key)[at];
  };
}

/** `PublicSyncAndCreateImageScanTask`: images that are new are added first, and just those given are scanned. */
export async function syncAndRun(state, parameters) {
  const records = recordsIn(parameters);
  const known = new Map(state.rows.map((row) => [identity(row), row]));
  const added = records.filter((record) => !known.has(identity(record)));
  if (state.rows.length + added.length > MOST_ROWS)
    throw invalid("Images", `there would be more than ${MOST_ROWS} images`);
  for (const record of added) {
    if (known.has(identity(record))) continue;
    known.set(identity(record), record);
    state.rows.push(record);
  }
  await state.reload();
  const wanted = new Set(records.map(identity));
  // What is charged is known of the whole; what is the same as what, only among those that are scanned.
  const chosen = [...explained(state.inventory)]
    .filter(({ image }) => wanted.has(identity(image)))
    .map(({ image, reason }) => ({
      ...image,
      ...(reason === "alreadyCharged" && { charged: true }),
      ...(reason === "notScannable" && { scannable: false }),
    }));
  const subset = await state.inventoryOf(chosen);
  try {
    return await runTask(state, [...explained(subset)]);
  } finally {
    subset.free();
  }
}

const identity = (image) =>
  JSON.stringify(
    imageFields.map((name) => (name === "digest" ? bare(image.digest ?? "") : (image[name] ?? ""))),
  );

function recordsIn(parameters) {
  const text = parameters.get("Images");
  if (!text) throw missing("Images");
  let list;
  try {
    list = JSON.parse(text);
  } catch {
    throw invalid("Images", "it is no JSON");
  }
  if (!Array.isArray(list) || list.length === 0) throw invalid("Images", "it must be a list of images");
  return list.map(recordOf);
}

/** Documented with capitals, and sent without by clients: both are read. */
function recordOf(given) {
  if (typeof given !== "object" || given === null) throw invalid("Images", "an image must be an object");
  const record = {};
  for (const name of imageFields) {
    const value = given[name] ?? given[wireName(name)];
    if (value === undefined || value === null || value === "") continue;
    if (typeof value !== "string") throw invalid("Images", `${name} must be a text`);
    record[name] = value;
  }
  if (Object.keys(record).length === 0) throw invalid("Images", "an image has none of the known fields");
  return record;
}

/** `DescribeImageLatestScanTask` of one digest. */
export function latestOf(state, parameters) {
  const digest = parameters.get("Digest");
  if (!digest) throw missing("Digest");
  const entry = state.latest.get(bare(digest));
  if (entry === undefined) return [];
  const { number, task, began, ended } = entry;
  const at = (time) => new Date(time).toISOString().slice(0, 19);
  return [
    {
      Id: number,
      TaskId: task.TaskId,
      Name: `scan-precheck-${number}`,
      Status: task.Status,
      Finish: task.FinishCount,
      Source: "openapi",
      TaskType: "IMAGE_SCAN",
      TargetType: "IMAGE",
      Target: digest,
      StartTime: began,
      FinishTime: ended,
      Create: at(began),
      Modified: at(ended),
    },
  ];
}

const bare = (digest) => digest.replace(/^sha256:/i, "").toLowerCase();
