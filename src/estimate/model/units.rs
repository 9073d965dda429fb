//! Units of quota as exact decimals: what a scan costs where one costs a tenth.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::limits::MAX_COST;

/// Millionths in a unit.
const SCALE: u64 = 1_000_000;
const PLACES: usize = 6;

/// An exact number of units, to the millionth. No binary fraction is one tenth, so none is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Units {
    millionths: u64,
}

impl Units {
    /// So many whole units.
    #[must_use]
    pub const fn whole(units: u32) -> Self {
        Self { millionths: units as u64 * SCALE }
    }

    /// Reads a decimal such as `1` or `0.1`: digits, and behind a point at most six more; [`MAX_COST`] at most.
    /// `None` for anything else.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (whole, places) = match text.split_once('.') {
            Some((whole, places)) if !places.is_empty() => (whole, places),
            Some(_) => return None,
            None => (text, ""),
        };
        let are_digits = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        let is_plain = whole == "0" || !whole.starts_with('0');
        if whole.is_empty() || !is_plain || places.len() > PLACES || !are_digits(whole) || !are_digits(places) {
            return None;
        }
        let whole: u64 = whole.parse().ok().filter(|whole| *whole <= u64::from(MAX_COST))?;
        let millionths = places.bytes().chain(std::iter::repeat(b'0')).take(PLACES);
        let millionths = millionths.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
        Some(Self { millionths: whole * SCALE + millionths }).filter(|units| *units <= Self::whole(MAX_COST))
    }

    pub(super) const fn of_millionths(millionths: u64) -> Self {
        Self { millionths }
    }

    pub(super) const fn millionths(self) -> u64 {
        self.millionths
    }

    /// What so many images come to at this cost each. What one image may cost is limited, and how many images there
    /// are, so that two such products and their sum are always exact.
    pub(super) const fn times(self, images: u32) -> Self {
        Self { millionths: self.millionths * images as u64 }
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self { millionths: self.millionths + other.millionths }
    }

    /// What is missing where so many whole units are there.
    pub(super) const fn above(self, whole: u64) -> Self {
        // More than any scan costs is as good as all of it.
        Self { millionths: self.millionths.saturating_sub(whole.saturating_mul(SCALE)) }
    }

    /// The next whole number of units that is not below.
    #[must_use]
    pub const fn rounded_up(self) -> u64 {
        self.millionths.div_ceil(SCALE)
    }
}

/// As a decimal without needless noughts: `1204.3`.
impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.millionths / SCALE, self.millionths % SCALE);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let places = format!("{rest:06}");
        write!(f, "{whole}.{}", places.trim_end_matches('0'))
    }
}

/// Serialised as a text: JSON's numbers are read as binary fractions.
impl Serialize for Units {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::MAX_ROWS;

    #[test]
    fn decimals_are_read_and_written_exactly() {
        for text in ["0", "1", "0.1", "0.000001", "1.5", "12.05", "999.999999", "1000"] {
            assert_eq!(Units::from_text(text).unwrap().to_string(), text);
        }
        assert_eq!(Units::from_text("1.500000"), Units::from_text("1.5"));
        let wrong = ["", ".", "1.", ".1", "-1", "+1", "1e3", " 1", "1 ", "01", "1,5", "1.0000001", "1000.000001"];
        for text in wrong.into_iter().chain(["1001", "99999999999999999999", "١", "1.5.0", "0x1", "NaN"]) {
            assert_eq!(Units::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn sums_are_exact_up_to_the_largest_there_can_be() {
        let tenth = Units::from_text("0.1").unwrap();
        assert_eq!(Units::whole(1).times(1_204).plus(tenth.times(3)).to_string(), "1204.3");
        assert_eq!(tenth.times(10), Units::whole(1));
        let most = Units::whole(MAX_COST).times(MAX_ROWS);
        assert_eq!(most.plus(most).to_string(), (2_u64 * 1_000 * u64::from(MAX_ROWS)).to_string());
    }

    #[test]
    fn what_is_missing_is_exact_and_bought_in_whole_units() {
        let units = Units::from_text("4.3").unwrap();
        let missing = [0, 4, 5, u64::MAX].map(|there| units.above(there).to_string());
        assert_eq!(missing, ["4.3", "0.3", "0", "0"]);
        assert_eq!([units, Units::whole(4), Units::default()].map(Units::rounded_up), [5, 4, 0]);
    }
}
