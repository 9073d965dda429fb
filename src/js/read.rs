//! JavaScript values → [`Input`]. Describes what is there and decides nothing.
//!
//! A value may be hostile: its properties may be getters that throw, it may be a proxy, claim a length of
//! billions, or inherit what it does not have. Only imports that catch ever touch it, only own properties
//! of plain objects and items of arrays are read, and each is read once.

use wasm_bindgen::{JsCast, JsValue};

use super::platform::{Text, encode, get, get_item, is_array, own_keys, own_property, prototype_of};
use crate::input::Input;
use crate::limits::{MAX_FILTER_VALUES, MAX_INPUT_DEPTH, MAX_OBJECT_KEYS, MAX_TEXT_UNITS};

/// Describes a value. Where a whole filter or options object must stand, `null` is not the same as nothing
/// given: it comes from a mistake more often than from the wish to cover every image.
pub(super) fn value(value: &JsValue) -> Input {
    if value.is_null() {
        return Input::Other("null");
    }
    describe(value, MAX_INPUT_DEPTH).unwrap_or_else(|thrown| Input::Unreadable(message_of(&thrown)))
}

fn describe(value: &JsValue, depth: usize) -> Result<Input, JsValue> {
    Ok(if value.is_undefined() || value.is_null() {
        Input::Absent
    } else if value.is_string() {
        text(value)
    } else if let Some(number) = value.as_f64() {
        Input::Number(number)
    } else if let Some(truth) = value.as_bool() {
        Input::Bool(truth)
    } else if value.is_function() {
        Input::Other("a function")
    } else if !value.is_object() {
        Input::Other("a symbol or a big integer")
    } else if depth == 0 {
        Input::Other("an object within too many others")
    } else if is_array(value)? {
        list(value, depth - 1)?
    } else if is_plain(value)? {
        object(value, depth - 1)?
    } else {
        Input::Other("an object of a class, such as a Map or a Date")
    })
}

/// Describes a string.
fn text(string: &JsValue) -> Input {
    let text: &Text = string.unchecked_ref();
    if text.units() > MAX_TEXT_UNITS {
        Input::LongText
    } else if text.is_well_formed().unwrap_or_else(|_| encode(string).is_ok()) {
        Input::Text(string.as_string().unwrap_or_default())
    } else {
        Input::BrokenText
    }
}

/// A proxy of an array can claim any length, even none that is a number.
fn length(list: &JsValue) -> Result<f64, JsValue> {
    Ok(get(list, &JsValue::from_str("length"))?.as_f64().unwrap_or(f64::INFINITY))
}

fn list(value: &JsValue, depth: usize) -> Result<Input, JsValue> {
    let length = length(value)?;
    if !(0.0..=MAX_FILTER_VALUES as f64).contains(&length) {
        return Ok(Input::LongList);
    }
    let mut items = Vec::new();
    for index in 0..length as u32 {
        items.push(describe_property(get_item(value, index), depth));
    }
    Ok(Input::List(items))
}

fn object(value: &JsValue, depth: usize) -> Result<Input, JsValue> {
    let keys = own_keys(value)?;
    let length = length(&keys)?;
    if length > f64::from(MAX_OBJECT_KEYS) {
        return Ok(Input::Other("an object of more than 64 keys"));
    }
    let mut entries = Vec::new();
    for index in 0..length as u32 {
        let key = get_item(&keys, index)?;
        let name = match key.is_string().then(|| text(&key)) {
            Some(Input::Text(name)) => name,
            Some(_) => return Ok(Input::Other("an object with a key that is no valid text")),
            None => return Ok(Input::Other("an object with a symbol as a key")),
        };
        entries.push((name, describe_property(get(value, &key), depth)));
    }
    Ok(Input::Object(entries))
}

/// One property: that it cannot be read is told of it alone.
fn describe_property(property: Result<JsValue, JsValue>, depth: usize) -> Input {
    property
        .and_then(|property| describe(&property, depth))
        .unwrap_or_else(|thrown| Input::Unreadable(message_of(&thrown)))
}

/// Whether an object is a plain one, of this realm or another: its prototype is none, or the root of one.
fn is_plain(value: &JsValue) -> Result<bool, JsValue> {
    let prototype = prototype_of(value)?;
    if prototype.is_null() {
        return Ok(true);
    }
    let is_root = prototype_of(&prototype)?.is_null();
    // A root that is `Object.prototype` has this method of its own; `Object.create(null)` as a prototype has not.
    Ok(is_root && !own_property(&prototype, "isPrototypeOf")?.is_undefined())
}

/// What a thrown value says, without running anything of it that can throw out of here.
fn message_of(thrown: &JsValue) -> String {
    let message = if thrown.is_object() {
        get(thrown, &JsValue::from_str("message")).unwrap_or(JsValue::UNDEFINED)
    } else {
        thrown.clone()
    };
    match message.is_string().then(|| text(&message)) {
        Some(Input::Text(message)) => message,
        _ => "something without a message".to_owned(),
    }
}
