//! The code of each row in a column, in whichever form the column keeps its rows.

use std::borrow::Cow;

use super::Inventory;
use super::dictionary::ABSENT;
use super::postings::Run;
use super::row_set::RowSet;
use super::rows_of::RowsOf;
use crate::error::Error;
use crate::field::Field;
use crate::memory::list_of;

impl Inventory {
    /// The code of each row's value of a field, as it is kept or, where it is not, made from the rows of each value.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn row_codes(&self, field: Field) -> Result<Cow<'_, [u32]>, Error> {
        self.column(field).codes_of_rows()
    }

    /// The codes of some rows' values of a field, in the order of the rows. It costs a look at each piece of the column,
    /// where the code of each row is not kept, and no memory for the others.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn codes_of_some(&self, field: Field, rows: &[u32]) -> Result<Vec<u32>, Error> {
        let full = |_| Error::out_of_memory("looking rows up");
        let column = self.column(field);
        if let Some(codes) = column.postings.codes() {
            return list_of(rows.iter().map(|row| codes.get(*row as usize).copied().unwrap_or(ABSENT))).map_err(full);
        }
        let mut asked = RowSet::empty(self.rows)?;
        rows.iter().for_each(|row| asked.insert(*row));
        let mut found: Vec<(u32, u32)> = Vec::new();
        found.try_reserve_exact(rows.len()).map_err(full)?;
        found.extend(asked.rows().map(|row| (row, ABSENT)));
        for code in 1..column.dictionary.len() {
            let mut put = |run: &Run| {
                if !asked.has_between(run.start, run.end) {
                    return;
                }
                let from = found.partition_point(|(row, _)| *row < run.start);
                let of_run = found.iter_mut().skip(from).take_while(|(row, _)| *row < run.end);
                of_run.for_each(|(_, of_row)| *of_row = code);
            };
            match column.postings.rows_of(code) {
                RowsOf::Run(run) => put(&run),
                RowsOf::Runs(runs) => runs.iter().for_each(put),
                RowsOf::List(rows) => rows.iter().for_each(|row| put(&Run { start: *row, end: *row + 1 })),
                RowsOf::Set(rows) => {
                    let of_set = found.iter_mut().filter(|(row, _)| rows.contains(*row));
                    of_set.for_each(|(_, of_row)| *of_row = code);
                }
            }
        }
        let code_of = |row: &u32| {
            let place = found.binary_search_by_key(row, |(row, _)| *row).ok()?;
            found.get(place).map(|(_, code)| *code)
        };
        list_of(rows.iter().map(|row| code_of(row).unwrap_or(ABSENT))).map_err(full)
    }
}
