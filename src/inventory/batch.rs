//! Values that wait to be looked up together: while one look-up waits for memory, the next ones are under way.

use std::collections::TryReserveError;

use super::dictionary::Dictionary;
use crate::bytes::{append, same};

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
        self.push_written(|bytes| append(value, bytes), dictionary)
    }

    /// The same with a value that `write` appends to what it is given.
    pub(super) fn push_written(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), TryReserveError>,
        dictionary: &Dictionary,
    ) -> Result<(), TryReserveError> {
        let start = self.bytes.len();
        write(&mut self.bytes)?;
        self.end_value(start, dictionary)
    }

    /// The same, unless the value is the one that was added last.
    pub(super) fn push_unless_repeated(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), TryReserveError>,
        dictionary: &Dictionary,
    ) -> Result<(), TryReserveError> {
        let start = self.bytes.len();
        write(&mut self.bytes)?;
        let value = self.bytes.get(start..).unwrap_or_default();
        if self.ends.len().checked_sub(1).and_then(|last| self.get(last)).is_some_and(|(last, _)| same(last, value)) {
            self.bytes.truncate(start);
            return Ok(());
        }
        self.end_value(start, dictionary)
    }

    fn end_value(&mut self, start: usize, dictionary: &Dictionary) -> Result<(), TryReserveError> {
        self.ends.try_reserve(1)?;
        self.hashes.try_reserve(1)?;
        self.ends.push(self.bytes.len());
        self.hashes.push(dictionary.hash(self.bytes.get(start..).unwrap_or_default()));
        Ok(())
    }

    /// How many values wait.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
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
