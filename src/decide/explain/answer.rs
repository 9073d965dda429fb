//! Explanations as they are given: one reason for each image, and how many images have each.

use serde::Serialize;

use super::super::record::ImageRecord;

/// Why an image consumes what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Reason {
    /// It is the first covered image with its charge key, in the inventory's order, and none with it is charged already.
    ChargedNow,
    /// It shares its charge key, usually its digest, with the image that is charged now.
    SameDigest,
    /// It, or another image of the inventory with its charge key, is charged in this cycle already.
    AlreadyCharged,
    /// It has no digest, and so is counted by itself.
    UnknownDigest,
    /// It cannot be scanned.
    NotScannable,
}

impl Reason {
    pub(super) const ALL: [(&'static str, Reason); 5] = [
        ("chargedNow", Reason::ChargedNow),
        ("sameDigest", Reason::SameDigest),
        ("alreadyCharged", Reason::AlreadyCharged),
        ("unknownDigest", Reason::UnknownDigest),
        ("notScannable", Reason::NotScannable),
    ];

    /// What follows from the reason.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Reason::ChargedNow | Reason::UnknownDigest => Verdict::Consumes,
            Reason::SameDigest | Reason::AlreadyCharged => Verdict::Free,
            Reason::NotScannable => Verdict::NotCovered,
        }
    }
}

/// What a scan does with an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Verdict {
    /// It is covered and consumes one unit of quota.
    Consumes,
    /// It is covered and consumes nothing.
    Free,
    /// It is not covered, and consumes nothing.
    NotCovered,
}

/// How many images have each reason. `charged_now + unknown_digest` is the quota, `same_digest` and `already_charged` are
/// the duplicates and the charged of an estimate, and all but `not_scannable` together are its images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the reasons, by their names")]
#[non_exhaustive]
pub struct ReasonCounts {
    pub charged_now: u32,
    pub same_digest: u32,
    pub already_charged: u32,
    pub unknown_digest: u32,
    pub not_scannable: u32,
}

/// A page of explanations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Explained {
    /// How many images have each reason, of all that the filter matches.
    pub counts: ReasonCounts,
    /// How many images there are to tell, under the reasons that were asked for.
    pub total: u32,
    /// Those of the page.
    pub images: Vec<ExplainedImage>,
    /// Whether no row is known to be missing; where some are, a reason may be another one.
    pub complete: bool,
}

/// One image with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExplainedImage {
    /// Its number in the inventory's order, from 0: the same in every answer under one charge model.
    pub row: u32,
    /// What the inventory says of it.
    pub image: ImageRecord,
    /// What a scan does with it.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The image that is charged in its place, where the reason is [`Reason::SameDigest`].
    pub same_as: Option<NamedImage>,
    /// When it was charged, where the reason is [`Reason::AlreadyCharged`].
    pub charged: Option<Charged>,
}

/// Another image of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NamedImage {
    /// Its number in the inventory's order.
    pub row: u32,
    /// What the inventory says of it.
    pub image: ImageRecord,
}

/// When and by what an image was charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Charged {
    /// When what was charged was scanned last, in milliseconds since 1970, where that time says that it is charged.
    pub last_scan_time: Option<i64>,
    /// Whether the inventory says so itself, by `charged: true`.
    pub said: bool,
    /// The image that was charged, where it is another one: the first with the charge key, in the inventory's order. The
    /// filter need not match it.
    pub by: Option<NamedImage>,
}
