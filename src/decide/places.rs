//! Numbers for what rows have in common: where they are stored, and pairs of numbers that they have already.

use std::borrow::Cow;

use super::lists::{at, change};
use crate::error::Error;
use crate::field::Field;
use crate::inventory::sort_by_code;
use crate::memory::{filled, list_of};

/// The fields that say where an image is stored.
const PLACE: [Field; 6] =
    [Field::RegistryType, Field::RegionId, Field::InstanceId, Field::RepoNamespace, Field::RepoId, Field::RepoName];

/// A number for each of some rows that it shares with those in the same place, given the code of each in a field and one more
/// than the greatest code.
pub(super) fn place_numbers<'a>(
    rows: u32,
    mut codes_in: impl FnMut(Field) -> Result<(Cow<'a, [u32]>, u32), Error>,
) -> Result<Vec<u32>, Error> {
    let mut numbers = filled(rows as usize, 0).map_err(full)?;
    for field in PLACE {
        // Most rows follow one of the same place: only where one begins that is another is there something to sort.
        let (codes, distinct) = codes_in(field)?;
        let mut heads: Vec<(u32, u32)> = Vec::new();
        for (number, code) in numbers.iter().zip(codes.iter()) {
            if heads.last() != Some(&(*number, *code)) {
                heads.try_reserve(1).map_err(full)?;
                heads.push((*number, *code));
            }
        }
        let of_heads = numbers_of(heads.len(), |head| heads.get(head).copied().unwrap_or_default(), distinct)?;
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

/// A number for each of some pairs, the same for equal ones; `distinct` is one more than the greatest second part.
pub(super) fn numbers_of(pairs: usize, pair: impl Fn(usize) -> (u32, u32), distinct: u32) -> Result<Vec<u32>, Error> {
    let seconds = list_of((0..pairs).map(|place| pair(place).1)).map_err(full)?;
    let (_, by_second) = sort_by_code(&seconds, distinct)?;
    drop(seconds);
    let pair = |position: u32| pair(position as usize);
    let firsts = list_of(by_second.iter().map(|position| pair(*position).0)).map_err(full)?;
    let (_, positions) = sort_by_code(&firsts, firsts.iter().max().map_or(0, |most| most + 1))?;
    drop(firsts);
    let mut numbers = filled(pairs, 0).map_err(full)?;
    let (mut number, mut last) = (0, None);
    for position in positions {
        let head = at(&by_second, position);
        if last.replace(pair(head)).is_some_and(|last| last != pair(head)) {
            number += 1;
        }
        change(&mut numbers, head, |own| *own = number);
    }
    Ok(numbers)
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("comparing rows")
}
