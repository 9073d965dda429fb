//! Places: where an image is stored, which six of its fields say. An inventory has far fewer repositories than
//! images, so the six are looked up, compared and put in order as one.

use super::dictionary::{ABSENT, Dictionary};
use crate::error::Error;
use crate::field::Field;
use crate::record::Record;

/// The fields that say where an image is stored, from the widest to the narrowest.
pub(super) const PLACE: [Field; 6] =
    [Field::RegistryType, Field::RegionId, Field::InstanceId, Field::RepoNamespace, Field::RepoName, Field::RepoId];

/// Ends each text of a place's key: a byte that no UTF-8 text contains.
const END: u8 = 0xff;

/// The distinct places of an inventory, in the order in which they first came, from 1.
pub(super) struct Places {
    /// The six texts of each place as one.
    keys: Dictionary,
    /// The codes of the six fields of each place.
    codes: Vec<[u32; PLACE.len()]>,
    dictionaries: [Dictionary; PLACE.len()],
    key: Vec<u8>,
}

impl Places {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            keys: Dictionary::of_texts(seed),
            codes: vec![[ABSENT; PLACE.len()]],
            dictionaries: PLACE.map(|field| Dictionary::of_texts(seed.wrapping_add(field.index() as u64))),
            key: Vec::new(),
        }
    }

    /// How many places there are, and one.
    pub(super) fn len(&self) -> u32 {
        self.codes.len() as u32
    }

    /// The codes of a place's fields.
    pub(super) fn codes(&self, place: u32) -> &[u32; PLACE.len()] {
        self.codes.get(place as usize).unwrap_or(&[ABSENT; PLACE.len()])
    }

    /// The place of a record.
    pub(super) fn intern(&mut self, record: &Record<'_>) -> Result<u32, Error> {
        self.key.clear();
        for field in PLACE {
            self.key.extend_from_slice(record.text(field).unwrap_or_default().as_bytes());
            self.key.push(END);
        }
        let place = self.keys.intern(&self.key)?;
        if place == self.len() {
            let mut codes = [ABSENT; PLACE.len()];
            let texts = self.key.split(|byte| *byte == END);
            for ((code, dictionary), text) in codes.iter_mut().zip(&mut self.dictionaries).zip(texts) {
                *code = dictionary.intern(text)?;
            }
            self.codes.try_reserve(1).map_err(|_| Error::out_of_memory("collecting the repositories"))?;
            self.codes.push(codes);
        }
        Ok(place)
    }

    /// For each place a number that orders places by their fields, in which near ones are near.
    pub(super) fn ranks(&self) -> Result<Vec<u32>, Error> {
        let full = |_| Error::out_of_memory("ordering the repositories");
        let (mut order, mut ranks) = (Vec::new(), Vec::new());
        order.try_reserve_exact(self.codes.len()).map_err(full)?;
        order.extend(0..self.len());
        order.sort_unstable_by_key(|place| self.codes(*place));
        ranks.try_reserve_exact(order.len()).map_err(full)?;
        ranks.resize(order.len(), 0);
        for (rank, place) in (0..).zip(order) {
            if let Some(slot) = ranks.get_mut(place as usize) {
                *slot = rank;
            }
        }
        Ok(ranks)
    }

    /// Gives up the keys, which nothing new can be looked up in any more.
    pub(super) fn into_codes(self) -> (Vec<[u32; PLACE.len()]>, [Dictionary; PLACE.len()]) {
        (self.codes, self.dictionaries)
    }
}
