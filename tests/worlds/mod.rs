//! Random inventories and filters, small enough that values meet often, written as exports.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "support for several tests, of which each uses a part"
)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::oracle::{Answer, DIGEST, Row, Rule};

/// The fields' names in an inventory and in a filter, written out here a second time so that a slip in the crate shows.
pub const COLUMNS: [&str; 8] =
    ["RegistryType", "RegionId", "InstanceId", "RepoNamespace", "RepoId", "RepoName", "Digest", "Tag"];
pub const PARAMETERS: [&str; 8] =
    ["RegistryTypes", "RegionIds", "InstanceIds", "RepoNamespaces", "RepoIds", "RepoNames", "Digests", "Tags"];

pub const RULES: [(&str, &[usize]); 4] = [
    ("digest", &[6]),
    ("repositoryDigest", &[0, 1, 2, 3, 4, 5, 6]),
    ("repositoryTag", &[0, 1, 2, 3, 4, 5, 7]),
    ("image", &[0, 1, 2, 3, 4, 5, 6, 7]),
];

/// The start of the billing cycle, where one is given.
pub const CYCLE_START: i64 = 1_000;

#[derive(Debug, Clone)]
pub struct World {
    pub rows: Vec<Row>,
    pub wanted: [Vec<String>; 8],
    pub rule: usize,
    pub with_cycle: bool,
    /// Chooses, bit by bit, among the ways in which one thing can be written.
    pub style: u64,
    /// Where the text is cut.
    pub piece: usize,
}

impl World {
    pub fn oracle_rule(&self) -> Rule {
        Rule { key: RULES[self.rule].1, cycle_start: self.with_cycle.then_some(CYCLE_START) }
    }

    /// The same where mostly one field filters, so that more rows match.
    pub fn widened(mut self) -> Self {
        if self.style >> 50 & 3 != 0 {
            let kept = self.style as usize >> 52 & 7;
            let others = self.wanted.iter_mut().enumerate().filter(|(field, _)| *field != kept);
            others.for_each(|(_, values)| values.clear());
        }
        self
    }

    pub fn load_options(&self) -> Value {
        let mut options = json!({ "chargeModel": { "countBy": RULES[self.rule].0 } });
        if self.with_cycle {
            options["cycleStart"] = json!(CYCLE_START);
        }
        options
    }

    /// The filter, each parameter as a comma list or as an array, under one of its names.
    pub fn filter(&self) -> Value {
        let mut filter = Map::new();
        for (field, values) in self.wanted.iter().enumerate() {
            let wire = PARAMETERS[field];
            let name = if self.bit(field) { wire.to_owned() } else { wire[..1].to_lowercase() + &wire[1..] };
            let written: Vec<String> = values.iter().map(|value| self.written(field, value)).collect();
            if !values.is_empty() {
                filter.insert(name, if self.bit(field + 8) { json!(written.join(" , ")) } else { json!(written) });
            } else if self.bit(field + 16) {
                filter.insert(name, [json!(null), json!(""), json!([]), json!(" ,")][field % 4].clone());
            }
        }
        Value::Object(filter)
    }

    pub fn json(&self) -> String {
        let rows: Vec<Value> = self.rows.iter().map(|row| self.row_object(row)).collect();
        match self.style >> 60 & 3 {
            0 => json!(rows).to_string(),
            1 => json!({ "ImageInstanceList": rows, "PageInfo": { "TotalCount": rows.len() } }).to_string(),
            2 => {
                rows.iter().map(|row| format!("{row}\n")).collect::<String>() + if rows.is_empty() { "[]" } else { "" }
            }
            _ => json!([{ "ImageInstanceList": rows }, { "ImageInstanceList": [] }]).to_string(),
        }
    }

    pub fn csv(&self) -> String {
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let mut text = format!("{},charged,scannable,LastScanTime\r\n", COLUMNS.join(","));
        for row in &self.rows {
            let mut cells: Vec<String> = (0..8).map(|field| cell(&self.written(field, &row.fields[field]))).collect();
            cells.push(row.charged.map_or(String::new(), |charged| charged.to_string()));
            cells.push(if row.scannable { String::new() } else { "false".into() });
            cells.push(row.last_scan_time.map_or(String::new(), |time| time.to_string()));
            text += &(cells.join(",") + "\r\n");
        }
        text
    }

    fn row_object(&self, row: &Row) -> Value {
        let mut object = Map::new();
        for (field, name) in COLUMNS.iter().enumerate() {
            let text = &row.fields[field];
            if !text.is_empty() || self.bit(field + 24) {
                object.insert((*name).into(), json!(self.written(field, text)));
            }
        }
        if let Some(charged) = row.charged {
            object.insert("charged".into(), json!(charged));
        }
        if !row.scannable || self.bit(40) {
            object.insert("scannable".into(), json!(row.scannable));
        }
        if let Some(time) = row.last_scan_time {
            object.insert("lastScanTime".into(), if self.bit(41) { json!(time) } else { json!(time.to_string()) });
        }
        Value::Object(object)
    }

    /// A value in one of its forms.
    fn written(&self, field: usize, value: &str) -> String {
        match (field, self.style >> 42 & 3) {
            (DIGEST, 1) if value.len() == 64 => format!("sha256:{value}"),
            (DIGEST, 2) if value.len() == 64 => value.to_uppercase(),
            (_, 3) => format!(" {value}\t"),
            _ => value.to_owned(),
        }
    }

    fn bit(&self, place: usize) -> bool {
        self.style >> place & 1 == 1
    }
}

/// An estimate as the oracle gives it.
pub fn answer_of(estimate: &Value) -> Answer {
    let number = |path: &str| estimate.pointer(path).unwrap().as_u64().unwrap() as usize;
    let unmatched = estimate["unmatched"].as_array().unwrap().iter().map(|unmatched| {
        let field = PARAMETERS.iter().position(|name| name.eq_ignore_ascii_case(unmatched["field"].as_str().unwrap()));
        (field.unwrap(), unmatched["value"].as_str().unwrap().to_owned())
    });
    Answer {
        images: number("/images"),
        quota: number("/quota"),
        duplicates: number("/free/duplicates"),
        charged: number("/free/charged"),
        unknown_digest: number("/unknownDigest"),
        not_scannable: number("/notScannable"),
        unmatched: unmatched.collect(),
    }
}

/// The values that a field takes: few, and among them what is easily mistaken.
pub fn values(field: usize) -> Vec<String> {
    let digest = |c: &str| c.repeat(64);
    match field {
        0 => ["acr", "harbor", "CI/CD"].map(String::from).into(),
        3 => ["N/A", "ns", "n\u{ff0c}s"].map(String::from).into(),
        5 => ["web", "Web", "we\"b\\é", "api"].map(String::from).into(),
        DIGEST => vec![digest("a"), digest("b"), digest("0"), "6a5e****".into(), "x".repeat(32), "sha512:AB".into()],
        7 => ["1", "1.0", "latest"].map(String::from).into(),
        _ => ["p", "q"].map(String::from).into(),
    }
}

fn row() -> impl Strategy<Value = Row> {
    let field = |field: usize| {
        let absent = if field == DIGEST { 1 } else { 2 };
        prop_oneof![absent => Just(String::new()), 6 => proptest::sample::select(values(field))]
    };
    let fields = [field(0), field(1), field(2), field(3), field(4), field(5), field(6), field(7)];
    let charged = prop_oneof![8 => Just(None), 1 => Just(Some(true)), 1 => Just(Some(false))];
    let time = prop_oneof![4 => Just(None), 1 => Just(Some(CYCLE_START - 1)), 1 => Just(Some(CYCLE_START)), 1 => Just(Some(7_000))];
    (fields, charged, prop::bool::weighted(0.9), time)
        .prop_map(|(fields, charged, scannable, last_scan_time)| Row { fields, charged, scannable, last_scan_time })
        // A row that says nothing in any field is left out, which the faults are tested for.
        .prop_filter("a row has a field", |row| row.fields.iter().any(|text| !text.is_empty()))
}

fn wanted() -> impl Strategy<Value = Fields8> {
    let list = |field: usize| {
        let mut all = values(field);
        all.push("nowhere".into());
        let most = all.len();
        prop_oneof![4 => Just(Vec::new()), 2 => proptest::sample::subsequence(all, 1..=most)]
    };
    [list(0), list(1), list(2), list(3), list(4), list(5), list(6), list(7)]
}

type Fields8 = [Vec<String>; 8];

/// Worlds of up to `rows` rows.
pub fn world(rows: usize) -> impl Strategy<Value = World> {
    let parts =
        (prop::collection::vec(row(), 0..=rows), wanted(), 0..RULES.len(), any::<bool>(), any::<u64>(), 1usize..200);
    parts.prop_map(|(rows, wanted, rule, with_cycle, style, piece)| World {
        rows,
        wanted,
        rule,
        with_cycle,
        style,
        piece,
    })
}
