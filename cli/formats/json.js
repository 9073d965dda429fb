/**
 * The answer for programs, in the form of docs/cli.schema.json.
 */
import { parametersOf } from "../request.js";

/** The form's number: it changes when a member changes its meaning or goes. */
export const SCHEMA = 1;

/**
 * @param {import("../answer.js").Answer} answer
 * @returns {Iterable<string>}
 */
export function* json(answer) {
  const { question, filter, loads, verdict, bill, explained, plan, diff, margin, reconciliation } = answer;
  const { estimate, ...rest } = bill;
  const head = JSON.stringify(
    {
      schema: SCHEMA,
      question,
      exitCode: verdict.exitCode,
      verdict: {
        sufficient: verdict.sufficient,
        maxQuota: verdict.maxQuota,
        withinMaxQuota: verdict.withinMaxQuota,
        equalsReply: verdict.equalsReply,
      },
      filter: parametersOf(filter),
      estimate,
      bill: rest,
      reports: loads.map(({ side, names, report }) => ({
        side: side || null,
        ...report,
        sources: report.sources.map((source, at) => ({ name: names[at], ...source })),
      })),
      ...(plan && { plan }),
      ...(diff && { diff }),
      ...(margin && { margin }),
      ...(reconciliation && { reconciliation }),
    },
    null,
    2,
  );
  if (!explained) {
    yield `${head}\n`;
    return;
  }
  // There may be millions of images: they are written as they come.
  const { counts, total, complete, pages } = explained;
  const begun = JSON.stringify({ counts, total, complete, images: [] }).slice(0, -2);
  yield `${head.slice(0, -2)},\n  "explained": ${begun}`;
  let separator = "\n";
  for (const images of pages()) {
    yield images
      .map((image) => {
        const line = `${separator}    ${JSON.stringify(image)}`;
        separator = ",\n";
        return line;
      })
      .join("");
  }
  yield "\n  ]}\n}\n";
}
