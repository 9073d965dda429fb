//! Our errors → JavaScript `Error` objects with `name`, `code`, `message`, and `field` and `position` where there are any.

use js_sys::Reflect;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::error::Error;

/// The `Error` to throw.
pub(super) fn to_js(error: Error) -> JsValue {
    let thrown = JsValue::from(match error.position() {
        Some(_) => js_sys::Error::new(&error.to_string()),
        // Without a text of its own: there may be no memory left for one.
        None => js_sys::Error::new(error.message()),
    });
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
        set("position", position.serialize(&Serializer::new()).unwrap_or(JsValue::NULL));
    }
    thrown
}
