//! The counts behind every answer: a set of rows → images, quota and the parts of both, in one pass.

use super::charges::Charges;
use crate::inventory::Inventory;
use crate::inventory::row_set::GroupCounter;

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

/// Counts matched rows, given 64 at a time from row 0 on.
pub(super) fn count<'a>(
    matched: impl IntoIterator<Item = &'a u64>,
    inventory: &Inventory,
    charges: &Charges,
) -> Counts {
    let marks = inventory.marks();
    let mut counts = Counts::default();
    let mut consuming_groups = GroupCounter::default();
    let words = marks.scannable.words().iter().zip(marks.group_ends.words());
    let charge_words = charges.charged.words().iter().zip(charges.unknown_digest.words());
    for ((matched, (scannable, ends)), (charged, unknown_digest)) in matched.into_iter().zip(words).zip(charge_words) {
        let covered = matched & scannable;
        let consuming = covered & !charged;
        counts.images += covered.count_ones();
        counts.not_scannable += (matched & !scannable).count_ones();
        counts.charged += (covered & charged).count_ones();
        counts.unknown_digest += (consuming & unknown_digest).count_ones();
        consuming_groups.push(consuming, *ends);
    }
    counts.quota = consuming_groups.groups();
    counts
}
