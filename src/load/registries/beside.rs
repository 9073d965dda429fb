//! What stands beside or around a list of tags: which repository they are of. Nearer things come first.

use std::ops::Range;

use super::acr::Acr;
use super::put::put;
use super::settle::settle;
use crate::error::Error;
use crate::field::Field;
use crate::load::json::invalid_at;
use crate::load::json::open_value::OpenValue;
use crate::load::json::page::DEPTH;
use crate::load::json::text::{Invalid, JsonText};
use crate::load::list::List;
use crate::load::listed::Listed;
use crate::load::names::Column;
use crate::load::value::Value;
use crate::record::Record;

/// Reads a page whose rows were taken out of `text`; `numbers` are those of its lists.
pub(super) fn read(
    page: &OpenValue,
    text: &[u8],
    numbers: &[(Option<u32>, Option<u32>)],
    acr: &mut Acr,
) -> Result<(), Error> {
    let mut besides = Vec::new();
    besides.try_reserve_exact(page.lists().len()).map_err(|_| Error::out_of_memory("reading a page"))?;
    besides.resize_with(page.lists().len(), Record::default);
    look(&mut JsonText::new(text), page, DEPTH, &mut besides)
        .map_err(|error| invalid_at(error, page.position_of(error.at, text)))?;
    for ((list, beside), (total, number)) in page.lists().iter().zip(&besides).zip(numbers) {
        match list.kind {
            List::Repositories => acr.announce_repositories(total.unwrap_or(0)),
            List::Images if !list.tags.is_empty() => acr.end_list(list.tags.clone(), beside, *number)?,
            List::Images | List::ImageInstances => {}
        }
    }
    Ok(())
}

/// Looks for lists in the value that comes next, and for what stands beside and around them; tells which lists.
fn look<'t>(
    json: &mut JsonText<'t>,
    page: &OpenValue,
    depth: u8,
    besides: &mut [Record<'t>],
) -> Result<Range<usize>, Invalid> {
    let mut within = 0..0;
    match json.peek() {
        Some(b'{') if depth > 0 => {
            let mut own = Record::default();
            json.object(&mut |json, name| {
                match (json.peek(), Column::named(name)) {
                    (Some(b'{' | b'['), _) => add(&mut within, look(json, page, depth - 1, besides)?),
                    (_, Some(column @ (Column::Field(_) | Column::Listed(_)))) => {
                        beside(&mut own, column, json.value()?);
                    }
                    _ => json.skip()?,
                }
                Ok(())
            })?;
            for list in besides.get_mut(within.clone()).unwrap_or_default() {
                list.fill_from(&own);
            }
        }
        Some(b'[') => match page.list_at(json.at()) {
            Some(list) => {
                within = list..list + 1;
                json.skip()?;
            }
            None if depth > 0 => json.list(&mut |json| {
                add(&mut within, look(json, page, depth - 1, besides)?);
                Ok(())
            })?,
            None => json.skip()?,
        },
        _ => json.skip()?,
    }
    Ok(within)
}

/// Takes further lists in; they follow those before.
fn add(lists: &mut Range<usize>, more: Range<usize>) {
    match (lists.start == lists.end, more.is_empty()) {
        (_, true) => {}
        (true, _) => *lists = more,
        _ => lists.end = more.end,
    }
}

/// Puts what names a repository into a record; a second, different value is passed over.
fn beside<'t>(record: &mut Record<'t>, column: Column, value: Value<'t>) {
    let mut columns = [Some(column)];
    settle(&mut columns);
    match columns {
        [Some(Column::Field(Field::Digest | Field::Tag))] => {}
        [Some(column @ Column::Field(_) | column @ Column::Listed(Listed::RepositoryName))] => {
            drop(put(record, column, value));
        }
        _ => {}
    }
}
