//! Numbers and times as policies write them, to be compared.

use std::cmp::Ordering;

use crate::date::Date;

/// A decimal number of any length, compared exactly: numbers of floating point would make neighbours of large ones equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    /// Without zeros that say nothing, in front and behind.
    whole: String,
    places: String,
}

impl Decimal {
    /// Reads `12`, `-0.5` or `+3`. No exponent. [A]
    pub(super) fn read(text: &str) -> Option<Self> {
        let (negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, text.get(1..)?),
            b'+' => (false, text.get(1..)?),
            _ => (false, text),
        };
        let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
        let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        if !are_digits(whole) || !are_digits(places) {
            return None;
        }
        let (whole, places) = (whole.trim_start_matches('0').to_owned(), places.trim_end_matches('0').to_owned());
        let is_zero = whole.is_empty() && places.is_empty();
        Some(Self { negative: negative && !is_zero, whole, places })
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let sizes =
            (self.whole.len(), &self.whole, &self.places).cmp(&(other.whole.len(), &other.whole, &other.places));
        match (self.negative, other.negative) {
            (false, false) => sizes,
            (true, true) => sizes.reverse(),
            (negative, _) => {
                if negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

/// Reads a time such as `2026-11-25T23:59:59Z` or `2026-11-25T23:59+08:00`: in milliseconds since 1970.
///
/// [S] ISO 8601, with `Z` in all examples. [A] Seconds may be left out or have a fraction, and a clock that is not that
/// of UTC says by how much; a time that does not say of which clock it is could be any of a day.
pub(super) fn read_time(text: &str) -> Option<i64> {
    let days = Date::from_text(text.get(..10)?)?.days();
    let rest = text.get(10..)?.strip_prefix(['T', 't'])?;
    let at_zone = rest.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = rest.split_at_checked(at_zone)?;
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, places)| (clock, Some(places)));
    let (hours, minutes) = (two_digits(clock, 0, 23)?, two_digits(clock, 3, 59)?);
    // One second more than a minute has: leap seconds.
    let seconds = if clock.len() == 5 { 0 } else { two_digits(clock, 6, 60)? };
    let has_form = matches!(clock.as_bytes(), [_, _, b':', _, _] | [_, _, b':', _, _, b':', _, _]);
    let milliseconds = match fraction {
        None => 0,
        Some(places)
            if clock.len() == 8 && !places.is_empty() && places.bytes().all(|digit| digit.is_ascii_digit()) =>
        {
            places.bytes().chain([b'0'; 3]).take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
        }
        Some(_) => return None,
    };
    let minutes_before = match zone.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign, _, _, b':', _, _] => {
            let minutes = two_digits(zone, 1, 14)? * 60 + two_digits(zone, 4, 59)?;
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    let time = ((days * 24 + hours) * 60 + minutes - minutes_before) * 60_000 + seconds * 1_000 + milliseconds;
    has_form.then_some(time)
}

fn two_digits(text: &str, from: usize, most: i64) -> Option<i64> {
    let digits = text.get(from..from + 2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
    digits.parse().ok().filter(|number| *number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_what_they_are() {
        let ascending = [
            "-100",
            "-10.5",
            "-10.25",
            "-1",
            "-0.001",
            "0",
            "0.5",
            "1",
            "2",
            "9",
            "10",
            "10.01",
            "10.1",
            "9007199254740992",
            "9007199254740993",
        ];
        for (order, one) in ascending.iter().enumerate() {
            for (other_order, other) in ascending.iter().enumerate() {
                let compared = Decimal::read(one).unwrap().compare(&Decimal::read(other).unwrap());
                assert_eq!(compared, order.cmp(&other_order), "{one} {other}");
            }
        }
        for (one, same) in [("0", "-0.0"), ("+1", "01.00"), ("10", "10.000"), ("-0", "0")] {
            assert_eq!(Decimal::read(one), Decimal::read(same), "{one}");
        }
        for text in ["", "-", ".", "1.", ".5", "1e3", "1,000", "0x1", " 1", "NaN", "１", "--1"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_on_every_clock() {
        for (text, time) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T08:00:00+08:00", 0),
            ("1969-12-31T19:00-05:00", 0),
            ("1970-01-01t00:00:00.5z", 500),
            ("1970-01-01T00:00:00.123456Z", 123),
            ("2012-11-11T23:59:59Z", 1_352_678_399_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ] {
            assert_eq!(read_time(text), Some(time), "{text}");
        }
        for text in [
            "",
            "2026-11-25",
            "2026-11-25T10:00:00",
            "2026-11-31T10:00:00Z",
            "2026-11-25T24:00:00Z",
            "2026-11-25 10:00:00Z",
            "2026-11-25T10:00:00.Z",
            "2026-11-25T10:00.5Z",
            "2026-11-25T10:00:00+8",
            "2026-11-25T10:0:00Z",
            "2026-11-25T10:00:00+15:00",
            "2026-11-25T10-00-00Z",
            "2026-11-25TZ",
            "1764000000000",
            "2026-11-25T1é:00:00Z",
        ] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
