//! Chance, from the platform's `crypto`: for request ids and for the seeds of dictionaries.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Crypto;

use super::Result;
use super::read::{Read, read};
use crate::error::{Error, ErrorKind};

/// Bytes drawn at once for ids: to ask for many takes no longer than to ask for a few.
const POOL: usize = 512;

thread_local! {
    static UNUSED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The bytes of an id, never given twice.
pub(super) fn id_bytes() -> Result<[u8; 16]> {
    UNUSED.with_borrow_mut(|unused| {
        if unused.len() < 16 {
            *unused = bytes::<POOL>()?.to_vec();
        }
        let rest = unused.len().saturating_sub(16);
        Ok(unused.drain(rest..).as_slice().first_chunk().copied().unwrap_or_default())
    })
}

/// Bytes that cannot be guessed.
pub(super) fn bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    let crypto = read(Read::Property, &js_sys::global(), &JsValue::from_str("crypto")).unwrap_or(JsValue::UNDEFINED);
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
