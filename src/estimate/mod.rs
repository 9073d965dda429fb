//! Estimates: what a scan of the rows that a filter matches covers and consumes.
//!
//! Rows in, answers out. Here, and only here, is known what consumes quota.

mod answer;
mod best;
mod charge_model;
mod charges;
mod count;
mod facets;
mod field_option;
mod frequent;
mod precheck;
mod suggest;
mod under;
mod warnings;

pub use answer::{Estimate, EstimateOptions, Free, Unmatched};
pub use charge_model::{ChargeModel, CountBy};
pub use facets::{Counted, Facet, FacetOptions, Facets};
pub use precheck::{PrecheckData, PrecheckReply, request_id};
pub use suggest::{SuggestOptions, Suggestion, Suggestions};
pub use warnings::{Warning, WarningCode};

use std::sync::{Mutex, PoisonError};

use crate::error::Error;
use crate::filter::{FieldRows, Filter};
use crate::inventory::Inventory;
use charges::Charges;
use count::{Counts, count};
use suggest::Unaskable;

/// An inventory under a charge model, ready to be asked.
pub struct Estimator {
    inventory: Inventory,
    charge_model: ChargeModel,
    charges: Charges,
    unaskable: Unaskable,
    /// The rows of the last filter's fields, of which the next one has most.
    field_rows: Mutex<FieldRows>,
}

impl Estimator {
    /// Finds what is charged already under a charge model.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or where the inventory was not grouped by [`ChargeModel::key`].
    pub fn new(inventory: Inventory, charge_model: ChargeModel) -> Result<Self, Error> {
        let charges = Charges::find(&inventory, &charge_model)?;
        let unaskable = Unaskable::find(&inventory);
        Ok(Self { inventory, charge_model, charges, unaskable, field_rows: Mutex::default() })
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
        self.with_rows(filter, |rows| {
            let counts = self.count(rows);
            let unmatched: Vec<_> = rows.unmatched().map(|(field, value)| (field, value.to_owned())).collect();
            let warnings = warnings::collect(filter, &unmatched, &self.inventory, &self.charge_model);
            Estimate::new(&counts, unmatched, options, &self.charge_model, self.inventory.is_complete(), warnings)
        })
    }

    /// The reply of the operation `PublicPreCheckImageScanTask`, under the given request id.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn precheck(&self, filter: &Filter, request_id: String) -> Result<PrecheckReply, Error> {
        self.with_rows(filter, |rows| PrecheckReply::new(&self.count(rows), request_id))
    }

    /// Values for a field of the filter, with what each would add.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn suggest(&self, filter: &Filter, options: &SuggestOptions) -> Result<Suggestions, Error> {
        self.with_rows(filter, |rows| {
            suggest::suggest(&self.inventory, &self.charges, filter, rows, options, &self.unaskable)
        })?
    }

    /// The values of a field that the rows under the other fields hold, with images and quota of each.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn facets(&self, filter: &Filter, options: &FacetOptions) -> Result<Facets, Error> {
        self.with_rows(filter, |rows| facets::facets(&self.inventory, &self.charges, rows, options))?
    }

    fn count(&self, rows: &FieldRows) -> Counts {
        count(&rows.sets(), &self.inventory, &self.charges)
    }

    fn with_rows<R>(&self, filter: &Filter, answer: impl FnOnce(&FieldRows) -> R) -> Result<R, Error> {
        // Whatever state a panic left them in, rows are kept beside the values they belong to.
        let mut rows = self.field_rows.lock().unwrap_or_else(PoisonError::into_inner);
        rows.find(filter, &self.inventory)?;
        Ok(answer(&rows))
    }
}
