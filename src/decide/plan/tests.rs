//! The choice among items against every other choice that there is.

use super::instance::{Instance, Keys};
use super::solve::solve;
use crate::chance::numbers;

struct World {
    keys: Keys,
    gains: Vec<u32>,
    /// The items that meet each key.
    met_by: Vec<Vec<u32>>,
}

fn world(random: &mut impl FnMut(u32) -> u32, items: u32, keys: u32) -> World {
    let mut world = World { keys: Keys::of_items(items as usize), gains: Vec::new(), met_by: Vec::new() };
    let (most_gain, together) = (1 + random(30), 1 + random(4));
    world.gains.extend((0..items).map(|_| 1 + random(most_gain)));
    world.keys.gains.clone_from(&world.gains);
    for _ in 0..keys {
        let mut met_by: Vec<u32> = (0..1 + random(together)).map(|_| random(items)).collect();
        world.met_by.push(met_by.clone());
        world.keys.add(&mut met_by);
    }
    world
}

impl World {
    /// Images and keys of a choice, given as bits.
    fn counts(&self, choice: u32) -> (u32, u32) {
        let is_chosen = |item: &u32| choice >> item & 1 == 1;
        let gain = (0..).zip(&self.gains).filter(|(item, _)| is_chosen(item)).map(|(_, gain)| gain).sum();
        (gain, self.met_by.iter().filter(|items| items.iter().any(is_chosen)).count() as u32)
    }

    fn best(&self, budget: u32, with: u32) -> u32 {
        let choices = (0u32..1 << self.gains.len()).filter(|choice| choice & with == with);
        choices
            .map(|choice| self.counts(choice))
            .filter(|(_, keys)| *keys <= budget)
            .map(|(gain, _)| gain)
            .max()
            .unwrap()
    }
}

fn bits(items: &[u32]) -> u32 {
    items.iter().fold(0, |bits, item| bits | 1 << item)
}

/// 20,000 small worlds: within the budget, no worse than proven, and the best where it is said to be.
#[test]
fn a_choice_is_as_good_as_it_says() {
    let mut random = numbers(11);
    let (mut greedy, mut worse) = (0, 0);
    for _ in 0..20_000 {
        let (items, keys) = (1 + random(9), random(24));
        let world = world(&mut random, items, keys);
        let budget = random(keys + 1);
        let instance: Instance = world.keys.instance(budget).unwrap();
        let fixed: Vec<u32> = (0..random(3)).map(|_| random(items)).collect();
        for work in [0, u64::MAX] {
            let solution = solve(&instance, budget, &fixed, work);
            let (gain, paid) = world.counts(bits(&solution.items));
            let mut with = 0;
            for item in &fixed {
                if world.counts(with | 1 << item).1 <= budget {
                    with |= 1 << item;
                }
            }
            assert!(paid <= budget, "{paid} of {budget}");
            assert_eq!(bits(&solution.items) & with, with, "what fits of what comes first is chosen");
            let best = world.best(budget, with);
            assert!(solution.at_most >= best && gain <= best, "{gain} {best} {solution:?}");
            assert!(f64::from(gain) + 1e-9 >= solution.guarantee * f64::from(best), "{gain} {best} {solution:?}");
            if solution.is_exact {
                assert_eq!((gain, solution.at_most), (best, best));
            } else {
                assert_eq!(work, 0);
                greedy += 1;
                worse += u32::from(gain < best);
            }
        }
    }
    // The cases are not all easy ones.
    assert!(greedy > 1_000 && worse > 30, "{greedy} {worse}");
}

/// What is left of a search that was given up is the greedy choice, or a better one that was met.
#[test]
fn a_search_that_is_given_up_leaves_a_choice_that_holds() {
    let mut random = numbers(13);
    for _ in 0..2_000 {
        let world = world(&mut random, 14, 40);
        let budget = 5 + random(25);
        let instance = world.keys.instance(budget).unwrap();
        let best = world.best(budget, 0);
        let mut before = 0;
        for work in [0, 50, 500, 5_000, u64::MAX] {
            let solution = solve(&instance, budget, &[], work);
            let (gain, paid) = world.counts(bits(&solution.items));
            assert!(paid <= budget && gain <= best && gain >= before && solution.at_most >= best);
            before = gain;
        }
        assert_eq!(before, best);
    }
}
