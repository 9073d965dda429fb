//! What a stage behind this one asks of an estimator: rows where the estimate gives numbers, so that nothing is counted
//! in two ways.

use super::count::{Counts, count};
use super::{Estimator, FieldRows};
use crate::error::Error;
use crate::field::Field;
use crate::filter::Filter;
use crate::inventory::row_set::{RowSet, Union};

impl Estimator {
    /// The rows that a filter matches, whether they can be scanned or not.
    pub(crate) fn matched(&self, filter: &Filter) -> Result<RowSet, Error> {
        self.with_rows(filter, |rows: &FieldRows| RowSet::shared(&rows.sets(), self.inventory.images()))?
    }

    /// The counts of some rows: what an estimate would say of a filter that matches just these.
    pub(crate) fn counts_of(&self, rows: &RowSet) -> Counts {
        count(&[Union::of(rows)], &self.inventory, &self.charges)
    }

    /// The rows that can be scanned and are not charged already.
    pub(crate) fn consuming(&self) -> &RowSet {
        &self.charges.consuming
    }

    /// Whether a filter can ask for a value: not for one with a comma, nor for none.
    pub(crate) fn is_askable(&self, field: Field, code: u32) -> bool {
        self.unaskable.allows(field, code)
    }
}
