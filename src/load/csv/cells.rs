//! The cells of one line, wherever they lie.

use std::str;

/// Cells, one after the other in one text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells<'a> {
    text: &'a [u8],
    /// The same, where it is known to be UTF-8 as a whole.
    valid: Option<&'a str>,
    /// Where in the text each cell ends.
    ends: &'a [usize],
    /// Bytes between one cell and the next.
    gap: usize,
}

impl<'a> Cells<'a> {
    /// Cells in `text`, which is `valid` where that is known.
    pub(super) fn new(text: &'a [u8], valid: Option<&'a str>, ends: &'a [usize], gap: usize) -> Self {
        Self { text, valid, ends, gap }
    }

    /// Bytes of the texts of the cells, and of a list of them.
    pub(super) fn size(self) -> usize {
        self.text.len() + self.len() * size_of::<Cell<'_>>()
    }

    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Cell<'a>> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let range = start..*end;
            start = end + self.gap;
            match self.valid.and_then(|text| text.get(range.clone())) {
                Some(text) => Cell { bytes: text.as_bytes(), valid: Some(text) },
                None => Cell { bytes: self.text.get(range).unwrap_or_default(), valid: None },
            }
        })
    }

    /// The bytes of so many cells, where all of them are known to be texts.
    pub(super) fn texts(self, count: usize) -> Option<impl Iterator<Item = &'a [u8]>> {
        // Between cells stands no part of a character.
        let text = self.valid.filter(|_| self.ends.len() == count && self.gap == 1)?.as_bytes();
        let mut start = 0;
        Some(self.ends.iter().map(move |end| {
            let cell = text.get(start..*end).unwrap_or_default();
            start = end.wrapping_add(1);
            cell
        }))
    }

    /// The first byte of the first cell, which may be empty.
    pub(super) fn first_byte(self) -> Option<u8> {
        // What the text begins with may be of a later cell: nothing need stand between the cells.
        self.text.first().copied().filter(|_| self.ends.first().is_some_and(|end| *end > 0))
    }

    /// Whether there is nothing in the cells.
    pub(super) fn are_blank(self) -> bool {
        self.iter().all(Cell::is_blank)
    }
}

/// One cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) bytes: &'a [u8],
    valid: Option<&'a str>,
}

impl<'a> Cell<'a> {
    /// Its text, where it is UTF-8.
    #[inline]
    pub(super) fn text(self) -> Option<&'a str> {
        self.valid.or_else(|| str::from_utf8(self.bytes).ok())
    }

    #[inline]
    pub(super) fn is_blank(self) -> bool {
        self.bytes.trim_ascii().is_empty()
    }
}
