//! What there is to choose from: values with the images that each covers and the charge keys that each meets.
//!
//! Keys of an inventory → an instance of a known problem, in which nothing is left of rows: choose items so that
//! together they meet at most so many keys, and cover the most images. A key that several chosen items meet is paid
//! once, so that most of its size lies in the keys that are shared.

use std::cmp::Ordering;

use super::super::lists::{Lists, at, change};
use crate::error::Error;
use crate::inventory::sort_by_code;
use crate::order::sort_by;

/// Items to choose from. An image is covered by one item, a key met by any number of them.
#[derive(Debug, Default)]
pub(super) struct Instance {
    /// The images that each item covers.
    pub(super) gains: Vec<u32>,
    /// The keys that an item alone meets.
    pub(super) private: Vec<u32>,
    /// Items that meet more keys than could ever be paid.
    pub(super) too_large: Vec<bool>,
    /// How many keys are met by just the same items, for each such set of items.
    pub(super) weights: Vec<u32>,
    /// The items of each set, two at least.
    pub(super) items_of: Lists,
    /// The sets that each item is in.
    pub(super) sets_of: Lists,
}

/// The keys that items meet, as they are found.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) gains: Vec<u32>,
    /// The keys that an item alone meets.
    private: Vec<u32>,
    /// The items of each key that several meet, ascending.
    shared: Lists,
}

impl Keys {
    pub(super) fn of_items(items: usize) -> Self {
        Self { gains: vec![0; items], private: vec![0; items], shared: Lists::default() }
    }

    /// Adds a key by the items that meet it, which may be named more than once.
    pub(super) fn add(&mut self, met_by: &mut Vec<u32>) {
        if met_by.len() > 1 {
            sort_by(met_by, &|one, other| one.cmp(&other));
            met_by.dedup();
        }
        match met_by.as_slice() {
            [] => {}
            [item] => change(&mut self.private, *item, |keys| *keys += 1),
            items => self.shared.push(items.iter().copied()),
        }
    }

    /// The instance in which `budget` keys can be paid: an item that meets more is never chosen, and what only it
    /// shares with another is the other's alone.
    pub(super) fn instance(&self, budget: u32) -> Result<Instance, Error> {
        let mut meets = self.private.clone();
        for item in self.shared.members() {
            change(&mut meets, *item, |keys| *keys += 1);
        }
        let too_large: Vec<bool> = meets.iter().map(|keys| *keys > budget).collect();
        let mut private = self.private.clone();
        let mut sets = Lists::default();
        for items in self.shared.iter() {
            let mut payable = items.iter().copied().filter(|item| !at(&too_large, *item));
            match (payable.next(), payable.next()) {
                (Some(first), Some(second)) => sets.push([first, second].into_iter().chain(payable)),
                (Some(only), None) => change(&mut private, only, |keys| *keys += 1),
                _ => {}
            }
        }
        let (items_of, weights) = merged(&sets);
        let sets_of = inverted(&items_of, self.gains.len() as u32)?;
        Ok(Instance { gains: self.gains.clone(), private, too_large, weights, items_of, sets_of })
    }
}

impl Instance {
    pub(super) fn items(&self) -> u32 {
        self.gains.len() as u32
    }
}

/// Each set once, with how often it came.
fn merged(sets: &Lists) -> (Lists, Vec<u32>) {
    let mut order: Vec<u32> = (0..sets.len()).collect();
    sort_by(&mut order, &|one, other| sets.of(one).cmp(sets.of(other)));
    let (mut distinct, mut weights) = (Lists::default(), Vec::<u32>::new());
    let mut last: &[u32] = &[];
    for place in order {
        let set = sets.of(place);
        match weights.last_mut() {
            Some(weight) if last.cmp(set) == Ordering::Equal => *weight += 1,
            _ => {
                distinct.push(set.iter().copied());
                weights.push(1);
                last = set;
            }
        }
    }
    (distinct, weights)
}

/// For each item the sets that it is in.
fn inverted(items_of: &Lists, items: u32) -> Result<Lists, Error> {
    let sets: Vec<u32> = (0..).zip(items_of.iter()).flat_map(|(set, of)| of.iter().map(move |_| set)).collect();
    let (starts, positions) = sort_by_code(items_of.members(), items)?;
    let mut sets_of = Lists::default();
    for item in 0..items {
        let positions = positions.get(at(&starts, item) as usize..at(&starts, item + 1) as usize);
        sets_of.push(positions.unwrap_or_default().iter().map(|position| at(&sets, *position)));
    }
    Ok(sets_of)
}
