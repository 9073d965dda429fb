//! What is asked of a difference, read as a caller gave it.

use super::super::named::named;
use super::super::page::Page;
use super::answer::DiffClass;
use crate::error::Error;
use crate::input::{Input, unknown_key};
use crate::limits::{DEFAULT_EXAMPLES, MAX_EXAMPLES};

/// Which examples are told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiffOptions {
    /// The class of which examples are told; `None` for all.
    pub class: Option<DiffClass>,
    pub(super) page: Page,
}

impl Default for DiffOptions {
    fn default() -> Self {
        Self { class: None, page: Page::first(DEFAULT_EXAMPLES) }
    }
}

impl DiffOptions {
    /// The same, for another page of each class: how many examples are left out before the first that is told, and how many
    /// are told.
    #[must_use]
    pub fn with_page(mut self, offset: u32, limit: u32) -> Self {
        self.page = Page { offset, limit };
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
            match key.as_str() {
                "class" => options.class = named(&key, value, &DiffClass::ALL)?,
                "offset" | "limit" => options.page.read(&key, value, MAX_EXAMPLES)?,
                _ => return Err(unknown_key("options object", &key, &["class", "offset", "limit"])),
            }
        }
        Ok(options)
    }
}
