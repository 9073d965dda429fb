//! Decisions: what follows from the numbers that an estimate gives.
//!
//! Estimates in, choices and explanations out. Everything is counted by the stages before; here it is asked what to do.

mod diff;
mod explain;
mod lists;
mod margin;
mod named;
mod page;
mod places;
mod plan;
mod reconcile;
mod record;

pub use diff::{Diff, DiffClass, DiffOptions, Difference, Example, Side, Sides};
pub use explain::{Charged, ExplainOptions, Explained, ExplainedImage, NamedImage, Reason, ReasonCounts, Verdict};
pub use margin::{Margin, MarginOptions, NewDigests};
pub use plan::{
    Cycle, LeftOut, Next, Parameters, Plan, PlanBy, PlanMethod, PlanOptions, PlanOrder, PlannedRequest, Schedule,
};
pub use reconcile::{Change, Explanation, Reconciliation, ReplyCounts};
pub use record::ImageRecord;
