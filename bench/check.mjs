/**
 * Whether a peer's answers are right. Facets and suggestions may order equally frequent values as they like.
 */

/** @returns {string[]} What is wrong. */
export function faults(result, workload, oracle) {
  const wrong = [];
  const same = (what, got, wanted) => {
    if (got?.images !== wanted.images || got?.quota !== wanted.quota) {
      wrong.push(`${result.name}: ${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
    }
  };
  result.queries?.answers.forEach((answer, at) => {
    same(workload.queries[at].name, answer, oracle.query(at, workload.queries[at].filter));
  });
  result.snapshot?.answers.forEach((answer, at) => {
    const { name, filter } = workload.queries[at];
    same(`${name}, restored`, answer, oracle.query(at, filter));
  });
  result.typing?.answers.forEach((answer, at) => {
    same(`typing, step ${at + 1}`, answer, oracle.typing(at, workload.typing[at]));
  });
  result.facets?.answers.forEach((fields, at) => {
    const wanted = oracle.facets(at, workload.facets[at]);
    fields.forEach((values, field) => {
      const sizes = values.map(({ images }) => images);
      if (String(sizes) !== String(wanted[field].sizes))
        wrong.push(
          `${result.name}: facets ${at}, field ${field}: ${sizes} instead of ${wanted[field].sizes}`,
        );
      for (const value of values) same(`facets ${at}, ${value.value}`, value, wanted[field].of(value.value));
    });
  });
  result.suggest?.answers.forEach(({ suggestions, total }, at) => {
    const wanted = oracle.suggest(at, workload.suggestions[at]);
    const { text } = workload.suggestions[at].request;
    if (total !== wanted.total)
      wrong.push(`${result.name}: suggestions for "${text}": ${total} in all instead of ${wanted.total}`);
    const ranks = suggestions.map(({ value }) => wanted.rank(value));
    if (ranks.join(" ") !== wanted.ranks.join(" "))
      wrong.push(`${result.name}: suggestions for "${text}" in another order`);
    for (const one of suggestions) same(`suggestion ${one.value} for "${text}"`, one, wanted.of(one.value));
  });
  return wrong;
}

/** The oracle, which is asked each thing once only. */
export function remembering(oracle) {
  const known = new Map();
  const once = (kind, at, answer) => {
    const key = `${kind} ${at}`;
    if (!known.has(key)) known.set(key, answer());
    return known.get(key);
  };
  return {
    query: (at, filter) => once("query", at, () => oracle.query(filter)),
    typing: (_, filter) => once(`typing ${JSON.stringify(filter)}`, "", () => oracle.query(filter)),
    facets: (at, { filter, limit }) => once("facets", at, () => oracle.facets(filter, limit)),
    suggest: (at, { filter, request }) => once("suggest", at, () => oracle.suggest(filter, request)),
  };
}
