//! The order of rows: rows that share a group stand side by side, groups of one repository near each
//! other, and repetitions of a row are found.
//!
//! Codes of each row → a permutation. What makes a group is told from outside as a list of fields; why, is
//! not known here. The order among groups changes no count: it gives most values their rows in a few runs.

use std::borrow::Cow;

use super::dictionary::{ABSENT, Dictionary};
use super::marks::Observations;
use super::sort::sort_by_code;
use crate::error::Error;
use crate::field::{Field, PerField};

/// The fields that say where an image is stored, from the widest to the narrowest.
const PLACE: [Field; 6] =
    [Field::RegistryType, Field::RegionId, Field::InstanceId, Field::RepoNamespace, Field::RepoName, Field::RepoId];

/// Rows in their final order.
pub(super) struct Order {
    /// For each row of the final order, its place in the order of arrival.
    pub(super) arrivals: Vec<u32>,
    /// For each row of the final order, whether it is the last of its group.
    pub(super) is_end: Vec<bool>,
    /// Rows that repeated another one in all fields.
    pub(super) duplicates: u32,
}

/// Orders rows so that those with equal values in all fields of `key` are adjacent. A row without the digest,
/// or without the tag and the digest, by which `key` tells images apart shares its group with nothing.
///
/// A row that repeats another one in all eight fields is dropped; what it observed is merged into the first.
pub(super) fn order_by_group(
    codes: &PerField<Vec<u32>>,
    observations: &mut Observations,
    key: &[Field],
    seed: u64,
) -> Result<Order, Error> {
    let ranks = place_ranks(codes, observations.len(), seed)?;
    let mut groups = Groups::find(codes, observations, key, seed)?;
    let mut group_ranks = Vec::new();
    group_ranks.try_reserve_exact(groups.starts.len()).map_err(full)?;
    let rank_of = |member: &u32| ranks.get(*member as usize).copied().unwrap_or(0);
    group_ranks.extend((0..groups.len()).map(|group| groups.members(group).first().map_or(0, rank_of)));
    let distinct_ranks = group_ranks.iter().max().map_or(0, |most| most + 1);
    drop(ranks);
    let (_, by_rank) = sort_by_code(&group_ranks, distinct_ranks)?;
    drop(group_ranks);
    let rows = groups.members.len();
    let mut order = Order { arrivals: Vec::new(), is_end: Vec::new(), duplicates: groups.duplicates };
    order.arrivals.try_reserve_exact(rows).map_err(full)?;
    order.is_end.try_reserve_exact(rows).map_err(full)?;
    for group in by_rank {
        order.arrivals.extend_from_slice(groups.members(group));
        order.is_end.resize(order.arrivals.len(), false);
        if let Some(last) = order.is_end.last_mut() {
            *last = true;
        }
    }
    groups.members = Vec::new();
    Ok(order)
}

/// Groups of rows, each without repetitions and in the order of its codes.
struct Groups {
    /// Where the members of each group start, and where those of the last end.
    starts: Vec<u32>,
    members: Vec<u32>,
    duplicates: u32,
}

impl Groups {
    fn find(
        codes: &PerField<Vec<u32>>,
        observations: &mut Observations,
        key: &[Field],
        seed: u64,
    ) -> Result<Self, Error> {
        let (group_codes, distinct) = group_codes(codes, observations.len(), key, seed)?;
        let (starts, mut sorted) = sort_by_code(&group_codes, distinct)?;
        drop(group_codes);
        let mut groups = Self { starts: Vec::new(), members: Vec::new(), duplicates: 0 };
        groups.starts.try_reserve(starts.len()).map_err(full)?;
        groups.members.try_reserve_exact(sorted.len()).map_err(full)?;
        for (group, bounds) in (0u32..).zip(starts.windows(2)) {
            let &[start, end] = bounds else { continue };
            let Some(members) = sorted.get_mut(start as usize..end as usize) else { continue };
            let alone = group == ABSENT;
            groups.push(members, alone, codes, observations)?;
        }
        groups.starts.push(groups.members.len() as u32);
        Ok(groups)
    }

    /// Adds a group, or, where each is `alone`, a group for each member.
    fn push(
        &mut self,
        members: &mut [u32],
        alone: bool,
        codes: &PerField<Vec<u32>>,
        observations: &mut Observations,
    ) -> Result<(), Error> {
        if members.len() > 1 {
            members.sort_unstable_by(|a, b| row_codes(codes, *a).cmp(row_codes(codes, *b)).then(a.cmp(b)));
        }
        let mut first: Option<u32> = None;
        for arrival in members.iter().copied() {
            if let Some(known) = first
                && row_codes(codes, known).eq(row_codes(codes, arrival))
            {
                observations.merge(known, arrival);
                self.duplicates += 1;
                continue;
            }
            if alone || first.is_none() {
                self.starts.try_reserve(1).map_err(full)?;
                self.starts.push(self.members.len() as u32);
            }
            first = Some(arrival);
            self.members.push(arrival);
        }
        Ok(())
    }

    fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    fn members(&self, group: u32) -> &[u32] {
        let start_of = |group: usize| self.starts.get(group).map_or(0, |start| *start as usize);
        self.members.get(start_of(group as usize)..start_of(group as usize + 1)).unwrap_or_default()
    }
}

/// The code of each row's group, and how many codes there are. Code 0 is that of rows that are alone.
fn group_codes<'a>(
    codes: &'a PerField<Vec<u32>>,
    rows: usize,
    key: &[Field],
    seed: u64,
) -> Result<(Cow<'a, [u32]>, u32), Error> {
    let identity = identity_codes(codes, key)?;
    let mut columns: Vec<&[u32]> = key
        .iter()
        .filter(|field| !matches!(field, Field::Digest | Field::Tag))
        .map(|field| codes.get(*field).as_slice())
        .collect();
    if columns.is_empty() {
        let distinct = identity.iter().max().map_or(0, |most| most + 1);
        return Ok((identity, distinct));
    }
    columns.push(&identity);
    let (mut tuples, dictionary) = tuple_codes(&columns, rows, seed)?;
    for (tuple, identity) in tuples.iter_mut().zip(identity.iter()) {
        if *identity == ABSENT {
            *tuple = ABSENT;
        }
    }
    Ok((Cow::Owned(tuples), dictionary.len()))
}

/// What tells an image from others in its place: its digest, or its tag where the key asks for tags. Untagged
/// images are not one tag: each goes by its digest instead. 0 where there is nothing to go by.
fn identity_codes<'a>(codes: &'a PerField<Vec<u32>>, key: &[Field]) -> Result<Cow<'a, [u32]>, Error> {
    /// Sets digests apart from tags. No column has as many codes.
    const INSTEAD: u32 = 1 << 31;
    let digests = codes.get(Field::Digest);
    if !key.contains(&Field::Tag) {
        return Ok(Cow::Borrowed(digests));
    }
    let mut identity = Vec::new();
    identity.try_reserve_exact(digests.len()).map_err(full)?;
    identity.extend(codes.get(Field::Tag).iter().zip(digests).map(|(tag, digest)| match (*tag, *digest) {
        (ABSENT, ABSENT) => ABSENT,
        (ABSENT, digest) => digest | INSTEAD,
        (tag, _) => tag,
    }));
    Ok(Cow::Owned(identity))
}

/// For each row a number that orders rows by the place where their image is stored.
fn place_ranks(codes: &PerField<Vec<u32>>, rows: usize, seed: u64) -> Result<Vec<u32>, Error> {
    let columns = PLACE.map(|field| codes.get(field).as_slice());
    let (mut places, dictionary) = tuple_codes(&columns, rows, seed)?;
    let mut order: Vec<u32> = (0..dictionary.len()).collect();
    let tuple = |code: u32| {
        let (numbers, _) = dictionary.value(code).as_chunks::<4>();
        numbers.iter().map(|bytes| u32::from_le_bytes(*bytes))
    };
    order.sort_unstable_by(|a, b| tuple(*a).cmp(tuple(*b)));
    let mut ranks = vec![0; order.len()];
    for (rank, code) in (0..).zip(order) {
        if let Some(slot) = ranks.get_mut(code as usize) {
            *slot = rank;
        }
    }
    for place in &mut places {
        *place = ranks.get(*place as usize).copied().unwrap_or(0);
    }
    Ok(places)
}

/// A code for each row's tuple of codes in `columns`, with the tuples.
fn tuple_codes(columns: &[&[u32]], rows: usize, seed: u64) -> Result<(Vec<u32>, Dictionary), Error> {
    let mut tuples = Vec::new();
    tuples.try_reserve_exact(rows).map_err(full)?;
    let mut dictionary = Dictionary::new(seed);
    let mut bytes = Vec::new();
    for row in 0..rows {
        bytes.clear();
        for column in columns {
            bytes.extend_from_slice(&column.get(row).copied().unwrap_or(ABSENT).to_le_bytes());
        }
        tuples.push(dictionary.intern(&bytes)?);
    }
    Ok((tuples, dictionary))
}

/// The codes of a row in all fields, those of its place first.
fn row_codes(codes: &PerField<Vec<u32>>, row: u32) -> impl Iterator<Item = u32> {
    let fields = PLACE.into_iter().chain([Field::Digest, Field::Tag]);
    fields.map(move |field| codes.get(field).get(row as usize).copied().unwrap_or(ABSENT))
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("ordering the rows")
}
