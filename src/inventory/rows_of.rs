//! The rows of one value, in whichever form its column keeps them, and what can be counted of them.

use super::groups::{CountedGroups, GroupCounter, RunCounter};
use super::postings::Run;
use super::row_set::RowSet;

/// The rows of a value, ascending.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RowsOf<'a> {
    Run(Run),
    Runs(&'a [Run]),
    List(&'a [u32]),
    Set(&'a RowSet),
}

impl RowsOf<'_> {
    /// How many of the rows are in a set.
    pub(crate) fn count_in(self, set: &RowSet) -> u32 {
        match self {
            RowsOf::Run(run) => set.count_between(run.start, run.end),
            RowsOf::Runs(runs) => runs.iter().map(|run| set.count_between(run.start, run.end)).sum(),
            RowsOf::List(rows) => rows.iter().map(|row| u32::from(set.contains(*row))).sum(),
            RowsOf::Set(rows) => {
                let words = rows.words_from(0).iter().zip(set.words_from(0));
                words.map(|(word, other)| (word & other).count_ones()).sum()
            }
        }
    }

    /// How many groups the rows meet.
    pub(crate) fn groups(self, counted: CountedGroups) -> u32 {
        match self {
            RowsOf::Run(run) => {
                let mut counter = RunCounter::new(counted);
                counter.push(run);
                counter.groups()
            }
            RowsOf::Runs(runs) => {
                let mut counter = RunCounter::new(counted);
                runs.iter().for_each(|run| counter.push(*run));
                counter.groups()
            }
            RowsOf::List(rows) => {
                let mut counter = RunCounter::new(counted);
                rows.iter().for_each(|row| counter.push_row(*row));
                counter.groups()
            }
            RowsOf::Set(rows) => {
                let (mut counter, mut groups) = (GroupCounter::default(), 0);
                let met = rows.words_from(0).iter().zip(counted.by.words_from(0)).map(|(row, by)| row & by);
                let ends = counted.ends.words_from(0).iter().zip(counted.countable.words_from(0));
                for (met, (ends, countable)) in met.zip(ends) {
                    groups += (counter.met_ends(met, *ends) & countable).count_ones();
                }
                groups
            }
        }
    }
}
