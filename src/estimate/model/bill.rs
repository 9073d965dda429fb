//! Bills: what a scan comes to under the charge model of a document, in exact units.

use serde::Serialize;

use super::{ModelDocument, Span, Units};
use crate::error::{Error, ErrorKind};
use crate::estimate::answer::{Estimate, EstimateOptions};
use crate::estimate::charges::Charges;
use crate::estimate::{Estimator, FieldRows};
use crate::filter::Filter;
use crate::input::{Input, unknown_key};
use crate::inventory::row_set::common_blocks;
use crate::inventory::{GroupCounter, Inventory};

/// What a scan comes to. `units = quota × cost.first + repeats × cost.repeat`, where `quota` is the estimate's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Bill {
    /// The charge model by which it was counted.
    pub model: ModelDocument,
    /// The counts. What is missing and what to buy is here in whole units, rounded up.
    pub estimate: Estimate,
    /// Charge keys among the covered images that are charged already and scanned once more.
    pub repeats: u32,
    /// What the scan comes to.
    pub units: Units,
    /// How much of that is missing, where it is known what remains.
    pub shortfall: Option<Units>,
    /// The present cycle and when the next one begins, where the model has such and it is known what time it is.
    pub cycle: Option<Span>,
}

/// What is known of the one who asks for a bill.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BillOptions {
    /// As of an estimate.
    pub estimate: EstimateOptions,
    /// What time it is, in milliseconds since 1970.
    pub now: Option<i64>,
}

impl BillOptions {
    /// Reads options as a caller gave them: those of an estimate, and `now`.
    ///
    /// # Errors
    ///
    /// A key that is unknown, or a value that cannot be.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        const KEYS: [&str; 3] = ["remaining", "purchaseStep", "now"];
        let mut now = None;
        let mut others = Vec::new();
        for (key, value) in input.into_entries("options object")? {
            match key.as_str() {
                "now" => now = value.into_time("now")?,
                known if KEYS.contains(&known) => others.push((key, value)),
                _ => return Err(unknown_key("options object", &key, &KEYS)),
            }
        }
        Ok(Self { estimate: EstimateOptions::from_input(Input::Object(others))?, now })
    }
}

impl Estimator {
    /// What a scan comes to under the charge model in force, that of [`Estimator::set_model`] or else the built-in one;
    /// and, given the time that it is in milliseconds since 1970, how long the present cycle goes on.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or a time before the start of the cycle.
    pub fn bill(&self, filter: &Filter, options: &EstimateOptions, now: Option<i64>) -> Result<Bill, Error> {
        let model = self.document.as_deref().cloned().unwrap_or_else(|| ModelDocument {
            count_by: self.charge_model.count_by,
            charged_by: self.charge_model.charged_by,
            ..ModelDocument::security_center()
        });
        let known_start = self.charge_model.cycle_start;
        if now.is_some_and(|now| known_start.is_some_and(|start| start > now)) {
            let message = "`now` is earlier than the start of the cycle; give the time that it is";
            return Err(Error::new(ErrorKind::InvalidValue, message).with_field("now"));
        }
        let mut estimate = self.estimate(filter, options)?;
        let repeats = repeats(filter, &mut *self.rows()?, &self.inventory, &self.charges)?;
        let units = model.cost.first.times(estimate.quota).plus(model.cost.repeat.times(repeats));
        let shortfall = options.remaining.map(|remaining| units.above(remaining));
        estimate.compare(shortfall.map(Units::rounded_up));
        let cycle = now.and_then(|now| model.cycle.around(now, known_start));
        Ok(Bill { model, estimate, repeats, units, shortfall, cycle })
    }
}

/// Counts the charge keys that are charged already and met by an image that the filter matches.
fn repeats(filter: &Filter, rows: &mut FieldRows, inventory: &Inventory, charges: &Charges) -> Result<u32, Error> {
    let Some(sets) = rows.matching(filter, inventory)? else { return Ok(0) };
    let marks = inventory.marks();
    let mut charged_groups = GroupCounter::default();
    common_blocks(&sets, inventory.images(), |block, matched| {
        let mut charged = *matched;
        let (scannable, consuming) = (marks.scannable.block(block), charges.consuming.block(block));
        for ((word, scannable), consuming) in charged.iter_mut().zip(scannable).zip(consuming) {
            *word &= scannable & !consuming;
        }
        charged_groups.push(&charged, &marks.group_ends.block(block));
        charged_groups.is_open()
    });
    Ok(charged_groups.groups())
}
