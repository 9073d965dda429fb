//! Plans and reconciliations for the package: exports of the module's second part.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::handles::INVENTORIES;
use super::{JsResult, read, to_js};
use crate::decide::{PlanOptions, ReplyCounts};
use crate::filter::Filter;

/// What to scan within the quota that remains.
#[wasm_bindgen]
pub fn plan(inventory: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let filter = Filter::from_input(read::value(filter))?;
        let options = PlanOptions::from_input(read::value(options))?;
        INVENTORIES.with(inventory, |loaded| loaded.estimator.plan(&filter, &options))?
    };
    to_js(answer())
}

/// The service's reply beside ours.
#[wasm_bindgen]
pub fn reconcile(inventory: u32, filter: &JsValue, reply: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let filter = Filter::from_input(read::value(filter))?;
        let reply = ReplyCounts::from_input(read::value(reply))?;
        INVENTORIES.with(inventory, |loaded| loaded.estimator.reconcile(&filter, &reply))?
    };
    to_js(answer())
}
