//! One row object → a record, or the reason why it cannot be used.

use super::super::Rows;
use super::super::cursor::Cursor;
use super::super::list::List;
use super::super::names::{Column, NameCache};
use super::super::shape::Shape;
use super::super::value::put;
use super::invalid;
use super::text::JsonText;
use crate::error::Error;
use crate::record::Record;

/// Reads the row object that begins at `start` and is all of `text`.
pub(super) fn read(
    start: Cursor,
    text: &[u8],
    list: Option<List>,
    names: &mut NameCache,
    rows: &mut Rows<'_>,
) -> Result<(), Error> {
    names.rewind();
    let mut record = Record::default();
    let mut fault = None;
    let mut is_listing = false;
    let mut json = JsonText::new(text);
    let report = &mut *rows.report;
    let read = json.object(&mut |json, name| {
        let (column, new) = names.look_up(name);
        let Some(column) = column else {
            if new {
                report.note_unused(name);
            }
            return json.skip();
        };
        if matches!(column, Column::Listed(_)) {
            is_listing = true;
            return json.skip();
        }
        let value = json.value()?;
        // After a fault the rest is read only to see that it is JSON.
        if fault.is_none() {
            fault = put(&mut record, column, value).err();
        }
        Ok(())
    });
    read.and_then(|()| json.end())
        .map_err(|error| invalid(error, start.advanced(text.get(..error.at).unwrap_or(text))))?;
    if is_listing {
        return rows.by_registries(&mut |registries, rows| registries.object(start, text, list, rows));
    }
    let row = fault.map_or(Ok(record), Err);
    match list {
        Some(list) => list.take(row, start.position(), rows),
        None => {
            rows.report.shapes.add(Shape::Rows);
            rows.take(row, start.position())
        }
    }
}
