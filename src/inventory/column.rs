//! One column of an inventory: its distinct values, and the rows that hold each.

use super::dictionary::{ABSENT, Dictionary};
use super::postings::Postings;
use crate::error::Error;

/// A column whose rows are in their final order.
pub(crate) struct Column {
    pub(crate) dictionary: Dictionary,
    pub(crate) postings: Postings,
    absent: u32,
    rows: u32,
}

impl Column {
    /// Indexes a column, given the code of each row.
    pub(crate) fn new(dictionary: Dictionary, codes: Vec<u32>) -> Result<Self, Error> {
        let rows = codes.len() as u32;
        let postings = Postings::build(codes, dictionary.len())?;
        let absent = postings.count(ABSENT);
        Ok(Self { dictionary, postings, absent, rows })
    }

    /// Whether any row holds a value.
    pub(crate) fn holds_values(&self) -> bool {
        self.absent < self.rows
    }
}
