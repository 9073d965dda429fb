//! What is asked of an explanation, read as a caller gave it.

use super::super::named::{field_named, named};
use super::super::page::Page;
use super::answer::Reason;
use crate::error::Error;
use crate::field::Field;
use crate::input::{Input, unknown_key};
use crate::limits::{DEFAULT_EXPLAINED, MAX_EXPLAINED};

/// Which images are told, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExplainOptions {
    /// The reasons of the images that are told; none for all.
    pub reasons: Vec<Reason>,
    /// The field in whose order they are told: images without a value first, then by the texts' bytes, and images with one
    /// value in the inventory's order. `None` for the inventory's order.
    pub sort: Option<Field>,
    /// Whether that order is read backwards.
    pub descending: bool,
    pub(super) page: Page,
}

const KEYS: [&str; 5] = ["reason", "sort", "descending", "offset", "limit"];

impl Default for ExplainOptions {
    fn default() -> Self {
        Self { reasons: Vec::new(), sort: None, descending: false, page: Page::first(DEFAULT_EXPLAINED) }
    }
}

impl ExplainOptions {
    /// The same, for another page: how many images are left out before the first that is told, and how many are told.
    #[must_use]
    pub fn with_page(mut self, offset: u32, limit: u32) -> Self {
        self.page = Page { offset, limit };
        self
    }

    /// The same, in the order of a field.
    #[must_use]
    pub fn with_sort(mut self, field: Field, descending: bool) -> Self {
        (self.sort, self.descending) = (Some(field), descending);
        self
    }

    /// The same, for images with one of these reasons.
    #[must_use]
    pub fn with_reasons(mut self, reasons: &[Reason]) -> Self {
        self.reasons = reasons.to_vec();
        self
    }

    /// Reads options as a caller gave them.
    ///
    /// # Errors
    ///
    /// A key that is unknown, or a value that cannot be.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut options = Self::default();
        for (key, value) in input.into_entries("options object")? {
            match (key.as_str(), value) {
                ("reason", Input::List(reasons)) => {
                    for reason in reasons {
                        options.reasons.extend(named(&key, reason, &Reason::ALL)?);
                    }
                }
                ("reason", value) => options.reasons.extend(named(&key, value, &Reason::ALL)?),
                ("sort", value) => options.sort = field_named(&key, value)?,
                ("descending", Input::Absent) => {}
                ("descending", Input::Bool(descending)) => options.descending = descending,
                ("descending", other) => return Err(other.unexpected(&key, "true or false")),
                ("offset" | "limit", value) => options.page.read(&key, value, MAX_EXPLAINED)?,
                _ => return Err(unknown_key("options object", &key, &KEYS)),
            }
        }
        Ok(options)
    }
}
