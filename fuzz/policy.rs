//! The text of a policy that the input is: an answer, or an error with its place; the same as an object; and beside a
//! deny of everything, or its own denies once more, never more than without.
#![no_main]

#[path = "../tests/support/native.rs"]
mod native;
#[path = "../tests/support/mod.rs"]
mod support;

use libfuzzer_sys::fuzz_target;
use scan_precheck::policy::{AccessRequest, Authorization, Policies};
use scan_precheck::{Error, Input};
use serde_json::{Value, json};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        for request in requests() {
            hold(text, &request);
        }
    }
});

fn requests() -> [Value; 2] {
    let context =
        json!({ "acs:SourceIp": "192.0.2.1", "acs:MFAPresent": true, "acs:CurrentTime": 1_764_000_000_000_i64 });
    [
        json!({ "action": "yundun-sas:PublicPreCheckImageScanTask", "accountId": "1", "context": context }),
        json!({ "action": "a:b", "resource": "acs:a:b:1:c/d", "context": { "a:b": "12" } }),
    ]
}

fn ask(policies: Input, request: &Value) -> Result<Authorization, Error> {
    Policies::from_input(policies)?.authorize(&AccessRequest::from_input(native::input(request)).unwrap())
}

fn hold(text: &str, request: &Value) {
    let one = || Input::Text(text.to_owned());
    let answer = match ask(one(), request) {
        Ok(answer) => answer,
        Err(error) => {
            let is_of_request = error.field().is_some_and(|field| field.starts_with("context."));
            let has_place = error.position().is_some_and(|place| place.byte <= text.len() as u64);
            assert!(is_of_request || has_place && error.field().is_some(), "{error}");
            return;
        }
    };
    let object: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    // Its members may come in another order, so that another condition is the first that is not met.
    let decisions = |answer: Authorization| -> Vec<_> {
        answer.readings.into_iter().map(|reading| (reading.resource, reading.reason, reading.by)).collect()
    };
    assert_eq!(ask(native::input(&object), request).map(decisions), Ok(decisions(answer.clone())));
    let everything = json!({ "Version": "1", "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } });
    for order in [vec![one(), native::input(&everything)], vec![native::input(&everything), one()]] {
        let denied = ask(Input::List(order), request).unwrap();
        assert!(!denied.allowed && denied.by.is_some());
    }
    let twice = ask(Input::List(vec![one(), one()]), request).unwrap();
    assert_eq!((twice.allowed, twice.reason), (answer.allowed, answer.reason));
}
