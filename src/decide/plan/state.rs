//! A choice in the making: which items are chosen, what they cover and pay, and what each other would add.

use super::super::lists::{at, change};
use super::instance::Instance;

/// A key in parts, so that a share of it is a whole number.
pub(super) const PARTS: u64 = 1 << 16;

/// A choice of items, to which others are added and taken back in the opposite order.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub(super) instance: &'a Instance,
    /// Images that are covered, and keys that are paid.
    pub(super) gain: u32,
    pub(super) cost: u32,
    chosen: Vec<bool>,
    paid: Vec<bool>,
    /// The keys that each item would add.
    marginal: Vec<u32>,
    /// The same in parts, where each item has only its share of a key: so much it costs at least, whoever joins.
    share: Vec<u64>,
    /// Sets in the order in which they were paid.
    trail: Vec<u32>,
}

impl<'a> State<'a> {
    pub(super) fn new(instance: &'a Instance) -> Self {
        let mut marginal = instance.private.clone();
        let mut share: Vec<u64> = instance.private.iter().map(|keys| u64::from(*keys) * PARTS).collect();
        for (set, items) in (0..).zip(instance.items_of.iter()) {
            for item in items {
                change(&mut marginal, *item, |keys| *keys += at(&instance.weights, set));
                change(&mut share, *item, |parts| *parts += share_of(instance, set));
            }
        }
        let (chosen, paid) = (vec![false; instance.gains.len()], vec![false; instance.weights.len()]);
        Self { instance, gain: 0, cost: 0, chosen, paid, marginal, share, trail: Vec::new() }
    }

    pub(super) fn is_chosen(&self, item: u32) -> bool {
        at(&self.chosen, item)
    }

    /// Whether the keys of a set are paid.
    pub(super) fn is_paid(&self, set: u32) -> bool {
        at(&self.paid, set)
    }

    /// The keys that an item would add.
    pub(super) fn marginal(&self, item: u32) -> u32 {
        at(&self.marginal, item)
    }

    /// The parts of keys that an item costs at least, whatever else is chosen.
    pub(super) fn share(&self, item: u32) -> u64 {
        at(&self.share, item)
    }

    /// Items that are not chosen and could be, with so many keys in all.
    pub(super) fn open(&self, budget: u32) -> impl Iterator<Item = u32> {
        let left = budget.saturating_sub(self.cost);
        (0..self.instance.items()).filter(move |item| {
            !self.is_chosen(*item) && !at(&self.instance.too_large, *item) && self.marginal(*item) <= left
        })
    }

    /// The items that are chosen.
    pub(super) fn choice(&self) -> impl Iterator<Item = u32> {
        (0..self.instance.items()).filter(|item| self.is_chosen(*item))
    }

    /// Chooses an item, and tells those that cost less from now on, some more than once. Returns how much work it was,
    /// and what takes it back.
    pub(super) fn take(&mut self, item: u32, mut tell: impl FnMut(u32)) -> (u64, Taken) {
        let instance = self.instance;
        let taken = Taken { item, cost: self.marginal(item), paid: self.trail.len() };
        self.gain += at(&instance.gains, item);
        self.cost += taken.cost;
        change(&mut self.chosen, item, |chosen| *chosen = true);
        let mut work = 1;
        for set in instance.sets_of.of(item) {
            if at(&self.paid, *set) {
                continue;
            }
            change(&mut self.paid, *set, |paid| *paid = true);
            self.trail.push(*set);
            for other in instance.items_of.of(*set) {
                change(&mut self.marginal, *other, |keys| *keys -= at(&instance.weights, *set));
                change(&mut self.share, *other, |parts| *parts -= share_of(instance, *set));
                tell(*other);
                work += 1;
            }
        }
        (work, taken)
    }

    /// Chooses an item that is not chosen yet and fits; says whether it was.
    pub(super) fn take_if_it_fits(&mut self, item: u32, budget: u32) -> bool {
        let fits = !self.is_chosen(item)
            && !at(&self.instance.too_large, item)
            && self.marginal(item) <= budget.saturating_sub(self.cost);
        if fits {
            self.take(item, |_| ());
        }
        fits
    }

    /// Takes back what was chosen last.
    pub(super) fn take_back(&mut self, taken: Taken) {
        let instance = self.instance;
        for set in self.trail.drain(taken.paid..) {
            change(&mut self.paid, set, |paid| *paid = false);
            for other in instance.items_of.of(set) {
                change(&mut self.marginal, *other, |keys| *keys += at(&instance.weights, set));
                change(&mut self.share, *other, |parts| *parts += share_of(instance, set));
            }
        }
        change(&mut self.chosen, taken.item, |chosen| *chosen = false);
        self.gain -= at(&instance.gains, taken.item);
        self.cost -= taken.cost;
    }
}

/// What takes an item back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    item: u32,
    cost: u32,
    paid: usize,
}

/// What each item of a set costs at least for it: a part of its keys, of which all items together pay no more than all.
fn share_of(instance: &Instance, set: u32) -> u64 {
    let items = instance.items_of.of(set).len().max(1) as u64;
    u64::from(at(&instance.weights, set)) * PARTS / items
}
