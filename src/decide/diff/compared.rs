//! The images of two inventories as one sequence, with numbers for what they have in common: an image, a place and tag, a
//! charge key.

use std::borrow::Cow;

use super::super::lists::{at, change};
use super::super::places::{numbers_of, place_numbers};
use crate::error::{Error, ErrorKind};
use crate::estimate::{CountBy, Estimator};
use crate::field::Field;
use crate::filter::Filter;
use crate::inventory::ABSENT;
use crate::inventory::row_set::RowSet;
use crate::memory::{filled, list_of};

/// In the place of a number, where there is none.
const NONE: u32 = u32::MAX;

/// Whether something is in one of the inventories, by the number of the inventory.
const HELD: [u8; 2] = [1, 2];
const IN_BOTH: u8 = 3;
/// Whether a charge key consumes there.
const CONSUMING: [u8; 2] = [4, 8];

/// Numbers of the images in a respect in which they may be equal, and what is known of each number.
pub(super) struct Numbers {
    of: Vec<u32>,
    marks: Vec<u8>,
}

impl Numbers {
    fn new(of: Vec<u32>) -> Result<Self, Error> {
        let count = of.iter().filter(|number| **number != NONE).max().map_or(0, |most| most + 1);
        Ok(Self { of, marks: filled(count as usize, 0).map_err(full)? })
    }

    pub(super) fn of(&self, item: u32) -> Option<u32> {
        self.of.get(item as usize).copied().filter(|number| *number != NONE)
    }

    /// How many numbers there are.
    pub(super) fn count(&self) -> u32 {
        self.marks.len() as u32
    }

    fn mark(&mut self, item: u32, marks: u8) {
        if let Some(number) = self.of(item) {
            change(&mut self.marks, number, |known| *known |= marks);
        }
    }

    /// Whether both inventories have an image with the number of this one.
    pub(super) fn are_in_both(&self, item: u32) -> bool {
        self.of(item).is_some_and(|number| at(&self.marks, number) & IN_BOTH == IN_BOTH)
    }
}

/// What two inventories cover, under one filter.
pub(in super::super) struct Compared {
    /// The rows of the images in their inventories, those of the earlier one first.
    rows: Vec<u32>,
    /// How many are the earlier one's.
    of_before: u32,
    /// Which images are equal in all fields.
    pub(super) twins: Numbers,
    /// Which images have the same place and tag; none of those without a tag.
    pub(super) tags: Numbers,
    /// Which images have the same charge key.
    pub(super) keys: Numbers,
}

impl Compared {
    /// Compares what a filter covers in an earlier and a later inventory.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or the inventories are under different charge models.
    pub(in super::super) fn find(sides: [&Estimator; 2], filter: &Filter) -> Result<Self, Error> {
        let count_by = common_rule(sides)?;
        let covered = |estimator: &Estimator| {
            let scannable = &estimator.inventory().marks().scannable;
            RowSet::shared(&[&estimator.matched(filter)?, scannable], estimator.inventory().images())
        };
        let [before, after] = sides;
        let [of_before, of_after] = [covered(before)?, covered(after)?];
        let mut rows = Vec::new();
        rows.try_reserve_exact((of_before.count() + of_after.count()) as usize).map_err(full)?;
        rows.extend(of_before.rows());
        let of_before = rows.len() as u32;
        rows.extend(of_after.rows());
        let mut compared = Self::numbered(sides, rows, of_before, count_by)?;
        compared.mark(sides);
        Ok(compared)
    }

    fn numbered(sides: [&Estimator; 2], rows: Vec<u32>, of_before: u32, count_by: CountBy) -> Result<Self, Error> {
        let items = rows.len();
        let codes = |field| codes(sides, rows.split_at(of_before as usize), field);
        let places = place_numbers(items as u32, &mut |field| {
            let (codes, distinct) = codes(field)?;
            Ok((Cow::Owned(codes), distinct))
        })?;
        let (tag_codes, distinct_tags) = codes(Field::Tag)?;
        let mut tags = numbers_of(&places, &tag_codes, distinct_tags)?;
        let (digests, distinct_digests) = codes(Field::Digest)?;
        let twins = numbers_of(&tags, &digests, distinct_digests)?;
        let keys = match count_by {
            CountBy::Digest => unless_absent(list_of(digests.iter().copied()).map_err(full)?, &digests, &twins),
            CountBy::RepositoryDigest => {
                let numbers = numbers_of(&places, &digests, distinct_digests)?;
                unless_absent(numbers, &digests, &twins)
            }
            // Untagged images of one place are told apart by their digests, as all images of one place and tag are.
            CountBy::RepositoryTag => unless_absent(list_of(tags.iter().copied()).map_err(full)?, &tag_codes, &twins),
            CountBy::Image => list_of(twins.iter().copied()).map_err(full)?,
        };
        for (number, code) in tags.iter_mut().zip(&tag_codes) {
            if *code == ABSENT {
                *number = NONE;
            }
        }
        let [twins, tags, keys] = [Numbers::new(twins)?, Numbers::new(tags)?, Numbers::new(keys)?];
        Ok(Self { rows, of_before, twins, tags, keys })
    }

    fn mark(&mut self, sides: [&Estimator; 2]) {
        for item in 0..self.len() {
            let side = self.side(item);
            let held = HELD.get(side).copied().unwrap_or(0);
            let consumes = sides.get(side).is_some_and(|estimator| estimator.consuming().contains(self.row(item)));
            self.twins.mark(item, held);
            self.tags.mark(item, held);
            let consuming = if consumes { CONSUMING.get(side).copied().unwrap_or(0) } else { 0 };
            self.keys.mark(item, held | consuming);
        }
    }

    /// How many images there are in both together.
    pub(super) fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Which inventory an image is in, by its number: 0 for the earlier one.
    pub(super) fn side(&self, item: u32) -> usize {
        usize::from(item >= self.of_before)
    }

    pub(super) fn row(&self, item: u32) -> u32 {
        at(&self.rows, item)
    }

    /// The images of an inventory.
    pub(super) fn items_of(&self, side: usize) -> std::ops::Range<u32> {
        if side == 0 { 0..self.of_before } else { self.of_before..self.len() }
    }

    /// Whether the charge key of an image consumes in an inventory.
    pub(super) fn consumes(&self, item: u32, side: usize) -> bool {
        let marks = self.keys.of(item).map_or(0, |key| at(&self.keys.marks, key));
        marks & CONSUMING.get(side).copied().unwrap_or(0) != 0
    }

    /// How many charge keys are covered in one inventory and not in the other.
    pub(in super::super) fn keys_only_in(&self, side: usize) -> u32 {
        let held = HELD.get(side).copied().unwrap_or(0);
        self.keys.marks.iter().filter(|marks| **marks & IN_BOTH == held).count() as u32
    }
}

/// What both inventories count by.
fn common_rule(sides: [&Estimator; 2]) -> Result<CountBy, Error> {
    let [before, after] = sides.map(Estimator::charge_model);
    let different = |what: &str| {
        let message = format!(
            "the two inventories {what}, so that their quota cannot be compared; load one of them again with the charge model of the other"
        );
        Err(Error::new(ErrorKind::InvalidValue, message))
    };
    if before.count_by != after.count_by {
        let [one, other] = [before, after].map(|model| model.count_by.name());
        return different(&format!("count by `{one}` and by `{other}`"));
    }
    if before.charged_by != after.charged_by {
        return different("are under charge models that differ in what counts as charged already");
    }
    Ok(before.count_by)
}

/// The codes of the images of two inventories in a field, equal for equal values, and one more than the greatest.
#[inline(never)]
fn codes(sides: [&Estimator; 2], rows: (&[u32], &[u32]), field: Field) -> Result<(Vec<u32>, u32), Error> {
    let [before, after] = sides.map(Estimator::inventory);
    let [distinct_before, distinct_after] = [before, after].map(|of| of.column(field).dictionary.len());
    let theirs = before.codes_in(after, field)?;
    let mut codes = Vec::new();
    codes.try_reserve_exact(rows.0.len() + rows.1.len()).map_err(full)?;
    let of_rows = before.row_codes(field)?;
    codes.extend(rows.0.iter().map(|row| {
        let own = at(&of_rows, *row);
        match at(&theirs, own) {
            // A value that the later inventory does not hold gets a number behind all of its own.
            ABSENT if own != ABSENT => distinct_after + own,
            code => code,
        }
    }));
    let of_rows = after.row_codes(field)?;
    codes.extend(rows.1.iter().map(|row| at(&of_rows, *row)));
    Ok((codes, distinct_after + distinct_before))
}

/// Numbers, in whose place the number of the image itself stands where it holds nothing that they are of.
fn unless_absent(mut numbers: Vec<u32>, codes: &[u32], twins: &[u32]) -> Vec<u32> {
    let first = numbers.iter().max().map_or(0, |most| most + 1);
    for (number, (code, twin)) in numbers.iter_mut().zip(codes.iter().zip(twins)) {
        if *code == ABSENT {
            *number = first + twin;
        }
    }
    numbers
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("comparing two inventories")
}
