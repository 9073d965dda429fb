//! Lists of the runs of rows of each code.

use super::postings::{Head, Run};
use super::sort::sort_by_code;
use crate::error::Error;

/// A list of runs for each code, ascending; but for those that are kept elsewhere.
pub(crate) struct RunLists {
    /// Where the list of each code begins, and where that of the last one ends.
    starts: Vec<u32>,
    runs: Vec<Run>,
}

impl RunLists {
    /// Finds the runs of each of `distinct` codes, given the first row of each. Of a list longer than `longest`,
    /// `keep` is told; it stands empty.
    pub(super) fn new(
        heads: impl Iterator<Item = Head> + Clone,
        rows: u32,
        distinct: u32,
        longest: usize,
        mut keep: impl FnMut(u32, &[Run]) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let (mut codes, mut firsts) = (Vec::new(), Vec::new());
        let count = heads.clone().count();
        codes.try_reserve_exact(count).map_err(full)?;
        firsts.try_reserve_exact(count + 1).map_err(full)?;
        for head in heads {
            codes.push(head.code);
            firsts.push(head.start);
        }
        firsts.push(rows);
        let (mut starts, positions) = sort_by_code(&codes, distinct)?;
        drop(codes);
        let run = |position: &u32| match firsts.get(*position as usize..)? {
            [start, end, ..] => Some(Run { start: *start, end: *end }),
            _ => None,
        };
        let mut runs = Vec::new();
        runs.try_reserve_exact(positions.len()).map_err(full)?;
        for code in 0..distinct {
            let Some([start, end, ..]) = starts.get_mut(code as usize..) else { break };
            let list = positions.get(*start as usize..*end as usize).unwrap_or_default();
            let begin = runs.len();
            *start = begin as u32;
            runs.extend(list.iter().filter_map(run));
            if list.len() > longest {
                keep(code, runs.get(begin..).unwrap_or_default())?;
                runs.truncate(begin);
            }
        }
        if let Some(last) = starts.last_mut() {
            *last = runs.len() as u32;
        }
        runs.shrink_to_fit();
        Ok(Self { starts, runs })
    }

    /// The runs of a code.
    pub(crate) fn of(&self, code: u32) -> &[Run] {
        let Some([start, end, ..]) = self.starts.get(code as usize..) else { return &[] };
        self.runs.get(*start as usize..*end as usize).unwrap_or_default()
    }
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("indexing a column")
}
