//! What comes in which cycle, when one is not enough.
//!
//! Billing begins anew with each cycle: what was charged before consumes again where it is covered again. So a further
//! cycle pays every key of what it covers, also one that the cycle before has paid.

use super::super::lists::{at, change};
use super::answer::{Cycle, Schedule};
use super::greedy::fill_among;
use super::images::Group;
use super::instance::Keys;
use super::state::State;
use super::values::ValueItems;
use crate::error::Error;
use crate::limits::{MAX_CYCLE_VALUES, MAX_PLAN_CYCLES};

/// The cycles behind the first one, in which single images were chosen; these are `groups` without the first ones.
pub(super) fn of_images(first: Cycle, groups: &[Group], per_cycle: u64, images: u32) -> Schedule {
    let mut schedule = Schedule { images_left: images - first.images, cycles: vec![first] };
    let size = usize::try_from(per_cycle.max(1)).unwrap_or(usize::MAX);
    for groups in groups.chunks(size).take(MAX_PLAN_CYCLES as usize - 1) {
        let images = groups.iter().map(Group::images).sum();
        schedule.images_left -= images;
        schedule.cycles.push(Cycle { images, quota: groups.len() as u32, values: Vec::new(), value_count: 0 });
    }
    schedule
}

/// The cycles behind the first one, in which the values `chosen` came; `keys` are those of all covered images, and
/// `order` is that of all items, where one was asked for.
pub(super) fn of_values(
    first: Cycle,
    chosen: &[u32],
    values: &ValueItems,
    keys: &Keys,
    order: &[u32],
    per_cycle: u64,
    images: u32,
) -> Result<Schedule, Error> {
    let budget = u32::try_from(per_cycle).unwrap_or(u32::MAX);
    let instance = keys.instance(budget)?;
    let mut schedule = Schedule { images_left: images - first.images, cycles: vec![first] };
    let mut is_done = vec![false; values.codes.len()];
    chosen.iter().for_each(|item| change(&mut is_done, *item, |done| *done = true));
    let empty = State::new(&instance);
    while schedule.cycles.len() < MAX_PLAN_CYCLES as usize {
        let mut state = empty.clone();
        for item in order.iter().filter(|item| !at(&is_done, **item)) {
            state.take_if_it_fits(*item, budget);
        }
        fill_among(&mut state, budget, |item| !at(&is_done, item));
        let items: Vec<u32> = state.choice().collect();
        if items.is_empty() {
            break;
        }
        items.iter().for_each(|item| change(&mut is_done, *item, |done| *done = true));
        schedule.images_left -= state.gain;
        schedule.cycles.push(of_items(&items, values, state.gain, state.cost));
    }
    Ok(schedule)
}

/// One cycle, in which some values come.
pub(super) fn of_items(items: &[u32], values: &ValueItems, images: u32, quota: u32) -> Cycle {
    let listed = items.iter().take(MAX_CYCLE_VALUES).map(|item| values.text(*item)).collect();
    Cycle { images, quota, values: listed, value_count: items.len() as u32 }
}
