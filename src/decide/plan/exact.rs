//! The best choice of all, by branch and bound, as long as the work stays within a limit.
//!
//! The bound: each item pays at least its share of every key that it meets, a key being shared out among all items that
//! meet it; so no choice covers more than one that pays only shares and may take a part of an item. That one takes the
//! items by images for each share until the budget is used up.

use super::super::lists::{at, change};
use super::state::{PARTS, State, Taken};
use crate::order::sort_by;

/// What is known at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The best choice that was met, where it is better than what was known before.
    pub(super) better: Option<Vec<u32>>,
    /// The images that no choice exceeds.
    pub(super) at_most: u32,
    /// Whether all choices were looked at, or known to be no better.
    pub(super) is_exact: bool,
}

/// Looks for a choice that adds to that of `state` within `budget`, and covers more than `known` images.
pub(super) fn search(state: &mut State, budget: u32, known: u32, most_work: u64) -> Found {
    let open: Vec<u32> = state.open(budget).collect();
    let mut ratios: Vec<f64> = open.iter().map(|item| ratio_of(state, *item)).collect();
    let mut places: Vec<u32> = (0..open.len() as u32).collect();
    sort_by(&mut places, &|one, other| at(&ratios, other).total_cmp(&at(&ratios, one)));
    let order: Vec<u32> = places.into_iter().map(|place| at(&open, place)).collect();
    ratios.clear();
    ratios.resize(order.len(), 0.0);
    let mut search = Search {
        budget,
        best: known,
        better: None,
        order,
        ratios,
        left_out: vec![false; state.instance.gains.len()],
        work: 0,
    };
    let root = search.look(state);
    let at_most = root.at_most.max(known);
    if at_most <= known {
        return Found { better: None, at_most: known, is_exact: true };
    }
    let is_exact = search.run(state, root, most_work);
    let at_most = if is_exact { search.best } else { at_most };
    Found { better: search.better, at_most, is_exact }
}

/// The images of an item for each part that it costs at least.
fn ratio_of(state: &State, item: u32) -> f64 {
    f64::from(at(&state.instance.gains, item)) / (state.share(item) as f64 + 1e-9)
}

struct Search {
    budget: u32,
    best: u32,
    better: Option<Vec<u32>>,
    /// The items that are open at the beginning, those with the most images for each share first.
    order: Vec<u32>,
    ratios: Vec<f64>,
    left_out: Vec<bool>,
    work: u64,
}

/// What is seen of a choice in the making.
struct Look {
    /// The images that no choice exceeds which adds to this one.
    at_most: u32,
    /// The first item that can be added.
    next: Option<u32>,
}

/// An item that was decided on: taken, or left out after all choices with it were looked at.
enum Decision {
    Taken(Taken, u32, bool),
    LeftOut(u32),
}

impl Search {
    /// Goes through all choices; says whether the work sufficed.
    fn run(&mut self, state: &mut State, root: Look, most_work: u64) -> bool {
        let mut decisions = Vec::new();
        let mut look = root;
        let mut is_exact = true;
        loop {
            if state.gain > self.best {
                self.best = state.gain;
                self.better = Some(state.choice().collect());
            }
            if self.work > most_work {
                is_exact = false;
                break;
            }
            match look.next.filter(|_| look.at_most > self.best) {
                Some(item) => {
                    // Without an item that costs nothing, no choice is better.
                    let is_free = state.marginal(item) == 0;
                    let (work, taken) = state.take(item, |_| ());
                    self.work += work;
                    decisions.push(Decision::Taken(taken, item, is_free));
                }
                None if !self.go_back(state, &mut decisions) => break,
                None => {}
            }
            look = self.look(state);
        }
        // The state is given back as it was taken.
        while let Some(decision) = decisions.pop() {
            if let Decision::Taken(taken, ..) = decision {
                state.take_back(taken);
            }
        }
        is_exact
    }

    /// Goes back to the last item that was taken and may be left out, and leaves it out. `false` where there is none.
    fn go_back(&mut self, state: &mut State, decisions: &mut Vec<Decision>) -> bool {
        while let Some(decision) = decisions.pop() {
            match decision {
                Decision::LeftOut(item) => change(&mut self.left_out, item, |out| *out = false),
                Decision::Taken(taken, item, is_free) => {
                    state.take_back(taken);
                    if !is_free {
                        change(&mut self.left_out, item, |out| *out = true);
                        decisions.push(Decision::LeftOut(item));
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Finds what can still be covered.
    fn look(&mut self, state: &State) -> Look {
        self.put_in_order(state);
        let keys_left = self.budget - state.cost;
        let mut parts_left = u64::from(keys_left) * PARTS;
        let mut look = Look { at_most: state.gain, next: None };
        for item in &self.order {
            if state.is_chosen(*item) || at(&self.left_out, *item) || state.marginal(*item) > keys_left {
                continue;
            }
            look.next = look.next.or(Some(*item));
            let (gain, share) = (at(&state.instance.gains, *item), state.share(*item));
            if share <= parts_left {
                parts_left -= share;
                look.at_most += gain;
            } else {
                // A thousandth is far more than what the fraction is wrong by, and no image.
                let part = f64::from(gain) * (parts_left as f64 / share as f64);
                look.at_most += (part + 0.001) as u32;
                break;
            }
        }
        look
    }

    /// Most items stand where they stood: to put each into its place among those before it takes hardly longer than
    /// to look at them.
    fn put_in_order(&mut self, state: &State) {
        for (ratio, item) in self.ratios.iter_mut().zip(&self.order) {
            *ratio = ratio_of(state, *item);
        }
        self.work += self.order.len() as u64;
        for place in 1..self.order.len() {
            let mut place = place;
            while let Some([before, own]) = self.ratios.get_mut(place - 1..place + 1) {
                if *before >= *own {
                    break;
                }
                std::mem::swap(before, own);
                self.order.swap(place - 1, place);
                self.work += 1;
                place -= 1;
                if place == 0 {
                    break;
                }
            }
        }
    }
}
