//! Dictionaries as flat arrays, and back: values without the slots by which they are looked up. These are filled when
//! they are first needed; whether the values are distinct is known only then.

use std::sync::OnceLock;

use super::{Dictionary, Later, Lookup};
use crate::bytes::same;
use crate::error::Error;
use crate::flat::{RESTORING, Reader, Writer, damaged, ensure, full};
use crate::inventory::batch::BATCH;
use crate::inventory::digest;
use crate::inventory::row_set::RowSet;
use crate::inventory::slots::Slots;
use crate::inventory::values::Values;
use crate::limits::MAX_ROWS;
use crate::memory::ensure_room;

/// So many places are there for each digest where it is found out which of them may be the same.
const PLACES_PER_DIGEST: u32 = 16;

impl Dictionary {
    pub(in crate::inventory) fn save(&self, writer: &mut Writer) {
        self.values.save(writer);
    }

    /// A dictionary as it was saved, of digests or of texts, under a seed of its own.
    pub(in crate::inventory) fn restore(reader: &mut Reader, of_digests: bool, seed: u64) -> Result<Self, Error> {
        let values = if of_digests { Values::restore_digests(reader) } else { Values::restore_texts(reader) }?;
        // Code 0 is the empty value.
        ensure(values.len() - 1 <= MAX_ROWS as usize)?;
        Ok(Self::of_restored(values, seed))
    }

    fn of_restored(values: Values, seed: u64) -> Self {
        let (slots, distinct) = (OnceLock::new(), OnceLock::new());
        let lookup = Lookup::Later(Later { slots, distinct, find_slots, ensure_distinct });
        Self { lookup, ..Self::new(values, seed) }
    }
}

/// The slots, filled by whoever asks for them first.
fn find_slots<'l>(later: &'l Later, dictionary: &Dictionary) -> Result<&'l Slots, Error> {
    if let Some(slots) = later.slots.get() {
        return Ok(slots);
    }
    let mut slots = Slots::with_room_for(dictionary.len() - 1).map_err(|_| full())?;
    for first in (1..dictionary.len()).step_by(BATCH) {
        fill(&mut slots, dictionary, first)?;
    }
    ensure_room(RESTORING)?;
    // Whoever was quicker did the same.
    Ok(later.slots.get_or_init(|| slots))
}

/// Puts the next values into slots, from a code on. In pieces, so that the engine has compiled it to its fastest code
/// before it is done.
#[inline(never)]
fn fill(slots: &mut Slots, dictionary: &Dictionary, first: u32) -> Result<(), Error> {
    let Dictionary { values, key, .. } = dictionary;
    let mut hashes = [0; BATCH];
    for (hash, code) in hashes.iter_mut().zip(first..dictionary.len()) {
        *hash = key.hash(values.get(code));
    }
    for (hash, code) in hashes.iter().zip(first..dictionary.len()) {
        let value = values.get(code);
        let known = slots.find(*hash, |other| same(values.get(other), value));
        let vacancy = known.err().ok_or_else(damaged)?;
        slots.insert(code, vacancy, 1, |code| key.hash(values.get(code))).map_err(|_| full())?;
    }
    Ok(())
}

fn ensure_distinct(later: &Later, dictionary: &Dictionary) -> Result<(), Error> {
    let Values::Digests(digests) = &dictionary.values else { return find_slots(later, dictionary).map(|_| ()) };
    if later.slots.get().is_some() || later.distinct.get().is_some() {
        return Ok(());
    }
    // Digests are as if drawn by chance: the same few bits are had by few of them, and only those are looked up.
    let places = dictionary.len().checked_mul(PLACES_PER_DIGEST).and_then(u32::checked_next_power_of_two);
    let places = places.unwrap_or(1 << 31);
    let (mut had, mut had_by_more) = (RowSet::empty(places)?, RowSet::empty(places)?);
    digests.pieces().for_each(|keys| note_places(keys, places, &mut had, &mut had_by_more));
    let mut known = Dictionary::of_digests(dictionary.hash(b""));
    for key in digests.pieces().flatten().filter(|key| had_by_more.contains(place_of(key, places))) {
        let next = known.len();
        ensure(known.intern(digests.value(key))? == next)?;
    }
    drop((had, had_by_more, known));
    ensure_room(RESTORING)?;
    // Whoever was quicker found the same.
    let _known = later.distinct.set(());
    Ok(())
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::ABSENT;

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
                let dictionary = Dictionary::of_restored(kept, 5);
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

    #[test]
    fn what_is_restored_can_be_added_to() {
        let mut values = Values::texts();
        (0..100).for_each(|n: u32| values.push(n.to_string().as_bytes()).unwrap());
        let mut dictionary = Dictionary::of_restored(values, 5);
        assert_eq!([b"7", b"x", b"8", b"x"].map(|value| dictionary.intern(value).unwrap()), [8, 101, 9, 101]);
        let found = dictionary.codes(&[b"x", b"99", b"y"]).unwrap();
        assert_eq!(found.first_chunk(), Some(&[101, 100, ABSENT]));
    }
}
