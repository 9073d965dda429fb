//! What will a container image scan consume, and does it fit into the quota that remains?
//!
//! An inventory of images goes in, a filter is asked of it, and out come two exact numbers: how many
//! **images** a scan would cover and how much **quota** it would consume.
//!
//! ```text
//! bytes → load → inventory → filter → estimate → decide → js → npm package → page
//!         rows    columns     rows     answers    choices
//! ```
//!
//! Each stage knows those before it and none after it. Only `js`, which is compiled for WebAssembly
//! alone, knows JavaScript.
//!
//! ```
//! use scan_precheck::{ChargeModel, EstimateOptions, Filter, InventoryLoader, LoadOptions};
//!
//! let export = br#"[
//!     {"RepoName": "centos", "Tag": "7",      "Digest": "1111111111111111111111111111111111111111111111111111111111111111"},
//!     {"RepoName": "centos", "Tag": "latest", "Digest": "1111111111111111111111111111111111111111111111111111111111111111"}
//! ]"#;
//! let mut loader = InventoryLoader::new(LoadOptions::default());
//! loader.push(export)?;
//! let (estimator, report) = loader.finish(ChargeModel::default())?;
//! assert_eq!(report.rows, 2);
//!
//! let filter = Filter::from_pairs([("RepoNames", "centos")])?;
//! let estimate = estimator.estimate(&filter, &EstimateOptions::default().with_remaining(0))?;
//! assert_eq!((estimate.images, estimate.quota, estimate.shortfall), (2, 1, Some(1)));
//! # Ok::<(), scan_precheck::Error>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

mod bytes;
#[cfg(test)]
mod chance;
mod date;
pub mod decide;
mod error;
pub mod estimate;
mod field;
mod filter;
mod flat;
mod ingest;
mod input;
mod inventory;
#[cfg(target_arch = "wasm32")]
pub mod js;
pub mod limits;
pub mod load;
mod memory;
mod order;
pub mod policy;
mod record;
pub mod snapshot;
pub mod sql;

pub use error::{Error, ErrorKind, Position};
pub use estimate::model::ModelDocument;
pub use estimate::{ChargeModel, ChargedBy, CountBy, Estimate, EstimateOptions, Estimator, PrecheckReply};
pub use field::Field;
pub use filter::Filter;
pub use ingest::{InventoryLoader, load_options_from_input};
pub use input::Input;
pub use inventory::Inventory;
pub use load::{LoadOptions, LoadReport};

/// The examples of the documents run as tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/charge-models.md")]
struct ChargeModelsDocument;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;

// So that the tests beside the crate can be taken into its own, where they name it as a user does.
#[cfg(test)]
#[cfg(one_program)]
extern crate self as scan_precheck;
#[cfg(test)]
#[cfg(one_program)]
#[path = "../tests/one_program/mod.rs"]
mod one_program;
