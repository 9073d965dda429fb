//! Values that wait to be looked up together: while one look-up waits for memory, the next ones are under way.

use std::collections::TryReserveError;

use super::dictionary::Dictionary;
use crate::bytes::{copy, same};

/// Values that are taken in together. More would not make it faster, and they have to fit in the nearest cache.
pub(super) const BATCH: usize = 64;

/// Values, of those that are taken in at most [`BATCH`], with the hash of each in the dictionary that they wait for.
#[derive(Default)]
pub(super) struct Batch {
    /// The values one after the other, and behind the last one what is left of earlier ones: to write over it is
    /// quicker than to make room for each.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    hashes: Vec<u64>,
}

impl Batch {
    /// Adds a value that waits for a dictionary.
    pub(super) fn push(&mut self, value: &[u8], dictionary: &Dictionary) -> Result<(), TryReserveError> {
        copy(value, self.room(value.len())?);
        self.end_value(value.len(), dictionary)
    }

    /// The same with a value of several texts, each with `end` behind it, unless it is the one that was added last.
    pub(super) fn push_unless_repeated(
        &mut self,
        texts: &[&[u8]],
        end: u8,
        dictionary: &Dictionary,
    ) -> Result<(), TryReserveError> {
        let length = texts.iter().map(|text| text.len() + 1).sum();
        let mut room = self.room(length)?;
        for text in texts {
            let Some((place, [of_end, rest @ ..])) = room.split_at_mut_checked(text.len()) else { break };
            copy(text, place);
            *of_end = end;
            room = rest;
        }
        let end = self.used();
        let before = self.ends.len().checked_sub(2).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        if !self.ends.is_empty() && same(self.value(before, end - before), self.value(end, length)) {
            return Ok(());
        }
        self.end_value(length, dictionary)
    }

    /// Where the next value goes, if it is so long.
    #[inline(always)]
    fn room(&mut self, length: usize) -> Result<&mut [u8], TryReserveError> {
        let start = self.used();
        let end = start + length;
        if end > self.bytes.len() {
            let more = (end - self.bytes.len()).max(self.bytes.len()).max(1024);
            self.bytes.try_reserve_exact(more)?;
            self.bytes.resize(self.bytes.len() + more, 0);
        }
        Ok(self.bytes.get_mut(start..end).unwrap_or_default())
    }

    /// How many bytes the values take.
    fn used(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    fn value(&self, start: usize, length: usize) -> &[u8] {
        self.bytes.get(start..start + length).unwrap_or_default()
    }

    /// What was written into the room for the next value, is one.
    fn end_value(&mut self, length: usize, dictionary: &Dictionary) -> Result<(), TryReserveError> {
        let start = self.used();
        let hash = dictionary.hash(self.value(start, length));
        if self.ends.len() == self.ends.capacity().min(self.hashes.capacity()) {
            self.ends.try_reserve(BATCH)?;
            self.hashes.try_reserve(BATCH)?;
        }
        self.hashes.push(hash);
        self.ends.push(start + length);
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

    pub(super) fn clear(&mut self) {
        self.ends.clear();
        self.hashes.clear();
    }
}
