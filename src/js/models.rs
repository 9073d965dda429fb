//! Charge models: exports that an estimate under the built-in one does not need.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::handles::INVENTORIES;
use super::{JsResult, Result, errors, plain, read, to_js};
use crate::estimate::model::{CycleOptions, ModelDocument};
use crate::estimate::{ChargeModel, EstimateOptions, Estimator};
use crate::filter::Filter;
use crate::memory::ensure_room;

/// Goes over to the charge model of a document; `options` say when the cycle began, or what time it is.
#[wasm_bindgen(js_name = setChargeModel)]
pub fn set_charge_model(inventory: u32, document: &JsValue, options: &JsValue) -> JsResult<()> {
    let asked =
        || Ok((ModelDocument::from_input(read::value(document))?, CycleOptions::from_input(read::value(options))?));
    let (document, options) = asked().map_err(errors::to_js)?;
    go_over(inventory, |estimator| estimator.set_model(document, &options))
}

/// Goes over to another `countBy`, another start of the cycle, or both, as the options of a load name them.
#[wasm_bindgen]
pub fn rekey(inventory: u32, charge_model: &JsValue, cycle_start: &JsValue) -> JsResult<()> {
    let model = ChargeModel::from_input(read::value(charge_model), read::value(cycle_start)).map_err(errors::to_js)?;
    go_over(inventory, |estimator| estimator.set_charge_model(model))
}

fn go_over(inventory: u32, go: impl FnOnce(&mut Estimator) -> Result<()>) -> JsResult<()> {
    let went = INVENTORIES.with(inventory, |loaded| {
        ensure_room("ordering the rows anew")?;
        go(&mut loaded.estimator)?;
        Ok(loaded.estimator.charge_model().count_by)
    });
    let count_by = plain(&went.and_then(|went| went).map_err(errors::to_js)?)?;
    INVENTORIES.with(inventory, |loaded| loaded.count_by = count_by).map_err(errors::to_js)
}

/// What a scan comes to under the charge model in force, and how long its cycle goes on at a time in milliseconds.
#[wasm_bindgen]
pub fn bill(inventory: u32, filter: &JsValue, options: &JsValue, now: Option<f64>) -> JsResult<JsValue> {
    let answer = || {
        let filter = Filter::from_input(read::value(filter))?;
        let options = EstimateOptions::from_input(read::value(options))?;
        let now = now.filter(|now| now.is_finite()).map(|now| now as i64);
        INVENTORIES.with(inventory, |loaded| loaded.estimator.bill(&filter, &options, now))?
    };
    to_js(answer())
}
