//! Sorting by counting: positions by a small number that each has.

use crate::error::Error;

/// Sorts the positions of `codes` by their code, equal ones in their order. Returns where each code's
/// positions start (one more than there are codes), and the positions.
pub(super) fn sort_by_code(
    codes: impl Iterator<Item = u32> + Clone,
    distinct: u32,
) -> Result<(Vec<u32>, Vec<u32>), Error> {
    let full = |_| Error::out_of_memory("sorting the rows of a column");
    let mut starts: Vec<u32> = Vec::new();
    starts.try_reserve_exact(distinct as usize + 2).map_err(full)?;
    starts.resize(distinct as usize + 2, 0);
    // Each code's count is put two places on, so that after summing up, its start is one place on, and
    // after filling, where the start has moved on by the count, it is in its own place.
    for code in codes.clone() {
        if let Some(count) = starts.get_mut(code as usize + 2) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut positions: Vec<u32> = Vec::new();
    positions.try_reserve_exact(sum as usize).map_err(full)?;
    positions.resize(sum as usize, 0);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_sorted_by_code_in_their_order() {
        let (starts, positions) = sort_by_code([2, 0, 2, 1, 0, 2].into_iter(), 4).unwrap();
        assert_eq!(starts, [0, 2, 3, 6, 6]);
        assert_eq!(positions, [1, 4, 3, 0, 2, 5]);
    }
}
