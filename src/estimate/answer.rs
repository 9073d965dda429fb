//! The estimate as it is given: every number, its parts, and what the reader ought to know.

use serde::Serialize;

use super::charge_model::CountBy;
use super::count::Counts;
use super::warnings::Warning;
use crate::error::Error;
use crate::field::Field;
use crate::input::{Input, unknown_key};
use crate::limits::{DEFAULT_PURCHASE_STEP, MAX_UNMATCHED_LISTED};

/// The largest whole number that JavaScript tells from its neighbours.
pub(crate) const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// What an estimate is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EstimateOptions {
    /// The quota that remains, where it is known.
    pub remaining: Option<u64>,
    /// Quota is sold in steps of this many units; at least 1.
    pub purchase_step: u32,
}

impl Default for EstimateOptions {
    fn default() -> Self {
        Self { remaining: None, purchase_step: DEFAULT_PURCHASE_STEP }
    }
}

impl EstimateOptions {
    /// The same, with the quota that remains.
    #[must_use]
    pub fn with_remaining(mut self, remaining: u64) -> Self {
        self.remaining = Some(remaining);
        self
    }

    /// The same, with quota sold in steps of so many units; 0 counts as 1.
    #[must_use]
    pub fn with_purchase_step(mut self, step: u32) -> Self {
        self.purchase_step = step;
        self
    }

    /// Reads options as a caller gave them.
    ///
    /// # Errors
    ///
    /// A key that is unknown, or a value that cannot be.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut options = Self::default();
        for (key, value) in input.into_entries("options object")? {
            match key.as_str() {
                "remaining" => {
                    options.remaining =
                        value.into_whole_number(&key, 0.0, MAX_SAFE_INTEGER)?.map(|number| number as u64);
                }
                "purchaseStep" => {
                    if let Some(step) = value.into_whole_number(&key, 1.0, 1_000_000.0)? {
                        options.purchase_step = step as u32;
                    }
                }
                _ => return Err(unknown_key("options object", &key, &["remaining", "purchaseStep"])),
            }
        }
        Ok(options)
    }
}

/// What a scan covers and consumes. `images = quota + free.duplicates + free.charged`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Estimate {
    /// Images that the scan covers.
    pub images: u32,
    /// Quota that it consumes.
    pub quota: u32,
    /// Covered images that consume nothing.
    pub free: Free,
    /// The part of `quota` from images without a digest, each counted by itself.
    pub unknown_digest: u32,
    /// Images that the filter matches but that cannot be scanned; they are in no other number.
    pub not_scannable: u32,
    /// Values that no image holds, the first [`MAX_UNMATCHED_LISTED`] of `unmatched_count`.
    pub unmatched: Vec<Unmatched>,
    /// How many values no image holds.
    pub unmatched_count: u32,
    /// The remaining quota as it was given.
    pub remaining: Option<u64>,
    /// Whether the remaining quota covers the scan.
    pub sufficient: Option<bool>,
    /// How much quota is missing.
    pub shortfall: Option<u64>,
    /// How much to buy, in whole steps.
    pub purchase: Option<u64>,
    /// Quota is sold in steps of so many units, as far as it was said or is usual.
    pub purchase_step: u32,
    /// The rule that was applied.
    pub charge_model: AppliedModel,
    /// Whether no row is known to be missing; where some are, more images may be covered, and some of those
    /// counted may be charged already.
    pub complete: bool,
    /// What the reader ought to know.
    pub warnings: Vec<Warning>,
}

/// The charge model by which an estimate counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AppliedModel {
    /// Whose model it is.
    pub name: String,
    /// What one unit is consumed by.
    pub count_by: CountBy,
    /// When the current cycle began, in milliseconds since 1970, where that is known.
    pub cycle_start: Option<i64>,
}

/// Covered images that consume nothing, by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Free {
    /// They share the charge key of another covered image that is counted.
    pub duplicates: u32,
    /// They are charged in this cycle already.
    pub charged: u32,
}

/// A value that no image holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Unmatched {
    /// The field that it was asked for in.
    pub field: Field,
    /// The value.
    pub value: String,
}

impl Estimate {
    pub(super) fn new(
        counts: &Counts,
        unmatched: &[(Field, &str)],
        options: &EstimateOptions,
        charge_model: AppliedModel,
        complete: bool,
        warnings: Vec<Warning>,
    ) -> Self {
        let mut estimate = Self {
            images: counts.images,
            quota: counts.quota,
            free: Free { duplicates: counts.duplicates(), charged: counts.charged },
            unknown_digest: counts.unknown_digest,
            not_scannable: counts.not_scannable,
            unmatched_count: unmatched.len() as u32,
            unmatched: unmatched
                .iter()
                .take(MAX_UNMATCHED_LISTED)
                .map(|(field, value)| Unmatched { field: *field, value: (*value).to_owned() })
                .collect(),
            remaining: options.remaining,
            sufficient: None,
            shortfall: None,
            purchase: None,
            purchase_step: options.purchase_step.max(1),
            charge_model,
            complete,
            warnings,
        };
        estimate.compare(options.remaining.map(|remaining| u64::from(counts.quota).saturating_sub(remaining)));
        estimate
    }

    /// Says what is missing, and what is to be bought for it.
    pub(super) fn compare(&mut self, shortfall: Option<u64>) {
        let step = u64::from(self.purchase_step);
        self.sufficient = shortfall.map(|shortfall| shortfall == 0);
        self.shortfall = shortfall;
        self.purchase = shortfall.map(|shortfall| shortfall.div_ceil(step) * step);
    }
}
