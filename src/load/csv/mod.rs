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
use super::readers;
use crate::error::{Error, ErrorKind, Position};
use crate::limits::MAX_RECORD_BYTES;
use cells::Cells;
use header::{Header, delimiter_of, told_delimiter};
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
    header_at: Position,
    /// What follows a header whose reader is missing.
    unread: Vec<u8>,
}

impl CsvReader {
    pub(super) fn new(cursor: Cursor) -> Self {
        Self {
            cursor,
            first_line: Some(Vec::new()),
            delimiter: b',',
            line: LineReader::new(b','),
            header: None,
            header_at: Position::default(),
            unread: Vec::new(),
        }
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
        // What follows carriage returns tells whether they end lines alone: it is waited for.
        let start = match first_line.last() {
            Some(b'\r') => 0,
            _ => memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len()),
        };
        let length = match bytes.get(start..).unwrap_or_default() {
            [b'\n', ..] if first_line.last() != Some(&b'\r') => start + 1,
            end => start + end.iter().take_while(|byte| **byte == b'\r').count(),
        };
        let (line, rest) = bytes.split_at_checked(length).unwrap_or((bytes, b""));
        first_line.try_reserve(line.len()).map_err(|_| Error::out_of_memory("reading the header"))?;
        first_line.extend_from_slice(line);
        let ended = match first_line.last() {
            Some(b'\r') => !rest.is_empty(),
            last => last == Some(&b'\n'),
        };
        if !ended && first_line.len() < MAX_RECORD_BYTES {
            return Ok(());
        }
        if first_line.last() == Some(&b'\r') && rest.first() != Some(&b'\n') {
            self.cursor.end_lines_by_carriage_returns();
        }
        let read = self.read_first_line(rows);
        self.keep_if_it_waits(read, rest)?;
        self.read(rest, rows)
    }

    /// Keeps what follows, where a reader is missing.
    fn keep_if_it_waits(&mut self, read: Result<(), Error>, rest: &[u8]) -> Result<(), Error> {
        if let Err(error) = &read
            && readers::waits(error)
        {
            self.header_at = error.position().unwrap_or(self.header_at);
            self.unread.try_reserve(rest.len()).map_err(|_| Error::out_of_memory("keeping what waits"))?;
            self.unread.extend_from_slice(rest);
        }
        read
    }

    /// Goes on where a reader was missing.
    #[cold]
    pub(super) fn resume(&mut self, rows: &mut Rows<'_>) -> Result<(), Error> {
        if let Some(header) = &mut self.header {
            header.settle(rows).map_err(|error| error.with_position(self.header_at))?;
        }
        let unread = std::mem::take(&mut self.unread);
        self.read(&unread, rows)
    }

    pub(super) fn finish(mut self, rows: &mut Rows<'_>) -> Result<(), Error> {
        // Behind a header that ends the table stands nothing that a reader could be missing for.
        let unless_it_waits =
            |read: Result<(), Error>| read.or_else(|error| if readers::waits(&error) { Ok(()) } else { Err(error) });
        unless_it_waits(self.read_first_line(rows))?;
        if let Some(start) = self.line.start() {
            // A line break ends the last line, unless it stands within quotes and is a part of a cell.
            unless_it_waits(self.read(b"\n", rows))?;
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
        let told = told_delimiter(&text);
        self.delimiter = told.unwrap_or_else(|| delimiter_of(&text));
        self.line = LineReader::new(self.delimiter);
        if told.is_some() {
            self.cursor.advance(&text);
            return Ok(());
        }
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
                    match take_line(&mut self.header, cells, start, rows) {
                        Ok(()) => continue,
                        error => return self.keep_if_it_waits(error, input.get(at..).unwrap_or_default()),
                    }
                }
            }
            let start = self.line.start().unwrap_or(self.cursor);
            let (ended, consumed) = self.line.read(rest, self.cursor)?;
            self.cursor.advance(rest.get(..consumed).unwrap_or_default());
            at += consumed;
            if ended {
                let taken = take_line(&mut self.header, self.line.cells(), start, rows);
                self.line.clear();
                self.keep_if_it_waits(taken, input.get(at..).unwrap_or_default())?;
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
        let read = Header::read(line).and_then(|read| header.insert(read).settle(rows));
        return read.map_err(|error| error.with_position(at));
    };
    // A header again comes of tables that were put one behind the other.
    if header.may_be(line) && (line.are_blank() || header.is(line)) {
        return Ok(());
    }
    rows.take(header.read_row(line), at)
}
