//! The native crate as an engine: JSON in the place of JavaScript values.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "support for several tests, of which each uses a part"
)]

use scan_precheck::{
    Error, EstimateOptions, Estimator, Filter, Input, InventoryLoader, LoadReport, load_options_from_input,
};
use serde_json::{Value, json};

/// Describes a JSON value as the boundary describes a JavaScript one.
pub fn input(value: &Value) -> Input {
    match value {
        Value::Null => Input::Absent,
        Value::Bool(truth) => Input::Bool(*truth),
        Value::Number(number) => Input::Number(number.as_f64().unwrap()),
        Value::String(text) => Input::Text(text.clone()),
        Value::Array(items) => Input::List(items.iter().map(input).collect()),
        Value::Object(entries) => {
            Input::Object(entries.iter().map(|(key, value)| (key.clone(), input(value))).collect())
        }
    }
}

/// Loads a text that is pushed in pieces of at most `piece` bytes.
pub fn load(text: &str, options: &Value, piece: usize) -> Result<(Estimator, LoadReport), Error> {
    load_all(&[text], options, piece)
}

/// The same for any bytes.
pub fn load_bytes(bytes: &[u8], options: &Value, piece: usize) -> Result<(Estimator, LoadReport), Error> {
    load_all(&[bytes], options, piece)
}

/// Loads several sources likewise.
pub fn load_all(texts: &[impl AsRef<[u8]>], options: &Value, piece: usize) -> Result<(Estimator, LoadReport), Error> {
    let (options, charge_model) = load_options_from_input(input(options))?;
    let mut loader = InventoryLoader::with_seed(options, 1);
    for text in texts {
        for piece in text.as_ref().chunks(piece) {
            loader.push(piece)?;
        }
        loader.end_source()?;
    }
    loader.finish(charge_model)
}

/// Asks a filter of an inventory.
pub fn ask(
    (estimator, report): &(Estimator, LoadReport),
    filter: &Value,
    options: &Value,
) -> Result<super::support::Answers, Error> {
    let filter = Filter::from_input(input(filter))?;
    let estimate = estimator.estimate(&filter, &EstimateOptions::from_input(input(options))?)?;
    let precheck = estimator.precheck(&filter, scan_precheck::estimate::request_id(*b"sixteen bytes ok"))?;
    Ok(super::support::Answers {
        estimate: serde_json::to_value(estimate).unwrap(),
        precheck: serde_json::to_value(precheck).unwrap(),
        report: serde_json::to_value(report).unwrap(),
    })
}

/// An error as a conformance case has it.
pub fn error(error: &Error) -> Value {
    json!({ "code": error.kind().code(), "field": error.field(), "position": error.position(), "message": error.message() })
}
