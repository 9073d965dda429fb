//! Authorization for the package: an export of the module's third part.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{JsResult, read, to_js};
use crate::limits::{MAX_POLICY_DEPTH, MAX_POLICY_VALUES};
use crate::policy::{AccessRequest, Policies};

/// Whether policies allow a request, and by which statement.
#[wasm_bindgen]
pub fn authorize(policies: &JsValue, request: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let policies = read::within(policies, MAX_POLICY_DEPTH, MAX_POLICY_VALUES);
        let request = read::value(request);
        Policies::from_input(policies)?.authorize(&AccessRequest::from_input(request)?)
    };
    to_js(answer())
}
