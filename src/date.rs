//! Days of the calendar, counted from 1970. Libraries for this know time zones and their history, which is 34 kB
//! to download; a billing cycle needs the lengths of months.

use std::fmt;

use serde::{Serialize, Serializer};

/// Days before 1970 since the first of January of the year 1.
const DAYS_TO_1970: i64 = 719_162;

/// Days in 400 years, after which the calendar repeats.
const DAYS_IN_400_YEARS: i64 = 146_097;

/// A day of the calendar, as it has been since 1582 and is counted backwards before that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub(crate) year: i64,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Date {
    /// A day, where there is such a one.
    #[must_use]
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        exists.then_some(Self { year, month, day })
    }

    /// Reads a day as `2026-11-25`.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let number = |from: usize, to: usize| {
            text.get(from..to).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?.parse::<i64>().ok()
        };
        let has_lines = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        Self::new(year, month as u8, day as u8).filter(|_| has_lines)
    }

    /// The day that is so many after the first of January 1970.
    pub(crate) fn from_days(days: i64) -> Self {
        let days = days + DAYS_TO_1970;
        // A guess by the mean length of a year is right or, near the ends of years, wrong by one.
        let guess = (days * 400).div_euclid(DAYS_IN_400_YEARS) + 1;
        let year = [guess + 1, guess, guess - 1].into_iter().find(|year| days_before(*year) <= days).unwrap_or(guess);
        let mut rest = days - days_before(year);
        let mut month = 1;
        while rest >= i64::from(days_in_month(year, month)) && month < 12 {
            rest -= i64::from(days_in_month(year, month));
            month += 1;
        }
        Self { year, month, day: rest as u8 + 1 }
    }

    /// How many days it is after the first of January 1970.
    pub(crate) fn days(self) -> i64 {
        let months: i64 = (1..self.month).map(|month| i64::from(days_in_month(self.year, month))).sum();
        days_before(self.year) + months + i64::from(self.day) - 1 - DAYS_TO_1970
    }

    /// The same month, or one so many after it, on a day or, where it is shorter, on its last.
    pub(crate) fn in_month(self, later: i64, day: u8) -> Self {
        let months = self.year * 12 + i64::from(self.month) - 1 + later;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u8 + 1);
        Self { year, month, day: day.min(days_in_month(year, month)) }
    }
}

/// Days from the first of January of the year 1 to that of another year.
fn days_before(year: i64) -> i64 {
    let years = year - 1;
    years * 365 + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400)
}

fn days_in_month(year: i64, month: u8) -> u8 {
    let is_leap = year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// As `2026-11-25`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Serialised as it is written.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every day of four hundred years, walked one by one, and the far ends of JavaScript's dates.
    #[test]
    fn days_and_dates_are_each_others_inverse() {
        let mut expected = Date::new(1800, 1, 1).unwrap();
        for days in expected.days()..Date::new(2200, 1, 2).unwrap().days() {
            assert_eq!(Date::from_days(days), expected);
            assert_eq!(expected.days(), days);
            let Date { year, month, day } = expected;
            expected = Date::new(year, month, day + 1).or_else(|| Date::new(year, month + 1, 1)).unwrap_or(Date {
                year: year + 1,
                month: 1,
                day: 1,
            });
        }
        for days in (-100_000_000..100_000_000).step_by(99_991).chain([-100_000_000, 100_000_000]) {
            assert_eq!(Date::from_days(days).days(), days);
        }
        let known = [(0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (20_782, "2026-11-25")];
        for (days, text) in known {
            assert_eq!(Date::from_days(days).to_string(), text);
            assert_eq!(Date::from_text(text).unwrap().days(), days);
        }
        assert_eq!(Date::from_days(100_000_000).to_string(), "275760-09-13");
    }

    #[test]
    fn a_date_that_there_is_not_is_none() {
        let wrong = ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "2026-1-1"];
        for text in wrong.into_iter().chain(["2026/01/01", "26-01-01", "2026-01-01T", "", "2026-+1-01", "２026-01-01"])
        {
            assert_eq!(Date::from_text(text), None, "{text}");
        }
        assert!(Date::from_text("2000-02-29").is_some() && Date::from_text("2024-02-29").is_some());
    }

    #[test]
    fn months_go_over_years_and_end_where_they_end() {
        let date = Date::from_text("2023-12-31").unwrap();
        let texts = [-10, -1, 0, 1, 2, 13].map(|later| date.in_month(later, 31).to_string());
        assert_eq!(texts, ["2023-02-28", "2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29", "2025-01-31"]);
    }
}
