//! The worked examples in `docs/`: each call gives the answer that stands below it.
//!
//! A document holds one inventory as a `csv` block, then pairs of a `js` block with a call and a `json` block with what
//! the answer says, as far as it is shown.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

#[path = "support/native.rs"]
mod native;
mod support;

use scan_precheck::decide::{PlanOptions, ReplyCounts};
use scan_precheck::{Estimator, Filter};
use serde_json::{Value, json};

#[test]
fn the_examples_of_plans() {
    assert_eq!(run(include_str!("../docs/plan.md"), &Value::Null), 7);
}

#[test]
fn the_examples_of_reconciliations() {
    assert_eq!(run(include_str!("../docs/reconcile.md"), &json!({ "cycleStart": 1_700_000_000_000_i64 })), 5);
}

/// Runs the examples of a document, and says how many there are.
fn run(document: &str, options: &Value) -> u32 {
    let mut estimator = None;
    let mut call = None;
    let mut examples = 0;
    for (language, text) in blocks(document) {
        match language {
            "csv" => estimator = Some(native::load(text, options, usize::MAX).unwrap().0),
            "js" => call = Some(text),
            "json" => {
                let call = call.take().unwrap();
                let shown: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
                let found = answer(estimator.as_ref().unwrap(), call);
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

/// Calls a function by the text of the call: what it is given besides the inventory is JSON.
fn answer(estimator: &Estimator, call: &str) -> Value {
    let (name, arguments) = call.trim().trim_end_matches(')').split_once("(inventory, ").unwrap();
    let arguments: [Value; 2] = serde_json::from_str(&format!("[{arguments}]")).unwrap();
    let [filter, option] = arguments.map(|argument| native::input(&argument));
    let filter = Filter::from_input(filter).unwrap();
    match name {
        "plan" => json!(estimator.plan(&filter, &PlanOptions::from_input(option).unwrap()).unwrap()),
        "reconcile" => json!(estimator.reconcile(&filter, &ReplyCounts::from_input(option).unwrap()).unwrap()),
        _ => panic!("{name} is no function of the examples"),
    }
}
