//! What a stage behind this one asks of an estimator: rows where the estimate gives numbers, so that nothing is counted
//! in two ways.

use std::sync::{MutexGuard, PoisonError};

use super::count::{Counts, count};
use super::{Estimator, FieldRows};
use crate::error::Error;
use crate::field::Field;
use crate::filter::Filter;
use crate::inventory::row_set::{RowSet, Union};

/// All rows in the order of their values of a field.
pub(super) struct Sorted {
    by: Field,
    rows: Vec<u32>,
}

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

    /// The rows that cannot be scanned.
    pub(crate) fn not_scannable(&self) -> &RowSet {
        &self.charges.not_scannable
    }

    /// The rows of which nothing tells which others share their charge key.
    pub(crate) fn unknown_digest(&self) -> &RowSet {
        &self.charges.unknown_digest
    }

    /// The rows that are charged already themselves, and not only by another one with their charge key.
    pub(crate) fn charged_themselves(&self) -> &RowSet {
        &self.charges.charged_themselves
    }

    /// Lends all rows in the order of their values of a field, which is kept until another field is asked for.
    pub(crate) fn with_rows_by<R>(&self, field: Field, look: impl FnOnce(&[u32]) -> R) -> Result<R, Error> {
        let mut sorted = self.sorted();
        let known = match sorted.take().filter(|known| known.by == field) {
            Some(known) => known,
            None => Sorted { by: field, rows: self.inventory.rows_by(field)? },
        };
        let answer = look(&known.rows);
        *sorted = Some(known);
        Ok(answer)
    }

    pub(super) fn sorted(&self) -> MutexGuard<'_, Option<Sorted>> {
        self.sorted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a filter can ask for a value: not for one with a comma, nor for none.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn is_askable(&self, field: Field, code: u32) -> Result<bool, Error> {
        Ok(self.unaskable()?.allows(field, code))
    }
}
