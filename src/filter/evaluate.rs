//! A filter asked of an inventory: values → codes → for each field the rows that hold one of its values.
//!
//! What was found for a field is kept: while a user types, one field changes and seven do not. The answer
//! is the same from whatever was asked before.

use super::Filter;
use crate::error::Error;
use crate::field::{Field, PerField};
use crate::inventory::Inventory;
use crate::inventory::row_set::RowSet;

/// The rows of each field that the last filter filtered by.
#[derive(Default)]
pub(crate) struct FieldRows(PerField<Option<Kept>>);

/// What was found for the values of a field.
struct Kept {
    values: Vec<String>,
    rows: RowSet,
    /// Values that no image holds, by their place among the values.
    unmatched: Vec<usize>,
}

impl FieldRows {
    /// Finds the rows of each field of a filter, as far as they are not known.
    pub(crate) fn find(&mut self, filter: &Filter, inventory: &Inventory) -> Result<(), Error> {
        for field in Field::ALL {
            let values = filter.values(field);
            let kept = self.0.get_mut(field);
            match kept {
                Some(known) if known.values == values => {}
                Some(known) if values.starts_with(&known.values) => known.extend(field, values, inventory)?,
                _ if values.is_empty() => *kept = None,
                known => {
                    let mut rows = match known.take() {
                        Some(known) => known.rows,
                        None => RowSet::empty(inventory.images())?,
                    };
                    rows.clear();
                    let fresh = Kept { values: Vec::new(), rows, unmatched: Vec::new() };
                    known.insert(fresh).extend(field, values, inventory)?;
                }
            }
        }
        Ok(())
    }

    /// The rows of each field that is filtered by: a row matches where it is in all of these sets.
    pub(crate) fn sets(&self) -> Vec<&RowSet> {
        self.sets_but(None)
    }

    /// The same, as if `field` were not filtered by.
    pub(crate) fn sets_without(&self, field: Field) -> Vec<&RowSet> {
        self.sets_but(Some(field))
    }

    /// The rows that hold a value of a field; `None` where it is not filtered by.
    pub(crate) fn of(&self, field: Field) -> Option<&RowSet> {
        self.0.get(field).as_ref().map(|kept| &kept.rows)
    }

    /// Values that no image holds, in the order of the fields and of the values.
    pub(crate) fn unmatched(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().filter_map(|(field, kept)| Some((field, kept.as_ref()?))).flat_map(|(field, kept)| {
            kept.unmatched.iter().filter_map(move |place| Some((field, kept.values.get(*place)?.as_str())))
        })
    }

    fn sets_but(&self, left_out: Option<Field>) -> Vec<&RowSet> {
        let others = self.0.iter().filter(|(field, _)| Some(*field) != left_out);
        others.filter_map(|(_, kept)| kept.as_ref().map(|kept| &kept.rows)).collect()
    }
}

impl Kept {
    /// Goes on to `values`, of which those found so far are the first.
    fn extend(&mut self, field: Field, values: &[String], inventory: &Inventory) -> Result<(), Error> {
        let column = inventory.column(field);
        let mut key = Vec::new();
        for (place, value) in values.iter().enumerate().skip(self.values.len()) {
            match inventory.code(field, value, &mut key) {
                Some(code) => column.postings.add_rows(code, &mut self.rows),
                None => self.unmatched.push(place),
            }
        }
        self.values = values.to_vec();
        Ok(())
    }
}
