//! Differences as they are given: for each class how many images it has before and after, what they consume, and examples.

use serde::{Serialize, Serializer};

use super::super::record::ImageRecord;
use crate::estimate::Counted;

/// What has become of an image. The order is that in which a unit of quota is told of one class, where images of several
/// classes share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum DiffClass {
    /// It is in both, equal in all eight fields, and as much charged in one as in the other.
    Unchanged,
    /// Its charge key is in both, consumes before, and is charged already after.
    NewlyCharged,
    /// Its charge key is in both, is charged already before, and consumes after: a new cycle has begun.
    NoLongerCharged,
    /// Its charge key is in both, but not this image: the same digest under another tag, or elsewhere. It costs nothing.
    Retagged,
    /// Its place and tag are in both, with another digest.
    Rebuilt,
    /// Neither its charge key nor its place and tag are before.
    Added,
    /// Neither its charge key nor its place and tag are after.
    Removed,
}

impl DiffClass {
    pub(super) const ALL: [(&'static str, DiffClass); 7] = [
        ("unchanged", DiffClass::Unchanged),
        ("newlyCharged", DiffClass::NewlyCharged),
        ("noLongerCharged", DiffClass::NoLongerCharged),
        ("retagged", DiffClass::Retagged),
        ("rebuilt", DiffClass::Rebuilt),
        ("added", DiffClass::Added),
        ("removed", DiffClass::Removed),
    ];
}

/// One thing for each of the two inventories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Sides<T> {
    /// In the earlier one.
    pub before: T,
    /// In the later one.
    pub after: T,
}

impl<T: Copy> Sides<T> {
    pub(in super::super) const fn new(before: T, after: T) -> Self {
        Self { before, after }
    }
}

/// What is different between two inventories, in units of quota.
///
/// Of each inventory, images and quota of all classes together are what an estimate says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diff {
    /// What an estimate says of both.
    pub whole: Sides<Counted>,
    /// The classes, in the order of [`DiffClass`].
    pub classes: Vec<Difference>,
    /// Images that cannot be scanned, which are in no class.
    pub not_scannable: Sides<u32>,
    /// Charge keys of the later inventory that the earlier one does not cover, whether they are charged already or not.
    pub new_digests: u32,
    /// Charge keys of the earlier inventory that the later one does not cover any more.
    pub gone_digests: u32,
    /// Whether no row of either is known to be missing.
    pub complete: bool,
}

impl Diff {
    /// What is told of a class.
    #[must_use]
    pub fn of(&self, class: DiffClass) -> Option<&Difference> {
        self.classes.iter().find(|known| known.class == class)
    }
}

/// One class of images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// Which.
    #[serde(skip)]
    pub class: DiffClass,
    /// How many images it has.
    pub images: Sides<u32>,
    /// The quota that these consume.
    pub quota: Sides<u32>,
    /// How many examples there are: its images, of which those that are in both count once.
    pub total: u32,
    /// Those that were asked for by `offset` and `limit`: images of the later inventory in its order, then those that only
    /// the earlier one has.
    pub examples: Vec<Example>,
}

/// An image of a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Example {
    /// Which inventory it is in.
    pub side: Side,
    /// The image.
    pub image: ImageRecord,
    /// What it is compared with, the first in the other inventory's order: for a rebuilt image one with its place and tag,
    /// for others one with its charge key. `None` where it is in both, added or removed.
    pub other: Option<ImageRecord>,
}

/// Where an image is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Side {
    /// In the earlier inventory alone.
    Before,
    /// In the later inventory alone.
    After,
    /// In both.
    Both,
}

/// Serialised with each class under its name.
impl Serialize for Diff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("before", &self.whole.before)?;
        map.serialize_entry("after", &self.whole.after)?;
        for difference in &self.classes {
            let name = DiffClass::ALL.iter().find(|(_, class)| *class == difference.class);
            map.serialize_entry(name.map_or("", |(name, _)| name), difference)?;
        }
        map.serialize_entry("notScannable", &self.not_scannable)?;
        map.serialize_entry("newDigests", &self.new_digests)?;
        map.serialize_entry("goneDigests", &self.gone_digests)?;
        map.serialize_entry("complete", &self.complete)?;
        map.end()
    }
}
