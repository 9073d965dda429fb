//! An inventory with the skew of real registries, the same for the same number of rows, as exports and ready
//! to be asked.

#![allow(dead_code, reason = "shared by several benchmarks, of which each uses a part")]

mod random;
mod repositories;

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;

use criterion::Throughput;
use repositories::Row;
use scan_precheck::{ChargeModel, CountBy, Estimator, Field, Filter, Input, InventoryLoader, LoadOptions};

/// Chooses another number of rows.
const ROWS_VARIABLE: &str = "SCAN_PRECHECK_BENCH_ROWS";
const ROWS: usize = 100_000;

/// Where nothing is measured (`cargo test --benches`), each benchmark runs once and had better be quick.
const ROWS_UNMEASURED: usize = 2_000;

/// The columns of the export, in the order of its cells.
const COLUMNS: [&str; 9] =
    ["RegistryType", "RegionId", "InstanceId", "RepoNamespace", "RepoId", "RepoName", "Digest", "Tag", "LastScanTime"];

/// When the billing cycle began.
const CYCLE_START: i64 = 1_760_000_000_000;

/// An inventory as an export has it, and the values of each of its columns.
pub(crate) struct Registry {
    rows: Vec<Row>,
}

impl Registry {
    /// The inventory that is measured.
    pub(crate) fn new() -> Self {
        let measured = env::args().any(|argument| argument == "--bench");
        let asked = env::var(ROWS_VARIABLE).ok();
        let asked = asked.map(|rows| rows.parse().expect("SCAN_PRECHECK_BENCH_ROWS must be a number of rows"));
        let rows = asked.unwrap_or(if measured { ROWS } else { ROWS_UNMEASURED });
        Self { rows: repositories::rows(rows) }
    }

    /// The same with its repositories in so many namespaces, mirrors in others than what they mirror.
    pub(crate) fn with_namespaces(mut self, namespaces: u64) -> Self {
        for row in &mut self.rows {
            let [_, _, _, namespace, id, ..] = row;
            let hash = id.bytes().fold(0, |hash, byte| random::mix(hash ^ u64::from(byte)));
            let share = (hash % 10_000) as f64 / 10_000.0;
            *namespace = format!("team-{}", (share.powi(2) * namespaces as f64) as u64);
        }
        self
    }

    /// As what rates are given: rows.
    pub(crate) fn throughput(&self) -> Throughput {
        Throughput::Elements(self.rows.len() as u64)
    }

    pub(crate) fn csv(&self) -> String {
        let mut text = COLUMNS.join(",") + "\n";
        for row in &self.rows {
            text.push_str(&row.join(","));
            text.push('\n');
        }
        text
    }

    /// Pages of `DescribeImageInstances`, one a line.
    pub(crate) fn json(&self) -> String {
        let mut text = String::new();
        for page in self.rows.chunks(1_000) {
            text.push_str(r#"{"ImageInstanceList":["#);
            for (place, row) in page.iter().enumerate() {
                let (scan, texts) = row.split_last().expect("a row has cells");
                text.push_str(if place == 0 { "{" } else { ",{" });
                for (column, cell) in COLUMNS.iter().zip(texts) {
                    write!(text, r#""{column}":"{cell}","#).expect("a text takes what is written");
                }
                write!(text, r#""LastScanTime":{}}}"#, if scan.is_empty() { "0" } else { scan })
                    .expect("a text takes what is written");
            }
            writeln!(text, r#"],"PageInfo":{{"TotalCount":{}}}}}"#, self.rows.len())
                .expect("a text takes what is written");
        }
        text
    }

    /// The inventory, ready to be asked.
    pub(crate) fn estimator(&self) -> Estimator {
        load(self.csv().as_bytes())
    }

    /// The values of a field, the most frequent first.
    pub(crate) fn values(&self, field: Field) -> Vec<&str> {
        let column =
            COLUMNS.iter().position(|column| *column == field.column_name()).expect("every field has a column");
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for row in &self.rows {
            *counts.entry(&row[column]).or_default() += 1;
        }
        let mut values: Vec<&str> = counts.keys().copied().collect();
        values.sort_by_key(|value| std::cmp::Reverse(counts[value]));
        values
    }
}

/// Loads an export in pieces of the size in which the package hands it over.
pub(crate) fn load(export: &[u8]) -> Estimator {
    // Without a seed of chance, so that two runs do the same.
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    for piece in export.chunks(1 << 20) {
        loader.push(piece).expect("the export is without fault");
    }
    let (estimator, report) =
        loader.finish(ChargeModel::new(CountBy::Digest, Some(CYCLE_START))).expect("the export is without fault");
    assert!(report.complete && report.duplicates == 0, "{report:?}");
    estimator
}

/// A filter by values of some fields.
pub(crate) fn filter(fields: &[(Field, &[&str])]) -> Filter {
    let list = |values: &[&str]| Input::List(values.iter().map(|value| Input::Text((*value).to_owned())).collect());
    let entries = fields.iter().map(|(field, values)| (field.wire_name().to_owned(), list(values)));
    Filter::from_input(Input::Object(entries.collect())).expect("the filter is without fault")
}
