//! The rows of an inventory by the keys of another rule: whatever they are grouped by, those with one key side by side.
//!
//! The inventory stays as it is. Rows are sorted by the codes of what a key is made of, in as many passes as there are
//! parts.

use super::super::lists::at;
use crate::error::Error;
use crate::estimate::CountBy;
use crate::field::Field;
use crate::inventory::{ABSENT, Inventory, sort_by_code};
use crate::memory::{filled, list_of};

/// The fields that say where an image is stored.
const PLACE: [Field; 6] =
    [Field::RegistryType, Field::RegionId, Field::InstanceId, Field::RepoNamespace, Field::RepoId, Field::RepoName];

/// The rows in an order in which those with one key are side by side.
pub(super) enum Keyed {
    /// In the order of the inventory, whose groups they are.
    AsGrouped,
    /// Each row has a key by itself.
    EachAlone,
    /// In another order, with the number of each row's key but for rows that are alone.
    Sorted { order: Vec<u32>, places: Option<Vec<u32>>, identities: Vec<u32> },
}

impl Keyed {
    /// Tells each row, and whether it is the first with its key.
    pub(super) fn walk(&self, inventory: &Inventory, tell: &mut dyn FnMut(u32, bool)) {
        match self {
            Keyed::AsGrouped => {
                let mut starts = true;
                for row in 0..inventory.images() {
                    tell(row, starts);
                    starts = inventory.marks().group_ends.contains(row);
                }
            }
            Keyed::EachAlone => (0..inventory.images()).for_each(|row| tell(row, true)),
            Keyed::Sorted { order, places, identities } => {
                let mut last = None;
                for row in order {
                    let place = places.as_ref().map_or(0, |places| at(places, *row));
                    let key = Some((place, at(identities, *row))).filter(|(_, identity)| *identity != ABSENT);
                    tell(*row, key.is_none() || key != last);
                    last = key;
                }
            }
        }
    }
}

/// Sorts the rows by what images are counted by; `places` are kept from one call to the next.
pub(super) fn sorted(inventory: &Inventory, count_by: CountBy, places: &mut Option<Vec<u32>>) -> Result<Keyed, Error> {
    let by_tag = count_by == CountBy::RepositoryTag;
    let (identities, distinct) = identities(inventory, by_tag)?;
    let (_, by_identity) = sort_by_code(&identities, distinct)?;
    if count_by == CountBy::Digest {
        return Ok(Keyed::Sorted { order: by_identity, places: None, identities });
    }
    let places = match places.take() {
        Some(known) => known,
        None => place_numbers(inventory)?,
    };
    let count = places.iter().max().map_or(0, |most| most + 1);
    let of_sorted = list_of(by_identity.iter().map(|row| at(&places, *row))).map_err(full)?;
    let (_, positions) = sort_by_code(&of_sorted, count)?;
    let order = list_of(positions.iter().map(|position| at(&by_identity, *position))).map_err(full)?;
    Ok(Keyed::Sorted { order, places: Some(places), identities })
}

/// What tells the images of one place apart: a number of each row, [`ABSENT`] where it is alone; and one more than the
/// greatest.
fn identities(inventory: &Inventory, by_tag: bool) -> Result<(Vec<u32>, u32), Error> {
    let digests = inventory.row_codes(Field::Digest)?;
    let of_digests = inventory.column(Field::Digest).dictionary.len();
    if !by_tag {
        return Ok((list_of(digests.iter().copied()).map_err(full)?, of_digests));
    }
    let tags = inventory.row_codes(Field::Tag)?;
    let of_tags = inventory.column(Field::Tag).dictionary.len();
    let identity = |(tag, digest): (&u32, &u32)| match (*tag, *digest) {
        (ABSENT, ABSENT) => ABSENT,
        // Untagged images are not one tag: each goes by its digest instead.
        (ABSENT, digest) => of_tags + digest,
        (tag, _) => tag,
    };
    let mut identities = Vec::new();
    identities.try_reserve_exact(digests.len()).map_err(full)?;
    identities.extend(tags.iter().zip(digests.iter()).map(identity));
    Ok((identities, of_tags + of_digests))
}

/// A number for each row that it shares with those in the same place.
fn place_numbers(inventory: &Inventory) -> Result<Vec<u32>, Error> {
    let mut numbers = filled(inventory.images() as usize, 0).map_err(full)?;
    for field in PLACE {
        // Most rows follow one of the same place: only where one begins that is another is there something to sort.
        let codes = inventory.row_codes(field)?;
        let mut heads: Vec<(u32, u32)> = Vec::new();
        for (number, code) in numbers.iter().zip(codes.iter()) {
            if heads.last() != Some(&(*number, *code)) {
                heads.try_reserve(1).map_err(full)?;
                heads.push((*number, *code));
            }
        }
        let of_heads = numbers_of(&heads, inventory.column(field).dictionary.len())?;
        let mut head = 0;
        for (number, code) in numbers.iter_mut().zip(codes.iter()) {
            if heads.get(head as usize) != Some(&(*number, *code)) {
                head += 1;
            }
            *number = at(&of_heads, head);
        }
    }
    Ok(numbers)
}

/// A number for each pair, the same for equal ones.
fn numbers_of(pairs: &[(u32, u32)], distinct_codes: u32) -> Result<Vec<u32>, Error> {
    let codes = list_of(pairs.iter().map(|(_, code)| *code)).map_err(full)?;
    let (_, by_code) = sort_by_code(&codes, distinct_codes)?;
    let pair = |position: u32| pairs.get(position as usize).copied().unwrap_or_default();
    let firsts = list_of(by_code.iter().map(|position| pair(*position).0)).map_err(full)?;
    let (_, positions) = sort_by_code(&firsts, firsts.iter().max().map_or(0, |most| most + 1))?;
    let mut numbers = filled(pairs.len(), 0).map_err(full)?;
    let (mut number, mut last) = (0, None);
    for position in positions {
        let head = at(&by_code, position);
        if last.replace(pair(head)).is_some_and(|last| last != pair(head)) {
            number += 1;
        }
        super::super::lists::change(&mut numbers, head, |own| *own = number);
    }
    Ok(numbers)
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("counting by another rule")
}
