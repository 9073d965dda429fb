//! Facets: the values of a field with images and quota of each, under the filter's other fields.
//!
//! Images are counted for every value, quota only for the few that are told: it is a count of distinct charge
//! keys, which cannot be summed up from parts that were counted before.

use std::cmp::Reverse;

use serde::Serialize;

use super::charges::Charges;
use super::field_option::field_named;
use super::frequent::Frequent;
use super::under::Under;
use crate::error::Error;
use crate::field::Field;
use crate::filter::FieldRows;
use crate::input::{Input, unknown_key};
use crate::inventory::{ABSENT, Inventory};
use crate::limits::{DEFAULT_FACETS, MAX_FACETS};
use crate::order::sort_by;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FacetOptions {
    /// The field whose values are asked for.
    pub field: Field,
    /// How many values at most.
    pub limit: u32,
}

impl FacetOptions {
    /// Asks for the values of a field.
    #[must_use]
    pub fn new(field: Field) -> Self {
        Self { field, limit: DEFAULT_FACETS }
    }

    /// The same, with so many values at most.
    #[must_use]
    pub fn with_limit(mut self, limit: u32) -> Self {
        self.limit = limit;
        self
    }

    /// Reads options as a caller gave them.
    ///
    /// # Errors
    ///
    /// A key that is unknown, a value that cannot be, or no field.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut field = Input::Absent;
        let mut limit = DEFAULT_FACETS;
        for (key, value) in input.into_entries("options object")? {
            match key.as_str() {
                "field" => field = value,
                "limit" => {
                    if let Some(number) = value.into_whole_number(&key, 1.0, MAX_FACETS.into())? {
                        limit = number as u32;
                    }
                }
                _ => return Err(unknown_key("options object", &key, &["field", "limit"])),
            }
        }
        Ok(Self { field: field_named(field)?, limit })
    }
}

/// The values of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Facets {
    /// Those with the most images, in falling order; equal ones by their text. Where more have equally many than
    /// there is room for, those that came first in the inventory are taken.
    pub values: Vec<Facet>,
    /// How many values have an image in all.
    pub total: u32,
    /// Images that hold no value in the field.
    pub absent: Counted,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Facet {
    /// The value.
    pub value: String,
    /// Images that hold it, under the other fields.
    pub images: u32,
    /// Quota that these would consume.
    pub quota: u32,
}

/// Images and the quota that they would consume.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Counted {
    /// Images.
    pub images: u32,
    /// Quota.
    pub quota: u32,
}

pub(super) fn facets(
    inventory: &Inventory,
    charges: &Charges,
    rows: &FieldRows,
    options: &FacetOptions,
) -> Result<Facets, Error> {
    let field = options.field;
    let under = Under::find(rows, field, inventory, charges)?;
    let postings = &inventory.column(field).postings;
    let quota = |code| under.quota(postings.rows_of(code));
    let frequent = Frequent::find(inventory, &under.covered, field, options.limit)?;
    let facet = |(images, code)| {
        let mut value = String::new();
        inventory.value_text(field, code, &mut value);
        Facet { value, images, quota: quota(code) }
    };
    let mut values: Vec<Option<Facet>> = frequent.values.into_iter().map(|found| Some(facet(found))).collect();
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    let rank = |nth: u32| {
        let value = values.get(nth as usize)?.as_ref()?;
        Some((Reverse(value.images), &value.value))
    };
    sort_by(&mut order, &|one, other| rank(one).cmp(&rank(other)));
    let values = order.into_iter().filter_map(|nth| values.get_mut(nth as usize)?.take()).collect();
    let absent = Counted { images: under.images(postings.rows_of(ABSENT)), quota: quota(ABSENT) };
    Ok(Facets { values, total: frequent.total, absent })
}
