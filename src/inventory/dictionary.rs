//! Texts ↔ codes: each distinct value of a column is kept once and known by a small number.

use std::hash::BuildHasher;

use foldhash::SharedSeed;
use foldhash::fast::SeedableRandomState;
use hashbrown::HashTable;

use crate::error::Error;

/// The code of the empty value: a row that holds nothing in the column.
pub(crate) const ABSENT: u32 = 0;

/// The distinct values of a column, in the order in which they first came. Code 0 is the empty value.
pub(crate) struct Dictionary {
    /// All values, one after the other.
    bytes: Vec<u8>,
    /// Where in `bytes` the value of each code ends.
    ends: Vec<u32>,
    codes: HashTable<u32>,
    hasher: SeedableRandomState,
}

impl Dictionary {
    /// A dictionary that holds the empty value. The seed keeps chosen input from colliding.
    pub(crate) fn new(seed: u64) -> Self {
        let shared = SharedSeed::global_fixed();
        Self {
            bytes: Vec::new(),
            ends: vec![0],
            codes: HashTable::new(),
            hasher: SeedableRandomState::with_seed(seed, shared),
        }
    }

    /// How many distinct values there are, the empty one included.
    pub(crate) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// The value of a code.
    pub(crate) fn value(&self, code: u32) -> &[u8] {
        value(&self.bytes, &self.ends, code)
    }

    /// The code of a value, where there is one.
    pub(crate) fn code(&self, bytes: &[u8]) -> Option<u32> {
        if bytes.is_empty() {
            return Some(ABSENT);
        }
        self.codes.find(self.hasher.hash_one(bytes), |code| self.value(*code) == bytes).copied()
    }

    /// Tells the codes of the values that contain a text, ascending, and whether it stands elsewhere than at
    /// their beginning. `lowercase` is compared without regard to the case of the letters A to Z.
    pub(crate) fn containing(&self, lowercase: &[u8], mut tell: impl FnMut(u32, bool)) {
        let mut start = 0;
        for (code, end) in (0u32..).zip(&self.ends) {
            let value = self.bytes.get(start..*end as usize).unwrap_or_default();
            start = *end as usize;
            if code == ABSENT {
                continue;
            }
            if begins_with(value, lowercase) {
                tell(code, false);
            } else if value.len() > lowercase.len()
                && value.windows(lowercase.len()).any(|part| begins_with(part, lowercase))
            {
                tell(code, true);
            }
        }
    }

    /// The code of a value, which is added where it is new.
    pub(crate) fn intern(&mut self, bytes: &[u8]) -> Result<u32, Error> {
        if bytes.is_empty() {
            return Ok(ABSENT);
        }
        let hash = self.hasher.hash_one(bytes);
        let known = self.codes.find(hash, |code| value(&self.bytes, &self.ends, *code) == bytes);
        match known {
            Some(code) => Ok(*code),
            None => self.add(hash, bytes),
        }
    }

    fn add(&mut self, hash: u64, bytes: &[u8]) -> Result<u32, Error> {
        let full = |_| Error::out_of_memory("collecting the values of a column");
        self.bytes.try_reserve(bytes.len()).map_err(full)?;
        self.ends.try_reserve(1).map_err(full)?;
        let rehash = |code: &u32| self.hasher.hash_one(value(&self.bytes, &self.ends, *code));
        self.codes.try_reserve(1, rehash).map_err(|_| Error::out_of_memory("collecting the values of a column"))?;
        let end = u32::try_from(self.bytes.len() + bytes.len())
            .map_err(|_| Error::out_of_memory("collecting more than 4 GiB of distinct values in a column"))?;
        let code = self.len();
        self.bytes.extend_from_slice(bytes);
        self.ends.push(end);
        let rehash = |code: &u32| self.hasher.hash_one(value(&self.bytes, &self.ends, *code));
        self.codes.insert_unique(hash, code, rehash);
        Ok(code)
    }
}

fn begins_with(value: &[u8], lowercase: &[u8]) -> bool {
    value
        .get(..lowercase.len())
        .is_some_and(|part| part.iter().zip(lowercase).all(|(byte, lower)| byte.to_ascii_lowercase() == *lower))
}

fn value<'a>(bytes: &'a [u8], ends: &[u32], code: u32) -> &'a [u8] {
    let end_of = |code: u32| ends.get(code as usize).map_or(0, |end| *end as usize);
    let start = code.checked_sub(1).map_or(0, end_of);
    bytes.get(start..end_of(code)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_codes() {
        let mut dictionary = Dictionary::new(7);
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
        assert_eq!(dictionary.value(9_999), b"");
    }
}
