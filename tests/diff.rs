//! Differences of random worlds against maps of their rows: every image is in its class, classes sum up to estimates, to
//! exchange the inventories mirrors the answer; and margins against adding digests until the verdict flips.
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

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use scan_precheck::decide::{Diff, DiffClass, DiffOptions, ExplainOptions, ImageRecord, MarginOptions, Side, Sides};
use scan_precheck::{ErrorKind, EstimateOptions, Estimator, Field, Filter};
use serde_json::{Value, json};

use oracle::{Fields, Row, TAG, charge_key, matches, without_repetitions};
use worlds::{RULES, World, world};

const CLASSES: [DiffClass; 7] = [
    DiffClass::Unchanged,
    DiffClass::NewlyCharged,
    DiffClass::NoLongerCharged,
    DiffClass::Retagged,
    DiffClass::Rebuilt,
    DiffClass::Added,
    DiffClass::Removed,
];

fn fields(image: &ImageRecord) -> Fields {
    Field::ALL.map(|field| image.text(field).unwrap_or_default().to_owned())
}

fn load(world: &World) -> Estimator {
    native::load(&world.json(), &world.load_options(), usize::MAX).unwrap().0
}

fn filter(world: &World) -> Filter {
    Filter::from_input(native::input(&world.filter())).unwrap()
}

fn diff(before: &Estimator, after: &Estimator, filter: &Filter, options: &Value) -> Diff {
    before.diff(after, filter, &DiffOptions::from_input(native::input(options)).unwrap()).unwrap()
}

/// What an image is charged by, or where nothing tells, all that it holds.
type Key = Vec<String>;

/// What one inventory covers: its images, and for each charge key whether it consumes.
struct Covered {
    images: BTreeMap<Fields, Key>,
    consumes: BTreeMap<Key, bool>,
    tags: BTreeSet<Vec<String>>,
    not_scannable: usize,
}

fn key(row: &Row, world: &World) -> Key {
    charge_key(row, &world.oracle_rule()).unwrap_or_else(|| row.fields.to_vec())
}

fn tag(fields: &Fields) -> Option<Vec<String>> {
    let place = (0..8).filter(|field| *field != oracle::DIGEST).map(|field| fields[field].clone());
    (!fields[TAG].is_empty()).then(|| place.collect())
}

impl Covered {
    fn of(world: &World) -> Self {
        let rows = without_repetitions(&world.rows, &world.oracle_rule());
        let matched: Vec<&Row> = rows.iter().filter(|row| matches(row, &world.wanted)).collect();
        let scannable: Vec<&Row> = matched.iter().copied().filter(|row| row.scannable).collect();
        let charged: BTreeSet<Key> =
            rows.iter().filter(|row| row.charged == Some(true)).map(|row| key(row, world)).collect();
        let images: BTreeMap<Fields, Key> = scannable.iter().map(|row| (row.fields.clone(), key(row, world))).collect();
        Self {
            consumes: images.values().map(|key| (key.clone(), !charged.contains(key))).collect(),
            tags: images.keys().filter_map(tag).collect(),
            not_scannable: matched.len() - scannable.len(),
            images,
        }
    }

    /// The class of one of the images, given the other inventory.
    fn class(&self, image: &Fields, other: &Covered, world: &World, is_after: bool) -> DiffClass {
        let key = &self.images[image];
        let same_tag = tag(image).is_some_and(|tag| other.tags.contains(&tag));
        match other.consumes.get(key) {
            Some(theirs) if *theirs != self.consumes[key] => match self.consumes[key] == is_after {
                true => DiffClass::NoLongerCharged,
                false => DiffClass::NewlyCharged,
            },
            Some(_) if other.images.contains_key(image) => DiffClass::Unchanged,
            Some(_) if RULES[world.rule].0 == "repositoryTag" => DiffClass::Rebuilt,
            Some(_) => DiffClass::Retagged,
            None if same_tag => DiffClass::Rebuilt,
            None if is_after => DiffClass::Added,
            None => DiffClass::Removed,
        }
    }

    /// Images and quota of each class.
    fn counts(&self, other: &Covered, world: &World, is_after: bool) -> BTreeMap<DiffClass, (u32, u32)> {
        let mut counts: BTreeMap<DiffClass, (u32, u32)> = BTreeMap::new();
        let mut units: BTreeMap<&Key, DiffClass> = BTreeMap::new();
        for (image, key) in &self.images {
            let class = self.class(image, other, world, is_after);
            counts.entry(class).or_default().0 += 1;
            if self.consumes[key] {
                units.entry(key).and_modify(|known| *known = class.min(*known)).or_insert(class);
            }
        }
        units.values().for_each(|class| counts.entry(*class).or_default().1 += 1);
        counts
    }
}

/// Two inventories under one rule and one filter, of which the second has most of the first.
fn pair(rows: usize) -> impl Strategy<Value = (World, World)> {
    (world(rows), world(rows), prop::collection::vec(0..6u8, rows), 0..=rows).prop_map(
        |(before, mut after, fates, added)| {
            let mut kept = Vec::new();
            for (row, fate) in before.rows.iter().zip(fates) {
                let mut row = row.clone();
                match fate {
                    0 => continue,
                    1 => row.charged = Some(true),
                    2 => row.fields[TAG] = "next".into(),
                    _ => {}
                }
                kept.push(row);
            }
            after.rows.truncate(added / 2);
            after.rows.extend(kept);
            (after.wanted, after.rule, after.with_cycle) = (before.wanted.clone(), before.rule, before.with_cycle);
            (before, after)
        },
    )
}

fn holds(before: &World, after: &World, limit: usize) -> TestCaseResult {
    let (one, other, filter) = (load(before), load(after), filter(before));
    let found = diff(&one, &other, &filter, &json!({ "limit": 1000 }));
    let sides = [Covered::of(before), Covered::of(after)];
    let expected = [sides[0].counts(&sides[1], before, false), sides[1].counts(&sides[0], before, true)];
    for class in CLASSES {
        let told = found.of(class).unwrap();
        let counts = [&expected[0], &expected[1]].map(|counts| counts.get(&class).copied().unwrap_or_default());
        prop_assert_eq!([told.images.before, told.images.after], counts.map(|(images, _)| images), "{:?}", class);
        prop_assert_eq!([told.quota.before, told.quota.after], counts.map(|(_, quota)| quota), "{:?}", class);
        if matches!(class, DiffClass::Unchanged | DiffClass::Retagged) {
            prop_assert_eq!(told.quota.before, told.quota.after);
        }
    }
    let estimates = [&one, &other].map(|world| world.estimate(&filter, &EstimateOptions::default()).unwrap());
    for (side, estimate) in estimates.iter().enumerate() {
        let of = |sides: Sides<u32>| if side == 0 { sides.before } else { sides.after };
        let sum = |part: fn(&scan_precheck::decide::Difference) -> Sides<u32>| {
            found.classes.iter().map(|class| of(part(class))).sum::<u32>()
        };
        let whole = if side == 0 { found.whole.before } else { found.whole.after };
        prop_assert_eq!((sum(|class| class.images), sum(|class| class.quota)), (estimate.images, estimate.quota));
        prop_assert_eq!((whole.images, whole.quota), (estimate.images, estimate.quota));
        prop_assert_eq!(of(found.not_scannable) as usize, sides[side].not_scannable);
        let new = sides[side].consumes.keys().filter(|key| !sides[1 - side].consumes.contains_key(*key)).count();
        prop_assert_eq!(if side == 0 { found.gone_digests } else { found.new_digests } as usize, new);
    }
    examples_hold([&one, &other], &sides, &found, before)?;
    pages_hold([&one, &other], &filter, &found, limit)?;
    mirrors(&found, &diff(&other, &one, &filter, &json!({ "limit": 1000 })))
}

/// The images of an inventory in its order.
fn order(estimator: &Estimator) -> Vec<Fields> {
    let all = ExplainOptions::default().with_page(0, 1000);
    estimator.explain(&Filter::default(), &all).unwrap().images.iter().map(|told| fields(&told.image)).collect()
}

/// The examples of a class are its images, in order, each beside the one that it is compared with.
fn examples_hold(estimators: [&Estimator; 2], sides: &[Covered; 2], found: &Diff, world: &World) -> TestCaseResult {
    let orders = estimators.map(order);
    let mut expected: BTreeMap<DiffClass, Vec<(Side, Fields, Option<Fields>)>> = BTreeMap::new();
    for (side, order) in [(1, &orders[1]), (0, &orders[0])] {
        let (own, other) = (&sides[side], &sides[1 - side]);
        for image in order.iter().filter(|image| own.images.contains_key(*image)) {
            let class = own.class(image, other, world, side == 1);
            let twin = other.images.contains_key(image);
            let told = match (twin, side) {
                (true, 0) => continue,
                (true, _) => Side::Both,
                (false, 0) => Side::Before,
                (false, _) => Side::After,
            };
            let mut others = orders[1 - side].iter().filter(|image| other.images.contains_key(*image));
            let beside = match class {
                _ if twin => None,
                DiffClass::Rebuilt => others.find(|other| tag(other) == tag(image)).cloned(),
                _ => others.find(|one| other.images[*one] == own.images[image]).cloned(),
            };
            expected.entry(class).or_default().push((told, image.clone(), beside));
        }
    }
    for class in &found.classes {
        let expected = expected.remove(&class.class).unwrap_or_default();
        prop_assert_eq!(class.total as usize, expected.len());
        let told = class.examples.iter().map(|told| (told.side, fields(&told.image), told.other.as_ref().map(fields)));
        prop_assert_eq!(told.collect::<Vec<_>>(), expected, "{:?}", class.class);
    }
    Ok(())
}

/// Pages of all classes, and of one alone, are parts of the whole.
fn pages_hold(sides: [&Estimator; 2], filter: &Filter, whole: &Diff, limit: usize) -> TestCaseResult {
    let offset = limit / 2;
    // Of all classes, and of one that is another from case to case.
    for class in [None, CLASSES.get(whole.whole.after.images as usize % CLASSES.len()).copied()] {
        let mut options = json!({ "offset": offset, "limit": limit });
        if let Some(class) = class {
            options["class"] = serde_json::to_value(class).unwrap();
        }
        let mut expected = whole.clone();
        for known in &mut expected.classes {
            let asked = class.is_none_or(|class| class == known.class);
            let examples = std::mem::take(&mut known.examples);
            known.examples = examples.into_iter().skip(offset).take(if asked { limit } else { 0 }).collect();
        }
        prop_assert_eq!(diff(sides[0], sides[1], filter, &options), expected);
    }
    Ok(())
}

fn mirrors(one: &Diff, other: &Diff) -> TestCaseResult {
    let swapped = |sides: Sides<u32>| (sides.after, sides.before);
    let pair = |sides: Sides<u32>| (sides.before, sides.after);
    prop_assert_eq!((one.whole.before, one.whole.after), (other.whole.after, other.whole.before));
    prop_assert_eq!(pair(one.not_scannable), swapped(other.not_scannable));
    prop_assert_eq!((one.new_digests, one.gone_digests), (other.gone_digests, other.new_digests));
    for class in &one.classes {
        let mirrored = match class.class {
            DiffClass::Added => DiffClass::Removed,
            DiffClass::Removed => DiffClass::Added,
            DiffClass::NewlyCharged => DiffClass::NoLongerCharged,
            DiffClass::NoLongerCharged => DiffClass::NewlyCharged,
            same => same,
        };
        let mirror = other.of(mirrored).unwrap();
        prop_assert_eq!((pair(class.images), pair(class.quota)), (swapped(mirror.images), swapped(mirror.quota)));
        prop_assert_eq!(class.total, mirror.total);
        let set = |class: &scan_precheck::decide::Difference, mirror: bool| {
            let side = |side| match side {
                Side::Before if mirror => "after",
                Side::After if mirror => "before",
                Side::Before => "before",
                Side::After => "after",
                _ => "both",
            };
            class.examples.iter().map(|told| (side(told.side), fields(&told.image))).collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(set(class, false), set(mirror, true));
    }
    Ok(())
}

/// Adds new digests one by one, under the filter, until the verdict flips; where it cannot, takes units away.
fn margin_holds(before: &World, after: &World, remaining: u32, (earlier, interval): (i64, i64)) -> TestCaseResult {
    let mut world = after.clone();
    let mut filter = filter(&world);
    if world.wanted.iter().any(|values| !values.is_empty()) {
        // No image could be added that a filter by digests or by unknown values matches: all is asked for.
        (filter, world.wanted) = (Filter::default(), Default::default());
    }
    let verdict = |world: &World| {
        let options = EstimateOptions::default().with_remaining(remaining.into());
        load(world).estimate(&filter, &options).unwrap().sufficient.unwrap()
    };
    let options = MarginOptions::new(remaining.into()).with_dates(earlier, earlier + interval);
    let (one, other) = (load(before), load(&world));
    let found = other.margin(Some(&one), &filter, &options).unwrap();
    prop_assert_eq!(found.sufficient, verdict(&world));
    prop_assert_eq!(found.sufficient, found.flips_at.is_some());
    if let Some(flips_at) = found.flips_at {
        prop_assert_eq!(found.too_many, 0);
        let mut grown = world.clone();
        let mut added = 0;
        while verdict(&grown) {
            added += 1;
            let fields = std::array::from_fn(|field| match field {
                oracle::DIGEST => format!("{added:064x}").replace('0', "e"),
                TAG => format!("new-{added}"),
                _ => "new".to_owned(),
            });
            grown.rows.push(Row { fields, charged: None, scannable: true, last_scan_time: None });
        }
        prop_assert_eq!(flips_at, added);
    } else {
        let mut shrunk = world.clone();
        let mut gone = 0;
        while !verdict(&shrunk) {
            let estimator = load(&shrunk);
            let told = estimator.explain(&filter, &ExplainOptions::default().with_page(0, 1000)).unwrap();
            let paid =
                told.images.iter().find(|told| told.verdict == scan_precheck::decide::Verdict::Consumes).unwrap();
            let rule = shrunk.oracle_rule();
            let row = Row { fields: fields(&paid.image), charged: None, scannable: true, last_scan_time: None };
            let key = charge_key(&row, &rule);
            shrunk.rows.retain(|other| match &key {
                Some(key) => charge_key(other, &rule).as_ref() != Some(key),
                None => other.fields != row.fields,
            });
            gone += 1;
        }
        prop_assert_eq!(found.too_many, gone);
    }
    let rate = found.new_digests.unwrap();
    let found_new = diff(&one, &other, &filter, &json!({})).new_digests;
    prop_assert_eq!(rate.count, found_new);
    let date = earlier + interval;
    match (found.flips_at, rate.runs_out) {
        (None, runs_out) => prop_assert_eq!(runs_out, Some(date)),
        (Some(_), None) => prop_assert_eq!(rate.count, 0),
        // At that time, and no millisecond before, so many have come.
        (Some(flips_at), Some(time)) => {
            let come = |time: i64| i128::from(time - date) * i128::from(rate.count) / i128::from(interval);
            prop_assert!(come(time) >= i128::from(flips_at) && come(time - 1) < i128::from(flips_at));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(20_000))]

    #[test]
    fn every_image_is_in_its_class((before, after) in pair(14), limit in 1..6usize) {
        holds(&before, &after, limit)?;
    }

    #[test]
    fn margins_are_as_far_as_they_say((before, after) in pair(10), remaining in 0..12u32, interval in 1..90_000_000i64) {
        margin_holds(&before, &after, remaining, (1_000_000_000_000, interval))?;
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn every_image_of_many_is_in_its_class((before, after) in pair(150), limit in 1..40usize) {
        holds(&before, &after, limit)?;
    }
}

#[test]
fn inventories_under_different_charge_models_are_not_compared() {
    let load = |options: &Value| native::load("RepoName,Tag,Digest\na,1,d\n", options, usize::MAX).unwrap().0;
    let one = load(&json!({}));
    let other = load(&json!({ "chargeModel": { "countBy": "repositoryTag" } }));
    let (filter, margin) = (Filter::default(), MarginOptions::new(1).with_dates(0, 1));
    let by_digest_first = "count by `digest` and by `repositoryTag`";
    let by_tag_first = "count by `repositoryTag` and by `digest`";
    for (error, part) in [
        (one.diff(&other, &filter, &DiffOptions::default()).unwrap_err(), by_digest_first),
        (other.diff(&one, &filter, &DiffOptions::default()).unwrap_err(), by_tag_first),
        (one.margin(Some(&other), &filter, &margin).unwrap_err(), by_tag_first),
        (other.margin(Some(&one), &filter, &margin).unwrap_err(), by_digest_first),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidValue);
        assert!(error.message().contains(part), "{error}");
    }
    // When the cycle began may differ: inventories of two months are compared.
    let next_month = load(&json!({ "cycleStart": 5 }));
    assert!(one.diff(&next_month, &Filter::default(), &DiffOptions::default()).is_ok());
}

#[test]
fn what_cannot_be_asked_is_said_in_plain_words() {
    let diff = |options: &Value| DiffOptions::from_input(native::input(options)).map(drop);
    let (estimator, _) = native::load("RepoName,Tag\na,1\n", &json!({}), usize::MAX).unwrap();
    let margin_beside = |earlier: Option<&Estimator>, options: &Value| {
        let options = MarginOptions::from_input(native::input(options))?;
        estimator.margin(earlier, &Filter::default(), &options).map(drop)
    };
    let margin = |options: &Value| margin_beside(Some(&estimator), options);
    let alone = |options: &Value| margin_beside(None, options);
    for (found, kind, part) in [
        (diff(&json!({ "class": "new" })), ErrorKind::InvalidValue, "must be one of `unchanged`"),
        (diff(&json!({ "class": "retaged" })), ErrorKind::InvalidValue, "did you mean `retagged`"),
        (diff(&json!({ "offset": -1 })), ErrorKind::InvalidValue, "from 0"),
        (diff(&json!({ "limit": 1001 })), ErrorKind::InvalidValue, "from 1 to 1000"),
        (diff(&json!({ "limits": 1 })), ErrorKind::UnknownKey, "did you mean `limit`"),
        (margin(&json!({})), ErrorKind::InvalidValue, "`remaining` is missing"),
        (margin(&json!({ "remaining": -1 })), ErrorKind::InvalidValue, "from 0"),
        (margin(&json!({ "remaining": 1.5 })), ErrorKind::InvalidValue, "whole number"),
        (margin(&json!({ "remaining": 1 })), ErrorKind::InvalidValue, "`earlierDate` is missing"),
        (margin(&json!({ "remaining": 1, "earlierDate": 5 })), ErrorKind::InvalidValue, "`date` is missing"),
        (margin(&json!({ "remaining": 1, "earlierDate": 5, "date": 5 })), ErrorKind::InvalidValue, "before `date`"),
        (
            alone(&json!({ "remaining": 1, "earlierDate": 5, "date": 6 })),
            ErrorKind::InvalidValue,
            "`earlierDate` is given",
        ),
        (alone(&json!({ "remaining": 1, "date": 5 })), ErrorKind::InvalidValue, "without an earlier inventory"),
        (margin(&json!({ "remaining": 1, "date": "today" })), ErrorKind::WrongType, "must be a time in milliseconds"),
        (margin(&json!({ "remainder": 1 })), ErrorKind::UnknownKey, "did you mean `remaining`"),
    ] {
        let error = found.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.message().contains(part), "{error}");
    }
}

fn config(usual_cases: u32) -> ProptestConfig {
    ProptestConfig { cases: support::cases(usual_cases), failure_persistence: None, ..ProptestConfig::default() }
}
