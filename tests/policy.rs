//! Policies: the conformance cases put to the native crate, and laws that hold for every policy and request.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

#[path = "support/native.rs"]
mod native;
#[path = "support/policies.rs"]
mod policies;
mod support;

use proptest::prelude::*;
use proptest::sample::select;
use scan_precheck::policy::{AccessRequest, Policies};
use scan_precheck::{Error, Input};
use serde_json::{Value, json};

#[test]
fn every_case() {
    policies::check_all(|policies, request| {
        ask(native::input(policies), request).map_err(|error| native::error(&error))
    });
}

fn ask(policies: Input, request: &Value) -> Result<Value, Error> {
    let policies = Policies::from_input(policies)?;
    let request = AccessRequest::from_input(native::input(request))?;
    Ok(serde_json::to_value(policies.authorize(&request)?).unwrap())
}

/// Elements that meet now and then, so that every outcome occurs.
fn statement() -> impl Strategy<Value = Value> {
    let actions = ["*", "yundun-sas:*", "YUNDUN-SAS:PublicPre?heckImageScanTask", "ecs:*", "yundun-sas:Describe*"];
    let resources = ["*", "acs:yundun-sas:*:*:*", "acs:*", "acs:ecs:*:*:*"];
    let conditions = [
        json!({}),
        json!({ "IpAddress": { "acs:SourceIp": ["10.0.0.0/8", "2001:db8::/32"] } }),
        json!({ "NotIpAddress": { "acs:SourceIp": "10.0.0.0/8" } }),
        json!({ "Bool": { "acs:MFAPresent": "true" }, "DateLessThan": { "acs:CurrentTime": "2026-11-25T12:00:00Z" } }),
        json!({ "StringNotLike": { "sas:team": ["a*", "b"] } }),
        json!({ "NumericGreaterThanEquals": { "sas:count": "10" } }),
    ];
    let of = |texts: &'static [&str]| prop::collection::vec(select(texts), 1..3);
    let effect = select(vec!["Allow", "Deny"]);
    let element = |plain: &'static str| prop_oneof![4 => Just(plain.to_owned()), 1 => Just(format!("Not{plain}"))];
    let actions = (element("Action"), of(Box::leak(Box::new(actions))));
    let resources = (element("Resource"), of(Box::leak(Box::new(resources))));
    (effect, actions, resources, select(conditions.to_vec())).prop_map(|(effect, actions, resources, condition)| {
        json!({ "Effect": effect, (actions.0): actions.1, (resources.0): resources.1, "Condition": condition })
    })
}

fn any_policies() -> impl Strategy<Value = Vec<Vec<Value>>> {
    prop::collection::vec(prop::collection::vec(statement(), 1..4), 0..4)
}

fn request() -> impl Strategy<Value = Value> {
    let maybe = |values: Vec<Value>| prop::option::of(select(values));
    (
        select(vec!["yundun-sas:PublicPreCheckImageScanTask", "yundun-sas:DescribeImageInstances", "ecs:RunInstances"]),
        maybe(vec![json!("*"), json!("acs:yundun-sas:cn-hangzhou:1:x")]),
        maybe(vec![json!("10.1.2.3"), json!("192.0.2.1"), json!("2001:db8::1")]),
        maybe(vec![json!(true), json!(false)]),
        maybe(vec![json!(1_764_000_000_000_i64), json!("2027-01-01T00:00:00Z")]),
        maybe(vec![json!("a1"), json!("b"), json!("c")]),
        maybe(vec![json!(9), json!("10.0"), json!(11)]),
    )
        .prop_map(|(action, resource, address, mfa, time, team, count)| {
            json!({ "action": action, "resource": resource, "accountId": "1", "context": {
                "acs:SourceIp": address, "acs:MFAPresent": mfa, "acs:CurrentTime": time, "sas:team": team, "sas:count": count,
            } })
        })
}

fn decide(policies: &[Vec<Value>], request: &Value) -> Value {
    let documents: Value =
        policies.iter().map(|statements| json!({ "Version": "1", "Statement": statements })).collect();
    ask(native::input(&documents), request).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(support::cases(2_000)))]

    /// One more deny takes away, or leaves all as it is; one more allow gives, or leaves all as it is, or is denied.
    #[test]
    fn a_deny_never_allows_and_an_allow_never_denies(
        mut policies in any_policies(), request in request(), mut statement in statement(), place in any::<(u8, u8)>(),
    ) {
        let before = decide(&policies, &request);
        if policies.is_empty() {
            policies.push(Vec::new());
        }
        let policy = usize::from(place.0) % policies.len();
        let at = usize::from(place.1) % (policies[policy].len() + 1);
        let denies = statement["Effect"] == "Deny";
        policies[policy].insert(at, statement.clone());
        let after = decide(&policies, &request);
        if denies {
            prop_assert!(before["allowed"] == true || after["allowed"] == false);
        } else {
            prop_assert!(before["allowed"] == false || after["allowed"] == true);
            prop_assert_eq!(before["reason"] == "explicit-deny", after["reason"] == "explicit-deny");
        }
        // The same statement as a deny, in its place, allows nothing that it allowed.
        statement["Effect"] = json!("Deny");
        policies[policy][at] = statement;
        let denied = decide(&policies, &request);
        prop_assert!(after["allowed"] == true || denied["allowed"] == false);
    }

    /// In which order statements and policies stand changes nothing of the decision; nor does one policy in place of many.
    #[test]
    fn order_does_not_matter(mut policies in any_policies(), request in request()) {
        let decision = |policies: &[Vec<Value>]| {
            let answer = decide(policies, &request);
            let readings: Vec<Value> = answer["readings"].as_array().unwrap().iter().map(|one| json!([one["resource"], one["reason"]])).collect();
            json!([answer["allowed"], answer["reason"], readings])
        };
        let before = decision(&policies);
        policies.reverse();
        policies.iter_mut().for_each(|statements| statements.reverse());
        prop_assert_eq!(&decision(&policies), &before);
        let one = policies.concat();
        if !one.is_empty() {
            prop_assert_eq!(&decision(&[one]), &before);
        }
    }

    /// A decision is what its statements say, and the one that is told is one of those that decided.
    #[test]
    fn the_answer_agrees_with_itself(policies in any_policies(), request in request()) {
        let answer = decide(&policies, &request);
        for reading in answer["readings"].as_array().unwrap() {
            let applies = |effect: &str| {
                reading["statements"].as_array().unwrap().iter().find(|one| one["miss"].is_null() && one["effect"] == effect).cloned()
            };
            let (reason, by) = match (applies("Deny"), applies("Allow")) {
                (Some(deny), _) => ("explicit-deny", deny),
                (None, Some(allow)) => ("allowed", allow),
                (None, None) => ("implicit-deny", Value::Null),
            };
            prop_assert_eq!(&reading["reason"], reason);
            for part in ["policy", "statement"] {
                prop_assert_eq!(&reading["by"][part], &by[part]);
            }
            prop_assert_eq!(&reading["allowed"], reason == "allowed");
        }
        let all = answer["readings"].as_array().unwrap().iter().all(|reading| reading["allowed"] == true);
        prop_assert_eq!(&answer["allowed"], all);
    }

    /// Text and object are read alike, and a text that is changed in one place gives an answer or an error with its place.
    #[test]
    fn a_damaged_text_is_an_answer_or_an_error(
        statements in prop::collection::vec(statement(), 1..3), request in request(),
        at in any::<usize>(), put in select(vec!["", "\"", "{", "}", "[", "]", ",", ":", "\\", "x", "é", "\u{0}", "1"]), cut in 0..3_usize,
    ) {
        let policy = json!({ "Version": "1", "Statement": statements });
        let text = policy.to_string();
        prop_assert_eq!(ask(Input::Text(text.clone()), &request).unwrap(), ask(native::input(&policy), &request).unwrap());
        let at = at % text.len();
        let damaged = format!("{}{put}{}", text.get(..at).unwrap_or_default(), text.get(at + cut..).unwrap_or_default());
        if let Err(error) = ask(Input::Text(damaged.clone()), &request) {
            prop_assert!(error.field().is_some(), "{error}");
            let place = error.position();
            prop_assert!(error.field().unwrap().starts_with("context") || place.is_some_and(|place| place.byte <= damaged.len() as u64), "{error}");
        }
    }

    /// No text and no object ends in anything but an answer or an error.
    #[test]
    fn nothing_panics(policies in any_value(), request in any_value(), text in ".{0,40}", words in prop::collection::vec(select(WORDS), 0..40)) {
        let _ = ask(native::input(&policies), &request);
        let plain = json!({ "action": "a:b" });
        let _ = ask(native::input(&policies), &plain);
        let _ = ask(Input::Text(text), &plain);
        let _ = ask(Input::Text(words.concat()), &plain);
    }
}

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"Version\"",
    "\"1\"",
    "\"Statement\"",
    "\"Effect\"",
    "\"Allow\"",
    "\"Action\"",
    "\"Resource\"",
    "\"*\"",
    "\"Condition\"",
    "\"IpAddress\"",
    "\"acs:SourceIp\"",
    "\"10.0.0.0/8\"",
    "null",
    "1",
    " ",
];

fn any_value() -> impl Strategy<Value = Value> {
    let keys = select(vec![
        "Version",
        "Statement",
        "Effect",
        "Action",
        "Resource",
        "Condition",
        "StringLike",
        "acs:SourceIp",
        "action",
        "context",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(if number.is_finite() { number } else { 0.0 })),
        select(vec!["1", "Allow", "Deny", "*", "a:b", "10.0.0.0/8", "é*?"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(9, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..5).prop_map(|entries| Value::Object(
                entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            )),
        ]
    })
}

/// What takes long by its form takes no time.
#[test]
fn nothing_takes_long() {
    let began = std::time::Instant::now();
    let stars = "*a".repeat(2_000);
    let statement = json!({ "Effect": "Allow", "Action": format!("{stars}:b"), "Resource": "*", "Condition": { "StringLike": { "k:v": stars } } });
    let policy = json!({ "Version": "1", "Statement": [statement] });
    let request = json!({ "action": format!("{}:c", "a".repeat(2_000)), "context": { "k:v": "a".repeat(2_000) } });
    assert_eq!(ask(native::input(&policy), &request).unwrap()["allowed"], false);
    let deep = "[".repeat(200_000);
    assert!(ask(Input::Text(deep), &request).is_err());
    let wide = format!("{{{}\"a\": 1}}", "\"b\": 1, ".repeat(30_000));
    assert_eq!(ask(Input::Text(wide), &request).unwrap_err().kind().code(), "too-many-values");
    assert_eq!(ask(Input::Text(" ".repeat(300_000)), &request).unwrap_err().kind().code(), "too-large");
    assert!(began.elapsed().as_secs() < 5, "it took {:?}", began.elapsed());
}
