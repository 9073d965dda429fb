//! What is charged already: an inventory and a charge model → the rows that consume nothing.

use super::charge_model::ChargeModel;
use crate::error::{Error, ErrorKind};
use crate::field::Field;
use crate::inventory::row_set::RowSet;
use crate::inventory::{ABSENT, Inventory, Marks, NEVER};

/// The rows that the charge model sets apart.
pub(super) struct Charges {
    /// Rows of which some row with the same charge key is charged already, matched by a filter or not.
    pub(super) charged: RowSet,
    /// Rows without the digest that the charge key asks for: each is counted by itself.
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
        let mut unknown_digest = RowSet::empty(inventory.images())?;
        if model.key().contains(&Field::Digest) {
            inventory.column(Field::Digest).rows_of(ABSENT).iter().for_each(|row| unknown_digest.insert(*row));
        }
        Ok(Self { charged: charged_rows(inventory, model.cycle_start)?, unknown_digest })
    }
}

/// All rows of each group in which one row is charged.
fn charged_rows(inventory: &Inventory, cycle_start: Option<i64>) -> Result<RowSet, Error> {
    let marks = inventory.marks();
    let mut charged = RowSet::empty(inventory.images())?;
    let mut group_start = 0;
    let mut group_charged = false;
    for row in 0..inventory.images() {
        group_charged |= is_charged(marks, row, cycle_start);
        if marks.group_ends.contains(row) {
            if group_charged {
                (group_start..=row).for_each(|row| charged.insert(row));
            }
            group_start = row + 1;
            group_charged = false;
        }
    }
    Ok(charged)
}

/// Whether a row is charged itself: it says so, or it says nothing and was scanned in this cycle.
fn is_charged(marks: &Marks, row: u32, cycle_start: Option<i64>) -> bool {
    if marks.said_charged.contains(row) {
        return true;
    }
    let last_scan_time = marks.last_scan_times.get(row as usize).copied().unwrap_or(NEVER);
    !marks.said_not_charged.contains(row)
        && last_scan_time != NEVER
        && cycle_start.is_some_and(|start| last_scan_time >= start)
}
