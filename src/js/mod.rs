//! The boundary: plain JavaScript values in, plain JavaScript values out. It decides nothing.
//!
//! Every function is total: it answers, or throws an `Error` with a stable `code`. What a caller gives is
//! read whole before anything of ours is borrowed, because reading it can run the caller's own code.

mod answers;
mod decisions;
mod errors;
mod exports;
mod handles;
mod models;
mod policies;
mod random;
mod read;
mod snapshots;
mod statements;
mod written;

pub use answers::Answers;
pub use decisions::{diff, explain, margin, margin_since, plan, reconcile};
pub use exports::{
    cancel_load, end_source, estimate, estimate_text, facets, finish_load, free_inventory, install_registries,
    last_panic, precheck, precheck_text, push_bytes, report, start_load, suggest,
};
pub use models::{bill, set_charge_model};
pub use policies::authorize;
pub use snapshots::{has_model, restore_snapshot, save_snapshot, snapshot_length};
pub use statements::to_sql;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::error::Error;
use crate::filter::Filter;
use crate::input::Input;

/// A result on our side of the border.
type Result<T> = std::result::Result<T, Error>;

/// A result as JavaScript sees it: the error is the `Error` that is thrown.
type JsResult<T> = std::result::Result<T, JsValue>;

/// Reads what a question consists of, before anything of ours is borrowed.
fn asked<O>(filter: &JsValue, options: &JsValue, of_input: impl FnOnce(Input) -> Result<O>) -> Result<(Filter, O)> {
    Ok((Filter::from_input(read::value(filter))?, of_input(read::value(options))?))
}

/// Turns an answer, or the error in its place, into JavaScript.
fn to_js<T: Serialize>(answer: Result<T>) -> JsResult<JsValue> {
    plain(&answer.map_err(errors::to_js)?)
}

/// A value as plain objects.
fn plain<T: Serialize>(value: &T) -> JsResult<JsValue> {
    let plain = Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    value.serialize(&plain).map_err(JsValue::from)
}
