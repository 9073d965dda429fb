//! Counts of groups of adjacent rows, without walking their rows.

use super::postings::Run;
use super::row_set::{RowSet, masks};
use crate::error::Error;

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
    /// Takes the next 64 rows without counting, and returns the ends among them of groups with a row in the set.
    pub(crate) fn met_ends(&mut self, set: u64, ends: u64) -> u64 {
        let (sum, over) = (set & !ends).overflowing_add(!ends);
        let (sum, over_again) = sum.overflowing_add(u64::from(self.carry));
        self.carry = over | over_again;
        (sum | set) & ends
    }

    /// Takes the next 64 rows without counting, and returns those before which their group has a row in the set.
    pub(crate) fn met_before(&mut self, set: u64, ends: u64) -> u64 {
        let (others, no_ends) = (set & !ends, !ends);
        let (sum, over) = others.overflowing_add(no_ends);
        let (sum, over_again) = sum.overflowing_add(u64::from(self.carry));
        self.carry = over | over_again;
        // A bit of a sum differs from those of its addends just where one was carried into it.
        sum ^ others ^ no_ends
    }

    /// Takes the next rows, 64 with each word.
    pub(crate) fn push<const WORDS: usize>(&mut self, set: &[u64; WORDS], ends: &[u64; WORDS]) {
        let mut groups: u32 = 0;
        for (set, ends) in set.iter().zip(ends) {
            // There are as many groups as rows at most: nothing can wrap.
            groups = groups.wrapping_add(self.met_ends(*set, *ends).count_ones());
        }
        self.groups += groups;
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

/// The rows of a set but for the first of them in each group, given the last row of each group.
pub(crate) fn all_but_firsts(set: &RowSet, ends: &RowSet) -> Result<RowSet, Error> {
    let mut others = set.copied()?;
    let mut groups = GroupCounter::default();
    for (place, (word, ends)) in set.words_from(0).iter().zip(ends.words_from(0)).enumerate() {
        others.remove_from_word(place, !groups.met_before(*word, *ends));
    }
    Ok(others)
}

/// Which groups are counted, each once however many of its rows are met.
#[derive(Clone, Copy)]
pub(crate) struct CountedGroups<'a> {
    /// The rows by which a group is met.
    pub(crate) by: &'a RowSet,
    /// The last row of every group.
    pub(crate) ends: &'a RowSet,
    /// The last rows of the groups that count.
    pub(crate) countable: &'a RowSet,
}

/// Counts groups over runs of rows, given ascending, as if the rows of all runs were one set.
///
/// A group that goes on past a run's end and is met again in a later run counts once.
pub(crate) struct RunCounter<'a> {
    counted: CountedGroups<'a>,
    groups: u32,
    /// Past the end of the last group that was counted before its end was reached. What comes before is done with.
    from: u32,
}

impl<'a> RunCounter<'a> {
    pub(crate) fn new(counted: CountedGroups<'a>) -> Self {
        Self { counted, groups: 0, from: 0 }
    }

    /// Takes the rows of a run.
    pub(crate) fn push(&mut self, run: Run) {
        let CountedGroups { by, ends, countable } = self.counted;
        let mut counter = GroupCounter::default();
        for (place, rows) in masks(run.start.max(self.from), run.end) {
            let met = counter.met_ends(by.word(place) & rows, ends.word(place) & rows);
            self.groups += (met & countable.word(place)).count_ones();
        }
        if counter.is_open() {
            self.count_group_of(run.end - 1);
        }
    }

    /// Takes one row.
    pub(crate) fn push_row(&mut self, row: u32) {
        if row >= self.from && self.counted.by.contains(row) {
            self.count_group_of(row);
        }
    }

    /// Counts the group of a row here, and never again.
    fn count_group_of(&mut self, row: u32) {
        if let Some(end) = self.counted.ends.next_from(row) {
            self.groups += u32::from(self.counted.countable.contains(end));
            self.from = end + 1;
        }
    }

    pub(crate) fn groups(&self) -> u32 {
        self.groups
    }
}

#[cfg(test)]
mod tests {
    use super::super::row_set::{Union, common_blocks};
    use super::super::rows_of::RowsOf;
    use super::*;
    use crate::chance::numbers;

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
                counter.push(&[set << shift], &[ends << shift | 1 << (shift - 1)]);
                counter.push(&[set >> (64 - shift)], &[ends >> (64 - shift)]);
                assert_eq!(counter.groups(), expected, "rows {rows} set {set:b} ends {ends:b}");
            }
        }
    }

    /// Random sets and groupings over several words: of each group, the first row of the set is left out.
    #[test]
    fn the_first_row_of_each_group_is_told() {
        let mut random = numbers(2);
        for _ in 0..5_000 {
            let rows = 1 + random(300);
            let (density, length) = (1 + random(20), 1 + random(90));
            let [mut set, mut ends, mut expected] = [(); 3].map(|()| RowSet::empty(rows).unwrap());
            let mut is_met = false;
            for row in 0..rows {
                if random(density) == 0 {
                    set.insert(row);
                    if std::mem::replace(&mut is_met, true) {
                        expected.insert(row);
                    }
                }
                if random(length) == 0 || row == rows - 1 {
                    ends.insert(row);
                    is_met = false;
                }
            }
            assert!(all_but_firsts(&set, &ends).unwrap().rows().eq(expected.rows()));
        }
    }

    /// Long groups: a carry goes through words without an end, whether they hold rows of the set or not.
    #[test]
    fn a_carry_goes_through_whole_words() {
        for between in [0, 1, !0, 1 << 63] {
            for first in [0, 1, 1 << 63, !0] {
                let mut counter = GroupCounter::default();
                counter.push(&[first, between, between, 0], &[0; 4]);
                counter.push(&[0], &[1 | 1 << 63]);
                assert_eq!(counter.groups(), u32::from(first | between != 0), "{first:x} {between:x}");
            }
        }
    }

    /// Random sets, groupings and runs over several words, with groups that do not count: as by walking.
    #[test]
    fn runs_are_counted_as_by_walking() {
        let mut random = numbers(1);
        for _ in 0..20_000 {
            let rows = 1 + random(300);
            let (density, length, longest) = (1 + random(20), 1 + random(90), 1 + random(70));
            let [mut by, mut ends, mut countable] = [(); 3].map(|()| RowSet::empty(rows).unwrap());
            for row in 0..rows {
                if random(density) == 0 {
                    by.insert(row);
                }
                if random(length) == 0 || row == rows - 1 {
                    ends.insert(row);
                    if random(4) > 0 {
                        countable.insert(row);
                    }
                }
            }
            let mut runs = Vec::new();
            let mut start = random(longest);
            while start < rows {
                let end = (start + 1 + random(longest)).min(rows);
                runs.push(Run { start, end });
                start = end + 1 + random(longest);
            }
            let listed: Vec<u32> = runs.iter().flat_map(|run| run.start..run.end).collect();
            let mut set = RowSet::empty(rows).unwrap();
            listed.iter().for_each(|row| set.insert(*row));
            let met: Vec<u32> = listed.iter().copied().filter(|row| by.contains(*row)).collect();
            let groups: std::collections::BTreeSet<u32> =
                met.iter().map(|row| ends.next_from(*row).unwrap()).filter(|end| countable.contains(*end)).collect();
            let counted = CountedGroups { by: &by, ends: &ends, countable: &countable };
            for form in [RowsOf::Runs(&runs), RowsOf::List(&listed), RowsOf::Set(&set)] {
                assert_eq!(form.groups(counted) as usize, groups.len(), "{form:?}");
                assert_eq!(form.count_in(&by) as usize, met.len(), "{form:?}");
            }
        }
    }

    /// Groups that reach over blocks of words which are passed over count as by taking every word.
    #[test]
    fn passing_over_empty_blocks_changes_no_count() {
        let mut random = numbers(7);
        for _ in 0..300 {
            let rows = 1 + random(60_000);
            let (mut set, mut ends) = (RowSet::empty(rows).unwrap(), RowSet::empty(rows).unwrap());
            for _ in 0..random(12) {
                set.insert(random(rows));
            }
            for _ in 0..random(40) {
                ends.insert(random(rows));
            }
            ends.insert(rows - 1);
            let (mut every, mut some) = (GroupCounter::default(), GroupCounter::default());
            for (set, ends) in set.words_from(0).iter().zip(ends.words_from(0)) {
                every.push(&[*set], &[*ends]);
            }
            common_blocks(&[Union::of(&set)], rows, |block, words| {
                some.push(words, &ends.block(block));
                some.is_open()
            });
            assert_eq!(some.groups(), every.groups());
        }
    }
}
