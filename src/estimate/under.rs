//! The rows that match in every field but one: what the values of that field are counted among.

use super::charges::Charges;
use crate::error::Error;
use crate::field::Field;
use crate::filter::FieldRows;
use crate::inventory::row_set::{RowSet, intersection};
use crate::inventory::{CountedGroups, GroupCounter, Inventory, RowsOf};

/// The rows that match in every field but one.
pub(super) struct Under<'a> {
    /// Those that can be scanned.
    pub(super) covered: RowSet,
    /// Those of them that are not charged already.
    consuming: RowSet,
    inventory: &'a Inventory,
    /// The ends of the groups that consume where they are met, if these are not all.
    countable: Option<RowSet>,
}

impl<'a> Under<'a> {
    /// The rows that match in every field but `field`.
    pub(super) fn find(
        rows: &FieldRows,
        field: Field,
        inventory: &'a Inventory,
        charges: &Charges,
    ) -> Result<Self, Error> {
        let matched_in = |set| {
            let mut sets = rows.sets_without(field);
            sets.push(set);
            RowSet::shared(&sets, inventory.images())
        };
        Ok(Self {
            covered: matched_in(&inventory.marks().scannable)?,
            consuming: matched_in(&charges.consuming)?,
            inventory,
            countable: None,
        })
    }

    /// From here on counts what is consumed beside some rows: nothing for a group that these meet.
    pub(super) fn count_beside(&mut self, rows: &RowSet) -> Result<(), Error> {
        let group_ends = &self.inventory.marks().group_ends;
        let mut countable = group_ends.copied()?;
        let mut groups = GroupCounter::default();
        intersection(&[&self.consuming, rows], self.inventory.images(), |start, words| {
            for (place, met) in (start..).zip(words) {
                countable.remove_from_word(place, groups.met_ends(*met, group_ends.word(place)));
            }
            groups.is_open()
        });
        self.countable = Some(countable);
        Ok(())
    }

    /// How many of a value's rows are images that match.
    pub(super) fn images(&self, rows: RowsOf) -> u32 {
        rows.count_in(&self.covered)
    }

    /// What a value's rows that match consume.
    pub(super) fn quota(&self, rows: RowsOf) -> u32 {
        let ends = &self.inventory.marks().group_ends;
        rows.groups(CountedGroups { by: &self.consuming, ends, countable: self.countable.as_ref().unwrap_or(ends) })
    }
}
