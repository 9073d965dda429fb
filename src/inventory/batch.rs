//! Values that wait to be looked up together: while one look-up waits for memory, the next ones are under way.

use std::collections::TryReserveError;

use super::dictionary::Dictionary;
use crate::bytes::append;

/// Values that are taken in together. More would not make it faster, and they have to fit in the nearest cache.
pub(super) const BATCH: usize = 64;

/// Values, of those that are taken in at most [`BATCH`], with the hash of each in the dictionary that they wait for.
#[derive(Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    hashes: Vec<u64>,
}

impl Batch {
    /// Adds a value that waits for a dictionary.
    pub(super) fn push(&mut self, value: &[u8], dictionary: &Dictionary) -> Result<(), TryReserveError> {
        append(value, &mut self.bytes)?;
        self.ends.try_reserve(1)?;
        self.hashes.try_reserve(1)?;
        self.ends.push(self.bytes.len());
        self.hashes.push(dictionary.hash(value));
        Ok(())
    }

    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The values, each with its hash.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], u64)> {
        let mut start = 0;
        self.ends.iter().zip(&self.hashes).map(move |(end, hash)| {
            let value = self.bytes.get(start..*end).unwrap_or_default();
            start = *end;
            (value, *hash)
        })
    }

    /// A value and its hash, by its place.
    #[inline]
    pub(super) fn get(&self, place: usize) -> Option<(&[u8], u64)> {
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        Some((self.bytes.get(start..*self.ends.get(place)?)?, *self.hashes.get(place)?))
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.hashes.clear();
    }
}
