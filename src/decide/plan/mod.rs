//! Plans: what to scan within the quota that remains, as requests that can be submitted.
//!
//! Each image holds one value of a field, and each has one charge key, which images of several values may share. What a
//! choice of values covers is therefore a sum, and what it consumes is not: a key is paid once for all of them.

mod answer;
mod exact;
mod greedy;
mod images;
mod instance;
mod options;
mod requests;
mod schedule;
mod solve;
mod state;
#[cfg(test)]
mod tests;
mod values;

pub use answer::{Cycle, ImageRecord, LeftOut, Next, Parameters, Plan, PlanMethod, PlannedRequest, Schedule};
pub use options::{PlanBy, PlanOptions, PlanOrder};

use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::estimate::{Counted, Estimator};
use crate::field::Field;
use crate::filter::Filter;
use crate::inventory::row_set::RowSet;
use crate::inventory::{ABSENT, NEVER};
use crate::limits::MAX_PLAN_WORK;
use crate::memory::ensure_bytes;
use crate::order::sort_by;
use images::{groups, rows_of};
use requests::{Requests, Wanted, by_digest, requests};
use solve::{Solution, solve};
use state::State;
use values::ValueItems;

use super::lists::at;

/// What a choice takes at most for each value: its numbers in an instance and in two choices, and its offer.
const BYTES_PER_VALUE: usize = 128;

/// The same for each image, which adds one item to one key, in lists that grow by doubling and are sorted into others.
const BYTES_PER_IMAGE: usize = 24;

/// Of a field with more values than these, none is looked for that is near to a misspelt one.
const MOST_LOOKED_AT: u32 = 10_000;

impl Estimator {
    /// What to scan within the quota that remains.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or a value is to come first that no image holds.
    pub fn plan(&self, filter: &Filter, options: &PlanOptions) -> Result<Plan, Error> {
        let first = first_codes(self, options)?;
        let matched = self.matched(filter)?;
        let counts = self.counts_of(&matched);
        let whole = Counted { images: counts.images, quota: counts.quota };
        let of_both = |one: &RowSet, other: &RowSet| RowSet::shared(&[one, other], self.inventory().images());
        let covered = of_both(&matched, &self.inventory().marks().scannable)?;
        let asked = Asked { estimator: self, filter, options, matched, covered, whole };
        if u64::from(whole.quota) <= options.remaining {
            return asked.everything();
        }
        match options.by {
            PlanBy::Images => asked.by_images(first),
            PlanBy::Values(field) => {
                let costly = of_both(&asked.matched, self.consuming())?;
                asked.by_values(field, &costly, &first.map_or_else(Vec::new, |(_, codes)| codes))
            }
        }
    }
}

/// The values that come first, by their codes.
fn first_codes(estimator: &Estimator, options: &PlanOptions) -> Result<Option<(Field, Vec<u32>)>, Error> {
    let Some(field) = options.first else { return Ok(None) };
    let inventory = estimator.inventory();
    let mut codes = Vec::new();
    for value in options.first_values() {
        let place = 0..value.len();
        let found = inventory.codes(field, value, std::slice::from_ref(&place))?;
        match found.as_slice() {
            [code] if *code != ABSENT => codes.push(*code),
            _ => {
                let near = near_value(estimator, field, value);
                let message =
                    format!("`first` gives {}, which no image has in `{}`{near}", quoted(value), field.js_name());
                return Err(Error::new(ErrorKind::InvalidValue, message).with_field("first"));
            }
        }
    }
    Ok(Some((field, codes)))
}

fn near_value(estimator: &Estimator, field: Field, value: &str) -> String {
    let inventory = estimator.inventory();
    let distinct = inventory.column(field).dictionary.len();
    if field == Field::Digest || distinct > MOST_LOOKED_AT {
        return String::new();
    }
    let text = |code| {
        let mut text = String::new();
        inventory.value_text(field, code, &mut text);
        text
    };
    let values: Vec<String> = (1..distinct).map(text).collect();
    did_you_mean(value, &values.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What is asked for, and what it is about.
struct Asked<'a> {
    estimator: &'a Estimator,
    filter: &'a Filter,
    options: &'a PlanOptions,
    matched: RowSet,
    covered: RowSet,
    whole: Counted,
}

impl Asked<'_> {
    /// Nothing has to be chosen.
    fn everything(&self) -> Result<Plan, Error> {
        let wanted = if self.whole.images == 0 { Wanted::nothing() } else { Wanted::All };
        let mut plan = self.plan(&wanted, PlanMethod::Everything)?;
        plan.at_most = Some(plan.images);
        if self.options.per_cycle.is_some() {
            let only = Cycle { images: plan.images, quota: plan.quota, values: Vec::new(), value_count: 0 };
            plan.schedule = Some(Schedule { cycles: vec![only], images_left: 0 });
        }
        Ok(plan)
    }

    fn by_images(&self, first: Option<(Field, Vec<u32>)>) -> Result<Plan, Error> {
        let (estimator, options) = (self.estimator, self.options);
        ensure_bytes(self.whole.images as usize * BYTES_PER_IMAGE, "planning")?;
        let in_order = options.order == PlanOrder::LongestUnscanned;
        let groups = groups(estimator, &self.covered, first, options.order)?;
        let (chosen, left) = groups.split_at(groups.len().min(self.budget() as usize));
        let rows = rows_of(chosen, estimator, &self.covered)?;
        let wanted = by_digest(estimator, &self.covered, &rows)?;
        let mut plan = self.plan(&wanted, if in_order { PlanMethod::InOrder } else { PlanMethod::Exact })?;
        plan.at_most = (!in_order).then_some(plan.images);
        plan.left_out.next = left.first().map(|group| Next { value: None, images: group.images(), quota: 1 });
        if let Some(per_cycle) = options.per_cycle {
            let first = Cycle { images: plan.images, quota: plan.quota, values: Vec::new(), value_count: 0 };
            plan.schedule = Some(schedule::of_images(first, left, per_cycle, self.whole.images));
        }
        Ok(plan)
    }

    fn by_values(&self, field: Field, costly: &RowSet, first: &[u32]) -> Result<Plan, Error> {
        let (estimator, options) = (self.estimator, self.options);
        let values = ValueItems::find(estimator, field, &self.covered)?;
        // The most that a value, and a value of a key, take in all lists together.
        let bytes = values.codes.len() * BYTES_PER_VALUE + self.whole.images as usize * BYTES_PER_IMAGE;
        ensure_bytes(bytes, "planning")?;
        let keys = values.keys(&self.covered, costly);
        let instance = keys.instance(self.budget())?;
        let mut order: Vec<u32> = first.iter().filter_map(|code| values.item(*code)).collect();
        let in_order = options.order == PlanOrder::LongestUnscanned;
        let (items, method, at_most, guarantee) = if in_order {
            order.append(&mut longest_unscanned(&values, &self.covered, &instance.gains));
            let mut state = State::new(&instance);
            let items = order.iter().copied().filter(|item| state.take_if_it_fits(*item, self.budget())).collect();
            (items, PlanMethod::InOrder, None, 1.0)
        } else {
            let Solution { items, at_most, guarantee, is_exact } =
                solve(&instance, self.budget(), &order, MAX_PLAN_WORK);
            let method = if is_exact { PlanMethod::Exact } else { PlanMethod::Greedy };
            (items, method, Some(at_most), guarantee)
        };
        let codes = items.iter().map(|item| at(&values.codes, *item)).collect();
        let mut plan = self.plan(&Wanted::Some { field, codes, rows: Vec::new() }, method)?;
        (plan.at_most, plan.guarantee) = (at_most, guarantee);
        plan.values = Some(items.len() as u32);
        plan.left_out = LeftOut {
            values: Some((values.codes.len() - items.len()) as u32),
            without_value: self.whole.images - instance.gains.iter().sum::<u32>(),
            next: next(&keys, &items, &values)?,
            ..plan.left_out
        };
        if let Some(per_cycle) = options.per_cycle {
            let all_keys = values.keys(&self.covered, &self.covered);
            let first = schedule::of_items(&items, &values, plan.images, plan.quota);
            let schedule =
                schedule::of_values(first, &items, &values, &all_keys, &order, per_cycle, self.whole.images)?;
            plan.schedule = Some(schedule);
        }
        Ok(plan)
    }

    /// A plan of what is wanted. The numbers are those that a precheck of its requests gives.
    fn plan(&self, wanted: &Wanted, method: PlanMethod) -> Result<Plan, Error> {
        let Requests { images, quota, count, told } =
            requests(self.estimator, self.filter, &self.matched, wanted, self.options)?;
        Ok(Plan {
            images,
            quota,
            remaining: self.options.remaining,
            whole: self.whole,
            values: None,
            method,
            at_most: None,
            guarantee: 1.0,
            left_out: LeftOut { images: self.whole.images - images, ..LeftOut::default() },
            request_count: count,
            requests: told,
            schedule: None,
            complete: self.estimator.inventory().is_complete(),
        })
    }

    /// No inventory has more keys than can be counted in 32 bits.
    fn budget(&self) -> u32 {
        u32::try_from(self.options.remaining).unwrap_or(u32::MAX)
    }
}

impl Wanted {
    fn nothing() -> Self {
        Wanted::Some { field: Field::Digest, codes: Vec::new(), rows: Vec::new() }
    }
}

/// All items, those first of which no image was ever scanned, then those of which the last was scanned longest ago; of
/// equal ones those first that cover more images.
fn longest_unscanned(values: &ValueItems, covered: &RowSet, gains: &[u32]) -> Vec<u32> {
    let times = values.last_scans(covered);
    let time = |item: u32| times.get(item as usize).copied().unwrap_or(NEVER);
    let mut order: Vec<u32> = (0..gains.len() as u32).collect();
    sort_by(&mut order, &|one, other| time(one).cmp(&time(other)).then(at(gains, other).cmp(&at(gains, one))));
    order
}

/// The value that is left out and would add least quota; of equal ones the one that covers most.
fn next(keys: &instance::Keys, items: &[u32], values: &ValueItems) -> Result<Option<Next>, Error> {
    let instance = keys.instance(u32::MAX)?;
    let mut state = State::new(&instance);
    items.iter().for_each(|item| {
        state.take_if_it_fits(*item, u32::MAX);
    });
    let left = state.open(u32::MAX).min_by_key(|item| (state.marginal(*item), u32::MAX - at(&instance.gains, *item)));
    Ok(left.map(|item| Next {
        value: Some(values.text(item)),
        images: at(&instance.gains, item),
        quota: state.marginal(item),
    }))
}
