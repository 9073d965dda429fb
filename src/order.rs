//! Sorting where it is not the time that counts: one sort for whatever is to be sorted, since the platform's own takes some
//! 4 kB of code for each kind of list, and for one of any kind 7.

use std::cmp::Ordering;

/// Sorts numbers by an order of what they stand for; equal ones stay as they were.
#[inline(never)]
pub(crate) fn sort_by(numbers: &mut Vec<u32>, compare: &dyn Fn(u32, u32) -> Ordering) {
    let mut width = 1;
    while width < numbers.len() {
        let mut merged = Vec::with_capacity(numbers.len());
        for pair in numbers.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let ([one, after_one @ ..], [other, after_other @ ..]) = (left, right) {
                if compare(*other, *one).is_lt() {
                    merged.push(*other);
                    right = after_other;
                } else {
                    merged.push(*one);
                    left = after_one;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        *numbers = merged;
        width *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::numbers;

    #[test]
    fn numbers_of_any_count_are_sorted_and_equal_ones_stay() {
        let mut random = numbers(7);
        for count in (0..40).chain([255, 256, 257, 1_000]) {
            let keys: Vec<u32> = (0..count).map(|_| random(1 + count / 3)).collect();
            let mut sorted: Vec<u32> = (0..count).collect();
            sort_by(&mut sorted, &|one, other| keys[one as usize].cmp(&keys[other as usize]));
            let mut expected: Vec<u32> = (0..count).collect();
            expected.sort_by_key(|nth| keys[*nth as usize]);
            assert_eq!(sorted, expected);
        }
    }
}
