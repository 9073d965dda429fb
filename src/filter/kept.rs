//! What is kept of one field from filter to filter: its values, their codes, and the rows of these.

use std::sync::Arc;

use super::values::Values;
use crate::error::Error;
use crate::field::Field;
use crate::inventory::row_set::{RowSet, Union, blocks_of};
use crate::inventory::{ABSENT, Inventory};
use crate::memory::copy_of;
use crate::order::sort_by;

/// The values that were asked for last in a field, and what was found for them.
#[derive(Default)]
pub(super) struct Kept {
    values: Arc<Values>,
    /// The codes of the values that an image holds.
    codes: Vec<u32>,
    /// Values that no image holds, by their place among the values, each once.
    unmatched: Vec<usize>,
    /// How much it takes to find the rows of the codes, as far as that was asked for.
    pieces: Option<usize>,
    /// How many of the codes are placed: they stand in `with_bitmap`, or their rows in `rows`.
    placed: usize,
    /// Where nothing is placed, it may hold rows of values that were asked for before.
    rows: Option<RowSet>,
    with_bitmap: Vec<u32>,
}

impl Kept {
    /// Goes over to `values`; says whether they are the same as before. Every code has a row.
    pub(super) fn take(&mut self, values: &Arc<Values>, field: Field, inventory: &Inventory) -> Result<bool, Error> {
        if self.values == *values {
            return Ok(true);
        }
        if !values.start_with(&self.values) {
            *self = Self { rows: self.rows.take(), ..Self::default() };
        }
        let known = self.values.len();
        let (text, places) = values.parts();
        let mut codes = inventory.codes(field, text, places.get(known..).unwrap_or_default())?;
        let full = |_| Error::out_of_memory("looking values up");
        let mut unmatched = copy_of(&self.unmatched).map_err(full)?;
        unmatched.try_reserve(codes.len()).map_err(full)?;
        self.codes.try_reserve(codes.len()).map_err(full)?;
        unmatched.extend((known..).zip(&codes).filter(|(_, code)| **code == ABSENT).map(|(place, _)| place));
        keep_first_of_each(values, &mut unmatched);
        // All at once, so that values never stand beside codes of others.
        self.pieces = None;
        codes.retain(|code| *code != ABSENT);
        self.codes.append(&mut codes);
        self.unmatched = unmatched;
        self.values = Arc::clone(values);
        Ok(false)
    }

    /// Whether no row holds one of the values.
    pub(super) fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// How much it takes to find the rows of the values, and about how many there are.
    pub(super) fn pieces(&mut self, field: Field, inventory: &Inventory) -> usize {
        let postings = &inventory.column(field).postings;
        let pieces_of = |code: &u32| match postings.pieces(*code) {
            // To take a bitmap in is as much.
            0 => blocks_of(inventory.images()),
            pieces => pieces,
        };
        *self.pieces.get_or_insert_with(|| self.codes.iter().map(pieces_of).sum())
    }

    /// Whether the rows of all values are found.
    pub(super) fn is_placed(&self) -> bool {
        self.placed > 0 && self.placed == self.codes.len()
    }

    /// Finds the rows of the values, as far as they are not known.
    pub(super) fn place(&mut self, field: Field, inventory: &Inventory) -> Result<(), Error> {
        // Nothing counts as placed until everything is.
        let placed = std::mem::take(&mut self.placed);
        let mut rows = match self.rows.take() {
            Some(rows) => rows,
            None => RowSet::empty(inventory.images())?,
        };
        if placed == 0 {
            rows.clear();
            self.with_bitmap.clear();
        }
        let codes = self.codes.get(placed..).unwrap_or_default();
        inventory.column(field).postings.add_all(codes, &mut rows, |code| self.with_bitmap.push(code));
        self.rows = Some(rows);
        self.placed = self.codes.len();
        Ok(())
    }

    /// Finds the rows of the values, and puts them into one set.
    pub(super) fn place_as_one(&mut self, field: Field, inventory: &Inventory) -> Result<(), Error> {
        if !self.is_placed() {
            self.place(field, inventory)?;
        }
        if let Some(rows) = &mut self.rows {
            for code in self.with_bitmap.drain(..) {
                inventory.column(field).postings.add_rows(code, rows);
            }
        }
        Ok(())
    }

    /// The rows of the values, once they were found and put into one set.
    pub(super) fn rows(&self) -> Option<&RowSet> {
        self.rows.as_ref()
    }

    /// The rows of the values, once they were found.
    pub(super) fn union<'a>(&'a self, field: Field, inventory: &'a Inventory) -> Union<'a> {
        let mut union = Union::default();
        if self.with_bitmap.len() < self.codes.len()
            && let Some(rows) = &self.rows
        {
            union.add(rows);
        }
        let postings = &inventory.column(field).postings;
        for bitmap in self.with_bitmap.iter().filter_map(|code| postings.bitmap(*code)) {
            union.add(bitmap);
        }
        union
    }

    /// Values that no image holds, each once, in their order.
    pub(super) fn unmatched(&self) -> impl Iterator<Item = &str> {
        self.unmatched.iter().filter_map(|place| self.values.get(*place))
    }
}

/// By sorting, not by hashing: what a user may choose cannot make a sort slow.
fn keep_first_of_each(values: &Values, places: &mut Vec<usize>) {
    if places.len() < 2 {
        return;
    }
    let text = |nth: u32| places.get(nth as usize).and_then(|place| values.get(*place));
    let mut order: Vec<u32> = (0..places.len() as u32).collect();
    sort_by(&mut order, &|one, other| text(one).cmp(&text(other)).then(one.cmp(&other)));
    let mut is_first = vec![true; places.len()];
    for pair in order.windows(2) {
        if let [before, after] = pair
            && text(*before) == text(*after)
            && let Some(is_first) = is_first.get_mut(*after as usize)
        {
            *is_first = false;
        }
    }
    let mut is_first = is_first.into_iter();
    places.retain(|_| is_first.next().unwrap_or(true));
}
