//! The counts behind every answer: sets of rows → images, quota and the parts of both, in one pass.

use super::charges::Charges;
use crate::inventory::row_set::{Block, Union, common_blocks};
use crate::inventory::{GroupCounter, Inventory};

/// Counts over the rows that a filter matches. `images = quota + duplicates + charged`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    /// Rows that can be scanned.
    pub(crate) images: u32,
    /// Charge keys among these that are not charged already.
    pub(crate) quota: u32,
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
pub(super) fn count(sets: &[Union], inventory: &Inventory, charges: &Charges) -> Counts {
    let marks = inventory.marks();
    let mut counts = Counts::default();
    let mut consuming_groups = GroupCounter::default();
    common_blocks(sets, inventory.images(), |block, matched| {
        let consuming = both(matched, &charges.consuming.block(block));
        consuming_groups.push(&consuming, &marks.group_ends.block(block));
        let mut covered = ones(matched);
        if charges.not_scannable.may_have_rows_in(block) {
            let not_scannable = ones(&both(matched, &charges.not_scannable.block(block)));
            counts.not_scannable += not_scannable;
            covered -= not_scannable;
        }
        if charges.unknown_digest.may_have_rows_in(block) {
            counts.unknown_digest += ones(&both(&consuming, &charges.unknown_digest.block(block)));
        }
        counts.images += covered;
        // Rows that consume are among those that can be scanned.
        counts.charged += covered - ones(&consuming);
        // A group that was met counts where it ends, be that in a block without a row that matches.
        consuming_groups.is_open()
    });
    counts.quota = consuming_groups.groups();
    counts
}

fn both(one: &Block, other: &Block) -> Block {
    let mut words = *one;
    for (word, other) in words.iter_mut().zip(other) {
        *word &= other;
    }
    words
}

/// How many rows a block holds.
fn ones(block: &Block) -> u32 {
    // A block has 512 rows: nothing can wrap.
    block.iter().fold(0, |ones, word| ones.wrapping_add(word.count_ones()))
}
