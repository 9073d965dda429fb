//! Lines without quotes: their cells are parts of the input, and are found without looking at each byte.
//!
//! Most lines of most tables are such. csv-core, which makes sense of the others, looks at each byte and copies
//! it: a million lines of 168 bytes take it four times as long.

use super::cells::Cells;
use crate::bytes::valid_start;
use crate::limits::MAX_RECORD_BYTES;
use crate::load::specials::{Needles, Specials};

/// Finds plain lines in one piece of input.
pub(super) struct PlainLines<'i> {
    input: &'i [u8],
    /// The input as far as it is UTF-8: it may be cut within a character.
    text: &'i str,
    delimiter: u8,
    specials: Specials<'i>,
    ends: Vec<usize>,
}

impl<'i> PlainLines<'i> {
    pub(super) fn new(input: &'i [u8], delimiter: u8) -> Self {
        let specials = Specials::new(input, Needles::any_of([delimiter, b'\n', b'\r', b'"']));
        Self { input, text: valid_start(input), delimiter, specials, ends: Vec::new() }
    }

    /// The line that begins at `start`: its cells, and where the next line begins. `None` where there is a quote
    /// in it, where a carriage return stands alone, where the input ends before the line, and without memory for more cells.
    pub(super) fn line_at(&mut self, start: usize) -> Option<(Cells<'_>, usize)> {
        self.specials.go_to(start);
        self.ends.clear();
        loop {
            let place = self.specials.next()?;
            let byte = *self.input.get(place)?;
            if byte == self.delimiter {
                self.ends.try_reserve(1).ok()?;
                self.ends.push(place.wrapping_sub(start));
                continue;
            }
            let next = match byte {
                b'\n' => place + 1,
                b'\r' if *self.input.get(place + 1)? == b'\n' => place + 2,
                _ => return None,
            };
            // Whether a line is too long must not depend on how the input was cut.
            if next - start > MAX_RECORD_BYTES {
                return None;
            }
            self.ends.push(place - start);
            return Some((Cells::new(self.input.get(start..place)?, self.text.get(start..place), &self.ends, 1), next));
        }
    }
}
