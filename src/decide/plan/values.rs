//! The values of a field as items to choose from: rows → the images that each value covers and the keys that it meets.

use std::borrow::Cow;

use super::super::lists::{at, change};
use super::instance::Keys;
use crate::error::Error;
use crate::estimate::Estimator;
use crate::field::Field;
use crate::inventory::row_set::RowSet;
use crate::inventory::{Inventory, NEVER};
use crate::memory::filled;

/// No item.
const NONE: u32 = u32::MAX;

/// The values of a field that cover an image and can be asked for. An item is a place in `codes`.
pub(super) struct ValueItems<'a> {
    inventory: &'a Inventory,
    pub(super) field: Field,
    /// The code of each item, ascending.
    pub(super) codes: Vec<u32>,
    row_codes: Cow<'a, [u32]>,
    /// The item of each code.
    item_of: Vec<u32>,
}

impl<'a> ValueItems<'a> {
    /// Finds the values that the covered rows hold.
    pub(super) fn find(estimator: &'a Estimator, field: Field, covered: &RowSet) -> Result<Self, Error> {
        let inventory = estimator.inventory();
        let row_codes = inventory.row_codes(field)?;
        let distinct = inventory.column(field).dictionary.len();
        let full = |_| Error::out_of_memory("planning");
        let mut item_of = filled(distinct as usize, NONE).map_err(full)?;
        for row in covered.rows() {
            change(&mut item_of, at(&row_codes, row), |item| *item = 0);
        }
        let mut codes = Vec::new();
        for (code, item) in (0..distinct).zip(&mut item_of) {
            if *item == NONE {
                continue;
            }
            *item = NONE;
            if estimator.is_askable(field, code)? {
                *item = codes.len() as u32;
                codes.try_reserve(1).map_err(|_| Error::out_of_memory("planning"))?;
                codes.push(code);
            }
        }
        Ok(Self { inventory, field, codes, row_codes, item_of })
    }

    /// The keys that each item meets, where those of the `costly` rows are paid.
    pub(super) fn keys(&self, covered: &RowSet, costly: &RowSet) -> Keys {
        let mut keys = Keys::of_items(self.codes.len());
        for row in covered.rows() {
            change(&mut keys.gains, self.item_at(row), |images| *images += 1);
        }
        let ends = &self.inventory.marks().group_ends;
        let (mut end, mut met_by) = (None, Vec::new());
        for row in costly.rows() {
            if end.is_none_or(|end| row > end) {
                keys.add(&mut met_by);
                met_by.clear();
                end = ends.next_from(row);
            }
            let item = self.item_at(row);
            // Rows of one key lie in the order of repositories: most neighbours hold the same value.
            if item != NONE && met_by.last() != Some(&item) {
                met_by.push(item);
            }
        }
        keys.add(&mut met_by);
        keys
    }

    /// When an image of each item was scanned last.
    pub(super) fn last_scans(&self, covered: &RowSet) -> Vec<i64> {
        let mut times = vec![NEVER; self.codes.len()];
        for row in covered.rows() {
            let scanned = self.inventory.marks().last_scan_times.get(row as usize).copied().unwrap_or(NEVER);
            change(&mut times, self.item_at(row), |time| *time = scanned.max(*time));
        }
        times
    }

    /// The item of a code, where it is one.
    pub(super) fn item(&self, code: u32) -> Option<u32> {
        self.item_of.get(code as usize).copied().filter(|item| *item != NONE)
    }

    /// The value of an item.
    pub(super) fn text(&self, item: u32) -> String {
        let mut text = String::new();
        self.inventory.value_text(self.field, at(&self.codes, item), &mut text);
        text
    }

    fn item_at(&self, row: u32) -> u32 {
        self.item_of.get(at(&self.row_codes, row) as usize).copied().unwrap_or(NONE)
    }
}
