//! JSON exports: pieces of text in, records out.
//!
//! Read are row objects and pages of row objects, alone, one after the other (NDJSON), or in arrays. The
//! structure around the rows is followed here byte by byte; each row, and what surrounds the rows of a
//! page, is read as soon as it is whole, so that no more than one of them is ever kept.

mod input;
pub(super) mod open_value;
pub(super) mod page;
mod plain_row;
mod row;
pub(crate) mod text;

pub(crate) use self::input::input;
use self::open_value::{OpenValue, Step};
use self::plain_row::PlainRows;
use self::text::{Invalid, JsonText};
use super::Rows;
use super::cursor::Cursor;
use super::list::List;
use super::names::NameCache;
use super::readers;
use super::report::LeftOutReason;
use super::shape::Shape;
use crate::error::{Error, ErrorKind, Position, quoted};
use crate::limits::MAX_ARRAY_DEPTH;

/// Reads a JSON export piece by piece.
pub(super) struct JsonReader {
    cursor: Cursor,
    /// The arrays around the next value, outermost first.
    arrays: Vec<Array>,
    value: Option<OpenValue>,
    /// The page whose list of rows is being read.
    page: Option<OpenValue>,
    names: NameCache,
    /// A value that is whole, and waits for the reader that it needs.
    waiting: Option<OpenValue>,
    /// How many bytes of it were read last.
    waiting_from: Option<usize>,
    /// What follows it.
    unread: Vec<u8>,
}

struct Array {
    /// Which list of rows of a page it is, if any; and how many rows, and tags without a repository, came before it.
    list: Option<(List, u32, u32)>,
    expects: Expects,
    start: Cursor,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    ValueOrEnd,
    Value,
    CommaOrEnd,
}

impl JsonReader {
    pub(super) fn new(cursor: Cursor) -> Self {
        let (arrays, names) = (Vec::new(), NameCache::default());
        Self { cursor, arrays, value: None, page: None, names, waiting: None, waiting_from: None, unread: Vec::new() }
    }

    pub(super) fn push(&mut self, input: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
        let mut plain = PlainRows::new(input);
        let mut at = 0;
        while let Some(rest) = input.get(at..).filter(|rest| !rest.is_empty()) {
            let step = match self.value.take() {
                Some(value) => match self.plain_row(&value, input, at, &mut plain, rows) {
                    Ok(Some(consumed)) => Ok(consumed),
                    Ok(None) => self.continue_value(value, rest, rows),
                    Err(error) => {
                        self.value = Some(value);
                        Err(error)
                    }
                },
                None => self.between_values(rest, rows),
            };
            match step {
                Ok(consumed) => at += consumed,
                Err(error) => return Err(self.stop(error, rest)),
            }
        }
        Ok(())
    }

    /// Keeps what is not read yet, where it only waits for a reader. A value that waits is a part of `rest`.
    #[cold]
    fn stop(&mut self, error: Error, rest: &[u8]) -> Error {
        if !readers::waits(&error) {
            return error;
        }
        let consumed = self.waiting_from.take().unwrap_or(0);
        let rest = rest.get(consumed..).unwrap_or_default();
        if self.unread.try_reserve(rest.len()).is_err() {
            return Error::out_of_memory("keeping what waits");
        }
        self.unread.extend_from_slice(rest);
        error
    }

    /// Goes on where a reader was missing.
    #[cold]
    pub(super) fn resume(&mut self, rows: &mut Rows<'_>) -> Result<(), Error> {
        if let Some(value) = self.waiting.take() {
            self.end_value(value, b"", rows)?;
        }
        let unread = std::mem::take(&mut self.unread);
        self.push(&unread, rows)
    }

    /// Reads a value that begins here, where it is a plain row, and returns how long it is.
    fn plain_row(
        &mut self,
        value: &OpenValue,
        input: &[u8],
        start: usize,
        plain: &mut PlainRows<'_>,
        rows: &mut Rows<'_>,
    ) -> Result<Option<usize>, Error> {
        if !value.is_new() {
            return Ok(None);
        }
        let Some(found) = plain.row_at(start, &mut self.names) else { return Ok(None) };
        let at = value.start().position();
        let list = self.list();
        if list.is_none() {
            rows.report.shapes.add(Shape::Rows);
        }
        // Rows of no list are images, as those of Security Center's own list are.
        list.unwrap_or(List::ImageInstances).take(found.row, at, rows)?;
        self.cursor.advance(input.get(start..found.end).unwrap_or_default());
        Ok(Some(found.end - start))
    }

    /// The list of rows that is being read.
    fn list(&self) -> Option<List> {
        self.arrays.last()?.list.map(|(list, ..)| list)
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        let open = match (&self.value, self.arrays.last()) {
            (Some(value), _) => Some(("value", value.start())),
            (None, Some(array)) => Some(("list", array.start)),
            (None, None) => None,
        };
        match open {
            None => Ok(()),
            Some((what, start)) => {
                let Position { line, column, .. } = start.position();
                let message = format!(
                    "the input ends within the {what} that begins at line {line}, column {column}; \
                     the export is incomplete, make it again"
                );
                Err(Error::new(ErrorKind::TruncatedJson, message).with_position(self.cursor.position()))
            }
        }
    }

    /// Reads what stands between values: blanks, commas, and the ends of arrays.
    fn between_values(&mut self, input: &[u8], rows: &Rows<'_>) -> Result<usize, Error> {
        let blank = input.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
        self.cursor.advance(input.get(..blank).unwrap_or_default());
        let Some(byte) = input.get(blank).copied() else { return Ok(blank) };
        let in_list = self.list().is_some();
        let expects = self.arrays.last().map(|array| array.expects);
        match (byte, expects) {
            (b',', Some(Expects::CommaOrEnd)) => self.set_expected(Expects::Value),
            (b']', Some(Expects::CommaOrEnd | Expects::ValueOrEnd)) => self.close_array(rows)?,
            (b',' | b']' | b'}' | b':', _) | (_, Some(Expects::CommaOrEnd)) => {
                return Err(self.unexpected(input, blank));
            }
            (b'[', _) if !in_list => self.open_array()?,
            (b'{', _) | (_, Some(_)) => {
                self.set_expected(Expects::CommaOrEnd);
                // The value's first byte is read with the rest of it.
                self.value = Some(OpenValue::new(byte, self.cursor, !in_list));
                return Ok(blank);
            }
            (_, None) => return Err(self.unexpected(input, blank)),
        }
        self.cursor.advance(&[byte]);
        Ok(blank + 1)
    }

    fn set_expected(&mut self, expects: Expects) {
        if let Some(array) = self.arrays.last_mut() {
            array.expects = expects;
        }
    }

    fn open_array(&mut self) -> Result<(), Error> {
        if self.arrays.len() == MAX_ARRAY_DEPTH {
            return Err(Error::new(
                ErrorKind::InvalidJson,
                format!(
                    "arrays stand in arrays more than {MAX_ARRAY_DEPTH} deep; rows or pages must be nearer to the start"
                ),
            )
            .with_position(self.cursor.position()));
        }
        self.set_expected(Expects::CommaOrEnd);
        self.arrays.push(Array { list: None, expects: Expects::ValueOrEnd, start: self.cursor });
        Ok(())
    }

    fn close_array(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        let list = self.arrays.pop().and_then(|array| array.list);
        if let (Some((list, rows_before, tags_before)), Some(page)) = (list, self.page.take()) {
            // The page goes on behind the list's end.
            let tags = tags_before..rows.tags();
            self.value = Some(page.after_list(self.cursor, list, rows.report.rows - rows_before, tags)?);
        }
        Ok(())
    }

    /// Reads a value that has ended, of which `piece` is the end.
    fn end_value(&mut self, mut value: OpenValue, piece: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
        let (start, is_page, list) = (value.start(), value.is_page(), self.list());
        let read = value.with_text(piece, |value, text| match text.first() {
            Some(b'{') if is_page => page::read(value, text, rows),
            Some(b'{') => row::read(start, text, list, &mut self.names, rows),
            Some(b'"') if list == Some(List::Repositories) => catalogued(start, text, rows),
            _ => no_row(start, text, rows),
        });
        if read.as_ref().is_err_and(readers::waits) {
            value.keep(piece)?;
            self.waiting = Some(value);
        }
        read
    }

    /// Reads on in a value that has begun.
    fn continue_value(&mut self, mut value: OpenValue, input: &[u8], rows: &mut Rows<'_>) -> Result<usize, Error> {
        let (step, consumed) = value.scan(input);
        let piece = input.get(..consumed).unwrap_or_default();
        self.cursor.advance(piece);
        match step {
            Step::Ended => {
                self.waiting_from = Some(consumed);
                self.end_value(value, piece, rows)?;
            }
            Step::Goes => {
                value.keep(piece)?;
                self.value = Some(value);
            }
            Step::ListBegins(list) => {
                value.keep(piece)?;
                value.begin_list();
                self.page = Some(value);
                if list == List::ImageInstances {
                    rows.report.shapes.add(Shape::DescribeImageInstances);
                }
                let list = Some((list, rows.report.rows, rows.tags()));
                self.arrays.push(Array { list, expects: Expects::ValueOrEnd, start: self.cursor });
            }
        }
        Ok(consumed)
    }

    fn unexpected(&self, input: &[u8], at: usize) -> Error {
        // The first character alone: how much follows it is a matter of where the input was cut.
        let found = match input.get(at).copied() {
            Some(byte) if byte.is_ascii() => quoted(char::from(byte).encode_utf8(&mut [0; 4])),
            _ => "another character".to_owned(),
        };
        let expected = match self.arrays.last().map(|array| array.expects) {
            None => "an object or an array must begin",
            Some(Expects::Value) => "a value must follow the comma",
            Some(Expects::ValueOrEnd) => "a value or `]` must follow",
            Some(Expects::CommaOrEnd) => "`,` or `]` must follow",
        };
        Error::new(ErrorKind::InvalidJson, format!("the input is not JSON: {expected}, but here is {found}"))
            .with_position(self.cursor.position())
    }
}

/// A text stands where a repository must be: it is its name.
fn catalogued(start: Cursor, text: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
    check(start, text)?;
    rows.by_registries(&mut |registries, rows| registries.repository(None, rows))
}

fn check(start: Cursor, text: &[u8]) -> Result<(), Error> {
    JsonText::check(text).map_err(|error| invalid(error, start.advanced(text.get(..error.at).unwrap_or(text))))
}

/// A value that is no object stands where a row must be.
fn no_row(start: Cursor, text: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
    check(start, text)?;
    let shown = String::from_utf8_lossy(text.get(..text.len().min(80)).unwrap_or_default());
    let message = format!("a row must be an object, but here is {}", quoted(&shown));
    rows.take(Err((LeftOutReason::NotARow, message)), start.position())
}

/// The error for a text that is no JSON, as `at` says where.
pub(super) fn invalid(error: Invalid, at: Cursor) -> Error {
    invalid_at(error, at.position())
}

pub(super) fn invalid_at(error: Invalid, at: Position) -> Error {
    Error::new(ErrorKind::InvalidJson, format!("the input is not JSON here: {}", error.reason)).with_position(at)
}
