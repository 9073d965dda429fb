//! Billing cycles: for how long an image that was charged stays so.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::date::Date;

const MINUTE: i64 = 60_000;
pub(super) const DAY: i64 = 24 * 60 * MINUTE;

/// For how long an image that was charged stays so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cycle {
    /// For no time: every scan is charged.
    None,
    /// For ever.
    Forever,
    /// Up to a day of each month.
    Monthly {
        /// The day, from 1 to 28, which every month has; a cycle begins at its midnight.
        from_day: u8,
        /// By how many minutes that midnight is before that of UTC.
        utc_offset_minutes: i32,
    },
}

/// A cycle that has begun and will end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Span {
    /// When it began, in milliseconds since 1970.
    pub start: i64,
    /// When the next one begins, likewise.
    pub next: i64,
    /// In how many days that is; a day that has begun counts.
    pub days_left: u32,
}

impl Cycle {
    /// The cycle that a time lies in, in milliseconds since 1970. `None` where there are none that begin and end.
    ///
    /// Where it is known when the present cycle began, it ends on the same day of a later month at the same time, or
    /// on the last day of a month that has no such day.
    #[must_use]
    pub fn around(self, now: i64, known_start: Option<i64>) -> Option<Span> {
        let Cycle::Monthly { from_day, utc_offset_minutes } = self else { return None };
        let offset = i64::from(utc_offset_minutes) * MINUTE;
        let local = |time: i64| time + offset;
        let (day, time_of_day) =
            known_start.map_or((from_day, 0), |start| (date_of(local(start)).day, local(start).rem_euclid(DAY)));
        let begin = |later| date_of(local(now)).in_month(later, day).days() * DAY + time_of_day - offset;
        let next = [-1, 0, 1, 2].into_iter().map(begin).find(|begin| *begin > now)?;
        let last = [1, 0, -1, -2].into_iter().map(begin).find(|begin| *begin <= now)?;
        let days_left = (next - now).div_euclid(DAY) + i64::from((next - now).rem_euclid(DAY) > 0);
        Some(Span { start: known_start.unwrap_or(last), next, days_left: days_left as u32 })
    }
}

fn date_of(time: i64) -> Date {
    Date::from_days(time.div_euclid(DAY))
}

/// Reads how far a clock is before UTC, as `+08:00`: in minutes.
pub(super) fn utc_offset(text: &str) -> Option<i32> {
    let number = |from: usize, to: usize, most: i32| {
        let digits = text.get(from..to).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
        digits.parse::<i32>().ok().filter(|number| *number <= most)
    };
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = (number(1, 3, 14)?, number(4, 6, 59)?);
    let is_whole = text.len() == 6 && text.get(3..4) == Some(":") && hours * 60 + minutes <= 14 * 60;
    is_whole.then_some(sign * (hours * 60 + minutes))
}

/// Serialised as a document has it.
impl Serialize for Cycle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cycle::None => serializer.serialize_str("none"),
            Cycle::Forever => serializer.serialize_str("forever"),
            Cycle::Monthly { from_day, utc_offset_minutes: minutes } => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                let offset = format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
                let mut monthly = serializer.serialize_struct("Cycle", 2)?;
                monthly.serialize_field("monthlyFromDay", from_day)?;
                monthly.serialize_field("utcOffset", &offset)?;
                monthly.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: &str, hours: i64) -> i64 {
        Date::from_text(date).unwrap().days() * DAY + hours * 60 * MINUTE
    }

    fn monthly(from_day: u8, hours: i32) -> Cycle {
        Cycle::Monthly { from_day, utc_offset_minutes: hours * 60 }
    }

    #[test]
    fn a_cycle_goes_from_its_day_to_that_of_the_next_month() {
        let samples = [
            ("2026-11-25", 0, monthly(1, 0), ("2026-11-01", 0), ("2026-12-01", 0), 6),
            ("2026-11-25", 1, monthly(1, 0), ("2026-11-01", 0), ("2026-12-01", 0), 6),
            ("2026-12-31", 23, monthly(1, 0), ("2026-12-01", 0), ("2027-01-01", 0), 1),
            ("2027-01-01", 0, monthly(1, 0), ("2027-01-01", 0), ("2027-02-01", 0), 31),
            ("2024-02-27", 12, monthly(28, 0), ("2024-01-28", 0), ("2024-02-28", 0), 1),
            ("2024-02-28", 0, monthly(28, 0), ("2024-02-28", 0), ("2024-03-28", 0), 29),
            // Midnight in Beijing is the afternoon before in UTC.
            ("2026-11-30", 15, monthly(1, 8), ("2026-10-31", 16), ("2026-11-30", 16), 1),
            ("2026-11-30", 16, monthly(1, 8), ("2026-11-30", 16), ("2026-12-31", 16), 31),
            ("2026-12-01", 4, monthly(1, -5), ("2026-11-01", 5), ("2026-12-01", 5), 1),
            ("1969-12-31", 5, monthly(1, 0), ("1969-12-01", 0), ("1970-01-01", 0), 1),
        ];
        for (date, hours, cycle, start, next, days_left) in samples {
            let expected = Span { start: at(start.0, start.1), next: at(next.0, next.1), days_left };
            assert_eq!(cycle.around(at(date, hours), None), Some(expected), "{date} {hours} {cycle:?}");
        }
        assert_eq!([Cycle::None, Cycle::Forever].map(|cycle| cycle.around(0, None)), [None, None]);
    }

    #[test]
    fn a_known_start_says_when_the_next_cycle_begins() {
        let next = |start: (&str, i64), now: &str| {
            let span = monthly(1, 8).around(at(now, 0), Some(at(start.0, start.1))).unwrap();
            assert_eq!(span.start, at(start.0, start.1));
            span.next
        };
        assert_eq!(next(("2026-11-13", 0), "2026-11-25"), at("2026-12-13", 0));
        assert_eq!(next(("2026-11-13", 7), "2026-11-13"), at("2026-11-13", 7));
        assert_eq!(next(("2026-11-30", 16), "2026-12-05"), at("2026-12-31", 16));
        assert_eq!(next(("2026-01-31", 0), "2026-02-05"), at("2026-02-28", 0));
    }

    /// Whatever the day, the time and the clock: a cycle holds the time, and the next one follows on it.
    #[test]
    fn cycles_follow_each_other_without_a_gap() {
        for (number, now) in (at("1999-06-01", 0)..at("2001-03-01", 0)).step_by(7_919_777).enumerate() {
            let cycle = monthly(1 + (number % 28) as u8, (number % 27) as i32 - 13);
            let span = cycle.around(now, None).unwrap();
            assert!(span.start <= now && now < span.next);
            assert_eq!(cycle.around(span.next - 1, None).unwrap(), Span { days_left: 1, ..span });
            assert_eq!(cycle.around(span.next, None).unwrap().start, span.next);
            assert!((27..=31).contains(&((span.next - span.start) / DAY)));
        }
    }

    #[test]
    fn clocks_are_read_as_they_are_written() {
        let known = [("+08:00", 480), ("-05:30", -330), ("+00:00", 0), ("+14:00", 840)];
        known.into_iter().for_each(|(text, minutes)| assert_eq!(utc_offset(text), Some(minutes)));
        for text in ["", "8", "+8:00", "08:00", "+08:60", "+14:01", "+15:00", "+08:000", "Z", "+08-00", "＋08:00"] {
            assert_eq!(utc_offset(text), None, "{text}");
        }
    }
}
