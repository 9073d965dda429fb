//! One row object → a record, or the reason why it cannot be used.

use std::borrow::Cow;
use std::fmt;
use std::str;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::Rows;
use super::super::cursor::Cursor;
use super::super::names::{Column, NameCache};
use super::super::report::{LeftOutReason, ReportBuilder};
use super::super::value::{Fault, Value, put};
use super::check_syntax;
use crate::error::Error;
use crate::record::Record;

/// Reads the row object that begins at `start` and is all of `text`.
pub(super) fn read(start: Cursor, text: &[u8], names: &mut NameCache, rows: &mut Rows<'_>) -> Result<(), Error> {
    names.rewind();
    let row = match parse(text, names, rows.report) {
        Ok(row) => row,
        Err(error) => {
            check_syntax(start, text)?;
            // It is JSON all the same: what is wrong is within a value.
            Err(if error.to_string().starts_with("number out of range") {
                (LeftOutReason::WrongType, "a number of the row is larger than any that can be".to_owned())
            } else {
                (LeftOutReason::InvalidText, "a text of the row is no valid Unicode; export it as UTF-8".to_owned())
            })
        }
    };
    rows.take(row, start.position())
}

fn parse<'a>(
    text: &'a [u8],
    names: &mut NameCache,
    report: &mut ReportBuilder,
) -> Result<Result<Record<'a>, Fault>, serde_json::Error> {
    let text = str::from_utf8(text).map_err(serde_json::Error::custom)?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let row = deserializer.deserialize_map(RowVisitor { names, report })?;
    deserializer.end()?;
    Ok(row)
}

struct RowVisitor<'r> {
    names: &'r mut NameCache,
    report: &'r mut ReportBuilder,
}

impl<'de> Visitor<'de> for RowVisitor<'_> {
    type Value = Result<Record<'de>, Fault>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = Record::default();
        let mut fault = None;
        while let Some(column) = map.next_key_seed(KeySeed { names: self.names, report: self.report })? {
            let Some(column) = column else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(ValueSeed)?;
            // After a fault the rest is read only to see that it is JSON.
            if fault.is_none() {
                fault = put(&mut record, column, value).err();
            }
        }
        Ok(fault.map_or(Ok(record), Err))
    }
}

struct KeySeed<'r> {
    names: &'r mut NameCache,
    report: &'r mut ReportBuilder,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Option<Column>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Option<Column>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let (column, new) = self.names.look_up(name);
        if column.is_none() && new {
            self.report.note_unused(name);
        }
        Ok(column)
    }
}

/// Reads any value.
pub(super) struct ValueSeed;

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Absent)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other("an object"))
    }
}
