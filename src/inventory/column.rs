//! One column of an inventory: its distinct values, and the rows that hold each.

use super::dictionary::{ABSENT, Dictionary};
use super::postings::Postings;

/// A column whose rows are in their final order.
pub(crate) struct Column {
    pub(crate) dictionary: Dictionary,
    pub(crate) postings: Postings,
    absent: u32,
    rows: u32,
}

impl Column {
    pub(super) fn new(dictionary: Dictionary, postings: Postings, rows: u32) -> Self {
        let absent = postings.count(ABSENT);
        Self { dictionary, postings, absent, rows }
    }

    /// Whether any row holds a value.
    pub(crate) fn holds_values(&self) -> bool {
        self.absent < self.rows
    }
}
