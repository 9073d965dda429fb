//! Every small world there is: all inventories of up to three rows over three fields and three states,
//! under every filter and every charge model, against the oracle.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

mod oracle;

use std::array;

use oracle::{Answer, Row, Rule};
use scan_precheck::{ChargeModel, CountBy, Estimate, EstimateOptions, Filter, InventoryLoader, LoadOptions};
use serde_json::json;

const REPO: usize = 5;
use oracle::TAG;
const RULES: [(CountBy, &[usize]); 4] = [
    (CountBy::Digest, &[6]),
    (CountBy::RepositoryDigest, &[0, 1, 2, 3, 4, 5, 6]),
    (CountBy::RepositoryTag, &[0, 1, 2, 3, 4, 5, 7]),
    (CountBy::Image, &[0, 1, 2, 3, 4, 5, 6, 7]),
];

#[test]
fn every_world_of_three_rows_agrees_with_the_oracle() {
    let filters = filters();
    let kinds = kinds();
    let mut worlds = 0u32;
    for (count_by, key) in RULES {
        let model = ChargeModel::new(count_by, None);
        for rows in inventories(&kinds) {
            let estimator = load(&rows, model);
            for (wanted, filter) in &filters {
                let found = estimator.estimate(filter, &EstimateOptions::default()).unwrap();
                let expected = oracle::answer(&rows, wanted, &Rule { key, cycle_start: None });
                assert_eq!(numbers(&found), Answer { unmatched: Vec::new(), ..expected }, "{rows:?} {wanted:?}");
                worlds += 1;
            }
        }
    }
    assert_eq!(worlds, 4 * 9_139 * 64);
}

/// Every kind of row: two repositories, two tags, two digests or none; plain, charged, or not scannable.
fn kinds() -> Vec<Row> {
    let mut kinds = Vec::new();
    for repo in ["p", "q"] {
        for tag in ["1", "2"] {
            for digest in ["", "a", "b"] {
                for state in 0..3 {
                    let mut fields: [String; 8] = array::from_fn(|_| String::new());
                    fields[REPO] = repo.into();
                    fields[TAG] = tag.into();
                    fields[oracle::DIGEST] = digest.repeat(64);
                    let charged = (state == 1).then_some(true);
                    kinds.push(Row { fields, charged, scannable: state != 2, last_scan_time: None });
                }
            }
        }
    }
    kinds
}

/// Every inventory of up to three rows, whatever their order.
fn inventories(kinds: &[Row]) -> impl Iterator<Item = Vec<Row>> {
    let n = kinds.len();
    let ones = (0..n).map(|a| vec![a]);
    let twos = (0..n).flat_map(move |a| (a..n).map(move |b| vec![a, b]));
    let threes = (0..n).flat_map(move |a| (a..n).flat_map(move |b| (b..n).map(move |c| vec![a, b, c])));
    let all = std::iter::once(Vec::new()).chain(ones).chain(twos).chain(threes);
    all.map(|places| places.into_iter().map(|place| kinds[place].clone()).collect())
}

/// Every choice of values in each of the three fields.
fn filters() -> Vec<([Vec<String>; 8], Filter)> {
    let choices = |values: [&str; 2]| {
        [vec![], vec![values[0].to_owned()], vec![values[1].to_owned()], values.map(String::from).to_vec()]
    };
    let (a, b) = ("a".repeat(64), "b".repeat(64));
    let mut filters = Vec::new();
    for repos in choices(["p", "q"]) {
        for tags in choices(["1", "2"]) {
            for digests in choices([&a, &b]) {
                let pairs = [("repoNames", repos.join(",")), ("tags", tags.join(",")), ("digests", digests.join(","))];
                let filter = Filter::from_pairs(pairs.iter().map(|(key, list)| (*key, list.as_str()))).unwrap();
                let mut wanted: [Vec<String>; 8] = array::from_fn(|_| Vec::new());
                wanted[REPO] = repos.clone();
                wanted[TAG] = tags.clone();
                wanted[oracle::DIGEST] = digests;
                filters.push((wanted, filter));
            }
        }
    }
    filters
}

fn load(rows: &[Row], model: ChargeModel) -> scan_precheck::Estimator {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let [repo, digest, tag] = [REPO, oracle::DIGEST, TAG].map(|field| &row.fields[field]);
            json!({ "RepoName": repo, "Digest": digest, "Tag": tag, "charged": row.charged, "scannable": row.scannable })
        })
        .collect();
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    loader.push(json!(rows).to_string().as_bytes()).unwrap();
    loader.finish(model).unwrap().0
}

fn numbers(estimate: &Estimate) -> Answer {
    Answer {
        images: estimate.images as usize,
        quota: estimate.quota as usize,
        duplicates: estimate.free.duplicates as usize,
        charged: estimate.free.charged as usize,
        unknown_digest: estimate.unknown_digest as usize,
        not_scannable: estimate.not_scannable as usize,
        unmatched: Vec::new(),
    }
}
