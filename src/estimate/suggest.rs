//! Suggestions: the values that a field of the filter could take, with what each would add.

use std::cmp::Reverse;

use serde::Serialize;

use super::charges::Charges;
use super::count::{Counts, count};
use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::field::Field;
use crate::filter::{Filter, evaluate_without, rows_with};
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
    /// Text that they begin with or contain, in any case of the letters A to Z; empty for any value.
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

    /// Reads options as a caller gave them.
    ///
    /// # Errors
    ///
    /// A key that is unknown, a value that cannot be, or no field.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut field = None;
        let mut options = Self::new(Field::Tag);
        for (key, value) in input.into_entries("options object")? {
            match (key.as_str(), value) {
                ("field", Input::Text(name)) => field = Some(field_named(&name)?),
                ("text", Input::Text(text)) => options.text = text,
                ("limit", value) => {
                    if let Some(limit) = value.into_whole_number(&key, 1.0, MAX_SUGGESTIONS.into())? {
                        options.limit = limit as u32;
                    }
                }
                ("field" | "text", Input::Absent) => {}
                ("field" | "text", other) => return Err(other.unexpected(&key, "a text")),
                _ => return Err(unknown_key("options object", &key, ["field", "text", "limit"])),
            }
        }
        options.field = field.ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidValue,
                "`field` is missing; name the field whose values are asked for, such as `tags`",
            )
            .with_field("field")
        })?;
        Ok(options)
    }
}

fn field_named(name: &str) -> Result<Field, Error> {
    Field::from_filter_key(name).ok_or_else(|| {
        let near = did_you_mean(name, Field::ALL.map(Field::js_name));
        Error::new(ErrorKind::InvalidValue, format!("`field` is {}, which is no filter field{near}", quoted(name)))
            .with_field("field")
    })
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
    options: &SuggestOptions,
) -> Result<Suggestions, Error> {
    let mut candidates = candidates(inventory, filter, options);
    let total = candidates.len() as u32;
    candidates.sort_unstable();
    candidates.truncate(options.limit as usize);

    let under_others = evaluate_without(options.field, filter, inventory)?;
    let mut present = rows_with(options.field, filter, inventory, |_, _| {})?;
    present.intersect(&under_others);
    let before = count(present.words(), inventory, charges);

    let mut suggestions = Vec::with_capacity(candidates.len());
    for Candidate { code, .. } in candidates {
        let after = count_with(code, &present, &under_others, inventory, charges, options.field)?;
        let mut value = String::new();
        inventory.value_text(options.field, code, &mut value);
        suggestions.push(Suggestion { value, images: after.images - before.images, quota: after.quota - before.quota });
    }
    Ok(Suggestions { suggestions, total })
}

/// A value to suggest. The order of its parts is the order of suggestions.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    begins_elsewhere: bool,
    rows: Reverse<usize>,
    code: u32,
}

fn candidates(inventory: &Inventory, filter: &Filter, options: &SuggestOptions) -> Vec<Candidate> {
    let field = options.field;
    let column = inventory.column(field);
    let text = options.text.trim().to_ascii_lowercase();
    let text = if field == Field::Digest { digest::without_prefix(&text) } else { &text };
    let mut key = Vec::new();
    let mut taken: Vec<u32> =
        filter.values(field).iter().filter_map(|value| inventory.code(field, value, &mut key)).collect();
    taken.sort_unstable();

    let mut value = String::new();
    let mut found = Vec::new();
    for code in ABSENT + 1..column.dictionary.len() {
        inventory.value_text(field, code, &mut value);
        value.make_ascii_lowercase();
        let Some(place) = value.find(text) else { continue };
        if taken.binary_search(&code).is_err() {
            found.push(Candidate { begins_elsewhere: place > 0, rows: Reverse(column.rows_of(code).len()), code });
        }
    }
    found
}

/// The counts after one more value of a field.
fn count_with(
    code: u32,
    present: &RowSet,
    under_others: &RowSet,
    inventory: &Inventory,
    charges: &Charges,
    field: Field,
) -> Result<Counts, Error> {
    let mut rows = RowSet::empty(inventory.images())?;
    inventory.column(field).rows_of(code).iter().for_each(|row| rows.insert(*row));
    rows.intersect(under_others);
    rows.unite(present);
    Ok(count(rows.words(), inventory, charges))
}
