/**
 * The operations: parameters → the answer, by the names of the wire.
 */
import { precheck } from "../../npm/node.js";
import { filterOptions, sourceIp } from "../options.js";
import { explained } from "./images.js";
import { listed } from "./listing.js";
import { Refusal } from "./refusal.js";
import { latestOf, runTask, syncAndRun } from "./tasks.js";

/** @type {Readonly<Record<string, (state: any, parameters: Map<string, string>) => any>>} */
const actions = {
  // `ScanImageCount` is the quota and `NeedAuthCount` the images: the engine's reply is that of the wire.
  PublicPreCheckImageScanTask: (state, parameters) => ({
    Data: judged(() => precheck(state.inventory, filterIn(parameters))).Data,
  }),
  DescribeImageScanAuthCount: (state) => ({
    ImageScan: { ImageScanCapacity: state.capacity, ScanCount: state.used, InstanceId: "sas-local" },
  }),
  DescribeImageInstances: (state, parameters) => listed(state.rows, parameters, state.cycleStart),
  PublicCreateImageScanTask: (state, parameters) =>
    state.alone(async () => {
      const images = judged(() => [...explained(state.inventory, filterIn(parameters))]);
      return { Data: await runTask(state, images) };
    }),
  PublicSyncAndCreateImageScanTask: (state, parameters) =>
    state.alone(async () => ({ Data: await syncAndRun(state, parameters) })),
  DescribeImageLatestScanTask: (state, parameters) => ({ Task: latestOf(state, parameters) }),
};

export const isAction = (name) => Object.hasOwn(actions, name);

export async function answered(state, name, parameters) {
  return actions[name](state, parameters);
}

function filterIn(parameters) {
  const given = [...filterOptions, sourceIp].filter(({ wire }) => parameters.has(wire));
  return Object.fromEntries(given.map(({ wire }) => [wire, parameters.get(wire)]));
}

/** What the engine refuses in a filter is the client's mistake; its crash is not. */
function judged(question) {
  try {
    return question();
  } catch (thrown) {
    const error = /** @type {any} */ (thrown);
    if (error.name !== "ScanPrecheckError" || error.field === undefined) throw error;
    throw new Refusal(400, "InvalidParameter", error.message);
  }
}
