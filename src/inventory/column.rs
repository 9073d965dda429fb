//! One column of an inventory: its distinct values, and the rows that hold each.

use std::borrow::Cow;

use super::dictionary::{ABSENT, Dictionary};
use super::postings::Postings;
use crate::error::Error;
use crate::flat::{Reader, Writer};

/// A column whose rows are in their final order.
pub(crate) struct Column {
    pub(crate) dictionary: Dictionary,
    pub(crate) postings: Postings,
    absent: u32,
    rows: u32,
}

impl Column {
    pub(super) fn save(&self, writer: &mut Writer) -> Result<(), Error> {
        self.dictionary.save(writer);
        self.postings.save(writer, self.rows, self.dictionary.len())
    }

    /// A column as it was saved. The seed is that of its dictionary.
    pub(super) fn restore(reader: &mut Reader, of_digests: bool, rows: u32, seed: u64) -> Result<Self, Error> {
        let dictionary = Dictionary::restore(reader, of_digests, seed)?;
        let postings = Postings::restore(reader, rows, dictionary.len())?;
        Ok(Self::new(dictionary, postings, rows))
    }

    pub(super) fn new(dictionary: Dictionary, postings: Postings, rows: u32) -> Self {
        let absent = postings.count(ABSENT);
        Self { dictionary, postings, absent, rows }
    }

    /// The code of each row.
    pub(super) fn codes_of_rows(&self) -> Result<Cow<'_, [u32]>, Error> {
        self.postings.codes_of_rows(self.rows, self.dictionary.len())
    }

    /// Whether any row holds a value.
    pub(crate) fn holds_values(&self) -> bool {
        self.absent < self.rows
    }
}
