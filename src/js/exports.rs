//! The functions that the package calls. Inventories and loads are numbers out there, never pointers.

use std::cell::{Cell, RefCell};

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::answers::{self, Answers};
use super::handles::{INVENTORIES, LOADS, Loaded};
use super::{JsResult, Result, asked, errors, plain, random, read, to_js, written};
use crate::error::{Error, ErrorKind};
use crate::estimate::{Estimate, EstimateOptions, Estimator, FacetOptions, PrecheckReply, SuggestOptions, request_id};
use crate::filter::Filter;
use crate::ingest::{InventoryLoader, load_options_from_input};
use crate::input::Input;
use crate::load::{LoadReport, Readers, registries};
use crate::memory::ensure_room;

thread_local! {
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };

    /// What reads other registries' lists, once that is there.
    static READERS: Cell<Option<Readers>> = const { Cell::new(None) };

    /// Room for a piece of a source, kept so that not each one takes some.
    static PIECE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Keeps what a panic says, for the error that the package throws.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| LAST_PANIC.with_borrow_mut(|last| *last = panic.to_string())));
}

/// What the last panic said; empty where there was none.
#[wasm_bindgen(js_name = lastPanic)]
pub fn last_panic() -> String {
    LAST_PANIC.with_borrow(String::clone)
}

/// Brings in what reads other registries' lists. Loads that wait for it go on with their next call.
#[wasm_bindgen(js_name = installRegistries)]
pub fn install_registries() {
    READERS.set(Some(registries::readers()));
}

/// Begins a load and returns its number. `bytes` says how many bytes all sources have, where that is known.
#[wasm_bindgen(js_name = startLoad)]
pub fn start_load(options: &JsValue, bytes: Option<f64>) -> JsResult<u32> {
    let start = || {
        let (options, charge_model) = load_options_from_input(read::value(options))?;
        ensure_room("beginning to read")?;
        let seed = u64::from_le_bytes(random::bytes()?);
        let loader = InventoryLoader::with_readers(options, seed, READERS.get());
        let loader = match bytes {
            Some(bytes) => loader.with_bytes_in_all(bytes as u64),
            None => loader,
        };
        Ok(LOADS.insert((loader, charge_model)))
    };
    start().map_err(errors::to_js)
}

/// Reads the next piece of the current source, and returns how many rows were read so far.
#[wasm_bindgen(js_name = pushBytes)]
pub fn push_bytes(load: u32, bytes: &Uint8Array) -> JsResult<u32> {
    step(load, |loader| PIECE.with_borrow_mut(|room| loader.push(copy(bytes, room)?)))
}

/// Copies bytes into memory of ours. As a `&[u8]` they would come by an allocation that traps where it fails.
fn copy<'a>(bytes: &Uint8Array, room: &'a mut Vec<u8>) -> Result<&'a [u8]> {
    let length = bytes.length() as usize;
    if length > room.len() {
        room.try_reserve_exact(length - room.len()).map_err(|_| Error::out_of_memory("reading a piece"))?;
        room.resize(length, 0);
    }
    let piece = room.get_mut(..length).unwrap_or_default();
    bytes.copy_to(piece);
    Ok(piece)
}

/// Ends the current source, and returns how many rows were read so far.
#[wasm_bindgen(js_name = endSource)]
pub fn end_source(load: u32) -> JsResult<u32> {
    step(load, InventoryLoader::end_source)
}

/// A load that met an error is of no use any more, and gone, but for one that waits for readers.
fn step(load: u32, step: impl FnOnce(&mut InventoryLoader) -> Result<()>) -> JsResult<u32> {
    let stepped = LOADS
        .with(load, |(loader, _)| {
            if let Some(readers) = READERS.get() {
                loader.install(readers);
            }
            step(loader).map(|()| loader.rows())
        })
        .and_then(|rows| rows);
    stepped.map_err(|error| {
        if error.kind() != ErrorKind::ReadersMissing {
            LOADS.remove(load);
        }
        errors::to_js(error)
    })
}

/// Ends a load and returns the number of its inventory.
#[wasm_bindgen(js_name = finishLoad)]
pub fn finish_load(load: u32) -> JsResult<u32> {
    let finish = || {
        let (loader, charge_model) = LOADS.take(load)?;
        loader.finish(charge_model)
    };
    insert(finish().map_err(errors::to_js)?)
}

/// Keeps an inventory, and returns its number.
pub(super) fn insert((estimator, report): (Estimator, LoadReport)) -> JsResult<u32> {
    let count_by = plain(&estimator.charge_model().count_by)?;
    Ok(INVENTORIES.insert(Loaded { estimator, report, count_by }))
}

/// Gives up a load.
#[wasm_bindgen(js_name = cancelLoad)]
pub fn cancel_load(load: u32) {
    LOADS.remove(load);
}

/// What a load read, and what it left out.
#[wasm_bindgen]
pub fn report(inventory: u32) -> JsResult<JsValue> {
    to_js(INVENTORIES.with(inventory, |loaded| loaded.report.clone()))
}

/// Gives an inventory's memory back.
#[wasm_bindgen(js_name = freeInventory)]
pub fn free_inventory(inventory: u32) {
    INVENTORIES.remove(inventory);
}

/// The operation's own reply.
#[wasm_bindgen]
pub fn precheck(inventory: u32, filter: &JsValue) -> JsResult<JsValue> {
    to_js(reply(inventory, read::value(filter)))
}

/// The same for a filter that is written as one text.
#[wasm_bindgen(js_name = precheckText)]
pub fn precheck_text(inventory: u32, filter: &[u8], answers: &Answers) -> JsResult<JsValue> {
    let reply = reply(inventory, written::filter(filter)).map_err(errors::to_js)?;
    Ok(answers::precheck(&reply, answers))
}

fn reply(inventory: u32, filter: Input) -> Result<PrecheckReply> {
    let filter = Filter::from_input(filter)?;
    let id = request_id(random::id_bytes()?);
    INVENTORIES.with(inventory, |loaded| loaded.estimator.precheck(&filter, id))?
}

/// What a scan covers and consumes, part by part.
#[wasm_bindgen]
pub fn estimate(inventory: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    to_js(estimated(inventory, read::value(filter), options).map(|(estimate, _)| estimate))
}

/// The same for a filter that is written as one text.
#[wasm_bindgen(js_name = estimateText)]
pub fn estimate_text(inventory: u32, filter: &[u8], options: &JsValue, answers: &Answers) -> JsResult<JsValue> {
    let (estimate, count_by) = estimated(inventory, written::filter(filter), options).map_err(errors::to_js)?;
    Ok(answers::estimate(&estimate, &count_by, answers))
}

/// An estimate, and the name of what is counted by.
fn estimated(inventory: u32, filter: Input, options: &JsValue) -> Result<(Estimate, JsValue)> {
    let filter = Filter::from_input(filter)?;
    let options = EstimateOptions::from_input(read::value(options))?;
    INVENTORIES
        .with(inventory, |loaded| Ok((loaded.estimator.estimate(&filter, &options)?, loaded.count_by.clone())))?
}

/// Values for a field of the filter, with what each would add.
#[wasm_bindgen]
pub fn suggest(inventory: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, options) = asked(filter, options, SuggestOptions::from_input)?;
        INVENTORIES.with(inventory, |loaded| loaded.estimator.suggest(&filter, &options))?
    };
    to_js(answer())
}

/// The values of a field with images and quota of each.
#[wasm_bindgen]
pub fn facets(inventory: u32, filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, options) = asked(filter, options, FacetOptions::from_input)?;
        INVENTORIES.with(inventory, |loaded| loaded.estimator.facets(&filter, &options))?
    };
    to_js(answer())
}
