//! One column of an inventory: its distinct values, and the rows that hold each.

use std::borrow::Cow;

use super::dictionary::{ABSENT, Dictionary};
<<<<<<< HEAD
use super::postings::{Head, Postings};
use crate::error::Error;
use crate::flat::{Reader, Writer};
=======
use super::postings::Postings;
>>>>>>> main

/// A column whose rows are in their final order.
pub(crate) struct Column {
    pub(crate) dictionary: Dictionary,
    pub(crate) postings: Postings,
    absent: u32,
    rows: u32,
}

impl Column {
<<<<<<< HEAD
    /// Indexes a column, given the code of each row.
    pub(super) fn of_codes(dictionary: Dictionary, codes: Vec<u32>) -> Result<Self, Error> {
        let rows = codes.len() as u32;
        let postings = Postings::of_codes(codes, dictionary.len())?;
        Ok(Self::new(dictionary, postings, rows))
    }

    /// The same, given the first row of each run of rows with the same code; neighbours may have the same.
    pub(super) fn of_heads(
        dictionary: Dictionary,
        heads: impl Iterator<Item = Head> + Clone,
        rows: u32,
    ) -> Result<Self, Error> {
        let postings = Postings::of_heads(heads, rows, dictionary.len())?;
        Ok(Self::new(dictionary, postings, rows))
    }

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

    fn new(dictionary: Dictionary, postings: Postings, rows: u32) -> Self {
=======
    pub(super) fn new(dictionary: Dictionary, postings: Postings, rows: u32) -> Self {
>>>>>>> main
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
