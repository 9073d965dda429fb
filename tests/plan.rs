//! Plans on random worlds against the oracle: within the quota, what a precheck of their requests says, and as good as
//! they say beside every other choice.
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

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use scan_precheck::decide::{ImageRecord, Parameters, Plan, PlanMethod, PlanOptions};
use scan_precheck::{ErrorKind, Estimator, Field, Filter};
use serde_json::{Value, json};

use oracle::{Answer, Row, Rule};
use worlds::{PARAMETERS, World, world};

/// What a plan is asked for, as a caller writes it.
#[derive(Debug, Clone)]
struct Asked {
    remaining: usize,
    by: Option<usize>,
    longest_unscanned: bool,
    first: Option<usize>,
    per_cycle: Option<usize>,
    batch: usize,
}

fn asked() -> impl Strategy<Value = Asked> {
    let first = prop_oneof![2 => Just(None), 1 => (0..8usize).prop_map(Some)];
    let parts = (
        0..10usize,
        prop::option::of(0..8usize),
        prop::bool::weighted(0.2),
        first,
        prop::option::of(1..6usize),
        1..5usize,
    );
    parts.prop_map(|(remaining, by, longest_unscanned, first, per_cycle, batch)| Asked {
        remaining,
        by,
        longest_unscanned,
        first: if by.is_some() { first.and(by) } else { first },
        per_cycle,
        batch,
    })
}

proptest! {
    #![proptest_config(config(20_000))]

    #[test]
    fn a_plan_holds_what_it_says(world in world(14), asked in asked()) {
        holds(&world.widened(), &asked)?;
    }
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn a_plan_of_more_images_holds_what_it_says(world in world(90), asked in asked()) {
        holds(&world.widened(), &asked)?;
    }
}

fn holds(world: &World, asked: &Asked) -> TestCaseResult {
    let rule = world.oracle_rule();
    let estimator = native::load(&world.json(), &world.load_options(), usize::MAX).unwrap().0;
    let filter = Filter::from_input(native::input(&world.filter())).unwrap();
    let first = first_values(world, asked);
    let mut options = json!({ "remaining": asked.remaining, "batch": asked.batch, "limit": 1000 });
    if let Some(field) = asked.by {
        options["by"] = json!(PARAMETERS[field]);
    }
    if asked.longest_unscanned {
        options["order"] = json!("longestUnscanned");
    }
    if let Some(field) = asked.first {
        options["first"] = json!({ PARAMETERS[field]: first });
    }
    if let Some(quota) = asked.per_cycle {
        options["perCycle"] = json!(quota);
    }
    let plan = plan(&estimator, &filter, &options).unwrap();
    let whole = oracle::answer(&world.rows, &world.wanted, &rule);
    prop_assert_eq!((plan.whole.images as usize, plan.whole.quota as usize), (whole.images, whole.quota));
    prop_assert!(plan.quota as usize <= asked.remaining, "{} of {}", plan.quota, asked.remaining);
    requests_hold(world, &rule, &estimator, &plan)?;
    prop_assert_eq!(plan.left_out.images as usize, whole.images - plan.images as usize);
    if whole.quota <= asked.remaining {
        prop_assert_eq!(plan.method, PlanMethod::Everything);
        prop_assert_eq!(plan.images as usize, whole.images);
    } else if let Some(field) = asked.by {
        values_hold(world, &rule, asked, field, &first, &plan)?;
    } else {
        images_hold(world, &rule, asked, &first, &plan)?;
    }
    schedule_holds(world, &rule, asked, whole.images, &plan)
}

/// Requests say what a precheck of them says, they overlap in no image, and together they are the plan.
fn requests_hold(world: &World, rule: &Rule, estimator: &Estimator, plan: &Plan) -> TestCaseResult {
    prop_assert_eq!(plan.requests.len(), plan.request_count as usize);
    let (mut images, mut adds) = (0, 0);
    for request in &plan.requests {
        let own = oracle::answer_where(&world.rows, rule, |row| asks_for(&request.parameters, row));
        prop_assert_eq!((request.images as usize, request.quota as usize), (own.images, own.quota));
        if let Parameters::Filter(parameters) = &request.parameters {
            prop_assert_eq!(request.operation, "PublicCreateImageScanTask");
            let filter = Filter::from_pairs(parameters.iter().map(|(name, list)| (*name, list.as_str()))).unwrap();
            let reply = estimator.precheck(&filter, String::new()).unwrap().data;
            prop_assert_eq!((reply.need_auth_count, reply.scan_image_count), (request.images, request.quota));
        } else {
            prop_assert_eq!(request.operation, "PublicSyncAndCreateImageScanTask");
        }
        images += request.images;
        adds += request.adds;
    }
    prop_assert_eq!((images, adds), (plan.images, plan.quota));
    let any = |row: &Row| plan.requests.iter().any(|request| asks_for(&request.parameters, row));
    let together = oracle::answer_where(&world.rows, rule, |row| any(row) && oracle::matches(row, &world.wanted));
    let anything = oracle::answer_where(&world.rows, rule, any);
    prop_assert_eq!((together.images, together.quota), (plan.images as usize, plan.quota as usize));
    prop_assert_eq!(together, anything, "no request covers what the filter does not match");
    Ok(())
}

fn asks_for(parameters: &Parameters, row: &Row) -> bool {
    match parameters {
        Parameters::Filter(parameters) => parameters.iter().all(|(name, list)| {
            let field = PARAMETERS.iter().position(|known| known == name).unwrap();
            list.split(',').any(|value| value == row.fields[field])
        }),
        Parameters::Images(images) => images.iter().any(|image| fields(image) == row.fields),
        _ => panic!("what kind of parameters is this?"),
    }
}

fn fields(image: &ImageRecord) -> [String; 8] {
    let ImageRecord { registry_type, region_id, instance_id, repo_namespace, repo_id, repo_name, digest, tag, .. } =
        image.clone();
    [registry_type, region_id, instance_id, repo_namespace, repo_id, repo_name, digest, tag]
        .map(Option::unwrap_or_default)
}

/// Values that come first, among those that an image of the inventory holds.
fn first_values(world: &World, asked: &Asked) -> Vec<String> {
    let Some(field) = asked.first else { return Vec::new() };
    let mut values: Vec<String> = world.rows.iter().map(|row| row.fields[field].clone()).collect();
    values.retain(|value| !value.is_empty());
    values.dedup();
    values.truncate(1 + world.style as usize % 2);
    values
}

fn values_hold(
    world: &World,
    rule: &Rule,
    asked: &Asked,
    field: usize,
    first: &[String],
    plan: &Plan,
) -> TestCaseResult {
    let mut values: Vec<String> = oracle::without_repetitions(&world.rows, rule)
        .iter()
        .filter(|row| row.scannable && oracle::matches(row, &world.wanted) && !row.fields[field].is_empty())
        .map(|row| row.fields[field].clone())
        .collect();
    values.sort();
    values.dedup();
    let counts = |chosen: &[&String]| {
        let is_chosen = |row: &Row| chosen.contains(&&row.fields[field]) && oracle::matches(row, &world.wanted);
        oracle::answer_where(&world.rows, rule, is_chosen)
    };
    let all: Vec<&String> = values.iter().collect();
    prop_assert_eq!(plan.left_out.without_value as usize, plan.whole.images as usize - counts(&all).images);
    prop_assert_eq!(plan.values.unwrap() + plan.left_out.values.unwrap(), values.len() as u32);
    let chosen: Vec<&String> = values
        .iter()
        .filter(|value| {
            plan.requests.iter().any(|request| match &request.parameters {
                Parameters::Filter(parameters) => parameters
                    .iter()
                    .any(|(name, list)| *name == PARAMETERS[field] && list.split(',').any(|one| one == **value)),
                _ => false,
            })
        })
        .collect();
    prop_assert_eq!(chosen.len(), plan.values.unwrap() as usize);
    let mut fixed: Vec<&String> = Vec::new();
    for value in first.iter().filter(|value| values.contains(value)) {
        let with: Vec<&String> = fixed.iter().copied().chain([value]).collect();
        if counts(&with).quota <= asked.remaining {
            fixed = with;
        }
    }
    prop_assert!(fixed.iter().all(|value| chosen.contains(value)), "{fixed:?} come before others");
    if let Some(next) = &plan.left_out.next {
        let with: Vec<&String> = chosen.iter().copied().chain(next.value.as_ref()).collect();
        let (with, without) = (counts(&with), counts(&chosen));
        prop_assert_eq!(
            (with.images - without.images, with.quota - without.quota),
            (next.images as usize, next.quota as usize)
        );
        prop_assert!(asked.longest_unscanned || with.quota > asked.remaining, "there was room for more");
    }
    if asked.longest_unscanned {
        prop_assert_eq!((plan.method, plan.at_most), (PlanMethod::InOrder, None));
        return Ok(());
    }
    let mut best = 0;
    for choice in 0u32..1 << values.len() {
        let some: Vec<&String> =
            (0..).zip(&values).filter(|(place, _)| choice >> place & 1 == 1).map(|(_, value)| value).collect();
        if fixed.iter().all(|value| some.contains(value)) {
            let Answer { images, quota, .. } = counts(&some);
            best = best.max(if quota <= asked.remaining { images } else { 0 });
        }
    }
    prop_assert_eq!((plan.method, plan.images as usize), (PlanMethod::Exact, best));
    prop_assert_eq!((plan.at_most, plan.guarantee), (Some(plan.images), 1.0));
    Ok(())
}

/// Single images: those of the charge keys that come first, as many as there is quota for, and all that are free.
fn images_hold(world: &World, rule: &Rule, asked: &Asked, first: &[String], plan: &Plan) -> TestCaseResult {
    let rows = oracle::without_repetitions(&world.rows, rule);
    let mut groups: BTreeMap<Vec<String>, (usize, Option<i64>, i64)> = BTreeMap::new();
    let mut free = 0;
    for (place, row) in rows.iter().enumerate() {
        let key = oracle::charge_key(row, rule).unwrap_or_else(|| vec![format!("row {place}")]);
        let of_key: Vec<&Row> = match oracle::charge_key(row, rule) {
            Some(key) => rows.iter().filter(|other| oracle::charge_key(other, rule).as_ref() == Some(&key)).collect(),
            None => vec![row],
        };
        if !row.scannable || !oracle::matches(row, &world.wanted) {
            continue;
        }
        if of_key.iter().any(|row| row.charged_once(rule)) {
            free += 1;
            continue;
        }
        let rank = asked
            .first
            .map_or(0, |field| first.iter().position(|value| *value == row.fields[field]).unwrap_or(first.len()));
        let time = asked.longest_unscanned.then(|| of_key.iter().filter_map(|row| time_of(world, row)).max()).flatten();
        let group = groups.entry(key).or_insert((rank, time, 0));
        (group.0, group.2) = (group.0.min(rank), group.2 - 1);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_unstable();
    let covered: i64 = groups.iter().take(asked.remaining).map(|(.., images)| -images).sum();
    prop_assert_eq!(i64::from(plan.images), covered + free);
    let method = if asked.longest_unscanned { PlanMethod::InOrder } else { PlanMethod::Exact };
    prop_assert_eq!((plan.method, plan.quota as usize), (method, asked.remaining.min(groups.len())));
    Ok(())
}

/// The last scan of an image, as far as any of the rows that say it does not deny that it is charged.
fn time_of(world: &World, row: &Row) -> Option<i64> {
    let same = world.rows.iter().filter(|other| other.fields == row.fields && other.charged != Some(false));
    same.filter_map(|row| row.last_scan_time).max()
}

/// Each cycle holds what its values come to when nothing is charged yet, and no more than its quota.
fn schedule_holds(world: &World, rule: &Rule, asked: &Asked, whole: usize, plan: &Plan) -> TestCaseResult {
    let (Some(per_cycle), Some(schedule)) = (asked.per_cycle, &plan.schedule) else {
        prop_assert_eq!(asked.per_cycle.is_some(), plan.schedule.is_some());
        return Ok(());
    };
    let cycles = &schedule.cycles;
    prop_assert_eq!((cycles[0].images, cycles[0].quota), (plan.images, plan.quota));
    let images: u32 = cycles.iter().map(|cycle| cycle.images).sum();
    prop_assert_eq!((images + schedule.images_left) as usize, whole);
    let anew: Vec<Row> = world.rows.iter().map(|row| Row { charged: Some(false), ..row.clone() }).collect();
    for cycle in &cycles[1..] {
        prop_assert!(cycle.quota as usize <= per_cycle && cycle.images > 0);
        prop_assert_eq!(cycle.values.len(), cycle.value_count as usize);
        if let Some(field) = asked.by {
            let mut wanted = world.wanted.clone();
            wanted[field].clone_from(&cycle.values);
            let expected = oracle::answer(&anew, &wanted, rule);
            prop_assert_eq!((cycle.images as usize, cycle.quota as usize), (expected.images, expected.quota));
        }
    }
    if asked.by.is_none() && cycles.len() < 36 {
        prop_assert_eq!(schedule.images_left, 0);
    }
    Ok(())
}

fn config(usual_cases: u32) -> ProptestConfig {
    ProptestConfig { cases: support::cases(usual_cases), failure_persistence: None, ..ProptestConfig::default() }
}

fn plan(estimator: &Estimator, filter: &Filter, options: &Value) -> Result<Plan, scan_precheck::Error> {
    estimator.plan(filter, &PlanOptions::from_input(native::input(options))?)
}

fn loaded(rows: Value) -> Estimator {
    native::load(&rows.to_string(), &Value::Null, usize::MAX).unwrap().0
}

#[test]
fn what_cannot_be_is_refused_with_what_to_do() {
    let estimator = loaded(json!([{ "RepoNamespace": "payments", "Digest": "a", "Tag": "1" }]));
    for (options, kind, part) in [
        (json!({ "remaining": -1 }), ErrorKind::InvalidValue, "whole number from 0"),
        (json!({}), ErrorKind::InvalidValue, "`remaining` is missing"),
        (json!({ "remaining": 1, "by": "repoNamespace" }), ErrorKind::InvalidValue, "did you mean `repoNamespaces`?"),
        (json!({ "remaining": 1, "by": "image" }), ErrorKind::InvalidValue, "did you mean `images`?"),
        (json!({ "remaining": 1, "by": 7 }), ErrorKind::WrongType, "must be a text"),
        (json!({ "remaining": 1, "order": "newest" }), ErrorKind::InvalidValue, "`mostImages`, `longestUnscanned`"),
        (json!({ "remaining": 1, "percycle": 5 }), ErrorKind::UnknownKey, "did you mean `perCycle`?"),
        (json!({ "remaining": 1, "perCycle": 0 }), ErrorKind::InvalidValue, "from 1"),
        (json!({ "remaining": 1, "first": ["pay"] }), ErrorKind::WrongType, "an object with one filter field"),
        (json!({ "remaining": 1, "first": { "tag": "1" } }), ErrorKind::UnknownKey, "did you mean `tags`?"),
        (json!({ "remaining": 1, "first": { "tags": "1", "digests": "a" } }), ErrorKind::InvalidValue, "keep one"),
        (
            json!({ "remaining": 1, "first": { "repoNamespaces": "paymenst" } }),
            ErrorKind::InvalidValue,
            "did you mean `payments`?",
        ),
        (json!({ "remaining": 1, "by": "tags", "first": { "digests": "a" } }), ErrorKind::InvalidValue, "by `tags`"),
    ] {
        let error = plan(&estimator, &Filter::default(), &options).unwrap_err();
        assert_eq!(error.kind(), kind, "{options}: {error}");
        assert!(error.message().contains(part), "{options}: {error}");
    }
}

#[test]
fn a_plan_that_nothing_fits_is_an_answer() {
    let rows = [("a", 1), ("a", 2), ("b", 3), ("b", 4), ("b", 5)];
    let rows: Vec<Value> =
        rows.iter().map(|(space, n)| json!({ "RepoNamespace": space, "Digest": n.to_string() })).collect();
    let plan =
        plan(&loaded(json!(rows)), &Filter::default(), &json!({ "remaining": 1, "by": "repoNamespaces" })).unwrap();
    assert_eq!((plan.images, plan.quota, plan.request_count, plan.method), (0, 0, 0, PlanMethod::Exact));
    let next = plan.left_out.next.unwrap();
    assert_eq!((next.value.as_deref(), next.images, next.quota), (Some("a"), 2, 2));
}

/// A value with a comma cannot be asked for: its images are in no plan by that field, and said to be so.
#[test]
fn what_no_filter_can_ask_for_is_left_out_or_listed() {
    let estimator = loaded(json!([
        { "RepoName": "a,b", "Digest": "1" },
        { "RepoName": "c", "Digest": "2,3" },
        { "RepoName": "c", "Digest": "4" },
    ]));
    let by_name = plan(&estimator, &Filter::default(), &json!({ "remaining": 2, "by": "repoNames" })).unwrap();
    assert_eq!((by_name.images, by_name.left_out.without_value), (2, 1));
    let filter = Filter::from_pairs([("RepoNames", "c"), ("SourceIp", "192.168.0.1")]).unwrap();
    let listed = plan(&estimator, &filter, &json!({ "remaining": 1 })).unwrap();
    assert_eq!(listed.images, 1);
    let first = json!({ "remaining": 1, "first": { "digests": "4" } });
    let parameters = serde_json::to_value(&plan(&estimator, &filter, &first).unwrap().requests[0].parameters).unwrap();
    assert_eq!(parameters, json!({ "RepoNames": "c", "Digests": "4", "SourceIp": "192.168.0.1" }));
    let parameters_from = |address: &str| {
        let filter = Filter::from_pairs([("SourceIp", address)]).unwrap();
        let found = plan(&estimator, &filter, &json!({ "remaining": 9 })).unwrap();
        serde_json::to_value(&found.requests[0].parameters).unwrap()
    };
    assert_eq!(parameters_from("::ab1"), json!({ "SourceIp": "0000:0000:0000:0000:0000:0000:0000:0ab1" }));
}

/// Requests are told page by page, and always the same ones.
#[test]
fn requests_are_told_from_an_offset_on() {
    let rows: Vec<Value> = (0..25).map(|n| json!({ "RepoName": format!("r{}", n % 3), "Tag": n.to_string(), "Digest": if n < 9 { String::new() } else { format!("d{}", n / 2) } })).collect();
    let estimator = loaded(json!(rows));
    let ask = |offset: u32, limit: u32| {
        plan(&estimator, &Filter::default(), &json!({ "remaining": 12, "batch": 2, "offset": offset, "limit": limit }))
            .unwrap()
    };
    let all = ask(0, 100);
    assert_eq!((all.requests.len() as u32, all.quota), (all.request_count, 12));
    for offset in 0..=all.request_count {
        let page = ask(offset, 2);
        assert_eq!((page.images, page.quota, page.request_count), (all.images, all.quota, all.request_count));
        let expected: Vec<_> = all.requests.iter().skip(offset as usize).take(2).cloned().collect();
        assert_eq!(page.requests, expected);
    }
    assert_eq!(Field::ALL.len(), PARAMETERS.len());
}
