//! What surrounds the rows of a page: checked for syntax, and asked how many images there are in all.

use super::super::Rows;
use super::super::value::{Value, whole_number};
use super::invalid_at;
use super::open_value::OpenValue;
use super::text::{Invalid, JsonText};
use crate::error::Error;

/// How deep `PageInfo` is looked for: a page may stand within what an SDK or a script wraps around it.
const DEPTH: u8 = 8;

/// Reads a page whose rows were taken out of `text`.
pub(super) fn read(page: &OpenValue, text: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
    let mut total = None;
    let mut json = JsonText::new(text);
    find_total(&mut json, DEPTH, false, &mut total)
        .and_then(|()| json.end())
        .map_err(|error| invalid_at(error, page.position_of(error.at, text)))?;
    if let Some(total) = total {
        rows.report.announce(u32::try_from(total).unwrap_or(u32::MAX));
    }
    Ok(())
}

/// Finds the largest `PageInfo.TotalCount`, a number or a text with one.
fn find_total(json: &mut JsonText<'_>, depth: u8, in_page_info: bool, total: &mut Option<i64>) -> Result<(), Invalid> {
    match json.peek() {
        Some(b'{') if depth > 0 => json.object(&mut |json, name| {
            if in_page_info && name.eq_ignore_ascii_case("TotalCount") {
                *total = (*total).max(count(&json.value()?));
                return Ok(());
            }
            find_total(json, depth - 1, name.eq_ignore_ascii_case("PageInfo"), total)
        }),
        Some(b'[') if depth > 0 => json.list(&mut |json| find_total(json, depth - 1, false, total)),
        _ => json.skip(),
    }
}

/// A count, as a number or as a text; anything else is none.
fn count(value: &Value<'_>) -> Option<i64> {
    let count = match value {
        Value::Text(text) => text.trim().parse().ok(),
        Value::Number(literal) => whole_number(literal),
        _ => None,
    };
    count.filter(|count| *count >= 0)
}
