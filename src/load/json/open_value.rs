//! A JSON value that has begun: finds its end, or the list of rows within it, piece by piece.

use std::ops::Range;

use memchr::memchr2;

use super::super::cursor::Cursor;
use super::super::list::List;
use super::super::names::same_letters;
use super::super::too_large;
use crate::error::{Error, Position};
use crate::limits::MAX_RECORD_BYTES;
use crate::memory::ensure_room_for_copies;

/// The longest name of a list, with separators between its words and the quotes around it.
const LONGEST_LIST_NAME: usize = 22;

/// A value of which not all has been read.
pub(in crate::load) struct OpenValue {
    start: Cursor,
    /// What was read of it, without the rows of its lists.
    text: Vec<u8>,
    /// Whether it may be a page, which holds a list of rows.
    may_be_page: bool,
    /// The lists that were taken out.
    lists: Vec<SplitList>,
    nested: bool,
    depth: u32,
    in_string: bool,
    escaped: bool,
}

/// A list whose rows were taken out of a value.
pub(in crate::load) struct SplitList {
    pub(in crate::load) kind: List,
    /// How many rows it had.
    pub(in crate::load) rows: u32,
    /// Those of them that are kept until their repository is known.
    pub(in crate::load) tags: Range<u32>,
    /// Where it ends: in the text that is left, and in the source.
    at: usize,
    end: Cursor,
}

/// What a scan came to.
pub(super) enum Step {
    /// The value has ended.
    Ended,
    /// The input has ended before it.
    Goes,
    /// A list of rows begins within the value.
    ListBegins(List),
}

impl OpenValue {
    /// A value that begins with `first`, which is read with the rest.
    pub(super) fn new(first: u8, start: Cursor, may_be_page: bool) -> Self {
        Self {
            start,
            text: Vec::new(),
            may_be_page,
            lists: Vec::new(),
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
        !self.lists.is_empty()
    }

    /// The lists that were taken out of it.
    pub(in crate::load) fn lists(&self) -> &[SplitList] {
        &self.lists
    }

    /// The list whose `[` stands in this place of the text, by its number.
    pub(in crate::load) fn list_at(&self, at: usize) -> Option<usize> {
        self.lists.binary_search_by_key(&(at + 1), |list| list.at).ok()
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
                b'{' | b'[' => {
                    if byte == b'['
                        && let Some(list) = self.list_begins(input.get(..at).unwrap_or_default())
                    {
                        return (Step::ListBegins(list), at + 1);
                    }
                    self.depth += 1;
                }
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

    /// The list of rows whose name stands before a `[`. `piece` is what was read since `text`.
    fn list_begins(&self, piece: &[u8]) -> Option<List> {
        if !self.may_be_page || self.depth == 0 {
            return None;
        }
        let mut before = piece.iter().rev().chain(self.text.iter().rev()).filter(|byte| !byte.is_ascii_whitespace());
        if before.next() != Some(&b':') || before.next() != Some(&b'"') {
            return None;
        }
        let mut name: Vec<u8> = before.take(LONGEST_LIST_NAME).copied().take_while(|byte| *byte != b'"').collect();
        name.reverse();
        let name = str::from_utf8(&name).ok()?;
        List::ALL.into_iter().find(|(known, _)| same_letters(known, name)).map(|(_, list)| list)
    }

    /// The list of rows begins, its `[` being the last byte kept.
    pub(super) fn begin_list(&mut self) {
        self.depth += 1;
    }

    /// The list of rows has been read up to its `]` at `end`, which is a part of the page again.
    pub(super) fn after_list(mut self, end: Cursor, kind: List, rows: u32, tags: Range<u32>) -> Result<Self, Error> {
        let at = self.text.len();
        self.lists.try_reserve(1).map_err(|_| Error::out_of_memory("reading a page"))?;
        self.lists.push(SplitList { kind, rows, tags, at, end });
        self.keep(b"]")?;
        self.depth = self.depth.saturating_sub(1);
        Ok(self)
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
        let before = self.text.len();
        self.keep(piece)?;
        let mut text = std::mem::take(&mut self.text);
        let read = read(self, &text);
        // As it was, for where it has to be read again.
        text.truncate(before);
        self.text = text;
        read
    }

    /// Where in the source byte `at` of the text stands.
    pub(in crate::load) fn position_of(&self, at: usize, text: &[u8]) -> Position {
        let list = self.lists.iter().rev().find(|list| list.at <= at);
        let (from, cursor) = list.map_or((0, self.start), |list| (list.at, list.end));
        cursor.advanced(text.get(from..at).unwrap_or_default()).position()
    }
}
