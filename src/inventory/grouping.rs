//! The order of rows: rows that share a group stand side by side, groups of one repository near each
//! other, and repetitions of a row are found.
//!
//! Codes of each row → a permutation. What makes a group is told from outside as a list of fields; why, is
//! not known here. The order among groups changes no count: it gives most values their rows in a few runs.

use std::collections::TryReserveError;

use super::builder::Arrival;
use super::chunked::Chunked;
use super::dictionary::{ABSENT, Dictionary};
use super::marks::Observations;
use super::places::{PLACE, Places};
use super::row_set::RowSet;
use super::sort::sort_by_code;
use crate::error::Error;
use crate::field::Field;

/// Rows in their final order.
pub(super) struct Order {
    /// For each row of the final order, its place in the order of arrival.
    pub(super) arrivals: Vec<u32>,
    /// The last row of each group, in the final order.
    pub(super) group_ends: RowSet,
    /// Rows that repeated another one in all fields.
    pub(super) duplicates: u32,
}

/// Orders rows so that those with equal values in all fields of `key` are adjacent. A row without the digest,
/// or without the tag and the digest, by which `key` tells images apart shares its group with nothing.
///
/// A row that repeats another one in all eight fields is dropped; what it observed is merged into the first.
pub(super) fn order_by_group(
    places: &Places,
    rows: &Chunked<Arrival>,
    observations: &mut Observations,
    key: &[Field],
    seed: u64,
) -> Result<Order, Error> {
    let place_ranks = places.ranks()?;
    let rank_of_place = |place: u32| place_ranks.get(place as usize).copied().unwrap_or(0);
    let groups = Groups::find(places, rows, observations, key, seed, rank_of_place)?;
    // Where a group's first member is stored, there the whole group stands.
    let rank =
        |group: u32| groups.members(group).first().map_or(0, |member| rank_of_place(arrival(rows, *member).place));
    let (_, by_rank) = sort_by_code((0..groups.len()).map(rank), places.len())?;

    let count = groups.members.len();
    let mut arrivals = Vec::new();
    arrivals.try_reserve_exact(count).map_err(full)?;
    let mut group_ends = RowSet::empty(count as u32)?;
    for group in by_rank {
        arrivals.extend_from_slice(groups.members(group));
        if let Some(last) = (arrivals.len() as u32).checked_sub(1) {
            group_ends.insert(last);
        }
    }
    Ok(Order { arrivals, group_ends, duplicates: groups.duplicates })
}

/// Groups of rows, each without repetitions and in the order of its places.
struct Groups {
    /// Where the members of each group start, and where those of the last end.
    starts: Vec<u32>,
    members: Vec<u32>,
    duplicates: u32,
}

impl Groups {
    fn find(
        places: &Places,
        rows: &Chunked<Arrival>,
        observations: &mut Observations,
        key: &[Field],
        seed: u64,
        rank_of_place: impl Fn(u32) -> u32,
    ) -> Result<Self, Error> {
        let (code_starts, members) = sorted_by_group(places, rows, key, seed)?;
        let mut groups = Self { starts: Vec::new(), members, duplicates: 0 };
        groups.starts.try_reserve(code_starts.len()).map_err(full)?;
        let mut ordered: Vec<[u32; 4]> = Vec::new();
        let mut kept = 0;
        for (group, bounds) in (0u32..).zip(code_starts.windows(2)) {
            let &[start, end] = bounds else { continue };
            if end - start > 1
                && let Some(members) = groups.members.get_mut(start as usize..end as usize)
            {
                ordered.clear();
                ordered.try_reserve(members.len()).map_err(full)?;
                ordered.extend(members.iter().map(|row| {
                    let Arrival { place, digest, tag } = arrival(rows, *row);
                    [rank_of_place(place), digest, tag, *row]
                }));
                ordered.sort_unstable();
                members.iter_mut().zip(&ordered).for_each(|(member, [.., row])| *member = *row);
            }
            kept = groups.keep(start..end, kept, group == ABSENT, rows, observations)?;
        }
        groups.members.truncate(kept);
        groups.starts.push(kept as u32);
        Ok(groups)
    }

    /// Moves the members from `sorted` up to `kept`, without repetitions, as a group, or, where each is `alone`,
    /// as a group for each. Returns how many members are kept so far.
    fn keep(
        &mut self,
        sorted: std::ops::Range<u32>,
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

    fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    fn members(&self, group: u32) -> &[u32] {
        let start_of = |group: usize| self.starts.get(group).map_or(0, |start| *start as usize);
        self.members.get(start_of(group as usize)..start_of(group as usize + 1)).unwrap_or_default()
    }
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
        let digests = rows.iter().map(|row| row.digest);
        return sort_by_code(digests.clone(), digests.max().map_or(0, |most| most + 1));
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
    sort_by_code(groups.into_iter(), dictionary.len())
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

fn arrival(rows: &Chunked<Arrival>, row: u32) -> Arrival {
    rows.get(row as usize).copied().unwrap_or_default()
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
