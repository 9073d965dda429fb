//! Postings: the rows that hold each value of a column, in the form that suits the column.
//!
//! Rows lie in the order of repositories, so a value of most columns has its rows in a few runs. A column
//! whose values are scattered keeps a list of rows for each, and a bitmap for those that are as long.

use super::row_set::RowSet;
use super::sort::sort_by_code;
use crate::error::Error;

/// The rows of each code of a column.
pub(crate) enum Postings {
    /// Runs of rows, ascending.
    Runs(Lists<Run>),
    /// Rows, ascending; those of the most frequent codes stand in `dense` instead.
    Rows {
        lists: Lists<u32>,
        dense: Vec<(u32, RowSet)>,
        /// The code of each row.
        codes: Vec<u32>,
        /// How many rows each code has.
        counts: Vec<u32>,
    },
}

/// Rows from `start` up to but without `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A list for each code, one after the other.
pub(crate) struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

/// A list of rows longer than one in so many takes more memory than a bitmap.
const ROWS_PER_BITMAP: u32 = 32;

/// A run takes as much memory as two rows, and as much time as a few.
const ROWS_PER_RUN: usize = 3;

impl Postings {
    /// Finds the rows of each of `distinct` codes, given the code of each row.
    pub(crate) fn build(codes: Vec<u32>, distinct: u32) -> Result<Self, Error> {
        let changes = codes.windows(2).filter(|pair| matches!(pair, [a, b] if a != b)).count();
        if (changes + 1) * ROWS_PER_RUN <= codes.len() || codes.len() < 64 {
            return Ok(Postings::Runs(runs(&codes, distinct)?));
        }
        rows(codes, distinct)
    }

    /// Adds the rows of a code to a set.
    pub(crate) fn add_rows(&self, code: u32, set: &mut RowSet) {
        match self {
            Postings::Runs(lists) => lists.of(code).iter().for_each(|run| set.insert_range(run.start, run.end)),
            Postings::Rows { lists, dense, .. } => match dense.iter().find(|(known, _)| *known == code) {
                Some((_, rows)) => set.unite(rows),
                None => lists.of(code).iter().for_each(|row| set.insert(*row)),
            },
        }
    }

    /// How many rows a code has.
    pub(crate) fn count(&self, code: u32) -> u32 {
        match self {
            Postings::Runs(lists) => lists.of(code).iter().map(|run| run.end - run.start).sum(),
            Postings::Rows { counts, .. } => counts.get(code as usize).copied().unwrap_or(0),
        }
    }
}

impl<T> Lists<T> {
    /// The list of a code.
    pub(crate) fn of(&self, code: u32) -> &[T] {
        let start_of = |code: usize| self.starts.get(code).map_or(0, |start| *start as usize);
        self.items.get(start_of(code as usize)..start_of(code as usize + 1)).unwrap_or_default()
    }
}

fn runs(codes: &[u32], distinct: u32) -> Result<Lists<Run>, Error> {
    let heads = || {
        let before = std::iter::once(None).chain(codes.iter().map(Some));
        (0u32..)
            .zip(codes)
            .zip(before)
            .filter(|((_, code), before)| Some(*code) != *before)
            .map(|((row, code), _)| (row, *code))
    };
    let mut run_codes: Vec<u32> = Vec::new();
    let mut starts: Vec<u32> = Vec::new();
    let full = |_| Error::out_of_memory("indexing a column");
    let length = heads().count();
    run_codes.try_reserve_exact(length).map_err(full)?;
    starts.try_reserve_exact(length + 1).map_err(full)?;
    for (row, code) in heads() {
        run_codes.push(code);
        starts.push(row);
    }
    starts.push(codes.len() as u32);
    let (list_starts, places) = sort_by_code(&run_codes, distinct)?;
    let mut items = Vec::new();
    items.try_reserve_exact(length).map_err(full)?;
    items.extend(places.iter().filter_map(|place| match starts.get(*place as usize..*place as usize + 2)? {
        &[start, end] => Some(Run { start, end }),
        _ => None,
    }));
    Ok(Lists { starts: list_starts, items })
}

fn rows(codes: Vec<u32>, distinct: u32) -> Result<Postings, Error> {
    let rows = codes.len() as u32;
    let (starts, items) = sort_by_code(&codes, distinct)?;
    let counts: Vec<u32> =
        starts.windows(2).map(|pair| pair.last().unwrap_or(&0) - pair.first().unwrap_or(&0)).collect();
    let all = Lists { starts, items };
    let mut dense = Vec::new();
    for (code, count) in (0..).zip(&counts) {
        if *count >= rows / ROWS_PER_BITMAP {
            let mut set = RowSet::empty(rows)?;
            all.of(code).iter().for_each(|row| set.insert(*row));
            dense.push((code, set));
        }
    }
    let lists = if dense.is_empty() { all } else { without(&all, &counts, &dense)? };
    Ok(Postings::Rows { lists, dense, codes, counts })
}

/// The lists but those that stand as bitmaps.
fn without(all: &Lists<u32>, counts: &[u32], dense: &[(u32, RowSet)]) -> Result<Lists<u32>, Error> {
    let full = |_| Error::out_of_memory("indexing a column");
    let is_dense = |code: u32| dense.binary_search_by_key(&code, |(known, _)| *known).is_ok();
    let (mut starts, mut items) = (Vec::new(), Vec::new());
    starts.try_reserve_exact(counts.len() + 1).map_err(full)?;
    let kept = (0..).zip(counts).filter(|(code, _)| !is_dense(*code)).map(|(_, count)| *count as usize).sum();
    items.try_reserve_exact(kept).map_err(full)?;
    for code in 0..counts.len() as u32 {
        starts.push(items.len() as u32);
        if !is_dense(code) {
            items.extend_from_slice(all.of(code));
        }
    }
    starts.push(items.len() as u32);
    Ok(Lists { starts, items })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_rows_and_bitmaps_hold_the_same_rows() {
        let scattered: Vec<u32> = (0..1000).map(|row| if row % 3 == 0 { 1 } else { row % 100 }).collect();
        let sorted: Vec<u32> = (0..1000).map(|row| row / 37 % 5).collect();
        for (codes, distinct) in [(scattered, 101), (sorted, 5), (vec![], 1), (vec![0], 2)] {
            let postings = Postings::build(codes.clone(), distinct).unwrap();
            for code in 0..distinct {
                let expected: Vec<u32> = (0..).zip(&codes).filter(|(_, of)| **of == code).map(|(row, _)| row).collect();
                let mut set = RowSet::empty(codes.len() as u32).unwrap();
                postings.add_rows(code, &mut set);
                assert!(set.rows().eq(expected.iter().copied()), "code {code}");
                assert_eq!(postings.count(code), expected.len() as u32);
            }
        }
    }
}
