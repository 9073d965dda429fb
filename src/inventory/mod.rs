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
mod regroup;
pub(crate) mod row_set;
mod rows_of;
mod saved;
mod search;
mod slots;
mod sort;
mod values;

pub(crate) use builder::InventoryBuilder;
pub(crate) use column::Column;
pub(crate) use dictionary::ABSENT;
pub(crate) use groups::{CountedGroups, GroupCounter};
pub(crate) use marks::{Marks, NEVER};
pub(crate) use postings::Postings;
pub(crate) use rows_of::RowsOf;

use batch::Batch;

use crate::error::Error;
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

    /// The fields in which no image holds a value.
    pub(crate) fn missing_fields(&self) -> Vec<Field> {
        Field::ALL.into_iter().filter(|field| !self.holds_values(*field)).collect()
    }

    /// Makes sure that the values of some fields are distinct, which of an inventory that was restored is known only
    /// once they can be looked up.
    pub(crate) fn ensure_distinct(&self, fields: &[Field]) -> Result<(), Error> {
        fields.iter().try_for_each(|field| self.column(*field).dictionary.ensure_distinct())
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

    /// Tells the codes of the values of a field that contain a text, ascending, and whether it stands elsewhere
    /// than at their beginning; of digests those that begin with it. `lowercase` is compared without regard to
    /// the case of the letters A to Z.
    pub(crate) fn values_with(&self, field: Field, lowercase: &str, mut tell: impl FnMut(u32, bool)) {
        let dictionary = &self.column(field).dictionary;
        if field == Field::Digest {
            let beginning = digest::Beginning::new(lowercase);
            dictionary.digests(|code, key| {
                if beginning.is_of(key) {
                    tell(code, false);
                }
            });
        } else {
            dictionary.containing(lowercase.as_bytes(), tell);
        }
    }

    /// How many images hold a value of a field.
    pub(crate) fn images_with(&self, field: Field, code: u32) -> u32 {
        let postings = &self.column(field).postings;
        let is_group = self.grouped_by == [field] && code != ABSENT;
        // Where the group ends is read from a bitmap, which stays in the cache as the rows' codes do not.
        match postings.first_of_run(code).filter(|_| is_group) {
            Some(first) => self.marks.group_ends.next_from(first).map_or(0, |end| end + 1 - first),
            None => postings.count(code),
        }
    }

    /// The codes of the values of a field in whose text there is a comma, ascending.
    pub(crate) fn values_with_comma(&self, field: Field) -> Vec<u32> {
        let dictionary = &self.column(field).dictionary;
        let mut codes = Vec::new();
        if field == Field::Digest {
            dictionary.digests(|code, key| codes.extend(digest::has_comma(key).then_some(code)));
        } else {
            dictionary.containing(b",", |code, _| codes.push(code));
        }
        codes
    }

    /// Tells for each of some values of a field, digests in their one form, by its place among them, its code, or
    /// `None` where no image holds it; in any order.
    pub(crate) fn codes<'a>(
        &self,
        field: Field,
        values: impl Iterator<Item = &'a str>,
        tell: impl FnMut(u32, Option<u32>),
    ) -> Result<(), Error> {
        let dictionary = &self.column(field).dictionary;
        let (mut batch, mut key) = (Batch::default(), Vec::new());
        for value in values {
            let bytes = match field {
                Field::Digest => {
                    digest::write_key(value, &mut key);
                    key.as_slice()
                }
                _ => value.as_bytes(),
            };
            batch.push(bytes, dictionary).map_err(|_| Error::out_of_memory("looking values up"))?;
        }
        dictionary.find_all(&batch, tell)
    }

    pub(crate) fn column(&self, field: Field) -> &Column {
        self.columns.get(field)
    }

    pub(crate) fn marks(&self) -> &Marks {
        &self.marks
    }
}
