//! The worked examples in `docs/`: each call gives the answer that stands below it.
//!
//! A document holds one inventory as a `csv` block, or several with a name behind `csv`, then pairs of a `js` block with a
//! call and a `json` block with what the answer says, as far as it is shown.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

#[path = "support/native.rs"]
mod native;
mod support;

use std::collections::BTreeMap;

use scan_precheck::decide::{DiffOptions, ExplainOptions, MarginOptions, PlanOptions, ReplyCounts};
use scan_precheck::estimate::model::BillOptions;
use scan_precheck::policy::{AccessRequest, Policies};
use scan_precheck::{EstimateOptions, Estimator, Filter};
use serde_json::{Value, json};

#[test]
fn the_examples_of_estimates() {
    assert_eq!(run(include_str!("../docs/estimate.md"), &json!({ "cycleStart": 1_700_000_000_000_i64 })), 4);
}

#[test]
fn the_examples_of_plans() {
    assert_eq!(run(include_str!("../docs/plan.md"), &Value::Null), 7);
}

#[test]
fn the_examples_of_reconciliations() {
    assert_eq!(run(include_str!("../docs/reconcile.md"), &json!({ "cycleStart": 1_700_000_000_000_i64 })), 5);
}

#[test]
fn the_examples_of_explanations() {
    assert_eq!(run(include_str!("../docs/explain.md"), &json!({ "cycleStart": 1_700_000_000_000_i64 })), 5);
}

#[test]
fn the_examples_of_differences() {
    assert_eq!(run(include_str!("../docs/diff.md"), &Value::Null), 6);
}

#[test]
fn the_examples_of_policies() {
    assert_eq!(run(include_str!("../docs/policy.md"), &Value::Null), 4);
}

/// Runs the examples of a document, and says how many there are.
fn run(document: &str, options: &Value) -> u32 {
    let mut estimators = BTreeMap::new();
    let mut call = None;
    let mut examples = 0;
    for (language, text) in blocks(document) {
        match language.split_once(' ').unwrap_or((language, "inventory")) {
            ("csv", name) => {
                estimators.insert(name, native::load(text, options, usize::MAX).unwrap().0);
            }
            ("js", _) => call = Some(text),
            ("json", _) => {
                let call = call.take().unwrap();
                let shown: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
                let found = answer(&estimators, call);
                support::contains("answer", &found, &shown).unwrap_or_else(|fault| panic!("{call}{fault}\n{found:#}"));
                examples += 1;
            }
            _ => {}
        }
    }
    assert!(call.is_none(), "an answer must follow {call:?}");
    examples
}

fn blocks(document: &str) -> impl Iterator<Item = (&str, &str)> {
    document.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'))
}

/// Calls a function by the text of the call: what it is given besides inventories is JSON.
fn answer(estimators: &BTreeMap<&str, Estimator>, call: &str) -> Value {
    let (name, arguments) = call.trim().trim_end_matches(')').split_once('(').unwrap();
    // Names of inventories become texts, so that all of it is JSON.
    let quoted = estimators
        .keys()
        .fold(format!(" {arguments}"), |text, known| text.replace(&format!(" {known},"), &format!(" \"{known}\",")));
    let arguments: Vec<Value> =
        serde_json::from_str(&format!("[{quoted}]")).unwrap_or_else(|error| panic!("{error}: {quoted}"));
    if name == "authorize" {
        let policies = Policies::from_input(native::input(&arguments[0])).unwrap();
        return json!(policies.authorize(&AccessRequest::from_input(native::input(&arguments[1])).unwrap()).unwrap());
    }
    let (inventories, rest): (Vec<_>, Vec<_>) = arguments.into_iter().partition(Value::is_string);
    let inventories: Vec<&Estimator> = inventories.iter().map(|name| &estimators[name.as_str().unwrap()]).collect();
    let mut option = rest.get(1).cloned().unwrap_or_default();
    let earlier = option.as_object_mut().and_then(|options| options.remove("earlier"));
    let earlier = earlier.map(|name| &estimators[name.as_str().unwrap()]);
    let filter = Filter::from_input(native::input(&rest[0])).unwrap();
    let (estimator, option) = (inventories[0], native::input(&option));
    match name {
        "estimate" => json!(estimator.estimate(&filter, &EstimateOptions::from_input(option).unwrap()).unwrap()),
        "bill" => {
            let BillOptions { estimate, now, .. } = BillOptions::from_input(option).unwrap();
            json!(estimator.bill(&filter, &estimate, now).unwrap())
        }
        "plan" => json!(estimator.plan(&filter, &PlanOptions::from_input(option).unwrap()).unwrap()),
        "reconcile" => json!(estimator.reconcile(&filter, &ReplyCounts::from_input(option).unwrap()).unwrap()),
        "explain" => json!(estimator.explain(&filter, &ExplainOptions::from_input(option).unwrap()).unwrap()),
        "diff" => json!(estimator.diff(inventories[1], &filter, &DiffOptions::from_input(option).unwrap()).unwrap()),
        "margin" => json!(estimator.margin(earlier, &filter, &MarginOptions::from_input(option).unwrap()).unwrap()),
        _ => panic!("{name} is no function of the examples"),
    }
}
