//! Postings as flat arrays, and back: of what can be told from another part, one part is kept.

use super::{ABSENT, Lists, Postings, Run, full};
use crate::error::Error;
use crate::flat::{Reader, Writer, damaged, ensure};
use crate::inventory::row_set::RowSet;

// The forms in which postings are kept.
const RUNS: u64 = 1;
const ADJACENT: u64 = 2;
const ROWS: u64 = 3;

/// Stands for a code or a row that is not known yet.
const UNKNOWN: u32 = u32::MAX;

impl Postings {
    pub(in crate::inventory) fn save(&self, writer: &mut Writer) {
        match self {
            Postings::Runs(lists) => {
                writer.numbers([RUNS, 0, 0, 0]);
                writer.u32s(&lists.starts);
                writer.array(&lists.items, |run| (u64::from(run.end) << 32 | u64::from(run.start)).to_le_bytes());
            }
            Postings::Adjacent { codes, .. } => {
                writer.numbers([ADJACENT, 0, 0, 0]);
                writer.u32s(codes);
            }
            Postings::Rows { lists, dense, .. } => {
                writer.numbers([ROWS, dense.len() as u64, 0, 0]);
                writer.u32s(&lists.starts);
                writer.u32s(&lists.items);
                for (code, rows) in dense {
                    writer.numbers([(*code).into(), 0, 0, 0]);
                    rows.save(writer);
                }
            }
        }
    }

    /// Postings as they were saved: each of `rows` rows is one code's, and each of `distinct` codes but that of no
    /// value has a row.
    pub(in crate::inventory) fn restore(reader: &mut Reader, rows: u32, distinct: u32) -> Result<Self, Error> {
        match reader.numbers()? {
            [RUNS, 0, 0, 0] => {
                let starts = reader.u32s()?;
                let items = reader.array(|bytes| {
                    let run = u64::from_le_bytes(bytes);
                    Run { start: run as u32, end: (run >> 32) as u32 }
                })?;
                let lists = Lists { starts, items };
                lists.ensure_lists_of(distinct)?;
                ensure_all_rows(&lists, rows, distinct)?;
                Ok(Postings::Runs(lists))
            }
            [ADJACENT, 0, 0, 0] => {
                let codes = reader.u32s()?;
                ensure(codes.len() == rows as usize)?;
                adjacent(codes, distinct)
            }
            [ROWS, dense, 0, 0] => {
                let lists = Lists { starts: reader.u32s()?, items: reader.u32s()? };
                lists.ensure_lists_of(distinct)?;
                let dense = restore_dense(reader, dense, rows, distinct)?;
                let codes = codes_of(&lists, &dense, rows, distinct)?;
                Ok(Postings::Rows { lists, dense, codes })
            }
            _ => Err(damaged()),
        }
    }
}

impl<T> Lists<T> {
    fn ensure_lists_of(&self, distinct: u32) -> Result<(), Error> {
        let mut before = 0;
        let ascending = self.starts.iter().all(|start| std::mem::replace(&mut before, *start) <= *start);
        ensure(ascending && before as usize == self.items.len() && self.starts.first() == Some(&0))?;
        ensure(self.starts.len() == distinct as usize + 1)
    }
}

/// Each row is in one run, runs of one code ascend and do not touch, and each code has one.
fn ensure_all_rows(lists: &Lists<Run>, rows: u32, distinct: u32) -> Result<(), Error> {
    let (mut covered, mut count) = (RowSet::empty(rows)?, 0u64);
    for code in 0..distinct {
        let list = lists.of(code);
        ensure(code == ABSENT || !list.is_empty())?;
        let mut before = None;
        for run in list {
            ensure(before < Some(run.start) && run.start < run.end && run.end <= rows)?;
            before = Some(run.end);
            count += u64::from(run.end - run.start);
            covered.insert_range(run.start, run.end);
        }
    }
    // As many rows as there are, of which none was covered twice, are all.
    ensure(count == u64::from(rows) && covered.count() == rows)
}

/// Each code but that of no value has one run.
fn adjacent(codes: Vec<u32>, distinct: u32) -> Result<Postings, Error> {
    let (mut runs, mut largest, mut before) = (0u32, ABSENT, ABSENT);
    for code in &codes {
        runs = runs.wrapping_add(u32::from(*code != before) & u32::from(*code != ABSENT));
        largest = largest.max(*code);
        before = *code;
    }
    let mut firsts = filled(distinct, UNKNOWN)?;
    for (row, code) in (0..codes.len() as u32).zip(&codes).rev() {
        if let Some(first) = firsts.get_mut(*code as usize) {
            *first = row;
        }
    }
    if let Some(first) = firsts.first_mut() {
        *first = 0;
    }
    // Where each code has a row and there are as many runs as codes, each code has one run.
    ensure(largest < distinct && runs == distinct - 1 && !firsts.contains(&UNKNOWN))?;
    let mut absent = RowSet::empty(codes.len() as u32)?;
    for (place, codes) in codes.chunks(64).enumerate() {
        absent.add_to_word(place, mask(codes.iter().map(|code| *code == ABSENT)));
    }
    Ok(Postings::Adjacent { firsts, absent, codes })
}

/// Bits of a word, the first the lowest.
pub(super) fn mask(bits: impl Iterator<Item = bool>) -> u64 {
    (0..64).zip(bits).fold(0, |word, (place, bit)| word | u64::from(bit) << place)
}

/// The bitmaps of some codes, which ascend.
fn restore_dense(reader: &mut Reader, count: u64, rows: u32, distinct: u32) -> Result<Vec<(u32, RowSet)>, Error> {
    let mut dense: Vec<(u32, RowSet)> = Vec::new();
    for _ in 0..count {
        let code = match reader.numbers()? {
            [code, 0, 0, 0] if code < distinct.into() => code as u32,
            _ => return Err(damaged()),
        };
        ensure(dense.last().is_none_or(|(before, _)| *before < code))?;
        dense.try_reserve(1).map_err(full)?;
        dense.push((code, RowSet::restore(reader, rows)?));
    }
    Ok(dense)
}

/// The code of each row, of which each is in one list or in one bitmap.
fn codes_of(lists: &Lists<u32>, dense: &[(u32, RowSet)], rows: u32, distinct: u32) -> Result<Vec<u32>, Error> {
    let mut codes = filled(rows, UNKNOWN)?;
    let mut count = lists.items.len() as u64;
    for (code, set) in dense {
        let rows = set.count();
        ensure(lists.of(*code).is_empty() && rows > 0)?;
        count += u64::from(rows);
        set.rows().for_each(|row| codes.get_mut(row as usize).into_iter().for_each(|known| *known = *code));
    }
    let mut dense = dense.iter().map(|(code, _)| *code).peekable();
    for code in 0..distinct {
        let is_dense = dense.next_if_eq(&code).is_some();
        let list = lists.of(code);
        let (mut ascending, mut next) = (code == ABSENT || is_dense || !list.is_empty(), 0);
        for row in list {
            ascending &= *row >= next;
            next = row.saturating_add(1);
            if let Some(known) = codes.get_mut(*row as usize) {
                *known = code;
            }
        }
        ensure(ascending)?;
    }
    // As many as there are rows, of which none is left out: none is there twice, or no row at all.
    ensure(count == u64::from(rows) && !codes.contains(&UNKNOWN))?;
    Ok(codes)
}

fn filled(count: u32, with: u32) -> Result<Vec<u32>, Error> {
    let mut list = Vec::new();
    list.try_reserve_exact(count as usize).map_err(full)?;
    list.resize(count as usize, with);
    Ok(list)
}
