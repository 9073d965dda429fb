//! Where reading stands: byte, line and column, moved on by each piece of input that is read.

use memchr::{memchr_iter, memrchr};

use crate::error::Position;

/// The place of the next byte to be read in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    byte: u64,
    line: u64,
    column: u64,
    /// Whether what is read as UTF-8 stands in the source as UTF-16.
    utf16: bool,
    line_end: u8,
    /// Whether both are as in most sources.
    is_usual: bool,
}

/// Where a byte of a whole text stands.
pub(crate) fn position_in(text: &str, at: usize) -> Position {
    let mut place = Cursor::default();
    place.advance(text.as_bytes().get(..at).unwrap_or_default());
    place.position()
}

/// The start of a source.
impl Default for Cursor {
    fn default() -> Self {
        Self { byte: 0, line: 1, column: 1, utf16: false, line_end: b'\n', is_usual: true }
    }
}

impl Cursor {
    /// The start of a source in UTF-16, of which the text is read as UTF-8.
    pub(super) fn of_utf16() -> Self {
        Self { utf16: true, is_usual: false, ..Self::default() }
    }

    /// Passes over a byte order mark, which is no text.
    pub(super) fn pass_mark(&mut self, mark: &[u8]) {
        self.byte += self.length_of(mark);
    }

    /// Counts lines by carriage returns, which end them in tables of old Macs.
    pub(super) fn end_lines_by_carriage_returns(&mut self) {
        self.line_end = b'\r';
        self.is_usual = false;
    }

    /// Moves on behind `bytes`.
    pub(super) fn advance(&mut self, bytes: &[u8]) {
        self.byte += self.length_of(bytes);
        let last_line = match memrchr(self.line_end, bytes) {
            Some(newline) => {
                self.line += memchr_iter(self.line_end, bytes).count() as u64;
                self.column = 1;
                bytes.get(newline + 1..).unwrap_or_default()
            }
            None => bytes,
        };
        self.column += characters(last_line);
    }

    /// Moves on behind a line, which ends with its only line feed.
    pub(super) fn pass_line(&mut self, line: &[u8]) {
        if !self.is_usual {
            return self.advance(line);
        }
        self.byte += line.len() as u64;
        self.line += 1;
        self.column = 1;
    }

    /// How many bytes of the source a text is.
    fn length_of(self, text: &[u8]) -> u64 {
        if self.utf16 { 2 * units_of_utf16(text) } else { text.len() as u64 }
    }

    /// The cursor moved on behind `bytes`.
    pub(super) fn advanced(mut self, bytes: &[u8]) -> Self {
        self.advance(bytes);
        self
    }

    pub(super) fn position(self) -> Position {
        Position { source: 0, line: self.line, column: self.column, byte: self.byte }
    }
}

/// Characters of a text: in UTF-8 every byte but a continuation byte begins one.
fn characters(text: &[u8]) -> u64 {
    // Counted in bytes, as many at a time as a byte can count, so that the compiler can use vectors.
    let parts = text.chunks(u8::MAX.into());
    parts
        .map(|part| part.iter().fold(0u8, |sum, byte| sum.wrapping_add((byte & 0xc0 != 0x80).into())))
        .map(u64::from)
        .sum()
}

/// Units of UTF-16 that a text takes: two for each character that has four bytes in UTF-8.
fn units_of_utf16(text: &[u8]) -> u64 {
    characters(text) + text.iter().map(|byte| u64::from(*byte >= 0xf0)).sum::<u64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut start = Cursor::default();
        start.pass_mark("\u{feff}".as_bytes());
        let at = start.advanced("a\nб镜x".as_bytes());
        assert_eq!((at.byte, at.line, at.column), (11, 2, 4));
    }

    #[test]
    fn bytes_are_those_of_the_source() {
        for text in ["a\nб镜x", "", "\u{1f433}\u{1f433}\n1\n"] {
            let mut cursor = Cursor::of_utf16();
            cursor.pass_mark("\u{feff}".as_bytes());
            assert_eq!(cursor.advanced(text.as_bytes()).byte, 2 + 2 * text.encode_utf16().count() as u64);
        }
        let mut cursor = Cursor::of_utf16();
        cursor.pass_line("镜像\n".as_bytes());
        assert_eq!((cursor.byte, cursor.line, cursor.column), (6, 2, 1));
    }

    #[test]
    fn long_lines_are_counted_in_full() {
        for length in [0, 254, 255, 256, 1000] {
            assert_eq!(characters("é".repeat(length).as_bytes()), length as u64);
        }
    }

    #[test]
    fn cutting_changes_nothing() {
        let text = "eins\n\nzwei ü\r\n镜像 drei".as_bytes();
        for cut in 0..=text.len() {
            let (head, tail) = text.split_at(cut);
            assert_eq!(Cursor::default().advanced(head).advanced(tail), Cursor::default().advanced(text));
        }
    }
}
