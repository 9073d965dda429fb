//! The code of each row in a column, in whichever form the column keeps its rows.

use std::borrow::Cow;

use super::Inventory;
use super::dictionary::ABSENT;
use super::postings::Run;
use super::rows_of::RowsOf;
use crate::error::Error;
use crate::field::Field;
use crate::memory::filled;

impl Inventory {
    /// The code of each row's value of a field, as it is kept or, where it is not, made from the rows of each value.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn row_codes(&self, field: Field) -> Result<Cow<'_, [u32]>, Error> {
        let column = self.column(field);
        if let Some(codes) = column.postings.codes() {
            return Ok(Cow::Borrowed(codes));
        }
        let full = |_| Error::out_of_memory("walking the rows of a column");
        let mut codes = filled(self.rows as usize, ABSENT).map_err(full)?;
        for code in 1..column.dictionary.len() {
            fill(column.postings.rows_of(code), code, &mut codes);
        }
        Ok(Cow::Owned(codes))
    }
}

fn fill(rows: RowsOf<'_>, code: u32, codes: &mut [u32]) {
    let mut fill_run = |run: &Run| {
        if let Some(codes) = codes.get_mut(run.start as usize..run.end as usize) {
            codes.fill(code);
        }
    };
    match rows {
        RowsOf::Run(run) => fill_run(&run),
        RowsOf::Runs(runs) => runs.iter().for_each(fill_run),
        RowsOf::List(rows) => rows.iter().for_each(|row| fill_run(&Run { start: *row, end: *row + 1 })),
        RowsOf::Set(rows) => rows.rows().for_each(|row| fill_run(&Run { start: row, end: row + 1 })),
    }
}
