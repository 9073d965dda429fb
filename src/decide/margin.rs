//! Margins: how far a scan is from the remaining quota, and when it gets there.
//!
//! A new digest is a charge key that no covered image has yet; it consumes one unit.

use serde::Serialize;

use super::diff::Compared;
use crate::error::{Error, ErrorKind};
use crate::estimate::{Estimator, MAX_SAFE_INTEGER};
use crate::filter::Filter;
use crate::input::{Input, unknown_key};
use crate::limits::MAX_TIME;

const DAY: f64 = 86_400_000.0;

/// What a margin is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MarginOptions {
    /// The quota that remains.
    pub remaining: u64,
    /// When the inventory was exported, in milliseconds since 1970.
    pub date: Option<i64>,
    /// When the earlier inventory was.
    pub earlier_date: Option<i64>,
}

impl MarginOptions {
    /// Asks how far the remaining quota is.
    #[must_use]
    pub const fn new(remaining: u64) -> Self {
        Self { remaining, date: None, earlier_date: None }
    }

    /// The same, with the dates of an earlier inventory and of this one.
    #[must_use]
    pub const fn with_dates(mut self, earlier: i64, date: i64) -> Self {
        (self.earlier_date, self.date) = (Some(earlier), Some(date));
        self
    }

    /// Reads options as a caller gave them.
    ///
    /// # Errors
    ///
    /// A key that is unknown, a value that cannot be, no `remaining`, or dates in the wrong order.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut options = Self::new(0);
        let mut remaining = None;
        for (key, value) in input.into_entries("options object")? {
            match key.as_str() {
                "remaining" => remaining = value.into_whole_number(&key, 0.0, MAX_SAFE_INTEGER)?,
                "date" => options.date = value.into_time(&key)?,
                "earlierDate" => options.earlier_date = value.into_time(&key)?,
                _ => {
                    return Err(unknown_key("options object", &key, &["remaining", "date", "earlier", "earlierDate"]));
                }
            }
        }
        options.remaining = remaining.ok_or_else(|| {
            let message = "`remaining` is missing; give the quota that remains, such as 500";
            Error::new(ErrorKind::InvalidValue, message).with_field("remaining")
        })? as u64;
        Ok(options)
    }

    /// Makes sure that nobody waits for an answer to dates that only an earlier inventory could give.
    fn no_dates(&self) -> Result<(), Error> {
        let given = [("earlierDate", self.earlier_date), ("date", self.date)];
        match given.into_iter().find(|(_, date)| date.is_some()) {
            None => Ok(()),
            Some((field, _)) => {
                let message = format!("`{field}` is given without an earlier inventory; give that as well, or no date");
                Err(Error::new(ErrorKind::InvalidValue, message).with_field(field))
            }
        }
    }

    /// The dates of both inventories.
    fn dates(&self) -> Result<(i64, i64), Error> {
        let wrong = |field: &str, message: &str| Err(Error::new(ErrorKind::InvalidValue, message).with_field(field));
        match (self.earlier_date, self.date) {
            (Some(earlier), Some(date)) if earlier < date => Ok((earlier, date)),
            (Some(_), Some(_)) => {
                wrong("earlierDate", "`earlierDate` must be before `date`; exchange the two inventories")
            }
            (None, _) => wrong(
                "earlierDate",
                "`earlierDate` is missing; give the date of the earlier inventory in milliseconds since 1970",
            ),
            (_, None) => {
                wrong("date", "`date` is missing; give the date of the later inventory in milliseconds since 1970")
            }
        }
    }
}

/// How far a scan is from the remaining quota.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Margin {
    /// Quota that a scan consumes now.
    pub quota: u32,
    /// The remaining quota as it was given.
    pub remaining: u64,
    /// Whether it covers the scan.
    pub sufficient: bool,
    /// With so many new digests it does not any more; `None` where it does not now.
    pub flips_at: Option<u64>,
    /// With so many digests fewer it does; 0 where it does now.
    pub too_many: u64,
    /// New digests since the earlier inventory, where one is given.
    pub new_digests: Option<NewDigests>,
}

/// New digests between two inventories, and what follows if they keep coming.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewDigests {
    /// How many came between the two dates.
    pub count: u32,
    /// How many that is a day.
    pub per_day: f64,
    /// When the remaining quota covers the scan no more, in milliseconds since 1970: the later inventory's date where it does
    /// not now; `None` where no digest came, or beyond the year 275760.
    pub runs_out: Option<i64>,
    /// What is assumed, in plain words.
    pub assumption: &'static str,
}

const ASSUMPTION: &str = "as many new digests keep coming each day as came between the two dates, every one consumes a unit, \
     and what consumes quota now goes on doing so";

impl Estimator {
    /// How many new digests a remaining quota covers, and, beside an earlier inventory, until when.
    ///
    /// # Errors
    ///
    /// Where memory runs out; with an earlier inventory also where its charge model is another one, or a date is missing;
    /// without one, where a date is given.
    pub fn margin(
        &self,
        earlier: Option<&Estimator>,
        filter: &Filter,
        options: &MarginOptions,
    ) -> Result<Margin, Error> {
        let quota = self.counts_of(&self.matched(filter)?).quota;
        let remaining = options.remaining;
        let free = remaining.checked_sub(quota.into());
        let flips_at = free.map(|free| free + 1);
        let new_digests = match earlier {
            None => options.no_dates().map(|()| None)?,
            Some(earlier) => {
                let dates = options.dates()?;
                let count = Compared::find([earlier, self], filter)?.keys_only_in(1);
                Some(NewDigests::new(count, dates, flips_at))
            }
        };
        let too_many = u64::from(quota).saturating_sub(remaining);
        Ok(Margin { quota, remaining, sufficient: free.is_some(), flips_at, too_many, new_digests })
    }
}

impl NewDigests {
    fn new(count: u32, (earlier, date): (i64, i64), flips_at: Option<u64>) -> Self {
        let interval = date - earlier;
        let runs_out = match (flips_at, count) {
            (None, _) => Some(date),
            (_, 0) => None,
            (Some(flips_at), _) => {
                let left = (i128::from(flips_at) * i128::from(interval) + i128::from(count) - 1) / i128::from(count);
                i64::try_from(i128::from(date) + left).ok().filter(|time| *time <= MAX_TIME as i64)
            }
        };
        let per_day = f64::from(count) * DAY / interval as f64;
        Self { count, per_day, runs_out, assumption: ASSUMPTION }
    }
}
