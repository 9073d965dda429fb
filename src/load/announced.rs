//! How many images the exports say there are, and whether as many came.
//!
//! Each page of an export tells the same total, so totals of pages are not summed; those of exports are. Which pages
//! are of one export shows in their numbers: an export that begins anew begins with a lower one, and two files whose
//! pages have no number in common are two parts of one export. Other files with one total are where both fit into it.

use crate::error::Error;
use crate::limits::MAX_PAGE_NUMBERS;

/// What a page says of the export that it is a part of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Page {
    /// How many images there are in all.
    pub(super) total: Option<u32>,
    /// Which page it is.
    pub(super) number: Option<u32>,
    /// How many rows it has.
    pub(super) rows: u32,
}

/// What all exports said so far.
#[derive(Debug, Default)]
pub(super) struct Announced {
    exports: Vec<Export>,
    /// The first export of the source that is being read.
    of_source: usize,
}

#[derive(Debug, Default)]
struct Export {
    total: u32,
    /// Rows of its pages; of a page that came twice, once.
    rows: u32,
    numbers: PageNumbers,
    last: Option<u32>,
    /// Whether each page told its number.
    numbered: bool,
}

impl Announced {
    /// A page told how many images there are.
    pub(super) fn page(&mut self, page: Page) -> Result<(), Error> {
        let Some(total) = page.total else { return Ok(()) };
        let begins_anew = |export: &Export| {
            let goes_back = page.number.zip(export.last).is_some_and(|(number, last)| number <= last);
            goes_back && export.total != total
        };
        if self.exports.get(self.of_source..).and_then(<[_]>::last).is_none_or(begins_anew) {
            self.exports.try_reserve(1).map_err(|_| full())?;
            self.exports.push(Export { numbered: true, ..Export::default() });
        }
        if let Some(export) = self.exports.last_mut() {
            export.total = export.total.max(total);
            export.last = page.number;
            export.numbered &= page.number.is_some();
            let is_new = page.number.map_or(Ok(true), |number| export.numbers.insert(number))?;
            if is_new {
                export.rows = export.rows.saturating_add(page.rows);
            }
        }
        Ok(())
    }

    /// A source has ended: where it is nothing but pages that an earlier export lacks, it belongs to that.
    pub(super) fn end_source(&mut self) -> Result<(), Error> {
        if self.exports.len() == self.of_source + 1
            && let Some(export) = self.exports.pop()
        {
            let numbered = |other: &Export| other.numbered && export.numbered;
            let is_part = |other: &&mut Export| {
                let other = &**other;
                let are_different = numbered(other) && !other.numbers.meets(&export.numbers);
                let both_fit = other.rows.saturating_add(export.rows) <= export.total;
                other.total == export.total && (are_different || both_fit)
            };
            match self.exports.iter_mut().find(is_part) {
                // What of a page came twice stands for none that is missing.
                Some(other) if numbered(other) && other.numbers.meets(&export.numbers) => {
                    other.rows = other.rows.max(export.rows);
                }
                Some(other) => {
                    other.rows = other.rows.saturating_add(export.rows);
                    other.numbered &= export.numbered;
                    export.numbers.0.iter().try_for_each(|number| other.numbers.insert(*number).map(drop))?;
                }
                None => self.exports.push(export),
            }
        }
        self.of_source = self.exports.len();
        Ok(())
    }

    /// How many images there are, where any export said so.
    pub(super) fn total(&self) -> Option<u32> {
        let totals = || self.exports.iter().map(|export| export.total);
        (!self.exports.is_empty()).then(|| totals().fold(0, u32::saturating_add))
    }

    /// Whether as many rows came as there are, `different` ones among them.
    pub(super) fn all_came(&self, different: u32) -> bool {
        self.exports.iter().all(|export| export.total <= export.rows && export.total <= different)
    }
}

/// Numbers of pages, in their order. Beyond [`MAX_PAGE_NUMBERS`] each counts as new.
#[derive(Debug, Default)]
pub(super) struct PageNumbers(Vec<u32>);

impl PageNumbers {
    /// Puts a number in, and tells whether it is new.
    pub(super) fn insert(&mut self, number: u32) -> Result<bool, Error> {
        let Err(place) = self.0.binary_search(&number) else { return Ok(false) };
        if self.0.len() < MAX_PAGE_NUMBERS {
            self.0.try_reserve(1).map_err(|_| full())?;
            self.0.insert(place, number);
        }
        Ok(true)
    }

    /// Whether there is a number in both.
    fn meets(&self, other: &Self) -> bool {
        other.0.iter().any(|number| self.0.binary_search(number).is_ok())
    }
}

fn full() -> Error {
    Error::out_of_memory("counting the pages")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(total: u32, number: u32, rows: u32) -> Page {
        Page { total: Some(total), number: Some(number), rows }
    }

    /// The exports of each source → the sum of their totals, and whether all came.
    fn read(sources: &[&[Page]], different: u32) -> (Option<u32>, bool) {
        let mut announced = Announced::default();
        for source in sources {
            source.iter().for_each(|page| announced.page(*page).unwrap());
            announced.end_source().unwrap();
        }
        (announced.total(), announced.all_came(different))
    }

    #[test]
    fn pages_of_one_export_tell_one_total() {
        assert_eq!(read(&[], 0), (None, true));
        assert_eq!(read(&[&[page(3, 1, 2), page(3, 2, 1)]], 3), (Some(3), true));
        assert_eq!(read(&[&[page(3, 1, 2)]], 2), (Some(3), false));
        // An image came in between two pages.
        assert_eq!(read(&[&[page(3, 1, 2), page(4, 2, 2)]], 4), (Some(4), true));
        // A page twice does not stand for one that is missing.
        assert_eq!(read(&[&[page(4, 1, 2), page(4, 1, 2)]], 4), (Some(4), false));
    }

    #[test]
    fn pages_in_files_of_their_own_are_one_export() {
        assert_eq!(read(&[&[page(3, 2, 1)], &[page(3, 1, 2)]], 3), (Some(3), true));
        assert_eq!(read(&[&[page(5, 1, 2)], &[page(5, 3, 1)]], 3), (Some(5), false));
    }

    #[test]
    fn pages_without_numbers_are_one_export_where_they_fit() {
        let part = |rows| Page { total: Some(6), number: None, rows };
        assert_eq!(read(&[&[part(2)], &[part(2), part(2)]], 6), (Some(6), true));
        assert_eq!(read(&[&[part(2)], &[part(2)]], 4), (Some(6), false));
        assert_eq!(read(&[&[part(6)], &[part(2)]], 8), (Some(12), false));
        assert_eq!(read(&[&[part(6)], &[part(6)]], 12), (Some(12), true));
    }

    #[test]
    fn totals_of_exports_are_summed() {
        assert_eq!(read(&[&[page(2, 1, 2)], &[page(3, 1, 3)]], 5), (Some(5), true));
        // One export has more than it needs, the other one less.
        assert_eq!(read(&[&[page(2, 1, 2)], &[page(9, 1, 3)]], 11), (Some(11), false));
        // Equally many, and both begin with the first page.
        assert_eq!(read(&[&[page(2, 1, 2)], &[page(2, 1, 1)]], 3), (Some(4), false));
        // Neither is whole: they may be parts of one, but a page that came twice stands for none that is missing.
        assert_eq!(read(&[&[page(4, 1, 2)], &[page(4, 1, 2)]], 4), (Some(4), false));
        assert_eq!(read(&[&[page(4, 1, 3)], &[page(4, 1, 3)]], 6), (Some(8), false));
        // One behind the other in one file.
        assert_eq!(read(&[&[page(2, 1, 2), page(3, 1, 3)]], 5), (Some(5), true));
        // The same file twice.
        assert_eq!(read(&[&[page(2, 1, 2)], &[page(2, 1, 2)]], 2), (Some(4), true));
    }
}
