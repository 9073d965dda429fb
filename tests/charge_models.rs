//! Charge models as documents: what is read and what is refused, those that are shipped, and what a scan comes to.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that panics has failed"
)]

#[path = "support/native.rs"]
mod native;
mod oracle;
mod support;
mod worlds;

use std::collections::BTreeMap;
use std::fs;

use oracle::{Row, Rule};
use proptest::prelude::*;
use scan_precheck::estimate::model::{Bill, Cycle, CycleOptions, Date, Units};
use scan_precheck::{
    ChargeModel, ChargedBy, CountBy, Error, ErrorKind, EstimateOptions, Estimator, Filter, ModelDocument,
};
use serde_json::{Value, json};
use worlds::{CYCLE_START, World, world};

/// A document that names all there is.
fn document() -> Value {
    json!({
        "name": "Scanner", "date": "2026-11-25", "source": "its price list", "countBy": "repositoryTag",
        "chargedBy": ["scanTime"], "cycle": { "monthlyFromDay": 15, "utcOffset": "-03:30" },
        "cost": { "first": "2.5", "repeat": "0.125" }, "assumptions": ["none"],
    })
}

fn read(document: &Value) -> Result<ModelDocument, Error> {
    let read = ModelDocument::from_input(native::input(document));
    assert_eq!(ModelDocument::from_json(&document.to_string()), read, "as a text it is the same");
    read
}

fn shipped() -> BTreeMap<String, ModelDocument> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/models");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let document = |path: &std::path::PathBuf| ModelDocument::from_json(&fs::read_to_string(path).unwrap());
    files
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), document(&path)))
        .map(|(name, read)| (name.clone(), read.unwrap_or_else(|error| panic!("{name}: {error}"))))
        .collect()
}

#[test]
fn a_document_says_what_it_says() {
    let model = read(&document()).unwrap();
    assert_eq!((model.name.as_str(), model.source.as_str()), ("Scanner", "its price list"));
    assert_eq!(model.date, Date::new(2026, 11, 25).unwrap());
    assert_eq!(model.count_by, CountBy::RepositoryTag);
    assert_eq!((model.charged_by.flag, model.charged_by.scan_time), (false, true));
    assert_eq!(model.cycle, Cycle::Monthly { from_day: 15, utc_offset_minutes: -210 });
    assert_eq!([model.cost.first, model.cost.repeat].map(|units| units.to_string()), ["2.5", "0.125"]);
    assert_eq!(serde_json::to_value(&model).unwrap(), document());
    // What need not be there.
    let mut short = document();
    short.as_object_mut().unwrap().remove("assumptions");
    short["cycle"] = json!({ "monthlyFromDay": 15, "utcOffset": null });
    short["cost"] = json!({ "first": 3, "repeat": 0 });
    let short = read(&short).unwrap();
    assert_eq!((short.cycle, short.assumptions.len()), (Cycle::Monthly { from_day: 15, utc_offset_minutes: 0 }, 0));
    assert_eq!([short.cost.first, short.cost.repeat], [Units::whole(3), Units::whole(0)]);
}

#[test]
fn what_is_wrong_with_a_document_is_told_with_its_place() {
    use ErrorKind::{InvalidValue, NotAPlainObject, UnknownKey, WrongType};
    // What stands where, what kind of error that is, where it is said to be, and words of the message.
    let samples: &[(&str, Value, ErrorKind, &str, &str)] = &[
        ("/name", json!(null), InvalidValue, "name", "has no `name`"),
        ("/name", json!("  "), InvalidValue, "name", "is empty"),
        ("/name", json!("x".repeat(501)), InvalidValue, "name", "shorten it"),
        ("/name", json!(7), WrongType, "name", "must be a text"),
        ("/date", json!(null), InvalidValue, "date", "has no `date`"),
        ("/date", json!("2026-02-29"), InvalidValue, "date", "no day of the calendar"),
        ("/date", json!("25.11.2026"), InvalidValue, "date", "`2026-11-25`"),
        ("/date", json!(20261125), WrongType, "date", "must be a text"),
        ("/source", json!(null), InvalidValue, "source", "an address, or a sentence"),
        ("/countBy", json!(null), InvalidValue, "countBy", "has no `countBy`"),
        ("/countBy", json!("digests"), InvalidValue, "countBy", "did you mean `digest`?"),
        ("/countBy", json!("tag"), InvalidValue, "countBy", "must be one of `digest`"),
        ("/chargedBy", json!(null), InvalidValue, "chargedBy", "has no `chargedBy`"),
        ("/chargedBy", json!("flag"), WrongType, "chargedBy", "a list of texts"),
        ("/chargedBy", json!([1]), WrongType, "chargedBy", "a list of texts"),
        ("/chargedBy", json!(["flags"]), InvalidValue, "chargedBy", "did you mean `flag`?"),
        ("/chargedBy", json!(["flag", "flag"]), InvalidValue, "chargedBy", "twice"),
        ("/chargedBy", json!([]), InvalidValue, "chargedBy", "nothing says that an image is charged already"),
        ("/cycle", json!(null), InvalidValue, "cycle", "has no `cycle`"),
        ("/cycle", json!("for ever"), InvalidValue, "cycle", "did you mean `forever`?"),
        ("/cycle", json!("monthly"), InvalidValue, "cycle", "monthlyFromDay"),
        ("/cycle", json!(1), WrongType, "cycle", "it is a number"),
        ("/cycle", json!("none"), InvalidValue, "chargedBy", "leave `chargedBy` empty"),
        ("/cycle", json!({}), InvalidValue, "cycle.monthlyFromDay", "a day from 1 to 28"),
        (
            "/cycle",
            json!({ "monthlyFromDays": 1 }),
            UnknownKey,
            "cycle.monthlyFromDays",
            "did you mean `monthlyFromDay`?",
        ),
        ("/cycle/monthlyFromDay", json!(31), InvalidValue, "cycle.monthlyFromDay", "not every month has"),
        ("/cycle/monthlyFromDay", json!(29), InvalidValue, "cycle.monthlyFromDay", "is 29"),
        ("/cycle/monthlyFromDay", json!(0), InvalidValue, "cycle.monthlyFromDay", "from 1 to 28"),
        ("/cycle/monthlyFromDay", json!(1.5), InvalidValue, "cycle.monthlyFromDay", "from 1 to 28"),
        ("/cycle/monthlyFromDay", json!(32), InvalidValue, "cycle.monthlyFromDay", "from 1 to 28"),
        ("/cycle/monthlyFromDay", json!("1"), WrongType, "cycle.monthlyFromDay", "a number"),
        ("/cycle/utcOffset", json!("8"), InvalidValue, "cycle.utcOffset", "`+08:00`"),
        ("/cycle/utcOffset", json!(8), WrongType, "cycle.utcOffset", "a text"),
        ("/cost", json!(null), InvalidValue, "cost", "has no `cost`"),
        ("/cost", json!("1"), NotAPlainObject, "cost", "plain object"),
        ("/cost", json!({}), InvalidValue, "cost.first", "has no `cost.first`"),
        ("/cost", json!({ "first": "1" }), InvalidValue, "cost.repeat", "has no `cost.repeat`"),
        ("/cost", json!({ "first": "1", "repeats": "1" }), UnknownKey, "cost.repeats", "did you mean `repeat`?"),
        ("/cost/first", json!("-1"), InvalidValue, "cost.first", "from 0 to 1000"),
        ("/cost/first", json!(-1), InvalidValue, "cost.first", "negative"),
        ("/cost/first", json!(0.1), InvalidValue, "cost.first", "as a text, such as \"0.1\""),
        ("/cost/first", json!("1e3"), InvalidValue, "cost.first", "is `1e3`"),
        ("/cost/first", json!("0,1"), InvalidValue, "cost.first", "is `0,1`"),
        ("/cost/first", json!("0.0000001"), InvalidValue, "cost.first", "six places"),
        ("/cost/first", json!("1000.5"), InvalidValue, "cost.first", "from 0 to 1000"),
        ("/cost/first", json!(1001), InvalidValue, "cost.first", "from 0 to 1000"),
        ("/cost/first", json!(""), InvalidValue, "cost.first", "a decimal"),
        ("/cost/first", json!(true), WrongType, "cost.first", "a truth value"),
        ("/assumptions", json!("none"), WrongType, "assumptions", "a list of texts"),
        ("/assumptions", json!([7]), WrongType, "assumptions", "a text"),
        ("/assumptions", json!(vec!["one"; 21]), InvalidValue, "assumptions", "more than 20"),
        ("/countby", json!("digest"), UnknownKey, "countby", "did you mean `countBy`?"),
        ("/price", json!("1"), UnknownKey, "price", "has no `price`"),
    ];
    for (place, value, kind, field, words) in samples {
        let mut wrong = document();
        let (parent, key) = place.rsplit_once('/').unwrap();
        wrong.pointer_mut(parent).unwrap()[key] = value.clone();
        let error = read(&wrong).expect_err(&format!("{place}: {value}"));
        assert_eq!((error.kind(), error.field()), (*kind, Some(*field)), "{place}: {value}: {error}");
        assert!(error.message().contains(words), "{place}: {value}: {error}");
    }
    let mut none = document();
    (none["cycle"], none["chargedBy"]) = (json!("none"), json!([]));
    let error = read(&none).unwrap_err();
    assert_eq!(error.field(), Some("cost.repeat"), "{error}");
    for wrong in [json!("digest"), json!([]), json!(1)] {
        assert_eq!(read(&wrong).unwrap_err().kind(), NotAPlainObject);
    }
    let twice = document().to_string().replacen('{', "{\"name\": \"Another\", ", 1);
    let error = ModelDocument::from_json(&twice).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::DuplicateKey, Some("name")));
    assert_eq!(ModelDocument::from_json("{").unwrap_err().kind(), ErrorKind::InvalidJson);
}

#[test]
fn when_a_cycle_began_is_given_or_follows_from_the_time() {
    let of = |cycle: Value, options: Value| {
        let mut document = document();
        if cycle == json!("none") {
            (document["chargedBy"], document["cost"]) = (json!([]), json!({ "first": 1, "repeat": 1 }));
        }
        document["cycle"] = cycle;
        let options = CycleOptions::from_input(native::input(&options))?;
        read(&document).unwrap().charge_model(&options).map(|model| model.cycle_start)
    };
    let monthly = json!({ "monthlyFromDay": 1, "utcOffset": "+08:00" });
    // 2026-11-25 and the start of November in Beijing.
    let (now, start) = (1_795_600_000_000_i64, 1_793_462_400_000_i64);
    assert_eq!(of(monthly.clone(), json!({})), Ok(None));
    assert_eq!(of(monthly.clone(), json!({ "now": now })), Ok(Some(start)));
    assert_eq!(of(monthly.clone(), json!({ "now": now, "cycleStart": 7 })), Ok(Some(7)));
    assert_eq!(of(monthly.clone(), json!({ "cycleStart": now })), Ok(Some(now)));
    assert_eq!(of(json!("none"), json!({ "now": now })), Ok(None));
    assert_eq!(of(json!("forever"), json!({})), Ok(Some(-8_640_000_000_000_000)));
    for (cycle, options, kind, field) in [
        (&monthly, json!({ "now": 6, "cycleStart": 7 }), ErrorKind::InvalidValue, "cycleStart"),
        (&json!("none"), json!({ "cycleStart": 7 }), ErrorKind::InvalidValue, "cycleStart"),
        (&json!("forever"), json!({ "cycleStart": 7 }), ErrorKind::InvalidValue, "cycleStart"),
        (&monthly, json!({ "now": "today" }), ErrorKind::WrongType, "now"),
        (&monthly, json!({ "now": 0.5 }), ErrorKind::InvalidValue, "now"),
        (&monthly, json!({ "today": 7 }), ErrorKind::UnknownKey, "today"),
    ] {
        let error = of(cycle.clone(), options.clone()).unwrap_err();
        assert_eq!((error.kind(), error.field()), (kind, Some(field)), "{options}");
    }
}

#[test]
fn what_is_shipped_can_be_read_and_says_what_it_assumes() {
    let shipped = shipped();
    let names: Vec<&str> = shipped.keys().map(String::as_str).collect();
    assert_eq!(names, ["alibaba-security-center", "google-artifact-analysis", "huawei-hss", "tencent-tcss"]);
    assert_eq!(shipped["alibaba-security-center"], ModelDocument::security_center());
    for (name, model) in &shipped {
        assert!(model.source.starts_with("https://") && !model.assumptions.is_empty(), "{name}");
        assert_eq!(read(&serde_json::to_value(model).unwrap()).as_ref(), Ok(model), "{name}");
    }
    // The built-in model charges as one that was never told of a document.
    let start = CycleOptions::default().with_cycle_start(CYCLE_START);
    let built_in = ModelDocument::security_center().charge_model(&start);
    assert_eq!(built_in, Ok(ChargeModel::new(CountBy::default(), Some(CYCLE_START))));
}

/// One image of two tags that was scanned, one that was not, one without a digest.
fn small() -> Estimator {
    let row = |repo: &str, tag: &str, digest: &str, time: Option<i64>| json!({ "RepoName": repo, "Tag": tag, "Digest": digest.repeat(64), "LastScanTime": time });
    let rows = json!([
        row("web", "1", "a", Some(CYCLE_START)),
        row("web", "2", "a", None),
        row("api", "1", "b", None),
        row("api", "2", "b", None),
        row("api", "3", "", None),
    ]);
    native::load(&rows.to_string(), &Value::Null, usize::MAX).unwrap().0
}

fn bill(estimator: &Estimator, filter: &Value, remaining: Option<u64>, now: Option<i64>) -> Bill {
    let filter = Filter::from_input(native::input(filter)).unwrap();
    let mut options = EstimateOptions::default();
    options.remaining = remaining;
    estimator.bill(&filter, &options, now).unwrap()
}

#[test]
fn a_bill_is_exact_and_says_by_which_model() {
    let mut estimator = small();
    let default = bill(&estimator, &Value::Null, Some(2), None);
    assert_eq!((default.units, default.repeats, default.shortfall), (Units::whole(3), 0, Some(Units::whole(1))));
    assert_eq!(default.model, ModelDocument::security_center());

    let shipped = shipped();
    let start = CycleOptions::default().with_cycle_start(CYCLE_START);
    estimator.set_model(shipped["tencent-tcss"].clone(), &start).unwrap();
    let tencent = bill(&estimator, &Value::Null, Some(2), Some(CYCLE_START + 1));
    assert_eq!((tencent.estimate.quota, tencent.repeats, tencent.units.to_string().as_str()), (2, 1, "2.1"));
    assert_eq!(tencent.shortfall.map(|units| units.to_string()).as_deref(), Some("0.1"));
    let estimate = &tencent.estimate;
    assert_eq!((estimate.sufficient, estimate.shortfall, estimate.purchase), (Some(false), Some(1), Some(20)));
    assert_eq!(tencent.cycle.map(|span| (span.start, span.days_left)), Some((CYCLE_START, 31)));
    let shown = serde_json::to_value(&tencent).unwrap();
    assert_eq!(shown["model"]["name"], json!("Tencent Container Security Service"));
    assert_eq!(
        (&shown["units"], &shown["shortfall"], &shown["cycle"]["daysLeft"]),
        (&json!("2.1"), &json!("0.1"), &json!(31))
    );
    let enough = bill(&estimator, &json!({ "repoNames": "web" }), Some(1), None);
    assert_eq!(
        (enough.units.to_string().as_str(), enough.estimate.sufficient, enough.cycle),
        ("0.1", Some(true), None)
    );
    let nothing = bill(&estimator, &json!({ "repoNames": "nowhere" }), None, None);
    assert_eq!((nothing.units, nothing.repeats, nothing.shortfall), (Units::default(), 0, None));
    let early = estimator.bill(&Filter::default(), &EstimateOptions::default(), Some(CYCLE_START - 1)).unwrap_err();
    assert_eq!(early.field(), Some("now"));

    estimator.set_model(shipped["huawei-hss"].clone(), &CycleOptions::default()).unwrap();
    let huawei = bill(&estimator, &Value::Null, None, Some(0));
    assert_eq!((huawei.units, huawei.repeats, huawei.estimate.unknown_digest), (Units::whole(5), 0, 0));
    assert_eq!((huawei.cycle, huawei.estimate.warnings.len()), (None, 0));

    estimator.set_model(shipped["google-artifact-analysis"].clone(), &CycleOptions::default()).unwrap();
    let google = bill(&estimator, &Value::Null, None, None);
    assert_eq!((google.units, google.repeats, google.estimate.free.charged), (Units::whole(2), 1, 2));

    // A model that cannot be gone over to leaves the former one.
    assert!(estimator.set_model(shipped["huawei-hss"].clone(), &start).is_err());
    assert_eq!(bill(&estimator, &Value::Null, None, None), google);
    // A charge model that is no document is shown as the built-in one with its own rules.
    estimator.set_charge_model(ChargeModel::new(CountBy::RepositoryTag, None)).unwrap();
    let plain = bill(&estimator, &Value::Null, None, None);
    assert_eq!((plain.model.count_by, plain.units), (CountBy::RepositoryTag, Units::whole(5)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: support::cases(3_000), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is charged by what and for how long: the reasons sum up to the images, the parts to the units, and all
    /// are those of the oracle.
    #[test]
    fn the_parts_sum_to_the_totals_under_every_model(
        world in world(60),
        rule in 0..worlds::RULES.len(),
        evidence in 0..4usize,
        costs in (0..3_000_000_u32, 0..3_000_000_u32),
        remaining in 0..40u64,
    ) {
        let charged_by = [[true, true], [true, false], [false, true], [false, false]][evidence];
        let cost = |millionths: u32| format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
        let [first, repeat] = if evidence == 3 { [costs.0; 2] } else { [costs.0, costs.1] };
        let mut document = document();
        document["countBy"] = json!(worlds::RULES[rule].0);
        let names = ["flag", "scanTime"].into_iter().zip(charged_by).filter(|(_, is_one)| *is_one);
        document["chargedBy"] = names.map(|(name, _)| name).collect();
        document["cost"] = json!({ "first": cost(first), "repeat": cost(repeat) });
        document["cycle"] = match (evidence, world.with_cycle) {
            (3, _) => json!("none"),
            (_, true) => json!({ "monthlyFromDay": 1 }),
            (_, false) => json!("forever"),
        };
        let mut options = CycleOptions::default();
        options.cycle_start = (evidence != 3 && world.with_cycle).then_some(CYCLE_START);
        let mut estimator = native::load(&world.json(), &world.load_options(), usize::MAX).unwrap().0;
        estimator.set_model(read(&document).unwrap(), &options).unwrap();
        let bill = bill(&estimator, &world.filter(), Some(remaining), None);

        let since = if world.with_cycle { CYCLE_START } else { i64::MIN };
        let rule = Rule { key: worlds::RULES[rule].1, cycle_start: Some(since) };
        let [expected, uncharged] = [charged_by, [false; 2]].map(|by| oracle::answer(&rows_by(&world, by), &world.wanted, &rule));
        let estimate = &bill.estimate;
        prop_assert_eq!(estimate.images as usize, expected.images);
        prop_assert_eq!(estimate.quota as usize, expected.quota);
        prop_assert_eq!(estimate.free.charged as usize, expected.charged);
        prop_assert_eq!(estimate.free.duplicates as usize, expected.duplicates);
        prop_assert_eq!(estimate.unknown_digest as usize, expected.unknown_digest);
        prop_assert_eq!(estimate.not_scannable as usize, expected.not_scannable);
        prop_assert_eq!(estimate.images, estimate.quota + estimate.free.duplicates + estimate.free.charged);
        // Every charge key that is met is either a first one or a repeated one.
        prop_assert_eq!(bill.repeats as usize, uncharged.quota - expected.quota);
        prop_assert!(bill.repeats <= estimate.free.charged);
        let millionths = u64::from(estimate.quota) * u64::from(first) + u64::from(bill.repeats) * u64::from(repeat);
        prop_assert_eq!(decimal(&bill.units.to_string()), millionths);
        let missing = millionths.saturating_sub(remaining * 1_000_000);
        prop_assert_eq!(bill.shortfall.map(|units| decimal(&units.to_string())), Some(missing));
        prop_assert_eq!(estimate.sufficient, Some(missing == 0));
        prop_assert_eq!(estimate.shortfall, Some(missing.div_ceil(1_000_000)));
        prop_assert_eq!(estimate.purchase, Some(missing.div_ceil(20_000_000) * 20));
    }
}

/// The rows as they are where only the flag, or only the time, says that they are charged.
fn rows_by(world: &World, [flag, scan_time]: [bool; 2]) -> Vec<Row> {
    let by = |row: &Row| Row {
        charged: if flag { row.charged } else { row.charged.filter(|charged| !charged) },
        last_scan_time: row.last_scan_time.filter(|_| scan_time),
        ..row.clone()
    };
    world.rows.iter().map(by).collect()
}

/// A decimal in millionths, read here a second time.
fn decimal(text: &str) -> u64 {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    whole.parse::<u64>().unwrap() * 1_000_000 + format!("{places:0<6}").parse::<u64>().unwrap()
}

#[test]
fn what_charges_an_image_can_be_chosen_without_a_document() {
    let mut estimator = small();
    let model = ChargeModel::new(CountBy::Digest, Some(CYCLE_START));
    estimator.set_charge_model(model.with_charged_by(ChargedBy::NEITHER)).unwrap();
    assert_eq!(bill(&estimator, &Value::Null, None, None).estimate.free.charged, 0);
    estimator.set_charge_model(model).unwrap();
    assert_eq!(bill(&estimator, &Value::Null, None, None).estimate.free.charged, 2);
}

#[test]
fn the_document_that_is_explained_is_the_built_in_one() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/charge-models.md")).unwrap();
    let example = text.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut built_in = ModelDocument::security_center();
    built_in.assumptions = vec!["…".to_owned()];
    assert_eq!(ModelDocument::from_json(example), Ok(built_in));
}
