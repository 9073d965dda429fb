//! Records → columns: collects the codes of each row as it comes, then puts the rows into their order.

use super::column::Column;
use super::dictionary::Dictionary;
use super::grouping::order_by_group;
use super::marks::{Marks, Observations};
use super::{Inventory, digest};
use crate::error::{Error, ErrorKind};
use crate::field::{Field, PerField};
use crate::limits::MAX_ROWS;
use crate::record::Record;

/// Collects records for an inventory.
pub(crate) struct InventoryBuilder {
    seed: u64,
    dictionaries: PerField<Dictionary>,
    codes: PerField<Vec<u32>>,
    observations: Observations,
    digest_key: Vec<u8>,
}

impl InventoryBuilder {
    /// A builder without records. With a seed that cannot be guessed, no input can be made to load slowly.
    #[must_use]
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            dictionaries: PerField::from_fn(|field| Dictionary::new(seed.wrapping_add(field.index() as u64))),
            codes: PerField::default(),
            observations: Observations::default(),
            digest_key: Vec::new(),
        }
    }

    /// Adds a record. Blanks around its texts do not count; a digest of `N/A` is none.
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
        for field in Field::ALL {
            let text = record.text(field).unwrap_or_default().trim();
            let dictionary = self.dictionaries.get_mut(field);
            let code = match (field, text) {
                (Field::Digest, text) if digest::is_none(text) => dictionary.intern(b"")?,
                (Field::Digest, text) => {
                    digest::write_key(&digest::normalise(text), &mut self.digest_key);
                    dictionary.intern(&self.digest_key)?
                }
                (_, text) => dictionary.intern(text.as_bytes())?,
            };
            let codes = self.codes.get_mut(field);
            codes.try_reserve(1).map_err(|_| Error::out_of_memory("collecting the rows"))?;
            codes.push(code);
        }
        self.observations.push(record)
    }

    /// Makes the inventory, with rows that are equal in all fields of `group_by` side by side. Returns it
    /// with the number of rows that were dropped because they repeat another one in all eight fields.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn finish(mut self, group_by: &[Field]) -> Result<(Inventory, u32), Error> {
        let order = order_by_group(&self.codes, &mut self.observations, group_by, self.seed)?;
        let marks = Marks::new(&self.observations, &order.arrivals, &order.is_end)?;
        drop(std::mem::take(&mut self.observations));
        let columns = self.dictionaries.try_map(|field, dictionary| {
            let codes = permuted(&std::mem::take(self.codes.get_mut(field)), &order.arrivals)?;
            Column::new(dictionary, codes)
        })?;
        let rows = order.arrivals.len() as u32;
        Ok((Inventory { rows, columns, grouped_by: group_by.to_vec(), marks, complete: true }, order.duplicates))
    }
}

fn permuted(codes: &[u32], arrivals: &[u32]) -> Result<Vec<u32>, Error> {
    let mut out = Vec::new();
    out.try_reserve_exact(arrivals.len()).map_err(|_| Error::out_of_memory("ordering the rows"))?;
    out.extend(arrivals.iter().map(|arrival| codes.get(*arrival as usize).copied().unwrap_or(0)));
    Ok(out)
}
