//! A plan as it is given: what to submit, what that covers and consumes, and how good the choice is.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::estimate::Counted;

/// What to scan within a quota.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Plan {
    /// Images that the plan covers.
    pub images: u32,
    /// Quota that it consumes, never more than `remaining`.
    pub quota: u32,
    /// The remaining quota as it was given.
    pub remaining: u64,
    /// What the filter covers and consumes in all.
    pub whole: Counted,
    /// How many values were chosen, where the plan is by values.
    pub values: Option<u32>,
    /// How the choice was made.
    pub method: PlanMethod,
    /// The images that no choice exceeds within the remaining quota, once what was to come first has come first. `None`
    /// where an order was asked for, which leaves no choice.
    pub at_most: Option<u32>,
    /// The part of the best choice's images that the plan is proven to cover; 1 where it is the best.
    pub guarantee: f64,
    /// What the plan leaves out.
    pub left_out: LeftOut,
    /// How many requests there are.
    pub request_count: u32,
    /// The requests to submit, in this order: those that were asked for by `offset` and `limit`.
    pub requests: Vec<PlannedRequest>,
    /// What comes in which cycle, where that was asked for.
    pub schedule: Option<Schedule>,
    /// Whether no row is known to be missing; where some are, a request may cover and consume more.
    pub complete: bool,
}

/// How a choice was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum PlanMethod {
    /// Everything fits: there was nothing to choose.
    Everything,
    /// No other choice covers more images.
    Exact,
    /// The items with the most images for each unit of quota came first; another choice may cover more, up to `at_most`.
    Greedy,
    /// Everything that fits was taken in the order that was asked for.
    InOrder,
}

/// What a plan leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LeftOut {
    /// Images that the filter covers and the plan does not.
    pub images: u32,
    /// Values of these, where the plan is by values.
    pub values: Option<u32>,
    /// The images among them that hold no value of the field that could be asked for: no plan by this field covers them.
    pub without_value: u32,
    /// What is left out and needs least: its quota, beside what the plan covers, and its images.
    pub next: Option<Next>,
}

/// What could be added first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Next {
    /// The value, where the plan is by values.
    pub value: Option<String>,
    /// Images that it would add.
    pub images: u32,
    /// Quota that it would add.
    pub quota: u32,
}

/// A request to submit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlannedRequest {
    /// The operation that takes the parameters.
    pub operation: &'static str,
    /// Its parameters.
    pub parameters: Parameters,
    /// Images that the request covers.
    pub images: u32,
    /// Quota that it consumes by itself: what a precheck says of it.
    pub quota: u32,
    /// Quota that it consumes after the requests before it; these sum up to the plan's.
    pub adds: u32,
}

/// The parameters of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Parameters {
    /// Filter parameters by their wire names, each with its comma list.
    Filter(Vec<(&'static str, String)>),
    /// The list `Images`.
    Images(Vec<ImageRecord>),
}

impl Serialize for Parameters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Parameters::Filter(parameters) => {
                let mut map = serializer.serialize_map(Some(parameters.len()))?;
                for (name, list) in parameters {
                    map.serialize_entry(name, list)?;
                }
                map.end()
            }
            Parameters::Images(images) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("Images", images)?;
                map.end()
            }
        }
    }
}

/// One image as `PublicSyncAndCreateImageScanTask` takes it: what the inventory says of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields of an image, by their names on the wire")]
#[non_exhaustive]
pub struct ImageRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo_namespace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// What comes in which cycle. In each further cycle everything is billed anew, also what was scanned in the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Schedule {
    /// The cycles, the current one first.
    pub cycles: Vec<Cycle>,
    /// Images that come in none of them: they need more than a cycle's quota, hold no value that could be asked for, or
    /// come later than is looked ahead.
    pub images_left: u32,
}

/// What comes in one cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Cycle {
    /// Images that it covers.
    pub images: u32,
    /// Quota that it consumes.
    pub quota: u32,
    /// Its values, where the plan is by values: the first of `value_count`.
    pub values: Vec<String>,
    /// How many values it has.
    pub value_count: u32,
}
