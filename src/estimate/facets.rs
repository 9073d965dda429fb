//! Facets: the values of a field with images and quota of each, under the filter's other fields.
//!
//! Quota is a count of distinct charge keys, so it cannot be summed up from parts that were counted before:
//! each value is counted anew, by runs of rows where its column has runs, else row by row.

use serde::Serialize;

use super::charges::Charges;
use super::field_option::field_named;
use crate::error::Error;
use crate::field::Field;
use crate::filter::FieldRows;
use crate::input::{Input, unknown_key};
use crate::inventory::row_set::{RowSet, bits, intersection, masks};
use crate::inventory::{ABSENT, Inventory, Lists, Postings, Run, RunCounter};
use crate::limits::{DEFAULT_FACETS, MAX_FACETS};

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
                _ => return Err(unknown_key("options object", &key, ["field", "limit"])),
            }
        }
        Ok(Self { field: field_named(field)?, limit })
    }
}

/// The values of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Facets {
    /// Those with the most images, in falling order; equal ones by their text.
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
    let column = inventory.column(options.field);
    let sets = rows.sets_without(options.field);
    let mut counted: Vec<Counted> = Vec::new();
    let distinct = column.dictionary.len() as usize;
    counted.try_reserve_exact(distinct).map_err(|_| Error::out_of_memory("counting values"))?;
    counted.resize(distinct, Counted::default());
    match &column.postings {
        Postings::Runs(runs) => count_runs(&mut counted, runs, &sets, inventory, charges)?,
        Postings::Rows { codes, .. } | Postings::Adjacent { codes, .. } => {
            count_rows(&mut counted, codes, &sets, inventory, charges)?
        }
    }
    let absent = counted.first_mut().map(std::mem::take).unwrap_or_default();
    let total = counted.iter().filter(|counted| counted.images > 0).count() as u32;
    let values = most_frequent(&counted, options, inventory);
    Ok(Facets { values, total, absent })
}

fn count_runs(
    counted: &mut [Counted],
    runs: &Lists<Run>,
    sets: &[&RowSet],
    inventory: &Inventory,
    charges: &Charges,
) -> Result<(), Error> {
    let covered = intersection_with(sets, &inventory.marks().scannable)?;
    let consuming = intersection_with(sets, &charges.consuming)?;
    for (code, counted) in (ABSENT..).zip(counted) {
        let mut groups = RunCounter::new(&consuming, &inventory.marks().group_ends);
        for run in runs.of(code) {
            counted.images +=
                masks(run.start, run.end).map(|(word, mask)| (covered.word(word) & mask).count_ones()).sum::<u32>();
            groups.push(run.start, run.end);
        }
        counted.quota = groups.groups();
    }
    Ok(())
}

fn count_rows(
    counted: &mut [Counted],
    codes: &[u32],
    sets: &[&RowSet],
    inventory: &Inventory,
    charges: &Charges,
) -> Result<(), Error> {
    // The group in which each value was counted last, from 1.
    let mut last_groups: Vec<u32> = Vec::new();
    last_groups.try_reserve_exact(counted.len()).map_err(|_| Error::out_of_memory("counting values"))?;
    last_groups.resize(counted.len(), 0);
    let marks = inventory.marks();
    let mut groups_before = 1;
    intersection(sets, inventory.images(), |start, matched| {
        for (place, matched) in (start..).zip(matched) {
            let ends = marks.group_ends.word(place);
            let consuming = charges.consuming.word(place);
            let codes = codes.get(place * 64..).unwrap_or_default();
            for bit in bits(matched & marks.scannable.word(place)) {
                let code = codes.get(bit as usize).copied().unwrap_or(ABSENT) as usize;
                let (Some(counted), Some(last_group)) = (counted.get_mut(code), last_groups.get_mut(code)) else {
                    continue;
                };
                counted.images += 1;
                if consuming >> bit & 1 == 1 {
                    let group = groups_before + (ends & ((1 << bit) - 1)).count_ones();
                    counted.quota += u32::from(*last_group != group);
                    *last_group = group;
                }
            }
            groups_before += ends.count_ones();
        }
        // Groups are told apart by their number, for which each must be counted.
        true
    });
    Ok(())
}

fn intersection_with(sets: &[&RowSet], with: &RowSet) -> Result<RowSet, Error> {
    let mut all = with.clone();
    for set in sets {
        all.intersect(set);
    }
    Ok(all)
}

/// Values with as many images or more are told apart by sorting; there are few of them.
const MANY: usize = 1023;

/// The values with the most images. Where more have equally many than there is room for, those that came
/// first in the inventory are taken: to compare the texts of all would take longer than to count them.
fn most_frequent(counted: &[Counted], options: &FacetOptions, inventory: &Inventory) -> Vec<Facet> {
    let limit = options.limit as usize;
    let size = |counted: &Counted| MANY.min(counted.images as usize);
    let mut sizes = [0usize; MANY + 1];
    for counted in counted {
        if let Some(values) = sizes.get_mut(size(counted)) {
            *values += 1;
        }
    }
    let (mut smallest, mut larger) = (MANY, 0);
    for (size, values) in sizes.iter().enumerate().skip(1).rev() {
        smallest = size;
        if larger + values >= limit {
            break;
        }
        larger += values;
    }
    let mut room = if smallest == MANY { usize::MAX } else { limit - larger };
    let mut values: Vec<Facet> = Vec::new();
    for (code, counted) in (0..).zip(counted) {
        if size(counted) < smallest || (size(counted) == smallest && room == 0) {
            continue;
        }
        room -= usize::from(size(counted) == smallest);
        let mut value = String::new();
        inventory.value_text(options.field, code, &mut value);
        values.push(Facet { value, images: counted.images, quota: counted.quota });
    }
    values.sort_unstable_by(|a, b| b.images.cmp(&a.images).then_with(|| a.value.cmp(&b.value)));
    values.truncate(limit);
    values
}
