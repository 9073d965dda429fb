//! An inventory as flat arrays, and back. What follows from the rows and their values is not kept but found anew,
//! so that it cannot contradict them.

use super::Inventory;
use super::column::Column;
use super::group_ends::group_ends;
use super::marks::Marks;
use crate::error::Error;
use crate::field::{Field, PerField};
use crate::flat::{Reader, Writer, damaged};
use crate::limits::MAX_ROWS;

impl Inventory {
    pub(crate) fn save(&self, writer: &mut Writer) -> Result<(), Error> {
        writer.numbers([self.rows.into(), self.complete.into(), 0, 0]);
        self.marks.save(writer);
        self.columns.iter().try_for_each(|(_, column)| column.save(writer))
    }

    /// An inventory as it was saved, whose rows are grouped by some fields. The seed keeps what the snapshot holds
    /// from making this slow.
    pub(crate) fn restore(reader: &mut Reader, grouped_by: &[Field], seed: u64) -> Result<Self, Error> {
        let (rows, complete) = match reader.numbers()? {
            [rows, complete @ (0 | 1), 0, 0] if rows <= MAX_ROWS.into() => (rows as u32, complete == 1),
            _ => return Err(damaged()),
        };
        // What is allocated without asking comes first, while there is room for it.
        let grouped_by = grouped_by.to_vec();
        let mut marks = Marks::restore(reader, rows)?;
        let columns = PerField::from_fn(|_| ()).try_map(|field, ()| {
            Column::restore(reader, field == Field::Digest, rows, seed.wrapping_add(field.index() as u64))
        })?;
        marks.group_ends = group_ends(&columns, rows, &grouped_by)?;
        Ok(Self { rows, columns, grouped_by, marks, complete })
    }
}
