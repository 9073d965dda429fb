//! Reconciliation on random worlds: a reply is made under another rule, and the first explanation must reproduce it with
//! no larger a change.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
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

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use scan_precheck::decide::{Change, Reconciliation, ReplyCounts};
use scan_precheck::{CountBy, ErrorKind, Filter};
use serde_json::{Value, json};

use oracle::{Row, Rule};
use worlds::{CYCLE_START, RULES, World, world};

/// A change of the rule, as this test makes it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Made {
    Swapped,
    CountBy(usize),
    NoCycleStart,
    CycleStart(i64),
    NothingCharged,
    NotScannableCounted,
}

fn made() -> impl Strategy<Value = Made> {
    prop_oneof![
        Just(Made::Swapped),
        (0..RULES.len()).prop_map(Made::CountBy),
        Just(Made::NoCycleStart),
        proptest::sample::select(vec![0, CYCLE_START - 1, CYCLE_START, CYCLE_START + 1, 7_000, 7_001])
            .prop_map(Made::CycleStart),
        Just(Made::NothingCharged),
        Just(Made::NotScannableCounted),
    ]
}

/// Images and quota as a reply gives them, by plain loops under a changed rule.
fn reply(world: &World, changes: &[Made]) -> (usize, usize) {
    let mut rows = world.rows.clone();
    let mut rule = Rule { ..world.oracle_rule() };
    for change in changes {
        match change {
            Made::CountBy(other) => rule.key = RULES[*other].1,
            Made::NoCycleStart => rule.cycle_start = None,
            Made::CycleStart(start) => rule.cycle_start = Some(*start),
            Made::NothingCharged => rows = rows.into_iter().map(|row| Row { charged: Some(false), ..row }).collect(),
            Made::NotScannableCounted => rows = rows.into_iter().map(|row| Row { scannable: true, ..row }).collect(),
            Made::Swapped => {}
        }
    }
    let answer = oracle::answer(&rows, &world.wanted, &rule);
    if changes.contains(&Made::Swapped) { (answer.quota, answer.images) } else { (answer.images, answer.quota) }
}

fn as_made(change: &Change) -> Made {
    match change {
        Change::Swapped => Made::Swapped,
        Change::CountBy(CountBy::Digest) => Made::CountBy(0),
        Change::CountBy(CountBy::RepositoryDigest) => Made::CountBy(1),
        Change::CountBy(CountBy::RepositoryTag) => Made::CountBy(2),
        Change::CountBy(CountBy::Image) => Made::CountBy(3),
        Change::NoCycleStart => Made::NoCycleStart,
        Change::NothingCharged => Made::NothingCharged,
        Change::NotScannableCounted => Made::NotScannableCounted,
        Change::CycleStart { nearest, .. } => Made::CycleStart(*nearest),
        other => panic!("{other:?} reproduces nothing"),
    }
}

fn reconcile(world: &World, (images, quota): (usize, usize)) -> Reconciliation {
    let estimator = native::load(&world.json(), &world.load_options(), usize::MAX).unwrap().0;
    let filter = Filter::from_input(native::input(&world.filter())).unwrap();
    estimator.reconcile(&filter, &ReplyCounts::new(images as u32, quota as u32)).unwrap()
}

/// Every explanation that says so reproduces the reply, and each stands before those with more changes.
fn explanations_hold(world: &World, theirs: (usize, usize), found: &Reconciliation) -> TestCaseResult {
    prop_assert_eq!(found.equal, reply(world, &[]) == theirs);
    prop_assert_eq!(found.equal, found.explanations.is_empty());
    let mut before = 0;
    for explanation in found.explanations.iter().filter(|explanation| explanation.reproduces) {
        let changes: Vec<Made> = explanation.changes.iter().map(as_made).collect();
        prop_assert_eq!(reply(world, &changes), theirs, "{:?}", explanation);
        prop_assert!(changes.len() >= before && changes.len() <= 2 && !explanation.message.is_empty());
        before = changes.len();
        for change in &explanation.changes {
            if let Change::CycleStart { after, up_to, .. } = *change {
                starts_hold(world, &changes, theirs, after, up_to)?;
            }
        }
    }
    Ok(())
}

/// The bounds of the cycle's start are the last ones with the same outcome, and one past them there is another.
fn starts_hold(
    world: &World,
    changes: &[Made],
    theirs: (usize, usize),
    after: Option<i64>,
    up_to: Option<i64>,
) -> TestCaseResult {
    let at = |start: i64| {
        let moved = changes
            .iter()
            .map(|change| if let Made::CycleStart(_) = change { Made::CycleStart(start) } else { *change });
        reply(world, &moved.collect::<Vec<_>>())
    };
    for time in after.iter().map(|time| time + 1).chain(up_to) {
        prop_assert_eq!(at(time), theirs);
    }
    for time in after.into_iter().chain(up_to.iter().map(|time| time + 1)) {
        prop_assert_ne!(at(time), theirs);
    }
    Ok(())
}

fn recovers(world: &World, changes: &[Made]) -> TestCaseResult {
    let theirs = reply(world, changes);
    let found = reconcile(world, theirs);
    explanations_hold(world, theirs, &found)?;
    if !found.equal {
        let first = &found.explanations[0];
        prop_assert!(first.reproduces && first.changes.len() <= changes.len(), "{changes:?} but {first:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(20_000))]

    #[test]
    fn a_changed_rule_is_found(world in world(20), changes in prop::collection::vec(made(), 1..=2)) {
        recovers(&world.widened(), &changes)?;
    }
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn a_changed_rule_is_found_among_more_images(world in world(200), changes in prop::collection::vec(made(), 1..=2)) {
        recovers(&world.widened(), &changes)?;
    }

    /// Whatever the numbers are, what is said of them is so, and something is said.
    #[test]
    fn any_reply_is_explained_or_said_to_be_beyond_the_rules(world in world(30), images in 0..20usize, quota in 0..20usize) {
        let found = reconcile(&world, (images, quota));
        explanations_hold(&world, (images, quota), &found)?;
        if let Some(last) = found.explanations.last() {
            let (ours, by) = (reply(&world, &[]), |theirs: usize, ours: usize| theirs as i64 - ours as i64);
            let expected = if ours.0 == images { Change::OtherCharges(by(quota, ours.1)) } else { Change::OtherInventory(by(images, ours.0)) };
            prop_assert_eq!((last.changes.clone(), last.reproduces), (vec![expected], false));
        }
    }
}

#[test]
fn a_reply_is_read_whatever_it_is_wrapped_in() {
    let read = |value: Value| ReplyCounts::from_input(native::input(&value));
    for reply in [
        json!({ "ScanImageCount": 3, "NeedAuthCount": 6 }),
        json!({ "RequestId": "F9353221", "Data": { "ScanImageCount": 3, "NeedAuthCount": 6 } }),
        json!({ "headers": {}, "statusCode": 200, "body": { "requestId": "F9", "data": { "scanImageCount": 3, "needAuthCount": 6 } } }),
        json!({ "images": 6, "quota": 3 }),
    ] {
        assert_eq!(read(reply).unwrap(), ReplyCounts::new(6, 3));
    }
    for (wrong, kind, part) in [
        (json!(null), ErrorKind::InvalidValue, "nothing is given"),
        (json!({}), ErrorKind::InvalidValue, "no `NeedAuthCount`"),
        (json!({ "NeedAuthCount": 6 }), ErrorKind::InvalidValue, "no `ScanImageCount`"),
        (json!({ "Code": "Throttling", "Message": "slow down" }), ErrorKind::InvalidValue, "the error `Throttling`"),
        (json!({ "Data": null }), ErrorKind::InvalidValue, "`Data` is empty"),
        (json!({ "images": 6, "NeedAuthCount": 6, "quota": 1 }), ErrorKind::InvalidValue, "two names"),
        (json!({ "images": -1, "quota": 3 }), ErrorKind::InvalidValue, "from 0"),
        (json!({ "images": "6", "quota": 3 }), ErrorKind::WrongType, "must be a number"),
        (json!([3, 6]), ErrorKind::NotAPlainObject, "plain object"),
    ] {
        let error = read(wrong.clone()).unwrap_err();
        assert_eq!(error.kind(), kind, "{wrong}: {error}");
        assert!(error.message().contains(part), "{wrong}: {error}");
    }
}

fn config(usual_cases: u32) -> ProptestConfig {
    ProptestConfig { cases: support::cases(usual_cases), failure_persistence: None, ..ProptestConfig::default() }
}
