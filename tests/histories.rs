//! One inventory of many blocks of rows, asked thousands of filters one after the other as a person would change
//! them: what is kept from filter to filter never changes an answer.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

#[path = "support/native.rs"]
mod native;
mod support;

use std::collections::HashSet;

use scan_precheck::estimate::{FacetOptions, SuggestOptions};
use scan_precheck::{Field, Filter};
use serde_json::{Map, Value, json};

/// Parameters of a filter, written out here so that a slip in the crate shows.
const PARAMETERS: [&str; 8] =
    ["RegistryTypes", "RegionIds", "InstanceIds", "RepoNamespaces", "RepoIds", "RepoNames", "Digests", "Tags"];

/// Twelve blocks of 512 rows, the last of them not full.
const ROWS: u64 = 6_000;

struct Row {
    fields: [String; 8],
    charged: bool,
    scannable: bool,
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Values of all kinds: a few that each are everywhere, some in long runs, and many with a row or two.
fn rows(random: &mut Random) -> Vec<Row> {
    let row = |number: u64| {
        let repository = number / 40;
        Row {
            fields: [
                ["acr", "harbor", "quay"][random.below(3) as usize].into(),
                format!("region-{}", repository % 5),
                if repository.is_multiple_of(7) { String::new() } else { format!("instance-{}", repository % 20) },
                format!("namespace-{}", repository / 10),
                format!("id-{repository}"),
                format!("name-{}", repository % 140),
                if random.below(50) == 0 { String::new() } else { format!("{:064x}", random.below(4_000)) },
                format!("tag-{}", if random.below(4) == 0 { random.below(3) } else { random.below(5_000) + 3 }),
            ],
            charged: random.below(20) == 0,
            scannable: random.below(600) > 0,
        }
    };
    let mut known = HashSet::new();
    (0..ROWS).map(row).filter(|row| known.insert(row.fields.clone())).collect()
}

/// What must come out, by walking: images, quota, charged, without digest, not scannable, unmatched.
fn walked(rows: &[Row], wanted: &[Vec<String>; 8]) -> [usize; 6] {
    let charged: HashSet<&str> = rows.iter().filter(|row| row.charged).map(|row| row.fields[6].as_str()).collect();
    let wanted: Vec<HashSet<&str>> = wanted.iter().map(|values| values.iter().map(String::as_str).collect()).collect();
    let mut unmatched = 0;
    for (field, values) in wanted.iter().enumerate() {
        let held: HashSet<&str> = rows.iter().map(|row| row.fields[field].as_str()).collect();
        unmatched += values.difference(&held).count();
    }
    let mut counts = [0, 0, 0, 0, 0, unmatched];
    let mut consuming = HashSet::new();
    for row in rows {
        let fields = wanted.iter().zip(&row.fields);
        if !fields.clone().all(|(values, text)| values.is_empty() || values.contains(text.as_str())) {
            continue;
        }
        let digest = row.fields[6].as_str();
        let is_charged = if digest.is_empty() { row.charged } else { charged.contains(digest) };
        match (row.scannable, is_charged) {
            (false, _) => counts[4] += 1,
            (true, true) => counts[2] += 1,
            (true, false) if digest.is_empty() => counts[3] += 1,
            (true, false) => drop(consuming.insert(digest)),
        }
        counts[0] += usize::from(row.scannable);
    }
    counts[1] = consuming.len() + counts[3];
    counts
}

/// Changes one field of a filter: a value more, one less, another in its place, all of them gone, or many at once.
fn change(wanted: &mut [Vec<String>; 8], rows: &[Row], random: &mut Random) {
    let field = random.below(8) as usize;
    let value = match random.below(5) {
        0 => "none".to_owned(),
        1 => format!("{:064x}", random.below(5_000)),
        _ => rows[random.below(rows.len() as u64) as usize].fields[field].clone(),
    };
    let values = &mut wanted[field];
    match random.below(8) {
        0 => values.clear(),
        1 => drop(values.pop()),
        2 => values.truncate(1),
        3 => {
            values.pop();
            values.push(value);
        }
        4 => values.extend(
            (0..random.below(400)).map(|_| rows[random.below(rows.len() as u64) as usize].fields[field].clone()),
        ),
        _ => values.push(value),
    }
    values.retain(|value| !value.is_empty());
}

#[test]
fn thousands_of_filters_one_after_the_other() {
    let mut random = Random(1);
    let rows = rows(&mut random);
    let columns: Vec<&str> = PARAMETERS.iter().map(|name| name.trim_end_matches('s')).collect();
    let export: Vec<Value> = rows
        .iter()
        .map(|row| {
            let mut object: Map<String, Value> =
                columns.iter().zip(&row.fields).map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
            object.insert("charged".into(), json!(row.charged.then_some(true)));
            object.insert("scannable".into(), json!(row.scannable));
            Value::Object(object)
        })
        .collect();
    let loaded = native::load(&json!(export).to_string(), &Value::Null, usize::MAX).unwrap();
    let mut wanted: [Vec<String>; 8] = Default::default();
    let mut matched = 0;
    let steps = support::cases(2_000);
    for step in 0..steps {
        if random.below(10) == 0 {
            wanted = Default::default();
        }
        change(&mut wanted, &rows, &mut random);
        let filter: Map<String, Value> =
            PARAMETERS.iter().zip(&wanted).map(|(name, values)| ((*name).to_owned(), json!(values))).collect();
        let filter = Value::Object(filter);
        if random.below(10) == 0 {
            // These find the rows in another form.
            let filter = Filter::from_input(native::input(&filter)).unwrap();
            let field = Field::ALL[random.below(8) as usize];
            loaded.0.facets(&filter, &FacetOptions::new(field)).unwrap();
            loaded.0.suggest(&filter, &SuggestOptions::new(field).with_limit(3)).unwrap();
        }
        let found = native::ask(&loaded, &filter, &Value::Null).unwrap().estimate;
        let counts = ["/images", "/quota", "/free/charged", "/unknownDigest", "/notScannable", "/unmatchedCount"]
            .map(|path| found.pointer(path).unwrap().as_u64().unwrap() as usize);
        assert_eq!(counts, walked(&rows, &wanted), "step {step}: {filter}");
        matched += usize::from(counts[0] > 0);
    }
    assert!(steps < 2_000 || (500..1_900).contains(&matched), "{matched} filters matched");
}

/// Of three fields with two values each, in the order in which they are asked: fields that had no row in common may
/// have one when a value changes, and lose it again.
#[test]
fn every_filter_after_every_other() {
    let stored = [["acr", "web", "1"], ["acr", "api", "2"], ["quay", "web", "2"], ["quay", "api", "1"]];
    let text = |[registry, repo, tag]: [&str; 3]| json!({ "RegistryType": registry, "RepoName": repo, "Tag": tag });
    for rows in [&stored[..1], &stored[..2], &stored[1..], &stored[..]] {
        let export = Value::from(rows.iter().copied().map(text).collect::<Vec<_>>()).to_string();
        let loaded = native::load(&export, &Value::Null, usize::MAX).unwrap();
        let values = [["acr", "quay"], ["web", "api"], ["1", "2"]];
        let filters: Vec<[Option<&str>; 3]> = (0..27)
            .map(|number| [0, 1, 2].map(|field| values[field].get(number / [1, 3, 9][field] % 3).copied()))
            .collect();
        let ask = |wanted: &[Option<&str>; 3]| {
            let filter = json!({ "registryTypes": wanted[0], "repoNames": wanted[1], "tags": wanted[2] });
            let holds =
                |row: &[&str; 3]| wanted.iter().zip(row).all(|(wanted, text)| wanted.is_none_or(|it| it == *text));
            let expected = rows.iter().filter(|row| holds(row)).count();
            let found = native::ask(&loaded, &filter, &Value::Null).unwrap().estimate;
            assert_eq!(found["images"], json!(expected), "{wanted:?}");
        };
        for (before, after) in filters.iter().flat_map(|before| filters.iter().map(move |after| (before, after))) {
            ask(before);
            ask(after);
        }
    }
}
