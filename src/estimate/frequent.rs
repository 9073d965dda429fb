//! The most frequent values of a field: those with the most images under the filter's other fields.
//!
//! What is counted is images alone, for every value; what else is asked of values is only asked of the few
//! that are found here.

use std::cmp::Reverse;

use super::best::Best;
use crate::bytes::bits;
use crate::error::Error;
use crate::field::Field;
use crate::inventory::row_set::RowSet;
use crate::inventory::{ABSENT, GroupCounter, Inventory, Postings};

/// The most frequent values of a field.
pub(super) struct Frequent {
    /// Images and code of each, the most images first; of equally many what came first in the inventory.
    pub(super) values: Vec<(u32, u32)>,
    /// How many values have an image in all.
    pub(super) total: u32,
}

impl Frequent {
    /// Finds the `limit` most frequent values of a field among the rows that are covered.
    pub(super) fn find(inventory: &Inventory, covered: &RowSet, field: Field, limit: u32) -> Result<Self, Error> {
        let column = inventory.column(field);
        match column.postings.codes() {
            // But for the rows without a value, of which each is a group by itself.
            Some(codes) if inventory.grouped_by() == [field] => {
                let mut absent = RowSet::empty(inventory.images())?;
                column.postings.add_rows(ABSENT, &mut absent);
                Ok(Self::by_groups(covered, &absent, &inventory.marks().group_ends, codes, limit))
            }
            Some(codes) => {
                let images = images_by_rows(covered, codes, &column.postings, column.dictionary.len())?;
                Ok(Self::among(&images, limit))
            }
            None => {
                let mut images = list(column.dictionary.len())?;
                images.extend((0..column.dictionary.len()).map(|code| column.postings.rows_of(code).count_in(covered)));
                Ok(Self::among(&images, limit))
            }
        }
    }

    /// Finds the `limit` most frequent values, given the images of each by its code.
    fn among(images: &[u32], limit: u32) -> Self {
        let mut best = Best::new(limit);
        let mut total: u32 = 0;
        for (start, images) in (0..).step_by(64).zip(images.chunks(64)) {
            // There are no more values than codes of 32 bits: without a check, the compiler takes vectors.
            total = images.iter().fold(total, |total, images| total.wrapping_add(u32::from(*images > 0)));
            // Codes ascend, so that as many images as the last of those kept has are too few.
            let enough = best.last().map_or(1, |(Reverse(images), _)| images + 1);
            if images.iter().fold(0, |most, images| most.max(*images)) >= enough {
                let values = (start..).zip(images).filter(|(code, images)| **images >= enough && *code != ABSENT);
                values.for_each(|(code, images)| best.offer((Reverse(*images), code)));
            }
        }
        let with_absent = images.first().is_some_and(|absent| *absent > 0);
        Self::of(best, total - u32::from(with_absent))
    }

    /// Finds the `limit` most frequent values of a column of which each value is one group; but for those
    /// of the `absent` rows.
    ///
    /// Only groups with as many rows as the last value that is kept has images are looked at one by one.
    fn by_groups(covered: &RowSet, absent: &RowSet, ends: &RowSet, codes: &[u32], limit: u32) -> Self {
        let mut best = Best::<Ranked>::new(limit);
        let (mut total, mut open_images, mut ends_before) = (0, 0, 0);
        let mut groups = GroupCounter::default();
        let words = covered.words_from(0).iter().zip(absent.words_from(0)).map(|(covered, absent)| covered & !absent);
        for ((covered, ends), codes) in words.zip(ends.words_from(0)).zip(codes.chunks(64)) {
            let met = groups.met_ends(covered, *ends);
            total += met.count_ones();
            let least = best.last().map_or(1, |(Reverse(images), _)| *images);
            // A group that ends at a row has another row where the row before is no end, and so on.
            let large =
                (1..least.min(SIZES)).fold(met, |large, size| large & !(ends << size | ends_before >> (64 - size)));
            for end in bits(large) {
                let upto = !0 >> (63 - end);
                let first = 64 - (ends & upto >> 1).leading_zeros();
                let within = (covered & upto & shifted(!0, first)).count_ones();
                let images = if first == 0 { open_images + within } else { within };
                if let Some(code) = codes.get(end as usize) {
                    best.offer((Reverse(images), *code));
                }
            }
            let after_last = covered & shifted(!0, 64 - ends.leading_zeros());
            open_images = if *ends == 0 { open_images } else { 0 } + after_last.count_ones();
            ends_before = *ends;
        }
        Self::of(best, total)
    }

    fn of(best: Best<Ranked>, total: u32) -> Self {
        let values = best.into_sorted().into_iter().map(|(Reverse(images), code)| (images, code)).collect();
        Self { values, total }
    }
}

/// Images and code, in the order of values.
type Ranked = (Reverse<u32>, u32);

/// An empty list with room for a number of each value.
fn list(distinct: u32) -> Result<Vec<u32>, Error> {
    let mut list = Vec::new();
    list.try_reserve_exact(distinct as usize).map_err(|_| Error::out_of_memory("counting values"))?;
    Ok(list)
}

/// Images of each value, counted row by row: those that are covered, or, where these are most, down from all
/// by those that are not.
fn images_by_rows(covered: &RowSet, codes: &[u32], postings: &Postings, distinct: u32) -> Result<Vec<u32>, Error> {
    let words = covered.words_from(0).iter().zip(codes.chunks(64));
    if covered.count() as usize > codes.len() / 2 {
        let mut images = postings.counts(distinct)?;
        words.for_each(|(covered, codes)| change(&mut images, !covered, codes, |images| *images -= 1));
        return Ok(images);
    }
    let mut images = list(distinct)?;
    images.resize(distinct as usize, 0);
    words.for_each(|(covered, codes)| change(&mut images, *covered, codes, |images| *images += 1));
    Ok(images)
}

/// Changes the images of the values of some of 64 rows, or of as many as there are.
fn change(images: &mut [u32], rows: u64, codes: &[u32], change: impl Fn(&mut u32)) {
    for bit in bits(rows) {
        let Some(code) = codes.get(bit as usize) else { return };
        if let Some(images) = images.get_mut(*code as usize) {
            change(images);
        }
    }
}

/// Sizes of groups are told apart up to this one, which costs two operations for each 64 rows and size.
const SIZES: u32 = 8;

/// A word without its lowest bits, up to all.
fn shifted(word: u64, lowest: u32) -> u64 {
    word.checked_shl(lowest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::numbers;

    fn naive(images: &[u32], limit: u32) -> (Vec<(u32, u32)>, u32) {
        let mut values: Vec<(u32, u32)> = (0..).zip(images).skip(1).map(|(code, images)| (*images, code)).collect();
        values.retain(|(images, _)| *images > 0);
        values.sort_by_key(|(images, code)| (Reverse(*images), *code));
        let total = values.len() as u32;
        values.truncate(limit as usize);
        (values, total)
    }

    #[test]
    fn the_most_frequent_are_found_whatever_the_limit() {
        let mut random = numbers(5);
        for _ in 0..2_000 {
            let (values, most) = (random(300), 1 + random(12));
            let images: Vec<u32> = (0..values).map(|_| random(most).saturating_sub(random(3))).collect();
            for limit in [0, 1, 2, 7, 40, 1_000] {
                let found = Frequent::among(&images, limit);
                assert_eq!((found.values, found.total), naive(&images, limit));
            }
        }
    }

    /// Groups of all sizes, some with a code that is not the next, and among them rows without a value.
    #[test]
    fn groups_are_found_as_by_walking() {
        let mut random = numbers(5);
        for _ in 0..3_000 {
            let (density, longest, gaps) = (1 + random(6), [1, 2, 3, 12, 200][random(5) as usize], random(3));
            let mut codes = Vec::new();
            let mut ends = Vec::new();
            let distinct = 1 + random(200);
            // Odd numbers are prime to a power of two, so that every code comes once.
            for group in 0..distinct.next_power_of_two() {
                let code = 1 + (group * 77 + 13) % distinct.next_power_of_two();
                codes.resize(codes.len() + 1 + random(longest) as usize, code);
                ends.push(codes.len() as u32 - 1);
                for _ in 0..random(1 + gaps) {
                    codes.push(ABSENT);
                    ends.push(codes.len() as u32 - 1);
                }
            }
            let rows = codes.len() as u32;
            let set = |rows_in: &mut dyn Iterator<Item = u32>| {
                let mut set = RowSet::empty(rows).unwrap();
                rows_in.for_each(|row| set.insert(row));
                set
            };
            let covered = set(&mut (0..rows).filter(|_| random(density) == 0));
            let absent = set(&mut (0..rows).filter(|row| codes[*row as usize] == ABSENT));
            let ends = set(&mut ends.into_iter());
            let mut images = vec![0; distinct.next_power_of_two() as usize + 1];
            covered.rows().for_each(|row| images[codes[row as usize] as usize] += 1);
            for limit in [1, 3, 20, 1_000] {
                let found = Frequent::by_groups(&covered, &absent, &ends, &codes, limit);
                assert_eq!((found.values, found.total), naive(&images, limit));
            }
        }
    }

    #[test]
    fn rows_are_counted_from_either_side() {
        let mut random = numbers(5);
        for density in [1, 2, 3, 10] {
            let codes: Vec<u32> = (0..1_000).map(|_| random(300)).collect();
            let postings = Postings::of_codes(codes.clone(), 300).unwrap();
            let mut covered = RowSet::empty(1_000).unwrap();
            (0..1_000).filter(|_| random(density) == 0).for_each(|row| covered.insert(row));
            let mut expected = vec![0; 300];
            covered.rows().for_each(|row| expected[codes[row as usize] as usize] += 1);
            assert_eq!(images_by_rows(&covered, &codes, &postings, 300).unwrap(), expected);
        }
    }
}
