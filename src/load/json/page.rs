//! What surrounds the rows of a page: checked for syntax, and asked how many images there are in all.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::Rows;
use super::open_value::OpenValue;
use super::{byte_of, invalid_at};
use crate::error::Error;

/// How deep `PageInfo` is looked for: a page may stand within what an SDK or a script wraps around it.
const DEPTH: u8 = 8;

/// Reads a page whose rows were taken out of `text`.
pub(super) fn read(page: &OpenValue, text: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
    serde_json::from_slice::<IgnoredAny>(text)
        .map_err(|error| invalid_at(&error, page.position_of(byte_of(&error, text), text)))?;
    let mut total = None;
    let find = FindTotal { total: &mut total, depth: DEPTH, in_page_info: false };
    // It is JSON: what can still go wrong is a text or a number that tells nothing of the total.
    let _found = find.deserialize(&mut serde_json::Deserializer::from_slice(text));
    if let Some(total) = total {
        rows.report.announce(u32::try_from(total).unwrap_or(u32::MAX));
    }
    Ok(())
}

/// Finds the largest `PageInfo.TotalCount`, a number or a text with one.
struct FindTotal<'t> {
    total: &'t mut Option<u64>,
    depth: u8,
    in_page_info: bool,
}

impl FindTotal<'_> {
    fn deeper(&mut self, in_page_info: bool) -> FindTotal<'_> {
        FindTotal { total: self.total, depth: self.depth - 1, in_page_info }
    }
}

impl<'de> DeserializeSeed<'de> for FindTotal<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth == 0 {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ());
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FindTotal<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            if self.in_page_info && name.eq_ignore_ascii_case("TotalCount") {
                let total = map.next_value_seed(Count)?;
                *self.total = (*self.total).max(total);
            } else {
                map.next_value_seed(self.deeper(name.eq_ignore_ascii_case("PageInfo")))?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(self.deeper(false))?.is_some() {}
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}

/// A count, as a number or as a text; anything else is none.
struct Count;

impl<'de> DeserializeSeed<'de> for Count {
    type Value = Option<u64>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        use super::super::value::Value;
        Ok(match super::row::ValueSeed.deserialize(deserializer)? {
            Value::Text(text) => text.trim().parse().ok(),
            Value::Number(number) if number >= 0.0 => Some(number as u64),
            _ => None,
        })
    }
}
