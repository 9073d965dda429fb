//! Rows before they are put in order, wherever they come from: as they arrived, or out of an inventory in which they
//! are in another order.

use std::borrow::Cow;

use super::builder::Arrival;
use super::chunked::Chunked;
use super::marks::{Observations, Said};
use crate::error::Error;

/// Rows that are to be put in order, by number.
pub(super) trait Unordered {
    /// How many there are.
    fn len(&self) -> usize;

    /// The codes of a row.
    fn codes(&self, row: u32) -> Arrival;

    /// The codes of all digests.
    fn digests(&self) -> Result<Cow<'_, [u32]>, Error>;

    /// What was said of a row besides.
    fn said(&self, row: u32) -> Said;

    /// Whether any row was scanned.
    fn has_times(&self) -> bool;

    /// Joins what was said of a row that repeats another one in all fields into what was said of that one.
    fn merge(&mut self, first: u32, repeated: u32) -> Result<(), Error>;
}

/// Rows in the order in which they arrived.
#[derive(Default)]
pub(super) struct Arrived {
    pub(super) rows: Chunked<Arrival>,
    pub(super) observations: Observations,
}

impl Unordered for Arrived {
    fn len(&self) -> usize {
        self.rows.len()
    }

    #[inline]
    fn codes(&self, row: u32) -> Arrival {
        self.rows.get(row as usize).copied().unwrap_or_default()
    }

    fn digests(&self) -> Result<Cow<'_, [u32]>, Error> {
        let mut digests = Vec::new();
        digests.try_reserve_exact(self.rows.len()).map_err(|_| Error::out_of_memory("ordering the rows"))?;
        self.rows.chunks().for_each(|chunk| add_digests(chunk, &mut digests));
        Ok(Cow::Owned(digests))
    }

    #[inline]
    fn said(&self, row: u32) -> Said {
        self.observations.of(row)
    }

    fn has_times(&self) -> bool {
        self.observations.has_times()
    }

    fn merge(&mut self, first: u32, repeated: u32) -> Result<(), Error> {
        self.observations.merge(first, repeated)
    }
}

#[inline(never)]
fn add_digests(rows: &[Arrival], digests: &mut Vec<u32>) {
    digests.extend(rows.iter().map(|row| row.digest));
}
