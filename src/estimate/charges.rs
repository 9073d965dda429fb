//! What is charged already: an inventory and a charge model → the rows that consume nothing.

use super::charge_model::{ChargeModel, CountBy};
use crate::error::{Error, ErrorKind};
use crate::field::Field;
use crate::inventory::row_set::RowSet;
use crate::inventory::{ABSENT, Inventory, Marks, NEVER, STRETCH};

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
        match model.count_by {
            CountBy::Digest | CountBy::RepositoryDigest => {}
            CountBy::RepositoryTag => unknown_digest.intersect(&without(Field::Tag)?),
            // Nothing is assumed of an image without a digest that is not so of every other.
            CountBy::Image => unknown_digest.clear(),
        }
        let mut consuming = inventory.marks().scannable.copied()?;
        consuming.subtract(&charged_rows(inventory, model)?);
        let mut not_scannable = RowSet::full(inventory.images())?;
        not_scannable.subtract(&inventory.marks().scannable);
        Ok(Self { consuming, not_scannable, unknown_digest })
    }
}

/// All rows of each group in which one row is charged.
fn charged_rows(inventory: &Inventory, model: &ChargeModel) -> Result<RowSet, Error> {
    let Marks { group_ends, said_charged, last_scan_times, .. } = inventory.marks();
    let mut charged = said_charged.copied()?;
    if !model.charged_by.flag {
        charged.clear();
    }
    if let Some(cycle_start) = model.cycle_start.filter(|_| model.charged_by.scan_time) {
        for (times, first) in last_scan_times.chunks(STRETCH).zip((0..).step_by(STRETCH)) {
            add_scanned(times, first, cycle_start, &mut charged);
        }
    }
    let mut all = RowSet::empty(inventory.images())?;
    let mut from = 0;
    while from < inventory.images() {
        from = add_groups(&charged, group_ends, from, &mut all);
    }
    Ok(all)
}

/// Adds the rows that were scanned in this cycle.
#[inline(never)]
fn add_scanned(times: &[i64], first: u32, cycle_start: i64, charged: &mut RowSet) {
    for (row, time) in (first..).zip(times) {
        if *time != NEVER && *time >= cycle_start {
            charged.insert(row);
        }
    }
}

/// Adds the groups of the next rows from one on, and returns where to go on.
#[inline(never)]
fn add_groups(rows: &RowSet, group_ends: &RowSet, mut from: u32, groups: &mut RowSet) -> u32 {
    for _ in 0..STRETCH {
        let Some(row) = rows.next_from(from) else { return u32::MAX };
        let end = group_ends.next_from(row).unwrap_or(row);
        groups.insert_range(group_ends.last_before(row).map_or(0, |end| end + 1), end + 1);
        from = end + 1;
    }
    from
}
