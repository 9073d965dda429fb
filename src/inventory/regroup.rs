//! Regrouping: an inventory → the same rows in the order of another grouping, from what it holds itself.
//!
//! The order of rows follows from what they hold and from how they are grouped, and not from how they came. So a
//! regrouped inventory is, row by row, the one that a load with this grouping would have made.

use std::borrow::Cow;
use std::mem::swap;

use super::Inventory;
use super::builder::Arrival;
use super::dictionary::ABSENT;
use super::grouping::Groups;
use super::marks::{Marks, Said};
use super::ordered::Ordered;
use super::places::{PLACE, PlaceCodes};
use super::postings::Postings;
use super::sort::STRETCH;
use super::unordered::Unordered;
use crate::error::Error;
use crate::field::{Field, PerField};
use crate::flat::ensure;
use crate::memory::filled;

/// All that depends on the order of the rows.
pub(crate) struct Arrangement {
    grouped_by: Vec<Field>,
    postings: PerField<Postings>,
    marks: Marks,
}

impl Inventory {
    /// Finds the order of rows in which those that are equal in all fields of `group_by` are side by side.
    ///
    /// # Errors
    ///
    /// Where memory runs out; nothing has changed then.
    pub(crate) fn arranged_by(&self, group_by: &[Field]) -> Result<Arrangement, Error> {
        let (places, place_codes) = self.places()?;
        let digests = self.column(Field::Digest).codes_of_rows()?;
        let tags = self.column(Field::Tag).codes_of_rows()?;
        let mut columns = Columns { places, digests, tags, marks: &self.marks };
        let ranks = place_codes.ranks()?;
        let groups = Groups::find(&mut columns, group_by, &ranks)?;
        // No two rows of an inventory are equal, unless somebody forged the snapshot that it was restored from.
        ensure(groups.duplicates == 0)?;
        let ordered = Ordered::new(&groups, &columns, &ranks)?;
        // What is not needed any more makes room for the columns.
        drop((groups, columns, ranks));
        let (mut index, marks) = ordered.into_index(place_codes)?;
        let postings =
            PerField::from_fn(|_| ()).try_map(|field, ()| index.take(field, self.column(field).dictionary.len()))?;
        Ok(Arrangement { grouped_by: group_by.to_vec(), postings, marks })
    }

    /// Takes on an arrangement of its rows, and gives the one that it had.
    pub(crate) fn arrange(&mut self, mut other: Arrangement) -> Arrangement {
        swap(&mut self.grouped_by, &mut other.grouped_by);
        swap(&mut self.marks, &mut other.marks);
        for field in Field::ALL {
            swap(&mut self.columns.get_mut(field).postings, other.postings.get_mut(field));
        }
        other
    }

    /// The place of each row, by its number among the distinct ones.
    fn places(&self) -> Result<(Vec<u32>, PlaceCodes), Error> {
        // Rows of one place are mostly side by side: only where any of the six fields changes is a place looked at.
        let mut changes = filled(self.rows as usize, false).map_err(full)?;
        for field in PLACE {
            let codes = self.column(field).codes_of_rows()?;
            let mut last = None;
            for (changes, codes) in changes.chunks_mut(STRETCH).zip(codes.chunks(STRETCH)) {
                mark_changes(codes, &mut last, changes);
            }
        }
        let heads = changes.iter().filter(|change| **change).count();
        let mut places = filled(heads, [ABSENT; PLACE.len()]).map_err(full)?;
        for (at, field) in PLACE.into_iter().enumerate() {
            let codes = self.column(field).codes_of_rows()?;
            let at_heads = changes.iter().zip(codes.iter()).filter(|(change, _)| **change).map(|(_, code)| *code);
            for (place, code) in places.iter_mut().zip(at_heads) {
                if let Some(slot) = place.get_mut(at) {
                    *slot = code;
                }
            }
        }
        let (distinct, numbers) = PlaceCodes::distinct(places)?;
        let mut of_rows = Vec::new();
        of_rows.try_reserve_exact(changes.len()).map_err(full)?;
        let (mut numbers, mut number) = (numbers.into_iter(), 0);
        for change in changes {
            if change {
                number = numbers.next().unwrap_or_default();
            }
            of_rows.push(number);
        }
        Ok((of_rows, distinct))
    }
}

/// Marks the rows of a stretch that differ from the row before them.
#[inline(never)]
fn mark_changes(codes: &[u32], last: &mut Option<u32>, changes: &mut [bool]) {
    for (change, code) in changes.iter_mut().zip(codes) {
        *change |= last.replace(*code) != Some(*code);
    }
}

/// Rows of an inventory, in the order that they have there.
struct Columns<'a> {
    places: Vec<u32>,
    digests: Cow<'a, [u32]>,
    tags: Cow<'a, [u32]>,
    marks: &'a Marks,
}

impl Unordered for Columns<'_> {
    fn len(&self) -> usize {
        self.places.len()
    }

    #[inline]
    fn codes(&self, row: u32) -> Arrival {
        let code = |codes: &[u32]| codes.get(row as usize).copied().unwrap_or(ABSENT);
        Arrival { place: code(&self.places), digest: code(&self.digests), tag: code(&self.tags) }
    }

    fn digests(&self) -> Result<Cow<'_, [u32]>, Error> {
        Ok(Cow::Borrowed(&self.digests))
    }

    #[inline]
    fn said(&self, row: u32) -> Said {
        self.marks.of(row)
    }

    fn has_times(&self) -> bool {
        !self.marks.last_scan_times.is_empty()
    }

    fn merge(&mut self, _: u32, _: u32) -> Result<(), Error> {
        // No two rows of an inventory are equal.
        Ok(())
    }
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("ordering the rows anew")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::numbers;
    use crate::inventory::InventoryBuilder;
    use crate::record::Record;

    const GROUPINGS: [&[Field]; 5] = [
        &[Field::Digest],
        &[
            Field::RegistryType,
            Field::RegionId,
            Field::InstanceId,
            Field::RepoNamespace,
            Field::RepoId,
            Field::RepoName,
            Field::Digest,
        ],
        &[
            Field::RegistryType,
            Field::RegionId,
            Field::InstanceId,
            Field::RepoNamespace,
            Field::RepoId,
            Field::RepoName,
            Field::Tag,
        ],
        &Field::ALL,
        &[Field::Tag],
    ];

    /// Rows of which many are alike, so that all that can be shared is shared.
    fn inventory(seed: u32, rows: u32, variety: u32, group_by: &[Field]) -> Inventory {
        let mut random = numbers(seed.into());
        let mut builder = InventoryBuilder::new(seed.into());
        for _ in 0..rows {
            let mut record = Record::default();
            for field in Field::ALL {
                let values = if matches!(field, Field::Digest | Field::Tag) { 2 * variety } else { 1 + variety / 8 };
                match random(values + 1) {
                    0 => {}
                    value if field == Field::Digest => record.set_text(field, format!("{value:064x}").into()),
                    value => record.set_text(field, format!("{value}").into()),
                }
            }
            record.charged = [None, Some(true), Some(false)].get(random(8) as usize).copied().flatten();
            record.scannable = (random(9) == 0).then_some(false);
            record.last_scan_time = (variety.is_multiple_of(2) && random(3) == 0).then(|| random(5).into());
            builder.push(&record).unwrap();
        }
        builder.finish(group_by).unwrap().0
    }

    fn assert_same(one: &Inventory, other: &Inventory) {
        assert_eq!((one.rows, &one.grouped_by), (other.rows, &other.grouped_by));
        assert_eq!(one.marks.group_ends, other.marks.group_ends);
        assert_eq!(one.marks.said_charged, other.marks.said_charged);
        assert!((0..one.rows).all(|row| one.marks.of(row) == other.marks.of(row)));
        assert_eq!(one.marks.last_scan_times, other.marks.last_scan_times);
        for field in Field::ALL {
            let codes = [one, other].map(|inventory| inventory.column(field).codes_of_rows().unwrap());
            assert_eq!(codes[0], codes[1], "{field:?}");
            let forms = [one, other].map(|inventory| std::mem::discriminant(&inventory.column(field).postings));
            assert_eq!(forms[0], forms[1], "{field:?}");
            for code in 0..one.column(field).dictionary.len() {
                let rows = |inventory: &Inventory| format!("{:?}", inventory.column(field).postings.rows_of(code));
                assert_eq!(rows(one), rows(other), "{field:?} {code}");
            }
        }
    }

    /// Row by row, whatever the order of the groupings before.
    #[test]
    fn a_regrouped_inventory_is_the_one_that_a_load_makes() {
        for (seed, rows, variety) in
            [(1, 0, 1), (2, 1, 1), (3, 9, 1), (4, 70, 2), (5, 700, 9), (6, 9_000, 300), (7, 9_000, 2_001)]
        {
            let loaded = GROUPINGS.map(|group_by| inventory(seed, rows, variety, group_by));
            let mut regrouped = inventory(seed, rows, variety, GROUPINGS[0]);
            for to in [1, 2, 3, 4, 0, 2, 1, 4, 3, 0, 3, 1, 0, 4, 2, 0] {
                let arrangement = regrouped.arranged_by(GROUPINGS[to]).unwrap();
                let former = regrouped.arrange(arrangement);
                assert_same(&regrouped, &loaded[to]);
                if to == 4 {
                    // What was exchanged can be exchanged back.
                    let former_grouping = former.grouped_by.clone();
                    let again = regrouped.arrange(former);
                    assert_eq!(regrouped.grouped_by, former_grouping);
                    regrouped.arrange(again);
                    assert_same(&regrouped, &loaded[to]);
                }
            }
        }
    }
}
