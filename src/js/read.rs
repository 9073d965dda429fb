//! JavaScript values → [`Input`]. Describes what is there and decides nothing.
//!
//! A value may be hostile: its properties may be getters that throw, it may be a proxy, claim a length of
//! billions, or inherit what it does not have. Only imports that catch ever touch it, only own properties
//! of plain objects and items of arrays are read, and each is read once.
//!
//! An import that returns a value and is declared to catch takes a slot for it in the table of values also where it
//! threw, and nothing ever gives that slot back. So what may throw and returns a value is caught in JavaScript.

use std::cell::Cell;

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::input::Input;
use crate::limits::{MAX_FILTER_VALUES, MAX_INPUT_DEPTH, MAX_OBJECT_KEYS, MAX_TEXT_UNITS};

#[wasm_bindgen(inline_js = "
const reads = [Reflect.get, Reflect.ownKeys, Reflect.getPrototypeOf, Reflect.getOwnPropertyDescriptor];
let found;
let thrown;
export function attempt(read, object, key) {
    try {
        found = reads[read](object, key);
        return true;
    } catch (error) {
        thrown = error;
        return false;
    }
}
export function taken(isFound) {
    const value = isFound ? found : thrown;
    found = thrown = undefined;
    return value;
}
")]
extern "C" {
    /// Reads something of an object, and says whether that succeeded.
    fn attempt(read: u32, object: &JsValue, key: &JsValue) -> bool;

    /// What the last attempt found, or what was thrown at it.
    fn taken(is_found: bool) -> JsValue;
}

/// What may be read of an object, in the order in which the JavaScript above has it.
#[derive(Clone, Copy)]
pub(super) enum Read {
    Property,
    OwnKeys,
    Prototype,
    OwnProperty,
}

/// Reads something of an object, whatever it does.
pub(super) fn read(read: Read, object: &JsValue, key: &JsValue) -> Result<JsValue, JsValue> {
    // Nothing of the caller's runs between the two.
    if attempt(read as u32, object, key) { Ok(taken(true)) } else { Err(taken(false)) }
}

#[wasm_bindgen]
extern "C" {
    /// The platform's own throws on a revoked proxy.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    /// A text, asked at once whether it is well formed: `JsString::is_valid_utf16` crosses the border for each unit.
    type Text;

    /// Older platforms lack it.
    #[wasm_bindgen(catch, method, js_name = isWellFormed)]
    fn is_well_formed(this: &Text) -> Result<bool, JsValue>;
}

/// Describes a value. Where a whole filter or options object must stand, `null` is not the same as nothing
/// given: it comes from a mistake more often than from the wish to cover every image.
pub(super) fn value(value: &JsValue) -> Input {
    if value.is_null() {
        return Input::Other("null");
    }
    within(value, MAX_INPUT_DEPTH, u32::MAX)
}

thread_local! {
    /// How many values may still be read. Not an argument from call to call, which would be a tenth of a kilobyte more to
    /// download for every estimate.
    static LEFT: Cell<u32> = const { Cell::new(u32::MAX) };
}

/// The same of a value that may be deeper, of which no more than so many values are read: what holds itself over and over
/// ends there.
pub(super) fn within(value: &JsValue, depth: usize, most: u32) -> Input {
    LEFT.set(most);
    describe(value, depth).unwrap_or_else(|thrown| Input::Unreadable(message_of(&thrown)))
}

fn describe(value: &JsValue, depth: usize) -> Result<Input, JsValue> {
    let left = LEFT.get();
    LEFT.set(left.saturating_sub(1));
    Ok(if value.is_undefined() || value.is_null() {
        Input::Absent
    } else if value.is_string() {
        text(value.unchecked_ref())
    } else if let Some(number) = value.as_f64() {
        Input::Number(number)
    } else if let Some(truth) = value.as_bool() {
        Input::Bool(truth)
    } else if value.is_function() {
        Input::Other("a function")
    } else if !value.is_object() {
        Input::Other("a symbol or a big integer")
    } else if depth == 0 || left == 0 {
        Input::Other("an object within too many others")
    } else if is_array(value)? {
        list(value, depth - 1)?
    } else if is_plain(value)? {
        object(value, depth - 1)?
    } else {
        Input::Other("an object of a class, such as a Map or a Date")
    })
}

fn text(text: &JsString) -> Input {
    if text.length() > MAX_TEXT_UNITS {
        Input::LongText
    } else if text.unchecked_ref::<Text>().is_well_formed().unwrap_or_else(|_| text.is_valid_utf16()) {
        Input::Text(String::from(text))
    } else {
        Input::BrokenText
    }
}

fn list(value: &JsValue, depth: usize) -> Result<Input, JsValue> {
    // A proxy of an array can claim any length, even none that is a number.
    let length = read(Read::Property, value, &JsValue::from_str("length"))?.as_f64().unwrap_or(f64::INFINITY);
    if !(0.0..=MAX_FILTER_VALUES as f64).contains(&length) {
        return Ok(Input::LongList);
    }
    let mut items = Vec::new();
    for index in 0..length as u32 {
        items.push(describe_property(read(Read::Property, value, &index.into()), depth));
    }
    Ok(Input::List(items))
}

fn object(value: &JsValue, depth: usize) -> Result<Input, JsValue> {
    let keys: Array = read(Read::OwnKeys, value, &JsValue::UNDEFINED)?.unchecked_into();
    if keys.length() > MAX_OBJECT_KEYS {
        return Ok(Input::Other("an object of more than 64 keys"));
    }
    let mut entries = Vec::new();
    for key in keys.iter() {
        let name = match key.dyn_ref::<JsString>().map(text) {
            Some(Input::Text(name)) => name,
            Some(_) => return Ok(Input::Other("an object with a key that is no valid text")),
            None => return Ok(Input::Other("an object with a symbol as a key")),
        };
        entries.push((name, describe_property(read(Read::Property, value, &key), depth)));
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
    let prototype_of = |object| read(Read::Prototype, object, &JsValue::UNDEFINED);
    let prototype = prototype_of(value)?;
    if prototype.is_null() {
        return Ok(true);
    }
    let is_root = prototype_of(&prototype)?.is_null();
    // A root that is `Object.prototype` has this method of its own; `Object.create(null)` as a prototype has not.
    let key = JsValue::from_str("isPrototypeOf");
    Ok(is_root && !read(Read::OwnProperty, &prototype, &key)?.is_undefined())
}

/// What a thrown value says, without running anything of it that can throw out of here.
fn message_of(thrown: &JsValue) -> String {
    let message = if thrown.is_object() {
        read(Read::Property, thrown, &JsValue::from_str("message")).unwrap_or(JsValue::UNDEFINED)
    } else {
        thrown.clone()
    };
    match message.dyn_ref::<JsString>().map(text) {
        Some(Input::Text(message)) => message,
        _ => "something without a message".to_owned(),
    }
}
