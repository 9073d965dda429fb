//! The reason of every image that a filter matches: a filter → one set of rows for each reason. Each matched row is in
//! just one of them.

use super::answer::{Reason, ReasonCounts};
use crate::error::Error;
use crate::estimate::Estimator;
use crate::filter::Filter;
use crate::inventory::all_but_firsts;
use crate::inventory::row_set::RowSet;

pub(super) struct Reasons {
    matched: RowSet,
    /// The rows with each reason, in the order of [`Reason::ALL`].
    sets: [RowSet; Reason::ALL.len()],
}

impl Reasons {
    pub(super) fn find(estimator: &Estimator, filter: &Filter) -> Result<Self, Error> {
        let inventory = estimator.inventory();
        let matched = estimator.matched(filter)?;
        let among = |one: &RowSet, other: &RowSet| RowSet::shared(&[one, other], inventory.images());
        let not_scannable = among(&matched, estimator.not_scannable())?;
        let consuming = among(&matched, estimator.consuming())?;
        let mut charged = matched.copied()?;
        charged.subtract(&not_scannable);
        charged.subtract(&consuming);
        let unknown = among(&consuming, estimator.unknown_digest())?;
        let repeated = all_but_firsts(&consuming, &inventory.marks().group_ends)?;
        let mut charged_now = consuming;
        charged_now.subtract(&unknown);
        charged_now.subtract(&repeated);
        Ok(Self { matched, sets: [charged_now, repeated, charged, unknown, not_scannable] })
    }

    /// The rows that are charged now.
    pub(super) fn charged_now(&self) -> &RowSet {
        let [charged_now, ..] = &self.sets;
        charged_now
    }

    /// The rows with one of some reasons; with any where none is named.
    pub(super) fn rows_with(&self, reasons: &[Reason]) -> Result<RowSet, Error> {
        let mut rows = self.matched.copied()?;
        if !reasons.is_empty() {
            rows.clear();
            let named = self.sets.iter().zip(Reason::ALL).filter(|(_, (_, reason))| reasons.contains(reason));
            named.for_each(|(set, _)| rows.unite(set));
        }
        Ok(rows)
    }

    /// The reason of a row that the filter matches.
    pub(super) fn of(&self, row: u32) -> Reason {
        let found = self.sets.iter().zip(Reason::ALL).find(|(set, _)| set.contains(row));
        found.map_or(Reason::NotScannable, |(_, (_, reason))| reason)
    }

    pub(super) fn counts(&self) -> ReasonCounts {
        let [charged_now, same_digest, already_charged, unknown_digest, not_scannable] =
            self.sets.each_ref().map(RowSet::count);
        ReasonCounts { charged_now, same_digest, already_charged, unknown_digest, not_scannable }
    }
}
