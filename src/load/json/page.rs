//! What surrounds the rows of a page: checked for syntax, and asked how many images there are in all.

use serde_json::Value;

use super::super::Rows;
use super::open_value::OpenValue;
use super::{byte_of, invalid_at};
use crate::error::Error;

/// Reads a page whose rows were taken out of `text`.
pub(super) fn read(page: &OpenValue, text: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
    let value: Value = serde_json::from_slice(text)
        .map_err(|error| invalid_at(&error, page.position_of(byte_of(&error, text), text)))?;
    // The page may stand within the reply that an SDK wraps around it.
    let objects = std::iter::once(&value).chain(value.as_object().into_iter().flat_map(|object| object.values()));
    let total = objects
        .filter_map(|object| object.get("PageInfo").or_else(|| object.get("pageInfo")))
        .find_map(|info| info.get("TotalCount").or_else(|| info.get("totalCount")));
    if let Some(total) = total.and_then(Value::as_u64) {
        rows.report.announce(u32::try_from(total).unwrap_or(u32::MAX));
    }
    Ok(())
}
