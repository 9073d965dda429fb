//! Places: where an image is stored, which six of its fields say. An inventory has far fewer repositories than
//! images, so the six are looked up, compared and put in order as one.

use std::collections::TryReserveError;
use std::hash::Hasher;

use super::dictionary::{ABSENT, Dictionary};
use super::hash_key::HashKey;
use super::slots::Slots;
use super::sort::sort_by_code;
use super::values::Texts;
use crate::bytes::{append, same};
use crate::error::Error;
use crate::field::{Field, PerField};
use crate::record::Record;

/// The fields that say where an image is stored, from the widest to the narrowest.
pub(super) const PLACE: [Field; 6] =
    [Field::RegistryType, Field::RegionId, Field::InstanceId, Field::RepoNamespace, Field::RepoName, Field::RepoId];

/// Ends each text of a place's key: a byte that no UTF-8 text contains.
const END: u8 = 0xff;

/// The distinct places of an inventory, in the order in which they first came, from 1.
pub(super) struct Places {
    /// The six texts of each place, each with its end, as one.
    keys: Texts,
    slots: Slots,
    key: HashKey,
    /// The codes of the six fields of each place.
    codes: Vec<[u32; PLACE.len()]>,
    /// The place of the last record.
    last: u32,
}

impl Places {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            keys: Texts::default(),
            slots: Slots::new(),
            key: HashKey::new(seed),
            codes: vec![[ABSENT; PLACE.len()]],
            last: 0,
        }
    }

    /// One more than there are places.
    pub(super) fn len(&self) -> u32 {
        self.codes.len() as u32
    }

    /// The codes of a place's fields.
    pub(super) fn codes(&self, place: u32) -> &[u32; PLACE.len()] {
        self.codes.get(place as usize).unwrap_or(&[ABSENT; PLACE.len()])
    }

    /// The place of a record. The texts of a new one go into the dictionaries of their fields.
    pub(super) fn intern(
        &mut self,
        record: &Record<'_>,
        dictionaries: &mut PerField<Dictionary>,
    ) -> Result<u32, Error> {
        let texts = PLACE.map(|field| record.text(field).unwrap_or_default().as_bytes());
        // Exports list the images of one repository one after the other.
        if is_key(self.keys.get(self.last), texts) {
            return Ok(self.last);
        }
        self.last = self.look_up(texts, dictionaries)?;
        Ok(self.last)
    }

    fn look_up(&mut self, texts: [&[u8]; PLACE.len()], dictionaries: &mut PerField<Dictionary>) -> Result<u32, Error> {
        let hash = hash_of(&self.key, texts);
        let vacancy = match self.slots.find(hash, |place| is_key(self.keys.get(place), texts)) {
            Ok(place) => return Ok(place),
            Err(vacancy) => vacancy,
        };
        let place = self.len();
        let mut codes = [ABSENT; PLACE.len()];
        for ((code, field), text) in codes.iter_mut().zip(PLACE).zip(texts) {
            *code = dictionaries.get_mut(field).intern(text)?;
        }
        self.codes.try_reserve(1).map_err(full)?;
        self.codes.push(codes);
        let mut key = Vec::new();
        texts
            .iter()
            .try_for_each(|text| append(text, &mut key).and_then(|()| append(&[END], &mut key)))
            .map_err(full)?;
        self.keys.push(&key).map_err(full)?;
        let hash_of = |place| hash_of(&self.key, texts_of(self.keys.get(place)));
        self.slots.insert(place, vacancy, hash_of).map_err(full)?;
        Ok(place)
    }

    /// For each place a number that orders places by their fields, in which near ones are near.
    pub(super) fn ranks(&self) -> Result<Vec<u32>, Error> {
        // Sorted by the narrowest field first: equal ones keep their order when sorted by a wider one.
        let mut order: Vec<u32> = Vec::new();
        order.try_reserve_exact(self.codes.len()).map_err(full)?;
        order.extend(0..self.len());
        for field in (0..PLACE.len()).rev() {
            let code = |place: &u32| self.codes(*place).get(field).copied().unwrap_or(ABSENT);
            let distinct = (0..self.len()).map(|place| code(&place)).max().map_or(0, |most| most + 1);
            let (_, positions) = sort_by_code(order.iter().map(code), distinct)?;
            order = positions.into_iter().filter_map(|position| order.get(position as usize).copied()).collect();
        }
        let mut ranks = Vec::new();
        ranks.try_reserve_exact(order.len()).map_err(full)?;
        ranks.resize(order.len(), 0);
        for (rank, place) in (0..).zip(order) {
            if let Some(slot) = ranks.get_mut(place as usize) {
                *slot = rank;
            }
        }
        Ok(ranks)
    }

    /// Gives up the keys: nothing new can be looked up any more.
    pub(super) fn into_codes(self) -> Vec<[u32; PLACE.len()]> {
        self.codes
    }
}

fn hash_of(key: &HashKey, texts: [&[u8]; PLACE.len()]) -> u64 {
    let mut hasher = key.hasher();
    for text in texts {
        hasher.write(text);
        // So that no text can go over into the next one.
        hasher.write_u8(END);
    }
    hasher.finish()
}

fn is_key(key: &[u8], texts: [&[u8]; PLACE.len()]) -> bool {
    let mut rest = key;
    for text in texts {
        match rest.split_at_checked(text.len()) {
            Some((start, [END, after @ ..])) if same(start, text) => rest = after,
            _ => return false,
        }
    }
    true
}

fn texts_of(key: &[u8]) -> [&[u8]; PLACE.len()] {
    let mut texts = key.split(|byte| *byte == END);
    PLACE.map(|_| texts.next().unwrap_or_default())
}

fn full(_: TryReserveError) -> Error {
    Error::out_of_memory("collecting the repositories")
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn places_are_told_apart_by_all_six_fields() {
        let mut places = Places::new(1);
        let mut dictionaries = PerField::from_fn(|_| Dictionary::of_texts(2));
        let mut intern = |texts: [&'static str; 6]| {
            let mut record = Record::default();
            for (field, text) in PLACE.into_iter().zip(texts) {
                record.set_text(field, Cow::Borrowed(text));
            }
            places.intern(&record, &mut dictionaries).unwrap()
        };
        let samples = [
            ["a", "b", "", "", "", ""],
            ["ab", "", "", "", "", ""],
            ["", "ab", "", "", "", ""],
            ["", "", "", "", "", ""],
            ["", "", "", "", "", "a"],
            ["a", "b", "c", "d", "e", "f"],
        ];
        let first = samples.map(&mut intern);
        assert_eq!(first, [1, 2, 3, 4, 5, 6]);
        assert_eq!(samples.map(&mut intern), first);
        assert_eq!(places.codes(6), &[1, 1, 1, 1, 1, 2]);
        let ranks = places.ranks().unwrap();
        for (place, other) in (0..7).flat_map(|place| (0..7).map(move |other| (place, other))) {
            let order = places.codes(place).cmp(places.codes(other));
            assert!(order.is_eq() || ranks[place as usize].cmp(&ranks[other as usize]) == order);
        }
    }
}
