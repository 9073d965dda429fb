//! Postings: the rows that hold each value of a column, in the form that suits the column.
//!
//! Rows lie in the order of repositories, so a value of most columns has its rows in a few runs. A column
//! whose values are scattered keeps a list of rows for each. Values whose rows lie in many pieces have a bitmap:
//! that is quicker to take in than to put the pieces together.

mod saved;

use std::borrow::Cow;

pub(super) use saved::add_group_ends;

use super::dictionary::ABSENT;
use super::row_lists::RowLists;
use super::row_set::RowSet;
use super::rows_of::RowsOf;
use super::run_lists::RunLists;
use super::sort::STRETCH;
use crate::error::Error;
use crate::memory::filled;

/// The rows of each code of a column.
pub(crate) enum Postings {
    /// Runs of rows, ascending; those of codes with many stand in `sets` instead.
    Runs { lists: RunLists, sets: Sets },
    /// One run for each code.
    Adjacent {
        /// The first row of each code's run.
        firsts: Vec<u32>,
        /// The rows without a value, wherever they are.
        absent: RowSet,
        /// The code of each row.
        codes: Vec<u32>,
    },
    /// Rows, ascending; those of codes with many stand in `sets` instead.
    Rows {
        lists: RowLists,
        sets: Sets,
        /// The code of each row.
        codes: Vec<u32>,
    },
}

/// Rows from `start` up to but without `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// The first row of a run of rows with the same code. The run ends where the next one begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub(super) start: u32,
    pub(super) code: u32,
}

/// Codes with their rows as a set, ascending.
type Sets = Vec<(u32, RowSet)>;

/// The most pieces, of so many bytes each, that a code has without a set: a set takes at most four times the memory.
fn few_pieces(rows: u32, bytes: usize) -> usize {
    (rows as usize / 32 / bytes).max(4)
}

/// A run takes as much memory as two rows, and as much time as a few.
const ROWS_PER_RUN: usize = 3;

impl Postings {
    /// Finds the rows of each of `distinct` codes, given the code of each row.
    pub(crate) fn of_codes(codes: Vec<u32>, distinct: u32) -> Result<Self, Error> {
        let rows = codes.len() as u32;
        let (mut runs_of_values, mut runs_of_none, mut last) = (0, 0, None);
        for stretch in codes.chunks(STRETCH) {
            let (of_values, of_none) = count_runs(stretch, &mut last);
            runs_of_values += of_values;
            runs_of_none += of_none;
        }
        if are_runs(runs_of_values + runs_of_none, codes.len()) {
            return runs(heads_of(&codes), rows, distinct);
        }
        if runs_of_values as u32 == distinct - 1 { adjacent(codes, distinct) } else { scattered(codes, distinct) }
    }

    /// The same, given the first row of each run of rows with the same code; neighbours may have the same.
    pub(super) fn of_heads(heads: impl Iterator<Item = Head> + Clone, rows: u32, distinct: u32) -> Result<Self, Error> {
        let mut last = None;
        let heads = heads.filter(move |head| last.replace(head.code) != Some(head.code));
        if are_runs(heads.clone().count(), rows as usize) {
            return runs(heads, rows, distinct);
        }
        let mut codes = Vec::new();
        codes.try_reserve_exact(rows as usize).map_err(full)?;
        for head in heads {
            codes.resize(head.start as usize, codes.last().copied().unwrap_or(ABSENT));
            codes.push(head.code);
        }
        codes.resize(rows as usize, codes.last().copied().unwrap_or(ABSENT));
        Self::of_codes(codes, distinct)
    }

    /// The rows of a code.
    pub(crate) fn rows_of(&self, code: u32) -> RowsOf<'_> {
        let pieces = match self {
            Postings::Runs { lists, .. } => RowsOf::Runs(lists.of(code)),
            Postings::Rows { lists, .. } => RowsOf::List(lists.of(code)),
            Postings::Adjacent { firsts, codes, .. } if code != ABSENT => RowsOf::Run(run_of(code, firsts, codes)),
            Postings::Adjacent { .. } => RowsOf::Runs(&[]),
        };
        match pieces {
            RowsOf::Runs([]) | RowsOf::List([]) => self.bitmap(code).map_or(pieces, RowsOf::Set),
            _ => pieces,
        }
    }

    /// The code of each row, where a column keeps them: its rows are too scattered to be found by code.
    pub(crate) fn codes(&self) -> Option<&[u32]> {
        match self {
            Postings::Runs { .. } => None,
            Postings::Adjacent { codes, .. } | Postings::Rows { codes, .. } => Some(codes),
        }
    }

    /// Adds the rows of a code to a set.
    pub(crate) fn add_rows(&self, code: u32, set: &mut RowSet) {
        match self.rows_of(code) {
            RowsOf::Run(run) => set.insert_range(run.start, run.end),
            RowsOf::Runs(runs) => runs.iter().for_each(|run| set.insert_range(run.start, run.end)),
            RowsOf::List(rows) => set.insert_all(rows),
            RowsOf::Set(rows) => set.unite(rows),
        }
    }

    /// Adds the rows of codes to a set, but for those that have a bitmap: these are told.
    pub(crate) fn add_all(&self, codes: &[u32], set: &mut RowSet, mut tell: impl FnMut(u32)) {
        match self {
            Postings::Rows { lists, .. } => lists.add(codes, set, tell),
            Postings::Runs { lists, .. } => {
                for code in codes {
                    match lists.of(*code) {
                        [] => tell(*code),
                        runs => runs.iter().for_each(|run| set.insert_range(run.start, run.end)),
                    }
                }
            }
            Postings::Adjacent { .. } => codes.iter().for_each(|code| self.add_rows(*code, set)),
        }
    }

    /// In how many pieces the rows of a code are added to a set.
    pub(crate) fn pieces(&self, code: u32) -> usize {
        match self {
            Postings::Runs { lists, .. } => lists.of(code).len(),
            Postings::Adjacent { .. } => 1,
            Postings::Rows { lists, .. } => lists.of(code).len(),
        }
    }

    /// The rows of a code, where they are kept as a set.
    #[inline]
    pub(crate) fn bitmap(&self, code: u32) -> Option<&RowSet> {
        match self {
            Postings::Adjacent { absent, .. } => (code == ABSENT).then_some(absent),
            Postings::Runs { sets, .. } | Postings::Rows { sets, .. } => {
                let place = sets.binary_search_by_key(&code, |(known, _)| *known).ok()?;
                sets.get(place).map(|(_, rows)| rows)
            }
        }
    }

    /// How many rows a code has.
    pub(crate) fn count(&self, code: u32) -> u32 {
        match self.rows_of(code) {
            RowsOf::Run(run) => run.end - run.start,
            RowsOf::Runs(runs) => runs.iter().map(|run| run.end - run.start).sum(),
            RowsOf::List(rows) => rows.len() as u32,
            RowsOf::Set(rows) => rows.count(),
        }
    }

    /// The code of each of `rows` rows.
    pub(super) fn codes_of_rows(&self, rows: u32, distinct: u32) -> Result<Cow<'_, [u32]>, Error> {
        if let Some(codes) = self.codes() {
            return Ok(Cow::Borrowed(codes));
        }
        let mut codes = filled(rows as usize, ABSENT).map_err(full)?;
        let mut fill = |run: &Run, code| {
            codes.get_mut(run.start as usize..run.end as usize).into_iter().for_each(|rows| rows.fill(code));
        };
        for code in 0..distinct {
            match self.rows_of(code) {
                RowsOf::Run(run) => fill(&run, code),
                RowsOf::Runs(runs) => runs.iter().for_each(|run| fill(run, code)),
                RowsOf::List(rows) => rows.iter().for_each(|row| fill(&Run { start: *row, end: row + 1 }, code)),
                RowsOf::Set(rows) => rows.rows().for_each(|row| fill(&Run { start: row, end: row + 1 }, code)),
            }
        }
        Ok(Cow::Owned(codes))
    }

    /// The first row of a code that has one run, where that is known of every code but that of no value.
    pub(super) fn first_of_run(&self, code: u32) -> Option<u32> {
        match self {
            Postings::Adjacent { firsts, .. } => firsts.get(code as usize).copied(),
            Postings::Runs { .. } | Postings::Rows { .. } => None,
        }
    }

    /// How many rows each of `distinct` codes has.
    pub(crate) fn counts(&self, distinct: u32) -> Result<Vec<u32>, Error> {
        let mut counts = Vec::new();
        counts.try_reserve_exact(distinct as usize).map_err(|_| Error::out_of_memory("counting values"))?;
        match self {
            Postings::Runs { .. } | Postings::Adjacent { .. } => {
                counts.extend((0..distinct).map(|code| self.count(code)));
            }
            Postings::Rows { lists, sets, .. } => {
                counts.extend(lists.counts());
                for (code, rows) in sets {
                    if let Some(count) = counts.get_mut(*code as usize) {
                        *count = rows.count();
                    }
                }
            }
        }
        Ok(counts)
    }
}

/// Whether so many runs of rows are worth being kept as runs.
fn are_runs(runs: usize, rows: usize) -> bool {
    runs * ROWS_PER_RUN <= rows || rows < 64
}

/// The first row of each run of rows with the same code.
#[inline]
pub(super) fn heads_of(codes: &[u32]) -> impl Iterator<Item = Head> + Clone {
    let before = std::iter::once(None).chain(codes.iter().copied().map(Some));
    let starts = (0u32..).zip(codes).zip(before).filter(|((_, code), before)| Some(**code) != *before);
    starts.map(|((start, code), _)| Head { start, code: *code })
}

fn runs(heads: impl Iterator<Item = Head> + Clone, rows: u32, distinct: u32) -> Result<Postings, Error> {
    let mut sets = Sets::new();
    let lists = RunLists::new(heads, rows, distinct, few_pieces(rows, size_of::<Run>()), |code, runs| {
        let mut set = RowSet::empty(rows)?;
        runs.iter().for_each(|run| set.insert_range(run.start, run.end));
        sets.push((code, set));
        Ok(())
    })?;
    Ok(Postings::Runs { lists, sets })
}

/// How many runs of rows with the same code begin in a part of a column: of values, and of none.
#[inline(never)]
fn count_runs(codes: &[u32], last: &mut Option<u32>) -> (usize, usize) {
    let (mut of_values, mut of_none) = (0, 0);
    for code in codes {
        let begins = last.replace(*code) != Some(*code);
        of_values += usize::from(begins && *code != ABSENT);
        of_none += usize::from(begins && *code == ABSENT);
    }
    (of_values, of_none)
}

/// `codes`, in which each code but that of no value has one run.
fn adjacent(codes: Vec<u32>, distinct: u32) -> Result<Postings, Error> {
    let mut absent = RowSet::empty(codes.len() as u32)?;
    let mut firsts = filled(distinct as usize, 0).map_err(full)?;
    let mut last = ABSENT;
    for (stretch, first) in codes.chunks(STRETCH).zip((0..).step_by(STRETCH)) {
        put_firsts(stretch, first, &mut last, &mut firsts, &mut absent);
    }
    Ok(Postings::Adjacent { firsts, absent, codes })
}

#[inline(never)]
fn put_firsts(codes: &[u32], first: u32, last: &mut u32, firsts: &mut [u32], absent: &mut RowSet) {
    for (row, code) in (first..).zip(codes) {
        if *code == ABSENT {
            absent.insert(row);
        } else if *code != *last
            && let Some(first) = firsts.get_mut(*code as usize)
        {
            *first = row;
        }
        *last = *code;
    }
}

/// The only run of a code.
#[inline]
fn run_of(code: u32, firsts: &[u32], codes: &[u32]) -> Run {
    match firsts.get(code as usize) {
        Some(start) => Run { start: *start, end: start + equal_from(codes, *start) },
        None => Run::default(),
    }
}

/// How many rows from one on have the same code as it.
#[inline]
fn equal_from(codes: &[u32], start: u32) -> u32 {
    let rest = codes.get(start as usize..).unwrap_or_default();
    rest.iter().take_while(|code| Some(*code) == rest.first()).count() as u32
}

fn scattered(codes: Vec<u32>, distinct: u32) -> Result<Postings, Error> {
    let rows = codes.len() as u32;
    let mut sets = Sets::new();
    let lists = RowLists::new(&codes, distinct, few_pieces(rows, size_of::<u32>()), |code, list| {
        let mut set = RowSet::empty(rows)?;
        set.insert_all(list);
        sets.push((code, set));
        Ok(())
    })?;
    Ok(Postings::Rows { lists, sets, codes })
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("indexing a column")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_rows_and_bitmaps_hold_the_same_rows() {
        let scattered: Vec<u32> = (0..1000).map(|row| if row % 3 == 0 { 1 } else { row % 100 }).collect();
        let sorted: Vec<u32> = (0..1000).map(|row| row / 37 % 5).collect();
        let adjacent: Vec<u32> = (0..1000).map(|row| if row % 3 == 0 { 0 } else { row / 3 + 1 }).collect();
        // One run and two runs more than there are values.
        let [one_more, two_more] = [[1].as_slice(), &[1, 2]].map(|more| [adjacent.as_slice(), more].concat());
        // As many runs without a value as there are values.
        let alternating: Vec<u32> = (0..100).map(|row| if row % 4 == 0 { 0 } else { row * 7 % 25 + 1 }).collect();
        assert!(matches!(Postings::of_codes(scattered.clone(), 101), Ok(Postings::Rows { .. })));
        assert!(matches!(Postings::of_codes(sorted.clone(), 5), Ok(Postings::Runs { .. })));
        assert!(matches!(Postings::of_codes(adjacent.clone(), 334), Ok(Postings::Adjacent { .. })));
        for (codes, distinct) in [
            (scattered, 101),
            (sorted, 5),
            (adjacent, 334),
            (one_more, 334),
            (two_more, 334),
            (alternating, 26),
            (vec![], 1),
            (vec![0], 2),
        ] {
            let postings = Postings::of_codes(codes.clone(), distinct).unwrap();
            let again = Postings::of_heads(heads_of(&codes), codes.len() as u32, distinct).unwrap();
            let counts = postings.counts(distinct).unwrap();
            for (code, postings) in (0..distinct).flat_map(|code| [(code, &postings), (code, &again)]) {
                let expected: Vec<u32> = (0..).zip(&codes).filter(|(_, of)| **of == code).map(|(row, _)| row).collect();
                let mut set = RowSet::empty(codes.len() as u32).unwrap();
                postings.add_rows(code, &mut set);
                assert!(set.rows().eq(expected.iter().copied()), "code {code}");
                assert_eq!(postings.count(code), expected.len() as u32);
                assert_eq!(counts[code as usize], expected.len() as u32);
                assert_eq!(
                    postings.rows_of(code).count_in(&RowSet::full(codes.len() as u32).unwrap()),
                    counts[code as usize]
                );
                assert!(postings.bitmap(code).is_none_or(|rows| *rows == set));
                assert!(postings.pieces(code) > 0 || postings.bitmap(code).is_some() || expected.is_empty());
            }
            let third: Vec<u32> = (0..distinct).step_by(3).collect();
            let mut set = RowSet::empty(codes.len() as u32).unwrap();
            let mut others = Vec::new();
            postings.add_all(&third, &mut set, |code| others.push(code));
            others.into_iter().for_each(|code| postings.add_rows(code, &mut set));
            assert!(set.rows().eq((0..).zip(&codes).filter(|(_, code)| third.contains(code)).map(|(row, _)| row)));
        }
    }

    #[test]
    fn a_column_is_kept_in_the_form_that_suits_it() {
        assert!(are_runs(100, 300) && !are_runs(101, 302));
        assert!(are_runs(63, 63) && !are_runs(64, 64));
        // A set is kept of what is in five pieces or more, until that takes four times the memory.
        let code = |row: u32| match (row % 32, row / 32) {
            (0, _) => 1,
            (1, ..5) => 2,
            (2, ..4) => 3,
            _ => 4 + row,
        };
        let postings = Postings::of_codes((0..320).map(code).collect(), 324).unwrap();
        assert_eq!([1, 2, 3].map(|code| postings.count(code)), [10, 5, 4]);
        assert_eq!([1, 2, 3].map(|code| postings.bitmap(code).is_some()), [true, true, false]);
        assert_eq!([1, 2, 3].map(|code| postings.pieces(code)), [0, 0, 4]);
        assert_eq!([few_pieces(320, 4), few_pieces(1_024, 4), few_pieces(1_024, 8)], [4, 8, 4]);
    }
}
