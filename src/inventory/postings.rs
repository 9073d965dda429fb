//! Postings: the rows that hold each value of a column, in the form that suits the column.
//!
//! Rows lie in the order of repositories, so a value of most columns has its rows in a few runs. A column
//! whose values are scattered keeps a list of rows for each, and a bitmap for those that are as long.

mod saved;

use std::borrow::Cow;

use super::dictionary::ABSENT;
use super::row_set::RowSet;
use super::rows_of::RowsOf;
use super::sort::sort_by_code;
use crate::error::Error;

/// The rows of each code of a column.
pub(crate) enum Postings {
    /// Runs of rows, ascending.
    Runs(Lists<Run>),
    /// One run for each code.
    Adjacent {
        /// The first row of each code's run.
        firsts: Vec<u32>,
        /// The rows without a value, wherever they are.
        absent: RowSet,
        /// The code of each row.
        codes: Vec<u32>,
    },
    /// Rows, ascending; those of the most frequent codes stand in `dense` instead.
    Rows {
        lists: Lists<u32>,
        dense: Vec<(u32, RowSet)>,
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

/// A list for each code, one after the other.
pub(crate) struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

/// A list of rows longer than one in so many takes more memory than a bitmap.
const ROWS_PER_BITMAP: u32 = 32;

/// Lists of rows that are looked for together: as many as do not wait for each other.
const TOGETHER: usize = 64;

/// A run takes as much memory as two rows, and as much time as a few.
const ROWS_PER_RUN: usize = 3;

impl Postings {
    /// Finds the rows of each of `distinct` codes, given the code of each row.
    pub(crate) fn of_codes(codes: Vec<u32>, distinct: u32) -> Result<Self, Error> {
        let rows = codes.len() as u32;
        if are_runs(heads_of(&codes).count(), codes.len()) {
            return Ok(Postings::Runs(runs(heads_of(&codes), rows, distinct)?));
        }
        let runs_of_values = heads_of(&codes).filter(|head| head.code != ABSENT).count();
        if runs_of_values as u32 == distinct - 1 { adjacent(codes, distinct) } else { scattered(codes, distinct) }
    }

    /// The same, given the first row of each run of rows with the same code; neighbours may have the same.
    pub(super) fn of_heads(heads: impl Iterator<Item = Head> + Clone, rows: u32, distinct: u32) -> Result<Self, Error> {
        let mut last = None;
        let heads = heads.filter(move |head| last.replace(head.code) != Some(head.code));
        if are_runs(heads.clone().count(), rows as usize) {
            return Ok(Postings::Runs(runs(heads, rows, distinct)?));
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
        match self {
            Postings::Runs(lists) => RowsOf::Runs(lists.of(code)),
            Postings::Adjacent { absent, .. } if code == ABSENT => RowsOf::Set(absent),
            Postings::Adjacent { firsts, codes, .. } => RowsOf::Run(run_of(code, firsts, codes)),
            Postings::Rows { lists, dense, .. } => match dense.iter().find(|(known, _)| *known == code) {
                Some((_, rows)) => RowsOf::Set(rows),
                None => RowsOf::List(lists.of(code)),
            },
        }
    }

    /// The code of each row, where a column keeps them: its rows are too scattered to be found by code.
    pub(crate) fn codes(&self) -> Option<&[u32]> {
        match self {
            Postings::Runs(_) => None,
            Postings::Adjacent { codes, .. } | Postings::Rows { codes, .. } => Some(codes),
        }
    }

    /// Adds the rows of a code to a set.
    pub(crate) fn add_rows(&self, code: u32, set: &mut RowSet) {
        match self {
            Postings::Runs(lists) => lists.of(code).iter().for_each(|run| set.insert_range(run.start, run.end)),
            Postings::Adjacent { absent, .. } if code == ABSENT => set.unite(absent),
            Postings::Adjacent { firsts, codes, .. } => {
                let run = run_of(code, firsts, codes);
                set.insert_range(run.start, run.end);
            }
            Postings::Rows { lists, .. } => match self.bitmap(code) {
                Some(rows) => set.unite(rows),
                None => set.insert_all(lists.of(code)),
            },
        }
    }

    /// Adds the rows of many codes to a set.
    pub(crate) fn add_rows_of(&self, codes: &[u32], set: &mut RowSet) {
        let Postings::Rows { lists, .. } = self else {
            return codes.iter().for_each(|code| self.add_rows(*code, set));
        };
        for codes in codes.chunks(TOGETHER) {
            // Each loop asks for memory that is far away, without waiting for what it asked for before: where the
            // lists are, then their beginnings. Most lists are short.
            let mut found = [(None, [].as_slice()); TOGETHER];
            for ((_, list), code) in found.iter_mut().zip(codes) {
                *list = lists.of(*code);
            }
            for (first, list) in &mut found {
                if let [row, others @ ..] = list {
                    (*first, *list) = (Some(*row), others);
                }
            }
            for ((first, others), code) in found.iter().zip(codes) {
                match first {
                    Some(row) => {
                        set.insert(*row);
                        set.insert_all(others);
                    }
                    None => self.add_rows(*code, set),
                }
            }
        }
    }

    /// In how many pieces [`Postings::add_rows`] adds the rows of a code, where they are not kept as a set.
    pub(crate) fn pieces(&self, code: u32) -> usize {
        match self {
            Postings::Runs(lists) => lists.of(code).len(),
            Postings::Adjacent { .. } => 1,
            Postings::Rows { lists, .. } => lists.of(code).len(),
        }
    }

    /// The rows of a code, where they are kept as a set.
    pub(crate) fn bitmap(&self, code: u32) -> Option<&RowSet> {
        match self {
            Postings::Runs(_) => None,
            Postings::Adjacent { absent, .. } => (code == ABSENT).then_some(absent),
            Postings::Rows { dense, .. } => {
                let place = dense.binary_search_by_key(&code, |(known, _)| *known).ok()?;
                dense.get(place).map(|(_, rows)| rows)
            }
        }
    }

    /// How many rows a code has.
    pub(crate) fn count(&self, code: u32) -> u32 {
        match self {
            Postings::Runs(lists) => lists.of(code).iter().map(|run| run.end - run.start).sum(),
            Postings::Adjacent { absent, .. } if code == ABSENT => absent.count(),
            Postings::Adjacent { firsts, codes, .. } => {
                let run = run_of(code, firsts, codes);
                run.end - run.start
            }
            Postings::Rows { lists, .. } => match self.bitmap(code) {
                Some(rows) => rows.count(),
                None => lists.of(code).len() as u32,
            },
        }
    }

    /// The code of each of `rows` rows.
    pub(super) fn codes_of_rows(&self, rows: u32) -> Result<Cow<'_, [u32]>, Error> {
        let lists = match self {
            Postings::Adjacent { codes, .. } | Postings::Rows { codes, .. } => return Ok(Cow::Borrowed(codes)),
            Postings::Runs(lists) => lists,
        };
        let mut codes = Vec::new();
        codes.try_reserve_exact(rows as usize).map_err(full)?;
        codes.resize(rows as usize, ABSENT);
        for code in (0..).take(lists.starts.len()) {
            for run in lists.of(code) {
                codes.get_mut(run.start as usize..run.end as usize).into_iter().for_each(|rows| rows.fill(code));
            }
        }
        Ok(Cow::Owned(codes))
    }

    /// Adds the last row of each group to a set, where groups are those of the same code and rows without a value are
    /// groups by themselves; says whether each code has its rows in one run.
    pub(super) fn add_group_ends(&self, set: &mut RowSet) -> bool {
        self.add_rows(ABSENT, set);
        match self {
            Postings::Runs(lists) => {
                lists.items.iter().for_each(|run| set.insert(run.end - 1));
                lists.starts.iter().zip(lists.starts.iter().skip(1)).skip(1).all(|(start, end)| end - start == 1)
            }
            Postings::Adjacent { codes, .. } => {
                let others = codes.get(1..).unwrap_or_default();
                for (place, (codes, next)) in codes.chunks(64).zip(others.chunks(64)).enumerate() {
                    set.add_to_word(place, saved::mask(codes.iter().zip(next).map(|(code, next)| code != next)));
                }
                (codes.len() as u32).checked_sub(1).into_iter().for_each(|last| set.insert(last));
                true
            }
            Postings::Rows { .. } => false,
        }
    }

    /// The first row of a code that has one run, where that is known of every code but that of no value.
    pub(super) fn first_of_run(&self, code: u32) -> Option<u32> {
        match self {
            Postings::Adjacent { firsts, .. } => firsts.get(code as usize).copied(),
            Postings::Runs(_) | Postings::Rows { .. } => None,
        }
    }

    /// How many rows each of `distinct` codes has.
    pub(crate) fn counts(&self, distinct: u32) -> Result<Vec<u32>, Error> {
        let mut counts = Vec::new();
        counts.try_reserve_exact(distinct as usize).map_err(|_| Error::out_of_memory("counting values"))?;
        match self {
            Postings::Runs(_) | Postings::Adjacent { .. } => counts.extend((0..distinct).map(|code| self.count(code))),
            Postings::Rows { lists, dense, .. } => {
                let ends = lists.starts.iter().skip(1);
                counts.extend(lists.starts.iter().zip(ends).map(|(start, end)| end - start));
                for (code, rows) in dense {
                    if let Some(count) = counts.get_mut(*code as usize) {
                        *count = rows.count();
                    }
                }
            }
        }
        Ok(counts)
    }
}

impl<T> Lists<T> {
    /// The list of a code.
    pub(crate) fn of(&self, code: u32) -> &[T] {
        let start_of = |code: usize| self.starts.get(code).map_or(0, |start| *start as usize);
        self.items.get(start_of(code as usize)..start_of(code as usize + 1)).unwrap_or_default()
    }
}

/// Whether so many runs of rows are worth being kept as runs.
fn are_runs(runs: usize, rows: usize) -> bool {
    runs * ROWS_PER_RUN <= rows || rows < 64
}

/// The first row of each run of rows with the same code.
pub(super) fn heads_of(codes: &[u32]) -> impl Iterator<Item = Head> + Clone {
    let before = std::iter::once(None).chain(codes.iter().copied().map(Some));
    let starts = (0u32..).zip(codes).zip(before).filter(|((_, code), before)| Some(**code) != *before);
    starts.map(|((start, code), _)| Head { start, code: *code })
}

fn runs(heads: impl Iterator<Item = Head> + Clone, rows: u32, distinct: u32) -> Result<Lists<Run>, Error> {
    let (list_starts, positions) = sort_by_code(heads.clone().map(|head| head.code), distinct)?;
    let mut starts: Vec<u32> = Vec::new();
    starts.try_reserve_exact(positions.len() + 1).map_err(full)?;
    starts.extend(heads.map(|head| head.start));
    starts.push(rows);
    let mut items = Vec::new();
    items.try_reserve_exact(positions.len()).map_err(full)?;
    items.extend(positions.iter().filter_map(
        |position| match starts.get(*position as usize..*position as usize + 2)? {
            &[start, end] => Some(Run { start, end }),
            _ => None,
        },
    ));
    Ok(Lists { starts: list_starts, items })
}

/// `codes`, in which each code but that of no value has one run.
fn adjacent(codes: Vec<u32>, distinct: u32) -> Result<Postings, Error> {
    let mut absent = RowSet::empty(codes.len() as u32)?;
    let mut firsts = Vec::new();
    firsts.try_reserve_exact(distinct as usize).map_err(full)?;
    firsts.resize(distinct as usize, 0);
    for head in heads_of(&codes) {
        if head.code == ABSENT {
            let end = head.start + equal_from(&codes, head.start);
            absent.insert_range(head.start, end);
        } else if let Some(first) = firsts.get_mut(head.code as usize) {
            *first = head.start;
        }
    }
    Ok(Postings::Adjacent { firsts, absent, codes })
}

/// The only run of a code.
fn run_of(code: u32, firsts: &[u32], codes: &[u32]) -> Run {
    match firsts.get(code as usize) {
        Some(start) => Run { start: *start, end: start + equal_from(codes, *start) },
        None => Run::default(),
    }
}

/// How many rows from one on have the same code as it.
fn equal_from(codes: &[u32], start: u32) -> u32 {
    let rest = codes.get(start as usize..).unwrap_or_default();
    rest.iter().take_while(|code| Some(*code) == rest.first()).count() as u32
}

fn scattered(codes: Vec<u32>, distinct: u32) -> Result<Postings, Error> {
    let rows = codes.len() as u32;
    let (starts, items) = sort_by_code(codes.iter().copied(), distinct)?;
    let all = Lists { starts, items };
    let mut dense = Vec::new();
    for code in 0..distinct {
        let list = all.of(code);
        if list.len() as u32 >= rows / ROWS_PER_BITMAP {
            let mut set = RowSet::empty(rows)?;
            list.iter().for_each(|row| set.insert(*row));
            dense.push((code, set));
        }
    }
    let lists = if dense.is_empty() { all } else { without(&all, distinct, &dense)? };
    Ok(Postings::Rows { lists, dense, codes })
}

/// The lists but those that stand as bitmaps.
fn without(all: &Lists<u32>, distinct: u32, dense: &[(u32, RowSet)]) -> Result<Lists<u32>, Error> {
    let is_dense = |code: u32| dense.binary_search_by_key(&code, |(known, _)| *known).is_ok();
    let (mut starts, mut items) = (Vec::new(), Vec::new());
    starts.try_reserve_exact(distinct as usize + 1).map_err(full)?;
    let kept = (0..distinct).filter(|code| !is_dense(*code)).map(|code| all.of(code).len()).sum();
    items.try_reserve_exact(kept).map_err(full)?;
    for code in 0..distinct {
        starts.push(items.len() as u32);
        if !is_dense(code) {
            items.extend_from_slice(all.of(code));
        }
    }
    starts.push(items.len() as u32);
    Ok(Lists { starts, items })
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
        let adjacent: Vec<u32> =
            (0..1000).map(|row| if row % 7 == 0 { 0 } else { row / 14 * 2 + row % 14 / 7 + 1 }).collect();
        for (codes, distinct) in [(scattered, 101), (sorted, 5), (adjacent, 144), (vec![], 1), (vec![0], 2)] {
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
            postings.add_rows_of(&third, &mut set);
            assert!(set.rows().eq((0..).zip(&codes).filter(|(_, code)| third.contains(code)).map(|(row, _)| row)));
        }
    }
}
