//! Numbers that stand for things in here. A number is never given twice, so that a stale one finds nothing.

use std::cell::{Cell, RefCell};
use std::thread::LocalKey;

use wasm_bindgen::JsValue;

use super::Result;
use crate::error::{Error, ErrorKind};
use crate::estimate::{ChargeModel, Estimator};
use crate::ingest::InventoryLoader;
use crate::load::LoadReport;

/// An inventory with the report of its load.
pub(super) struct Loaded {
    pub(super) estimator: Estimator,
    pub(super) report: LoadReport,
    /// The name of what is counted by, made once.
    pub(super) count_by: JsValue,
}

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(1) };
    static LOADED: RefCell<Vec<(u32, Loaded)>> = const { RefCell::new(Vec::new()) };
    static LOADING: RefCell<Vec<(u32, (InventoryLoader, ChargeModel))>> = const { RefCell::new(Vec::new()) };
}

/// Inventories that can be asked.
pub(super) const INVENTORIES: Handles<Loaded> = Handles { what: "inventory", things: &LOADED };

/// Loads under way.
pub(super) const LOADS: Handles<(InventoryLoader, ChargeModel)> = Handles { what: "load", things: &LOADING };

/// Things of one kind, by number. There are few at a time.
pub(super) struct Handles<T: 'static> {
    what: &'static str,
    things: &'static LocalKey<RefCell<Vec<(u32, T)>>>,
}

impl<T> Handles<T> {
    pub(super) fn insert(&self, thing: T) -> u32 {
        let number = NEXT.get();
        NEXT.set(number + 1);
        self.things.with_borrow_mut(|things| things.push((number, thing)));
        number
    }

    /// Lends a thing. Nothing of the caller's may run meanwhile.
    pub(super) fn with<R>(&self, number: u32, lend: impl FnOnce(&mut T) -> R) -> Result<R> {
        self.things
            .with_borrow_mut(|things| {
                things.iter_mut().find(|(known, _)| *known == number).map(|(_, thing)| lend(thing))
            })
            .ok_or_else(|| self.gone())
    }

    /// Lends two things, which may be one and the same.
    pub(super) fn with_both<R>(&self, one: u32, other: u32, lend: impl FnOnce(&T, &T) -> R) -> Result<R> {
        self.things
            .with_borrow(|things| {
                let find = |number: u32| things.iter().find(|(known, _)| *known == number).map(|(_, thing)| thing);
                Some(lend(find(one)?, find(other)?))
            })
            .ok_or_else(|| self.gone())
    }

    pub(super) fn take(&self, number: u32) -> Result<T> {
        self.things
            .with_borrow_mut(|things| {
                let place = things.iter().position(|(known, _)| *known == number)?;
                Some(things.swap_remove(place).1)
            })
            .ok_or_else(|| self.gone())
    }

    pub(super) fn remove(&self, number: u32) {
        drop(self.take(number));
    }

    fn gone(&self) -> Error {
        Error::new(ErrorKind::Disposed, format!("the {} was disposed of; load it again", self.what))
    }
}
