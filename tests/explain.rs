//! Explanations of random worlds against plain loops: every image has its reason, pages in any order are the whole, and the
//! counts are those of an estimate.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that panics has failed"
)]

#[path = "support/native.rs"]
mod native;
mod oracle;
mod support;
mod worlds;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use scan_precheck::decide::{Charged, ExplainOptions, Explained, ExplainedImage, ImageRecord, Reason, Verdict};
use scan_precheck::{ErrorKind, EstimateOptions, Estimator, Field, Filter};
use serde_json::{Value, json};

use oracle::{Fields, Row, Rule, charge_key, matches, without_repetitions};
use worlds::{PARAMETERS, World, world};

const REASONS: [(&str, Reason); 5] = [
    ("chargedNow", Reason::ChargedNow),
    ("sameDigest", Reason::SameDigest),
    ("alreadyCharged", Reason::AlreadyCharged),
    ("unknownDigest", Reason::UnknownDigest),
    ("notScannable", Reason::NotScannable),
];

fn fields(image: &ImageRecord) -> Fields {
    Field::ALL.map(|field| image.text(field).unwrap_or_default().to_owned())
}

fn explain(estimator: &Estimator, filter: &Filter, options: &Value) -> Explained {
    estimator.explain(filter, &ExplainOptions::from_input(native::input(options)).unwrap()).unwrap()
}

/// What the rows of a world, each once and in the inventory's order, are explained by.
struct Naive<'a> {
    world: &'a World,
    rule: Rule,
    rows: Vec<Row>,
    matched: Vec<bool>,
}

impl Naive<'_> {
    fn shares_key(&self, one: usize, other: usize) -> bool {
        let key = |row: usize| charge_key(&self.rows[row], &self.rule);
        one == other || (key(one).is_some() && key(one) == key(other))
    }

    /// The first row with the charge key of one that something holds of.
    fn first(&self, row: usize, holds: impl Fn(usize) -> bool) -> Option<usize> {
        (0..self.rows.len()).find(|other| self.shares_key(row, *other) && holds(*other))
    }

    fn is_charged_itself(&self, row: usize) -> bool {
        self.rows[row].charged == Some(true)
    }

    /// The reason of a row, and the other row that it is told by.
    fn reason(&self, row: usize) -> (Reason, Option<usize>) {
        if !self.rows[row].scannable {
            return (Reason::NotScannable, None);
        }
        if let Some(charged) = self.first(row, |other| self.is_charged_itself(other)) {
            return (Reason::AlreadyCharged, (!self.is_charged_itself(row)).then_some(charged));
        }
        if charge_key(&self.rows[row], &self.rule).is_none() {
            return (Reason::UnknownDigest, None);
        }
        match self.first(row, |other| self.matched[other] && self.rows[other].scannable) {
            Some(first) if first == row => (Reason::ChargedNow, None),
            first => (Reason::SameDigest, first),
        }
    }

    /// Whether it is said that a row is charged, and the time that says so.
    fn charged(&self, row: usize) -> (bool, Option<i64>) {
        let given: Vec<&Row> = self.world.rows.iter().filter(|given| given.fields == self.rows[row].fields).collect();
        let times = given.iter().filter(|given| given.charged != Some(false)).filter_map(|given| given.last_scan_time);
        let said = given.iter().any(|given| given.charged == Some(true));
        (said, times.max().filter(|time| self.rule.cycle_start.is_some_and(|start| *time >= start)))
    }

    fn check(&self, told: &ExplainedImage) -> TestCaseResult {
        let row = told.row as usize;
        prop_assert!(self.matched[row]);
        prop_assert_eq!(&fields(&told.image), &self.rows[row].fields);
        let (reason, other) = self.reason(row);
        prop_assert_eq!(told.reason, reason, "{:?}", told);
        let verdict = match reason {
            Reason::ChargedNow | Reason::UnknownDigest => Verdict::Consumes,
            Reason::NotScannable => Verdict::NotCovered,
            _ => Verdict::Free,
        };
        prop_assert_eq!(told.verdict, verdict);
        let named = told.same_as.as_ref().or(told.charged.as_ref().and_then(|charged| charged.by.as_ref()));
        prop_assert_eq!(named.map(|named| named.row as usize), other);
        if let (Some(named), Some(other)) = (named, other) {
            prop_assert_eq!(&fields(&named.image), &self.rows[other].fields);
        }
        prop_assert_eq!(told.same_as.is_some(), reason == Reason::SameDigest);
        prop_assert_eq!(told.charged.is_some(), reason == Reason::AlreadyCharged);
        if let Some(Charged { said, last_scan_time, .. }) = told.charged {
            prop_assert_eq!((said, last_scan_time), self.charged(other.unwrap_or(row)));
            prop_assert!(said || last_scan_time.is_some());
        }
        Ok(())
    }
}

fn holds(world: &World, asked: &Asked) -> TestCaseResult {
    let estimator = native::load(&world.json(), &world.load_options(), usize::MAX).unwrap().0;
    let filter = Filter::from_input(native::input(&world.filter())).unwrap();
    let rule = world.oracle_rule();
    let distinct = without_repetitions(&world.rows, &rule);
    let everything = explain(&estimator, &Filter::default(), &json!({ "limit": 1000 }));
    prop_assert!((0..).zip(&everything.images).all(|(row, told)| told.row == row));
    let rows: Vec<Row> = everything
        .images
        .iter()
        .map(|told| distinct.iter().find(|row| row.fields == fields(&told.image)).unwrap().clone())
        .collect();
    prop_assert_eq!(rows.len(), distinct.len());
    let matched: Vec<bool> = rows.iter().map(|row| matches(row, &world.wanted)).collect();
    let naive = Naive { world, rule, rows, matched };

    let whole = explain(&estimator, &filter, &json!({ "limit": 1000 }));
    whole.images.iter().try_for_each(|told| naive.check(told))?;
    prop_assert_eq!(whole.images.len(), naive.matched.iter().filter(|matched| **matched).count());
    let estimate = estimator.estimate(&filter, &EstimateOptions::default()).unwrap();
    let counts = whole.counts;
    prop_assert_eq!(counts.charged_now + counts.unknown_digest, estimate.quota);
    prop_assert_eq!(counts.unknown_digest, estimate.unknown_digest);
    prop_assert_eq!((counts.same_digest, counts.already_charged), (estimate.free.duplicates, estimate.free.charged));
    prop_assert_eq!(counts.not_scannable, estimate.not_scannable);
    for (name, reason) in REASONS {
        let told = serde_json::to_value(counts).unwrap()[name].as_u64().unwrap() as usize;
        prop_assert_eq!(told, whole.images.iter().filter(|told| told.reason == reason).count());
    }
    pages_hold(&estimator, &filter, asked, &whole)
}

/// In which order and part the images are asked for.
#[derive(Debug, Clone)]
struct Asked {
    reasons: Vec<usize>,
    sort: Option<usize>,
    descending: bool,
    limit: usize,
}

fn asked() -> impl Strategy<Value = Asked> {
    let reasons = prop_oneof![Just(Vec::new()), proptest::sample::subsequence(vec![0, 1, 2, 3, 4], 1..=3)];
    let parts = (reasons, prop::option::of(0..8usize), any::<bool>(), 1..8usize);
    parts.prop_map(|(reasons, sort, descending, limit)| Asked { reasons, sort, descending, limit })
}

/// Pages, one behind the other, are all images in the order that was asked for.
fn pages_hold(estimator: &Estimator, filter: &Filter, asked: &Asked, whole: &Explained) -> TestCaseResult {
    let mut expected: Vec<ExplainedImage> = whole.images.clone();
    expected.retain(|told| {
        asked.reasons.is_empty() || asked.reasons.iter().any(|reason| REASONS[*reason].1 == told.reason)
    });
    if let Some(field) = asked.sort {
        expected.sort_by_key(|told| (fields(&told.image)[field].clone(), told.row));
    }
    if asked.descending {
        expected.reverse();
    }
    let mut options = json!({ "limit": asked.limit, "descending": asked.descending });
    if let Some(field) = asked.sort {
        options["sort"] = json!(PARAMETERS[field]);
    }
    match asked.reasons.as_slice() {
        [] => {}
        [one] => options["reason"] = json!(REASONS[*one].0),
        several => options["reason"] = several.iter().map(|reason| REASONS[*reason].0).collect(),
    }
    let mut found = Vec::new();
    loop {
        options["offset"] = json!(found.len());
        let page = explain(estimator, filter, &options);
        prop_assert_eq!(page.total as usize, expected.len());
        prop_assert_eq!(page.counts, whole.counts);
        prop_assert!(page.images.len() <= asked.limit);
        if page.images.is_empty() {
            break;
        }
        found.extend(page.images);
    }
    prop_assert_eq!(found, expected);
    Ok(())
}

proptest! {
    #![proptest_config(config(20_000))]

    #[test]
    fn every_image_has_its_reason(world in world(20), asked in asked()) {
        holds(&world, &asked)?;
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn every_image_of_many_has_its_reason(world in world(200), asked in asked()) {
        holds(&world, &asked)?;
    }
}

/// What is kept for an order is no longer used once the rows have another one.
#[test]
fn another_charge_model_is_told_in_its_own_order() {
    let csv = "RepoName,Tag,Digest\na,2,d1\nb,1,d2\nc,3,d1\na,1,d2\n";
    let options = json!({ "sort": "tags" });
    let (mut estimator, _) = native::load(csv, &json!({}), usize::MAX).unwrap();
    explain(&estimator, &Filter::default(), &options);
    let by_tag = json!({ "chargeModel": { "countBy": "repositoryTag" } });
    let (other, _) = native::load(csv, &by_tag, usize::MAX).unwrap();
    estimator.set_charge_model(*other.charge_model()).unwrap();
    let [found, expected] = [&estimator, &other].map(|estimator| explain(estimator, &Filter::default(), &options));
    assert_eq!(found, expected);
}

#[test]
fn what_cannot_be_asked_is_said_in_plain_words() {
    for (options, kind, part) in [
        (json!({ "reason": "charged" }), ErrorKind::InvalidValue, "must be one of `chargedNow`"),
        (json!({ "reason": "sameDigests" }), ErrorKind::InvalidValue, "did you mean `sameDigest`"),
        (json!({ "reason": ["sameDigest", "x"] }), ErrorKind::InvalidValue, "`reason` is `x`"),
        (json!({ "reason": 5 }), ErrorKind::WrongType, "must be a text"),
        (json!({ "sort": "tag" }), ErrorKind::InvalidValue, "did you mean `tags`"),
        (json!({ "sort": "size" }), ErrorKind::InvalidValue, "`sort` is `size`"),
        (json!({ "descending": "yes" }), ErrorKind::WrongType, "true or false"),
        (json!({ "offset": -1 }), ErrorKind::InvalidValue, "from 0"),
        (json!({ "limit": 0 }), ErrorKind::InvalidValue, "from 1 to 1000"),
        (json!({ "limit": -1 }), ErrorKind::InvalidValue, "from 1 to 1000"),
        (json!({ "limit": 1001 }), ErrorKind::InvalidValue, "from 1 to 1000"),
        (json!({ "reasons": "sameDigest" }), ErrorKind::UnknownKey, "did you mean `reason`"),
        (json!([]), ErrorKind::NotAPlainObject, "plain object"),
    ] {
        let error = ExplainOptions::from_input(native::input(&options)).unwrap_err();
        assert_eq!(error.kind(), kind, "{options}: {error}");
        assert!(error.message().contains(part), "{options}: {error}");
    }
}

fn config(usual_cases: u32) -> ProptestConfig {
    ProptestConfig { cases: support::cases(usual_cases), failure_persistence: None, ..ProptestConfig::default() }
}
