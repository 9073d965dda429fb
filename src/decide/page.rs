//! Pages of long answers: how much is left out before the first item, and how many are told.

use std::ops::Range;

use crate::error::Error;
use crate::input::Input;
use crate::inventory::row_set::RowSet;

/// Rows of an order that are counted together before any is looked at.
const STRETCH: usize = 4096;

/// A page of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) offset: u32,
    pub(super) limit: u32,
}

impl Page {
    /// The first items, so many at most.
    pub(super) const fn first(limit: u32) -> Self {
        Self { offset: 0, limit }
    }

    /// Takes one of the options `offset` and `limit`, of which there may be so many items at most.
    pub(super) fn read(&mut self, option: &str, value: Input, most: u32) -> Result<(), Error> {
        let (slot, least, most) =
            if option == "offset" { (&mut self.offset, 0.0, u32::MAX) } else { (&mut self.limit, 1.0, most) };
        if let Some(number) = value.into_whole_number(option, least, most.into())? {
            *slot = number as u32;
        }
        Ok(())
    }

    /// The numbers of its items among so many.
    pub(super) fn of(self, total: u32) -> Range<u32> {
        let end = self.offset.saturating_add(self.limit).min(total);
        self.offset.min(end)..end
    }
}

/// The rows of a set that have these numbers among its rows.
pub(super) fn rows_at(set: &RowSet, numbers: Range<u32>) -> Vec<u32> {
    let mut before = numbers.start;
    let mut row = 0;
    for word in set.words_from(0) {
        let ones = word.count_ones();
        if before < ones {
            break;
        }
        before -= ones;
        row += u64::BITS;
    }
    let mut rows = Vec::new();
    for number in 0..before + (numbers.end - numbers.start) {
        let Some(next) = set.next_from(row) else { break };
        if number >= before {
            rows.push(next);
        }
        row = next + 1;
    }
    rows
}

/// The same, by the rows' numbers in an order of all rows.
pub(super) fn rows_at_in(order: &[u32], set: &RowSet, numbers: Range<u32>) -> Vec<u32> {
    let mut before = numbers.start;
    let mut rows = Vec::new();
    let wanted = (numbers.end - numbers.start) as usize;
    for stretch in order.chunks(STRETCH) {
        let held = count_in(stretch, set);
        if before >= held {
            before -= held;
            continue;
        }
        let of_set = stretch.iter().filter(|row| set.contains(**row)).skip(before as usize);
        rows.extend(of_set.take(wanted - rows.len()));
        before = 0;
        if rows.len() == wanted {
            break;
        }
    }
    rows
}

#[inline(never)]
fn count_in(rows: &[u32], set: &RowSet) -> u32 {
    rows.iter().map(|row| u32::from(set.contains(*row))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::numbers;

    #[test]
    fn pages_of_any_size_are_parts_of_the_whole() {
        let mut random = numbers(1);
        for _ in 0..300 {
            let rows = 1 + random(10_000);
            let density = 1 + random(100);
            let mut set = RowSet::empty(rows).unwrap();
            (0..rows).filter(|_| random(density) == 0).for_each(|row| set.insert(row));
            let order: Vec<u32> = (0..rows).rev().collect();
            let all: Vec<u32> = set.rows().collect();
            let page = Page { offset: random(rows), limit: 1 + random(200) }.of(set.count());
            let expected = &all[page.start as usize..page.end as usize];
            assert_eq!(rows_at(&set, page.clone()), expected);
            let backwards = set.count() - page.end..set.count() - page.start;
            let mut found = rows_at_in(&order, &set, backwards);
            found.reverse();
            assert_eq!(found, expected);
        }
    }
}
