//! What is charged already: an inventory and a charge model → the rows that consume nothing.

use super::charge_model::ChargeModel;
use crate::error::{Error, ErrorKind};
use crate::field::Field;
use crate::inventory::row_set::RowSet;
use crate::inventory::{ABSENT, Inventory, Marks, NEVER};

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
        let mut consuming = inventory.marks().scannable.clone();
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
    let mut group_start = 0;
    for group_end in marks.group_ends.rows() {
        if (group_start..=group_end).any(|row| is_charged(marks, row, cycle_start)) {
            charged.insert_range(group_start, group_end + 1);
        }
        group_start = group_end + 1;
    }
    Ok(charged)
}

/// Whether a row is charged itself: it says so, or it was scanned in this cycle.
fn is_charged(marks: &Marks, row: u32, cycle_start: Option<i64>) -> bool {
    let last_scan_time = marks.last_scan_times.get(row as usize).copied().unwrap_or(NEVER);
    marks.said_charged.contains(row)
        || last_scan_time != NEVER && cycle_start.is_some_and(|start| last_scan_time >= start)
}
