//! Records → columns: collects the place, the digest and the tag of each row as it comes, then puts the rows
//! into their order.

use std::collections::TryReserveError;

use super::batch::{BATCH, Batch};
use super::column::Column;
use super::dictionary::{ABSENT, Dictionary};
use super::grouping::Groups;
use super::ordered::Ordered;
use super::places::Places;
use super::unordered::Arrived;
use super::{Inventory, digest};
use crate::error::{Error, ErrorKind};
use crate::field::{Field, PerField};
use crate::limits::MAX_ROWS;
use crate::record::Record;

/// Collects records for an inventory.
pub(crate) struct InventoryBuilder {
    places: Places,
    dictionaries: PerField<Dictionary>,
    waiting: Waiting,
    arrived: Arrived,
}

/// What the last rows hold and is not looked up yet.
#[derive(Default)]
struct Waiting {
    places: Batch,
    /// Which of `places` is that of each row.
    place_of: Vec<usize>,
    digests: Batch,
    tags: Batch,
}

/// What was said of a row: the codes of its place, its digest and its tag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) place: u32,
    pub(super) digest: u32,
    pub(super) tag: u32,
}

impl InventoryBuilder {
    /// A builder without records. With a seed that cannot be guessed, no input can be made to load slowly.
    #[must_use]
    pub(crate) fn new(seed: u64) -> Self {
        let dictionary = |field: Field| {
            let seed = seed.wrapping_add(field.index() as u64);
            if field == Field::Digest { Dictionary::of_digests(seed) } else { Dictionary::of_texts(seed) }
        };
        Self {
            places: Places::new(seed),
            dictionaries: PerField::from_fn(dictionary),
            waiting: Waiting::default(),
            arrived: Arrived::default(),
        }
    }

    /// Adds a record, whose texts have no blanks around them. A digest of `N/A` is none.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or with more than [`MAX_ROWS`] rows.
    pub(crate) fn push(&mut self, record: &Record<'_>) -> Result<(), Error> {
        if self.arrived.observations.len() >= MAX_ROWS as usize {
            return Err(Error::new(
                ErrorKind::TooLarge,
                format!("an inventory holds at most {MAX_ROWS} images; load a part of it"),
            ));
        }
        let Waiting { places, place_of, digests, tags } = &mut self.waiting;
        self.places.put(record, places)?;
        place_of.try_reserve(1).map_err(full)?;
        place_of.push(places.len() - 1);
        let of_digests = self.dictionaries.get(Field::Digest);
        digest::with_key(record.bytes(Field::Digest), |key| digests.push(key, of_digests)).map_err(full)?;
        tags.push(record.bytes(Field::Tag), self.dictionaries.get(Field::Tag)).map_err(full)?;
        if place_of.len() == BATCH {
            self.look_up_waiting()?;
        }
        self.arrived.observations.push(record)
    }

    /// Says how many times as many rows are expected in the end: what grows with them need not grow so often.
    pub(crate) fn expect(&mut self, times: u32) {
        for field in [Field::Digest, Field::Tag] {
            self.dictionaries.get_mut(field).expect(times);
        }
    }

    fn look_up_waiting(&mut self) -> Result<(), Error> {
        let Waiting { places, place_of, digests, tags } = &mut self.waiting;
        let place_codes = self.places.intern_all(places, &mut self.dictionaries)?;
        let digest_codes = self.dictionaries.get_mut(Field::Digest).intern_all(digests)?;
        let tag_codes = self.dictionaries.get_mut(Field::Tag).intern_all(tags)?;
        for ((place, digest), tag) in place_of.drain(..).zip(digest_codes).zip(tag_codes) {
            let place = place_codes.get(place).copied().unwrap_or(ABSENT);
            self.arrived.rows.push(Arrival { place, digest, tag }).map_err(full)?;
        }
        places.clear();
        digests.clear();
        tags.clear();
        Ok(())
    }

    /// Makes the inventory, with rows that are equal in all fields of `group_by` side by side. Returns it
    /// with the number of rows that were dropped because they repeat another one in all eight fields.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn finish(mut self, group_by: &[Field]) -> Result<(Inventory, u32), Error> {
        self.look_up_waiting()?;
        let places = self.places.codes;
        let ranks = places.ranks()?;
        let groups = Groups::find(&mut self.arrived, group_by, &ranks)?;
        let ordered = Ordered::new(&groups, &self.arrived, &ranks)?;
        let (rows, duplicates) = (groups.rows() as u32, groups.duplicates);
        // What is not needed any more makes room for the columns.
        drop((groups, self.arrived));
        let (mut index, marks) = ordered.into_index(places)?;
        let columns = self.dictionaries.try_map(|field, dictionary| {
            let postings = index.take(field, dictionary.len())?;
            Ok::<_, Error>(Column::new(dictionary, postings, rows))
        })?;
        Ok((Inventory { rows, columns, grouped_by: group_by.to_vec(), marks, complete: true }, duplicates))
    }
}

fn full(_: TryReserveError) -> Error {
    Error::out_of_memory("collecting the rows")
}
