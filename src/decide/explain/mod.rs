//! Explanations: for each image that a filter matches, what it consumes and why.
//!
//! Every image has one reason, and the reasons' counts are those of an estimate. Which of the images with one charge key
//! is charged does not depend on what part of them is told: it is the first that the filter covers, in the inventory's
//! order.

mod answer;
mod options;
mod reasons;

pub use answer::{Charged, Explained, ExplainedImage, NamedImage, Reason, ReasonCounts, Verdict};
pub use options::ExplainOptions;

use super::page::{rows_at, rows_at_in};
use super::record::records;
use crate::error::Error;
use crate::estimate::Estimator;
use crate::filter::Filter;
use crate::inventory::NEVER;
use reasons::Reasons;

/// A row to be told, by the row that is told of it.
struct Told {
    row: u32,
    reason: Reason,
    other: Option<u32>,
}

impl Estimator {
    /// What each image that a filter matches consumes and why, page by page.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn explain(&self, filter: &Filter, options: &ExplainOptions) -> Result<Explained, Error> {
        let reasons = Reasons::find(self, filter)?;
        let asked = reasons.rows_with(&options.reasons)?;
        let total = asked.count();
        let numbers = options.page.of(total);
        // Descending is ascending, read backwards.
        let ascending = if options.descending { total - numbers.end..total - numbers.start } else { numbers };
        let mut rows = match options.sort {
            None => rows_at(&asked, ascending),
            Some(field) => self.with_rows_by(field, |order| rows_at_in(order, &asked, ascending))?,
        };
        if options.descending {
            rows.reverse();
        }
        Ok(Explained {
            counts: reasons.counts(),
            total,
            images: self.told(&reasons, &rows)?,
            complete: self.inventory().is_complete(),
        })
    }

    fn told(&self, reasons: &Reasons, rows: &[u32]) -> Result<Vec<ExplainedImage>, Error> {
        let told: Vec<Told> = rows.iter().map(|row| self.tell(reasons, *row)).collect();
        let all: Vec<u32> = rows.iter().copied().chain(told.iter().filter_map(|told| told.other)).collect();
        let mut images = records(self.inventory(), &all)?.into_iter();
        let own: Vec<_> = images.by_ref().take(rows.len()).collect();
        let explained = own.into_iter().zip(told).map(|(image, Told { row, reason, other })| {
            let other = other.and_then(|row| Some(NamedImage { row, image: images.next()? }));
            let mut explained =
                ExplainedImage { row, image, verdict: reason.verdict(), reason, same_as: None, charged: None };
            match reason {
                Reason::SameDigest => explained.same_as = other,
                Reason::AlreadyCharged => explained.charged = Some(self.charged(row, other)),
                _ => {}
            }
            explained
        });
        Ok(explained.collect())
    }

    fn tell(&self, reasons: &Reasons, row: u32) -> Told {
        let reason = reasons.of(row);
        let other = match reason {
            // Between the first row of a group and a later one there is no first row of another group.
            Reason::SameDigest => reasons.charged_now().last_before(row),
            Reason::AlreadyCharged if !self.charged_themselves().contains(row) => {
                let group_ends = &self.inventory().marks().group_ends;
                self.charged_themselves().next_from(group_ends.last_before(row).map_or(0, |end| end + 1))
            }
            _ => None,
        };
        Told { row, reason, other }
    }

    /// When a row was charged, be it by itself or by another one.
    fn charged(&self, row: u32, by: Option<NamedImage>) -> Charged {
        let (model, marks) = (self.charge_model(), self.inventory().marks());
        let charging = by.as_ref().map_or(row, |by| by.row);
        let time = marks.last_scan_times.get(charging as usize).copied().unwrap_or(NEVER);
        let in_cycle = model.cycle_start.is_some_and(|start| time != NEVER && time >= start);
        Charged {
            last_scan_time: (model.charged_by.scan_time && in_cycle).then_some(time),
            said: model.charged_by.flag && marks.said_charged.contains(charging),
            by,
        }
    }
}
