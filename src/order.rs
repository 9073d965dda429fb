//! Sorting where it is not the time that counts: one sort for whatever is to be sorted, since each kind of list that the
//! platform's sort is made for takes some 4 kB of code.

use std::cmp::Ordering;

/// Sorts numbers by an order of what they stand for.
#[inline(never)]
pub(crate) fn sort_by(numbers: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    numbers.sort_unstable_by(|one, other| compare(*one, *other));
}
