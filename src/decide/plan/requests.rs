//! Chosen images → requests that cover just these: a filter where one does, else digests, else a list of images.

use std::net::IpAddr;

use super::super::lists::{at, change, listed};
use super::super::record::records;
use super::answer::{Parameters, PlannedRequest};
use super::options::PlanOptions;
use crate::error::Error;
use crate::estimate::Estimator;
use crate::field::Field;
use crate::filter::Filter;
use crate::inventory::row_set::RowSet;
use crate::inventory::{ABSENT, Inventory};
use crate::memory::filled;

/// Takes a filter, as the precheck that it was tried with does.
const BY_FILTER: &str = "PublicCreateImageScanTask";
/// Takes a list of images.
const BY_IMAGES: &str = "PublicSyncAndCreateImageScanTask";

/// What is to be asked for, in the order in which it is.
pub(super) enum Wanted {
    /// Everything that the filter matches.
    All,
    /// Values of a field, by their codes, in the place of those that the filter has; then images, by their rows.
    Some { field: Field, codes: Vec<u32>, rows: Vec<u32> },
}

/// The requests of a plan, as far as they are told.
pub(super) struct Requests {
    pub(super) images: u32,
    pub(super) quota: u32,
    pub(super) count: u32,
    pub(super) told: Vec<PlannedRequest>,
}

/// Makes the requests, and counts what they come to.
pub(super) fn requests(
    estimator: &Estimator,
    filter: &Filter,
    matched: &RowSet,
    wanted: &Wanted,
    options: &PlanOptions,
) -> Result<Requests, Error> {
    let so_far = RowSet::empty(estimator.inventory().images())?;
    let requests = Requests { images: 0, quota: 0, count: 0, told: Vec::new() };
    let mut asked = Asked { estimator, filter, matched, options, so_far, requests };
    match wanted {
        Wanted::All => asked.add(&Part::All)?,
        Wanted::Some { field, codes, rows } => {
            let size = options.batch.max(1) as usize;
            for codes in codes.chunks(size) {
                asked.add(&Part::Values(*field, codes))?;
            }
            for rows in rows.chunks(size) {
                asked.add(&Part::Images(rows))?;
            }
        }
    }
    asked.so_far.intersect(matched);
    let all = estimator.counts_of(&asked.so_far);
    Ok(Requests { images: all.images, quota: all.quota, ..asked.requests })
}

/// What is asked for in one request.
enum Part<'a> {
    All,
    Values(Field, &'a [u32]),
    Images(&'a [u32]),
}

struct Asked<'a> {
    estimator: &'a Estimator,
    filter: &'a Filter,
    matched: &'a RowSet,
    options: &'a PlanOptions,
    /// The rows of all requests so far, and perhaps some that the filter does not match.
    so_far: RowSet,
    requests: Requests,
}

impl Asked<'_> {
    /// Adds a request: its rows in any case, and what is told of it where it is.
    fn add(&mut self, part: &Part) -> Result<(), Error> {
        let place = self.requests.count;
        self.requests.count += 1;
        let PlanOptions { offset, limit, .. } = *self.options;
        if place < offset || place - offset >= limit {
            let mut so_far = std::mem::replace(&mut self.so_far, RowSet::empty(0)?);
            self.add_rows(part, &mut so_far);
            self.so_far = so_far;
            return Ok(());
        }
        let mut rows = RowSet::empty(self.estimator.inventory().images())?;
        self.add_rows(part, &mut rows);
        rows.intersect(self.matched);
        let own = self.estimator.counts_of(&rows);
        self.so_far.intersect(self.matched);
        let before = self.estimator.counts_of(&self.so_far).quota;
        self.so_far.unite(&rows);
        let adds = self.estimator.counts_of(&self.so_far).quota - before;
        let (operation, parameters) = self.parameters(part)?;
        let told = PlannedRequest { operation, parameters, images: own.images, quota: own.quota, adds };
        self.requests.told.push(told);
        Ok(())
    }

    fn add_rows(&self, part: &Part, rows: &mut RowSet) {
        match part {
            Part::All => rows.unite(self.matched),
            Part::Values(field, codes) => {
                let postings = &self.estimator.inventory().column(*field).postings;
                codes.iter().for_each(|code| postings.add_rows(*code, rows));
            }
            Part::Images(images) => rows.insert_all(images),
        }
    }

    fn parameters(&self, part: &Part) -> Result<(&'static str, Parameters), Error> {
        let inventory = self.estimator.inventory();
        Ok(match part {
            Part::All => (BY_FILTER, Parameters::Filter(parameters(self.filter, None))),
            Part::Values(field, codes) => {
                let list = joined(inventory, *field, codes);
                (BY_FILTER, Parameters::Filter(parameters(self.filter, Some((*field, list)))))
            }
            Part::Images(rows) => (BY_IMAGES, Parameters::Images(records(inventory, rows)?)),
        })
    }
}

/// Chosen images as digests where a digest covers no other image, else by their rows, in their order.
pub(super) fn by_digest(estimator: &Estimator, covered: &RowSet, chosen: &[u32]) -> Result<Wanted, Error> {
    const FIELD: Field = Field::Digest;
    let inventory = estimator.inventory();
    let row_codes = inventory.row_codes(FIELD)?;
    let full = |_| Error::out_of_memory("planning");
    // How many images each digest covers, less those that are chosen.
    let mut others = filled(inventory.column(FIELD).dictionary.len() as usize, 0u32).map_err(full)?;
    covered.rows().for_each(|row| change(&mut others, at(&row_codes, row), |others| *others += 1));
    chosen.iter().for_each(|row| change(&mut others, at(&row_codes, *row), |others| *others -= 1));
    let (mut codes, mut rows) = (Vec::new(), Vec::new());
    codes.try_reserve(others.len()).map_err(full)?;
    rows.try_reserve(chosen.len()).map_err(full)?;
    let mut is_asked = filled(others.len(), false).map_err(full)?;
    for row in chosen {
        let code = at(&row_codes, *row);
        if code == ABSENT || at(&others, code) > 0 || !estimator.is_askable(FIELD, code)? {
            rows.push(*row);
        } else if !at(&is_asked, code) {
            change(&mut is_asked, code, |asked| *asked = true);
            codes.push(code);
        }
    }
    Ok(Wanted::Some { field: FIELD, codes, rows })
}

/// The parameters of a filter, with other values of one field.
fn parameters(filter: &Filter, other: Option<(Field, String)>) -> Vec<(&'static str, String)> {
    let mut parameters = Vec::new();
    for field in Field::ALL {
        let list = match &other {
            Some((of, list)) if *of == field => list.clone(),
            _ => listed(filter.values(field), ","),
        };
        if !list.is_empty() {
            parameters.push((field.wire_name(), list));
        }
    }
    parameters.extend(filter.source_ip().map(|address| ("SourceIp", written(address))));
    parameters
}

/// An address as text. The platform's own way, which shortens it, is 2 kB of the download.
fn written(address: IpAddr) -> String {
    let mut text = String::new();
    match address {
        IpAddr::V4(address) => {
            for (place, part) in address.octets().into_iter().enumerate() {
                text.push_str(if place == 0 { "" } else { "." });
                text.push_str(&part.to_string());
            }
        }
        IpAddr::V6(address) => {
            for (place, part) in address.segments().into_iter().enumerate() {
                text.push_str(if place == 0 { "" } else { ":" });
                let digits = [part >> 12, part >> 8 & 15, part >> 4 & 15, part & 15];
                text.extend(digits.into_iter().filter_map(|digit| char::from_digit(digit.into(), 16)));
            }
        }
    }
    text
}

fn joined(inventory: &Inventory, field: Field, codes: &[u32]) -> String {
    let (mut list, mut text) = (String::new(), String::new());
    for code in codes {
        inventory.value_text(field, *code, &mut text);
        if !list.is_empty() {
            list.push(',');
        }
        list.push_str(&text);
    }
    list
}
