//! Bitmaps of values whose rows lie in many pieces: to take a bitmap in is quicker than to put each piece together.
//!
//! Some are kept by the inventory itself. The others are made when they are first asked for, the first so many.

use crate::field::Field;
use crate::inventory::Inventory;
use crate::inventory::row_set::{RowSet, blocks_of};
use crate::limits::MAX_VALUE_BITMAPS;

/// For so many pieces a bitmap takes as long as to put them together: three for each block of the bitmap.
pub(super) fn enough_pieces(inventory: &Inventory) -> usize {
    3 * blocks_of(inventory.images())
}

/// Bitmaps by field and code.
#[derive(Default)]
pub(super) struct Bitmaps(Vec<(Field, u32, RowSet)>);

impl Bitmaps {
    /// Sees to it that there is a bitmap where it is worth it; says whether there is one.
    pub(super) fn provide(&mut self, field: Field, code: u32, inventory: &Inventory) -> bool {
        let postings = &inventory.column(field).postings;
        match postings.pieces(code) {
            0 => return postings.bitmap(code).is_some(),
            pieces if pieces < enough_pieces(inventory) => return false,
            _ => {}
        }
        if self.get(field, code, inventory).is_some() {
            return true;
        }
        if self.0.len() == MAX_VALUE_BITMAPS {
            return false;
        }
        // Where there is no memory for it, the answer is found without.
        let Ok(mut rows) = RowSet::empty(inventory.images()) else { return false };
        postings.add_rows(code, &mut rows);
        self.0.push((field, code, rows));
        true
    }

    /// The bitmap of a value, where there is one.
    #[inline]
    pub(super) fn get<'a>(&'a self, field: Field, code: u32, inventory: &'a Inventory) -> Option<&'a RowSet> {
        let own = || self.0.iter().find(|(of, value, _)| *of == field && *value == code).map(|(_, _, rows)| rows);
        inventory.column(field).postings.bitmap(code).or_else(own)
    }
}
