//! A filter asked of an inventory: for each field the rows that hold one of its values.
//!
//! What was found for a field is kept: while a user types, one field changes and seven do not. The answer
//! is the same from whatever was asked before.

use super::Filter;
use super::kept::Kept;
use crate::error::Error;
use crate::field::{Field, PerField};
use crate::inventory::Inventory;
use crate::inventory::row_set::{RowSet, Union, have_common_row};

/// The rows of the fields that filters filtered by.
#[derive(Default)]
pub(crate) struct FieldRows {
    kept: PerField<Kept>,
    /// The fields that the last filter filters by.
    wanted: Vec<Field>,
    /// Fields of which it is known that no row holds a value in each, as long as the values stay the same. None
    /// where nothing is known.
    apart: Vec<Field>,
}

impl FieldRows {
    /// Finds the rows of each field of a filter, as far as they are not known.
    pub(crate) fn find(&mut self, filter: &Filter, inventory: &Inventory) -> Result<(), Error> {
        self.take(filter, inventory)?;
        for field in &self.wanted {
            self.kept.get_mut(*field).place_as_one(*field, inventory)?;
        }
        Ok(())
    }

    /// Finds the rows that a filter matches, as sets that each of them is in; `None` where there is no such row.
    ///
    /// The narrow fields come first, and no more rows are found once these have none in common.
    pub(crate) fn matching<'a>(
        &'a mut self,
        filter: &Filter,
        inventory: &'a Inventory,
    ) -> Result<Option<Vec<Union<'a>>>, Error> {
        self.take(filter, inventory)?;
        let known_apart = !self.apart.is_empty() && self.apart.iter().all(|field| self.wanted.contains(field));
        if known_apart || self.wanted.iter().any(|field| self.kept.get(*field).is_empty()) {
            return Ok(None);
        }
        let order = self.cheapest_first(inventory);
        for (place, field) in order.iter().enumerate() {
            if self.kept.get(*field).is_placed() {
                continue;
            }
            let before = order.get(..place).unwrap_or_default();
            if !before.is_empty() && !have_common_row(&self.unions(before, inventory), inventory.images()) {
                self.apart = before.to_vec();
                return Ok(None);
            }
            self.kept.get_mut(*field).place(*field, inventory)?;
        }
        Ok(Some(self.unions(&order, inventory)))
    }

    /// The rows of each field that is filtered by: a row matches where it is in all of these sets. Known once they
    /// were found.
    pub(crate) fn sets(&self) -> Vec<&RowSet> {
        self.wanted.iter().filter_map(|wanted| self.of(*wanted)).collect()
    }

    /// The same without those of a field.
    pub(crate) fn sets_without(&self, field: Field) -> Vec<&RowSet> {
        self.wanted.iter().filter(|wanted| **wanted != field).filter_map(|wanted| self.of(*wanted)).collect()
    }

    /// The rows that hold a value of a field; `None` where it is not filtered by. Known once they were found.
    #[inline]
    pub(crate) fn of(&self, field: Field) -> Option<&RowSet> {
        if self.wanted.contains(&field) { self.kept.get(field).rows() } else { None }
    }

    /// Values that no image holds, each once, in the order of the fields and of the values.
    pub(crate) fn unmatched(&self) -> impl Iterator<Item = (Field, &str)> {
        self.wanted.iter().flat_map(|field| self.kept.get(*field).unmatched().map(move |value| (*field, value)))
    }

    /// Takes the values of a filter over, and learns which of them the inventory holds.
    fn take(&mut self, filter: &Filter, inventory: &Inventory) -> Result<(), Error> {
        self.wanted.clear();
        for field in Field::ALL {
            // What is kept of a field that is not filtered by now may be asked for again.
            let Some(values) = filter.list(field) else { continue };
            self.wanted.push(field);
            let is_same = self.kept.get_mut(field).take(values, field, inventory)?;
            if !is_same && self.apart.contains(&field) {
                self.apart.clear();
            }
        }
        Ok(())
    }

    /// The fields that are filtered by: those first whose rows are found, then those that have fewer pieces.
    fn cheapest_first(&mut self, inventory: &Inventory) -> Vec<Field> {
        if self.wanted.len() < 2 {
            return self.wanted.clone();
        }
        let mut order = Vec::new();
        for field in &self.wanted {
            let kept = self.kept.get_mut(*field);
            let cost = if kept.is_placed() { 0 } else { kept.pieces(*field, inventory) };
            let place = order.iter().take_while(|(_, other)| *other <= cost).count();
            order.insert(place, (*field, cost));
        }
        order.into_iter().map(|(field, _)| field).collect()
    }

    fn unions<'a>(&'a self, fields: &[Field], inventory: &'a Inventory) -> Vec<Union<'a>> {
        fields.iter().map(|field| self.kept.get(*field).union(*field, inventory)).collect()
    }
}
