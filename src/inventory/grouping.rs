//! Groups: rows that share what they are grouped by, in an order that puts repetitions of a row side by side.
//!
//! Codes of each row → groups of them. What makes a group is told from outside as a list of fields; why, is
//! not known here.

use std::collections::TryReserveError;
use std::ops::Range;

use super::builder::Arrival;
use super::chunked::Chunked;
use super::dictionary::{ABSENT, Dictionary};
use super::marks::Observations;
use super::places::{PLACE, Places};
use super::sort::{STRETCH, sort_by_code};
use crate::error::Error;
use crate::field::Field;
use crate::memory::list_of;

/// Groups of rows, each without repetitions and in the order of its places.
pub(super) struct Groups {
    /// Where the members of each group start, and where those of the last end.
    starts: Vec<u32>,
    /// Each row's place in the order of arrival.
    members: Vec<u32>,
    /// Rows that repeated another one in all fields.
    pub(super) duplicates: u32,
}

impl Groups {
    /// Finds the rows with equal values in all fields of `key`. A row without the digest, or without the tag and
    /// the digest, by which `key` tells images apart shares its group with nothing. `ranks` orders places.
    ///
    /// A row that repeats another one in all eight fields is dropped; what it observed is merged into the first.
    pub(super) fn find(
        places: &Places,
        rows: &Chunked<Arrival>,
        observations: &mut Observations,
        key: &[Field],
        seed: u64,
        ranks: &[u32],
    ) -> Result<Self, Error> {
        let (code_starts, members) = sorted_by_group(places, rows, key, seed)?;
        let mut groups = Self { starts: Vec::new(), members, duplicates: 0 };
        groups.starts.try_reserve(code_starts.len()).map_err(full)?;
        let mut kept = 0;
        for code in (0..code_starts.len() - 1).step_by(STRETCH) {
            let codes = code_starts.get(code..code_starts.len().min(code + STRETCH + 1)).unwrap_or_default();
            kept = groups.keep_codes(codes, code == 0, kept, rows, ranks, observations)?;
        }
        groups.members.truncate(kept);
        groups.starts.push(kept as u32);
        Ok(groups)
    }

    /// Keeps the members of some codes, given where each starts and where the last ends. The first code may be
    /// that of rows that are alone.
    #[inline(never)]
    fn keep_codes(
        &mut self,
        code_starts: &[u32],
        from_absent: bool,
        mut kept: usize,
        rows: &Chunked<Arrival>,
        ranks: &[u32],
        observations: &mut Observations,
    ) -> Result<usize, Error> {
        for (nth, bounds) in code_starts.windows(2).enumerate() {
            let &[start, end] = bounds else { continue };
            if end - start > 1
                && let Some(members) = self.members.get_mut(start as usize..end as usize)
            {
                put_in_order(members, rows, ranks)?;
            }
            kept = self.keep(start..end, kept, from_absent && nth == 0, rows, observations)?;
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
        rows: &Chunked<Arrival>,
        observations: &mut Observations,
    ) -> Result<usize, Error> {
        let mut before: Option<u32> = None;
        for place in sorted {
            let Some(row) = self.members.get(place as usize).copied() else { break };
            if let Some(known) = before
                && arrival(rows, known) == arrival(rows, row)
            {
                observations.merge(known, row)?;
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
fn put_in_order(members: &mut [u32], rows: &Chunked<Arrival>, ranks: &[u32]) -> Result<(), Error> {
    let with_row = |row: &u32| {
        let Arrival { place, digest, tag } = arrival(rows, *row);
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

/// A row by its place in the order of arrival.
pub(super) fn arrival(rows: &Chunked<Arrival>, row: u32) -> Arrival {
    rows.get(row as usize).copied().unwrap_or_default()
}

/// A place's number in the order of places.
pub(super) fn rank_of(place: u32, ranks: &[u32]) -> u32 {
    ranks.get(place as usize).copied().unwrap_or(0)
}

/// The rows sorted by their group, with where each group starts. Group 0 is that of rows that are alone.
fn sorted_by_group(
    places: &Places,
    rows: &Chunked<Arrival>,
    key: &[Field],
    seed: u64,
) -> Result<(Vec<u32>, Vec<u32>), Error> {
    let by_tag = key.contains(&Field::Tag);
    let place_key: Vec<usize> =
        PLACE.iter().enumerate().filter(|(_, field)| key.contains(field)).map(|(at, _)| at).collect();
    if place_key.is_empty() && !by_tag {
        let mut digests = Vec::new();
        digests.try_reserve_exact(rows.len()).map_err(full)?;
        rows.chunks().for_each(|chunk| add_digests(chunk, &mut digests));
        return sort_by_code(&digests, digests.iter().max().map_or(0, |most| most + 1));
    }
    let place_codes = codes_of_places(places, &place_key, seed)?;
    let mut groups = Vec::new();
    groups.try_reserve_exact(rows.len()).map_err(full)?;
    let mut dictionary = Dictionary::of_texts(seed);
    for row in rows.iter() {
        groups.push(match identity(by_tag, row.tag, row.digest) {
            ABSENT => ABSENT,
            identity => {
                let place = place_codes.get(row.place as usize).copied().unwrap_or(0);
                dictionary.intern(&(u64::from(place) << 32 | u64::from(identity)).to_le_bytes())?
            }
        });
    }
    sort_by_code(&groups, dictionary.len())
}

#[inline(never)]
fn add_digests(rows: &[Arrival], digests: &mut Vec<u32>) {
    digests.extend(rows.iter().map(|row| row.digest));
}

/// What tells an image apart from the others in its place, by its tag or by its digest; or nothing does.
pub(super) fn identity(by_tag: bool, tag: u32, digest: u32) -> u32 {
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

/// For each place a code that it shares with those that are equal in some of its fields.
fn codes_of_places(places: &Places, fields: &[usize], seed: u64) -> Result<Vec<u32>, Error> {
    let mut dictionary = Dictionary::of_texts(seed);
    let mut codes = Vec::new();
    codes.try_reserve_exact(places.len() as usize).map_err(full)?;
    for place in 0..places.len() {
        let of_place = places.codes(place);
        let some = fields.iter().filter_map(|at| of_place.get(*at));
        let bytes: Vec<u8> = some.flat_map(|code| code.to_le_bytes()).collect();
        codes.push(dictionary.intern(&bytes)?);
    }
    Ok(codes)
}

fn full(_: TryReserveError) -> Error {
    Error::out_of_memory("ordering the rows")
}
