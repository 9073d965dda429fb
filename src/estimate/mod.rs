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
pub mod model;
mod precheck;
mod rekey;
mod rows;
mod suggest;
mod under;
mod warnings;

pub(crate) use answer::MAX_SAFE_INTEGER;
pub use answer::{AppliedModel, Estimate, EstimateOptions, Free, Unmatched};
pub use charge_model::{BUILT_IN, ChargeModel, ChargedBy, CountBy};
pub use facets::{Counted, Facet, FacetOptions, Facets};
pub use precheck::{PrecheckData, PrecheckReply, request_id};
pub use suggest::{SuggestOptions, Suggestion, Suggestions};
pub use warnings::{Warning, WarningCode};

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::error::Error;
use crate::filter::{FieldRows, Filter};
use crate::inventory::Inventory;
use charges::Charges;
use count::{Counts, count};
use model::ModelDocument;
use rows::Sorted;
use suggest::Unaskable;

/// An inventory under a charge model, ready to be asked.
pub struct Estimator {
    inventory: Inventory,
    charge_model: ChargeModel,
    /// The document that the charge model was taken from, where it was.
    document: Option<Box<ModelDocument>>,
    charges: Charges,
    unaskable: OnceLock<Unaskable>,
    /// The counts without a filter.
    whole: Counts,
    /// The rows of the last filter's fields, of which the next one has most.
    field_rows: Mutex<FieldRows>,
    /// The rows in the order of the field by which they were last asked for in an order.
    sorted: Mutex<Option<Sorted>>,
}

impl Estimator {
    /// Finds what is charged already under a charge model.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or where the inventory was not grouped by [`ChargeModel::key`].
    pub fn new(inventory: Inventory, charge_model: ChargeModel) -> Result<Self, Error> {
        let charges = Charges::find(&inventory, &charge_model)?;
        let whole = count(&[], &inventory, &charges);
        Ok(Self {
            inventory,
            charge_model,
            document: None,
            charges,
            unaskable: OnceLock::new(),
            whole,
            field_rows: Mutex::default(),
            sorted: Mutex::default(),
        })
    }

    /// The inventory that is asked.
    #[must_use]
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }

    /// The rule by which quota is consumed.
    #[must_use]
    pub fn charge_model(&self) -> &ChargeModel {
        &self.charge_model
    }

    /// What a scan covers and consumes, part by part.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn estimate(&self, filter: &Filter, options: &EstimateOptions) -> Result<Estimate, Error> {
        let mut rows = self.rows()?;
        let counts = self.count(filter, &mut rows)?;
        let unmatched: Vec<_> = rows.unmatched().collect();
        let warnings = warnings::collect(filter, &unmatched, &self.inventory, &self.charge_model);
        let complete = self.inventory.is_complete();
        let ChargeModel { count_by, cycle_start, .. } = self.charge_model;
        let name = self.document.as_ref().map_or(BUILT_IN, |document| &document.name).to_owned();
        let applied = AppliedModel { name, count_by, cycle_start };
        Ok(Estimate::new(&counts, &unmatched, options, applied, complete, warnings))
    }

    /// The reply of the operation `PublicPreCheckImageScanTask`, under the given request id.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn precheck(&self, filter: &Filter, request_id: String) -> Result<PrecheckReply, Error> {
        Ok(PrecheckReply::new(&self.count(filter, &mut *self.rows()?)?, request_id))
    }

    /// Values for a field of the filter, with what each would add.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn suggest(&self, filter: &Filter, options: &SuggestOptions) -> Result<Suggestions, Error> {
        let unaskable = self.unaskable()?;
        self.with_rows(filter, |rows| {
            suggest::suggest(&self.inventory, &self.charges, filter, rows, options, unaskable)
        })?
    }

    /// The values of a field that the rows under the other fields hold, with images and quota of each.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn facets(&self, filter: &Filter, options: &FacetOptions) -> Result<Facets, Error> {
        self.inventory.ensure_distinct(&[options.field])?;
        self.with_rows(filter, |rows| facets::facets(&self.inventory, &self.charges, rows, options))?
    }

    fn count(&self, filter: &Filter, rows: &mut FieldRows) -> Result<Counts, Error> {
        Ok(match rows.matching(filter, &self.inventory)? {
            None => Counts::default(),
            Some(sets) if sets.is_empty() => self.whole,
            Some(sets) => count(&sets, &self.inventory, &self.charges),
        })
    }

    fn unaskable(&self) -> Result<&Unaskable, Error> {
        if let Some(unaskable) = self.unaskable.get() {
            return Ok(unaskable);
        }
        let found = Unaskable::find(&self.inventory)?;
        Ok(self.unaskable.get_or_init(|| found))
    }

    fn with_rows<R>(&self, filter: &Filter, answer: impl FnOnce(&FieldRows) -> R) -> Result<R, Error> {
        let mut rows = self.rows()?;
        rows.find(filter, &self.inventory)?;
        Ok(answer(&rows))
    }

    fn rows(&self) -> Result<MutexGuard<'_, FieldRows>, Error> {
        // What is counted once is told apart by these.
        self.inventory.ensure_distinct(self.charge_model.key())?;
        // Whatever state a panic left them in, rows are kept beside the values they belong to.
        Ok(self.field_rows.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
