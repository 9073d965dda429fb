//! Tables: lines of cells under a header → records.
//!
//! Lines without quotes are found by their separators, all others by csv-core. What that passes over in silence
//! is watched here: a quote that is never closed, a header without a known name or with one twice, a line with
//! too few or too many cells.

mod cells;
mod header;
mod plain;
mod quoted;
mod quotes;

use super::Rows;
use super::cursor::Cursor;
use crate::error::{Error, ErrorKind};
use crate::limits::MAX_RECORD_BYTES;
use cells::Cells;
use header::{Header, delimiter_of};
use plain::PlainLines;
use quoted::LineReader;

/// Reads a table piece by piece.
pub(super) struct CsvReader {
    cursor: Cursor,
    /// The first line, until its separator is known.
    first_line: Option<Vec<u8>>,
    delimiter: u8,
    line: LineReader,
    header: Option<Header>,
}

impl CsvReader {
    pub(super) fn new(cursor: Cursor) -> Self {
        Self { cursor, first_line: Some(Vec::new()), delimiter: b',', line: LineReader::new(b','), header: None }
    }

    pub(super) fn push(&mut self, bytes: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
        let Some(first_line) = &mut self.first_line else { return self.read(bytes, rows) };
        let mut bytes = bytes;
        if first_line.is_empty() {
            // Blank lines before the header do not tell its separator.
            let blank = line_breaks(bytes);
            let (before, rest) = bytes.split_at_checked(blank).unwrap_or((bytes, b""));
            self.cursor.advance(before);
            bytes = rest;
        }
        let (line, rest) = match memchr::memchr(b'\n', bytes) {
            Some(end) => bytes.split_at_checked(end).unwrap_or((bytes, b"")),
            None => (bytes, b"".as_slice()),
        };
        let ended = line.len() < bytes.len();
        first_line.try_reserve(line.len()).map_err(|_| Error::out_of_memory("reading the header"))?;
        first_line.extend_from_slice(line);
        if !ended && first_line.len() < MAX_RECORD_BYTES {
            return Ok(());
        }
        self.read_first_line(rows)?;
        self.read(rest, rows)
    }

    pub(super) fn finish(mut self, rows: &mut Rows<'_>) -> Result<(), Error> {
        self.read_first_line(rows)?;
        if let Some(start) = self.line.start() {
            // A line break ends the last line, unless it stands within quotes and is a part of a cell.
            self.read(b"\n", rows)?;
            if self.line.start().is_some() {
                return Err(Error::new(
                    ErrorKind::UnclosedQuote,
                    "a quote in the line that begins here is never closed; close it, or double it where it is a part of the text",
                )
                .with_position(start.position()));
            }
        }
        if self.header.is_none() {
            return Err(Error::new(ErrorKind::EmptyInput, "the table is empty; export the inventory again")
                .with_position(self.cursor.position()));
        }
        Ok(())
    }

    fn read_first_line(&mut self, rows: &mut Rows<'_>) -> Result<(), Error> {
        let Some(text) = self.first_line.take() else { return Ok(()) };
        self.delimiter = delimiter_of(&text);
        self.line = LineReader::new(self.delimiter);
        self.read(&text, rows)
    }

    fn read(&mut self, input: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
        let mut plain = PlainLines::new(input, self.delimiter);
        let mut at = 0;
        while at < input.len() {
            let rest = input.get(at..).unwrap_or_default();
            if self.line.start().is_none() {
                // Blank lines are no lines, so that a line begins where its first cell does.
                let blank = line_breaks(rest);
                if blank > 0 {
                    self.cursor.advance(rest.get(..blank).unwrap_or_default());
                    at += blank;
                    continue;
                }
                if let Some((cells, next)) = plain.line_at(at) {
                    let start = self.cursor;
                    self.cursor.pass_line(input.get(at..next).unwrap_or_default());
                    at = next;
                    take_line(&mut self.header, cells, start, rows)?;
                    continue;
                }
            }
            let start = self.line.start().unwrap_or(self.cursor);
            let (ended, consumed) = self.line.read(rest, self.cursor)?;
            self.cursor.advance(rest.get(..consumed).unwrap_or_default());
            at += consumed;
            if ended {
                take_line(&mut self.header, self.line.cells(), start, rows)?;
                self.line.clear();
            }
        }
        Ok(())
    }
}

/// How many line breaks a text begins with.
#[inline]
fn line_breaks(text: &[u8]) -> usize {
    text.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// Takes a line: the first as the header, the others as rows under it.
fn take_line(header: &mut Option<Header>, line: Cells<'_>, start: Cursor, rows: &mut Rows<'_>) -> Result<(), Error> {
    let at = start.position();
    let Some(header) = header else {
        *header = Some(Header::read(line, rows.report).map_err(|error| error.with_position(at))?);
        return Ok(());
    };
    // A header again comes of tables that were put one behind the other.
    if header.may_be(line) && (line.are_blank() || header.is(line)) {
        return Ok(());
    }
    rows.take(header.read_row(line), at)
}
