/**
 * The same answers from the engines as from the package, to the last image: random inventories and filters, values in the
 * text and as parameters.
 *
 * `SCAN_PRECHECK_SQL_CASES=500 node --test tests/sql/parity.test.js` puts as many to each engine, and `SCAN_PRECHECK_SPARK=1` asks
 * Spark too, which takes minutes: `npm run test:engines` does both.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { caseFor, expected, world } from "./cases.js";
import { ask } from "./python.js";

const asked = Number(process.env.SCAN_PRECHECK_SQL_CASES ?? 0);
/** How many cases each engine gets in `npm test`: what it manages in some ten seconds. */
const ENGINES = { duckdb: 100, postgresql: 500, clickhouse: 60, trino: 20 };
if (process.env.SCAN_PRECHECK_SPARK) ENGINES.spark = 10;

describe("the engines answer as the package does", () => {
  for (const [engine, usual] of Object.entries(ENGINES)) {
    const count = engine === "spark" ? Math.min(asked || usual, 100) : asked || usual;
    test(`${engine}, ${count} inventories`, async (t) => {
      const worlds = Array.from({ length: count }, (_, at) => world(at + 1));
      const cases = worlds.map((one, at) => caseFor(engine, one, at % 2 === 1));
      const { answers, missing } = ask(engine, cases);
      if (missing !== undefined) return t.skip(missing);
      assert.equal(answers.length, count);
      let rows = 0;
      for (const [at, one] of worlds.entries()) {
        const wanted = await expected(one);
        assert.deepEqual(answers[at], wanted, `world ${at + 1}: ${JSON.stringify(one)}`);
        rows += wanted.flat().length;
      }
      assert.ok(rows > count * 3, "most answers must say something");
      t.diagnostic(`${engine}: ${count} inventories and filters, ${4 * count} statements, all equal`);
    });
  }
});
