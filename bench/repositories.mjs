/**
 * The repositories of an inventory: where each is, what it is called, how its builds are tagged and how
 * many rows it has.
 */
import { hex64, letters, mix, sfc32 } from "./random.mjs";

const REGIONS = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-beijing",
  "cn-shenzhen",
  "cn-hongkong",
  "ap-southeast-1",
  "eu-central-1",
  "us-west-1",
];
const TEAMS = [
  "pay",
  "order",
  "search",
  "risk",
  "user",
  "mobile",
  "data",
  "infra",
  "ai",
  "media",
  "shop",
  "crm",
  "log",
];
const PARTS = [
  "api",
  "web",
  "worker",
  "gateway",
  "job",
  "proxy",
  "sync",
  "agent",
  "store",
  "admin",
  "batch",
  "cache",
];

/** Shares of the rows, kept by giving each repository to the share that lacks most. */
const TYPES = { acr: 0.7, harbor: 0.2, quay: 0.09, "CI/CD": 0.01 };
const STYLES = { semver: 0.44, sha: 0.3, date: 0.26 };

/** Instances of a registry type and how many regions of the list they are in. */
const INSTANCES = { acr: [24, 8], harbor: [8, 3], quay: [4, 2], "CI/CD": [1, 1] };

/** The share of the repositories outside ACR that mirror one of ACR. */
const MIRRORS = 0.12;

export function repositories(rows, seed) {
  const random = sfc32(seed ^ 0x5eed);
  const count = Math.max(8, Math.round(rows * 0.04));
  const namespaces = Math.max(9, Math.round(900 * Math.min(1, Math.sqrt(rows / 1e6))));
  const sizes = zipf(count, rows);
  const lackingType = share(TYPES);
  const lackingStyle = share(STYLES);
  const originals = [];
  return sizes.map((size, index) => {
    const type = lackingType(size);
    const [instances, regions] = INSTANCES[type];
    const instance = Math.floor(random.next() ** 2 * instances);
    const mirrored =
      type === "acr" || !random.chance(MIRRORS) ? undefined : originals.findLast((of) => of.size >= size);
    const namespace = Math.floor(random.next() ** 3 * namespaces);
    const repo = mirrored
      ? { ...mirrored, size, mirrorOf: mirrored.index }
      : { size, style: lackingStyle(size), namespace: namespaceName(namespace), name: repoName(index) };
    Object.assign(repo, { index, type });
    const place = {
      RegistryType: type,
      RegionId: REGIONS[instance % regions],
      InstanceId: `${type === "acr" ? "cri" : "reg"}-${letters(instance + seed + type.length * 7919, 16)}`,
      RepoNamespace: repo.namespace,
      RepoId: type === "acr" ? `crr-${letters(mix(index) ^ seed, 16)}` : hex64(index, seed ^ 77).slice(0, 20),
      RepoName: repo.name,
    };
    repo.csv = Object.values(place).join(",");
    repo.json = JSON.stringify(place).slice(1, -1);
    if (type === "acr") originals.push(repo);
    return repo;
  });
}

const namespaceName = (n) => `${TEAMS[n % TEAMS.length]}-${letters(n, 4)}`;
const repoName = (n) =>
  `${TEAMS[mix(n) % TEAMS.length]}-${PARTS[mix(n + 9) % PARTS.length]}-${letters(n * 3 + 1, 5)}`;

/** Sizes that fall with the rank, at least 1, `rows` in all. */
function zipf(count, rows) {
  const weights = Array.from({ length: count }, (_, rank) => (rank + 8) ** -0.85);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sizes = weights.map((weight) => 1 + Math.floor((weight / total) * (rows - count)));
  let missing = rows - sizes.reduce((sum, size) => sum + size, 0);
  for (let rank = 0; missing > 0; rank = (rank + 1) % count, missing -= 1) sizes[rank] += 1;
  return sizes;
}

/** Gives out keys so that their sums of sizes are in the proportions of `shares`. */
function share(shares) {
  const given = Object.fromEntries(Object.keys(shares).map((key) => [key, 0]));
  return (size) => {
    const lack = (key) => given[key] / shares[key];
    const key = Object.keys(shares).reduce((best, key) => (lack(key) < lack(best) ? key : best));
    given[key] += size;
    return key;
  };
}
