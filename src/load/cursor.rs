//! Where reading stands: byte, line and column, moved on by each piece of input that is read.

use memchr::{memchr_iter, memrchr};

use crate::error::Position;

/// The place of the next byte to be read in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    byte: u64,
    line: u64,
    column: u64,
    line_end: u8,
}

/// The start of a source.
impl Default for Cursor {
    fn default() -> Self {
        Self { byte: 0, line: 1, column: 1, line_end: b'\n' }
    }
}

impl Cursor {
    /// Passes over bytes that are no text, such as a byte order mark.
    pub(super) fn skip(&mut self, bytes: u64) {
        self.byte += bytes;
    }

    /// Counts lines by carriage returns, which end them in tables of old Macs.
    pub(super) fn end_lines_by_carriage_returns(&mut self) {
        self.line_end = b'\r';
    }

    /// Moves on behind `bytes`.
    pub(super) fn advance(&mut self, bytes: &[u8]) {
        self.byte += bytes.len() as u64;
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

    /// Moves on behind bytes that end with their only line feed.
    pub(super) fn pass_line(&mut self, bytes: &[u8]) {
        if self.line_end != b'\n' {
            return self.advance(bytes);
        }
        self.byte += bytes.len() as u64;
        self.line += 1;
        self.column = 1;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut start = Cursor::default();
        start.skip(3);
        let at = start.advanced("a\nб镜x".as_bytes());
        assert_eq!((at.byte, at.line, at.column), (11, 2, 4));
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
