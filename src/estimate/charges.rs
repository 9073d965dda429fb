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
    /// Rows that are charged already themselves, and not only by another one with their charge key.
    pub(super) charged_themselves: RowSet,
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
        let charged_themselves = charged_themselves(inventory, model)?;
        let mut consuming = inventory.marks().scannable.copied()?;
        consuming.subtract(&groups_of(&charged_themselves, inventory)?);
        let mut not_scannable = RowSet::full(inventory.images())?;
        not_scannable.subtract(&inventory.marks().scannable);
        Ok(Self { consuming, charged_themselves, not_scannable, unknown_digest })
    }
}

/// The rows of which it is said, or told by their scan time, that they are charged.
fn charged_themselves(inventory: &Inventory, model: &ChargeModel) -> Result<RowSet, Error> {
    let Marks { said_charged, last_scan_times, .. } = inventory.marks();
    let mut charged = RowSet::empty(inventory.images())?;
    if model.charged_by.flag {
        charged.unite(said_charged);
    }
    if let Some(cycle_start) = model.cycle_start.filter(|_| model.charged_by.scan_time) {
        for (times, first) in last_scan_times.chunks(STRETCH).zip((0..).step_by(STRETCH)) {
            add_scanned(times, first, cycle_start, &mut charged);
        }
    }
    Ok(charged)
}

/// All rows of each group that has one of some rows.
fn groups_of(rows: &RowSet, inventory: &Inventory) -> Result<RowSet, Error> {
    let group_ends = &inventory.marks().group_ends;
    let mut all = RowSet::empty(inventory.images())?;
    let mut from = 0;
    while from < inventory.images() {
        from = add_groups(rows, group_ends, from, &mut all);
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
