//! Texts ↔ codes: each distinct value of a column is kept once and known by a small number.

use super::batch::{BATCH, Batch};
use super::hash_key::HashKey;
use super::search;
use super::slots::Slots;
use super::sort::nearly_sorted;
use super::values::{Digests, Values};
use crate::bytes::same;
use crate::error::Error;

/// The code of the empty value: a row that holds nothing in the column.
pub(crate) const ABSENT: u32 = 0;

/// The distinct values of a column, in the order in which they first came. Code 0 is the empty value.
pub(crate) struct Dictionary {
    values: Values,
    slots: Slots,
    key: HashKey,
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
        Self { values, slots: Slots::new(), key: HashKey::new(seed) }
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

    /// The code of a value, where there is one.
    pub(crate) fn code(&self, bytes: &[u8]) -> Option<u32> {
        if bytes.is_empty() {
            return Some(ABSENT);
        }
        self.slots.find(self.hash(bytes), |code| same(self.values.get(code), bytes)).ok()
    }

    /// Tells for each value of a batch that waits for this dictionary, by its place, its code where it has one; in
    /// any order.
    pub(super) fn find_all(&self, batch: &Batch, mut tell: impl FnMut(u32, Option<u32>)) -> Result<(), Error> {
        // In the order of the memory that is asked for: it is far away, and neighbours are fetched with each other.
        let mut codes: Vec<u32> = batch.hashes().iter().map(|hash| self.slots.first_place(*hash)).collect();
        for place in nearly_sorted(&codes, self.slots.len())? {
            if let (Some(code), Some(hash)) = (codes.get_mut(place as usize), batch.hashes().get(place as usize)) {
                // Most likely the right one, since it agrees with a part of the hash.
                *code = self.slots.find(*hash, |_| true).unwrap_or(ABSENT);
            }
        }
        let order = nearly_sorted(&codes, self.len())?;
        for places in order.chunks(BATCH) {
            // The values are asked for before the first of them is compared: to compare is to wait.
            let mut beginnings = [None; BATCH];
            for (beginning, place) in beginnings.iter_mut().zip(places) {
                *beginning = self.values.get(codes.get(*place as usize).copied().unwrap_or(ABSENT)).first().copied();
            }
            for (beginning, place) in beginnings.iter().zip(places) {
                let (Some(code), Some((value, _))) = (codes.get(*place as usize), batch.get(*place as usize)) else {
                    continue;
                };
                let is_it = value.first() == beginning.as_ref() && same(self.values.get(*code), value);
                let code = if is_it || *code == ABSENT { Some(*code) } else { self.code(value) };
                tell(*place, code.filter(|code| *code != ABSENT));
            }
        }
        Ok(())
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
        for (code, hash) in codes.iter_mut().zip(batch.hashes()) {
            *code = self.slots.guess(*hash);
        }
        let mut lengths = [0; BATCH];
        for (length, code) in lengths.iter_mut().zip(codes) {
            *length = self.values.get(code).len();
        }
        for (((value, hash), code), length) in batch.iter().zip(&mut codes).zip(lengths) {
            if length != value.len() || !same(self.values.get(*code), value) {
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
        let vacancy = match self.slots.find(hash, |code| same(self.values.get(code), bytes)) {
            Ok(code) => return Ok(code),
            Err(vacancy) => vacancy,
        };
        let full = |_| Error::out_of_memory("collecting the values of a column");
        let code = self.len();
        self.values.push(bytes).map_err(full)?;
        self.slots.insert(code, vacancy, |code| self.key.hash(self.values.get(code))).map_err(full)?;
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
        assert_eq!(dictionary.code(b""), Some(ABSENT));
        assert_eq!(dictionary.code(b"value 4999"), Some(5_000));
        assert_eq!(dictionary.code(b"value 5000"), None);
        for step in [1, 7, 500] {
            let mut batch = Batch::default();
            let asked: Vec<u32> = (1..5_200).rev().step_by(step).collect();
            for number in &asked {
                batch.push(format!("value {number}").as_bytes(), &dictionary).unwrap();
            }
            let mut found = vec![Some(0); asked.len()];
            dictionary.find_all(&batch, |place, code| found[place as usize] = code).unwrap();
            assert!(asked.iter().zip(found).all(|(number, code)| code == (*number < 5_000).then_some(number + 1)));
        }
        assert_eq!(dictionary.value(9_999), b"");
    }
}
