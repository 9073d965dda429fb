//! Snapshots go over piece by piece: neither side ever has a second copy of all of it.

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::exports::insert;
use super::handles::INVENTORIES;
use super::{JsResult, errors, random, read};
use crate::flat::{Sink, Source};
use crate::snapshot::{self, RestoreOptions};

/// How many bytes the snapshot of an inventory has.
#[wasm_bindgen(js_name = snapshotLength)]
pub fn snapshot_length(inventory: u32) -> JsResult<f64> {
    let length = INVENTORIES.with(inventory, |loaded| snapshot::length(&loaded.estimator, &loaded.report));
    Ok(length.and_then(|length| length).map_err(errors::to_js)? as f64)
}

/// Writes the snapshot of an inventory into an array of its length.
#[wasm_bindgen(js_name = saveSnapshot)]
pub fn save_snapshot(inventory: u32, into: &Uint8Array) -> JsResult<()> {
    let mut sink = Array { bytes: into, at: 0 };
    let saved = INVENTORIES.with(inventory, |loaded| snapshot::write(&loaded.estimator, &loaded.report, &mut sink));
    saved.and_then(|saved| saved).map_err(errors::to_js)
}

/// Restores an inventory from its snapshot, and returns its number.
#[wasm_bindgen(js_name = restoreSnapshot)]
pub fn restore_snapshot(bytes: &Uint8Array, options: &JsValue) -> JsResult<u32> {
    let restore = || {
        let options = RestoreOptions::from_input(read::value(options))?;
        let seed = u64::from_le_bytes(random::bytes()?);
        snapshot::read(&mut Array { bytes, at: 0 }, &options, seed)
    };
    insert(restore().map_err(errors::to_js)?)
}

/// Whether the charge model of an inventory is that of a document.
#[wasm_bindgen(js_name = hasModel)]
pub fn has_model(inventory: u32) -> JsResult<bool> {
    INVENTORIES.with(inventory, |loaded| loaded.estimator.document().is_some()).map_err(errors::to_js)
}

/// An array of JavaScript's, from one place on.
struct Array<'a> {
    bytes: &'a Uint8Array,
    at: u32,
}

impl Array<'_> {
    /// The next so many bytes.
    fn next(&mut self, length: usize) -> Uint8Array {
        let start = self.at;
        self.at += length as u32;
        self.bytes.subarray(start, self.at)
    }
}

impl Source for Array<'_> {
    fn len(&self) -> u64 {
        self.bytes.length().into()
    }

    fn read(&mut self, into: &mut [u8]) {
        self.next(into.len()).copy_to(into);
    }
}

impl Sink for Array<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.next(bytes.len()).copy_from(bytes);
    }
}
