/** `toSql` as its users call it: what it writes, what it refuses and how it says so, here and in the worker's face. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { toSql } from "scan-precheck";
import { assertError, thrownBy } from "./support.js";

const table = { dialect: "duckdb", table: "images" };

test("names are what the table has, whatever they hold", () => {
  const options = {
    ...table,
    table: ["a b", 'x"; DROP TABLE y --'],
    columns: { tag: 'the "tag"', charged: null },
  };
  const { text, parameters } = toSql({ tags: "latest" }, options);
  assert.ok(text.includes('FROM "a b"."x""; DROP TABLE y --" source'));
  assert.ok(text.includes('source."the ""tag"""'));
  assert.ok(!text.includes('"charged"') && text.includes("0 AS r_charged"));
  assert.deepEqual(parameters, []);
});

test("a value is a literal or a parameter, and nothing else", () => {
  const evil = "x') OR 1=1; --";
  for (const dialect of ["duckdb", "spark", "clickhouse", "trino", "postgresql"]) {
    const literal = toSql({ repoNames: evil }, { ...table, dialect });
    assert.ok(/IN \('x(''|\\')\) OR 1=1; --'\)/.test(literal.text), dialect);
    const bound = toSql({ repoNames: evil }, { ...table, dialect, parameters: true });
    assert.ok(!bound.text.includes("OR 1=1"), dialect);
    assert.deepEqual(bound.parameters, [evil]);
  }
});

test("promises leave out what they make needless", () => {
  const usual = toSql({}, table).text;
  const promised = toSql({}, { ...table, clean: true, distinct: true }).text;
  assert.ok(usual.includes("regexp_replace") && usual.includes("MAX(r_charged)"));
  assert.ok(!promised.includes("regexp_replace") && !promised.includes("MAX(r_charged)"));
});

describe("what cannot be written is refused", () => {
  for (const [what, options, error] of [
    ["no options", undefined, { code: "invalid-value", field: "dialect" }],
    [
      "another dialect",
      { ...table, dialect: "duckDB" },
      { code: "invalid-value", message: /did you mean `duckdb`/ },
    ],
    ["no table", { dialect: "duckdb" }, { code: "invalid-value", field: "table" }],
    ["a table of no name", { ...table, table: "" }, { code: "invalid-value", field: "table" }],
    [
      "a table of four names",
      { ...table, table: ["a", "b", "c", "d"] },
      { code: "wrong-type", field: "table" },
    ],
    ["an unknown option", { ...table, tables: 1 }, { code: "unknown-key", message: /did you mean `table`/ }],
    [
      "an unknown column",
      { ...table, columns: { tags: "t" } },
      { code: "unknown-key", message: /did you mean `tag`/ },
    ],
    [
      "a column of a wrong type",
      { ...table, columns: { tag: 1 } },
      { code: "wrong-type", field: "columns.tag" },
    ],
    [
      "a name with U+0000",
      { ...table, columns: { tag: "a\0" } },
      { code: "invalid-value", field: "columns.tag" },
    ],
    [
      "what Spark would replace",
      { ...table, dialect: "spark", table: "$" + "{x}" },
      { code: "invalid-value", field: "table" },
    ],
    [
      "an unknown question",
      { ...table, question: "facet" },
      { code: "invalid-value", message: /did you mean `facets`/ },
    ],
    ["facets of no field", { ...table, question: "facets" }, { code: "invalid-value", field: "field" }],
    ["a field without facets", { ...table, field: "tags" }, { code: "invalid-value", field: "field" }],
    [
      "a limit of nothing",
      { ...table, question: "facets", field: "tags", limit: 0 },
      { code: "invalid-value", field: "limit" },
    ],
    [
      "a scan time of another kind",
      { ...table, scanTime: "seconds" },
      { code: "invalid-value", field: "scanTime" },
    ],
    ["a promise that is none", { ...table, clean: "yes" }, { code: "wrong-type", field: "clean" }],
    [
      "a rule that is none",
      { ...table, chargeModel: { countBy: "digests" } },
      { code: "invalid-value", field: "countBy" },
    ],
  ]) {
    test(what, () =>
      assertError(
        thrownBy(() => toSql({}, options)),
        error,
      ),
    );
  }

  test("a filter that is none", () => {
    assertError(
      thrownBy(() => toSql({ tag: "a" }, table)),
      { code: "unknown-key", message: /did you mean `tags`/ },
    );
  });
});
