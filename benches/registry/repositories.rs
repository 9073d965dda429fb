//! Which rows there are: repositories of Zipf's sizes, builds with a digest and some tags each, mirrors in
//! other registries, and scans in and before the billing cycle.

use super::CYCLE_START;
use super::random::{Random, hex64, letters, mix};

/// The cells of a row, in the order of the export's columns.
pub(super) type Row = [String; 9];

const REGIONS: [&str; 8] = [
    "cn-hangzhou",
    "cn-shanghai",
    "cn-beijing",
    "cn-shenzhen",
    "cn-hongkong",
    "ap-southeast-1",
    "eu-central-1",
    "us-west-1",
];
const TEAMS: [&str; 8] = ["pay", "order", "search", "risk", "user", "mobile", "data", "infra"];
const PARTS: [&str; 8] = ["api", "web", "worker", "gateway", "job", "proxy", "sync", "agent"];
const CHANNELS: [&str; 6] = ["latest", "stable", "main", "dev", "prod", "staging"];

const DAY: i64 = 86_400_000;

/// Registry types: name, share of the rows, instances, regions.
const TYPES: [(&str, f64, usize, usize); 4] =
    [("acr", 0.7, 24, 8), ("harbor", 0.2, 8, 3), ("quay", 0.09, 4, 2), ("CI/CD", 0.01, 1, 1)];

/// The share of the repositories outside the first registry type that mirror one of it.
const MIRRORS: f64 = 0.12;

/// How a repository's builds are tagged.
#[derive(Clone, Copy)]
enum Style {
    Version,
    Commit,
    Date,
}

/// A repository and its images.
struct Repository {
    /// The first six cells of each of its rows.
    place: [String; 6],
    style: Style,
    is_original: bool,
    images: Vec<Image>,
}

#[derive(Clone)]
struct Image {
    digest: u64,
    tag: String,
    last_scan_time: Option<i64>,
}

/// The rows of an inventory, mixed: exports come in the order of the last update.
pub(super) fn rows(rows: usize) -> Vec<Row> {
    let mut random = Random::new(1);
    let mut repositories: Vec<Repository> = Vec::new();
    let mut digests = 0..;
    for (rank, size) in zipf((rows / 25).max(8), rows).into_iter().enumerate() {
        let kind = type_of(&mut random);
        let mirrored = (kind > 0 && random.chance(MIRRORS))
            .then(|| repositories.iter().rfind(|original| original.is_original && original.images.len() >= size))
            .flatten();
        let repository = match mirrored {
            Some(original) => original.mirror(kind, size, &mut random),
            None => Repository::new(kind, rank as u64, size, &mut digests, &mut random),
        };
        repositories.push(repository);
    }
    let mut rows: Vec<Row> = repositories.iter().flat_map(Repository::rows).collect();
    for end in (1..rows.len()).rev() {
        rows.swap(end, random.below(end + 1));
    }
    rows
}

impl Repository {
    fn new(kind: usize, rank: u64, size: usize, digests: &mut impl Iterator<Item = u64>, random: &mut Random) -> Self {
        let style = match random.below(100) {
            0..44 => Style::Version,
            44..74 => Style::Commit,
            _ => Style::Date,
        };
        let namespace = (random.share().powi(3) * 300.0) as u64;
        let name = format!("{}-{}-{}", pick(&TEAMS, mix(rank)), pick(&PARTS, mix(rank + 9)), letters(rank, 5));
        let place = place(kind, format!("{}-{}", pick(&TEAMS, namespace), letters(namespace, 4)), name, random);
        let mut repository = Self { place, style, is_original: kind == 0, images: Vec::new() };
        let newest = size + random.below(2_000);
        for (build, digest) in digests.enumerate() {
            let last_scan_time = scan_time(0.3, random);
            for tag in tags(style, newest.saturating_sub(build), build, digest, random) {
                if repository.images.len() == size {
                    return repository;
                }
                repository.images.push(Image { digest, tag, last_scan_time });
            }
        }
        repository
    }

    /// The same digests under the same tags in another registry, scanned apart, if at all.
    fn mirror(&self, kind: usize, size: usize, random: &mut Random) -> Self {
        let [_, _, _, namespace, _, name] = self.place.clone();
        let mut scanned = (None, None);
        let images = self.images.iter().take(size).map(|image| {
            if scanned.0 != Some(image.digest) {
                scanned = (Some(image.digest), scan_time(0.1, random));
            }
            Image { last_scan_time: scanned.1, ..image.clone() }
        });
        let images = images.collect();
        Self { place: place(kind, namespace, name, random), style: self.style, is_original: false, images }
    }

    fn rows(&self) -> impl Iterator<Item = Row> {
        self.images.iter().map(|image| {
            let [a, b, c, d, e, f] = self.place.clone();
            let scan = image.last_scan_time.map_or_else(String::new, |time| time.to_string());
            [a, b, c, d, e, f, hex64(image.digest), image.tag.clone(), scan]
        })
    }
}

fn place(kind: usize, namespace: String, name: String, random: &mut Random) -> [String; 6] {
    let (registry_type, _, instances, regions) = TYPES[kind];
    let instance = (random.share().powi(2) * instances as f64) as usize;
    [
        registry_type.to_owned(),
        REGIONS[instance % regions].to_owned(),
        format!("cri-{}", letters((kind * 100 + instance) as u64, 16)),
        namespace,
        format!("crr-{}", letters(random.next(), 16)),
        name,
    ]
}

/// A registry type, by the shares of the rows.
fn type_of(random: &mut Random) -> usize {
    let draw = random.share();
    let mut sum = 0.0;
    let ends = TYPES.map(|(_, share, _, _)| {
        sum += share;
        sum
    });
    ends.iter().position(|end| draw < *end).unwrap_or(0)
}

/// When a build was scanned last: in the billing cycle, before it or never.
fn scan_time(in_cycle: f64, random: &mut Random) -> Option<i64> {
    let draw = random.share();
    if draw < in_cycle {
        return Some(CYCLE_START + (random.share() * 20.0 * DAY as f64) as i64);
    }
    (draw < in_cycle + 0.35).then(|| CYCLE_START - 1 - (random.share() * 200.0 * DAY as f64) as i64)
}

/// The tags of one build, never the same twice in a repository.
fn tags(style: Style, number: usize, build: usize, digest: u64, random: &mut Random) -> Vec<String> {
    let mut tags = vec![match style {
        Style::Version => format!("{}.{}.{}", number / 200, number / 10 % 20, number % 10),
        Style::Commit => letters(digest, 8),
        Style::Date => format!("2024{:02}{:02}.{number}", number / 28 % 12 + 1, number % 28 + 1),
    }];
    if build == 0 || (build < CHANNELS.len() && random.chance(0.15)) {
        tags.push(CHANNELS[build].to_owned());
    }
    // The last patch of a minor version carries the minor's number too.
    if matches!(style, Style::Version) && (build == 0 || number % 10 == 9 && random.chance(0.5)) {
        tags.push(format!("{}.{}", number / 200, number / 10 % 20));
    } else if !matches!(style, Style::Commit) && random.chance(0.05) {
        tags.push(letters(digest, 8));
    }
    tags
}

fn pick(list: &[&'static str], n: u64) -> &'static str {
    list[(n % list.len() as u64) as usize]
}

/// Sizes that fall with the rank, at least 1, `rows` in all.
fn zipf(count: usize, rows: usize) -> Vec<usize> {
    let weights: Vec<f64> = (0..count).map(|rank| (rank as f64 + 8.0).powf(-0.85)).collect();
    let total: f64 = weights.iter().sum();
    let rest = (rows - count) as f64;
    let mut sizes: Vec<usize> = weights.iter().map(|weight| 1 + (weight / total * rest) as usize).collect();
    let missing = rows - sizes.iter().sum::<usize>();
    for place in 0..missing {
        sizes[place % count] += 1;
    }
    sizes
}
