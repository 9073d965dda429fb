//! Chance, from the platform's `crypto`: for request ids and for the seeds of dictionaries.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Crypto;

use super::Result;
use crate::error::{Error, ErrorKind};

/// Bytes that cannot be guessed.
pub(super) fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    let crypto = Reflect::get(&js_sys::global(), &JsValue::from_str("crypto")).unwrap_or(JsValue::UNDEFINED);
    let filled =
        crypto.is_object() && crypto.unchecked_into::<Crypto>().get_random_values_with_u8_array(&mut bytes).is_ok();
    if filled {
        return Ok(bytes);
    }
    Err(Error::new(
        ErrorKind::Unsupported,
        "there is no `crypto.getRandomValues` here; use a browser, or Node 20 or later",
    ))
}
