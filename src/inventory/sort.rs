//! Sorting by counting: positions by a small number that each has.

use std::collections::TryReserveError;

use crate::error::Error;

/// Sorts the positions of `codes` by their code, equal ones in their order. Returns where each code's
/// positions start (one more than there are codes), and the positions.
pub(super) fn sort_by_code(
    codes: impl Iterator<Item = u32> + Clone,
    distinct: u32,
) -> Result<(Vec<u32>, Vec<u32>), Error> {
    let mut starts = no_starts(distinct)?;
    // Each code's count is put two places on, so that after summing up, its start is one place on, and
    // after filling, where the start has moved on by the count, it is in its own place.
    for code in codes.clone() {
        if let Some(count) = starts.get_mut(code as usize + 2) {
            *count += 1;
        }
    }
    let mut positions = sum_up(&mut starts)?;
    for (position, code) in (0..).zip(codes) {
        if let Some(next) = starts.get_mut(code as usize + 1) {
            if let Some(slot) = positions.get_mut(*next as usize) {
                *slot = position;
            }
            *next += 1;
        }
    }
    starts.pop();
    Ok((starts, positions))
}

/// What does not depend on where the codes come from stands by itself, once.
#[inline(never)]
fn no_starts(distinct: u32) -> Result<Vec<u32>, Error> {
    let mut starts: Vec<u32> = Vec::new();
    starts.try_reserve_exact(distinct as usize + 2).map_err(full)?;
    starts.resize(distinct as usize + 2, 0);
    Ok(starts)
}

/// Makes starts of counts, and room for as many positions as were counted.
#[inline(never)]
fn sum_up(starts: &mut [u32]) -> Result<Vec<u32>, Error> {
    let mut sum = 0;
    for start in starts {
        sum += *start;
        *start = sum;
    }
    let mut positions: Vec<u32> = Vec::new();
    positions.try_reserve_exact(sum as usize).map_err(full)?;
    positions.resize(sum as usize, 0);
    Ok(positions)
}

fn full(_: TryReserveError) -> Error {
    Error::out_of_memory("sorting the rows of a column")
}

/// Fewer than so many are not worth sorting.
const FEW: usize = 64;

/// Positions of keys below `limit` in an order that makes it quick to fetch what lies where the keys say:
/// ascending, but for keys that are near each other.
pub(super) fn nearly_sorted(keys: &[u32], limit: u32) -> Result<Vec<u32>, Error> {
    const NEIGHBOURHOOD_BITS: u32 = 10;
    if keys.len() < FEW {
        return Ok((0..keys.len() as u32).collect());
    }
    let near_bits = (u32::BITS - limit.leading_zeros()).saturating_sub(NEIGHBOURHOOD_BITS);
    let (_, positions) = sort_by_code(keys.iter().map(|key| key >> near_bits), (limit >> near_bits) + 1)?;
    Ok(positions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_sorted_by_code_in_their_order() {
        let (starts, positions) = sort_by_code([2, 0, 2, 1, 0, 2].into_iter(), 4).unwrap();
        assert_eq!(starts, [0, 2, 3, 6, 6]);
        assert_eq!(positions, [1, 4, 3, 0, 2, 5]);
    }

    #[test]
    fn what_is_nearly_sorted_is_all_there() {
        for (count, limit) in [(0u32, 0), (10, 5), (500, 7), (3_000, 100_000), (3_000, 1)] {
            let keys: Vec<u32> = (0..count).map(|n| n.wrapping_mul(2_654_435_761) % limit.max(1)).collect();
            let mut positions = nearly_sorted(&keys, limit).unwrap();
            let mut largest = 0;
            for position in positions.iter().filter(|_| count > FEW as u32) {
                largest = largest.max(keys[*position as usize]);
                assert!(largest - keys[*position as usize] <= limit / 256, "{count} {limit}");
            }
            positions.sort_unstable();
            assert!(positions.into_iter().eq(0..count));
        }
    }
}
