//! A value from outside the crate before anyone has decided whether it is what was asked for.
//!
//! The boundary describes what a caller gave in these terms and decides nothing; what may stand where
//! is decided by the filter and by each set of options, the same way for every caller.

use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::limits::{MAX_FILTER_VALUES, MAX_TIME};

/// A value as a caller gave it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// Nothing: `undefined`, `null`, or not given at all.
    Absent,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A list.
    List(Vec<Input>),
    /// A plain object: its own keys with their values, in their order.
    Object(Vec<(String, Input)>),
    /// A list longer than any that is read.
    LongList,
    /// A text that is no valid Unicode: it holds half of a surrogate pair.
    BrokenText,
    /// A text longer than any that is read.
    LongText,
    /// A property whose reading threw, with the message.
    Unreadable(String),
    /// Something else, in words such as `a function`.
    Other(&'static str),
}

impl Input {
    /// What it is, in words that complete "expected a text, got …".
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Input::Absent => "nothing",
            Input::Text(_) => "a text",
            Input::Number(_) => "a number",
            Input::Bool(_) => "a truth value",
            Input::List(_) | Input::LongList => "a list",
            Input::Object(_) => "an object",
            Input::BrokenText => "a broken text",
            Input::LongText => "a text of more than 16 million characters",
            Input::Unreadable(_) => "a property that cannot be read",
            Input::Other(kind) => kind,
        }
    }

    /// The error for a value that `name` cannot take, `expected` in words such as `a text`.
    pub(crate) fn unexpected(&self, name: &str, expected: &str) -> Error {
        let error = match self {
            Input::Unreadable(thrown) => Error::new(
                ErrorKind::Unreadable,
                format!("`{name}` could not be read: reading it threw {}", quoted(thrown)),
            ),
            Input::BrokenText => Error::new(
                ErrorKind::InvalidText,
                format!("`{name}` holds half of a surrogate pair, which is no character; remove it"),
            ),
            Input::LongText => {
                Error::new(ErrorKind::TooManyValues, format!("`{name}` is longer than 16 million characters"))
            }
            Input::LongList => too_many_values(name),
            other => {
                Error::new(ErrorKind::WrongType, format!("`{name}` must be {expected}, but it is {}", other.kind()))
            }
        };
        error.with_field(name)
    }

    /// The keys and values of a plain object; nothing given is an object without keys.
    pub(crate) fn into_entries(self, what: &str) -> Result<Vec<(String, Input)>, Error> {
        match self {
            Input::Absent => Ok(Vec::new()),
            Input::Object(entries) => Ok(entries),
            Input::Unreadable(thrown) => Err(Error::new(
                ErrorKind::Unreadable,
                format!("the {what} could not be read: reading it threw {}", quoted(&thrown)),
            )),
            other => Err(Error::new(
                ErrorKind::NotAPlainObject,
                format!("the {what} must be a plain object such as {{ … }}, but it is {}", other.kind()),
            )),
        }
    }

    /// A time in milliseconds since 1970, or `None` where nothing is given.
    pub(crate) fn into_time(self, name: &str) -> Result<Option<i64>, Error> {
        match self {
            Input::Absent | Input::Number(_) => {
                Ok(self.into_whole_number(name, -MAX_TIME, MAX_TIME)?.map(|time| time as i64))
            }
            other => Err(other.unexpected(name, "a time in milliseconds since 1970")),
        }
    }

    /// A whole number from `least` to `most`, or `None` where nothing is given.
    pub(crate) fn into_whole_number(self, name: &str, least: f64, most: f64) -> Result<Option<f64>, Error> {
        match self {
            Input::Absent => Ok(None),
            Input::Number(number) if number.fract() == 0.0 && (least..=most).contains(&number) => Ok(Some(number)),
            Input::Number(number) => Err(Error::new(
                ErrorKind::InvalidValue,
                format!(
                    "`{name}` must be a whole number from {} to {}, but it is {}",
                    shown(least),
                    shown(most),
                    shown(number)
                ),
            )
            .with_field(name)),
            other => Err(other.unexpected(name, "a number")),
        }
    }
}

/// A number as messages show it, with three places at most. The platform's way of writing every number exactly takes
/// some 19 kB of code in a module that has to be downloaded.
fn shown(number: f64) -> String {
    if number.is_nan() {
        return "no number".to_owned();
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let size = number.abs();
    if size >= 1e16 {
        return format!("{sign}{}", if size.is_finite() { "more than 10 000 000 000 000 000" } else { "infinite" });
    }
    let whole = size as u64;
    let thousandths = (size.fract() * 1_000.0) as u64;
    let places = format!("{thousandths:03}");
    match places.trim_end_matches('0') {
        "" if size.fract() > 0.0 => format!("{sign}{whole} and a fraction"),
        "" => format!("{sign}{whole}"),
        places => format!("{sign}{whole}.{places}"),
    }
}

/// The error for a list beyond [`MAX_FILTER_VALUES`].
pub(crate) fn too_many_values(name: &str) -> Error {
    Error::new(
        ErrorKind::TooManyValues,
        format!(
            "`{name}` has more than {MAX_FILTER_VALUES} values, the most that can be given; filter by another field"
        ),
    )
    .with_field(name)
}

/// The error for a key that nothing is known by, with the nearest of the known ones.
pub(crate) fn unknown_key(what: &str, key: &str, known: &[&str]) -> Error {
    Error::new(ErrorKind::UnknownKey, format!("the {what} has no {}{}", quoted(key), did_you_mean(key, known)))
        .with_field(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_their_writer_knows_them() {
        let samples = [
            (0.0, "0"),
            (1.5, "1.5"),
            (-0.25, "-0.25"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (8.64e15, "8640000000000000"),
            (-8.64e15, "-8640000000000000"),
            (2.0001, "2 and a fraction"),
            (f64::NAN, "no number"),
            (f64::INFINITY, "infinite"),
            (1e300, "more than 10 000 000 000 000 000"),
            (12.05, "12.05"),
        ];
        for (number, text) in samples {
            assert_eq!(shown(number), text);
        }
    }
}
