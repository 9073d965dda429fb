//! The order of rows: groups side by side, and near each other those of one repository.
//!
//! Groups of rows → what the rows hold, in their final order. The order among groups changes no count: it gives most
//! values their rows in a few runs.

use std::collections::TryReserveError;
use std::ops::Range;

use super::builder::Arrival;
use super::grouping::{Groups, rank_of};
use super::marks::Marks;
use super::places::{PLACE, PlaceCodes};
use super::postings::{Head, Postings};
use super::sort::{STRETCH, sum_up};
use super::unordered::Unordered;
use crate::error::Error;
use crate::field::Field;
use crate::memory::filled;

/// What was said of the rows, in their final order.
pub(super) struct Ordered {
    places: Vec<u32>,
    digests: Vec<u32>,
    tags: Vec<u32>,
    marks: Marks,
}

impl Ordered {
    /// Puts each group where its first member's place stands among the places, of which `ranks` tells the order.
    pub(super) fn new(groups: &Groups, rows: &impl Unordered, ranks: &[u32]) -> Result<Self, Error> {
        let codes = || filled(groups.rows(), 0).map_err(full);
        let marks = Marks::new(groups.rows() as u32, rows.has_times())?;
        let mut ordered = Self { places: codes()?, digests: codes()?, tags: codes()?, marks };
        // Where the next group of each place goes: behind those of all places before, which are counted first.
        let mut next = filled(ranks.len() + 1, 0).map_err(full)?;
        for stretch in stretches(groups.len()) {
            count_rows(groups, stretch, rows, ranks, &mut next);
        }
        sum_up(&mut next);
        for stretch in stretches(groups.len()) {
            ordered.put(groups, stretch, rows, ranks, &mut next);
        }
        Ok(ordered)
    }

    #[inline(never)]
    fn put(&mut self, groups: &Groups, stretch: Range<usize>, rows: &impl Unordered, ranks: &[u32], next: &mut [u32]) {
        for members in groups.members(stretch) {
            let Some(next) = next_of(members, rows, ranks, 0, next) else { continue };
            for member in members {
                let row = *next;
                *next += 1;
                let Arrival { place, digest, tag } = rows.codes(*member);
                let columns = [(&mut self.places, place), (&mut self.digests, digest), (&mut self.tags, tag)];
                for (column, code) in columns {
                    if let Some(slot) = column.get_mut(row as usize) {
                        *slot = code;
                    }
                }
                self.marks.put(row, rows.said(*member));
            }
            self.marks.group_ends.insert(*next - 1);
        }
    }

    /// What finds the rows of each value, and the marks.
    pub(super) fn into_index(self, place_codes: PlaceCodes) -> Result<(Index, Marks), Error> {
        let Self { places, digests, tags, marks } = self;
        let rows = places.len() as u32;
        Ok((Index { place_heads: place_heads(&places)?, place_codes, digests, tags, rows }, marks))
    }
}

/// Finds the rows of each value of each column, once.
pub(super) struct Index {
    place_heads: Vec<Head>,
    place_codes: PlaceCodes,
    digests: Vec<u32>,
    tags: Vec<u32>,
    rows: u32,
}

impl Index {
    /// The rows of each of the `distinct` values of a field.
    pub(super) fn take(&mut self, field: Field, distinct: u32) -> Result<Postings, Error> {
        match PLACE.iter().position(|of| *of == field) {
            Some(at) => {
                let codes = &self.place_codes;
                let heads = self.place_heads.iter().map(|head| Head { code: codes.code(head.code, at), ..*head });
                Postings::of_heads(heads, self.rows, distinct)
            }
            None if field == Field::Digest => Postings::of_codes(std::mem::take(&mut self.digests), distinct),
            None => Postings::of_codes(std::mem::take(&mut self.tags), distinct),
        }
    }
}

/// The first row of each run of rows in one place.
fn place_heads(places: &[u32]) -> Result<Vec<Head>, Error> {
    let (mut heads, mut last) = (Vec::new(), None);
    for (stretch, first) in places.chunks(STRETCH).zip((0..).step_by(STRETCH)) {
        heads.try_reserve(stretch.len()).map_err(full)?;
        add_heads(stretch, first, &mut last, &mut heads);
    }
    Ok(heads)
}

/// Groups in parts that are worked on in one call each.
fn stretches(groups: usize) -> impl Iterator<Item = Range<usize>> {
    (0..groups).step_by(STRETCH).map(move |start| start..groups.min(start + STRETCH))
}

/// Counts the rows of groups for the places that follow the group's own.
#[inline(never)]
fn count_rows(groups: &Groups, stretch: Range<usize>, rows: &impl Unordered, ranks: &[u32], counts: &mut [u32]) {
    for members in groups.members(stretch) {
        if let Some(count) = next_of(members, rows, ranks, 1, counts) {
            *count += members.len() as u32;
        }
    }
}

/// What belongs to the place of a group, or to one so many behind it.
fn next_of<'a>(
    members: &[u32],
    rows: &impl Unordered,
    ranks: &[u32],
    behind: usize,
    of_ranks: &'a mut [u32],
) -> Option<&'a mut u32> {
    let rank = rank_of(rows.codes(*members.first()?).place, ranks);
    of_ranks.get_mut(rank as usize + behind)
}

#[inline(never)]
fn add_heads(places: &[u32], first: u32, last: &mut Option<u32>, heads: &mut Vec<Head>) {
    for (start, place) in (first..).zip(places) {
        if last.replace(*place) != Some(*place) {
            heads.push(Head { start, code: *place });
        }
    }
}

fn full(_: TryReserveError) -> Error {
    Error::out_of_memory("ordering the rows")
}
