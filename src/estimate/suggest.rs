//! Suggestions: the values that a field of the filter could take, with what each would add.

use serde::Serialize;

use super::best::Best;
use super::charges::Charges;
use super::field_option::field_named;
use super::frequent::Frequent;
use super::under::Under;
use crate::error::Error;
use crate::field::{Field, PerField};
use crate::filter::{FieldRows, Filter};
use crate::input::{Input, unknown_key};
use crate::inventory::row_set::RowSet;
use crate::inventory::{ABSENT, Inventory};
use crate::limits::{DEFAULT_SUGGESTIONS, MAX_SUGGESTIONS};
use crate::order::sort_by;

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
                _ => return Err(unknown_key("options object", &key, &["field", "text", "limit"])),
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
    unaskable: &Unaskable,
) -> Result<Suggestions, Error> {
    let field = options.field;
    let (candidates, total) = candidates(inventory, filter, options, unaskable)?;
    let mut under = Under::find(rows, field, inventory, charges)?;
    if let Some(present) = rows.of(field) {
        under.count_beside(present)?;
    }
    let suggestion = |code| {
        let rows = inventory.column(field).postings.rows_of(code);
        let mut value = String::new();
        inventory.value_text(field, code, &mut value);
        // An image holds one value, so that it is none of those that the field's own values cover.
        Suggestion { value, images: under.images(rows), quota: under.quota(rows) }
    };
    Ok(Suggestions { suggestions: candidates.into_iter().map(suggestion).collect(), total })
}

/// The codes of the first values to suggest in their order, and how many there are in all.
fn candidates(
    inventory: &Inventory,
    filter: &Filter,
    options: &SuggestOptions,
    unaskable: &Unaskable,
) -> Result<(Vec<u32>, u32), Error> {
    let field = options.field;
    let mut left_out = Vec::new();
    if let Some(values) = filter.list(field) {
        let (text, places) = values.parts();
        left_out = inventory.codes(field, text, places)?;
        left_out.retain(|code| *code != ABSENT);
    }
    let unaskable = unaskable.0.get(field);
    left_out.try_reserve(unaskable.len()).map_err(|_| Error::out_of_memory("looking for values"))?;
    left_out.extend_from_slice(unaskable);
    let column = inventory.column(field);
    let text = options.text.trim().to_ascii_lowercase();
    let others = if field == Field::Digest { inventory.digests_without(&text) } else { None };
    if text.is_empty() || others.is_some() {
        left_out.extend(others.into_iter().flatten());
        let mut rows_left_out = RowSet::empty(inventory.images())?;
        left_out.iter().for_each(|code| column.postings.add_rows(*code, &mut rows_left_out));
        let mut rows = RowSet::full(inventory.images())?;
        rows.subtract(&rows_left_out);
        let frequent = Frequent::find(inventory, &rows, field, options.limit)?;
        return Ok((frequent.values.into_iter().map(|(_, code)| code).collect(), frequent.total));
    }
    sort_by(&mut left_out, &|one, other| one.cmp(&other));
    let mut left_out = left_out.into_iter();
    let mut next_left_out = left_out.next();
    let (mut best, mut total) = (Best::new(options.limit), 0);
    inventory.values_with(field, &text, |code, begins_elsewhere| {
        while next_left_out.is_some_and(|known| known < code) {
            next_left_out = left_out.next();
        }
        if next_left_out != Some(code) {
            total += 1;
            // Most values could not be among the best with any number of rows: they need not be counted.
            if best.last().is_none_or(|(last, _)| rank(begins_elsewhere, u32::MAX) < *last) {
                best.offer((rank(begins_elsewhere, inventory.images_with(field, code)), code));
            }
        }
    });
    Ok((best.into_sorted().into_iter().map(|(_, code)| code).collect(), total))
}

/// What is suggested before what: values that begin with the text, then values with more rows.
fn rank(begins_elsewhere: bool, rows: u32) -> u64 {
    u64::from(begins_elsewhere) << 32 | u64::from(!rows)
}

/// The values of each field that cannot be asked for, because there is a comma in them: their codes.
pub(super) struct Unaskable(PerField<Vec<u32>>);

impl Unaskable {
    pub(super) fn find(inventory: &Inventory) -> Result<Self, Error> {
        PerField::<()>::default().try_map(|field, ()| inventory.values_with_comma(field)).map(Self)
    }

    /// Whether a value can be asked for.
    pub(super) fn allows(&self, field: Field, code: u32) -> bool {
        code != ABSENT && self.0.get(field).binary_search(&code).is_err()
    }
}
