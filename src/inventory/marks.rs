//! What an inventory knows of its rows besides their fields: where groups end, what an export observed.

use super::chunked::Chunked;
use super::row_set::RowSet;
use crate::error::Error;
use crate::flat::{Reader, Writer, ensure};
use crate::memory::filled;
use crate::record::Record;

/// Stands for a time at which nothing was scanned.
pub(crate) const NEVER: i64 = i64::MIN;

const SAID_CHARGED: u8 = 1;
const NOT_SCANNABLE: u8 = 2;

/// What was said of a row besides its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    flags: u8,
    last_scan_time: i64,
}

/// What exports say of rows besides their fields, in the order of arrival.
#[derive(Default)]
pub(super) struct Observations {
    flags: Chunked<u8>,
    /// Times of the last scan, up to the last row that has one.
    last_scan_times: Chunked<i64>,
}

impl Observations {
    pub(super) fn len(&self) -> usize {
        self.flags.len()
    }

    pub(super) fn push(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let mut flags = if record.charged == Some(true) { SAID_CHARGED } else { 0 };
        if record.scannable == Some(false) {
            flags |= NOT_SCANNABLE;
        }
        self.flags.push(flags).map_err(full)?;
        // A row that says it is not charged outweighs its own scan time, and nobody else's.
        if let (Some(time), None | Some(true)) = (record.last_scan_time, record.charged) {
            self.set_time(self.flags.len() - 1, time)?;
        }
        Ok(())
    }

    /// Joins what a repeated row says into what the first says: charged where either says so, scanned at the
    /// later time, and not scannable where either says so.
    pub(super) fn merge(&mut self, first: u32, repeated: u32) -> Result<(), Error> {
        let flags = self.flags_of(first) | self.flags_of(repeated);
        if let Some(first) = self.flags.get_mut(first as usize) {
            *first = flags;
        }
        let time = self.time_of(first).max(self.time_of(repeated));
        if time != NEVER {
            self.set_time(first as usize, time)?;
        }
        Ok(())
    }

    /// What was said of a row, given its place in the order of arrival.
    pub(super) fn of(&self, arrival: u32) -> Said {
        Said { flags: self.flags_of(arrival), last_scan_time: self.time_of(arrival) }
    }

    /// Whether any row was scanned.
    pub(super) fn has_times(&self) -> bool {
        self.last_scan_times.len() > 0
    }

    /// Sets the time of a row, which may lie behind the last one that had a time until now.
    fn set_time(&mut self, row: usize, time: i64) -> Result<(), Error> {
        while self.last_scan_times.len() <= row {
            self.last_scan_times.push(NEVER).map_err(full)?;
        }
        if let Some(slot) = self.last_scan_times.get_mut(row) {
            *slot = time;
        }
        Ok(())
    }

    fn flags_of(&self, arrival: u32) -> u8 {
        self.flags.get(arrival as usize).copied().unwrap_or(0)
    }

    fn time_of(&self, arrival: u32) -> i64 {
        self.last_scan_times.get(arrival as usize).copied().unwrap_or(NEVER)
    }
}

/// The marks of all rows.
pub(crate) struct Marks {
    /// The last row of each group of rows that share what they are grouped by.
    pub(crate) group_ends: RowSet,
    /// Rows that are said to be charged already.
    pub(crate) said_charged: RowSet,
    /// Rows that can be scanned.
    pub(crate) scannable: RowSet,
    /// When each row was last scanned as far as that may say that it is charged, in milliseconds since 1970, or
    /// [`NEVER`]; empty where no row was.
    pub(crate) last_scan_times: Vec<i64>,
}

impl Marks {
    /// Marks of so many rows, of which nothing is known yet but whether any was scanned.
    pub(super) fn new(rows: u32, has_times: bool) -> Result<Self, Error> {
        let timed = if has_times { rows } else { 0 };
        Ok(Self {
            group_ends: RowSet::empty(rows)?,
            said_charged: RowSet::empty(rows)?,
            scannable: RowSet::full(rows)?,
            last_scan_times: filled(timed as usize, NEVER).map_err(|_| Error::out_of_memory("keeping scan times"))?,
        })
    }

    /// Marks a row by what was said of it.
    #[inline]
    pub(super) fn put(&mut self, row: u32, said: Said) {
        if said.flags & SAID_CHARGED != 0 {
            self.said_charged.insert(row);
        }
        if said.flags & NOT_SCANNABLE != 0 {
            self.scannable.remove(row);
        }
        if let Some(time) = self.last_scan_times.get_mut(row as usize) {
            *time = said.last_scan_time;
        }
    }

    /// What was said of a row.
    pub(super) fn of(&self, row: u32) -> Said {
        let flag = |is_set, flag| if is_set { flag } else { 0 };
        Said {
            flags: flag(self.said_charged.contains(row), SAID_CHARGED)
                | flag(!self.scannable.contains(row), NOT_SCANNABLE),
            last_scan_time: self.last_scan_times.get(row as usize).copied().unwrap_or(NEVER),
        }
    }

    /// Saves what cannot be told from the columns.
    pub(super) fn save(&self, writer: &mut Writer) {
        self.said_charged.save(writer);
        self.scannable.save(writer);
        writer.array(&self.last_scan_times, i64::to_le_bytes);
    }

    /// Marks as they were saved, without the ends of groups.
    pub(super) fn restore(reader: &mut Reader, rows: u32) -> Result<Self, Error> {
        let said_charged = RowSet::restore(reader, rows)?;
        let scannable = RowSet::restore(reader, rows)?;
        let last_scan_times = reader.array(i64::from_le_bytes)?;
        let are_times = last_scan_times.len() == rows as usize && last_scan_times.iter().any(|time| *time != NEVER);
        ensure(last_scan_times.is_empty() || are_times)?;
        Ok(Self { group_ends: RowSet::empty(rows)?, said_charged, scannable, last_scan_times })
    }
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("collecting the rows")
}
