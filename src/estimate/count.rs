//! The counts behind every answer: sets of rows → images, quota and the parts of both, in one pass.

use super::charges::Charges;
use crate::inventory::row_set::{RowSet, intersection};
use crate::inventory::{GroupCounter, Inventory};

/// Counts over the rows that a filter matches. `images = quota + duplicates + charged`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    /// Rows that can be scanned.
    pub(super) images: u32,
    /// Charge keys among these that are not charged already.
    pub(super) quota: u32,
    /// Images that are charged already.
    pub(super) charged: u32,
    /// The part of `quota` from images without a digest.
    pub(super) unknown_digest: u32,
    /// Matched rows that cannot be scanned.
    pub(super) not_scannable: u32,
}

impl Counts {
    /// Images that share their charge key with another covered image that is counted.
    pub(super) fn duplicates(&self) -> u32 {
        self.images - self.charged - self.quota
    }
}

/// Counts the rows that all of `sets` hold.
pub(super) fn count(sets: &[&RowSet], inventory: &Inventory, charges: &Charges) -> Counts {
    let marks = inventory.marks();
    let mut counts = Counts::default();
    let mut consuming_groups = GroupCounter::default();
    intersection(sets, inventory.images(), |start, matched| {
        let rows = matched.iter().zip(marks.scannable.words_from(start)).zip(charges.consuming.words_from(start));
        let groups = marks.group_ends.words_from(start).iter().zip(charges.unknown_digest.words_from(start));
        for (((matched, scannable), consuming), (ends, unknown_digest)) in rows.zip(groups) {
            let covered = matched & scannable;
            let consuming = matched & consuming;
            counts.images += covered.count_ones();
            counts.not_scannable += (matched & !scannable).count_ones();
            counts.charged += (covered & !consuming).count_ones();
            counts.unknown_digest += (consuming & unknown_digest).count_ones();
            consuming_groups.push(consuming, *ends);
        }
        // A group that was met counts where it ends, be that in a block without a row that matches.
        consuming_groups.is_open()
    });
    counts.quota = consuming_groups.groups();
    counts
}
