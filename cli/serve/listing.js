/**
 * `DescribeImageInstances`: pages of the images, by conditions.
 */
import { imageFields } from "../../npm/explained-rows.js";
import { wireName } from "../../npm/request.js";
import { invalid } from "./refusal.js";

export function listed(rows, parameters, cycleStart) {
  const size = number(parameters, "PageSize", 20, 1_000);
  const page = number(parameters, "CurrentPage", 1, 2 ** 31 - 1);
  const matches = conditionsIn(parameters);
  const scanned = truth(parameters, "Scanned");
  const found = rows.filter(
    (row) => matches(row) && (scanned === undefined || scanned === (scanTime(row, cycleStart) !== undefined)),
  );
  const images = found.slice((page - 1) * size, page * size);
  return {
    PageInfo: { Count: images.length, CurrentPage: page, PageSize: size, TotalCount: found.length },
    ImageInstanceList: images.map((row) => instanceOf(row, cycleStart)),
  };
}

function instanceOf(row, cycleStart) {
  const fields = imageFields.map((name) => [wireName(name), row[name]]);
  return { ...Object.fromEntries(fields), LastScanTime: scanTime(row, cycleStart) };
}

/** The service's list has no word for "charged"; a scan at the start of the cycle says the same. */
function scanTime({ charged, lastScanTime }, cycleStart) {
  if (!charged || cycleStart === undefined) return lastScanTime;
  return Math.max(lastScanTime ?? cycleStart, cycleStart);
}

function conditionsIn(parameters) {
  const text = parameters.get("Criteria");
  const every = relation("LogicalExp", parameters.get("LogicalExp"), "AND") === "AND";
  if (!text) return () => true;
  const conditions = listIn(text).map(conditionOf);
  if (conditions.length === 0) return () => true;
  return (row) => (every ? conditions.every((holds) => holds(row)) : conditions.some((holds) => holds(row)));
}

function listIn(text) {
  let list;
  try {
    list = JSON.parse(text);
  } catch {
    throw invalid("Criteria", "it is no JSON");
  }
  if (!Array.isArray(list) || list.length > 100)
    throw invalid("Criteria", "it must be a list of at most 100");
  return list;
}

function conditionOf(condition) {
  const { name, value, logicalExp } = condition ?? {};
  if (!imageFields.includes(name)) throw invalid("Criteria", `name must be one of ${imageFields.join(", ")}`);
  if (typeof value !== "string") throw invalid("Criteria", "value must be a text");
  const values = value.split(",").map((one) => one.trim());
  const every = relation("Criteria", logicalExp, "OR") === "AND";
  return (row) =>
    every ? values.every((one) => row[name] === one) : values.some((one) => row[name] === one);
}

function relation(name, given, usual) {
  if (given === undefined || given === "") return usual;
  if (given !== "AND" && given !== "OR") throw invalid(name, "a logical relation is AND or OR");
  return given;
}

function number(parameters, name, usual, most) {
  const text = parameters.get(name);
  if (!text) return usual;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw invalid(name, `it must be a whole number from 1 to ${most}`);
  return value;
}

function truth(parameters, name) {
  const text = parameters.get(name)?.toLowerCase();
  if (!text) return undefined;
  if (text !== "true" && text !== "false") throw invalid(name, "it must be true or false");
  return text === "true";
}
