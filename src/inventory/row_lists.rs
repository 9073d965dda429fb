//! Lists of the rows of each code. Most codes have one row, which stands in the place of a list.

use super::row_set::RowSet;
use super::sort::sort_by_code;
use crate::error::Error;

/// A list of rows for each code, ascending; but for those that are kept elsewhere.
pub(crate) struct RowLists {
    /// The only row of each code; or, with [`LISTED`], where in `lists` its list begins.
    heads: Vec<u32>,
    /// Lists one after the other: how many rows, and the rows. The first one is empty.
    lists: Vec<u32>,
}

/// Tells places of lists from rows: no inventory has a row with this bit.
const LISTED: u32 = 1 << 31;

/// Codes that are looked up together: as many as do not wait for each other.
const TOGETHER: usize = 64;

impl RowLists {
    /// Finds the rows of each of `distinct` codes, given the code of each row. Of a list longer than `longest`,
    /// `keep` is told; it stands empty.
    pub(super) fn new(
        codes: &[u32],
        distinct: u32,
        longest: usize,
        mut keep: impl FnMut(u32, &[u32]) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let (mut starts, rows) = sort_by_code(codes, distinct)?;
        let listed = |length| if length > 1 && length <= longest { length + 1 } else { 0 };
        let room = starts.windows(2).map(|bounds| match bounds {
            [start, end] => listed((end - start) as usize),
            _ => 0,
        });
        let room = 1 + room.sum::<usize>();
        let mut lists = Vec::new();
        // Places have a bit less than rows.
        lists.try_reserve_exact(if room < LISTED as usize { room } else { usize::MAX }).map_err(full)?;
        lists.push(0);
        // A start is not needed any more once its list is done with, so that the heads can stand in its place.
        for code in 0..distinct {
            let Some([head, end, ..]) = starts.get_mut(code as usize..) else { break };
            let list = rows.get(*head as usize..*end as usize).unwrap_or_default();
            *head = match list {
                [] => LISTED,
                [row] => *row,
                _ if list.len() > longest => {
                    keep(code, list)?;
                    LISTED
                }
                _ => {
                    let place = lists.len() as u32;
                    lists.push(list.len() as u32);
                    lists.extend_from_slice(list);
                    place | LISTED
                }
            };
        }
        starts.truncate(distinct as usize);
        Ok(Self { heads: starts, lists })
    }

    /// The rows of a code.
    pub(crate) fn of(&self, code: u32) -> &[u32] {
        match self.heads.get(code as usize) {
            Some(head) if head & LISTED == 0 => std::slice::from_ref(head),
            Some(head) => self.list(*head),
            None => &[],
        }
    }

    /// How many rows each code has.
    pub(crate) fn counts(&self) -> impl Iterator<Item = u32> {
        self.heads.iter().map(|head| if head & LISTED == 0 { 1 } else { self.list(*head).len() as u32 })
    }

    /// Adds the rows of codes to a set, and tells codes without any.
    pub(super) fn add(&self, codes: &[u32], set: &mut RowSet, mut tell: impl FnMut(u32)) {
        let mut added = 0;
        for codes in codes.chunks(TOGETHER) {
            // The first two loops ask for memory that is far away, without waiting for what was asked for before.
            let (mut heads, mut lengths) = ([0; TOGETHER], [0; TOGETHER]);
            for (head, code) in heads.iter_mut().zip(codes) {
                *head = self.heads.get(*code as usize).copied().unwrap_or(LISTED);
            }
            for ((length, head), _) in lengths.iter_mut().zip(heads).zip(codes) {
                let place = if head & LISTED == 0 { 0 } else { head & !LISTED };
                *length = self.lists.get(place as usize).copied().unwrap_or(0);
            }
            for ((code, head), length) in codes.iter().zip(heads).zip(lengths) {
                if head & LISTED == 0 {
                    set.insert(head);
                } else if length == 0 {
                    tell(*code);
                } else {
                    added = set.insert_many(self.list(head), added);
                }
            }
        }
    }

    fn list(&self, head: u32) -> &[u32] {
        let Some((length, rest)) = self.lists.get((head & !LISTED) as usize..).and_then(<[u32]>::split_first) else {
            return &[];
        };
        rest.get(..*length as usize).unwrap_or_default()
    }
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("indexing a column")
}
