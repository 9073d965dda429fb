//! A reconciliation as it is given: whether a reply is ours, and if it is not, what would make it so.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::super::lists::listed;
use crate::estimate::{CountBy, Counted};

/// A reply compared with what is counted here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reconciliation {
    /// Whether both numbers are equal.
    pub equal: bool,
    /// What is counted here.
    pub ours: Counted,
    /// What the service replied.
    pub reply: Counted,
    /// What would explain the reply, the smallest change first; none where it is equal.
    pub explanations: Vec<Explanation>,
}

/// What would explain a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// What is different, all of it together.
    pub changes: Vec<Change>,
    /// Whether both numbers come out as replied. Where they do not, it is what is left when no rule explains them.
    pub reproduces: bool,
    /// The same in plain words.
    pub message: String,
}

/// One thing that is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The two numbers stand in each other's place, as their names suggest.
    Swapped,
    /// A unit of quota is consumed by something else.
    CountBy(CountBy),
    /// No image counts as charged by its scan time.
    NoCycleStart,
    /// No image counts as charged at all.
    NothingCharged,
    /// Images that cannot be scanned are counted.
    NotScannableCounted,
    /// The cycle began at another time.
    CycleStart {
        /// Later than this, in milliseconds since 1970, where that is known.
        after: Option<i64>,
        /// Not later than this, where that is known.
        up_to: Option<i64>,
        /// The nearest such time to the start that was given.
        nearest: i64,
    },
    /// The service knows other images: so many more, or fewer, than the inventory.
    OtherInventory(i64),
    /// The service knows of other charges: so much more quota is consumed, or less.
    OtherCharges(i64),
}

impl Change {
    /// What it is as a word that never changes.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Change::Swapped => "swapped",
            Change::CountBy(_) => "countBy",
            Change::NoCycleStart => "noCycleStart",
            Change::NothingCharged => "nothingCharged",
            Change::NotScannableCounted => "notScannableCounted",
            Change::CycleStart { .. } => "cycleStart",
            Change::OtherInventory(_) => "otherInventory",
            Change::OtherCharges(_) => "otherCharges",
        }
    }

    /// How far-fetched it is: what could come out right by chance comes last.
    pub(super) const fn rank(&self) -> u32 {
        match self {
            Change::Swapped => 0,
            Change::CountBy(_) => 1,
            Change::NoCycleStart => 3,
            Change::NothingCharged => 4,
            Change::NotScannableCounted => 5,
            // Some start fits nearly every number.
            Change::CycleStart { .. } => 8,
            Change::OtherInventory(_) | Change::OtherCharges(_) => 16,
        }
    }

    fn words(&self) -> String {
        let more = |by: &i64| if *by > 0 { format!("{by} more") } else { format!("{} fewer", by.unsigned_abs()) };
        match self {
            Change::Swapped => {
                "the two numbers are swapped: `ScanImageCount` is the quota, `NeedAuthCount` the images".to_owned()
            }
            Change::CountBy(CountBy::Digest) => "a unit is consumed by each digest, wherever it is stored".to_owned(),
            Change::CountBy(CountBy::RepositoryDigest) => {
                "a unit is consumed by each digest in a repository".to_owned()
            }
            Change::CountBy(CountBy::RepositoryTag) => "a unit is consumed by each tag in a repository".to_owned(),
            Change::CountBy(CountBy::Image) => {
                "a unit is consumed by each image, also where digests are equal".to_owned()
            }
            Change::NoCycleStart => "no image counts as charged by its scan time".to_owned(),
            Change::NothingCharged => "no image counts as charged already".to_owned(),
            Change::NotScannableCounted => "images that cannot be scanned are counted".to_owned(),
            Change::CycleStart { nearest, .. } => {
                format!("the billing cycle began at another time, such as {nearest} (milliseconds since 1970)")
            }
            Change::OtherInventory(by) => {
                format!("the service knows other images, {} than the inventory: load a newer export", more(by))
            }
            Change::OtherCharges(by) => {
                format!("the service knows of other charges, so that the quota is {}: load a newer export", more(by))
            }
        }
    }
}

/// Serialised as an object with its kind.
impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.kind())?;
        match self {
            Change::CountBy(count_by) => map.serialize_entry("countBy", count_by)?,
            Change::CycleStart { after, up_to, nearest } => {
                map.serialize_entry("after", after)?;
                map.serialize_entry("upTo", up_to)?;
                map.serialize_entry("nearest", nearest)?;
            }
            Change::OtherInventory(by) | Change::OtherCharges(by) => map.serialize_entry("by", by)?,
            _ => {}
        }
        map.end()
    }
}

impl Explanation {
    pub(super) fn new(changes: Vec<Change>, reproduces: bool) -> Self {
        let message = listed(changes.iter().map(Change::words), "; and ");
        Self { changes, reproduces, message }
    }

    /// Smaller changes come first, then those that are less far-fetched.
    pub(super) fn rank(&self) -> (bool, usize, u32) {
        (!self.reproduces, self.changes.len(), self.changes.iter().map(Change::rank).sum())
    }
}
