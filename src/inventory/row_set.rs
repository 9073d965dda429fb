//! Sets of rows as bitmaps.

use std::ops::ControlFlow;

use crate::bytes::bits;
use crate::error::Error;
use crate::flat::{Reader, Writer, ensure};
use crate::memory::{copy_of, filled};

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
#[derive(Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(Clone))]
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

    /// The same set once more.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn copied(&self) -> Result<Self, Error> {
        let copies = copy_of(&self.words).and_then(|words| Ok((words, copy_of(&self.marked_blocks)?)));
        let (words, marked_blocks) = copies.map_err(|_| Error::out_of_memory("marking rows"))?;
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
    #[inline]
    pub(crate) fn insert(&mut self, row: u32) {
        let place = (row / WORD) as usize;
        if let Some(word) = self.words.get_mut(place) {
            *word |= 1 << (row % WORD);
            self.mark_block(place / BLOCK);
        }
    }

    /// Takes a row out of the set.
    pub(crate) fn remove(&mut self, row: u32) {
        if let Some(word) = self.words.get_mut((row / WORD) as usize) {
            *word &= !(1 << (row % WORD));
        }
    }

    /// Puts rows into the set, each of them one of the inventory.
    #[inline]
    pub(crate) fn insert_all(&mut self, rows: &[u32]) {
        self.insert_many(rows, 0);
    }

    /// Puts rows into the set behind so many others, each of them one of the inventory. Returns how many these are
    /// together.
    pub(crate) fn insert_many(&mut self, rows: &[u32], others: usize) -> usize {
        let together = others + rows.len();
        // So many are in nearly every block: to find out in which takes longer than it saves.
        let few = 2 * self.words.len() / BLOCK;
        if together <= few {
            self.mark_blocks_of(rows);
        } else if others <= few {
            self.mark_all();
        }
        for row in rows {
            if let Some(word) = self.words.get_mut((row / WORD) as usize) {
                *word |= 1 << (row % WORD);
            }
        }
        together
    }

    fn mark_blocks_of(&mut self, rows: &[u32]) {
        const ROWS_PER_MARK: u32 = BLOCK as u32 * WORD;
        // Rows that follow each other have mostly their marks in one word.
        let (mut place, mut marks) = (0, 0);
        for row in rows {
            let block = row / ROWS_PER_MARK;
            if block / WORD != place {
                self.mark(place, marks);
                (place, marks) = (block / WORD, 0);
            }
            marks |= 1 << (block % WORD);
        }
        self.mark(place, marks);
    }

    /// Marks every block that there is.
    fn mark_all(&mut self) {
        let mut left = self.words.len() / BLOCK;
        for marks in &mut self.marked_blocks {
            *marks = if left < WORD as usize { (1 << left) - 1 } else { !0 };
            left = left.saturating_sub(WORD as usize);
        }
    }

    #[inline]
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
            Some([first, last]) => {
                *first |= low;
                *last |= high;
            }
            Some([first, between, last]) => {
                *first |= low;
                *between = !0;
                *last |= high;
            }
            Some([first, between @ .., last]) => {
                *first |= low;
                between.fill(!0);
                *last |= high;
            }
            Some([]) | None => return,
        }
        for block in first_word / BLOCK..last_word / BLOCK + 1 {
            self.mark_block(block);
        }
    }

    #[inline]
    fn mark_block(&mut self, block: usize) {
        if let Some(marks) = self.marked_blocks.get_mut(block / WORD as usize) {
            *marks |= 1 << (block % WORD as usize);
        }
    }

    /// Whether the set holds a row.
    #[must_use]
    #[inline]
    pub(crate) fn contains(&self, row: u32) -> bool {
        self.word((row / WORD) as usize) >> (row % WORD) & 1 == 1
    }

    /// How many rows the set holds.
    #[must_use]
    #[inline]
    pub(crate) fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// How many of the rows from `start` up to but without `end` the set holds.
    #[must_use]
    #[inline]
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

    /// Whether the set holds any of the rows from `start` up to but without `end`.
    #[inline]
    pub(crate) fn has_between(&self, start: u32, end: u32) -> bool {
        masks(start, end).any(|(place, rows)| self.word(place) & rows != 0)
    }

    /// Keeps the rows that `other` holds too.
    #[inline]
    pub(crate) fn intersect(&mut self, other: &RowSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds the rows that `other` holds.
    #[inline]
    pub(crate) fn unite(&mut self, other: &RowSet) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
        for (marks, other) in self.marked_blocks.iter_mut().zip(&other.marked_blocks) {
            *marks |= other;
        }
    }

    /// Takes out the rows that `other` holds.
    #[inline]
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
    #[inline]
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
    #[inline]
    pub(crate) fn may_have_rows_in(&self, block: usize) -> bool {
        let marks = self.marked_blocks.get(block / WORD as usize).copied().unwrap_or(0);
        marks >> (block % WORD as usize) & 1 == 1
    }

    /// The words of a block; empty past the end.
    #[inline]
    pub(crate) fn block(&self, block: usize) -> Block {
        self.words_from(block * BLOCK).first_chunk().copied().unwrap_or_default()
    }

    /// The words from one on.
    #[inline]
    pub(crate) fn words_from(&self, place: usize) -> &[u64] {
        self.words.get(place..).unwrap_or_default()
    }

    /// One word of 64 rows; empty past the end.
    #[must_use]
    #[inline]
    pub(crate) fn word(&self, place: usize) -> u64 {
        self.words.get(place).copied().unwrap_or(0)
    }

    /// The rows of the set, ascending.
    pub(crate) fn rows(&self) -> impl Iterator<Item = u32> {
        (0..).step_by(WORD as usize).zip(&self.words).flat_map(|(base, word)| bits(*word).map(move |bit| base + bit))
    }

    /// The first row of the set that is not before `row`.
    #[must_use]
    #[inline]
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

    /// The last row of the set that is before `row`.
    #[must_use]
    pub(crate) fn last_before(&self, row: u32) -> Option<u32> {
        let last = (row / WORD) as usize;
        let at = |place: usize, word: u64| place as u32 * WORD + (WORD - 1 - word.leading_zeros());
        let within = self.word(last) & !(!0 << (row % WORD));
        if within != 0 {
            return Some(at(last, within));
        }
        let mut rest = self.words.get(..last).unwrap_or_default().iter().enumerate().rev();
        rest.find(|(_, word)| **word != 0).map(|(place, word)| at(place, *word))
    }
}

fn zeros(words: usize) -> Result<Vec<u64>, Error> {
    filled(words, 0).map_err(|_| Error::out_of_memory("marking rows"))
}

/// The words that the rows from `start` up to `end` lie in, each with a mask of these rows.
#[inline]
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
    #[inline]
    pub(crate) fn of(set: &'a RowSet) -> Self {
        Self(vec![set])
    }

    #[inline]
    pub(crate) fn add(&mut self, set: &'a RowSet) {
        self.0.push(set);
    }

    /// Which of 64 blocks, from block `64 * place` on, may have a row.
    #[inline]
    fn marks(&self, place: usize) -> u64 {
        self.0.iter().fold(0, |marks, set| marks | set.marked_blocks.get(place).copied().unwrap_or(0))
    }

    /// The words of a block.
    #[inline]
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
                assert_eq!(set.last_before(70), (start < end.min(70)).then(|| end.min(70) - 1));
                set.remove(start);
                assert!(set.rows().eq(start + 1..end.max(start + 1)), "{start}..{end}");
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

    /// So it is where the mark of the next block stands in another word than that of the block before it.
    #[test]
    fn a_block_is_asked_for_over_the_border_of_marks() {
        const ROWS_OF_BLOCK: u32 = 64 * BLOCK as u32;
        let rows = 130 * ROWS_OF_BLOCK;
        for marked in [[63, 64], [63, 70], [127, 128], [62, 63], [62, 100]] {
            let mut set = RowSet::empty(rows).unwrap();
            marked.iter().for_each(|block| set.insert(block * ROWS_OF_BLOCK));
            let mut found = Vec::new();
            common_blocks(&[Union::of(&set)], rows, |block, words| {
                found.push(block as u32);
                *words != [0; BLOCK]
            });
            let asked = |block: &u32| marked.contains(block) || marked.contains(&block.wrapping_sub(1));
            assert_eq!(found, (0..130).filter(asked).collect::<Vec<_>>());
        }
    }

    /// Rows put in at once are those, and sets of what several have in common can be passed over like any other. There
    /// are more blocks than one word has marks for.
    #[test]
    fn sets_are_marked_where_they_have_rows() {
        let mut random = numbers(9);
        let rows = 3 * 64 * 64 * BLOCK as u32 + 777;
        let is_marked = |set: &RowSet| {
            (0..blocks_of(rows)).all(|block| set.may_have_rows_in(block) || set.block(block) == [0; BLOCK])
        };
        for _ in 0..50 {
            let many = 1 + random(300);
            let mut listed: Vec<u32> = (0..many).map(|_| random(rows)).collect();
            listed.sort_unstable();
            listed.dedup();
            let (mut one, mut other) = (RowSet::empty(rows).unwrap(), RowSet::empty(rows).unwrap());
            one.insert_all(&listed);
            assert!(one.rows().eq(listed.iter().copied()) && is_marked(&one));
            let start = random(rows);
            other.insert_range(start, rows);
            let shared = RowSet::shared(&[&one, &other], rows).unwrap();
            assert!(shared.rows().eq(listed.iter().copied().filter(|row| *row >= start)) && is_marked(&shared));
            for place in [start / 64, rows / 64].map(|word| word as usize) {
                other.remove_from_word(place, 0b101);
                assert_eq!(other.word(place) & 0b101, 0);
            }
            one.unite(&other);
            assert!(is_marked(&one));
            one.clear();
            assert_eq!(one, RowSet::empty(rows).unwrap());
        }
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
