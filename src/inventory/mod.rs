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
mod group_ends;
mod grouping;
mod groups;
mod hash_key;
mod hex;
mod marks;
mod ordered;
mod places;
mod postings;
mod regroup;
mod row_codes;
mod row_lists;
pub(crate) mod row_set;
mod rows_of;
mod run_lists;
mod saved;
mod search;
mod slots;
mod sort;
mod sorted;
mod translate;
mod unordered;
mod values;

pub(crate) use builder::InventoryBuilder;
pub(crate) use column::Column;
pub(crate) use dictionary::ABSENT;
pub(crate) use groups::{CountedGroups, GroupCounter, all_but_firsts};
pub(crate) use marks::{Marks, NEVER};
pub(crate) use postings::Postings;
pub(crate) use rows_of::RowsOf;
pub(crate) use sort::{STRETCH, sort_by_code};

use std::ops::Range;

use batch::BATCH;

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

    /// The codes of the digests that do not begin with a text in lower case, where nearly all do: where it is the
    /// beginning of `sha256:`, so that every SHA-256 begins with it. `None` for any other text.
    pub(crate) fn digests_without(&self, lowercase: &str) -> Option<Vec<u32>> {
        if !digest::is_any(lowercase) {
            return None;
        }
        let beginning = digest::Beginning::new(lowercase);
        let texts = self.column(Field::Digest).dictionary.digests_kept_as_texts();
        Some(texts.filter(|(_, key)| !beginning.is_of(key)).map(|(code, _)| code).collect())
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
    pub(crate) fn values_with_comma(&self, field: Field) -> Result<Vec<u32>, Error> {
        let dictionary = &self.column(field).dictionary;
        if !dictionary.may_hold(b',') {
            return Ok(Vec::new());
        }
        let has_comma = |code: &u32| match dictionary.value(*code) {
            key if field == Field::Digest => digest::has_comma(key),
            text => text.contains(&b','),
        };
        let mut found = Vec::new();
        for code in (0..dictionary.len()).filter(has_comma) {
            found.try_reserve(1).map_err(|_| Error::out_of_memory("looking for commas"))?;
            found.push(code);
        }
        Ok(found)
    }

    /// The codes of some values of a field, digests in their one form, in the order of the values: [`ABSENT`] for
    /// one that no image holds. The values stand in a text.
    pub(crate) fn codes(&self, field: Field, text: &str, places: &[Range<usize>]) -> Result<Vec<u32>, Error> {
        let mut codes = Vec::new();
        codes.try_reserve_exact(places.len()).map_err(|_| Error::out_of_memory("looking values up"))?;
        let mut keys = Vec::new();
        for places in places.chunks(BATCH) {
            let mut values = [[].as_slice(); BATCH];
            let mut key_places = [(); BATCH].map(|()| 0..0);
            let (text, places) = if field == Field::Digest {
                keys.clear();
                for (key_place, place) in key_places.iter_mut().zip(places) {
                    *key_place = digest::write_key(text.get(place.clone()).unwrap_or_default(), &mut keys);
                }
                (keys.as_slice(), key_places.get(..places.len()).unwrap_or_default())
            } else {
                (text.as_bytes(), places)
            };
            for (value, place) in values.iter_mut().zip(places) {
                *value = text.get(place.clone()).unwrap_or_default();
            }
            let found = self.column(field).dictionary.codes(values.get(..places.len()).unwrap_or_default())?;
            codes.extend(found.into_iter().take(places.len()));
        }
        Ok(codes)
    }

    pub(crate) fn column(&self, field: Field) -> &Column {
        self.columns.get(field)
    }

    pub(crate) fn marks(&self) -> &Marks {
        &self.marks
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::record::Record;

    /// However a column is kept, and whether its values are groups or lie across some: as by adding their rows.
    #[test]
    fn images_are_counted_in_every_form_of_a_column() {
        for group_by in [[Field::Digest].as_slice(), &[Field::Tag]] {
            let mut builder = InventoryBuilder::new(1);
            for row in 0..600u32 {
                let mut record = Record::default();
                let mut set = |field, text: String| record.set_text(field, Cow::Owned(text));
                set(Field::RepoName, format!("r{}", row / 100));
                set(Field::RepoId, format!("i{row}"));
                // Of both, each value has one run of two rows, but not the same two.
                set(Field::Digest, format!("{:064x}", row / 2));
                set(Field::Tag, format!("{}", row.div_ceil(2)));
                builder.push(&record).unwrap();
            }
            let (inventory, duplicates) = builder.finish(group_by).unwrap();
            assert_eq!((inventory.images(), duplicates), (600, 0));
            let has_one_run_each = |field| matches!(inventory.column(field).postings, Postings::Adjacent { .. });
            assert!(has_one_run_each(Field::Digest) && has_one_run_each(Field::Tag));
            for field in Field::ALL {
                let column = inventory.column(field);
                for code in 0..column.dictionary.len() {
                    let mut rows = row_set::RowSet::empty(600).unwrap();
                    column.postings.add_rows(code, &mut rows);
                    assert_eq!(inventory.images_with(field, code), rows.count(), "{field:?} {code}");
                }
            }
        }
    }
}
