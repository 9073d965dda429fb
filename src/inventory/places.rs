//! Places: where an image is stored, which six of its fields say. An inventory has far fewer repositories than
//! images, so the six are looked up, compared and put in order as one.

use std::collections::TryReserveError;

use super::batch::{BATCH, Batch};
use super::dictionary::{ABSENT, Dictionary};
use super::sort::sort_by_code;
use crate::error::Error;
use crate::field::{Field, PerField};
use crate::memory::{filled, list_of};
use crate::record::Record;

/// The fields that say where an image is stored, from the widest to the narrowest.
pub(super) const PLACE: [Field; 6] =
    [Field::RegistryType, Field::RegionId, Field::InstanceId, Field::RepoNamespace, Field::RepoName, Field::RepoId];

/// Ends each text of a place's key: a byte that no UTF-8 text contains.
const END: u8 = 0xff;

/// The distinct places of an inventory, in the order in which they first came, from 1.
pub(super) struct Places {
    /// The six texts of each place, each with its end, as one.
    keys: Dictionary,
    pub(super) codes: PlaceCodes,
}

/// The codes of the six fields of each place. Place 0 is that of nothing.
pub(super) struct PlaceCodes(Vec<[u32; PLACE.len()]>);

impl Places {
    pub(super) fn new(seed: u64) -> Self {
        Self { keys: Dictionary::of_texts(seed), codes: PlaceCodes(vec![[ABSENT; PLACE.len()]]) }
    }

    /// Adds the place of a record to those that wait to be looked up, unless it is the last of them: exports list
    /// the images of one repository one after the other.
    pub(super) fn put(&self, record: &Record<'_>, waiting: &mut Batch) -> Result<(), Error> {
        let texts = PLACE.map(|field| record.bytes(field));
        waiting.push_unless_repeated(&texts, END, &self.keys).map_err(full)
    }

    /// The places that wait. The texts of a new one go into the dictionaries of their fields.
    pub(super) fn intern_all(
        &mut self,
        waiting: &Batch,
        dictionaries: &mut PerField<Dictionary>,
    ) -> Result<[u32; BATCH], Error> {
        let places = self.keys.intern_all(waiting)?;
        self.codes.0.try_reserve((self.keys.len() - self.codes.len()) as usize).map_err(full)?;
        for place in self.codes.len()..self.keys.len() {
            let mut codes = [ABSENT; PLACE.len()];
            let texts = self.keys.value(place).split(|byte| *byte == END);
            for ((code, field), text) in codes.iter_mut().zip(PLACE).zip(texts) {
                *code = dictionaries.get_mut(field).intern(text)?;
            }
            self.codes.0.push(codes);
        }
        Ok(places)
    }
}

impl PlaceCodes {
    /// The distinct ones among some places, in their order, and for each of these its number among them, from 1.
    pub(super) fn distinct(places: Vec<[u32; PLACE.len()]>) -> Result<(Self, Vec<u32>), Error> {
        let all = Self(places);
        let mut distinct = Vec::new();
        distinct.try_reserve(1).map_err(full)?;
        distinct.push([ABSENT; PLACE.len()]);
        let mut numbers = filled(all.0.len(), 0).map_err(full)?;
        for place in all.sorted()? {
            let Some(codes) = all.0.get(place as usize) else { continue };
            if distinct.len() == 1 || distinct.last() != Some(codes) {
                distinct.try_reserve(1).map_err(full)?;
                distinct.push(*codes);
            }
            if let Some(slot) = numbers.get_mut(place as usize) {
                *slot = distinct.len() as u32 - 1;
            }
        }
        Ok((Self(distinct), numbers))
    }

    /// One more than there are places.
    pub(super) fn len(&self) -> u32 {
        self.0.len() as u32
    }

    /// The code of a field of a place, given the field's number in [`PLACE`].
    pub(super) fn code(&self, place: u32, field: usize) -> u32 {
        self.0.get(place as usize).and_then(|codes| codes.get(field)).copied().unwrap_or(ABSENT)
    }

    /// For each place a number that orders places by their fields, in which near ones are near.
    pub(super) fn ranks(&self) -> Result<Vec<u32>, Error> {
        let mut ranks = filled(self.0.len(), 0).map_err(full)?;
        for (rank, place) in (0..).zip(self.sorted()?) {
            if let Some(slot) = ranks.get_mut(place as usize) {
                *slot = rank;
            }
        }
        Ok(ranks)
    }

    /// The places in the order of their fields; equal ones in their own order.
    fn sorted(&self) -> Result<Vec<u32>, Error> {
        // Sorted by the narrowest field first: equal ones keep their order when sorted by a wider one.
        let mut order = list_of(0..self.len()).map_err(full)?;
        for field in (0..PLACE.len()).rev() {
            let codes = list_of(order.iter().map(|place| self.code(*place, field))).map_err(full)?;
            let (_, positions) = sort_by_code(&codes, codes.iter().max().map_or(0, |most| most + 1))?;
            let sorted = positions.iter().map(|position| order.get(*position as usize).copied().unwrap_or_default());
            order = list_of(sorted).map_err(full)?;
        }
        Ok(order)
    }
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
            let mut waiting = Batch::default();
            places.put(&record, &mut waiting).unwrap();
            places.put(&record, &mut waiting).unwrap();
            assert_eq!(waiting.len(), 1);
            places.intern_all(&waiting, &mut dictionaries).unwrap()[0]
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
        assert_eq!(places.codes.0[6], [1, 1, 1, 1, 1, 2]);
        let ranks = places.codes.ranks().unwrap();
        for (place, other) in (0..7).flat_map(|place| (0..7).map(move |other| (place, other))) {
            let order = places.codes.0[place].cmp(&places.codes.0[other]);
            assert!(order.is_eq() || ranks[place].cmp(&ranks[other]) == order);
        }
    }

    #[test]
    fn equal_places_share_a_number() {
        let samples = [[1, 9, 1, 0, 0, 0], [2, 9, 1, 0, 0, 0], [0; 6], [1, 8, 1, 0, 0, 0], [1, 9, 1, 0, 0, 0]];
        let (distinct, numbers) = PlaceCodes::distinct(samples.to_vec()).unwrap();
        assert_eq!(numbers, [3, 4, 1, 2, 3]);
        assert_eq!(distinct.0, [[0; 6], samples[2], samples[3], samples[0], samples[1]]);
        let (none, numbers) = PlaceCodes::distinct(Vec::new()).unwrap();
        assert_eq!((none.len(), numbers.len()), (1, 0));
    }
}
