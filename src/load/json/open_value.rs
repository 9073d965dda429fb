//! A JSON value that has begun: finds its end, or the list of rows within it, piece by piece.

use memchr::memchr2;

use super::super::cursor::Cursor;
use super::super::too_large;
use crate::error::{Error, Position};
use crate::limits::MAX_RECORD_BYTES;
use crate::memory::ensure_room_for_copies;

/// Names under which a page holds its list of rows, as they stand before its `[`.
const LIST_NAMES: [&[u8]; 2] = [b"\"ImageInstanceList\"", b"\"imageInstanceList\""];
const LONGEST_LIST_NAME: usize = 19;

/// A value of which not all has been read.
pub(super) struct OpenValue {
    start: Cursor,
    /// What was read of it, without the rows of its lists.
    text: Vec<u8>,
    /// Whether it may be a page, which holds a list of rows.
    may_be_page: bool,
    /// The ends of the lists that were taken out: where in `text`, and where in the source.
    splits: Vec<(usize, Cursor)>,
    nested: bool,
    depth: u32,
    in_string: bool,
    escaped: bool,
}

/// What a scan came to.
pub(super) enum Step {
    /// The value has ended.
    Ended,
    /// The input has ended before it.
    Goes,
    /// A list of rows begins within the value.
    ListBegins,
}

impl OpenValue {
    /// A value that begins with `first`, which is read with the rest.
    pub(super) fn new(first: u8, start: Cursor, may_be_page: bool) -> Self {
        Self {
            start,
            text: Vec::new(),
            may_be_page,
            splits: Vec::new(),
            nested: matches!(first, b'{' | b'['),
            depth: 0,
            in_string: false,
            escaped: false,
        }
    }

    pub(super) fn start(&self) -> Cursor {
        self.start
    }

    /// Whether nothing of it was read yet.
    pub(super) fn is_new(&self) -> bool {
        self.depth == 0 && self.text.is_empty() && !self.in_string
    }

    /// Whether rows were taken out of it.
    pub(super) fn is_page(&self) -> bool {
        !self.splits.is_empty()
    }

    /// Reads on, and tells how many bytes of the input belong to the value so far.
    pub(super) fn scan(&mut self, input: &[u8]) -> (Step, usize) {
        let mut at = 0;
        while let Some(byte) = input.get(at).copied() {
            if self.in_string {
                at += self.scan_string(input.get(at..).unwrap_or_default());
                if !self.in_string && !self.nested && self.depth == 0 {
                    return (Step::Ended, at);
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'[' if self.list_begins(input.get(..at).unwrap_or_default()) => return (Step::ListBegins, at + 1),
                b'{' | b'[' => self.depth += 1,
                // Which bracket closes which is checked when the whole value is parsed.
                b'}' | b']' if self.nested => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return (Step::Ended, at + 1);
                    }
                }
                b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n' if !self.nested => return (Step::Ended, at),
                _ => {}
            }
            at += 1;
        }
        (Step::Goes, at)
    }

    /// Reads on within a string, and tells how many bytes were read.
    fn scan_string(&mut self, input: &[u8]) -> usize {
        if std::mem::take(&mut self.escaped) {
            return 1;
        }
        match memchr2(b'"', b'\\', input) {
            None => input.len(),
            Some(at) => {
                self.escaped = input.get(at) == Some(&b'\\');
                self.in_string = self.escaped;
                at + 1
            }
        }
    }

    /// Whether the name of a list of rows stands before a `[`. `piece` is what was read since `text`.
    fn list_begins(&self, piece: &[u8]) -> bool {
        if !self.may_be_page || self.depth == 0 {
            return false;
        }
        let mut before = piece.iter().rev().chain(self.text.iter().rev()).filter(|byte| !byte.is_ascii_whitespace());
        if before.next() != Some(&b':') {
            return false;
        }
        let mut name: Vec<u8> = before.take(LONGEST_LIST_NAME).copied().collect();
        name.reverse();
        LIST_NAMES.iter().any(|known| name.ends_with(known))
    }

    /// The list of rows begins, its `[` being the last byte kept.
    pub(super) fn begin_list(&mut self) {
        self.depth += 1;
    }

    /// The list of rows has been read up to its `]` at `end`, which is a part of the page again.
    pub(super) fn after_list(mut self, end: Cursor) -> Self {
        self.splits.push((self.text.len(), end));
        self.text.push(b']');
        self.depth = self.depth.saturating_sub(1);
        self
    }

    /// Keeps a piece until the rest has come.
    pub(super) fn keep(&mut self, piece: &[u8]) -> Result<(), Error> {
        if self.text.len() + piece.len() > MAX_RECORD_BYTES {
            return Err(too_large("value", self.start));
        }
        self.text.try_reserve(piece.len()).map_err(|_| Error::out_of_memory("reading a row"))?;
        self.text.extend_from_slice(piece);
        Ok(())
    }

    /// Hands over the whole text, of which `piece` is the end.
    pub(super) fn with_text<R>(
        &mut self,
        piece: &[u8],
        read: impl FnOnce(&Self, &[u8]) -> Result<R, Error>,
    ) -> Result<R, Error> {
        ensure_room_for_copies(self.text.len() + piece.len())?;
        if self.text.is_empty() && piece.len() <= MAX_RECORD_BYTES {
            return read(self, piece);
        }
        self.keep(piece)?;
        let text = std::mem::take(&mut self.text);
        read(self, &text)
    }

    /// Where in the source byte `at` of the text stands.
    pub(super) fn position_of(&self, at: usize, text: &[u8]) -> Position {
        let split = self.splits.iter().rev().find(|(split, _)| *split <= at);
        let (from, cursor) = split.copied().unwrap_or((0, self.start));
        cursor.advanced(text.get(from..at).unwrap_or_default()).position()
    }
}
