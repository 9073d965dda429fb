//! Texts ↔ codes: each distinct value of a column is kept once and known by a small number.

mod restored;

use std::sync::OnceLock;

use super::batch::{BATCH, Batch};
use super::hash_key::HashKey;
use super::search;
use super::slots::Slots;
use super::values::{Digests, Values};
use crate::bytes::same;
use crate::error::Error;

/// The code of the empty value: a row that holds nothing in the column.
pub(crate) const ABSENT: u32 = 0;

/// The distinct values of a column, in the order in which they first came. Code 0 is the empty value.
pub(crate) struct Dictionary {
    values: Values,
    lookup: Lookup,
    key: HashKey,
    /// How many times as many values are expected in the end.
    times: u32,
}

/// How values are found.
enum Lookup {
    Slots(Slots),
    Later(Later),
}

/// What is not known of values that were restored until it is asked for.
struct Later {
    slots: OnceLock<Slots>,
    /// Set once the values are known to be distinct without slots.
    distinct: OnceLock<()>,
    // As pointers, so that who restores nothing needs no code for it: see `scripts/lib/parts.mjs`.
    find_slots: for<'l> fn(&'l Later, &Dictionary) -> Result<&'l Slots, Error>,
    ensure_distinct: fn(&Later, &Dictionary) -> Result<(), Error>,
}

impl Dictionary {
    /// A dictionary of texts that holds the empty one. The seed keeps chosen input from colliding.
    pub(crate) fn of_texts(seed: u64) -> Self {
        Self::new(Values::texts(), seed)
    }

    /// The same, of the keys of digests.
    pub(crate) fn of_digests(seed: u64) -> Self {
        Self::new(Values::digests(), seed)
    }

    fn new(values: Values, seed: u64) -> Self {
        Self { values, lookup: Lookup::Slots(Slots::new()), key: HashKey::new(seed), times: 1 }
    }

    /// Says how many times as many values are expected in the end.
    pub(super) fn expect(&mut self, times: u32) {
        self.times = times;
    }

    /// The slots, filled.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or where two values of a dictionary that was restored are the same.
    #[inline]
    fn slots(&self) -> Result<&Slots, Error> {
        match &self.lookup {
            Lookup::Slots(slots) => Ok(slots),
            Lookup::Later(later) => (later.find_slots)(later, self),
        }
    }

    /// Makes sure that no two values are the same, which of a dictionary that was restored is not known.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or where two are.
    pub(super) fn ensure_distinct(&self) -> Result<(), Error> {
        match &self.lookup {
            Lookup::Slots(_) => Ok(()),
            Lookup::Later(later) => (later.ensure_distinct)(later, self),
        }
    }

    /// How many distinct values there are, the empty one included.
    pub(crate) fn len(&self) -> u32 {
        self.values.len() as u32
    }

    /// The value of a code.
    #[inline]
    pub(crate) fn value(&self, code: u32) -> &[u8] {
        self.values.get(code)
    }

    /// Whether a byte may be in a text among the values.
    pub(crate) fn may_hold(&self, byte: u8) -> bool {
        let (Values::Texts(texts) | Values::Digests(Digests { texts, .. })) = &self.values;
        memchr::memchr(byte, texts.parts().0).is_some()
    }

    /// Tells all values of a dictionary of digests but the empty one, with their codes, in the order of these.
    pub(crate) fn digests(&self, mut tell: impl FnMut(u32, &[u8])) {
        let Values::Digests(digests) = &self.values else { return };
        digests.iter().enumerate().for_each(|(place, key)| tell(place as u32 + 1, key));
    }

    /// Of the values of a dictionary of digests, those that are no SHA-256 and kept as texts, with their codes.
    pub(crate) fn digests_kept_as_texts(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let digests = if let Values::Digests(digests) = &self.values { Some(digests) } else { None };
        digests.into_iter().flat_map(|digests| digests.texts())
    }

    /// The code of a value, where there is one.
    fn code(&self, slots: &Slots, bytes: &[u8]) -> Option<u32> {
        if bytes.is_empty() {
            return Some(ABSENT);
        }
        slots.find(self.hash(bytes), |code| same(self.values.get(code), bytes)).ok()
    }

    /// The codes of some values, [`BATCH`] at most, each in the place of its value; [`ABSENT`] for one that is not
    /// held.
    pub(super) fn codes(&self, values: &[&[u8]]) -> Result<[u32; BATCH], Error> {
        let slots = self.slots()?;
        // Each loop asks for memory that is far away, without waiting for what it asked for before: where the slots
        // are, then where the values are, then the values.
        let (mut hashes, mut codes) = ([0; BATCH], [ABSENT; BATCH]);
        for (hash, value) in hashes.iter_mut().zip(values) {
            *hash = self.hash(value);
        }
        slots.guess_all(hashes.get(..values.len()).unwrap_or_default(), &mut codes);
        let (mut found, mut beginnings) = ([[].as_slice(); BATCH], [0; BATCH]);
        self.values.get_all(codes.get(..values.len()).unwrap_or_default(), &mut found);
        for ((beginning, found), _) in beginnings.iter_mut().zip(found).zip(values) {
            *beginning = found.first().copied().unwrap_or(0);
        }
        for ((code, value), (found, beginning)) in codes.iter_mut().zip(values).zip(found.iter().zip(beginnings)) {
            if *code != ABSENT && (value.first() != Some(&beginning) || !same(found, value)) {
                *code = self.code(slots, value).unwrap_or(ABSENT);
            }
        }
        Ok(codes)
    }

    /// Tells the codes of the values that contain a text, ascending, and whether it stands elsewhere than at
    /// their beginning. `lowercase` is compared without regard to the case of the letters A to Z.
    pub(crate) fn containing(&self, lowercase: &[u8], mut tell: impl FnMut(u32, bool)) {
        let Values::Texts(texts) = &self.values else { return };
        let (bytes, ends) = texts.parts();
        search::containing(bytes, ends, lowercase, |place, elsewhere| tell(place as u32 + 1, elsewhere));
    }

    /// The code of a value, which is added where it is new.
    pub(super) fn intern(&mut self, bytes: &[u8]) -> Result<u32, Error> {
        self.intern_hashed(bytes, self.hash(bytes))
    }

    /// The codes of a batch of values that wait for this dictionary.
    pub(super) fn intern_all(&mut self, batch: &Batch) -> Result<[u32; BATCH], Error> {
        // Each loop asks for memory that is far away, without waiting for what it asked for before: where the
        // slots are, then where the values are, then the values.
        let mut codes = [ABSENT; BATCH];
        self.slots()?.guess_all(batch.hashes(), &mut codes);
        let mut known = [[].as_slice(); BATCH];
        self.values.get_all(codes.get(..batch.len()).unwrap_or_default(), &mut known);
        let mut are_known = [false; BATCH];
        for ((is_known, known), (value, _)) in are_known.iter_mut().zip(known).zip(batch.iter()) {
            *is_known = same(known, value);
        }
        for (((value, hash), code), is_known) in batch.iter().zip(&mut codes).zip(are_known) {
            if !is_known {
                *code = self.intern_hashed(value, hash)?;
            }
        }
        Ok(codes)
    }

    #[inline]
    pub(super) fn hash(&self, bytes: &[u8]) -> u64 {
        self.key.hash(bytes)
    }

    fn intern_hashed(&mut self, bytes: &[u8], hash: u64) -> Result<u32, Error> {
        if bytes.is_empty() {
            return Ok(ABSENT);
        }
        let vacancy = match self.slots()?.find(hash, |code| same(self.values.get(code), bytes)) {
            Ok(code) => return Ok(code),
            Err(vacancy) => vacancy,
        };
        let full = |_| Error::out_of_memory("collecting the values of a column");
        let code = self.len();
        self.values.push(bytes).map_err(full)?;
        let slots = match &mut self.lookup {
            Lookup::Slots(slots) => Some(slots),
            Lookup::Later(later) => later.slots.get_mut(),
        };
        let hash_of = |code| self.key.hash(self.values.get(code));
        slots.map_or(Ok(()), |slots| slots.insert(code, vacancy, self.times, hash_of)).map_err(full)?;
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_codes() {
        let mut dictionary = Dictionary::of_texts(7);
        let words: Vec<String> = (0..5_000).map(|n| format!("value {n}")).collect();
        for _ in 0..2 {
            for (word, code) in words.iter().zip(1..) {
                assert_eq!(dictionary.intern(word.as_bytes()).unwrap(), code);
                assert_eq!(dictionary.value(code), word.as_bytes());
            }
        }
        assert_eq!(dictionary.len(), 5_001);
        let code = |value: &[u8]| dictionary.code(dictionary.slots().unwrap(), value);
        assert_eq!([code(b""), code(b"value 4999"), code(b"value 5000")], [Some(ABSENT), Some(5_000), None]);
        for step in [1, 7, 500] {
            let asked: Vec<String> = (1..5_200).rev().step_by(step).map(|number| format!("value {number}")).collect();
            let values: Vec<&[u8]> = asked.iter().map(String::as_bytes).collect();
            for values in values.chunks(BATCH) {
                let codes = values.iter().map(|value| code(value).unwrap_or(ABSENT));
                assert!(codes.eq(dictionary.codes(values).unwrap().into_iter().take(values.len())));
            }
        }
        assert_eq!(dictionary.value(9_999), b"");
    }
}
