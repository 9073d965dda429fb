//! The encoding of a source: UTF-16 → UTF-8, in pieces cut anywhere, and what a text is that is not UTF-8.
//!
//! Half of a surrogate pair is written as the three bytes that it would have in UTF-8 if it were a character. No
//! text with them is UTF-8, so that such a row is left out like any other broken one.

use super::cursor::Cursor;
use super::sniff::BYTE_ORDER_MARK;
use crate::error::{Error, ErrorKind};

/// Bytes that are decoded at once: what comes of them is held beside the piece that they are a part of.
const AT_ONCE: usize = 64 * 1024;

/// Bytes of a unit of UTF-16.
const UNIT: usize = 2;

/// Takes text as it was decoded.
type Take<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), Error>;

/// A source in UTF-16 that is being decoded.
pub(super) struct Utf16 {
    little_endian: bool,
    /// The first byte of a unit whose second one has not come.
    half: Option<u8>,
    /// The first half of a surrogate pair whose second one has not come.
    high: Option<u16>,
    text: Vec<u8>,
    cursor: Cursor,
}

impl Utf16 {
    /// Whether a source begins with a byte order mark of UTF-16.
    pub(super) fn begins(head: &[u8]) -> bool {
        Self::of(head).is_some()
    }

    /// The decoder for a source that begins with a byte order mark of UTF-16, which is no part of the text.
    pub(super) fn of(head: &[u8]) -> Option<(Self, &[u8])> {
        let (little_endian, rest) = match head {
            [0xff, 0xfe, rest @ ..] => (true, rest),
            [0xfe, 0xff, rest @ ..] => (false, rest),
            _ => return None,
        };
        let mut cursor = Cursor::of_utf16();
        cursor.pass_mark(BYTE_ORDER_MARK);
        Some((Self { little_endian, half: None, high: None, text: Vec::new(), cursor }, rest))
    }

    /// Where the text begins.
    pub(super) fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Hands over the text of the next piece, part by part.
    pub(super) fn decode(&mut self, bytes: &[u8], take: Take<'_>) -> Result<(), Error> {
        // A unit has three bytes in UTF-8 at most, and what is pending from before is one more.
        let most = (bytes.len().min(AT_ONCE) / UNIT + 2) * 3;
        let room = self.text.try_reserve(most.saturating_sub(self.text.len()));
        room.map_err(|_| Error::out_of_memory("decoding UTF-16"))?;
        for part in bytes.chunks(AT_ONCE) {
            let (cut, part) = match (self.half.take(), part) {
                (Some(first), [second, rest @ ..]) => (Some([first, *second]), rest),
                _ => (None, part),
            };
            let (units, rest) = part.as_chunks::<UNIT>();
            for unit in cut.iter().chain(units) {
                self.unit(*unit);
            }
            self.half = rest.first().copied();
            self.hand_over(take)?;
        }
        Ok(())
    }

    /// Ends the source, which ends within a character where half of a unit is left over.
    pub(super) fn finish(&mut self, take: Take<'_>) -> Result<(), Error> {
        self.broken_pair();
        self.hand_over(take)?;
        if self.half.is_none() {
            return Ok(());
        }
        let message = "the text is in UTF-16 and ends within a character; the export is incomplete, make it again";
        Err(Error::new(ErrorKind::DamagedFile, message).with_position(self.cursor.position()))
    }

    fn unit(&mut self, bytes: [u8; UNIT]) {
        let unit = if self.little_endian { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) };
        match (self.high, unit) {
            (None, 0..=0x7f) => self.text.push(unit as u8),
            (Some(high), 0xdc00..=0xdfff) => {
                self.high = None;
                let pair = 0x1_0000 + (u32::from(high & 0x3ff) << 10) + u32::from(unit & 0x3ff);
                let character = char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            _ => {
                self.broken_pair();
                match unit {
                    0xd800..=0xdbff => self.high = Some(unit),
                    _ => self.single(unit),
                }
            }
        }
    }

    fn broken_pair(&mut self) {
        if let Some(high) = self.high.take() {
            self.single(high);
        }
    }

    /// Writes a unit that stands for itself.
    #[inline(never)]
    fn single(&mut self, unit: u16) {
        let last = 0x80 | (unit & 0x3f) as u8;
        match unit {
            0..=0x7f => self.text.push(unit as u8),
            0x80..=0x7ff => self.text.extend_from_slice(&[0xc0 | (unit >> 6) as u8, last]),
            _ => self.text.extend_from_slice(&[0xe0 | (unit >> 12) as u8, 0x80 | (unit >> 6 & 0x3f) as u8, last]),
        }
    }

    fn hand_over(&mut self, take: Take<'_>) -> Result<(), Error> {
        self.cursor.advance(&self.text);
        let taken = take(&self.text);
        self.text.clear();
        taken
    }
}

/// Bytes of a text by which its encoding is guessed.
const TELLING: usize = 64;

/// What a text is, as far as that can be told, that is not UTF-8: the end of a sentence that says so much.
pub(super) fn instead_of_utf8(text: &[u8]) -> &'static str {
    if text.windows(2).any(|pair| matches!(pair, [0xed, 0xa0..=0xbf])) {
        ", for it holds half of a surrogate pair"
    } else if is_ebcdic(text.get(..TELLING).unwrap_or(text)) {
        " but seems to be EBCDIC"
    } else if is_gb18030(text) {
        " but seems to be GB18030 (GBK)"
    } else if text.iter().all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace()) {
        " but may be Latin-1 (Windows-1252) or another encoding of single bytes"
    } else {
        ""
    }
}

/// Whether a text is of letters, digits and what else is frequent in EBCDIC, where ASCII has hardly anything in use.
fn is_ebcdic(text: &[u8]) -> bool {
    let common = |byte: &u8| {
        matches!(byte, 0x81..=0x89 | 0x91..=0x99 | 0xa2..=0xa9 | 0xc0..=0xc9 | 0xd0..=0xd9 | 0xe2..=0xe9 | 0xf0..=0xf9)
            || matches!(byte, b'@' | b'K' | b'^' | b'`' | b'k' | b'm' | b'z' | 0x7f | 0x05 | 0x0d | 0x15 | 0x25)
    };
    text.len() >= 4 && text.iter().all(common) && text.iter().any(|byte| matches!(byte, b'k' | b'm' | 0x15 | 0x25))
}

/// Whether all that is not ASCII are characters of two or four bytes of GB18030, most of them frequent Chinese ones.
/// One alone may as well be two letters of a European text.
fn is_gb18030(mut text: &[u8]) -> bool {
    let mut frequent = 0;
    let mut others = 0;
    loop {
        text = match text {
            [] => return frequent > others.max(1),
            [0..=0x7f, rest @ ..] => rest,
            [0xb0..=0xf7, 0xa1..=0xfe, rest @ ..] => {
                frequent += 1;
                rest
            }
            [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..] => {
                others += 1;
                rest
            }
            [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, rest @ ..] => {
                others += 1;
                rest
            }
            _ => return false,
        };
    }
}
