//! The order of rows: rows that share a group stand side by side, and repetitions of a row are found.
//!
//! Codes of each row → a permutation in which equal keys are adjacent, with the last row of each group
//! marked. What makes a group is told from outside as a list of fields; why, is not known here.

use super::column::sort_by_code;
use super::dictionary::{ABSENT, Dictionary};
use super::marks::Observation;
use crate::error::Error;
use crate::field::{Field, PerField};

/// Rows in their final order.
pub(super) struct Order {
    /// For each row of the final order, its place in the order of arrival.
    pub(super) arrivals: Vec<u32>,
    /// For each row of the final order, whether it is the last of its group.
    pub(super) is_end: Vec<bool>,
    /// Rows that repeated another one in all fields.
    pub(super) duplicates: u32,
}

/// Orders rows so that those with equal values in all fields of `key` are adjacent. Where `key` has the
/// digest, a row without one shares its group with nothing.
///
/// A row that repeats another one in all eight fields is dropped; what it observed is merged into the first.
pub(super) fn order_by_group(
    codes: &PerField<Vec<u32>>,
    observations: &mut [Observation],
    key: &[Field],
    seed: u64,
) -> Result<Order, Error> {
    let full = |_| Error::out_of_memory("ordering the rows");
    let (group_codes, groups) = group_codes(codes, observations.len(), key, seed)?;
    let (starts, mut places) = sort_by_code(&group_codes, groups)?;
    drop(group_codes);
    let mut order = Order { arrivals: Vec::new(), is_end: Vec::new(), duplicates: 0 };
    order.arrivals.try_reserve_exact(places.len()).map_err(full)?;
    order.is_end.try_reserve_exact(places.len()).map_err(full)?;
    for (group, bounds) in (0u32..).zip(starts.windows(2)) {
        let &[start, end] = bounds else { continue };
        let Some(members) = places.get_mut(start as usize..end as usize) else { continue };
        let alone = group == ABSENT && key.contains(&Field::Digest);
        order.push_group(members, alone, codes, observations);
    }
    Ok(order)
}

impl Order {
    fn push_group(
        &mut self,
        members: &mut [u32],
        alone: bool,
        codes: &PerField<Vec<u32>>,
        observations: &mut [Observation],
    ) {
        if members.len() > 1 {
            members.sort_unstable_by(|a, b| row_codes(codes, *a).cmp(row_codes(codes, *b)).then(a.cmp(b)));
        }
        let mut first: Option<u32> = None;
        for arrival in members.iter().copied() {
            match first {
                Some(first) if row_codes(codes, first).eq(row_codes(codes, arrival)) => {
                    merge(observations, first, arrival);
                    self.duplicates += 1;
                }
                _ => {
                    first = Some(arrival);
                    self.arrivals.push(arrival);
                    self.is_end.push(alone);
                }
            }
        }
        if let (Some(last), Some(_)) = (self.is_end.last_mut(), first) {
            *last = true;
        }
    }
}

/// The code of each row's group, and how many codes there are. Code 0 is that of an absent key.
fn group_codes(codes: &PerField<Vec<u32>>, rows: usize, key: &[Field], seed: u64) -> Result<(Vec<u32>, u32), Error> {
    let mut groups = Vec::new();
    groups.try_reserve_exact(rows).map_err(|_| Error::out_of_memory("grouping the rows"))?;
    let mut keys = Dictionary::new(seed);
    let mut bytes = Vec::new();
    for row in 0..rows {
        let code_in = |field: Field| codes.get(field).get(row).copied().unwrap_or(ABSENT);
        if key.contains(&Field::Digest) && code_in(Field::Digest) == ABSENT {
            groups.push(ABSENT);
            continue;
        }
        bytes.clear();
        bytes.extend(key.iter().flat_map(|field| code_in(*field).to_le_bytes()));
        groups.push(keys.intern(&bytes)?);
    }
    Ok((groups, keys.len()))
}

/// The codes of a row in all fields.
fn row_codes(codes: &PerField<Vec<u32>>, row: u32) -> impl Iterator<Item = u32> {
    codes.iter().map(move |(_, codes)| codes.get(row as usize).copied().unwrap_or(ABSENT))
}

fn merge(observations: &mut [Observation], first: u32, repeated: u32) {
    let Some(repeated) = observations.get(repeated as usize).copied() else { return };
    if let Some(first) = observations.get_mut(first as usize) {
        first.merge(repeated);
    }
}
