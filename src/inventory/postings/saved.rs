//! Postings as flat arrays, and back: the code of each row is kept, in the shorter of two forms, and all else is found
//! from it as it is after a load.

use super::{Head, Postings, heads_of};
use crate::error::Error;
use crate::flat::{Reader, Writer, damaged, ensure};
use crate::inventory::dictionary::ABSENT;
use crate::inventory::row_set::RowSet;

/// The first row of each run of rows with the same code, and the code.
const HEADS: u64 = 1;

/// The code of each row.
const CODES: u64 = 2;

impl Postings {
    pub(in crate::inventory) fn save(&self, writer: &mut Writer, rows: u32, distinct: u32) -> Result<(), Error> {
        let codes = self.codes_of_rows(rows, distinct)?;
        if self.form() == CODES {
            writer.numbers([CODES, 0, 0, 0]);
            writer.u32s(&codes);
            return Ok(());
        }
        writer.numbers([HEADS, 0, 0, 0]);
        let count = heads_of(&codes).count();
        let mut heads = Vec::new();
        heads.try_reserve_exact(count).map_err(super::full)?;
        heads.extend(heads_of(&codes).map(|head| u64::from(head.code) << 32 | u64::from(head.start)));
        writer.u64s(&heads);
        Ok(())
    }

    /// Postings as they were saved: each of `rows` rows has one of `distinct` codes, of which each but that of no value
    /// has a row.
    pub(in crate::inventory) fn restore(reader: &mut Reader, rows: u32, distinct: u32) -> Result<Self, Error> {
        let form = match reader.numbers()? {
            [form @ (HEADS | CODES), 0, 0, 0] => form,
            _ => return Err(damaged()),
        };
        let postings = if form == CODES {
            let codes = reader.u32s()?;
            ensure(codes.len() == rows as usize)?;
            ensure_all_met(codes.iter().copied(), distinct)?;
            Postings::of_codes(codes, distinct)?
        } else {
            let heads = reader.array(|bytes| {
                let head = u64::from_le_bytes(bytes);
                Head { start: head as u32, code: (head >> 32) as u32 }
            })?;
            ensure(
                heads.first().map_or(rows, |head| head.start) == 0 && heads.last().is_none_or(|last| last.start < rows),
            )?;
            let are_runs =
                |pair: &[Head]| matches!(pair, [one, next] if one.start < next.start && one.code != next.code);
            ensure(heads.windows(2).all(are_runs))?;
            ensure_all_met(heads.iter().map(|head| head.code), distinct)?;
            Postings::of_heads(heads.iter().copied(), rows, distinct)?
        };
        // In the other form it was not saved.
        ensure(postings.form() == form)?;
        Ok(postings)
    }

    fn form(&self) -> u64 {
        if self.codes().is_some() { CODES } else { HEADS }
    }
}

/// All are codes, and each but that of no value is among them.
fn ensure_all_met(mut codes: impl Iterator<Item = u32>, distinct: u32) -> Result<(), Error> {
    let mut met = RowSet::empty(distinct)?;
    met.insert(ABSENT);
    let mut note = |code| {
        met.insert(code);
        code < distinct
    };
    ensure(codes.all(&mut note))?;
    ensure(met.count() == distinct)
}

/// Adds the last row of each group to a set, where groups are those of the same code and rows without a value are groups
/// by themselves; says whether each of `distinct` codes has its rows in one run.
pub(in crate::inventory) fn add_group_ends(codes: &[u32], distinct: u32, ends: &mut RowSet) -> bool {
    let others = codes.get(1..).unwrap_or_default();
    let mut groups = 0;
    for (place, (codes, next)) in codes.chunks(64).zip(others.chunks(64)).enumerate() {
        let (changes, absent) =
            codes.iter().zip(next).enumerate().fold((0, 0), |(changes, absent), (at, (code, next))| {
                (changes | u64::from(code != next) << at, absent | u64::from(*code == ABSENT) << at)
            });
        ends.add_to_word(place, changes | absent);
        groups += (changes & !absent).count_ones();
    }
    if let Some(last) = codes.last() {
        ends.insert(codes.len() as u32 - 1);
        groups += u32::from(*last != ABSENT);
    }
    groups == distinct - 1
}
