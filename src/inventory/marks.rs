//! What an inventory knows of its rows besides their fields: where groups end, what an export observed.

use super::row_set::RowSet;
use crate::error::Error;

/// What an export says of a row besides its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Observation {
    pub(super) charged: Option<bool>,
    pub(super) scannable: bool,
    pub(super) last_scan_time: Option<i64>,
}

impl Observation {
    /// Joins two observations of one image: charged where either says so, scanned at the later time, and
    /// not scannable where either says so.
    pub(super) fn merge(&mut self, other: Observation) {
        self.charged = self.charged.max(other.charged);
        self.scannable &= other.scannable;
        self.last_scan_time = self.last_scan_time.max(other.last_scan_time);
    }
}

/// The marks of all rows.
pub(crate) struct Marks {
    /// The last row of each group of rows that share what they are grouped by.
    pub(crate) group_ends: RowSet,
    /// Rows that are said to be charged already, and rows that are said not to be.
    pub(crate) said_charged: RowSet,
    pub(crate) said_not_charged: RowSet,
    /// Rows that can be scanned.
    pub(crate) scannable: RowSet,
    /// When each row was last scanned, in milliseconds since 1970, or [`NEVER`]; empty where no row was.
    pub(crate) last_scan_times: Vec<i64>,
}

/// Stands for a time at which nothing was scanned.
pub(crate) const NEVER: i64 = i64::MIN;

impl Marks {
    /// The marks of rows of which nothing is known yet.
    pub(super) fn new(rows: u32) -> Result<Self, Error> {
        Ok(Self {
            group_ends: RowSet::empty(rows)?,
            said_charged: RowSet::empty(rows)?,
            said_not_charged: RowSet::empty(rows)?,
            scannable: RowSet::empty(rows)?,
            last_scan_times: Vec::new(),
        })
    }

    /// Notes what was observed of a row. Rows are noted in ascending order.
    pub(super) fn note(&mut self, row: u32, observation: &Observation) -> Result<(), Error> {
        match observation.charged {
            Some(true) => self.said_charged.insert(row),
            Some(false) => self.said_not_charged.insert(row),
            None => {}
        }
        if observation.scannable {
            self.scannable.insert(row);
        }
        if let Some(time) = observation.last_scan_time {
            let length = row as usize + 1;
            let more = length.saturating_sub(self.last_scan_times.len());
            self.last_scan_times.try_reserve(more).map_err(|_| Error::out_of_memory("keeping scan times"))?;
            self.last_scan_times.resize(length, NEVER);
            if let Some(last) = self.last_scan_times.last_mut() {
                *last = time;
            }
        }
        Ok(())
    }
}
