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
    pub(super) fn get<'a>(&'a self, field: Field, code: u32, inventory: &'a Inventory) -> Option<&'a RowSet> {
        let own = || self.0.iter().find(|(of, value, _)| *of == field && *value == code).map(|(_, _, rows)| rows);
        inventory.column(field).postings.bitmap(code).or_else(own)
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::inventory::InventoryBuilder;
    use crate::record::Record;

    /// In eight blocks 24 pieces are enough. Among the tags: 40 with some more, one with just enough, one with one too
    /// few, and one that the inventory itself keeps as a bitmap.
    fn inventory() -> Inventory {
        let mut builder = InventoryBuilder::new(1);
        for row in 0..8 * 512 {
            let tag = match (row % 100, row / 100) {
                (number @ 0..40, _) => format!("many {number}"),
                (40, ..24) => "enough".to_owned(),
                (41, ..23) => "few".to_owned(),
                (50..60, _) => "everywhere".to_owned(),
                _ => format!("one {row}"),
            };
            let mut record = Record::default();
            record.set_text(Field::Digest, Cow::Owned(format!("{row:064x}")));
            record.set_text(Field::Tag, Cow::Owned(tag));
            builder.push(&record).unwrap();
        }
        builder.finish(&[Field::Digest]).unwrap().0
    }

    #[test]
    fn a_limited_number_of_bitmaps_is_made_where_they_are_worth_it() {
        let inventory = inventory();
        let postings = &inventory.column(Field::Tag).postings;
        let code_of = |tag: &str| {
            let mut found = None;
            inventory.codes(Field::Tag, std::iter::once(tag), |_, code| found = code).unwrap();
            found.unwrap()
        };
        let mut bitmaps = Bitmaps::default();
        let mut provide = |tag: &str| {
            let code = code_of(tag);
            let is_there = bitmaps.provide(Field::Tag, code, &inventory);
            let mut rows = RowSet::empty(inventory.images()).unwrap();
            postings.add_rows(code, &mut rows);
            assert_eq!(bitmaps.get(Field::Tag, code, &inventory), is_there.then_some(&rows), "{tag}");
            is_there
        };
        assert!(!provide("one 99") && !provide("few"));
        assert!(provide("everywhere") && provide("enough") && provide("enough"));
        // The inventory's own is none of those that are made.
        let made = (0..40).filter(|number| provide(&format!("many {number}"))).count();
        assert_eq!(made, MAX_VALUE_BITMAPS - 1);
        assert!(provide("enough") && provide("many 0") && !provide("many 39"));
    }
}
