//! Answers handed out part by part, for `npm/answers.js` to make the objects of: one crossing instead of one for
//! each property.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::written::END;
use crate::estimate::{Estimate, PrecheckReply, Unmatched, Warning};
use crate::field::Field;

#[wasm_bindgen]
extern "C" {
    /// What makes the objects.
    pub type Answers;

    #[wasm_bindgen(method, js_name = estimate)]
    fn make_estimate(
        this: &Answers,
        images: u32,
        quota: u32,
        duplicates: u32,
        charged: u32,
        unknown_digest: u32,
        not_scannable: u32,
        unmatched_count: u32,
        remaining: Option<f64>,
        shortfall: Option<f64>,
        purchase: Option<f64>,
        purchase_step: u32,
        count_by: &JsValue,
        cycle_start: Option<f64>,
        complete: bool,
        details: Option<String>,
    ) -> JsValue;

    #[wasm_bindgen(method, js_name = precheck)]
    fn make_precheck(this: &Answers, request_id: &str, quota: u32, images: u32) -> JsValue;
}

/// `count_by` is the name of what the charge model counts. The estimate is of a filter written as one text.
pub(super) fn estimate(estimate: &Estimate, count_by: &JsValue, answers: &Answers) -> JsValue {
    let number = |number: Option<u64>| number.map(|number| number as f64);
    answers.make_estimate(
        estimate.images,
        estimate.quota,
        estimate.free.duplicates,
        estimate.free.charged,
        estimate.unknown_digest,
        estimate.not_scannable,
        estimate.unmatched_count,
        number(estimate.remaining),
        number(estimate.shortfall),
        number(estimate.purchase),
        estimate.purchase_step,
        count_by,
        estimate.charge_model.cycle_start.map(|time| time as f64),
        estimate.complete,
        details(&estimate.unmatched, &estimate.warnings),
    )
}

/// The parts that most estimates do not have: how many unmatched values follow, field and value of each, then code,
/// message and field of each warning. Between them stands [`END`], which neither a filter written as one text contains
/// nor any message.
fn details(unmatched: &[Unmatched], warnings: &[Warning]) -> Option<String> {
    if unmatched.is_empty() && warnings.is_empty() {
        return None;
    }
    let mut text = unmatched.len().to_string();
    let mut put = |part: &str| {
        text.push(END);
        text.push_str(part);
    };
    for Unmatched { field, value } in unmatched {
        put(field.js_name());
        put(value);
    }
    for Warning { code, message, field } in warnings {
        put(code.code());
        put(message);
        put(field.map_or("", Field::js_name));
    }
    Some(text)
}

pub(super) fn precheck(reply: &PrecheckReply, answers: &Answers) -> JsValue {
    answers.make_precheck(&reply.request_id, reply.data.scan_image_count, reply.data.need_auth_count)
}
