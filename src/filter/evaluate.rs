//! A filter asked of an inventory: values → codes → the rows that hold one of them in every field.

use super::Filter;
use crate::error::Error;
use crate::field::Field;
use crate::inventory::Inventory;
use crate::inventory::row_set::RowSet;

/// The rows that a filter matches.
pub struct Matches {
    /// The rows, among all of the inventory.
    pub rows: RowSet,
    /// Values that no image of the inventory holds, in the order of the fields and of the values.
    pub unmatched: Vec<(Field, String)>,
}

/// Asks a filter of an inventory.
pub(crate) fn evaluate(filter: &Filter, inventory: &Inventory) -> Result<Matches, Error> {
    let mut unmatched = Vec::new();
    let rows = intersection(filter, inventory, Field::ALL, |field, value| unmatched.push((field, value.to_owned())))?;
    Ok(Matches { rows, unmatched })
}

/// The rows that a filter would match if it did not filter by `field`.
pub(crate) fn evaluate_without(field: Field, filter: &Filter, inventory: &Inventory) -> Result<RowSet, Error> {
    intersection(filter, inventory, Field::ALL.into_iter().filter(|other| *other != field), |_, _| {})
}

/// The rows that hold one of the values of a field; all of them where it is not filtered by.
pub(crate) fn rows_with(
    field: Field,
    filter: &Filter,
    inventory: &Inventory,
    mut unmatched: impl FnMut(Field, &str),
) -> Result<RowSet, Error> {
    let mut rows = RowSet::empty(inventory.images())?;
    let column = inventory.column(field);
    let mut key = Vec::new();
    for value in filter.values(field) {
        match inventory.code(field, value, &mut key) {
            Some(code) => column.rows_of(code).iter().for_each(|row| rows.insert(*row)),
            None => unmatched(field, value),
        }
    }
    Ok(rows)
}

fn intersection(
    filter: &Filter,
    inventory: &Inventory,
    fields: impl IntoIterator<Item = Field>,
    mut unmatched: impl FnMut(Field, &str),
) -> Result<RowSet, Error> {
    let mut rows: Option<RowSet> = None;
    for field in fields.into_iter().filter(|field| !filter.values(*field).is_empty()) {
        let with = rows_with(field, filter, inventory, &mut unmatched)?;
        match &mut rows {
            Some(rows) => rows.intersect(&with),
            None => rows = Some(with),
        }
    }
    rows.map_or_else(|| RowSet::full(inventory.images()), Ok)
}
