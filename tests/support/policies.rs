//! The conformance cases of policies as data, and the comparison that every engine's answers go through.

#![allow(
    unreachable_pub,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "support for several tests, in which a panic is a failure"
)]

use serde_json::{Value, json};

use super::support::contains;

const CASES: &str = include_str!("../conformance/policy.json");

/// Fewer cases than these were not all read.
const LEAST_CASES: usize = 147;

/// Puts every case to an engine, which takes policies and a request and gives an answer or an error as JSON.
pub fn check_all(ask: impl Fn(&Value, &Value) -> Result<Value, Value>) {
    let suite: Value = serde_json::from_str(CASES).unwrap();
    let cases = suite["cases"].as_array().unwrap();
    assert!(cases.len() >= LEAST_CASES, "only {} cases ran", cases.len());
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let rule = case["rule"].as_str().unwrap_or_default();
        assert!(rule.starts_with("[S] ") || rule.starts_with("[A] "), "{name}: a case names its rule and whose it is");
        assert!(
            case["answer"].is_object() != case["error"].is_object(),
            "{name}: a case expects an answer or an error"
        );
        let outcome = ask(&case["policies"], &merged(&suite["request"], &case["request"]));
        let (found, expected) = match outcome {
            Ok(answer) => (with_codes(answer), json!({ "answer": case["answer"] })),
            Err(error) => (json!({ "error": error }), json!({ "error": case["error"] })),
        };
        let mut expected = expected;
        let part = expected["error"].as_object_mut().and_then(|error| error.remove("message"));
        expected.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        assert!(expected.as_object().is_some_and(|members| !members.is_empty()), "{name}: {found:#}");
        contains("", &found, &expected).unwrap_or_else(|fault| panic!("{name}: {fault}\n{found:#}"));
        if let Some(part) = part {
            let message = found["error"]["message"].as_str().unwrap();
            assert!(message.contains(part.as_str().unwrap()), "{name}: {message}");
        }
    }
}

/// The request that all have, with what a case changes.
fn merged(request: &Value, changes: &Value) -> Value {
    let mut merged = request.clone();
    for (key, value) in changes.as_object().into_iter().flatten() {
        merged[key] = value.clone();
    }
    merged
}

/// An answer with the codes of its notes in their place.
fn with_codes(mut answer: Value) -> Value {
    answer["notes"] = answer["notes"].as_array().unwrap().iter().map(|note| note["code"].clone()).collect();
    json!({ "answer": answer })
}
