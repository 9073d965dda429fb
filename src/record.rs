//! One image as it stands in an export, between its format and the columns of an inventory.

use std::borrow::Cow;

use crate::field::{Field, PerField};

/// An image as read: its texts are borrowed from the input wherever they stand there unescaped.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record<'a> {
    /// The bytes of texts; empty where the export gives none, or one that stands in `owned`.
    borrowed: PerField<&'a [u8]>,
    /// Few records have any.
    owned: Vec<(Field, String)>,
    /// Whether the export says that the image is charged in this cycle already; `None` where it says nothing.
    pub charged: Option<bool>,
    /// When the image was last scanned, in milliseconds since 1970; `None` where never or not said.
    pub last_scan_time: Option<i64>,
    /// `Some(false)` for an image that is listed but cannot be scanned.
    pub scannable: Option<bool>,
    /// When its tag ended or will end, in milliseconds since 1970.
    pub ends: Option<i64>,
}

impl<'a> Record<'a> {
    /// The bytes of the text of a field, none where the export gives none.
    #[must_use]
    #[inline(always)]
    pub(crate) fn bytes(&self, field: Field) -> &[u8] {
        match *self.borrowed.get(field) {
            [] if !self.owned.is_empty() => self.owned_text(field).as_bytes(),
            bytes => bytes,
        }
    }

    fn owned_text(&self, field: Field) -> &str {
        self.owned.iter().find(|(of, _)| *of == field).map_or("", |(_, text)| text)
    }

    /// The text of a field, or `None` where the export gives none.
    #[must_use]
    #[inline]
    pub(crate) fn text(&self, field: Field) -> Option<&str> {
        str::from_utf8(self.bytes(field)).ok().filter(|text| !text.is_empty())
    }

    /// The same, for where few rows come: a call, which takes less code.
    #[must_use]
    #[inline(never)]
    pub(crate) fn get(&self, field: Field) -> Option<&str> {
        self.text(field)
    }

    /// Puts a text where there is none.
    #[inline(never)]
    pub(crate) fn fill(&mut self, field: Field, text: &'a str) {
        if self.bytes(field).is_empty() {
            self.set_bytes(field, text.as_bytes());
        }
    }

    /// Puts texts of another record where this one has none.
    pub(crate) fn fill_from(&mut self, other: &Self) {
        for field in Field::ALL.into_iter().filter(|field| other.get(*field).is_some()) {
            if !self.bytes(field).is_empty() {
                continue;
            }
            match *other.borrowed.get(field) {
                [] => self.owned.push((field, other.owned_text(field).to_owned())),
                text => self.set_bytes(field, text),
            }
        }
    }

    /// Puts a text into a field; an empty one is none.
    pub(crate) fn set_text(&mut self, field: Field, text: Cow<'a, str>) {
        self.owned.retain(|(of, _)| *of != field);
        match text {
            Cow::Borrowed(text) => self.set_bytes(field, text.as_bytes()),
            Cow::Owned(text) => {
                self.set_bytes(field, &[]);
                if !text.is_empty() {
                    self.owned.push((field, text));
                }
            }
        }
    }

    /// Puts the bytes of a text, without looking whether they are one, into a field that holds none of its own.
    #[inline(always)]
    pub(crate) fn set_bytes(&mut self, field: Field, text: &'a [u8]) {
        *self.borrowed.get_mut(field) = text;
    }

    /// Whether no field holds a text: a call, which takes less code.
    #[must_use]
    #[inline(never)]
    pub(crate) fn is_blank(&self) -> bool {
        !self.has_text()
    }

    /// Whether any field holds a text.
    #[must_use]
    #[inline(always)]
    pub(crate) fn has_text(&self) -> bool {
        self.borrowed.iter().any(|(_, text)| !text.is_empty()) || !self.owned.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_text_of_a_field_counts_wherever_it_lies() {
        let texts = [Cow::Borrowed("a"), Cow::Owned("b".to_owned()), Cow::Borrowed(""), Cow::Owned(String::new())];
        for first in &texts {
            for second in &texts {
                let mut record = Record::default();
                record.set_text(Field::Tag, first.clone());
                record.set_text(Field::RepoId, Cow::Borrowed("c"));
                record.set_text(Field::Tag, second.clone());
                assert_eq!(record.text(Field::Tag), Some(&**second).filter(|text| !text.is_empty()));
                assert_eq!(record.bytes(Field::Tag), second.as_bytes());
                assert_eq!([record.text(Field::RepoId), record.text(Field::Digest)], [Some("c"), None]);
                assert!(record.has_text() && !Record::default().has_text());
            }
        }
    }
}
