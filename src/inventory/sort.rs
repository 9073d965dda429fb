//! Sorting by counting: positions by a small number that each has.

use crate::error::Error;
use crate::memory::filled;

/// Rows that are worked on in one call. An engine of WebAssembly begins with code that is quick to make, and goes over
/// to quicker code between two calls only: one call for all rows would be slow to its end.
pub(crate) const STRETCH: usize = 4096;

/// Sorts the positions of `codes` by their code, equal ones in their order. Returns where each code's
/// positions start (one more than there are codes), and the positions.
pub(crate) fn sort_by_code(codes: &[u32], distinct: u32) -> Result<(Vec<u32>, Vec<u32>), Error> {
    let full = |_| Error::out_of_memory("sorting the rows of a column");
    let mut starts = filled(distinct as usize + 2, 0).map_err(full)?;
    // Each code's count is put two places on, so that after summing up, its start is one place on, and
    // after filling, where the start has moved on by the count, it is in its own place.
    codes.chunks(STRETCH).for_each(|stretch| count(stretch, 2, &mut starts));
    sum_up(&mut starts);
    let mut positions = filled(codes.len(), 0).map_err(full)?;
    for (stretch, first) in codes.chunks(STRETCH).zip((0..).step_by(STRETCH)) {
        fill(stretch, first, &mut starts, &mut positions);
    }
    starts.pop();
    Ok((starts, positions))
}

/// Counts codes, each so many places behind its own.
#[inline(never)]
pub(super) fn count(codes: &[u32], places_on: usize, counts: &mut [u32]) {
    for code in codes {
        if let Some(count) = counts.get_mut(*code as usize + places_on) {
            *count += 1;
        }
    }
}

/// Makes of each number the sum of itself and of all before it.
pub(super) fn sum_up(numbers: &mut [u32]) {
    let mut sum = 0;
    for number in numbers {
        sum += *number;
        *number = sum;
    }
}

#[inline(never)]
fn fill(codes: &[u32], first: u32, starts: &mut [u32], positions: &mut [u32]) {
    for (position, code) in (first..).zip(codes) {
        if let Some(next) = starts.get_mut(*code as usize + 1) {
            if let Some(slot) = positions.get_mut(*next as usize) {
                *slot = position;
            }
            *next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_sorted_by_code_in_their_order() {
        let (starts, positions) = sort_by_code(&[2, 0, 2, 1, 0, 2], 4).unwrap();
        assert_eq!(starts, [0, 2, 3, 6, 6]);
        assert_eq!(positions, [1, 4, 3, 0, 2, 5]);
    }
}
