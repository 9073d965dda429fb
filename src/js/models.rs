//! Charge models: exports that an estimate under the built-in one does not need.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::handles::INVENTORIES;
use super::{JsResult, asked, errors, plain, read, to_js};
use crate::estimate::model::{BillOptions, CycleOptions, Model};
use crate::memory::ensure_room;

/// Goes over to another charge model and returns whether it is that of a document; `options` say when the cycle began, or
/// what time it is.
#[wasm_bindgen(js_name = setChargeModel)]
pub fn set_charge_model(inventory: u32, model: &JsValue, options: &JsValue) -> JsResult<bool> {
    let asked = || Ok((Model::from_input(read::value(model))?, CycleOptions::from_input(read::value(options))?));
    let (model, options) = asked().map_err(errors::to_js)?;
    let is_document = matches!(model, Model::Document(_));
    let went = INVENTORIES.with(inventory, |loaded| {
        ensure_room("ordering the rows anew")?;
        loaded.estimator.go_over(model, &options)?;
        Ok(loaded.estimator.charge_model().count_by)
    });
    let count_by = plain(&went.and_then(|went| went).map_err(errors::to_js)?)?;
    INVENTORIES.with(inventory, |loaded| loaded.count_by = count_by).map_err(errors::to_js)?;
    Ok(is_document)
}

/// What a scan comes to under the charge model in force, in exact units.
#[wasm_bindgen]
pub fn bill(inventory: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, options) = asked(filter, options, BillOptions::from_input)?;
        INVENTORIES.with(inventory, |loaded| loaded.estimator.bill(&filter, &options.estimate, options.now))?
    };
    to_js(answer())
}
