//! Sets of rows as bitmaps.

use std::ops::ControlFlow;

use crate::error::Error;
use crate::flat::{Reader, Writer, ensure};

/// Rows in one word of a bitmap.
const WORD: u32 = 64;

/// Words of a bitmap that are taken together: few, so that a set of a hundred rows touches little, and enough
/// for the compiler to use vectors.
pub(crate) const BLOCK: usize = 8;

/// The words of a block.
pub(crate) type Block = [u64; BLOCK];

/// A set of rows of an inventory: bit `row % 64` of word `row / 64`. Bits past the last row are zero, up to the
/// end of the last block.
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
        let blocks = blocks_of(rows);
        Ok(Self { words: zeros(blocks * BLOCK)?, marked_blocks: zeros(blocks.div_ceil(WORD as usize))? })
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

    pub(crate) fn save(&self, writer: &mut Writer) {
        writer.u64s(&self.words);
    }

    /// A set of some of `rows` rows, as it was saved.
    pub(crate) fn restore(reader: &mut Reader, rows: u32) -> Result<Self, Error> {
        let blocks = blocks_of(rows);
        let mut set = Self { words: reader.u64s()?, marked_blocks: zeros(blocks.div_ceil(WORD as usize))? };
        ensure(set.words.len() == blocks * BLOCK)?;
        let last = blocks.saturating_sub(1);
        ensure(set.block(last).iter().zip(all_rows(last, rows)).all(|(word, all)| word & !all == 0))?;
        set.mark_blocks_with_rows();
        Ok(set)
    }

    /// Puts a row into the set. A row that the inventory does not have is not put anywhere.
    pub(crate) fn insert(&mut self, row: u32) {
        let place = (row / WORD) as usize;
        if let Some(word) = self.words.get_mut(place) {
            *word |= 1 << (row % WORD);
            self.mark_block(place / BLOCK);
        }
    }

    /// Puts rows into the set, each of them one of the inventory.
    pub(crate) fn insert_all(&mut self, rows: &[u32]) {
        const ROWS_PER_MARK: u32 = BLOCK as u32 * WORD;
        // Rows that follow each other have mostly their marks in one word.
        let (mut place, mut marks) = (0, 0);
        for row in rows {
            if let Some(word) = self.words.get_mut((row / WORD) as usize) {
                *word |= 1 << (row % WORD);
            }
            let block = row / ROWS_PER_MARK;
            if block / WORD != place {
                self.mark(place, marks);
                (place, marks) = (block / WORD, 0);
            }
            marks |= 1 << (block % WORD);
        }
        self.mark(place, marks);
    }

    fn mark(&mut self, place: u32, marks: u64) {
        if let Some(word) = self.marked_blocks.get_mut(place as usize) {
            *word |= marks;
        }
    }

    /// Puts the rows from `start` up to but without `end`, all of them rows of the inventory, into the set.
    pub(crate) fn insert_range(&mut self, start: u32, end: u32) {
        if start >= end {
            return;
        }
        let last = end - 1;
        let (first_word, last_word) = ((start / WORD) as usize, (last / WORD) as usize);
        let (low, high) = (!0 << (start % WORD), !0 >> (WORD - 1 - last % WORD));
        match self.words.get_mut(first_word..=last_word) {
            // Most runs are short.
            Some([word]) => *word |= low & high,
            Some([first, between @ .., last]) => {
                *first |= low;
                between.fill(!0);
                *last |= high;
            }
            Some([]) | None => return,
        }
        for block in first_word / BLOCK..=last_word / BLOCK {
            self.mark_block(block);
        }
    }

    fn mark_block(&mut self, block: usize) {
        if let Some(marks) = self.marked_blocks.get_mut(block / WORD as usize) {
            *marks |= 1 << (block % WORD as usize);
        }
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
        self.mark_blocks_with_rows();
    }

    fn mark_blocks_with_rows(&mut self) {
        let (blocks, _) = self.words.as_chunks::<BLOCK>();
        for (marks, blocks) in self.marked_blocks.iter_mut().zip(blocks.chunks(WORD as usize)) {
            *marks = blocks.iter().rev().fold(0, |marks, block| marks << 1 | u64::from(*block != [0; BLOCK]));
        }
    }

    /// Adds rows of one word, all of them rows of the inventory.
    pub(crate) fn add_to_word(&mut self, place: usize, rows: u64) {
        if let Some(word) = self.words.get_mut(place) {
            *word |= rows;
            if rows != 0 {
                self.mark_block(place / BLOCK);
            }
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
        let (blocks, _) = self.words.as_chunks_mut::<BLOCK>();
        for (place, marks) in self.marked_blocks.iter_mut().enumerate() {
            for bit in bits(std::mem::take(marks)) {
                if let Some(block) = blocks.get_mut(place * WORD as usize + bit as usize) {
                    *block = [0; BLOCK];
                }
            }
        }
    }

    /// Whether a block may have a row.
    pub(crate) fn may_have_rows_in(&self, block: usize) -> bool {
        let marks = self.marked_blocks.get(block / WORD as usize).copied().unwrap_or(0);
        marks >> (block % WORD as usize) & 1 == 1
    }

    /// The words of a block; empty past the end.
    pub(crate) fn block(&self, block: usize) -> Block {
        self.words_from(block * BLOCK).first_chunk().copied().unwrap_or_default()
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

fn zeros(words: usize) -> Result<Vec<u64>, Error> {
    let mut zeros = Vec::new();
    zeros.try_reserve_exact(words).map_err(|_| Error::out_of_memory("marking rows"))?;
    zeros.resize(words, 0);
    Ok(zeros)
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

/// The rows that at least one of some sets holds, without a set that is made of them.
#[derive(Debug, Default)]
pub(crate) struct Union<'a>(Vec<&'a RowSet>);

impl<'a> Union<'a> {
    /// The rows of one set.
    pub(crate) fn of(set: &'a RowSet) -> Self {
        Self(vec![set])
    }

    pub(crate) fn add(&mut self, set: &'a RowSet) {
        self.0.push(set);
    }

    /// Which of 64 blocks, from block `64 * place` on, may have a row.
    fn marks(&self, place: usize) -> u64 {
        self.0.iter().fold(0, |marks, set| marks | set.marked_blocks.get(place).copied().unwrap_or(0))
    }

    /// The words of a block.
    fn block(&self, block: usize) -> Block {
        let Some((first, others)) = self.0.split_first() else { return [0; BLOCK] };
        let mut words = first.block(block);
        for other in others {
            for (word, other) in words.iter_mut().zip(other.block(block)) {
                *word |= other;
            }
        }
        words
    }
}

/// Hands the rows that all of `sets` hold to `take`, block by block from row 0 on: the block's number, and its
/// words. No set at all holds every one of `rows` rows.
///
/// A block in which there can be no such row is handed over only where `take` asked for it, by returning `true`
/// for the block before it.
pub(crate) fn common_blocks(sets: &[Union], rows: u32, mut take: impl FnMut(usize, &Block) -> bool) {
    let _went_through = each_common_block(sets, rows, |block, words| ControlFlow::Continue(take(block, words)));
}

/// The same, with the place of a block's first word instead of the block's number.
pub(crate) fn intersection(sets: &[&RowSet], rows: u32, mut take: impl FnMut(usize, &[u64]) -> bool) {
    let sets: Vec<Union> = sets.iter().map(|set| Union::of(set)).collect();
    common_blocks(&sets, rows, |block, words| take(block * BLOCK, words));
}

/// Whether there is a row that all of `sets` hold.
pub(crate) fn have_common_row(sets: &[Union], rows: u32) -> bool {
    let found = each_common_block(sets, rows, |_, words| {
        if *words == [0; BLOCK] { ControlFlow::Continue(false) } else { ControlFlow::Break(()) }
    });
    found.is_break()
}

fn each_common_block(
    sets: &[Union],
    rows: u32,
    mut take: impl FnMut(usize, &Block) -> ControlFlow<(), bool>,
) -> ControlFlow<()> {
    let blocks = blocks_of(rows);
    let mut asked_for_next = false;
    for place in 0..blocks.div_ceil(WORD as usize) {
        let mut marks = sets.iter().fold(!0, |marks, set| marks & set.marks(place)) | u64::from(asked_for_next);
        while marks != 0 {
            let bit = marks.trailing_zeros();
            let block = place * WORD as usize + bit as usize;
            if block >= blocks {
                break;
            }
            asked_for_next = take(block, &common_rows(sets, block, rows))?;
            marks &= marks - 1;
            marks |= u64::from(asked_for_next).checked_shl(bit + 1).unwrap_or(0);
            asked_for_next &= bit == WORD - 1;
        }
    }
    ControlFlow::Continue(())
}

/// The rows of a block that all of `sets` hold.
fn common_rows(sets: &[Union], block: usize, rows: u32) -> Block {
    let Some((first, others)) = sets.split_first() else { return all_rows(block, rows) };
    let mut words = first.block(block);
    for other in others {
        for (word, other) in words.iter_mut().zip(other.block(block)) {
            *word &= other;
        }
    }
    words
}

/// In how many blocks so many rows lie.
pub(crate) fn blocks_of(rows: u32) -> usize {
    (rows.div_ceil(WORD) as usize).div_ceil(BLOCK)
}

/// The words of a block with all the rows that it has.
fn all_rows(block: usize, rows: u32) -> Block {
    let first = block * BLOCK * WORD as usize;
    let mut left = (rows as usize).saturating_sub(first);
    std::array::from_fn(|_| {
        let here = left.min(WORD as usize);
        left -= here;
        if here == WORD as usize { !0 } else { (1 << here) - 1 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::numbers;

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

    /// Unions, intersections of them, and rows put in at once hold what they hold by walking.
    #[test]
    fn unions_have_in_common_what_walking_finds() {
        let mut random = numbers(3);
        for _ in 0..300 {
            let rows = 1 + random(80_000);
            let mut sets = Vec::new();
            for _ in 0..4 {
                let most = 1 + random(200);
                let mut listed: Vec<u32> = (0..random(most)).map(|_| random(rows)).collect();
                listed.sort_unstable();
                let mut set = RowSet::empty(rows).unwrap();
                set.insert_all(&listed);
                let start = random(rows);
                set.insert_range(start, (start + random(3_000)).min(rows));
                sets.push(set);
            }
            let [a, b, c, d] = sets.as_slice() else { panic!() };
            let unions = [[a, b], [c, d]].map(|pair| {
                let mut union = Union::default();
                pair.into_iter().for_each(|set| union.add(set));
                union
            });
            let in_both = |row: &u32| (a.contains(*row) || b.contains(*row)) && (c.contains(*row) || d.contains(*row));
            let mut found = RowSet::empty(rows).unwrap();
            common_blocks(&unions, rows, |block, words| {
                let places = (block * BLOCK..).zip(words);
                places.for_each(|(place, word)| bits(*word).for_each(|bit| found.insert(place as u32 * WORD + bit)));
                false
            });
            assert!(found.rows().eq((0..rows).filter(in_both)));
            assert_eq!(have_common_row(&unions, rows), found.rows().next().is_some());
            let mut less = a.clone();
            less.subtract(b);
            assert!(less.rows().eq((0..rows).filter(|row| a.contains(*row) && !b.contains(*row))));
            assert!(
                (0..blocks_of(rows)).all(|block| less.may_have_rows_in(block) == (less.block(block) != [0; BLOCK]))
            );
        }
        assert!(!have_common_row(&[Union::default()], 700));
        assert!(have_common_row(&[], 1) && !have_common_row(&[], 0));
    }
}
