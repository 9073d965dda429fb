//! Facets and suggestions over an inventory of thousands of values, against plain loops over its rows: columns
//! are kept in other forms there than in the small worlds.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

#[path = "support/native.rs"]
mod native;
mod support;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use scan_precheck::estimate::{FacetOptions, SuggestOptions};
use scan_precheck::{Field, Filter};
use serde_json::{Value, json};

const FIELDS: [&str; 8] =
    ["registryType", "regionId", "instanceId", "repoNamespace", "repoId", "repoName", "digest", "tag"];
const DIGEST: usize = 6;
const TAG: usize = 7;

struct Row {
    fields: [String; 8],
    charged: bool,
    scannable: bool,
}

/// Repositories of falling size with builds of one to three tags, of which some repositories mirror others.
/// Among the values: digests that are not known, tags that are missing, a name with a comma.
fn inventory() -> Vec<Row> {
    let mut random = random();
    let mut rows = Vec::new();
    for repository in 0..60u32 {
        let mirrored = if repository % 5 == 4 { repository - 1 } else { repository };
        for build in 0..700 / (repository + 6) {
            let digest = u64::from(mirrored * 1_000 + build).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let digest = match random(30) {
                0 => String::new(),
                1 => format!("sha512:{digest:x}"),
                2 => format!("sha2{digest:x}****"),
                _ => format!("{digest:016x}").repeat(4),
            };
            let mut tags = vec![format!("{}.{}", build / 10, build % 10), format!("{:07x}", random(1 << 28))];
            tags.extend((build == 0).then(|| "Latest".to_owned()));
            tags.extend((random(9) == 0).then(String::new));
            tags.truncate(1 + random(4) as usize);
            for tag in tags {
                let fields = [
                    ["acr", "harbor", "quay"][repository as usize % 3].to_owned(),
                    format!("region-{}", repository % 4),
                    format!("instance-{}", repository % 7),
                    format!("namespace-{}", mirrored % 11),
                    format!("id-{repository}"),
                    if mirrored == 7 { "a,b".to_owned() } else { format!("Name-{mirrored}") },
                    digest.clone(),
                    tag,
                ];
                rows.push(Row { fields, charged: random(6) == 0, scannable: random(25) > 0 });
            }
        }
    }
    // As an export has them: in no order that is ours. Rows that repeat another one are not what this is about.
    for place in (1..rows.len()).rev() {
        rows.swap(place, random(place as u32 + 1) as usize);
    }
    let mut known = BTreeSet::new();
    rows.retain(|row| known.insert(row.fields.clone()));
    rows
}

fn random() -> impl FnMut(u32) -> u32 {
    let mut state = 11u64;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32 % below
    }
}

/// What is charged once, or the row by itself where there is nothing to go by.
fn charge_key(row: &Row, number: usize, count_by: &str) -> String {
    let place = row.fields[..6].join("|");
    let [digest, tag] = [DIGEST, TAG].map(|field| row.fields[field].as_str());
    match (count_by, digest, tag) {
        ("image", ..) => number.to_string(),
        ("repositoryTag", _, tag) if !tag.is_empty() => format!("{place} tag {tag}"),
        (_, "", _) => number.to_string(),
        ("digest", digest, _) => format!("digest {digest}"),
        (_, digest, _) => format!("{place} digest {digest}"),
    }
}

/// The rows and the keys by which they consume, `None` where they do not.
struct World {
    rows: Vec<Row>,
    keys: Vec<Option<String>>,
}

impl World {
    fn new(count_by: &str) -> Self {
        let rows = inventory();
        let keys: Vec<String> = rows.iter().enumerate().map(|(at, row)| charge_key(row, at, count_by)).collect();
        let charged: BTreeSet<&String> =
            rows.iter().zip(&keys).filter(|(row, _)| row.charged).map(|(_, key)| key).collect();
        let consumed = |key: &String| (!charged.contains(key)).then(|| key.clone());
        let keys = keys.iter().map(consumed).collect();
        Self { rows, keys }
    }

    fn json(&self) -> String {
        let object = |row: &Row| {
            let fields = FIELDS.iter().zip(&row.fields).map(|(name, value)| ((*name).to_owned(), json!(value)));
            let mut object: serde_json::Map<String, Value> = fields.collect();
            object.insert("charged".into(), json!(row.charged));
            object.insert("scannable".into(), json!(row.scannable));
            Value::Object(object)
        };
        Value::Array(self.rows.iter().map(object).collect()).to_string()
    }

    /// The values of a field in the order in which they first come, each with the places of its rows.
    fn values(&self, field: usize) -> Vec<(&str, Vec<usize>)> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut values: Vec<(&str, Vec<usize>)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let value = row.fields[field].as_str();
            let place = *places.entry(value).or_insert(values.len());
            if place == values.len() {
                values.push((value, Vec::new()));
            }
            values[place].1.push(at);
        }
        values
    }

    fn matches(&self, at: usize, wanted: &[Vec<String>; 8], but: usize) -> bool {
        let row = &self.rows[at];
        let holds = |field: usize| wanted[field].is_empty() || wanted[field].contains(&row.fields[field]);
        row.scannable && (0..8).filter(|field| *field != but).all(holds)
    }

    /// Images and the keys that they consume, among some rows.
    fn counted(&self, rows: &[usize], wanted: &[Vec<String>; 8], but: usize) -> (u32, BTreeSet<&String>) {
        let matched: Vec<usize> = rows.iter().copied().filter(|at| self.matches(*at, wanted, but)).collect();
        (matched.len() as u32, matched.iter().filter_map(|at| self.keys[*at].as_ref()).collect())
    }
}

fn filters() -> Vec<[Vec<String>; 8]> {
    let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let with = |filters: &[(usize, &[&str])]| {
        let mut wanted: [Vec<String>; 8] = Default::default();
        filters.iter().for_each(|(field, values)| wanted[*field] = texts(values));
        wanted
    };
    vec![
        with(&[]),
        with(&[(0, &["acr", "quay"])]),
        with(&[(1, &["region-2"])]),
        with(&[(3, &["namespace-3", "namespace-4"]), (TAG, &["Latest", "0.1", "0.2"])]),
        with(&[(5, &["Name-3"]), (0, &["acr", "harbor"])]),
        with(&[(TAG, &["nowhere"])]),
    ]
}

fn filter_of(wanted: &[Vec<String>; 8]) -> Filter {
    let entries = Field::ALL.iter().zip(wanted).filter(|(_, values)| !values.is_empty());
    let object = entries.map(|(field, values)| (field.js_name().to_owned(), json!(values))).collect();
    Filter::from_input(native::input(&Value::Object(object))).unwrap()
}

fn in_every_model(check: impl Fn(&World, &scan_precheck::Estimator)) {
    for count_by in ["digest", "repositoryDigest", "repositoryTag", "image"] {
        let world = World::new(count_by);
        let options = json!({ "chargeModel": { "countBy": count_by } });
        let (estimator, _) = native::load(&world.json(), &options, usize::MAX).unwrap();
        assert!(estimator.inventory().images() > 2_000);
        check(&world, &estimator);
    }
}

/// The values with the most images, those that came first where there is no room for all; told by their text.
#[test]
fn facets_are_the_most_frequent_values() {
    in_every_model(|world, estimator| {
        for wanted in filters() {
            for (field, name) in FIELDS.iter().enumerate() {
                let mut counted: Vec<_> = world.values(field);
                let absent = counted.iter().position(|(value, _)| value.is_empty()).map(|at| counted.remove(at).1);
                let absent = world.counted(&absent.unwrap_or_default(), &wanted, field);
                let counted = counted.iter().map(|(value, rows)| (*value, world.counted(rows, &wanted, field)));
                let mut counted: Vec<_> = counted.filter(|(_, (images, _))| *images > 0).collect();
                counted.sort_by_key(|(_, (images, _))| Reverse(*images));
                for limit in [1, 2, 5, 40, 1_500, 10_000] {
                    let options = FacetOptions::new(Field::ALL[field]).with_limit(limit);
                    let found = estimator.facets(&filter_of(&wanted), &options).unwrap();
                    let mut expected = counted[..counted.len().min(limit as usize)].to_vec();
                    expected.sort_by_key(|(value, (images, _))| (Reverse(*images), *value));
                    let expected: Vec<_> = expected
                        .iter()
                        .map(|(value, (images, keys))| ((*value).to_owned(), *images, keys.len() as u32))
                        .collect();
                    let values: Vec<_> =
                        found.values.into_iter().map(|facet| (facet.value, facet.images, facet.quota)).collect();
                    assert_eq!(values, expected, "{name} of {wanted:?}, {limit}");
                    assert_eq!(found.total as usize, counted.len());
                    assert_eq!((found.absent.images, found.absent.quota as usize), (absent.0, absent.1.len()));
                }
            }
        }
    });
}

/// Values that begin with the text before those that contain it, then by their rows, then as they came.
#[test]
fn suggestions_are_the_first_that_contain_the_text() {
    in_every_model(|world, estimator| {
        for wanted in filters() {
            for field in [0, 4, 5, DIGEST, TAG] {
                let covered: Vec<usize> =
                    if wanted[field].is_empty() { Vec::new() } else { (0..world.rows.len()).collect() };
                let covered: Vec<usize> =
                    covered.into_iter().filter(|at| wanted[field].contains(&world.rows[*at].fields[field])).collect();
                let (_, covered) = world.counted(&covered, &wanted, field);
                let texts = ["", "1", "a", "1.", "0.2", "Name-1", "e-3", ",", "LATEST", "zz"];
                for text in texts.into_iter().chain(["s", "Sha25", "sha256:", "sha256:9", "sha256:9f"]) {
                    let lowercase = text.to_ascii_lowercase();
                    let digits = lowercase.strip_prefix("sha256:").unwrap_or(&lowercase);
                    // Every SHA-256 can be written with `sha256:` before it.
                    let any = |value: &str| value.len() == 64 && "sha256:".starts_with(&lowercase);
                    let place = |value: &str| match field {
                        DIGEST => (any(value) || value.starts_with(digits)).then_some(0),
                        _ => value.to_ascii_lowercase().find(&lowercase),
                    };
                    let mut expected: Vec<_> = world
                        .values(field)
                        .into_iter()
                        .filter(|(value, _)| !value.is_empty() && !value.contains(','))
                        .filter(|(value, _)| !wanted[field].contains(&(*value).to_owned()))
                        .filter_map(|(value, rows)| Some((place(value)? > 0, Reverse(rows.len()), value, rows)))
                        .collect();
                    expected.sort_by_key(|(elsewhere, rows, ..)| (*elsewhere, *rows));
                    for limit in [1, 20, 1_000] {
                        let options = SuggestOptions::new(Field::ALL[field]).with_text(text).with_limit(limit);
                        let found = estimator.suggest(&filter_of(&wanted), &options).unwrap();
                        assert_eq!(found.total as usize, expected.len(), "{text} in {}", FIELDS[field]);
                        let told = expected.iter().take(limit as usize).map(|(_, _, value, rows)| {
                            let (images, keys) = world.counted(rows, &wanted, field);
                            ((*value).to_owned(), images, keys.difference(&covered).count() as u32)
                        });
                        let values = found.suggestions.into_iter();
                        let values: Vec<_> = values.map(|one| (one.value, one.images, one.quota)).collect();
                        assert_eq!(values, told.collect::<Vec<_>>(), "{text} in {} of {wanted:?}", FIELDS[field]);
                    }
                }
            }
        }
    });
}
