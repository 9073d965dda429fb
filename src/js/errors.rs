//! Our errors → JavaScript `Error` objects with `name`, `code`, `message`, and `field` and `position` where there are any.

use wasm_bindgen::JsValue;

use super::plain;
use super::platform::{Thrown, set as set_property};
use crate::error::Error;

/// The `Error` to throw.
pub(super) fn to_js(error: Error) -> JsValue {
    let thrown = JsValue::from(Thrown::new(&error.to_string()));
    let set = |key: &str, value: JsValue| {
        // The object is ours and new: nothing can refuse the property.
        let _set = set_property(&thrown, key, &value);
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
