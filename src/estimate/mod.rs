//! Estimates: what a scan of the rows that a filter matches covers and consumes.
//!
//! Rows in, answers out. Here, and only here, is known what consumes quota.

mod answer;
mod charge_model;
mod charges;
mod count;
mod precheck;
mod suggest;
mod warnings;

pub use answer::{Estimate, EstimateOptions, Free, Unmatched};
pub use charge_model::{ChargeModel, CountBy};
pub use precheck::{PrecheckData, PrecheckReply, request_id};
pub use suggest::{SuggestOptions, Suggestion, Suggestions};
pub use warnings::{Warning, WarningCode};

use crate::error::Error;
use crate::filter::{Filter, evaluate};
use crate::inventory::Inventory;
use charges::Charges;
use count::count;

/// An inventory under a charge model, ready to be asked.
pub struct Estimator {
    inventory: Inventory,
    charge_model: ChargeModel,
    charges: Charges,
}

impl Estimator {
    /// Finds what is charged already under a charge model.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or where the inventory was not grouped by [`ChargeModel::key`].
    pub fn new(inventory: Inventory, charge_model: ChargeModel) -> Result<Self, Error> {
        let charges = Charges::find(&inventory, &charge_model)?;
        Ok(Self { inventory, charge_model, charges })
    }

    /// The inventory that is asked.
    #[must_use]
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }

    /// What a scan covers and consumes, part by part.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn estimate(&self, filter: &Filter, options: &EstimateOptions) -> Result<Estimate, Error> {
        let matches = evaluate(filter, &self.inventory)?;
        let counts = count(matches.rows.words(), &self.inventory, &self.charges);
        let warnings = warnings::collect(filter, &matches.unmatched, &self.inventory, &self.charge_model);
        Ok(Estimate::new(
            &counts,
            matches.unmatched,
            options,
            &self.charge_model,
            self.inventory.is_complete(),
            warnings,
        ))
    }

    /// The reply of the operation `PublicPreCheckImageScanTask`, under the given request id.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn precheck(&self, filter: &Filter, request_id: String) -> Result<PrecheckReply, Error> {
        let matches = evaluate(filter, &self.inventory)?;
        Ok(PrecheckReply::new(&count(matches.rows.words(), &self.inventory, &self.charges), request_id))
    }

    /// Values for a field of the filter, with what each would add.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn suggest(&self, filter: &Filter, options: &SuggestOptions) -> Result<Suggestions, Error> {
        suggest::suggest(&self.inventory, &self.charges, filter, options)
    }
}
