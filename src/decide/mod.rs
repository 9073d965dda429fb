//! Decisions: what follows from the numbers that an estimate gives.
//!
//! Estimates in, choices and explanations out. Everything is counted by the stages before; here it is asked what to do.

mod lists;
mod plan;
mod reconcile;

pub use plan::{
    Cycle, ImageRecord, LeftOut, Next, Parameters, Plan, PlanBy, PlanMethod, PlanOptions, PlanOrder, PlannedRequest,
    Schedule,
};
pub use reconcile::{Change, Explanation, Reconciliation, ReplyCounts};
