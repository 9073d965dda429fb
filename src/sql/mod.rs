//! A filter under a charge model as SQL: the same answer from the engine in which an inventory that is too large for a
//! browser's tab is kept.
//!
//! A statement reads one table with a row for each image and repeats, step by step, what a load and an estimate do: texts
//! without blanks around them, digests in their one form, rows that are equal in all eight fields as one image, and charge
//! keys that are charged once. No join and no distinct count: images are grouped, then charge keys are, and the parts are
//! summed up, so that the engine may divide the work by charge key.

mod dialect;
mod options;
mod statement;
mod writer;

pub use dialect::Dialect;
pub use options::{Question, ScanTime, SqlOptions};
pub use statement::to_sql;

use serde::Serialize;

/// A statement that is ready to be run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Statement {
    /// The SQL: one `SELECT`, without a semicolon behind it.
    pub text: String,
    /// The values of its parameters, in their order; none where values stand in the text as literals.
    pub parameters: Vec<String>,
}
