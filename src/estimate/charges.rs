//! What is charged already: an inventory and a charge model → the rows that consume nothing.

use super::charge_model::ChargeModel;
use crate::error::{Error, ErrorKind};
use crate::field::Field;
use crate::inventory::row_set::{RowSet, bits};
use crate::inventory::{ABSENT, GroupCounter, Inventory, NEVER};

/// The rows that the charge model sets apart.
pub(super) struct Charges {
    /// Rows that can be scanned and are not charged already: no row with their charge key is, whether a
    /// filter matches that row or not.
    pub(super) consuming: RowSet,
    /// Rows that cannot be scanned.
    pub(super) not_scannable: RowSet,
    /// Rows without a digest, and without a tag where the charge key asks for tags: each is counted by itself.
    pub(super) unknown_digest: RowSet,
}

impl Charges {
    pub(super) fn find(inventory: &Inventory, model: &ChargeModel) -> Result<Self, Error> {
        if inventory.grouped_by() != model.key() {
            return Err(Error::new(
                ErrorKind::InvalidValue,
                "the inventory was made for another charge model; load it again with this one",
            ));
        }
        let without = |field| {
            let mut rows = RowSet::empty(inventory.images())?;
            inventory.column(field).postings.add_rows(ABSENT, &mut rows);
            Ok(rows)
        };
        let mut unknown_digest = without(Field::Digest)?;
        if model.key().contains(&Field::Tag) {
            unknown_digest.intersect(&without(Field::Tag)?);
        }
        let mut consuming = RowSet::empty(inventory.images())?;
        consuming.unite(&inventory.marks().scannable);
        consuming.subtract(&charged_rows(inventory, model.cycle_start)?);
        let mut not_scannable = RowSet::full(inventory.images())?;
        not_scannable.subtract(&inventory.marks().scannable);
        Ok(Self { consuming, not_scannable, unknown_digest })
    }
}

/// All rows of each group in which one row is charged.
fn charged_rows(inventory: &Inventory, cycle_start: Option<i64>) -> Result<RowSet, Error> {
    let marks = inventory.marks();
    let mut charged = RowSet::empty(inventory.images())?;
    let mut times = marks.last_scan_times.chunks(64);
    let (mut groups, mut group_start) = (GroupCounter::default(), 0);
    for (place, ends) in marks.group_ends.words_from(0).iter().enumerate() {
        let rows = marks.said_charged.word(place) | scanned_since(cycle_start, times.next().unwrap_or_default());
        let first_row = place as u32 * 64;
        for end in bits(groups.met_ends(rows, *ends)) {
            let ends_before = ends & ((1 << end) - 1);
            let start = if ends_before == 0 { group_start } else { first_row + 64 - ends_before.leading_zeros() };
            charged.insert_range(start, first_row + end + 1);
        }
        if *ends != 0 {
            group_start = first_row + 64 - ends.leading_zeros();
        }
    }
    Ok(charged)
}

/// Which of 64 rows were scanned in this cycle, given when each was last scanned.
fn scanned_since(cycle_start: Option<i64>, times: &[i64]) -> u64 {
    let Some(start) = cycle_start else { return 0 };
    let is_since = |time: i64| time != NEVER && time >= start;
    (0..64).zip(times).fold(0, |rows, (place, time)| rows | u64::from(is_since(*time)) << place)
}
