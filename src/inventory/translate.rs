//! The values of one inventory by the codes of another: what two inventories have in common.

use super::Inventory;
use super::batch::BATCH;
use super::dictionary::ABSENT;
use crate::error::Error;
use crate::field::Field;

impl Inventory {
    /// For each code of a field, the code that the same value has in another inventory: [`ABSENT`] where no image of it
    /// holds the value, and for that of no value.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn codes_in(&self, other: &Inventory, field: Field) -> Result<Vec<u32>, Error> {
        let (own, theirs) = (&self.column(field).dictionary, &other.column(field).dictionary);
        let mut codes = Vec::new();
        codes.try_reserve_exact(own.len() as usize).map_err(|_| Error::out_of_memory("comparing values"))?;
        codes.push(ABSENT);
        for first in (1..own.len()).step_by(BATCH) {
            let count = BATCH.min((own.len() - first) as usize);
            let mut values = [[].as_slice(); BATCH];
            values.iter_mut().zip(first..own.len()).for_each(|(value, code)| *value = own.value(code));
            codes.extend(theirs.codes(values.get(..count).unwrap_or_default())?.into_iter().take(count));
        }
        Ok(codes)
    }
}
