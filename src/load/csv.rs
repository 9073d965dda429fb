//! Tables: lines of cells under a header → records.
//!
//! csv-core finds the cells. What it passes over in silence is watched here: a quote that is never
//! closed, a header without a known name or with one twice, a line with too few or too many cells.

use std::borrow::Cow;
use std::str;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::cursor::Cursor;
use super::names::Column;
use super::quotes::QuoteWatch;
use super::report::LeftOutReason;
use super::sniff::BYTE_ORDER_MARK;
use super::value::{Fault, Value, put};
use super::{Rows, too_large};
use crate::error::{Error, ErrorKind, quoted};
use crate::limits::{MAX_RECORD_BYTES, MAX_UNUSED_NAMES};
use crate::record::Record;

/// The separators that are told apart, by how often they occur in the header.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Reads a table piece by piece.
pub(super) struct CsvReader {
    cursor: Cursor,
    /// The first line, until its separator is known.
    first_line: Option<Vec<u8>>,
    reader: Reader,
    quotes: QuoteWatch,
    line: Line,
    header: Option<Header>,
}

/// The first line: what its cells name, and how they are written.
struct Header {
    columns: Vec<Option<Column>>,
    cells: Vec<Box<[u8]>>,
}

/// The line that is being read.
struct Line {
    start: Option<Cursor>,
    cells: Vec<u8>,
    cells_len: usize,
    ends: Vec<usize>,
    ends_len: usize,
}

impl CsvReader {
    pub(super) fn new(cursor: Cursor) -> Self {
        let line = Line { start: None, cells: vec![0; 4096], cells_len: 0, ends: vec![0; 64], ends_len: 0 };
        Self {
            cursor,
            first_line: Some(Vec::new()),
            reader: Reader::new(),
            quotes: QuoteWatch::new(b','),
            line,
            header: None,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
        let Some(first_line) = &mut self.first_line else { return self.read(bytes, rows) };
        let mut bytes = bytes;
        if first_line.is_empty() {
            // Blank lines before the header do not tell its separator.
            let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
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
        if let Some(start) = self.line.start {
            // A line break ends the last line, unless it stands within quotes and is a part of a cell.
            self.read(b"\n", rows)?;
            if self.line.start.is_some() {
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
        let delimiter = delimiter_of(&text);
        self.reader = ReaderBuilder::new().delimiter(delimiter).build();
        self.quotes = QuoteWatch::new(delimiter);
        self.read(&text, rows)
    }

    fn read(&mut self, mut input: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
        while !input.is_empty() {
            if self.line.start.is_none() {
                // Blank lines are no lines, so that a line begins where its first cell does.
                let blank = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                let (before, rest) = input.split_at_checked(blank).unwrap_or((input, b""));
                self.cursor.advance(before);
                input = rest;
                if input.is_empty() {
                    return Ok(());
                }
                self.line.start = Some(self.cursor);
            }
            let (ended, consumed) = self.line.read(&mut self.reader, input)?;
            let (line, rest) = input.split_at_checked(consumed).unwrap_or((input, b""));
            self.quotes.watch(line).map_err(|error| match self.line.start {
                Some(start) => error.with_position(start.position()),
                None => error,
            })?;
            self.cursor.advance(line);
            input = rest;
            if ended {
                self.take_line(rows)?;
                self.line.clear();
            }
        }
        Ok(())
    }

    fn take_line(&mut self, rows: &mut Rows<'_>) -> Result<(), Error> {
        let at = self.line.start.unwrap_or(self.cursor).position();
        let Some(header) = &self.header else {
            self.header = Some(read_header(&self.line, rows).map_err(|error| error.with_position(at))?);
            return Ok(());
        };
        // A header again comes of tables that were put one behind the other.
        if self.line.cells().all(|cell| cell.trim_ascii().is_empty()) || header.is(&self.line) {
            return Ok(());
        }
        rows.take(read_row(&header.columns, &self.line), at)
    }
}

impl Line {
    /// Reads on in this line. Returns whether it has ended, and how many bytes were read.
    fn read(&mut self, reader: &mut Reader, input: &[u8]) -> Result<(bool, usize), Error> {
        let mut consumed = 0;
        loop {
            let rest = input.get(consumed..).unwrap_or_default();
            let cells = self.cells.get_mut(self.cells_len..).unwrap_or_default();
            let ends = self.ends.get_mut(self.ends_len..).unwrap_or_default();
            let (result, read, cells_written, ends_written) = reader.read_record(rest, cells, ends);
            consumed += read;
            self.cells_len += cells_written;
            self.ends_len += ends_written;
            match result {
                ReadRecordResult::OutputFull => grow(&mut self.cells, self.start)?,
                ReadRecordResult::OutputEndsFull => grow(&mut self.ends, self.start)?,
                ReadRecordResult::InputEmpty => return Ok((false, consumed)),
                ReadRecordResult::Record | ReadRecordResult::End => return Ok((true, consumed)),
            }
        }
    }

    fn clear(&mut self) {
        self.start = None;
        self.cells_len = 0;
        self.ends_len = 0;
    }

    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().take(self.ends_len).map(move |end| {
            let cell = self.cells.get(start..*end).unwrap_or_default();
            start = *end;
            cell
        })
    }
}

fn grow<T: Clone + Default>(buffer: &mut Vec<T>, start: Option<Cursor>) -> Result<(), Error> {
    let length = buffer.len();
    if length >= MAX_RECORD_BYTES {
        return Err(too_large("line", start.unwrap_or_default()));
    }
    buffer.try_reserve_exact(length).map_err(|_| Error::out_of_memory("reading a line"))?;
    buffer.resize(2 * length, T::default());
    Ok(())
}

/// The separator that occurs most often in the first line, outside of quotes.
fn delimiter_of(text: &[u8]) -> u8 {
    let line = text.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = DELIMITERS.map(|delimiter| (0, delimiter));
    for byte in line {
        quoted ^= *byte == b'"';
        for (count, delimiter) in &mut counts {
            *count += i32::from(!quoted && byte == delimiter);
        }
    }
    // Of equally frequent ones the first is taken, of none the comma.
    counts.into_iter().rev().max_by_key(|(count, _)| *count).map_or(b',', |(_, delimiter)| delimiter)
}

impl Header {
    /// Whether a line says what the header says. It is asked of every line: the first cell tells of most.
    fn is(&self, line: &Line) -> bool {
        let bare = |cell: &[u8], name: &[u8]| cell.strip_prefix(BYTE_ORDER_MARK).unwrap_or(cell).trim_ascii() == name;
        line.ends_len == self.cells.len() && line.cells().zip(&self.cells).all(|(cell, name)| bare(cell, name))
    }
}

fn read_header(line: &Line, rows: &mut Rows<'_>) -> Result<Header, Error> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    let mut unknown = Vec::new();
    for cell in line.cells() {
        let name = str::from_utf8(cell).map_err(|_| {
            Error::new(ErrorKind::UnsupportedEncoding, "the header is not UTF-8; save the table as CSV in UTF-8")
        })?;
        let name = name.trim();
        let column = Column::named(name);
        if let Some(known) = column
            && columns.contains(&column)
        {
            return Err(Error::new(
                ErrorKind::DuplicateColumn,
                format!("the header names `{}` twice, the second time as {}; keep one", known.name(), quoted(name)),
            )
            .with_field(known.name()));
        }
        if column.is_none() && !name.is_empty() && unknown.len() < MAX_UNUSED_NAMES {
            unknown.push(name.to_owned());
        }
        columns.push(column);
    }
    if !columns.iter().any(|column| matches!(column, Some(Column::Field(_)))) {
        return Err(super::no_known_field(&unknown));
    }
    unknown.iter().for_each(|name| rows.report.note_unused(name));
    let cells = line.cells().map(|cell| cell.trim_ascii().into()).collect();
    Ok(Header { columns, cells })
}

fn read_row<'a>(header: &[Option<Column>], line: &'a Line) -> Result<Record<'a>, Fault> {
    let filled = line.ends_len.min(header.len());
    if line.ends_len < header.len() || line.cells().skip(filled).any(|cell| !cell.trim_ascii().is_empty()) {
        let message = format!("the line has {} cells, but the header has {}", line.ends_len, header.len());
        return Err((LeftOutReason::NotARow, message));
    }
    let mut record = Record::default();
    for (column, cell) in header.iter().zip(line.cells()) {
        let Some(column) = column else { continue };
        let text = str::from_utf8(cell).map_err(|_| {
            (LeftOutReason::InvalidText, format!("`{}` is not UTF-8; save the table as CSV in UTF-8", column.name()))
        })?;
        put(&mut record, *column, Value::Text(Cow::Borrowed(text)))?;
    }
    Ok(record)
}
