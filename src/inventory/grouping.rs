//! Groups: rows that share what they are grouped by, in an order that puts repetitions of a row side by side.
//!
//! Codes of each row → groups of them. What makes a group is told from outside as a list of fields; why, is
//! not known here.

use std::borrow::Cow;
use std::collections::TryReserveError;
use std::ops::Range;

use super::builder::Arrival;
use super::dictionary::ABSENT;
use super::places::PLACE;
use super::sort::{STRETCH, sort_by_code};
use super::unordered::Unordered;
use crate::error::Error;
use crate::field::Field;
use crate::memory::list_of;

/// Groups of rows, each without repetitions and in the order of its places.
pub(super) struct Groups {
    /// Where the members of each group start, and where those of the last end.
    starts: Vec<u32>,
    /// Each row's number among those that were to be put in order.
    members: Vec<u32>,
    /// Rows that repeated another one in all fields.
    pub(super) duplicates: u32,
}

impl Groups {
    /// Finds the rows with equal values in all fields of `key`, which names all that say where an image is stored, or
    /// none of them. A row without the digest, or without the tag and
    /// the digest, by which `key` tells images apart shares its group with nothing; where `key` is all fields, none
    /// does. `ranks` orders places.
    ///
    /// A row that repeats another one in all eight fields is dropped; what was said of it is merged into the first.
    /// Groups and members come in an order that does not depend on that of `rows`.
    pub(super) fn find(rows: &mut impl Unordered, key: &[Field], ranks: &[u32]) -> Result<Self, Error> {
        let (code_starts, members) = sorted_by_group(rows, key, ranks)?;
        let mut groups = Self { starts: Vec::new(), members, duplicates: 0 };
        groups.starts.try_reserve(code_starts.len()).map_err(full)?;
        let all_alone = Field::ALL.iter().all(|field| key.contains(field));
        let mut kept = 0;
        for code in (0..code_starts.len() - 1).step_by(STRETCH) {
            let codes = code_starts.get(code..code_starts.len().min(code + STRETCH + 1)).unwrap_or_default();
            // The first code is that of rows that are alone.
            let alone = if all_alone { codes.len() } else { usize::from(code == 0) };
            kept = groups.keep_codes(codes, alone, kept, rows, ranks)?;
        }
        groups.members.truncate(kept);
        groups.starts.push(kept as u32);
        Ok(groups)
    }

    /// Keeps the members of some codes, given where each starts and where the last ends. The rows of so many of
    /// the first codes are `alone`.
    #[inline(never)]
    fn keep_codes(
        &mut self,
        code_starts: &[u32],
        alone: usize,
        mut kept: usize,
        rows: &mut impl Unordered,
        ranks: &[u32],
    ) -> Result<usize, Error> {
        for (nth, bounds) in code_starts.windows(2).enumerate() {
            let &[start, end] = bounds else { continue };
            if end - start > 1
                && let Some(members) = self.members.get_mut(start as usize..end as usize)
            {
                put_in_order(members, rows, ranks)?;
            }
            kept = self.keep(start..end, kept, nth < alone, rows)?;
        }
        Ok(kept)
    }

    /// Moves the members from `sorted` up to `kept`, without repetitions, as a group, or, where each is `alone`,
    /// as a group for each. Returns how many members are kept so far.
    fn keep(
        &mut self,
        sorted: Range<u32>,
        mut kept: usize,
        alone: bool,
        rows: &mut impl Unordered,
    ) -> Result<usize, Error> {
        let mut before: Option<u32> = None;
        for place in sorted {
            let Some(row) = self.members.get(place as usize).copied() else { break };
            if let Some(known) = before
                && rows.codes(known) == rows.codes(row)
            {
                rows.merge(known, row)?;
                self.duplicates += 1;
                continue;
            }
            if alone || before.is_none() {
                self.starts.try_reserve(1).map_err(full)?;
                self.starts.push(kept as u32);
            }
            before = Some(row);
            if let Some(member) = self.members.get_mut(kept) {
                *member = row;
            }
            kept += 1;
        }
        Ok(kept)
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many rows there are in all groups.
    pub(super) fn rows(&self) -> usize {
        self.members.len()
    }

    /// The members of some groups, group by group.
    pub(super) fn members(&self, groups: Range<usize>) -> impl Iterator<Item = &[u32]> {
        let bounds = self.starts.get(groups.start..self.starts.len().min(groups.end + 1)).unwrap_or_default();
        bounds.windows(2).filter_map(|bounds| match bounds {
            &[start, end] => self.members.get(start as usize..end as usize),
            _ => None,
        })
    }
}

/// Puts the members of a group in the order of their places, and repetitions side by side.
fn put_in_order(members: &mut [u32], rows: &impl Unordered, ranks: &[u32]) -> Result<(), Error> {
    let with_row = |row: &u32| {
        let Arrival { place, digest, tag } = rows.codes(*row);
        [rank_of(place, ranks), digest, tag, *row]
    };
    // Most groups are of two.
    if let [first, second] = members {
        if with_row(first) > with_row(second) {
            std::mem::swap(first, second);
        }
        return Ok(());
    }
    let mut ordered = list_of(members.iter().map(with_row)).map_err(full)?;
    ordered.sort_unstable();
    members.iter_mut().zip(&ordered).for_each(|(member, [.., row])| *member = *row);
    Ok(())
}

/// A place's number in the order of places.
pub(super) fn rank_of(place: u32, ranks: &[u32]) -> u32 {
    ranks.get(place as usize).copied().unwrap_or(0)
}

/// The rows sorted by their group, with where each group starts. Group 0 is that of rows that are alone.
fn sorted_by_group(rows: &impl Unordered, key: &[Field], ranks: &[u32]) -> Result<(Vec<u32>, Vec<u32>), Error> {
    let identities = if key.contains(&Field::Tag) { identities_by_tag(rows)? } else { rows.digests()? };
    let (starts, members) = sort_by_code(&identities, identities.iter().max().map_or(0, |most| most + 1))?;
    if !PLACE.iter().any(|field| key.contains(field)) {
        return Ok((starts, members));
    }
    drop(starts);
    let group_of = |row: &u32| match identities.get(*row as usize) {
        // No row has the first place.
        None | Some(&ABSENT) => (0, ABSENT),
        Some(identity) => (rank_of(rows.codes(*row).place, ranks), *identity),
    };
    // Sorted by the identity before: equal ones keep their order when sorted by the place.
    let places = list_of(members.iter().map(|row| group_of(row).0)).map_err(full)?;
    let (_, order) = sort_by_code(&places, ranks.len() as u32)?;
    drop(places);
    let sorted = order.iter().map(|place| members.get(*place as usize).copied().unwrap_or_default());
    let members = list_of(sorted).map_err(full)?;
    drop(order);
    let mut starts = Vec::new();
    starts.try_reserve_exact(members.len() + 2).map_err(full)?;
    starts.push(0);
    let mut last = (0, ABSENT);
    for (place, row) in (0..).zip(&members) {
        if std::mem::replace(&mut last, group_of(row)) != last {
            starts.push(place);
        }
    }
    starts.push(members.len() as u32);
    Ok((starts, members))
}

/// By what each row is told apart from others in its place: its tag, or behind all tags its digest, since untagged
/// images are not one tag.
fn identities_by_tag(rows: &impl Unordered) -> Result<Cow<'static, [u32]>, Error> {
    let all = || (0..rows.len() as u32).map(|row| rows.codes(row));
    let last_tag = all().map(|row| row.tag).max().unwrap_or(ABSENT);
    let identity = |Arrival { digest, tag, .. }: Arrival| match (tag, digest) {
        (ABSENT, ABSENT) => ABSENT,
        (ABSENT, digest) => last_tag + digest,
        (tag, _) => tag,
    };
    let mut identities = Vec::new();
    identities.try_reserve_exact(rows.len()).map_err(full)?;
    identities.extend(all().map(identity));
    Ok(Cow::Owned(identities))
}

fn full(_: TryReserveError) -> Error {
    Error::out_of_memory("ordering the rows")
}
