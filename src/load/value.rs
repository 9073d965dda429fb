//! One value of a row → its place in the record, or the reason why the row cannot be used.

use std::borrow::Cow;

use super::names::Column;
use super::report::LeftOutReason;
use crate::error::quoted;
use crate::field::Field;
use crate::limits::{MAX_NUMBER_BYTES, MAX_QUOTED_CHARS};
use crate::record::Record;

/// A value as it stands in a row.
pub(crate) enum Value<'a> {
    Absent,
    Text(Cow<'a, str>),
    /// A number as it is written in JSON.
    Number(&'a str),
    Bool(bool),
    /// A text that is no valid Unicode.
    BrokenText,
    /// Something else, in words such as `a list`.
    Other(&'static str),
}

/// Why a row cannot be used, in a word and in a sentence.
pub(super) type Fault = (LeftOutReason, String);

/// Puts a value into a record.
pub(super) fn put<'a>(record: &mut Record<'a>, column: Column, value: Value<'a>) -> Result<(), Fault> {
    match column {
        Column::Field(field) => put_text(record, field, value),
        Column::Charged => put_once(&mut record.charged, column, truth(column, &value)?),
        Column::Scannable => put_once(&mut record.scannable, column, truth(column, &value)?),
        Column::LastScanTime => put_once(&mut record.last_scan_time, column, time(column, &value)?),
        // The readers of registries put these.
        Column::Listed(_) => Ok(()),
    }
}

fn put_text<'a>(record: &mut Record<'a>, field: Field, value: Value<'a>) -> Result<(), Fault> {
    let text = match value {
        Value::Absent => return Ok(()),
        Value::Text(Cow::Borrowed(text)) => Cow::Borrowed(trimmed(text)),
        Value::Text(Cow::Owned(text)) if trimmed(&text).len() == text.len() => Cow::Owned(text),
        Value::Text(Cow::Owned(text)) => Cow::Owned(trimmed(&text).to_owned()),
        other => return Err(wrong_type(Column::Field(field), "a text", &other)),
    };
    if text.is_empty() {
        return Ok(());
    }
    if let Some(before) = record.text(field)
        && before != text
    {
        let message = format!("`{}` is given twice, as {} and {}", field.column_name(), quoted(before), quoted(&text));
        return Err((LeftOutReason::DuplicateField, message));
    }
    record.set_text(field, text);
    Ok(())
}

/// A text without the blanks around it.
fn trimmed(text: &str) -> &str {
    if has_no_blanks_around(text.as_bytes()) { text } else { text.trim() }
}

/// The same, of the bytes of a text.
#[inline(always)]
pub(super) fn trimmed_bytes(text: &[u8]) -> &[u8] {
    if has_no_blanks_around(text) { text } else { str::from_utf8(text).unwrap_or_default().trim().as_bytes() }
}

/// Whether the first and the last byte of a text tell that there are no blanks around it. Most texts have none.
#[inline(always)]
fn has_no_blanks_around(text: &[u8]) -> bool {
    matches!(text, [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic())
}

#[inline]
pub(super) fn put_once<T: PartialEq>(place: &mut Option<T>, column: Column, value: Option<T>) -> Result<(), Fault> {
    match (&place, &value) {
        (_, None) => Ok(()),
        (Some(before), Some(after)) if before != after => {
            Err((LeftOutReason::DuplicateField, format!("`{}` is given twice, with two values", column.name())))
        }
        _ => {
            *place = value;
            Ok(())
        }
    }
}

fn truth(column: Column, value: &Value<'_>) -> Result<Option<bool>, Fault> {
    match value {
        Value::Absent => return Ok(None),
        Value::Bool(truth) => return Ok(Some(*truth)),
        Value::Number(literal) => match whole_number(literal) {
            Some(1) => return Ok(Some(true)),
            Some(0) => return Ok(Some(false)),
            _ => {}
        },
        Value::Text(text) => {
            let is = |word: &str| text.trim().eq_ignore_ascii_case(word);
            match () {
                () if is("") => return Ok(None),
                () if ["true", "yes", "1"].into_iter().any(is) => return Ok(Some(true)),
                () if ["false", "no", "0"].into_iter().any(is) => return Ok(Some(false)),
                () => {}
            }
        }
        _ => {}
    }
    Err(wrong_type(column, "`true` or `false`", value))
}

/// Milliseconds since 1970; 0 stands for never.
fn time(column: Column, value: &Value<'_>) -> Result<Option<i64>, Fault> {
    Ok(whole(column, "a time in milliseconds since 1970", value)?.filter(|milliseconds| *milliseconds != 0))
}

/// A whole number, as such or as a text; nothing where nothing is given.
pub(super) fn whole(column: Column, expected: &str, value: &Value<'_>) -> Result<Option<i64>, Fault> {
    match (value, number_in(value)) {
        (Value::Absent, _) => Ok(None),
        (Value::Text(text), _) if trimmed(text).is_empty() => Ok(None),
        (_, Some(number)) => Ok(Some(number)),
        (_, None) => Err(wrong_type(column, expected, value)),
    }
}

/// The whole number that a value is, as such or as a text.
#[inline]
pub(super) fn number_in(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Text(text) => digits(text.as_bytes()).or_else(|| text.trim().parse().ok()),
        Value::Number(literal) => whole_number(literal),
        _ => None,
    }
}

/// The number that a text of digits and nothing else is: most times are written so.
pub(super) fn digits(digits: &[u8]) -> Option<i64> {
    const MOST: usize = 18;
    // So few digits cannot wrap.
    let add = |number: i64, digit: &u8| {
        digit.is_ascii_digit().then(|| number.wrapping_mul(10).wrapping_add(i64::from(digit & 0xf)))
    };
    if (1..=MOST).contains(&digits.len()) { digits.iter().try_fold(0, add) } else { None }
}

/// A number as messages show it, which may be written with any number of digits.
fn shown(literal: &str) -> String {
    match literal.get(..MAX_QUOTED_CHARS) {
        Some(start) if start.len() < literal.len() => format!("{start}…"),
        _ => literal.to_owned(),
    }
}

/// The value of a number as it is written in JSON, where it is a whole one of at most 18 digits.
fn whole_number(literal: &str) -> Option<i64> {
    // Longer ones are none that anybody writes, and are not copied.
    if literal.len() > MAX_NUMBER_BYTES {
        return None;
    }
    let (negative, literal) = match literal.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, literal),
    };
    let (decimal, exponent) = match literal.split_once(['e', 'E']) {
        Some((decimal, exponent)) => (decimal, exponent.parse::<i32>().ok()?),
        None => (literal, 0),
    };
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    // The number is `significant` with so many zeros behind it.
    let zeros = i64::from(exponent) - fraction.len() as i64 + (digits.len() - significant.len()) as i64;
    let significant = significant.trim_start_matches('0');
    if zeros < 0 || significant.len() as i64 + zeros > 18 {
        return None;
    }
    let number = significant.parse::<i64>().ok()? * 10i64.pow(zeros as u32);
    Some(if negative { -number } else { number })
}

fn wrong_type(column: Column, expected: &str, value: &Value<'_>) -> Fault {
    let found = match value {
        Value::Absent => "nothing".to_owned(),
        Value::Text(text) => quoted(text),
        Value::Number(literal) => format!("the number {}", shown(literal)),
        Value::Bool(truth) => truth.to_string(),
        Value::Other(kind) => (*kind).to_owned(),
        Value::BrokenText => {
            let message = format!("`{}` is no valid Unicode; export it as UTF-8", column.name());
            return (LeftOutReason::InvalidText, message);
        }
    };
    (LeftOutReason::WrongType, format!("`{}` must be {expected}, but it is {found}", column.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_exact_however_they_are_written() {
        let written = [
            ("0", 0),
            ("-0.0e5", 0),
            ("1700000000000", 1_700_000_000_000),
            ("1.7e12", 1_700_000_000_000),
            ("17000000000000e-1", 1_700_000_000_000),
            ("-12.50e1", -125),
            ("1E+2", 100),
            ("0.001e3", 1),
            ("999999999999999999", 999_999_999_999_999_999),
            ("0e999999999", 0),
        ];
        for (literal, number) in written {
            assert_eq!(whole_number(literal), Some(number), "{literal}");
        }
        for literal in ["1.5", "1e-1", "1e18", "1e999", "1e99999999999", "1000000000000000000"] {
            assert_eq!(whole_number(literal), None, "{literal}");
        }
    }
}
