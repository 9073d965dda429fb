//! Texts ↔ codes: each distinct value of a column is kept once and known by a small number.

use std::collections::TryReserveError;
use std::sync::OnceLock;

use super::batch::{BATCH, Batch};
use super::digest;
use super::hash_key::HashKey;
use super::row_set::RowSet;
use super::search;
use super::slots::{Slots, Vacancy};
use super::sort::nearly_sorted;
use super::values::Values;
use crate::bytes::same;
use crate::error::Error;
use crate::flat::{RESTORING, Reader, Writer, damaged, ensure, full};
use crate::limits::MAX_ROWS;
use crate::memory::ensure_room;

/// So many places are there for each digest where it is found out which of them may be the same.
const PLACES_PER_DIGEST: u32 = 16;

/// The code of the empty value: a row that holds nothing in the column.
pub(crate) const ABSENT: u32 = 0;

/// The distinct values of a column, in the order in which they first came. Code 0 is the empty value.
pub(crate) struct Dictionary {
    values: Values,
    slots: OnceLock<Slots>,
    /// Set once the values are known to be distinct without slots.
    distinct: OnceLock<()>,
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
        Self { values, slots: OnceLock::from(Slots::new()), distinct: OnceLock::new(), key: HashKey::new(seed) }
    }

    pub(super) fn save(&self, writer: &mut Writer) {
        self.values.save(writer);
    }

    /// A dictionary as it was saved, of digests or of texts, under a seed of its own. Its slots are filled when they are
    /// first needed; whether its values are distinct is known only then.
    pub(super) fn restore(reader: &mut Reader, of_digests: bool, seed: u64) -> Result<Self, Error> {
        let values = if of_digests { Values::restore_digests(reader) } else { Values::restore_texts(reader) }?;
        // Code 0 is the empty value.
        ensure(values.len() - 1 <= MAX_ROWS as usize)?;
        Ok(Self { values, slots: OnceLock::new(), distinct: OnceLock::new(), key: HashKey::new(seed) })
    }

    /// The slots, filled.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or where two values of a dictionary that was restored are the same.
    pub(super) fn slots(&self) -> Result<&Slots, Error> {
        if self.slots.get().is_none() {
            let mut slots = Slots::with_room_for(self.len() - 1).map_err(|_| full())?;
            for first in (1..self.len()).step_by(BATCH) {
                self.fill(&mut slots, first)?;
            }
            ensure_room(RESTORING)?;
            // Whoever was quicker did the same.
            let _filled = self.slots.set(slots);
        }
        self.slots.get().ok_or_else(damaged)
    }

    /// Makes sure that no two values are the same, which of a dictionary that was restored is not known.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or where two are.
    pub(super) fn ensure_distinct(&self) -> Result<(), Error> {
        let Values::Digests(digests) = &self.values else { return self.slots().map(|_| ()) };
        if self.slots.get().is_some() || self.distinct.get().is_some() {
            return Ok(());
        }
        // Digests are as if drawn by chance: the same few bits are had by few of them, and only those are looked up.
        let places = self.len().checked_mul(PLACES_PER_DIGEST).and_then(u32::checked_next_power_of_two);
        let places = places.unwrap_or(1 << 31);
        let (mut had, mut had_by_more) = (RowSet::empty(places)?, RowSet::empty(places)?);
        digests.pieces().for_each(|keys| note_places(keys, places, &mut had, &mut had_by_more));
        let mut known = Self::of_digests(self.hash(b""));
        for key in digests.pieces().flatten().filter(|key| had_by_more.contains(place_of(key, places))) {
            let next = known.len();
            ensure(known.intern(digests.value(key))? == next)?;
        }
        drop((had, had_by_more, known));
        ensure_room(RESTORING)?;
        // Whoever was quicker found the same.
        let _known = self.distinct.set(());
        Ok(())
    }

    /// Puts the next values into slots, from a code on. In pieces, so that the
    /// engine has compiled it to its fastest code before it is done.
    #[inline(never)]
    fn fill(&self, slots: &mut Slots, first: u32) -> Result<(), Error> {
        let mut hashes = [0; BATCH];
        for (hash, code) in hashes.iter_mut().zip(first..self.len()) {
            *hash = self.hash(self.values.get(code));
        }
        for (hash, code) in hashes.iter().zip(first..self.len()) {
            let value = self.values.get(code);
            let known = slots.find(*hash, |other| same(self.values.get(other), value));
            put(slots, code, known.err().ok_or_else(damaged)?, &self.values, &self.key)?;
        }
        Ok(())
    }

    /// How many distinct values there are, the empty one included.
    pub(crate) fn len(&self) -> u32 {
        self.values.len() as u32
    }

    /// The value of a code.
    pub(crate) fn value(&self, code: u32) -> &[u8] {
        self.values.get(code)
    }

    /// Tells all values of a dictionary of digests but the empty one, with their codes, in the order of these.
    pub(crate) fn digests(&self, mut tell: impl FnMut(u32, &[u8])) {
        let Values::Digests(digests) = &self.values else { return };
        digests.iter().enumerate().for_each(|(place, key)| tell(place as u32 + 1, key));
    }

    /// The code of a value, where there is one.
    fn code(&self, slots: &Slots, bytes: &[u8]) -> Option<u32> {
        if bytes.is_empty() {
            return Some(ABSENT);
        }
        slots.find(self.hash(bytes), |code| same(self.values.get(code), bytes)).ok()
    }

    /// Tells for each value of a batch that waits for this dictionary, by its place, its code where it has one; in
    /// any order.
    pub(super) fn find_all(&self, batch: &Batch, mut tell: impl FnMut(u32, Option<u32>)) -> Result<(), Error> {
        // In the order of the memory that is asked for: it is far away, and neighbours are fetched with each other.
        let slots = self.slots()?;
        let mut codes: Vec<u32> = batch.hashes().iter().map(|hash| slots.first_place(*hash)).collect();
        for place in nearly_sorted(&codes, slots.len())? {
            if let (Some(code), Some(hash)) = (codes.get_mut(place as usize), batch.hashes().get(place as usize)) {
                // Most likely the right one, since it agrees with a part of the hash.
                *code = slots.find(*hash, |_| true).unwrap_or(ABSENT);
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
                let code = if is_it || *code == ABSENT { Some(*code) } else { self.code(slots, value) };
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
        let slots = self.slots()?;
        for (code, hash) in codes.iter_mut().zip(batch.hashes()) {
            *code = slots.guess(*hash);
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
        let code = self.len();
        self.values.push(bytes).map_err(too_many)?;
        if let Some(slots) = self.slots.get_mut() {
            put(slots, code, vacancy, &self.values, &self.key)?;
        }
        Ok(code)
    }
}

/// Notes the places that digests have, and those that more than one has. In pieces, for the same reason as
/// [`Dictionary::fill`].
#[inline(never)]
fn note_places(keys: &[[u8; digest::BYTES]], places: u32, had: &mut RowSet, had_by_more: &mut RowSet) {
    for place in keys.iter().map(|key| place_of(key, places)) {
        if had.contains(place) {
            had_by_more.insert(place);
        }
        had.insert(place);
    }
}

/// A few bits of a digest as a number below that of all places, a power of two. All texts have one place.
fn place_of(key: &[u8; digest::BYTES], places: u32) -> u32 {
    key.first_chunk().map_or(0, |start| u32::from_le_bytes(*start)) & (places - 1)
}

/// Puts the next code into slots, where its value was found to be missing.
fn put(slots: &mut Slots, code: u32, vacancy: Option<Vacancy>, values: &Values, key: &HashKey) -> Result<(), Error> {
    slots.insert(code, vacancy, |code| key.hash(values.get(code))).map_err(too_many)
}

fn too_many(_: TryReserveError) -> Error {
    Error::out_of_memory("collecting the values of a column")
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

    /// Values as they may be restored: among them some that begin alike, and some that are no SHA-256.
    #[test]
    fn equal_values_are_found_wherever_they_are() {
        let digest = |n: u32| {
            let n = n.wrapping_mul(2_654_435_761);
            [if n.is_multiple_of(9) { 7 } else { n }, n, n >> 7, n, n, n, n, n].map(u32::to_le_bytes).concat()
        };
        let mut values: Vec<Vec<u8>> = (0..3_000).map(digest).collect();
        values.extend((0..50).map(|n| format!("\u{ff}sha512:{n}").into_bytes()));
        let outcomes = |values: &[Vec<u8>]| {
            [Values::texts(), Values::digests()].map(|mut kept| {
                values.iter().for_each(|value| kept.push(value).unwrap());
                let (slots, distinct) = (OnceLock::new(), OnceLock::new());
                let dictionary = Dictionary { values: kept, slots, distinct, key: HashKey::new(5) };
                let outcome = dictionary.ensure_distinct().is_ok();
                assert_eq!(dictionary.ensure_distinct().is_ok(), outcome);
                assert_eq!(dictionary.slots().is_ok(), outcome);
                outcome
            })
        };
        assert_eq!(outcomes(&[]), [true; 2]);
        assert_eq!(outcomes(&values), [true; 2]);
        for (original, copy) in
            [(0, 1), (0, 2_999), (1_500, 9), (2_990, 3_049), (3_000, 3_001), (3_049, 3_010), (17, 3_020)]
        {
            let mut forged = values.clone();
            forged[copy] = forged[original].clone();
            assert_eq!(outcomes(&forged), [false; 2], "{original} {copy}");
        }
    }
}
