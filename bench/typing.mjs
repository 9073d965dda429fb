/**
 * A person at the filter: 200 filters, each one key or click after the other.
 */
const STEPS = 200;

/** Fields in the order in which a person goes through them, and how far down their values. */
const VISITS = [
  ["registryTypes", 3],
  ["repoNamespaces", 60],
  ["repoNames", 2_000],
  ["tags", 400],
  ["regionIds", 8],
  ["repoNames", 20_000],
  ["instanceIds", 30],
  ["tags", 5_000],
  ["repoNamespaces", 400],
];

export function typing(byFrequency, random) {
  const filter = {};
  const steps = [];
  const show = (key, values) => {
    filter[key] = values;
    if (steps.length < STEPS)
      steps.push(Object.fromEntries(Object.entries(filter).filter(([, held]) => held.length > 0)));
  };
  for (let visit = 0; steps.length < STEPS; visit += 1) {
    const [key, depth] = VISITS[visit % VISITS.length];
    const values = byFrequency[key];
    const value = values[random.below(Math.min(depth, values.length))];
    const held = (filter[key] ?? []).filter((one) => one !== value);
    if (random.chance(0.4)) {
      // Chosen from the list of suggestions.
      show(key, [...held, value]);
    } else {
      // Typed: until it is whole, what stands there is a value that hardly any image has.
      for (let length = 1; length <= Math.min(value.length, 12); length += 1)
        show(key, [...held, value.slice(0, length)]);
      show(key, [...held, value]);
    }
    if (filter[key].length > 3 || random.chance(0.25)) show(key, filter[key].slice(1));
    if (random.chance(0.12)) show(key, []);
  }
  return steps;
}
