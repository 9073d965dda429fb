//! Suggestions: the values that a field of the filter could take, with what each would add.

use std::cmp::Reverse;

use serde::Serialize;

use super::charges::Charges;
use super::count::count;
use super::field_option::field_named;
use crate::error::Error;
use crate::field::Field;
use crate::filter::{FieldRows, Filter};
use crate::input::{Input, unknown_key};
use crate::inventory::row_set::RowSet;
use crate::inventory::{ABSENT, Inventory, digest};
use crate::limits::{DEFAULT_SUGGESTIONS, MAX_SUGGESTIONS};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SuggestOptions {
    /// The field whose values are asked for.
    pub field: Field,
    /// Text that they begin with or contain, in any case of the letters A to Z; digests only begin with it.
    /// Empty for any value.
    pub text: String,
    /// How many at most.
    pub limit: u32,
}

impl SuggestOptions {
    /// Asks for the values of a field.
    #[must_use]
    pub fn new(field: Field) -> Self {
        Self { field, text: String::new(), limit: DEFAULT_SUGGESTIONS }
    }

    /// The same, for values that begin with or contain a text.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// The same, with so many values at most.
    #[must_use]
    pub fn with_limit(mut self, limit: u32) -> Self {
        self.limit = limit;
        self
    }

    /// Reads options as a caller gave them.
    ///
    /// # Errors
    ///
    /// A key that is unknown, a value that cannot be, or no field.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut field = Input::Absent;
        let mut options = Self::new(Field::Tag);
        for (key, value) in input.into_entries("options object")? {
            match (key.as_str(), value) {
                ("field", value) => field = value,
                ("text", Input::Absent) => {}
                ("text", Input::Text(text)) => options.text = text,
                ("text", other) => return Err(other.unexpected(&key, "a text")),
                ("limit", value) => {
                    if let Some(limit) = value.into_whole_number(&key, 1.0, MAX_SUGGESTIONS.into())? {
                        options.limit = limit as u32;
                    }
                }
                _ => return Err(unknown_key("options object", &key, ["field", "text", "limit"])),
            }
        }
        options.field = field_named(field)?;
        Ok(options)
    }
}

/// Values that a field could take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suggestions {
    /// Those that begin with the text first, then those that contain it; among these the most frequent first.
    pub suggestions: Vec<Suggestion>,
    /// How many values there are to suggest in all.
    pub total: u32,
}

/// A value that a field could take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// The value.
    pub value: String,
    /// Images that it would add to what the field's own values cover, under the other fields.
    pub images: u32,
    /// Quota that it would add, likewise.
    pub quota: u32,
}

pub(super) fn suggest(
    inventory: &Inventory,
    charges: &Charges,
    filter: &Filter,
    rows: &FieldRows,
    options: &SuggestOptions,
) -> Result<Suggestions, Error> {
    let field = options.field;
    let mut candidates = candidates(inventory, filter, options);
    let total = candidates.len() as u32;
    let limit = options.limit as usize;
    if candidates.len() > limit {
        candidates.select_nth_unstable(limit);
        candidates.truncate(limit);
    }
    candidates.sort_unstable();

    let others = rows.sets_without(field);
    let mut with = match rows.of(field) {
        Some(present) => present.clone(),
        None => RowSet::empty(inventory.images())?,
    };
    let count_with = |with: &RowSet| {
        let mut sets = others.clone();
        sets.push(with);
        count(&sets, inventory, charges)
    };
    let before = count_with(&with);
    let mut suggestions = Vec::with_capacity(candidates.len());
    for Candidate { code, .. } in candidates {
        inventory.column(field).postings.add_rows(code, &mut with);
        let after = count_with(&with);
        match rows.of(field) {
            Some(present) => with.clone_from(present),
            None => with.clear(),
        }
        let mut value = String::new();
        inventory.value_text(field, code, &mut value);
        suggestions.push(Suggestion { value, images: after.images - before.images, quota: after.quota - before.quota });
    }
    Ok(Suggestions { suggestions, total })
}

/// A value to suggest. The order of its parts is the order of suggestions.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    begins_elsewhere: bool,
    rows: Reverse<u32>,
    code: u32,
}

fn candidates(inventory: &Inventory, filter: &Filter, options: &SuggestOptions) -> Vec<Candidate> {
    let field = options.field;
    let column = inventory.column(field);
    let mut key = Vec::new();
    let mut taken: Vec<u32> =
        filter.values(field).iter().filter_map(|value| inventory.code(field, value, &mut key)).collect();
    taken.sort_unstable();

    let mut found = Vec::new();
    let mut offer = |code: u32, begins_elsewhere: bool| {
        // A value with a comma in it cannot be asked for.
        let askable = !column.dictionary.value(code).contains(&b',');
        if askable && taken.binary_search(&code).is_err() {
            found.push(Candidate { begins_elsewhere, rows: Reverse(column.postings.count(code)), code });
        }
    };
    let text = options.text.trim().to_ascii_lowercase();
    if field == Field::Digest {
        let text = digest::without_prefix(&text);
        for code in ABSENT + 1..column.dictionary.len() {
            if digest::key_begins_with(column.dictionary.value(code), text) {
                offer(code, false);
            }
        }
    } else {
        column.dictionary.containing(text.as_bytes(), offer);
    }
    found
}
