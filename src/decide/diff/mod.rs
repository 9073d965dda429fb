//! Differences: what two inventories have in common and what not, in units of quota.
//!
//! Every covered image of both is in one class, which follows from three questions: is its charge key in the other
//! inventory, is the image itself, and are its place and tag. To exchange the two inventories exchanges `before` and
//! `after`, added and removed, newly and no longer charged, and nothing else.

mod answer;
mod compared;
mod options;

pub use answer::{Diff, DiffClass, Difference, Example, Side, Sides};
pub use options::DiffOptions;

pub(super) use compared::Compared;

use super::lists::{at, change};
use super::record::{ImageRecord, records};
use crate::error::Error;
use crate::estimate::{CountBy, Counted, Estimator};
use crate::filter::Filter;
use crate::inventory::row_set::RowSet;
use crate::memory::{filled, list_of};
use crate::order::sort_by;
use compared::Numbers;

impl Estimator {
    /// What is different in a later inventory, among the images that a filter covers in both.
    ///
    /// # Errors
    ///
    /// Where memory runs out, or where the inventories are under different charge models. When their cycles began may differ.
    pub fn diff(&self, after: &Estimator, filter: &Filter, options: &DiffOptions) -> Result<Diff, Error> {
        let sides = [self, after];
        let compared = Compared::find(sides, filter)?;
        let count_by = self.charge_model().count_by;
        let classes = list_of((0..compared.len()).map(|item| class_of(&compared, item, count_by))).map_err(full)?;
        let mut differences: Vec<Difference> = DiffClass::ALL
            .into_iter()
            .map(|(_, class)| Difference {
                class,
                images: Sides::default(),
                quota: Sides::default(),
                total: 0,
                examples: Vec::new(),
            })
            .collect();
        count(&compared, &classes, &mut differences)?;
        tell(sides, &compared, &classes, options, &mut differences)?;
        let counts = |estimator: &Estimator| {
            let matched = estimator.matched(filter)?;
            let not_scannable = RowSet::shared(&[&matched, estimator.not_scannable()], estimator.inventory().images())?;
            let counts = estimator.counts_of(&matched);
            Ok((Counted { images: counts.images, quota: counts.quota }, not_scannable.count()))
        };
        let ((before, not_before), (now, not_after)) = (counts(self)?, counts(after)?);
        Ok(Diff {
            whole: Sides::new(before, now),
            classes: differences,
            not_scannable: Sides::new(not_before, not_after),
            new_digests: compared.keys_only_in(1),
            gone_digests: compared.keys_only_in(0),
            complete: sides.iter().all(|estimator| estimator.inventory().is_complete()),
        })
    }
}

fn class_of(compared: &Compared, item: u32, count_by: CountBy) -> DiffClass {
    if compared.keys.are_in_both(item) {
        return match (compared.consumes(item, 0), compared.consumes(item, 1)) {
            (true, false) => DiffClass::NewlyCharged,
            (false, true) => DiffClass::NoLongerCharged,
            _ if compared.twins.are_in_both(item) => DiffClass::Unchanged,
            // Where tags are counted, what shares a charge key has the same tag.
            _ if count_by == CountBy::RepositoryTag => DiffClass::Rebuilt,
            _ => DiffClass::Retagged,
        };
    }
    match compared.side(item) {
        _ if compared.tags.are_in_both(item) => DiffClass::Rebuilt,
        0 => DiffClass::Removed,
        _ => DiffClass::Added,
    }
}

/// Counts images and quota of each class. A unit that images of several classes share is told of the first of them.
fn count(compared: &Compared, classes: &[DiffClass], differences: &mut [Difference]) -> Result<(), Error> {
    let mut differences_of = |class: DiffClass, tell: &mut dyn FnMut(&mut Difference)| {
        differences.iter_mut().filter(|known| known.class == class).for_each(tell);
    };
    for side in [0, 1] {
        let mut images = [0u32; DiffClass::ALL.len()];
        let mut twins = [0u32; DiffClass::ALL.len()];
        // The first class of each key that consumes.
        let mut firsts: Vec<Option<DiffClass>> = filled(compared.keys.count() as usize, None).map_err(full)?;
        for item in compared.items_of(side) {
            let class = classes.get(item as usize).copied().unwrap_or(DiffClass::Unchanged);
            change(&mut images, class as u32, |images| *images += 1);
            if compared.twins.are_in_both(item) {
                change(&mut twins, class as u32, |twins| *twins += 1);
            }
            if compared.consumes(item, side)
                && let Some(key) = compared.keys.of(item)
            {
                change(&mut firsts, key, |first| *first = Some(first.map_or(class, |known| known.min(class))));
            }
        }
        let mut quota = [0u32; DiffClass::ALL.len()];
        firsts.into_iter().flatten().for_each(|class| change(&mut quota, class as u32, |quota| *quota += 1));
        for (_, class) in DiffClass::ALL {
            let [images, twins, quota] = [&images, &twins, &quota].map(|counts| at(counts, class as u32));
            differences_of(class, &mut |known| {
                let Difference { images: of_images, quota: of_quota, total, .. } = known;
                if side == 0 {
                    (of_images.before, of_quota.before) = (images, quota);
                    // What is in both is told once, as the later inventory's.
                    *total += images - twins;
                } else {
                    (of_images.after, of_quota.after) = (images, quota);
                    *total += images;
                }
            });
        }
    }
    Ok(())
}

/// Tells the examples that were asked for.
fn tell(
    sides: [&Estimator; 2],
    compared: &Compared,
    classes: &[DiffClass],
    options: &DiffOptions,
    differences: &mut [Difference],
) -> Result<(), Error> {
    let mut seen = [0u32; DiffClass::ALL.len()];
    let mut told: Vec<u32> = Vec::new();
    for item in compared.items_of(1).chain(compared.items_of(0)) {
        let class = classes.get(item as usize).copied().unwrap_or(DiffClass::Unchanged);
        let asked = options.class.is_none_or(|asked| asked == class);
        if !asked || (compared.side(item) == 0 && compared.twins.are_in_both(item)) {
            continue;
        }
        let number = at(&seen, class as u32);
        change(&mut seen, class as u32, |seen| *seen += 1);
        if number >= options.page.offset && number - options.page.offset < options.page.limit {
            told.try_reserve(1).map_err(full)?;
            told.push(item);
        }
    }
    let others = others(compared, classes, &told)?;
    let own_images = images_of(sides, compared, told.iter().copied().map(Some))?;
    let other_images = images_of(sides, compared, others.into_iter())?;
    for ((item, image), other) in told.iter().zip(own_images).zip(other_images) {
        let side = match compared.side(*item) {
            _ if compared.twins.are_in_both(*item) => Side::Both,
            0 => Side::Before,
            _ => Side::After,
        };
        let class = classes.get(*item as usize);
        if let Some(known) = differences.iter_mut().find(|known| Some(&known.class) == class) {
            known.examples.push(Example { side, image: image.unwrap_or_default(), other });
        }
    }
    Ok(())
}

/// For each of some images the one of the other inventory that it is compared with.
fn others(compared: &Compared, classes: &[DiffClass], told: &[u32]) -> Result<Vec<Option<u32>>, Error> {
    let mut others = filled(told.len(), None).map_err(full)?;
    for side in [0, 1] {
        for numbers in [&compared.tags, &compared.keys] {
            let of_tags = std::ptr::eq(numbers, &compared.tags);
            let mut asked: Vec<u32> = (0..told.len() as u32)
                .filter(|place| {
                    let item = at(told, *place);
                    let is_rebuilt = classes.get(item as usize) == Some(&DiffClass::Rebuilt);
                    compared.side(item) != side && !compared.twins.are_in_both(item) && is_rebuilt == of_tags
                })
                .collect();
            find_first(compared, numbers, side, told, &mut asked, &mut others)?;
        }
    }
    Ok(others)
}

/// Finds the first image of an inventory with the number of each of some told ones.
fn find_first(
    compared: &Compared,
    numbers: &Numbers,
    side: usize,
    told: &[u32],
    asked: &mut Vec<u32>,
    found: &mut [Option<u32>],
) -> Result<(), Error> {
    if asked.is_empty() {
        return Ok(());
    }
    let number_of = |place: u32| numbers.of(at(told, place));
    sort_by(asked, &|one, other| number_of(one).cmp(&number_of(other)));
    let mut wanted = RowSet::empty(numbers.count())?;
    asked.iter().filter_map(|place| number_of(*place)).for_each(|number| wanted.insert(number));
    for item in compared.items_of(side) {
        let Some(number) = numbers.of(item).filter(|number| wanted.contains(*number)) else { continue };
        wanted.remove(number);
        let from = asked.partition_point(|place| number_of(*place) < Some(number));
        let equal = asked.iter().skip(from).take_while(|place| number_of(**place) == Some(number));
        for place in equal {
            if let Some(slot) = found.get_mut(*place as usize) {
                *slot = Some(item);
            }
        }
    }
    Ok(())
}

/// What the inventories say of some images; nothing of what is none.
fn images_of(
    sides: [&Estimator; 2],
    compared: &Compared,
    items: impl Iterator<Item = Option<u32>> + Clone,
) -> Result<Vec<Option<ImageRecord>>, Error> {
    let mut images = Vec::new();
    images.resize_with(items.clone().count(), || None);
    for (side, estimator) in sides.into_iter().enumerate() {
        let of_side = |item: &Option<u32>| item.filter(|item| compared.side(*item) == side);
        let rows: Vec<u32> = items.clone().filter_map(|item| of_side(&item)).map(|item| compared.row(item)).collect();
        let mut found = records(estimator.inventory(), &rows)?.into_iter();
        for (slot, item) in images.iter_mut().zip(items.clone()) {
            if of_side(&item).is_some() {
                *slot = found.next();
            }
        }
    }
    Ok(images)
}

fn full(_: std::collections::TryReserveError) -> Error {
    Error::out_of_memory("comparing two inventories")
}
