//! Our errors → JavaScript `Error` objects with `name`, `code`, `message`, and `field` and `position` where there are any.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::plain;
use crate::error::Error;

/// The `Error` to throw.
pub(super) fn to_js(error: Error) -> JsValue {
    let thrown = JsValue::from(js_sys::Error::new(&error.to_string()));
    let set = |key: &str, value: JsValue| {
        // The object is ours and new: nothing can refuse the property.
        let _set = Reflect::set(&thrown, &JsValue::from_str(key), &value);
    };
    set("name", JsValue::from_str("ScanPrecheckError"));
    set("code", JsValue::from_str(error.kind().code()));
    if let Some(field) = error.field() {
        set("field", JsValue::from_str(field));
    }
    if let Some(position) = error.position() {
        set("position", plain(&position).unwrap_or(JsValue::NULL));
    }
    thrown
}
