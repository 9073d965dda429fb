//! Sets of rows as bitmaps, and the count of distinct groups in a set without walking its rows.

use crate::error::Error;

/// A set of rows of an inventory: bit `row % 64` of word `row / 64`. Bits past the last row are zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSet {
    words: Vec<u64>,
}

impl RowSet {
    /// The set that holds none of `rows` rows.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn empty(rows: u32) -> Result<Self, Error> {
        Self::filled(rows, 0)
    }

    /// The set that holds all of `rows` rows.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn full(rows: u32) -> Result<Self, Error> {
        let mut set = Self::filled(rows, !0)?;
        if let (Some(last), used @ 1..) = (set.words.last_mut(), rows % 64) {
            *last = (1 << used) - 1;
        }
        Ok(set)
    }

    fn filled(rows: u32, word: u64) -> Result<Self, Error> {
        let length = rows.div_ceil(64) as usize;
        let mut words = Vec::new();
        words.try_reserve_exact(length).map_err(|_| Error::out_of_memory("marking rows"))?;
        words.resize(length, word);
        Ok(Self { words })
    }

    /// Puts a row into the set. A row that the inventory does not have is not put anywhere.
    pub fn insert(&mut self, row: u32) {
        if let Some(word) = self.words.get_mut(row as usize / 64) {
            *word |= 1 << (row % 64);
        }
    }

    /// Whether the set holds a row.
    #[must_use]
    pub fn contains(&self, row: u32) -> bool {
        self.words.get(row as usize / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Keeps the rows that `other` holds too.
    pub fn intersect(&mut self, other: &RowSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds the rows that `other` holds.
    pub fn unite(&mut self, other: &RowSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// How many rows the set holds.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether the set holds no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The set in words of 64 rows.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }
}

/// Counts the groups of adjacent rows of which at least one is in a set, 64 rows at a time.
///
/// With `ends` the last row of each group, adding the set's other rows to all that are no ends carries
/// into a group's end exactly where a row before the end is set: below the end stand nothing but ones,
/// and the end itself is zero in both, so that a carry never leaves its group. The carry out of a word
/// is handed to the next, in which the group goes on.
#[derive(Debug, Default)]
pub struct GroupCounter {
    carry: bool,
    groups: u32,
}

impl GroupCounter {
    /// Takes the next 64 rows.
    pub fn push(&mut self, set: u64, ends: u64) {
        let (sum, over) = (set & !ends).overflowing_add(!ends);
        let (sum, over_again) = sum.overflowing_add(u64::from(self.carry));
        self.carry = over | over_again;
        self.groups += ((sum | set) & ends).count_ones();
    }

    /// How many groups had a row in the set.
    #[must_use]
    pub fn groups(&self) -> u32 {
        self.groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_set_holds_its_rows_and_no_more() {
        for rows in [0, 1, 63, 64, 65, 128, 1000] {
            let full = RowSet::full(rows).unwrap();
            assert_eq!(full.len(), rows);
            assert!(!full.contains(rows));
            assert!(RowSet::empty(rows).unwrap().is_empty());
        }
    }

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
}
