//! Lines of any kind, in pieces cut anywhere: csv-core finds their cells, and takes the quotes away.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::cells::Cells;
use super::quotes::QuoteWatch;
use crate::error::Error;
use crate::limits::MAX_RECORD_BYTES;
use crate::load::cursor::Cursor;
use crate::load::too_large;

/// Reads one line after the other.
pub(super) struct LineReader {
    reader: Reader,
    quotes: QuoteWatch,
    start: Option<Cursor>,
    cells: Vec<u8>,
    cells_len: usize,
    ends: Vec<usize>,
    ends_len: usize,
}

impl LineReader {
    pub(super) fn new(delimiter: u8) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
        // It takes a byte order mark away from what it reads first, which may be any line here. This is none.
        reader.read_record(b"\n", &mut [0], &mut [0]);
        Self {
            reader,
            quotes: QuoteWatch::new(delimiter),
            start: None,
            cells: vec![0; 4096],
            cells_len: 0,
            ends: vec![0; 64],
            ends_len: 0,
        }
    }

    /// Where the line began that is being read, if any is.
    pub(super) fn start(&self) -> Option<Cursor> {
        self.start
    }

    /// Reads on in the line, or begins one at `cursor`. Returns whether it has ended, and how many bytes were read.
    pub(super) fn read(&mut self, input: &[u8], cursor: Cursor) -> Result<(bool, usize), Error> {
        let start = *self.start.get_or_insert(cursor);
        let (ended, consumed) = self.find_cells(input, start)?;
        let line = input.get(..consumed).unwrap_or_default();
        self.quotes.watch(line).map_err(|error| error.with_position(start.position()))?;
        Ok((ended, consumed))
    }

    /// The cells of the line that has ended.
    pub(super) fn cells(&self) -> Cells<'_> {
        let text = self.cells.get(..self.cells_len).unwrap_or_default();
        Cells::new(text, None, self.ends.get(..self.ends_len).unwrap_or_default(), 0)
    }

    /// Is done with the line.
    pub(super) fn clear(&mut self) {
        self.start = None;
        self.cells_len = 0;
        self.ends_len = 0;
    }

    fn find_cells(&mut self, input: &[u8], start: Cursor) -> Result<(bool, usize), Error> {
        let mut consumed = 0;
        loop {
            let rest = input.get(consumed..).unwrap_or_default();
            let cells = self.cells.get_mut(self.cells_len..).unwrap_or_default();
            let ends = self.ends.get_mut(self.ends_len..).unwrap_or_default();
            let (result, read, cells_written, ends_written) = self.reader.read_record(rest, cells, ends);
            consumed += read;
            self.cells_len += cells_written;
            self.ends_len += ends_written;
            match result {
                ReadRecordResult::OutputFull => grow(&mut self.cells, start)?,
                ReadRecordResult::OutputEndsFull => grow(&mut self.ends, start)?,
                ReadRecordResult::InputEmpty => return Ok((false, consumed)),
                ReadRecordResult::Record | ReadRecordResult::End => return Ok((true, consumed)),
            }
        }
    }
}

fn grow<T: Clone + Default>(buffer: &mut Vec<T>, start: Cursor) -> Result<(), Error> {
    let length = buffer.len();
    if length >= MAX_RECORD_BYTES {
        return Err(too_large("line", start));
    }
    buffer.try_reserve_exact(length).map_err(|_| Error::out_of_memory("reading a line"))?;
    buffer.resize(2 * length, T::default());
    Ok(())
}
