//! Single images to choose from. Images that share a charge key cost one unit together, and no image has two keys: so the
//! keys with the most images are the best choice, whatever the budget.

use std::collections::TryReserveError;

use super::super::lists::{at, change};
use super::options::PlanOrder;
use crate::error::Error;
use crate::estimate::Estimator;
use crate::field::Field;
use crate::inventory::row_set::RowSet;
use crate::inventory::{Inventory, NEVER};
use crate::memory::{filled, list_of};
use crate::order::sort_by;

/// The images that share a charge key, by what comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Group {
    /// The place among the values that come first, of the image that comes first.
    rank: u32,
    /// When an image of the key was scanned last, where that counts.
    time: i64,
    /// The complement of the number of images.
    fewer: u32,
    /// The first row.
    first: u32,
}

impl Group {
    pub(super) fn images(&self) -> u32 {
        !self.fewer
    }
}

/// The keys that are not charged already and that a covered row has, the first first.
pub(super) fn groups(
    estimator: &Estimator,
    covered: &RowSet,
    first: Option<(Field, Vec<u32>)>,
    order: PlanOrder,
) -> Result<Vec<Group>, Error> {
    let inventory = estimator.inventory();
    let marks = inventory.marks();
    let ranks = match first {
        Some((field, codes)) => Some((inventory.row_codes(field)?, ranks(inventory, field, &codes)?)),
        None => None,
    };
    let rank_of = |row: u32| ranks.as_ref().map_or(0, |(row_codes, ranks)| at(ranks, at(row_codes, row)));
    let mut groups: Vec<Group> = Vec::new();
    let mut end = None;
    for row in covered.rows() {
        if !estimator.consuming().contains(row) {
            continue;
        }
        match groups.last_mut().filter(|_| end.is_some_and(|end| row <= end)) {
            Some(group) => {
                group.fewer -= 1;
                group.rank = group.rank.min(rank_of(row));
            }
            None => {
                end = marks.group_ends.next_from(row);
                let start = marks.group_ends.last_before(row).map_or(0, |end| end + 1);
                let times = marks.last_scan_times.get(start as usize..=end.unwrap_or(row) as usize);
                let last = times.unwrap_or_default().iter().copied().max().unwrap_or(NEVER);
                let time = if order == PlanOrder::LongestUnscanned { last } else { NEVER };
                groups.try_reserve(1).map_err(full)?;
                groups.push(Group { rank: rank_of(row), time, fewer: !1, first: row });
            }
        }
    }
    let mut order: Vec<u32> = (0..groups.len() as u32).collect();
    sort_by(&mut order, &|one, other| groups.get(one as usize).cmp(&groups.get(other as usize)));
    list_of(order.iter().map(|group| at(&groups, *group))).map_err(full)
}

/// The place of each value among those that come first; one past them for all others.
fn ranks(inventory: &Inventory, field: Field, first: &[u32]) -> Result<Vec<u32>, Error> {
    let mut ranks = filled(inventory.column(field).dictionary.len() as usize, first.len() as u32).map_err(full)?;
    // A value that is given twice has its first place.
    for (place, code) in (0..first.len() as u32).zip(first).rev() {
        change(&mut ranks, *code, |rank| *rank = place);
    }
    Ok(ranks)
}

/// The covered rows of some keys, then those that are charged already.
pub(super) fn rows_of(groups: &[Group], estimator: &Estimator, covered: &RowSet) -> Result<Vec<u32>, Error> {
    let mut rows = Vec::new();
    rows.try_reserve_exact(covered.count() as usize).map_err(full)?;
    for group in groups {
        let end = estimator.inventory().marks().group_ends.next_from(group.first).unwrap_or(group.first);
        rows.extend((group.first..=end).filter(|row| covered.contains(*row)));
    }
    rows.extend(covered.rows().filter(|row| !estimator.consuming().contains(*row)));
    Ok(rows)
}

fn full(_: TryReserveError) -> Error {
    Error::out_of_memory("planning")
}
