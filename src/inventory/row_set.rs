//! Sets of rows as bitmaps.

use crate::error::Error;

/// Rows in one word of a bitmap.
const WORD: u32 = 64;

/// Words of a bitmap that are taken together: enough for the compiler to use vectors, few enough to stay in the cache.
const BLOCK: usize = 64;

/// A set of rows of an inventory: bit `row % 64` of word `row / 64`. Bits past the last row are zero.
///
/// Most sets hold few rows: which blocks of words have any is marked beside them, so that the others can be
/// passed over. A block that is not marked is empty; one that is marked may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowSet {
    words: Vec<u64>,
    marked_blocks: Vec<u64>,
}

impl RowSet {
    /// The set that holds none of `rows` rows.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn empty(rows: u32) -> Result<Self, Error> {
        let length = rows.div_ceil(WORD) as usize;
        let mut words = Vec::new();
        words.try_reserve_exact(length).map_err(|_| Error::out_of_memory("marking rows"))?;
        words.resize(length, 0);
        let marked_blocks = vec![0; length.div_ceil(BLOCK * WORD as usize)];
        Ok(Self { words, marked_blocks })
    }

    /// The set that holds all of `rows` rows.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn full(rows: u32) -> Result<Self, Error> {
        let mut set = Self::empty(rows)?;
        set.insert_range(0, rows);
        Ok(set)
    }

    /// The set of those of `rows` rows that all of `sets` hold.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn shared(sets: &[&RowSet], rows: u32) -> Result<Self, Error> {
        let mut shared = Self::empty(rows)?;
        intersection(sets, rows, |start, words| {
            if let Some(own) = shared.words.get_mut(start..start + words.len()) {
                own.copy_from_slice(words);
                shared.mark_block(start / BLOCK);
            }
            false
        });
        Ok(shared)
    }

    /// Puts a row into the set. A row that the inventory does not have is not put anywhere.
    pub(crate) fn insert(&mut self, row: u32) {
        let place = (row / WORD) as usize;
        if let Some(word) = self.words.get_mut(place) {
            *word |= 1 << (row % WORD);
            self.mark_block(place / BLOCK);
        }
    }

    /// Puts the rows from `start` up to but without `end`, all of them rows of the inventory, into the set.
    pub(crate) fn insert_range(&mut self, start: u32, end: u32) {
        for (word, mask) in masks(start, end) {
            if let Some(word) = self.words.get_mut(word) {
                *word |= mask;
            }
        }
        if start < end {
            let blocks = (start / WORD) as usize / BLOCK..=((end - 1) / WORD) as usize / BLOCK;
            blocks.for_each(|block| self.mark_block(block));
        }
    }

    fn mark_block(&mut self, block: usize) {
        if let Some(marks) = self.marked_blocks.get_mut(block / WORD as usize) {
            *marks |= 1 << (block % WORD as usize);
        }
    }

    fn is_marked(&self, block: usize) -> bool {
        let marks = self.marked_blocks.get(block / WORD as usize).copied().unwrap_or(0);
        marks >> (block % WORD as usize) & 1 == 1
    }

    /// Whether the set holds a row.
    #[must_use]
    pub(crate) fn contains(&self, row: u32) -> bool {
        self.word((row / WORD) as usize) >> (row % WORD) & 1 == 1
    }

    /// How many rows the set holds.
    #[must_use]
    pub(crate) fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// How many of the rows from `start` up to but without `end` the set holds.
    #[must_use]
    pub(crate) fn count_between(&self, start: u32, end: u32) -> u32 {
        if start >= end {
            return 0;
        }
        let (first, last) = ((start / WORD) as usize, ((end - 1) / WORD) as usize);
        let (from_start, upto_end) = (!0 << (start % WORD), !0 >> (WORD - 1 - (end - 1) % WORD));
        if first == last {
            return (self.word(first) & from_start & upto_end).count_ones();
        }
        let between = self.words.get(first + 1..last).unwrap_or_default();
        (self.word(first) & from_start).count_ones()
            + between.iter().map(|word| word.count_ones()).sum::<u32>()
            + (self.word(last) & upto_end).count_ones()
    }

    /// Keeps the rows that `other` holds too.
    pub(crate) fn intersect(&mut self, other: &RowSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds the rows that `other` holds.
    pub(crate) fn unite(&mut self, other: &RowSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
        for (marks, other) in self.marked_blocks.iter_mut().zip(&other.marked_blocks) {
            *marks |= other;
        }
    }

    /// Takes out the rows that `other` holds.
    pub(crate) fn subtract(&mut self, other: &RowSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Takes rows of one word out.
    pub(crate) fn remove_from_word(&mut self, place: usize, rows: u64) {
        if let Some(word) = self.words.get_mut(place) {
            *word &= !rows;
        }
    }

    /// Takes all rows out.
    pub(crate) fn clear(&mut self) {
        for (block, words) in self.words.chunks_mut(BLOCK).enumerate() {
            let marks = self.marked_blocks.get(block / WORD as usize).copied().unwrap_or(0);
            if marks >> (block % WORD as usize) & 1 == 1 {
                words.fill(0);
            }
        }
        self.marked_blocks.fill(0);
    }

    /// The words from one on.
    pub(crate) fn words_from(&self, place: usize) -> &[u64] {
        self.words.get(place..).unwrap_or_default()
    }

    /// One word of 64 rows; empty past the end.
    #[must_use]
    pub(crate) fn word(&self, place: usize) -> u64 {
        self.words.get(place).copied().unwrap_or(0)
    }

    /// The rows of the set, ascending.
    pub(crate) fn rows(&self) -> impl Iterator<Item = u32> {
        (0..).step_by(WORD as usize).zip(&self.words).flat_map(|(base, word)| bits(*word).map(move |bit| base + bit))
    }

    /// The first row of the set that is not before `row`.
    #[must_use]
    pub(crate) fn next_from(&self, row: u32) -> Option<u32> {
        let first = (row / WORD) as usize;
        let at = |place: usize, word: u64| place as u32 * WORD + word.trailing_zeros();
        let within = self.word(first) & (!0 << (row % WORD));
        if within != 0 {
            return Some(at(first, within));
        }
        let mut rest = self.words.iter().enumerate().skip(first + 1);
        rest.find(|(_, word)| **word != 0).map(|(place, word)| at(place, *word))
    }
}

/// The bits of a word, ascending.
pub(crate) fn bits(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros())?;
        word &= word - 1;
        Some(bit)
    })
}

/// The words that the rows from `start` up to `end` lie in, each with a mask of these rows.
pub(crate) fn masks(start: u32, end: u32) -> impl Iterator<Item = (usize, u64)> {
    let last = end.saturating_sub(1);
    let words = if start < end { start / WORD..last / WORD + 1 } else { 0..0 };
    words.map(move |word| {
        let low = if word == start / WORD { !0 << (start % WORD) } else { !0 };
        let high = if word == last / WORD { !0 >> (WORD - 1 - last % WORD) } else { !0 };
        (word as usize, low & high)
    })
}

/// Hands the rows that all of `sets` hold to `take`, block by block from row 0 on: the first word's place
/// among the words, and the words. No set at all holds every one of `rows` rows.
///
/// A block in which there is no such row is handed over only where `take` asked for it, by returning `true`
/// for the block before it.
pub(crate) fn intersection(sets: &[&RowSet], rows: u32, mut take: impl FnMut(usize, &[u64]) -> bool) {
    let length = rows.div_ceil(WORD) as usize;
    let mut words = [0; BLOCK];
    let mut asked_for = false;
    for block in 0..length.div_ceil(BLOCK) {
        if !asked_for && !sets.iter().all(|set| set.is_marked(block)) {
            continue;
        }
        let (start, end) = (block * BLOCK, ((block + 1) * BLOCK).min(length));
        let Some(words) = words.get_mut(..end - start) else { return };
        match sets {
            [] => fill_with_rows(words, start, rows),
            [first, others @ ..] => {
                words.copy_from_slice(first.words.get(start..end).unwrap_or_default());
                for other in others {
                    for (word, other) in words.iter_mut().zip(other.words_from(start)) {
                        *word &= other;
                    }
                }
            }
        }
        asked_for = take(start, words);
    }
}

fn fill_with_rows(words: &mut [u64], start: usize, rows: u32) {
    words.fill(!0);
    if (start + words.len()) * WORD as usize > rows as usize
        && let Some(last) = words.last_mut()
    {
        *last = (1 << (rows % WORD)) - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_set_holds_its_rows_and_no_more() {
        for rows in [0, 1, 63, 64, 65, 128, 1000, 4096, 4097] {
            let full = RowSet::full(rows).unwrap();
            assert_eq!(full.rows().count(), rows as usize);
            assert_eq!(full.count(), rows);
            assert!(!full.contains(rows));
            assert_eq!(RowSet::empty(rows).unwrap().rows().next(), None);
            let mut counted = 0;
            intersection(&[], rows, |_, words| {
                counted += words.iter().map(|word| word.count_ones()).sum::<u32>();
                false
            });
            assert_eq!(counted, rows);
        }
    }

    #[test]
    fn ranges_are_the_rows_in_them() {
        for start in 0..140 {
            for end in 0..=130 {
                let mut set = RowSet::empty(130).unwrap();
                set.insert_range(start, end);
                assert!(set.rows().eq(start..end.max(start)), "{start}..{end}");
                assert_eq!(set.count_between(60, 70) as usize, (60..70).filter(|row| set.contains(*row)).count());
                assert_eq!(RowSet::full(130).unwrap().count_between(start, end), end.saturating_sub(start));
                assert_eq!(set.next_from(70), (70.max(start) < end).then_some(70.max(start)));
            }
        }
    }

    /// Blocks without a row are passed over, unless they were asked for; nothing that matches ever is.
    #[test]
    fn only_empty_blocks_are_passed_over() {
        let rows = 5 * 64 * BLOCK as u32 + 77;
        let (mut one, mut other) = (RowSet::empty(rows).unwrap(), RowSet::empty(rows).unwrap());
        one.insert(5);
        one.insert_range(64 * BLOCK as u32 - 1, 2 * 64 * BLOCK as u32 + 1);
        one.insert(rows - 1);
        other.insert_range(0, rows);
        let blocks = |sets: &[&RowSet], ask: bool| {
            let mut found = Vec::new();
            intersection(sets, rows, |start, words| {
                let any = words.iter().any(|word| *word != 0);
                found.push((start / BLOCK, any));
                ask && any
            });
            found
        };
        assert_eq!(blocks(&[&one, &other], false), [(0, true), (1, true), (2, true), (5, true)]);
        assert_eq!(blocks(&[&one, &other], true), [(0, true), (1, true), (2, true), (3, false), (5, true)]);
        one.clear();
        assert_eq!(blocks(&[&one], false), []);
        assert_eq!(one, RowSet::empty(rows).unwrap());
    }
}
