//! Groups: rows that share what they are grouped by, in an order that puts repetitions of a row side by side.
//!
//! Codes of each row → groups of them. What makes a group is told from outside as a list of fields; why, is
//! not known here.

use std::borrow::Cow;
use std::collections::TryReserveError;
use std::ops::Range;

use super::builder::Arrival;
use super::dictionary::ABSENT;
use super::places::{PLACE, PlaceCodes};
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
    /// Finds the rows with equal values in all fields of `key`. A row without the digest, or without the tag and
    /// the digest, by which `key` tells images apart shares its group with nothing; where `key` is all fields, none
    /// does. `ranks` orders places.
    ///
    /// A row that repeats another one in all eight fields is dropped; what was said of it is merged into the first.
    /// Groups and members come in an order that does not depend on that of `rows`.
    pub(super) fn find(
        places: &PlaceCodes,
        rows: &mut impl Unordered,
        key: &[Field],
        ranks: &[u32],
    ) -> Result<Self, Error> {
        let (code_starts, members) = sorted_by_group(places, rows, key)?;
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
fn sorted_by_group(places: &PlaceCodes, rows: &impl Unordered, key: &[Field]) -> Result<(Vec<u32>, Vec<u32>), Error> {
    let by_tag = key.contains(&Field::Tag);
    let fields: Vec<usize> =
        PLACE.iter().enumerate().filter(|(_, field)| key.contains(field)).map(|(at, _)| at).collect();
    let digests = rows.digests()?;
    let end_of = |codes: &[u32]| codes.iter().max().map_or(0, |most| most + 1);
    if fields.is_empty() && !by_tag {
        return sort_by_code(&digests, end_of(&digests));
    }
    let (identities, count) = if by_tag { identities_by_tag(rows)? } else { (digests, 0) };
    let count = count.max(end_of(&identities));
    let (numbers, end) = places.numbers(&fields, 1)?;
    // Sorted by the identity first: equal ones keep their order when sorted by the place.
    let (_, by_identity) = sort_by_code(&identities, count)?;
    let mut of_places = Vec::new();
    of_places.try_reserve_exact(by_identity.len()).map_err(full)?;
    for sorted in by_identity.chunks(STRETCH) {
        add_places(sorted, &identities, rows, &numbers, &mut of_places);
    }
    let (_, mut members) = sort_by_code(&of_places, end)?;
    // The place of each member among those sorted by identity gives way to the member.
    for member in &mut members {
        *member = by_identity.get(*member as usize).copied().unwrap_or_default();
    }
    drop((by_identity, of_places));
    let mut group_starts = GroupStarts { starts: vec![0], last: (0, ABSENT) };
    for (stretch, first) in members.chunks(STRETCH).zip((0..).step_by(STRETCH)) {
        group_starts.add(stretch, first, &identities, rows, &numbers)?;
    }
    group_starts.starts.push(members.len() as u32);
    Ok((group_starts.starts, members))
}

/// By what each row is told apart from others in its place, and a number above all of these: its tag, or behind all
/// tags its digest, since untagged images are not one tag.
fn identities_by_tag(rows: &impl Unordered) -> Result<(Cow<'static, [u32]>, u32), Error> {
    let all = || (0..rows.len() as u32).map(|row| rows.codes(row));
    let (last_tag, last_digest) = all().fold((0, 0), |(tag, digest), row| (row.tag.max(tag), row.digest.max(digest)));
    let identity = |Arrival { digest, tag, .. }: Arrival| match (tag, digest) {
        (ABSENT, ABSENT) => ABSENT,
        (ABSENT, digest) => last_tag + digest,
        (tag, _) => tag,
    };
    let mut identities = Vec::new();
    identities.try_reserve_exact(rows.len()).map_err(full)?;
    identities.extend(all().map(identity));
    Ok((Cow::Owned(identities), last_tag + last_digest + 1))
}

/// Adds the number of each row's place, or 0 for a row that is alone.
#[inline(never)]
fn add_places(sorted: &[u32], identities: &[u32], rows: &impl Unordered, numbers: &[u32], of_places: &mut Vec<u32>) {
    let number = |row: &u32| match identities.get(*row as usize) {
        None | Some(&ABSENT) => 0,
        Some(_) => rank_of(rows.codes(*row).place, numbers),
    };
    of_places.extend(sorted.iter().map(number));
}

/// Where groups start.
struct GroupStarts {
    starts: Vec<u32>,
    /// The number of the place and the identity of the row before.
    last: (u32, u32),
}

impl GroupStarts {
    #[inline(never)]
    fn add(
        &mut self,
        members: &[u32],
        first: u32,
        identities: &[u32],
        rows: &impl Unordered,
        numbers: &[u32],
    ) -> Result<(), Error> {
        self.starts.try_reserve(members.len() + 1).map_err(full)?;
        for (place, row) in (first..).zip(members) {
            let group = match identities.get(*row as usize).copied() {
                None | Some(ABSENT) => (0, ABSENT),
                Some(identity) => (rank_of(rows.codes(*row).place, numbers), identity),
            };
            if group != self.last {
                self.last = group;
                self.starts.push(place);
            }
        }
        Ok(())
    }
}

fn full(_: TryReserveError) -> Error {
    Error::out_of_memory("ordering the rows")
}
