//! Where groups end, told from columns whose rows are in order already; and whether they are.

use std::borrow::Cow;

use super::column::Column;
use super::dictionary::ABSENT;
use super::places::PLACE;
use super::postings::add_group_ends;
use super::row_set::RowSet;
use crate::error::Error;
use crate::field::{Field, PerField};
use crate::flat::{ensure, full};

/// The last row of each group of `rows` rows that are equal in all fields of `key`. Fails where the rows of a group
/// are not side by side.
pub(super) fn group_ends(columns: &PerField<Column>, rows: u32, key: &[Field]) -> Result<RowSet, Error> {
    if Field::ALL.iter().all(|field| key.contains(field)) {
        // No two rows are equal in all fields.
        return RowSet::full(rows);
    }
    let mut ends = RowSet::empty(rows)?;
    if let [field] = key {
        let column = columns.get(*field);
        ensure(add_group_ends(&column.codes_of_rows()?, column.dictionary.len(), &mut ends))?;
        return Ok(ends);
    }
    add_place_ends(columns, rows, &mut ends)?;
    let by_tag = key.contains(&Field::Tag);
    let [digests, tags] = [Field::Digest, Field::Tag].map(|field| columns.get(field));
    let (mut met_digests, mut met_tags) = (Met::new(digests)?, Met::new(tags)?);
    let digests = digests.codes_of_rows()?;
    let tags = if by_tag { tags.codes_of_rows()? } else { Cow::Borrowed([].as_slice()) };
    // Places are numbered from 1; a group never goes on from one into the next.
    let (mut place, mut before) = (1, ABSENT);
    for (row, digest) in (0u32..).zip(digests.iter()) {
        let tag = tags.get(row as usize).copied().unwrap_or(ABSENT);
        let identity = identity(by_tag, tag, *digest);
        if identity != before || identity == ABSENT {
            if let Some(last) = row.checked_sub(1) {
                ends.insert(last);
            }
            let is_first = if tag == ABSENT { met_digests.note(*digest, place) } else { met_tags.note(tag, place) };
            ensure(is_first || identity == ABSENT)?;
        }
        let is_last_of_place = ends.contains(row);
        place += u32::from(is_last_of_place);
        before = if is_last_of_place { ABSENT } else { identity };
    }
    Ok(ends)
}

/// What tells an image apart from the others in its place, by its tag or by its digest; or nothing does.
fn identity(by_tag: bool, tag: u32, digest: u32) -> u32 {
    match (by_tag, tag, digest) {
        (true, ABSENT, ABSENT) | (false, _, ABSENT) => ABSENT,
        // Untagged images are not one tag: each goes by its digest instead.
        (true, ABSENT, digest) => digest | INSTEAD,
        (true, tag, _) => tag,
        (false, _, digest) => digest,
    }
}

/// Sets digests apart from tags. No column has as many codes.
const INSTEAD: u32 = 1 << 31;

/// Adds the last row of each place to a set. Places ascend, each of them by its codes from the widest field on, so
/// that none has rows in two.
fn add_place_ends(columns: &PerField<Column>, rows: u32, ends: &mut RowSet) -> Result<(), Error> {
    for field in PLACE {
        let codes = columns.get(field).codes_of_rows()?;
        for (row, (code, next)) in (0..).zip(codes.iter().zip(codes.iter().skip(1))) {
            if code != next {
                ensure(code < next || ends.contains(row))?;
                ends.insert(row);
            }
        }
    }
    rows.checked_sub(1).into_iter().for_each(|last| ends.insert(last));
    Ok(())
}

/// In which place each code of a column was met last.
struct Met(Vec<u32>);

impl Met {
    fn new(column: &Column) -> Result<Self, Error> {
        let mut places = Vec::new();
        places.try_reserve_exact(column.dictionary.len() as usize).map_err(|_| full())?;
        places.resize(column.dictionary.len() as usize, 0);
        Ok(Self(places))
    }

    /// Notes that a code was met in a place; says whether for the first time.
    fn note(&mut self, code: u32, place: u32) -> bool {
        self.0.get_mut(code as usize).is_some_and(|met| std::mem::replace(met, place) != place)
    }
}
