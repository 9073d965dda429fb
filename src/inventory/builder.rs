//! Records → columns: collects the place, the digest and the tag of each row as it comes, then puts the rows
//! into their order.

use super::chunked::Chunked;
use super::column::Column;
use super::dictionary::{ABSENT, Dictionary};
use super::grouping::{Order, order_by_group};
use super::marks::{Marks, Observations};
use super::places::{PLACE, Places};
use super::postings::{Head, heads_of};
use super::{Inventory, digest};
use crate::error::{Error, ErrorKind};
use crate::field::{Field, PerField};
use crate::limits::MAX_ROWS;
use crate::record::Record;

/// Collects records for an inventory.
pub(crate) struct InventoryBuilder {
    seed: u64,
    places: Places,
    digests: Dictionary,
    tags: Dictionary,
    arrivals: Arrivals,
    observations: Observations,
    digest_key: Vec<u8>,
}

/// What was said of each row, in the order of arrival: the codes of its place, its digest and its tag.
#[derive(Default)]
pub(super) struct Arrivals {
    pub(super) places: Chunked<u32>,
    pub(super) digests: Chunked<u32>,
    pub(super) tags: Chunked<u32>,
}

impl Arrivals {
    pub(super) fn place(&self, row: u32) -> u32 {
        self.places.get(row as usize).copied().unwrap_or(0)
    }

    pub(super) fn digest(&self, row: u32) -> u32 {
        self.digests.get(row as usize).copied().unwrap_or(ABSENT)
    }

    pub(super) fn tag(&self, row: u32) -> u32 {
        self.tags.get(row as usize).copied().unwrap_or(ABSENT)
    }

    /// What tells whether two rows are equal in all fields.
    pub(super) fn codes(&self, row: u32) -> [u32; 3] {
        [self.place(row), self.digest(row), self.tag(row)]
    }
}

impl InventoryBuilder {
    /// A builder without records. With a seed that cannot be guessed, no input can be made to load slowly.
    #[must_use]
    pub(crate) fn new(seed: u64) -> Self {
        let seed_of = |field: Field| seed.wrapping_add(field.index() as u64);
        Self {
            seed,
            places: Places::new(seed),
            digests: Dictionary::of_digests(seed_of(Field::Digest)),
            tags: Dictionary::of_texts(seed_of(Field::Tag)),
            arrivals: Arrivals::default(),
            observations: Observations::default(),
            digest_key: Vec::new(),
        }
    }

    /// Adds a record, whose texts have no blanks around them. A digest of `N/A` is none.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or with more than [`MAX_ROWS`] rows.
    pub(crate) fn push(&mut self, record: &Record<'_>) -> Result<(), Error> {
        if self.observations.len() >= MAX_ROWS as usize {
            return Err(Error::new(
                ErrorKind::TooLarge,
                format!("an inventory holds at most {MAX_ROWS} images; load a part of it"),
            ));
        }
        let place = self.places.intern(record)?;
        digest::read(record.text(Field::Digest).unwrap_or_default(), &mut self.digest_key);
        let digest = self.digests.intern(&self.digest_key)?;
        let tag = self.tags.intern(record.text(Field::Tag).unwrap_or_default().as_bytes())?;
        let full = |_| Error::out_of_memory("collecting the rows");
        self.arrivals.places.push(place).map_err(full)?;
        self.arrivals.digests.push(digest).map_err(full)?;
        self.arrivals.tags.push(tag).map_err(full)?;
        self.observations.push(record)
    }

    /// Makes the inventory, with rows that are equal in all fields of `group_by` side by side. Returns it
    /// with the number of rows that were dropped because they repeat another one in all eight fields.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn finish(mut self, group_by: &[Field]) -> Result<(Inventory, u32), Error> {
        let order = order_by_group(&self.places, &self.arrivals, &mut self.observations, group_by, self.seed)?;
        let Order { arrivals: order, group_ends, duplicates } = order;
        let marks = Marks::new(&self.observations, &order, group_ends)?;
        drop(std::mem::take(&mut self.observations));
        let rows = order.len() as u32;

        let (place_codes, dictionaries) = self.places.into_codes();
        let places = permuted(&std::mem::take(&mut self.arrivals.places), &order)?;
        let digests = permuted(&std::mem::take(&mut self.arrivals.digests), &order)?;
        let tags = permuted(&std::mem::take(&mut self.arrivals.tags), &order)?;
        drop(order);
        let mut columns = PerField::from_fn(|_| None);
        for (at, (field, dictionary)) in PLACE.into_iter().zip(dictionaries).enumerate() {
            let code_of = |place: u32| place_codes.get(place as usize).and_then(|codes| codes.get(at)).copied();
            let heads = heads_of(&places).map(|head| Head { code: code_of(head.code).unwrap_or(ABSENT), ..head });
            *columns.get_mut(field) = Some(Column::of_heads(dictionary, heads, rows)?);
        }
        drop(places);
        *columns.get_mut(Field::Digest) = Some(Column::of_codes(self.digests, digests)?);
        *columns.get_mut(Field::Tag) = Some(Column::of_codes(self.tags, tags)?);
        let columns = columns.try_map(|_, column| column.ok_or_else(full))?;
        Ok((Inventory { rows, columns, grouped_by: group_by.to_vec(), marks, complete: true }, duplicates))
    }
}

fn permuted(codes: &Chunked<u32>, order: &[u32]) -> Result<Vec<u32>, Error> {
    let mut out = Vec::new();
    out.try_reserve_exact(order.len()).map_err(|_| full())?;
    out.extend(order.iter().map(|arrival| codes.get(*arrival as usize).copied().unwrap_or(ABSENT)));
    Ok(out)
}

fn full() -> Error {
    Error::out_of_memory("ordering the rows")
}
