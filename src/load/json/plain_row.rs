//! Plain row objects: flat, and without escapes. They are read where they lie, without looking at each byte.
//!
//! Nothing is decided here that [`row::read`](super::row::read) would decide otherwise: whatever is not plain, or not whole, or
//! not JSON, or has a name that was not met before, is left to it.

use std::borrow::Cow;

use crate::bytes::{same, valid_start};
use crate::limits::MAX_RECORD_BYTES;
use crate::load::names::{Column, NameCache};
use crate::load::specials::{Needles, Specials};
use crate::load::value::{Fault, Value, put};
use crate::record::Record;

/// Finds plain rows in one piece of input.
pub(super) struct PlainRows<'i> {
    input: &'i [u8],
    /// The input as far as it is UTF-8: it may be cut within a character.
    text: &'i str,
    specials: Specials<'i>,
}

/// A plain row: what it says, or why it cannot be used; and where it ends.
pub(super) struct PlainRow<'i> {
    pub(super) row: Result<Record<'i>, Fault>,
    pub(super) end: usize,
}

impl<'i> PlainRows<'i> {
    pub(super) fn new(input: &'i [u8]) -> Self {
        Self { input, text: valid_start(input), specials: Specials::new(input, Needles::of_json_strings()) }
    }

    /// The row that begins at `start`; `None` where that is no row, or one that is not plain or not whole.
    pub(super) fn row_at(&mut self, start: usize, names: &mut NameCache) -> Option<PlainRow<'i>> {
        if self.input.get(start)? != &b'{' {
            return None;
        }
        names.rewind();
        let mut at = self.after_blanks(start + 1);
        let mut record = Record::default();
        let mut fault = None;
        if self.input.get(at)? == &b'}' {
            return Some(PlainRow { row: Ok(record), end: at + 1 });
        }
        loop {
            let (column, after) = self.name_at(at, names)?;
            at = self.after_blanks(after);
            if self.input.get(at)? != &b':' {
                return None;
            }
            at = self.after_blanks(at + 1);
            let (value, after) = self.value_at(at)?;
            // After a fault the rest is read only to see that it is JSON.
            if let (Some(column), None) = (column, &fault) {
                fault = put(&mut record, column, value).err();
            }
            at = self.after_blanks(after);
            match self.input.get(at)? {
                b',' => at = self.after_blanks(at + 1),
                b'}' if at - start < MAX_RECORD_BYTES => break,
                _ => return None,
            }
        }
        Some(PlainRow { row: fault.map_or(Ok(record), Err), end: at + 1 })
    }

    #[inline]
    fn after_blanks(&self, from: usize) -> usize {
        let rest = self.input.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count()
    }

    /// What the name that begins at a quote stands for, and where the name ends. Most often it is the one that
    /// stands there in most rows.
    fn name_at(&mut self, at: usize, names: &mut NameCache) -> Option<(Option<Column>, usize)> {
        if let Some((expected, column)) = names.expected() {
            let end = at + 1 + expected.len();
            if let Some([b'"', name @ .., b'"']) = self.input.get(at..=end)
                && same(name, expected.as_bytes())
            {
                names.pass();
                return Some((column, end + 1));
            }
        }
        let (name, after) = self.string_at(at)?;
        Some((names.find(name)?, after))
    }

    /// The string that begins at a quote, and where it ends.
    fn string_at(&mut self, at: usize) -> Option<(&'i str, usize)> {
        if self.input.get(at)? != &b'"' {
            return None;
        }
        self.specials.go_to(at + 1);
        let end = self.specials.next()?;
        if self.input.get(end)? != &b'"' {
            return None;
        }
        Some((self.text.get(at + 1..end)?, end + 1))
    }

    /// The value that begins at a place, and where it ends.
    fn value_at(&mut self, at: usize) -> Option<(Value<'i>, usize)> {
        let rest = self.input.get(at..)?;
        let literals: [(&[u8], Value<'i>); 3] =
            [(b"null", Value::Absent), (b"true", Value::Bool(true)), (b"false", Value::Bool(false))];
        match rest.first()? {
            b'"' => {
                let (text, after) = self.string_at(at)?;
                Some((Value::Text(Cow::Borrowed(text)), after))
            }
            b'0'..=b'9' => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let is_whole = digits == 1 || rest.first() != Some(&b'0');
                if !is_whole || matches!(rest.get(digits)?, b'.' | b'e' | b'E') {
                    return None;
                }
                Some((Value::Number(self.text.get(at..at + digits)?), at + digits))
            }
            _ => literals
                .into_iter()
                .find(|(literal, _)| rest.starts_with(literal))
                .map(|(literal, value)| (value, at + literal.len())),
        }
    }
}
