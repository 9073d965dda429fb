//! One image as it stands in an export, between its format and the columns of an inventory.

use std::borrow::Cow;

use crate::field::{Field, PerField};

/// An image as read: its texts are borrowed from the input wherever they stand there unescaped.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record<'a> {
    fields: PerField<Option<Cow<'a, str>>>,
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
    /// The text of a field, or `None` where the export gives none.
    #[must_use]
    pub(crate) fn text(&self, field: Field) -> Option<&str> {
        self.fields.get(field).as_deref()
    }

    /// Puts texts of another record where this one has none.
    pub(crate) fn fill_from(&mut self, other: &Self) {
        for (field, text) in other.fields.iter() {
            if let (None, Some(text)) = (self.text(field), text) {
                self.set_text(field, text.clone());
            }
        }
    }

    /// Puts a text into a field; the one that stood there comes back.
    pub(crate) fn set_text(&mut self, field: Field, text: Cow<'a, str>) -> Option<Cow<'a, str>> {
        self.fields.get_mut(field).replace(text)
    }

    /// Whether any field holds a text.
    #[must_use]
    pub(crate) fn has_text(&self) -> bool {
        self.fields.iter().any(|(_, text)| text.is_some())
    }
}
