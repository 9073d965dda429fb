//! The choice: greedy first, then the best of all where that can be shown within a limit of work.
//!
//! **What is proven of the greedy choice.** Let `B` be the budget left, `O` the best choice, `g` the images covered, and
//! let no key be met by more than `d` items. While the greedy choice `S` covers less than `O`, the items of `O` that it
//! lacks add together at most `d·B` keys when each is paid by itself, since `O` meets at most `B` keys, each by at most `d`
//! items. So one of them covers at least `(g(O) − g(S)) / (d·B)` images for each key that it adds, and the greedy rule
//! takes an item no worse. Each key paid therefore narrows the gap to `g(O)` by the factor `1 − 1/(d·B)` at least, and once
//! `B` keys are paid, by `e^(−1/d)`. The first item that does not fit pays the last of these keys: the choice before it and
//! that item cover together at least `(1 − e^(−1/d))·g(O)`, and so the better of the two at least half of that. The item
//! alone is no better than the best item alone, with which the second greedy choice begins.

use super::super::lists::{at, change};
use super::exact::search;
use super::greedy::{best_alone, fill};
use super::instance::Instance;
use super::state::State;
use crate::order::sort_by;

/// A choice, and how good it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Solution {
    /// The items chosen, those first that were fixed beforehand.
    pub(super) items: Vec<u32>,
    /// The images that no choice with the fixed items exceeds.
    pub(super) at_most: u32,
    /// The part of the best choice's images that is proven to be covered; 1 where the choice is the best.
    pub(super) guarantee: f64,
    pub(super) is_exact: bool,
}

/// Chooses among items so that at most `budget` keys are paid. The fixed ones come first, each that fits.
pub(super) fn solve(instance: &Instance, budget: u32, fixed: &[u32], most_work: u64) -> Solution {
    let mut state = State::new(instance);
    let mut items: Vec<u32> = fixed.iter().copied().filter(|item| state.take_if_it_fits(*item, budget)).collect();
    let fixed_gain = state.gain;
    let shared_by = most_shared(&state, budget);
    let mut best = with(&mut state, budget, None);
    if let Some(item) = best_alone(&state, budget) {
        let other = with(&mut state, budget, Some(item));
        if other.0 > best.0 {
            best = other;
        }
    }
    let (known, choice) = best;
    let found = search(&mut state, budget, known, most_work);
    let choice = found.better.unwrap_or(choice);
    let mut others: Vec<u32> = choice.into_iter().filter(|item| !state.is_chosen(*item)).collect();
    sort_by(&mut others, &|one, other| at(&instance.gains, other).cmp(&at(&instance.gains, one)));
    items.append(&mut others);
    let share = (1.0 - (-1.0 / f64::from(shared_by)).exp()) / 2.0;
    // What was fixed is in the best choice too: the share is one of the rest.
    let rest = f64::from(found.at_most.saturating_sub(fixed_gain));
    let whole = f64::from(found.at_most.max(1));
    let proven = (f64::from(fixed_gain) + share * rest) / whole;
    let covered = items.iter().map(|item| f64::from(at(&instance.gains, *item))).sum::<f64>() / whole;
    let guarantee = if found.is_exact { 1.0 } else { proven.max(covered) };
    Solution { items, at_most: found.at_most, guarantee, is_exact: found.is_exact }
}

/// The greedy choice behind what is chosen and one item more, and its images; the state is left as it was.
fn with(state: &mut State, budget: u32, first: Option<u32>) -> (u32, Vec<u32>) {
    let mut own = state.clone();
    if let Some(item) = first {
        own.take(item, |_| ());
    }
    fill(&mut own, budget);
    (own.gain, own.choice().collect())
}

/// By how many open items a key is met at most.
fn most_shared(state: &State, budget: u32) -> u32 {
    let mut is_open = vec![false; state.instance.gains.len()];
    state.open(budget).for_each(|item| change(&mut is_open, item, |open| *open = true));
    let shared = (0..).zip(state.instance.items_of.iter()).filter(|(set, _)| !state.is_paid(*set));
    shared.map(|(_, items)| items.iter().filter(|item| at(&is_open, **item)).count() as u32).max().unwrap_or(1).max(1)
}
