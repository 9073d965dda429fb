/**
 * The rows of the sample, as `DescribeImageInstances` replies with them: one for each tag in a
 * repository of a registry. Fields without a value are left out, as in the service's own replies.
 */
import { buildsOf, takenAt } from "./builds.mjs";
import { busiestRepositories, namespaces, registries } from "./catalogue.mjs";
import { randomOf, sha256 } from "./random.mjs";

const day = 86_400_000;

/** Scans keep away from the first and last day of a month, which begin and end by time zone. */
const november = [Date.UTC(2026, 10, 2), takenAt];
const earlier = [Date.UTC(2026, 4, 2), Date.UTC(2026, 9, 30)];

/** How many builds the busiest repository has; the n-th has about n^0.8 times fewer. */
const busiest = 222;

/** All rows, the most recently pushed first. */
export function sampleRows() {
  const repositories = namespaces.flatMap((namespace) =>
    namespace.repositories.map((name) => ({ namespace, name, full: `${namespace.name}/${name}` })),
  );
  const order = ({ full }) => {
    const place = busiestRepositories.indexOf(full);
    return place < 0 ? sha256(full) : `!${place}`;
  };
  repositories.sort((left, right) => (order(left) < order(right) ? -1 : 1));
  const rows = repositories.flatMap((repository, rank) =>
    rowsOf(repository, Math.max(2, Math.round(busiest / (rank + 1) ** 0.8))),
  );
  return [...rows, ...pipelineRows()].sort(
    (left, right) => Number(right.ImageUpdate) - Number(left.ImageUpdate),
  );
}

function rowsOf({ namespace, name, full }, count) {
  const random = randomOf(full);
  const builds = buildsOf(full, count, namespace.tags, random);
  return namespace.registries.flatMap((key, copy) => {
    const registry = registries[key];
    const held =
      copy === 0
        ? builds
        : builds.slice(-Math.max(1, Math.round(count * (namespace.mirror ?? registry.mirror))));
    const place = {
      ...registryFields(registry),
      RepoId: repositoryId(registry.RegistryType, `${key}/${full}`),
      RepoName: name,
      RepoNamespace: namespaceIn(registry.RegistryType, namespace.name, name),
      RepoType: namespace.visibility ?? "private",
    };
    return held.flatMap((build) => {
      // Copies of an image are scanned apart, if at all; tags of one build always together.
      const state = scanState(build, copy === 0 ? namespace.scanned : namespace.scanned / 4, random);
      const pushed = build.made + copy * random.between(60_000, 5_400_000);
      return build.tags.map((tag) => row(place, build, tag, Math.min(pushed, takenAt), state, full, random));
    });
  });
}

/** A registry's fields without our own note on it. */
function registryFields({ mirror, ...fields }) {
  return fields;
}

function repositoryId(type, path) {
  const id = sha256(path);
  if (type === "acr")
    return `crr-${BigInt(`0x${id.slice(0, 24)}`)
      .toString(36)
      .padStart(16, "0")
      .slice(0, 16)}`;
  return type === "harbor" ? String(Number.parseInt(id.slice(0, 6), 16) % 9_000) : id.slice(0, 32);
}

/** Quay's proxy of public images has no namespaces, which the service writes as `N/A`. */
function namespaceIn(type, namespace, name) {
  return type === "quay" && (namespace === "base" || name === "registry-proxy") ? "N/A" : namespace;
}

/** What is known of a build's scans: none yet, one in November, or one before. */
function scanState({ made }, scannedInNovember, random) {
  const draw = random.next();
  const span = draw < scannedInNovember ? november : draw < scannedInNovember + 0.35 ? earlier : null;
  if (!span) return { ScaProgress: 0, ScaStatus: "INIT" };
  const from = Math.max(span[0], made + 600_000);
  if (from >= span[1]) return { ScaProgress: 0, ScaStatus: "INIT" };
  const LastScanTime = random.between(from, span[1]);
  if (random.chance(0.02)) {
    return { LastScanTime, ScaProgress: 0, ScaResult: "TASK_NOT_SUPPORT_REGION", ScaStatus: "FAIL" };
  }
  const VulCount = random.chance(0.3) ? 0 : random.between(1, 140);
  const HcCount = random.chance(0.6) ? 0 : random.between(1, 9);
  const AlarmCount = random.chance(0.97) ? 0 : random.between(1, 3);
  const yes = (condition) => (condition ? "YES" : "NO");
  return {
    AlarmCount,
    AlarmStatus: yes(AlarmCount),
    HcCount,
    HcStatus: yes(HcCount),
    LastScanTime,
    RiskStatus: yes(AlarmCount + HcCount + VulCount),
    ScaProgress: 100,
    ScaStatus: "SUCCESS",
    VulCount,
    VulStatus: yes(VulCount),
  };
}

function row(place, build, tag, pushed, state, repository, random) {
  return sorted({
    ...place,
    ...state,
    Deployed: pushed > takenAt - 45 * day && random.chance(0.4) ? 1 : 0,
    Digest: build.digest,
    ImageCreate: String(build.made),
    ImageId: sha256(`${build.digest} config`),
    ImageSize: String(build.size),
    ImageUpdate: String(pushed),
    Status: "NORMAL",
    Tag: tag,
    Uuid: sha256(`${place.RepoId} ${repository}:${tag}`).slice(0, 32),
  });
}

/** Images that a pipeline reported while it built them: no registry yet, and often no digest. */
function pipelineRows() {
  const random = randomOf("pipeline");
  const jobs = ["payment-api", "web-ui", "checkout-api", "order-api", "search-api", "mobile-bff"];
  return Array.from({ length: 48 }, (_, index) => {
    const made = takenAt - index * random.between(7, 9) * 3_600_000 - 1_800_000;
    const name = jobs[index % jobs.length];
    const digest = sha256(`pipeline#${index}`);
    // Left out by one plug-in, written as an empty text by another.
    const known = index % 4 === 0 ? {} : { Digest: index % 4 === 1 ? "" : digest };
    return sorted({
      RegistryType: "CI/CD",
      RegionId: "cn-hangzhou",
      RepoName: name,
      RepoNamespace: "N/A",
      ...known,
      Deployed: 0,
      Endpoints: "registry.example.com",
      ImageCreate: String(made),
      ImageId: sha256(`${digest} config`),
      ImageSize: String(random.between(40, 400)),
      ImageUpdate: String(made),
      ...(index % 3 === 0 ? { LastScanTime: made + 240_000, ScaProgress: 100, ScaStatus: "SUCCESS" } : {}),
      SourceBizTag: "jenkins",
      Status: "NORMAL",
      Tag: `build-${4_812 - index}`,
      Uuid: sha256(`pipeline ${index}`).slice(0, 32),
    });
  });
}

/** The fields in alphabetical order, as the service's SDKs write them. */
function sorted(fields) {
  return Object.fromEntries(Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1)));
}
