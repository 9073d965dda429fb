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

/// The codes of some rows in a field, and one more than the greatest.
pub(super) type Codes<'a> = (Cow<'a, [u32]>, u32);

/// A number for each of some rows that it shares with those in the same place, given their codes in each field.
pub(super) fn place_numbers<'a>(
    rows: u32,
    codes_in: &mut dyn FnMut(Field) -> Result<Codes<'a>, Error>,
) -> Result<Vec<u32>, Error> {
    let mut numbers = filled(rows as usize, 0).map_err(full)?;
    for field in PLACE {
        // Most rows follow one of the same place: only where one begins that is another is there something to sort.
        let (codes, distinct) = codes_in(field)?;
        let (mut firsts, mut seconds): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        for (number, code) in numbers.iter().zip(codes.iter()) {
            if (firsts.last(), seconds.last()) != (Some(number), Some(code)) {
                firsts.try_reserve(1).map_err(full)?;
                seconds.try_reserve(1).map_err(full)?;
                firsts.push(*number);
                seconds.push(*code);
            }
        }
        let of_heads = numbers_of(&firsts, &seconds, distinct)?;
        let mut head = 0;
        for (number, code) in numbers.iter_mut().zip(codes.iter()) {
            if (at(&firsts, head), at(&seconds, head)) != (*number, *code) {
                head += 1;
            }
            *number = at(&of_heads, head);
        }
    }
    Ok(numbers)
}

/// A number for each pair of a first and a second number, the same for equal ones; `distinct` is one more than the greatest
/// second.
#[inline(never)]
pub(super) fn numbers_of(firsts: &[u32], seconds: &[u32], distinct: u32) -> Result<Vec<u32>, Error> {
    let (_, by_second) = sort_by_code(seconds, distinct)?;
    let of_sorted = list_of(by_second.iter().map(|place| at(firsts, *place))).map_err(full)?;
    let (_, positions) = sort_by_code(&of_sorted, of_sorted.iter().max().map_or(0, |most| most + 1))?;
    drop(of_sorted);
    let mut numbers = filled(firsts.len(), 0).map_err(full)?;
    let (mut number, mut last) = (0, None);
    for position in positions {
        let place = at(&by_second, position);
        let pair = (at(firsts, place), at(seconds, place));
        if last.replace(pair).is_some_and(|last| last != pair) {
            number += 1;
        }
        change(&mut numbers, place, |own| *own = number);
    }
    Ok(numbers)
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("comparing rows")
}
