//! Inventories: records in, columns out.
//!
//! An inventory knows its images by column: the distinct values of each field, and for each value the
//! rows that hold it. Rows that share what they are grouped by are adjacent, so that groups can be
//! counted 64 rows at a time; groups of one repository are near each other, so that most values have
//! their rows in a few runs. It knows no format and no charge model.
//!
//! Invariant: no two rows are equal in all eight fields.

mod batch;
mod builder;
mod chunked;
mod column;
mod dictionary;
pub(crate) mod digest;
mod grouping;
mod groups;
mod hash_key;
mod marks;
mod places;
mod postings;
pub(crate) mod row_set;
mod slots;
mod sort;
mod values;

pub(crate) use builder::InventoryBuilder;
pub(crate) use column::Column;
pub(crate) use dictionary::ABSENT;
pub(crate) use groups::GroupCounter;
pub(crate) use groups::RunCounter;
pub(crate) use marks::{Marks, NEVER};
pub(crate) use postings::{Lists, Postings, Run};

use crate::field::{Field, PerField};

/// The images of an inventory, in memory.
pub struct Inventory {
    rows: u32,
    columns: PerField<Column>,
    grouped_by: Vec<Field>,
    marks: Marks,
    complete: bool,
}

impl Inventory {
    /// How many images there are.
    #[must_use]
    pub fn images(&self) -> u32 {
        self.rows
    }

    /// Whether no row is known to be missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Says that rows are missing: some were left out, or fewer arrived than were announced.
    pub fn mark_incomplete(&mut self) {
        self.complete = false;
    }

    /// The fields in which rows of one group are equal.
    #[must_use]
    pub fn grouped_by(&self) -> &[Field] {
        &self.grouped_by
    }

    /// Whether any image holds a value in a field.
    #[must_use]
    pub fn holds_values(&self, field: Field) -> bool {
        self.column(field).holds_values()
    }

    /// The text of a value of a field. `code` is one of its column's.
    pub(crate) fn value_text(&self, field: Field, code: u32, text: &mut String) {
        let bytes = self.column(field).dictionary.value(code);
        match field {
            Field::Digest => digest::read_key(bytes, text),
            _ => {
                text.clear();
                text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
            }
        }
    }

    /// The code of a value of a field, digests in their one form; `None` where no image holds it.
    pub(crate) fn code(&self, field: Field, value: &str, key: &mut Vec<u8>) -> Option<u32> {
        match field {
            Field::Digest => digest::write_key(value, key),
            _ => {
                key.clear();
                key.extend_from_slice(value.as_bytes());
            }
        }
        self.column(field).dictionary.code(key)
    }

    pub(crate) fn column(&self, field: Field) -> &Column {
        self.columns.get(field)
    }

    pub(crate) fn marks(&self) -> &Marks {
        &self.marks
    }
}
