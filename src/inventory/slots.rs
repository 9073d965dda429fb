//! Hashes → codes: a hash table of four bytes for each slot, over values that lie elsewhere.
//!
//! A slot holds a code and, in the bits that no code of the table needs, a part of its value's hash: a value
//! is only compared where these agree. Slots are tried one after the other from where the hash points.

use std::collections::TryReserveError;

use super::sort::STRETCH;

/// Codes by hash. Code 0 cannot be put in: its slot would be an empty one.
pub(super) struct Slots {
    /// Their number is a power of two, and larger than every code in them.
    slots: Vec<u32>,
    used: usize,
}

/// A slot where a code can be put.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Vacancy {
    place: usize,
    tag: u32,
}

/// From so many slots on, their number is doubled.
const MANY: usize = 1 << 18;

/// From so many codes on, what comes is expected to be like what came.
const EVIDENCE: u32 = 1 << 13;

/// The fewest slots.
const FEWEST: usize = 16;

impl Slots {
    pub(super) fn new() -> Self {
        Self { slots: Vec::new(), used: 0 }
    }

    /// As many as are enough for so many codes.
    pub(super) fn with_room_for(codes: u32) -> Result<Self, TryReserveError> {
        Self::with_length(FEWEST.max((codes as usize * 4).div_ceil(3).next_power_of_two()))
    }

    /// The code with a hash for which `is` says that it is the one; or else the slot where it can be put, where
    /// there are slots.
    pub(super) fn find(&self, hash: u64, is: impl Fn(u32) -> bool) -> Result<u32, Option<Vacancy>> {
        let code_bits = self.code_bits();
        let tag = tag(hash, code_bits);
        let mut place = self.first_place(hash) as usize;
        loop {
            let Some(slot) = self.slots.get(place) else { return Err(None) };
            if *slot == 0 {
                return Err(Some(Vacancy { place, tag }));
            }
            if slot & !code_bits == tag && is(slot & code_bits) {
                return Ok(slot & code_bits);
            }
            place = (place + 1) & code_bits as usize;
        }
    }

    /// Finds for each of some hashes the code that it most likely belongs to, since a part of it agrees; 0 where
    /// there is no value with the hash.
    pub(super) fn guess_all<const MOST: usize>(&self, hashes: &[u64], codes: &mut [u32; MOST]) {
        // All slots are asked for before the first of them is looked at: to look is to wait.
        for (code, hash) in codes.iter_mut().zip(hashes) {
            *code = self.slots.get(self.first_place(*hash) as usize).copied().unwrap_or(0);
        }
        for (code, hash) in codes.iter_mut().zip(hashes) {
            if *code != 0 {
                *code = self.find(*hash, |_| true).unwrap_or(0);
            }
        }
    }

    /// The first slot that a hash points to.
    fn first_place(&self, hash: u64) -> u32 {
        hash as u32 & self.code_bits()
    }

    /// Puts in a code, which is larger by one than all before it, where [`Slots::find`] found a vacancy for its
    /// hash. Should the table have to grow, `hash_of` tells the hash of each code, and `times` how many times as many
    /// codes are expected in the end.
    #[inline]
    pub(super) fn insert(
        &mut self,
        code: u32,
        vacancy: Option<Vacancy>,
        times: u32,
        hash_of: impl Fn(u32) -> u64,
    ) -> Result<(), TryReserveError> {
        match vacancy {
            Some(Vacancy { place, tag }) if (self.used + 1) * 4 <= self.slots.len() * 3 => {
                if let Some(slot) = self.slots.get_mut(place) {
                    *slot = tag | code;
                    self.used += 1;
                }
                Ok(())
            }
            _ => self.grow(code, times, hash_of),
        }
    }

    /// Makes more slots, and puts all codes up to `last` into them.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, last: u32, times: u32, hash_of: impl Fn(u32) -> u64) -> Result<(), TryReserveError> {
        // As long as slots take little memory, growing seldom is worth more than growing by little.
        let factor = if self.slots.len() < MANY { 4 } else { 2 };
        let length = FEWEST.max(self.slots.len() * factor);
        let expected = if last < EVIDENCE { 0 } else { u64::from(last) * u64::from(times) * 4 / 3 };
        // What is expected may be more than can be addressed: then it is no help.
        let expected = usize::try_from(expected).ok().and_then(usize::checked_next_power_of_two).unwrap_or(0);
        // All codes can be told anew, so the old slots need not be kept until the new ones are filled.
        *self = Self::new();
        let length = match self.slots.try_reserve_exact(length.max(expected)) {
            Ok(()) => length.max(expected),
            Err(_) => self.slots.try_reserve_exact(length).map(|()| length)?,
        };
        self.slots.resize(length, 0);
        for first in (1..=last).step_by(STRETCH) {
            self.fill(first..=last.min(first + (STRETCH as u32 - 1)), &hash_of);
        }
        self.used = last as usize;
        Ok(())
    }

    #[inline(never)]
    fn fill(&mut self, codes: std::ops::RangeInclusive<u32>, hash_of: impl Fn(u32) -> u64) {
        let code_bits = self.code_bits();
        for code in codes {
            let hash = hash_of(code);
            let mut place = self.first_place(hash) as usize;
            while self.slots.get(place).is_some_and(|slot| *slot != 0) {
                place = (place + 1) & code_bits as usize;
            }
            if let Some(slot) = self.slots.get_mut(place) {
                *slot = tag(hash, code_bits) | code;
            }
        }
    }

    fn with_length(length: usize) -> Result<Self, TryReserveError> {
        let mut slots = Vec::new();
        slots.try_reserve_exact(length)?;
        slots.resize(length, 0);
        Ok(Self { slots, used: 0 })
    }

    /// The bits of a slot in which its code stands; also those of a hash that say where to begin.
    fn code_bits(&self) -> u32 {
        (self.slots.len() as u32).wrapping_sub(1)
    }
}

/// The bits of a hash that stand beside a code: others than those that say where to begin.
fn tag(hash: u64, code_bits: u32) -> u32 {
    (hash >> 32) as u32 & !code_bits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes are found again under good hashes, under bad ones and under equal ones.
    #[test]
    fn codes_are_found_by_their_hash() {
        let hashes: [fn(u32) -> u64; 4] = [
            |code| u64::from(code).wrapping_mul(0x9e37_79b9_7f4a_7c15),
            |code| u64::from(code) << 7,
            |_| u64::MAX,
            |code| u64::from(code % 3),
        ];
        for (hash_of, least_guessed) in hashes.into_iter().zip([1_000, 0, 0, 0]) {
            let (mut slots, mut guessed) = (Slots::new(), 0);
            for code in 1..2_000 {
                let vacancy = slots.find(hash_of(code), |found| found == code).unwrap_err();
                slots.insert(code, vacancy, 1, hash_of).unwrap();
            }
            for code in 1..2_000 {
                assert_eq!(slots.find(hash_of(code), |found| found == code), Ok(code));
                let mut guess = [0];
                slots.guess_all(&[hash_of(code)], &mut guess);
                guessed += usize::from(guess == [code]);
            }
            assert!(slots.find(hash_of(2_000), |found| found == 2_000).is_err());
            assert!(guessed >= least_guessed, "{guessed}");
        }
    }

    #[test]
    fn a_table_that_knows_what_is_expected_grows_once() {
        let hash_of = |code: u32| u64::from(code).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let (mut slots, mut sizes) = (Slots::new(), Vec::new());
        for code in 1..=100_000 {
            let vacancy = slots.find(hash_of(code), |found| found == code).unwrap_err();
            slots.insert(code, vacancy, 100_000 / code, hash_of).unwrap();
            sizes.push(slots.slots.len());
        }
        sizes.dedup();
        assert_eq!(sizes, [16, 64, 256, 1024, 4096, 1 << 14, 1 << 18]);
        assert!((1..=100_000).all(|code| slots.find(hash_of(code), |found| found == code) == Ok(code)));
    }
}
