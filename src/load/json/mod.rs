//! JSON exports: pieces of text in, records out.
//!
//! Read are row objects and pages of row objects, alone, one after the other (NDJSON), or in arrays. The
//! structure around the rows is followed here byte by byte; each row, and what surrounds the rows of a
//! page, is read as soon as it is whole, so that no more than one of them is ever kept.

mod input;
mod open_value;
mod page;
mod plain_row;
mod row;
mod text;

pub(crate) use self::input::input;
use self::open_value::{OpenValue, Step};
use self::plain_row::PlainRows;
use self::text::{Invalid, JsonText};
use super::Rows;
use super::cursor::Cursor;
use super::names::NameCache;
use super::report::{LeftOutReason, Shape};
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
    shape: Shape,
}

struct Array {
    /// Whether it is the list of rows of a page.
    is_list: bool,
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
        Self { cursor, arrays, value: None, page: None, names, shape: Shape::Rows }
    }

    pub(super) fn push(&mut self, input: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
        let mut plain = PlainRows::new(input);
        let mut at = 0;
        while let Some(rest) = input.get(at..).filter(|rest| !rest.is_empty()) {
            at += match self.value.take() {
                Some(value) => match self.plain_row(&value, input, at, &mut plain, rows)? {
                    Some(consumed) => consumed,
                    None => self.continue_value(value, rest, rows)?,
                },
                None => self.between_values(rest)?,
            };
        }
        Ok(())
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
        self.cursor.advance(input.get(start..found.end).unwrap_or_default());
        rows.take(found.row, value.start().position())?;
        Ok(Some(found.end - start))
    }

    pub(super) fn finish(self) -> Result<Shape, Error> {
        let open = match (&self.value, self.arrays.last()) {
            (Some(value), _) => Some(("value", value.start())),
            (None, Some(array)) => Some(("list", array.start)),
            (None, None) => None,
        };
        match open {
            None => Ok(self.shape),
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
    fn between_values(&mut self, input: &[u8]) -> Result<usize, Error> {
        let blank = input.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
        self.cursor.advance(input.get(..blank).unwrap_or_default());
        let Some(byte) = input.get(blank).copied() else { return Ok(blank) };
        let in_list = self.arrays.last().is_some_and(|array| array.is_list);
        let expects = self.arrays.last().map(|array| array.expects);
        match (byte, expects) {
            (b',', Some(Expects::CommaOrEnd)) => self.set_expected(Expects::Value),
            (b']', Some(Expects::CommaOrEnd | Expects::ValueOrEnd)) => self.close_array(),
            (b',' | b']' | b'}' | b':', _) | (_, Some(Expects::CommaOrEnd)) => {
                return Err(self.unexpected(input, blank));
            }
            (b'[', _) if !in_list => self.open_array(false)?,
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

    fn open_array(&mut self, is_list: bool) -> Result<(), Error> {
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
        self.arrays.push(Array { is_list, expects: Expects::ValueOrEnd, start: self.cursor });
        Ok(())
    }

    fn close_array(&mut self) {
        if self.arrays.pop().is_some_and(|array| array.is_list) {
            // The page goes on behind the list's end.
            self.value = self.page.take().map(|page| page.after_list(self.cursor));
        }
    }

    /// Reads on in a value that has begun.
    fn continue_value(&mut self, mut value: OpenValue, input: &[u8], rows: &mut Rows<'_>) -> Result<usize, Error> {
        let (step, consumed) = value.scan(input);
        let piece = input.get(..consumed).unwrap_or_default();
        self.cursor.advance(piece);
        match step {
            Step::Ended => {
                let (start, is_page) = (value.start(), value.is_page());
                value.with_text(piece, |value, text| match text.first() {
                    Some(b'{') if is_page => page::read(value, text, rows),
                    Some(b'{') => row::read(start, text, &mut self.names, rows),
                    _ => no_row(start, text, rows),
                })?;
            }
            Step::Goes => {
                value.keep(piece)?;
                self.value = Some(value);
            }
            Step::ListBegins => {
                value.keep(piece)?;
                value.begin_list();
                self.page = Some(value);
                self.shape = Shape::DescribeImageInstances;
                self.arrays.push(Array { is_list: true, expects: Expects::ValueOrEnd, start: self.cursor });
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

/// A value that is no object stands where a row must be.
fn no_row(start: Cursor, text: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
    JsonText::check(text).map_err(|error| invalid(error, start.advanced(text.get(..error.at).unwrap_or(text))))?;
    let shown = String::from_utf8_lossy(text.get(..text.len().min(80)).unwrap_or_default());
    let message = format!("a row must be an object, but here is {}", quoted(&shown));
    rows.take(Err((LeftOutReason::NotARow, message)), start.position())
}

/// The error for a text that is no JSON, as `at` says where.
fn invalid(error: Invalid, at: Cursor) -> Error {
    invalid_at(error, at.position())
}

fn invalid_at(error: Invalid, at: Position) -> Error {
    Error::new(ErrorKind::InvalidJson, format!("the input is not JSON here: {}", error.reason)).with_position(at)
}
