//! The greedy choice: again and again the item that covers most images for each key that it adds.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::super::lists::at;
use super::state::State;

/// An item with what it would add when it was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Offer {
    gain: u32,
    keys: u32,
    item: u32,
}

/// The greatest is the best: more images for each key, then more images, then what came first.
impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        let own = u64::from(self.gain) * u64::from(other.keys);
        let others = u64::from(other.gain) * u64::from(self.keys);
        let free = (self.keys == 0).cmp(&(other.keys == 0));
        free.then(own.cmp(&others)).then(self.gain.cmp(&other.gain)).then(other.item.cmp(&self.item))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Adds items to a choice as long as any fits.
pub(super) fn fill(state: &mut State, budget: u32) {
    fill_among(state, budget, |_| true);
}

/// The same with some of the items only.
pub(super) fn fill_among(state: &mut State, budget: u32, may_be: impl Fn(u32) -> bool) {
    let offer = |state: &State, item| Offer { gain: at(&state.instance.gains, item), keys: state.marginal(item), item };
    let among = state.open(budget).filter(|item| may_be(*item));
    let mut offers: BinaryHeap<Offer> = among.map(|item| offer(state, item)).collect();
    let mut cheaper = Vec::new();
    while let Some(best) = offers.pop() {
        // What has become cheaper was offered anew; what does not fit is offered anew where it becomes so.
        if state.is_chosen(best.item) || best.keys != state.marginal(best.item) || best.keys > budget - state.cost {
            continue;
        }
        state.take(best.item, |other| cheaper.push(other));
        for other in cheaper.drain(..) {
            if !state.is_chosen(other) && !at(&state.instance.too_large, other) && may_be(other) {
                offers.push(offer(state, other));
            }
        }
    }
}

/// The item that covers most images of those that fit by themselves.
pub(super) fn best_alone(state: &State, budget: u32) -> Option<u32> {
    state.open(budget).max_by_key(|item| (at(&state.instance.gains, *item), u32::MAX - item))
}
