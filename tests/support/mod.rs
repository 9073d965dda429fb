//! The conformance cases as data, and the comparison that every engine's answers go through.
//!
//! An engine takes a case and gives its outcome as JSON; which engine it is, this file does not know.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::panic,
    clippy::unwrap_used,
    reason = "support for several tests, of which each uses a part"
)]

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

macro_rules! suites {
    ($($name:literal),* $(,)?) => {
        /// Every file of `tests/conformance/`, by its name.
        pub const SUITES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../conformance/", $name, ".json")))),*];
    };
}

suites!(
    "charge-models",
    "cycle",
    "digests",
    "duplicates",
    "faults",
    "fields",
    "formats",
    "malformed-bytes",
    "malformed-json",
    "malformed-rows",
    "malformed-tables",
    "quota",
    "reference",
    "sources",
    "values",
);

/// How many random cases a test tries: `usual`, or as many times fewer as `SCAN_PRECHECK_FEWER_CASES` says, by which
/// `npm run mutants` can put a part of them to each of a thousand mutants.
pub fn cases(usual: u32) -> u32 {
    std::env::var("SCAN_PRECHECK_FEWER_CASES").map_or(usual, |fewer| usual.div_ceil(fewer.parse().unwrap()))
}

macro_rules! fixtures {
    ($($name:literal),* $(,)?) => {
        /// Every file of `tests/fixtures/`, by its name.
        pub const FIXTURES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../fixtures/", $name)))),*];
    };
}

fixtures!(
    "acr-list-repo-tag-wrapped.json",
    "acr-list-repo-tag.json",
    "acr-list-repository-only-one.json",
    "acr-list-repository.json",
    "describe-image-instances-page-1.json",
    "describe-image-instances-page-2.json",
    "describe-image-instances.ndjson",
    "harbor-artifacts.json",
    "oci-catalog.json",
    "oci-tags.json",
    "quay-tags-page-1.json",
    "quay-tags-page-2.json",
    "scan-task-images-pascal-case.json",
    "scan-task-images-text.json",
    "scan-task-images.json",
    "table-excel.csv",
    "table-of-harbor.csv",
    "table-of-quay.tsv",
);

/// Fewer cases than these were not all read.
pub const LEAST_CASES: usize = 562;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    inventory: Value,
    #[serde(default)]
    options: Value,
    cases: Vec<Case>,
}

/// One case: what goes in, and what must come out.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Case {
    pub name: String,
    /// Row objects, the text of an export, the texts of several, or `{ "hex": … }`, the bytes of one that is no text.
    #[serde(default)]
    pub inventory: Value,
    /// Files of `tests/fixtures/` that are the inventory, each a source.
    #[serde(default)]
    files: Vec<String>,
    /// Every image of the inventory, with all of its values.
    rows: Option<Vec<BTreeMap<String, String>>>,
    /// Options of the load.
    #[serde(default)]
    pub options: Value,
    /// `None` where no filter is given at all.
    pub filter: Option<Value>,
    #[serde(default)]
    pub estimate_options: Value,
    answer: Option<Map<String, Value>>,
    report: Option<Value>,
    error: Option<Value>,
}

/// What an engine makes of a case: its answers, or the error as `{ code, field?, position? }`.
pub type Outcome = Result<Answers, Value>;

/// The answers to one filter.
pub struct Answers {
    pub estimate: Value,
    pub precheck: Value,
    pub report: Value,
}

impl Case {
    /// The text of each source; row objects stand in an array, one a line.
    pub fn texts(&self) -> Vec<String> {
        let fixture = |name: &String| FIXTURES.iter().find(|(known, _)| known == name).unwrap().1.to_owned();
        match &self.inventory {
            Value::Null if !self.files.is_empty() => self.files.iter().map(fixture).collect(),
            Value::String(text) => vec![text.clone()],
            Value::Array(texts) if texts.first().is_some_and(Value::is_string) => {
                texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
            }
            Value::Array(rows) => {
                vec![format!("[{}]", rows.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n"))]
            }
            other => panic!("{}: the inventory is {other}", self.name),
        }
    }

    /// The bytes of the inventory where it is no text.
    pub fn hex(&self) -> Option<Vec<u8>> {
        let digits = self.inventory.get("hex")?.as_str()?.as_bytes();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        Some(digits.chunks(2).map(byte).collect())
    }

    /// The bytes of each source.
    pub fn sources(&self) -> Vec<Vec<u8>> {
        match self.hex() {
            Some(bytes) => vec![bytes],
            None => self.texts().into_iter().map(String::into_bytes).collect(),
        }
    }

    /// What holds where the inventory has just these rows: each is found by its values, and each field holds as many
    /// of them as have one, and nothing where none has.
    fn cases_of_rows(&self) -> Vec<Case> {
        const FIELDS: [&str; 8] =
            ["registryType", "regionId", "instanceId", "repoNamespace", "repoId", "repoName", "digest", "tag"];
        let Some(rows) = &self.rows else { return Vec::new() };
        let answer = |images: usize| json!({ "images": images }).as_object().cloned();
        let case = |name: String, filter: Value, images| Case {
            name: format!("{}: {name}", self.name),
            filter: Some(filter),
            answer: answer(images),
            report: None,
            ..self.clone()
        };
        let filter_of = |row: &BTreeMap<String, String>| {
            Value::Object(row.iter().map(|(field, value)| (format!("{field}s"), json!([value]))).collect())
        };
        let matching = |row: &BTreeMap<String, String>| {
            rows.iter().filter(|other| row.iter().all(|(field, value)| other.get(field) == Some(value))).count()
        };
        let mut cases = vec![case("all rows".to_owned(), Value::Null, rows.len())];
        cases.extend(rows.iter().map(|row| case(format!("{row:?}"), filter_of(row), matching(row))));
        let mut missing = Vec::new();
        for field in FIELDS {
            let values: Vec<&String> = rows.iter().filter_map(|row| row.get(field)).collect();
            if values.is_empty() {
                missing.push(format!("{field}s"));
            } else {
                cases.push(case(field.to_owned(), json!({ format!("{field}s"): values }), values.len()));
            }
        }
        cases.push(Case {
            report: Some(json!({ "missingFields": missing })),
            ..case("fields".to_owned(), Value::Null, rows.len())
        });
        cases
    }

    /// The error that is expected, where one is.
    pub fn expected_error(&self) -> Option<&Value> {
        self.error.as_ref()
    }

    fn check(&self, outcome: Outcome) -> Result<(), String> {
        match (outcome, &self.error) {
            (Err(found), Some(expected)) => contains("error", &found, expected),
            (Err(found), None) => Err(format!("an error was met: {found}")),
            (Ok(answers), Some(expected)) => Err(format!("{expected} was expected, but here is {}", answers.estimate)),
            (Ok(answers), None) => {
                let expects = self.answer.is_some() || self.report.is_some() || self.rows.is_some();
                assert!(expects, "{}: nothing is expected", self.name);
                check_laws(&answers)?;
                if let Some(answer) = &self.answer {
                    check_answer(&answers.estimate, answer)?;
                }
                self.report.as_ref().map_or(Ok(()), |report| contains("report", &answers.report, report))
            }
        }
    }
}

/// Puts every case to an engine, and fails with all that is wrong.
pub fn check_all(engine: impl Fn(&Case) -> Outcome) {
    let mut faults = Vec::new();
    let mut count = 0;
    for (name, text) in SUITES {
        let suite: Suite = serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}.json: {error}"));
        for mut case in suite.cases {
            let inherit = |own: &mut Value, from: &Value| {
                if own.is_null() {
                    *own = from.clone();
                }
            };
            inherit(&mut case.inventory, &suite.inventory);
            inherit(&mut case.options, &suite.options);
            count += 1;
            let of_rows = case.cases_of_rows();
            for case in std::iter::once(case).chain(of_rows) {
                if let Err(fault) = case.check(engine(&case)) {
                    faults.push(format!("{name}: {}: {fault}", case.name));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {count} cases:\n{}", faults.len(), faults.join("\n"));
    assert!(count >= LEAST_CASES, "only {count} cases were read");
}

/// What holds for every answer.
fn check_laws(answers: &Answers) -> Result<(), String> {
    let number =
        |path: &str| answers.estimate.pointer(path).and_then(Value::as_u64).ok_or(format!("no number at {path}"));
    let (images, quota) = (number("/images")?, number("/quota")?);
    if images != quota + number("/free/duplicates")? + number("/free/charged")? {
        return Err(format!("the parts do not sum to the images: {}", answers.estimate));
    }
    let reply = |path: &str| answers.precheck.pointer(path).and_then(Value::as_u64);
    if (reply("/Data/ScanImageCount"), reply("/Data/NeedAuthCount")) != (Some(quota), Some(images)) {
        return Err(format!("the precheck is {}, but the estimate {}", answers.precheck, answers.estimate));
    }
    let id = answers.precheck.pointer("/RequestId").and_then(Value::as_str).unwrap_or_default();
    let is_uuid = id.len() == 36
        && id.char_indices().all(|(place, c)| match place {
            8 | 13 | 18 | 23 => c == '-',
            14 => c == '4',
            19 => "89AB".contains(c),
            _ => "0123456789ABCDEF".contains(c),
        });
    if is_uuid { Ok(()) } else { Err(format!("the request id is {id}")) }
}

fn check_answer(estimate: &Value, expected: &Map<String, Value>) -> Result<(), String> {
    for (member, expected) in expected {
        let mut found = estimate.get(member).cloned().unwrap_or(Value::Null);
        if let ("warnings", Value::Array(warnings)) = (member.as_str(), &mut found) {
            warnings.iter_mut().for_each(|warning| *warning = warning.get("code").cloned().unwrap_or_default());
        }
        if found != *expected {
            return Err(format!("`{member}` is {found}, but must be {expected}"));
        }
    }
    Ok(())
}

/// Whether `found` has all that `expected` has, and equal; lists as many items.
pub fn contains(path: &str, found: &Value, expected: &Value) -> Result<(), String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected.iter().try_for_each(|(key, expected)| {
            contains(&format!("{path}.{key}"), found.get(key).unwrap_or(&Value::Null), expected)
        }),
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            found.iter().zip(expected).try_for_each(|(found, expected)| contains(path, found, expected))
        }
        _ if found == expected => Ok(()),
        _ => Err(format!("{path} is {found}, but must be {expected}")),
    }
}
