//! What surrounds a list of rows: how many there are in all, and which page it is.
//!
//! A list takes what stands beside it, or around it, nearer things first.

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
    let mut look = Look { page, lists: Vec::new(), info: Numbers::default() };
    look.lists.try_reserve_exact(page.lists().len()).map_err(|_| Error::out_of_memory("reading a page"))?;
    let mut json = JsonText::new(text);
    look.value(&mut json, DEPTH)
        .and_then(|()| json.end())
        .map_err(|error| invalid_at(error, page.position_of(error.at, text)))?;
    let mut lists = look.lists;
    // Those that stand too deep are told of by nothing.
    lists.resize(page.lists().len(), Numbers::default());
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

/// Lists as they are found, in their order.
struct Look<'p> {
    page: &'p OpenValue,
    lists: Vec<Numbers>,
    /// What a `PageInfo` says that no list has taken yet.
    info: Numbers,
}

impl Look<'_> {
    /// Looks for lists in the value that comes next, and for what stands beside and around them.
    fn value(&mut self, json: &mut JsonText<'_>, depth: u8) -> Result<(), Invalid> {
        let before = self.lists.len();
        match json.peek() {
            Some(b'{') if depth > 0 => {
                let mut own = Numbers::default();
                let outer = std::mem::take(&mut self.info);
                json.object(&mut |json, name| match json.peek() {
                    Some(b'{') if same_letters("PageInfo", name) => {
                        json.object(&mut |json, name| count(json, name, &mut self.info))
                    }
                    Some(b'{' | b'[') => self.value(json, depth - 1),
                    _ => count(json, name, &mut own),
                })?;
                let lists = self.lists.get_mut(before..).unwrap_or_default();
                if !lists.is_empty() {
                    let numbers = std::mem::take(&mut self.info).or(own);
                    lists.iter_mut().for_each(|list| *list = list.or(numbers));
                }
                self.info = outer.or(self.info);
                Ok(())
            }
            Some(b'[') => match self.page.list_at(json.at()) {
                Some(list) => {
                    self.lists.resize(list + 1, Numbers::default());
                    json.skip()
                }
                None if depth > 0 => json.list(&mut |json| self.value(json, depth - 1)),
                None => json.skip(),
            },
            _ => json.skip(),
        }
    }
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
