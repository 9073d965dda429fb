//! Counts of groups of adjacent rows, without walking their rows.

use super::row_set::{RowSet, masks};

/// Counts the groups of adjacent rows of which at least one is in a set, 64 rows at a time.
///
/// With `ends` the last row of each group, adding the set's other rows to all that are no ends carries
/// into a group's end exactly where a row before the end is set: below the end stand nothing but ones,
/// and the end itself is zero in both, so that a carry never leaves its group. The carry out of a word
/// is handed to the next, in which the group goes on.
#[derive(Debug, Default)]
pub(crate) struct GroupCounter {
    carry: bool,
    groups: u32,
}

impl GroupCounter {
    /// Takes the next 64 rows.
    pub(crate) fn push(&mut self, set: u64, ends: u64) {
        let (sum, over) = (set & !ends).overflowing_add(!ends);
        let (sum, over_again) = sum.overflowing_add(u64::from(self.carry));
        self.carry = over | over_again;
        self.groups += ((sum | set) & ends).count_ones();
    }

    /// Whether a group with a row in the set goes on behind the rows taken so far.
    pub(crate) fn is_open(&self) -> bool {
        self.carry
    }

    /// How many groups had a row in the set.
    #[must_use]
    pub(crate) fn groups(&self) -> u32 {
        self.groups
    }
}

/// Counts groups over runs of rows, given ascending, as if the rows of all runs were one set.
///
/// A group that goes on past a run's end and is met again in a later run counts once.
pub(crate) struct RunCounter<'a> {
    set: &'a RowSet,
    ends: &'a RowSet,
    groups: u32,
    /// Past the last row of the last run in which a group was hit that goes on behind it.
    open_from: Option<u32>,
}

impl<'a> RunCounter<'a> {
    pub(crate) fn new(set: &'a RowSet, ends: &'a RowSet) -> Self {
        Self { set, ends, groups: 0, open_from: None }
    }

    /// Takes the rows from `start` up to but without `end`.
    pub(crate) fn push(&mut self, start: u32, end: u32) {
        // Whether the group of the first row was counted already, in an earlier run.
        let mut counted =
            self.open_from.take().is_some_and(|from| self.ends.next_from(from - 1).is_some_and(|end| end >= start));
        let mut hit = counted;
        for (place, mask) in masks(start, end) {
            let set = self.set.word(place) & mask;
            let ends = self.ends.word(place) & mask;
            if ends == 0 {
                hit |= set != 0;
                continue;
            }
            let first_end = ends & ends.wrapping_neg();
            let upto_first = first_end | (first_end - 1);
            hit |= set & upto_first != 0;
            self.groups += u32::from(hit && !counted);
            (hit, counted) = (false, false);
            let rest = set & !upto_first;
            if rest != 0 {
                let top = 63 - ends.leading_zeros();
                let whole = !0 >> (63 - top);
                let mut counter = GroupCounter::default();
                counter.push(rest & whole, ends);
                self.groups += counter.groups();
                hit = rest & !whole != 0;
            }
        }
        // The last group goes on behind the run: it counts here, and never again.
        if hit {
            self.groups += u32::from(!counted);
            self.open_from = Some(end);
        }
    }

    pub(crate) fn groups(&self) -> u32 {
        self.groups
    }
}

#[cfg(test)]
mod tests {
    use super::super::row_set::intersection;
    use super::*;

    /// Every set and every grouping of 2 to 10 rows, placed so that groups cross the border of two words.
    #[test]
    fn groups_are_counted_as_by_walking() {
        for rows in 2..=10u32 {
            for (set, ends) in (0u64..1 << rows).flat_map(|set| (0u64..1 << (rows - 1)).map(move |ends| (set, ends))) {
                let ends = ends | 1 << (rows - 1);
                let mut expected = 0;
                let mut hit = false;
                for row in 0..rows {
                    hit |= set >> row & 1 == 1;
                    if ends >> row & 1 == 1 {
                        expected += u32::from(hit);
                        hit = false;
                    }
                }
                let shift = 64 - rows / 2;
                let mut counter = GroupCounter::default();
                // The rows before these are one group without a hit, ended just before them.
                counter.push(set << shift, ends << shift | 1 << (shift - 1));
                counter.push(set >> (64 - shift), ends >> (64 - shift));
                assert_eq!(counter.groups(), expected, "rows {rows} set {set:b} ends {ends:b}");
            }
        }
    }

    /// Long groups: a carry goes through words without an end, whether they hold rows of the set or not.
    #[test]
    fn a_carry_goes_through_whole_words() {
        for between in [0, 1, !0, 1 << 63] {
            for first in [0, 1, 1 << 63, !0] {
                let mut counter = GroupCounter::default();
                for word in [first, between, between, 0] {
                    counter.push(word, 0);
                }
                counter.push(0, 1 | 1 << 63);
                assert_eq!(counter.groups(), u32::from(first | between != 0), "{first:x} {between:x}");
            }
        }
    }

    /// Random sets, groupings and runs over several words: as by walking.
    #[test]
    fn runs_are_counted_as_by_walking() {
        let mut state = 1u64;
        let mut random = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..20_000 {
            let rows = 1 + random(300) as u32;
            let (density, length, run) = (1 + random(20), 1 + random(90), 1 + random(70));
            let (mut set, mut ends) = (RowSet::empty(rows).unwrap(), RowSet::empty(rows).unwrap());
            for row in 0..rows {
                if random(density) == 0 {
                    set.insert(row);
                }
                if random(length) == 0 || row == rows - 1 {
                    ends.insert(row);
                }
            }
            let mut counter = RunCounter::new(&set, &ends);
            let mut hits = std::collections::BTreeSet::new();
            let mut start = random(run) as u32;
            while start < rows {
                let end = (start + 1 + random(run) as u32).min(rows);
                counter.push(start, end);
                hits.extend((start..end).filter(|row| set.contains(*row)).map(|row| ends.next_from(row)));
                start = end + 1 + random(run) as u32;
            }
            assert_eq!(counter.groups() as usize, hits.len());
        }
    }

    /// Groups that reach over blocks of words which are passed over count as by taking every word.
    #[test]
    fn passing_over_empty_blocks_changes_no_count() {
        let mut state = 7u64;
        let mut random = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..300 {
            let rows = 1 + random(60_000) as u32;
            let (mut set, mut ends) = (RowSet::empty(rows).unwrap(), RowSet::empty(rows).unwrap());
            for _ in 0..random(12) {
                set.insert(random(rows.into()) as u32);
            }
            for _ in 0..random(40) {
                ends.insert(random(rows.into()) as u32);
            }
            ends.insert(rows - 1);
            let (mut every, mut some) = (GroupCounter::default(), GroupCounter::default());
            for (set, ends) in set.words_from(0).iter().zip(ends.words_from(0)) {
                every.push(*set, *ends);
            }
            intersection(&[&set], rows, |start, words| {
                for (set, ends) in words.iter().zip(ends.words_from(start)) {
                    some.push(*set, *ends);
                }
                some.is_open()
            });
            assert_eq!(some.groups(), every.groups());
        }
    }
}
