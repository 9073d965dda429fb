//! When each charge key that is met was charged last: from that alone follows the quota under every start of the cycle.

use std::cmp::Ordering;

use super::super::lists::{at, change};
use super::keys::Keyed;
use crate::error::Error;
use crate::estimate::ChargedBy;
use crate::inventory::row_set::RowSet;
use crate::inventory::{Inventory, NEVER};

/// A key that is said to be charged is charged whenever the cycle began.
const ALWAYS: i64 = i64::MAX;

/// The times of some keys, one each: the last scan of any image with the key.
#[derive(Debug, Default)]
pub(super) struct Times(Vec<i64>);

/// The starts of the cycle under which just so many keys consume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Starts {
    /// The latest time that is too early; `None` where none is.
    pub(super) after: Option<i64>,
    /// The latest that is not too late; `None` where none is.
    pub(super) up_to: Option<i64>,
}

impl Times {
    /// The times of the keys that the rows of each of two sets meet, by what says that an image is charged.
    pub(super) fn find(
        inventory: &Inventory,
        keyed: &Keyed,
        by: ChargedBy,
        sets: [&RowSet; 2],
    ) -> Result<[Self; 2], Error> {
        let marks = inventory.marks();
        let most = sets.map(RowSet::count);
        let mut times = [Self::default(), Self::default()];
        for (times, most) in times.iter_mut().zip(most) {
            times.0.try_reserve_exact(most as usize).map_err(|_| Error::out_of_memory("counting by another rule"))?;
        }
        let (mut time, mut met) = (NEVER, [false; 2]);
        let mut end = |time: i64, met: [bool; 2]| {
            for (times, met) in times.iter_mut().zip(met) {
                if met {
                    times.0.push(time);
                }
            }
        };
        keyed.walk(inventory, &mut |row, is_first| {
            if is_first {
                end(time, met);
                (time, met) = (NEVER, [false; 2]);
            }
            let scanned = marks.last_scan_times.get(row as usize).filter(|_| by.scan_time).copied().unwrap_or(NEVER);
            time = time.max(if by.flag && marks.said_charged.contains(row) { ALWAYS } else { scanned });
            for (met, set) in met.iter_mut().zip(sets) {
                *met |= set.contains(row);
            }
        });
        end(time, met);
        Ok(times)
    }

    /// How many keys there are.
    pub(super) fn keys(&self) -> u32 {
        self.0.len() as u32
    }

    /// How many consume when the cycle began at a time, or, without one, when nothing counts as charged by a scan.
    pub(super) fn consuming(&self, cycle_start: Option<i64>) -> u32 {
        let start = cycle_start.unwrap_or(ALWAYS);
        self.0.iter().filter(|time| **time < start).count() as u32
    }

    /// The starts of the cycle under which just `keys` consume, where there is one.
    pub(super) fn starts_for(&self, keys: u32) -> Option<Starts> {
        let up_to = match self.keys().cmp(&keys) {
            Ordering::Less => return None,
            Ordering::Equal => ALWAYS,
            Ordering::Greater => self.nth(keys),
        };
        let (mut before, mut after) = (0, NEVER);
        for time in self.0.iter().filter(|time| **time < up_to) {
            before += 1;
            after = after.max(*time);
        }
        // Those that consume were all charged before those that do not.
        let is_apart = before == keys && up_to != NEVER;
        is_apart.then_some(Starts {
            after: Some(after).filter(|time| *time != NEVER),
            up_to: Some(up_to).filter(|time| *time != ALWAYS),
        })
    }

    /// The time before which, in their order, so many others stand; digit by digit, from the highest.
    fn nth(&self, mut nth: u32) -> i64 {
        const DIGIT: u32 = 8;
        let (mut known, mut places) = (0, u64::BITS);
        while places > 0 {
            places -= DIGIT;
            let mut counts = [0u32; 1 << DIGIT];
            for time in &self.0 {
                let ordered = ordered(*time) >> places;
                if ordered >> DIGIT == known {
                    change(&mut counts, ordered as u32 & 0xff, |count| *count += 1);
                }
            }
            let mut digit = 0;
            while at(&counts, digit) <= nth && digit < 0xff {
                nth -= at(&counts, digit);
                digit += 1;
            }
            known = known << DIGIT | u64::from(digit);
        }
        ordered(known as i64) as i64
    }
}

/// A number in the order of times, without a sign; the same turns it back.
fn ordered(time: i64) -> u64 {
    time as u64 ^ 1 << 63
}

impl Starts {
    /// Whether the cycle may have begun at a time; without one, later than all scans.
    pub(super) fn hold(&self, start: Option<i64>) -> bool {
        let start = start.unwrap_or(ALWAYS);
        self.after.is_none_or(|after| after < start) && self.up_to.is_none_or(|up_to| start <= up_to)
    }

    /// The start that is nearest to another.
    pub(super) fn nearest(&self, start: Option<i64>) -> Option<i64> {
        match (start.unwrap_or(ALWAYS), self.after, self.up_to) {
            (start, _, Some(up_to)) if start > up_to => Some(up_to),
            (start, Some(after), _) if start <= after => Some(after + 1),
            _ => start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::numbers;

    /// Times of all sizes, on both sides of 1970, many of them equal: as by sorting.
    #[test]
    fn starts_are_found_as_by_sorting() {
        let mut random = numbers(3);
        for _ in 0..2_000 {
            let scale = [1, 300, 1 << 20, 1 << 40][random(4) as usize];
            let time = |random: &mut dyn FnMut(u32) -> u32| match random(8) {
                0 => NEVER,
                1 => ALWAYS,
                _ => (i64::from(random(40)) - 20) * scale,
            };
            let count = random(30);
            let times = Times((0..count).map(|_| time(&mut random)).collect());
            let mut sorted = times.0.clone();
            sorted.sort_unstable();
            for (nth, time) in (0..).zip(&sorted) {
                assert_eq!(times.nth(nth), *time);
            }
            for keys in 0..=count + 1 {
                let found = times.starts_for(keys);
                let starts: Vec<i64> =
                    sorted.iter().filter(|time| **time != NEVER && **time != ALWAYS).copied().collect();
                let fits = |start: i64| times.consuming(Some(start)) == keys;
                // One just after each time and one that is each time, and one before and one after all.
                let tried = starts.iter().flat_map(|time| [*time, time + 1]).chain([NEVER + 1, ALWAYS]);
                for start in tried {
                    assert_eq!(
                        found.is_some_and(|starts| starts.hold(Some(start))),
                        fits(start),
                        "{sorted:?} {keys} {start}"
                    );
                }
            }
        }
    }
}
