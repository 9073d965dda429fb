//! The boundary: plain JavaScript values in, plain JavaScript values out. It decides nothing.
//!
//! Every function is total: it answers, or throws an `Error` with a stable `code`. What a caller gives is
//! read whole before anything of ours is borrowed, because reading it can run the caller's own code.

mod answers;
mod errors;
mod exports;
mod handles;
mod platform;
mod random;
mod read;
mod written;

pub use answers::Answers;
pub use exports::{
    cancel_load, end_source, estimate, estimate_text, facets, finish_load, free_inventory, last_panic, precheck,
    precheck_text, push_bytes, report, start_load, suggest,
};
pub use platform::Bytes;

use std::io;

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::bytes::append;
use crate::error::Error;

/// A result on our side of the border.
type Result<T> = std::result::Result<T, Error>;

/// A result as JavaScript sees it: the error is the `Error` that is thrown.
type JsResult<T> = std::result::Result<T, JsValue>;

/// Turns an answer, or the error in its place, into JavaScript.
fn to_js<T: Serialize>(answer: Result<T>) -> JsResult<JsValue> {
    plain(&answer.map_err(errors::to_js)?)
}

/// A value as plain objects: as JSON, which a platform makes objects of faster than we could, one property at a time.
fn plain<T: Serialize>(value: &T) -> JsResult<JsValue> {
    let mut text = Text::default();
    let written = serde_json::to_writer(&mut text, value).is_ok() && !text.is_cut;
    match str::from_utf8(&text.bytes) {
        Ok(json) if written => platform::parse_json(json),
        // All that is written are texts and numbers: only memory can be missing.
        _ => Err(errors::to_js(Error::out_of_memory("handing an answer out"))),
    }
}

/// A text that is added to by a call: what that takes would stand in hundreds of places.
#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    /// Whether there was no memory for a part of it.
    is_cut: bool,
}

impl Text {
    #[inline(never)]
    fn put(&mut self, part: &[u8]) {
        self.is_cut |= append(part, &mut self.bytes).is_err();
    }
}

impl io::Write for Text {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.put(part);
        Ok(part.len())
    }

    fn write_all(&mut self, part: &[u8]) -> io::Result<()> {
        self.put(part);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
