//! What surrounds a list of rows: how many there are in all, and which page it is.
//!
//! A list takes what stands beside it, or around it, nearer things first.

use std::ops::Range;

use super::super::Rows;
use super::super::announced::Page;
use super::super::list::List;
use super::super::names::same_letters;
use super::super::shape::Shape;
use super::super::value::number_in;
use super::invalid_at;
use super::open_value::{OpenValue, SplitList};
use super::text::{Invalid, JsonText};
use crate::error::Error;

/// How deep lists are looked for: a page may stand within what an SDK or a script wraps around it.
pub(in crate::load) const DEPTH: u8 = 8;

/// What a page says of itself in numbers.
#[derive(Clone, Copy, Default)]
struct Numbers {
    /// How many rows there are on all pages.
    total: Option<u32>,
    /// Which page it is.
    number: Option<u32>,
    /// How many rows it has.
    count: Option<u32>,
}

impl Numbers {
    fn or(self, other: Self) -> Self {
        Self {
            total: self.total.or(other.total),
            number: self.number.or(other.number),
            count: self.count.or(other.count),
        }
    }
}

/// Reads a page whose rows were taken out of `text`.
pub(super) fn read(page: &OpenValue, text: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
    let mut lists = Vec::new();
    lists.try_reserve_exact(page.lists().len()).map_err(|_| Error::out_of_memory("reading a page"))?;
    lists.resize(page.lists().len(), Numbers::default());
    let mut json = JsonText::new(text);
    look(&mut json, page, DEPTH, &mut lists)
        .and_then(|_| json.end())
        .map_err(|error| invalid_at(error, page.position_of(error.at, text)))?;
    // The number of a page that was cut anew tells nothing.
    for (numbers, list) in lists.iter_mut().zip(page.lists()) {
        numbers.number = numbers.number.filter(|_| numbers.count.is_none_or(|count| count == list.rows));
    }
    if page.lists().iter().any(|list| list.kind == List::Repositories || !list.tags.is_empty()) {
        rows.by_registries(&mut |registries, _| {
            let numbers: Vec<_> = lists.iter().map(|numbers| (numbers.total, numbers.number)).collect();
            registries.page(page, text, &numbers)
        })?;
    }
    for (SplitList { kind, rows: of_list, .. }, Numbers { total, number, .. }) in page.lists().iter().zip(lists) {
        // A list without rows is one of tags where its page has a number or a total.
        if *kind == List::Images && *of_list == 0 {
            rows.report.shapes.add(match total.or(number) {
                Some(_) => Shape::ListRepoTag,
                None => Shape::PublicSyncAndCreateImageScanTask,
            });
        }
        if *kind != List::Repositories {
            rows.report.announced.page(Page { total, number, rows: *of_list })?;
        }
    }
    Ok(())
}

/// What an object or list came to: the lists of rows in it, and what a `PageInfo` in it says that none of them took.
#[derive(Default)]
struct Within {
    lists: Range<usize>,
    info: Numbers,
}

impl Within {
    fn add(&mut self, other: Self) {
        self.lists = match (self.lists.is_empty(), other.lists.is_empty()) {
            (_, true) => self.lists.clone(),
            (true, _) => other.lists,
            _ => self.lists.start.min(other.lists.start)..self.lists.end.max(other.lists.end),
        };
        self.info = self.info.or(other.info);
    }
}

/// Looks for lists in the value that comes next, and for what stands beside and around them.
fn look(json: &mut JsonText<'_>, page: &OpenValue, depth: u8, lists: &mut [Numbers]) -> Result<Within, Invalid> {
    let mut within = Within::default();
    match json.peek() {
        Some(b'{') if depth > 0 => {
            let mut own = Numbers::default();
            json.object(&mut |json, name| {
                match json.peek() {
                    Some(b'{') if same_letters("PageInfo", name) => {
                        json.object(&mut |json, name| count(json, name, &mut within.info))?;
                    }
                    Some(b'{' | b'[') => within.add(look(json, page, depth - 1, lists)?),
                    _ => count(json, name, &mut own)?,
                }
                Ok(())
            })?;
            if !within.lists.is_empty() {
                let numbers = std::mem::take(&mut within.info).or(own);
                for list in lists.get_mut(within.lists.clone()).unwrap_or_default() {
                    *list = list.or(numbers);
                }
            }
        }
        Some(b'[') => match page.list_at(json.at()) {
            Some(list) => {
                within.lists = list..list + 1;
                json.skip()?;
            }
            None if depth > 0 => json.list(&mut |json| {
                within.add(look(json, page, depth - 1, lists)?);
                Ok(())
            })?,
            None => json.skip()?,
        },
        _ => json.skip()?,
    }
    Ok(within)
}

/// Reads one of the numbers of a page, where the name is that of one; a number or a text with one.
fn count(json: &mut JsonText<'_>, name: &str, numbers: &mut Numbers) -> Result<(), Invalid> {
    let place = match name {
        _ if same_letters("TotalCount", name) => &mut numbers.total,
        _ if same_letters("CurrentPage", name) || same_letters("PageNo", name) => &mut numbers.number,
        _ if same_letters("Count", name) => &mut numbers.count,
        _ => return json.skip(),
    };
    let count = number_in(&json.value()?).filter(|count| *count >= 0);
    let count = count.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    *place = (*place).max(count);
    Ok(())
}
