//! Plans, reconciliations, explanations, differences and margins for the package: exports of the module's second part.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::handles::INVENTORIES;
use super::{JsResult, asked, to_js};
use crate::decide::{DiffOptions, ExplainOptions, MarginOptions, PlanOptions, ReplyCounts};

/// What to scan within the quota that remains.
#[wasm_bindgen]
pub fn plan(inventory: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, options) = asked(filter, options, PlanOptions::from_input)?;
        INVENTORIES.with(inventory, |loaded| loaded.estimator.plan(&filter, &options))?
    };
    to_js(answer())
}

/// The service's reply beside ours.
#[wasm_bindgen]
pub fn reconcile(inventory: u32, filter: &JsValue, reply: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, reply) = asked(filter, reply, ReplyCounts::from_input)?;
        INVENTORIES.with(inventory, |loaded| loaded.estimator.reconcile(&filter, &reply))?
    };
    to_js(answer())
}

/// What each image consumes and why, page by page.
#[wasm_bindgen]
pub fn explain(inventory: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, options) = asked(filter, options, ExplainOptions::from_input)?;
        INVENTORIES.with(inventory, |loaded| loaded.estimator.explain(&filter, &options))?
    };
    to_js(answer())
}

/// What is different in a later inventory.
#[wasm_bindgen]
pub fn diff(before: u32, after: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, options) = asked(filter, options, DiffOptions::from_input)?;
        INVENTORIES
            .with_both(before, after, |before, after| before.estimator.diff(&after.estimator, &filter, &options))?
    };
    to_js(answer())
}

/// How many new digests a remaining quota covers.
#[wasm_bindgen]
pub fn margin(inventory: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, options) = asked(filter, options, MarginOptions::from_input)?;
        INVENTORIES.with(inventory, |loaded| loaded.estimator.margin(None, &filter, &options))?
    };
    to_js(answer())
}

/// The same, and until when it does if digests keep coming as they came since an earlier inventory.
#[wasm_bindgen(js_name = marginSince)]
pub fn margin_since(inventory: u32, earlier: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, options) = asked(filter, options, MarginOptions::from_input)?;
        INVENTORIES.with_both(inventory, earlier, |inventory, earlier| {
            inventory.estimator.margin(Some(&earlier.estimator), &filter, &options)
        })?
    };
    to_js(answer())
}
