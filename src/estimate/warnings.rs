//! Warnings: what a reader of an estimate ought to know, though it is no error.

use serde::{Serialize, Serializer};

use super::charge_model::ChargeModel;
use crate::error::quoted;
use crate::field::Field;
use crate::filter::Filter;
use crate::inventory::Inventory;

/// The registry types that the operation's reference names.
const REFERENCE_REGISTRY_TYPES: [&str; 3] = ["acr", "harbor", "quay"];

/// The kinds of warning, each a word that never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WarningCode {
    /// A value holds a full-width comma, which separates nothing.
    FullWidthComma,
    /// A registry type that the reference does not name and the inventory does not hold.
    UnknownRegistryType,
    /// Values that no image holds.
    UnmatchedValue,
    /// Rows are missing from the inventory.
    IncompleteInventory,
    /// Scan times that nothing can be made of without the cycle's start.
    NoCycleStart,
}

impl WarningCode {
    /// The kind as a word that never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            WarningCode::FullWidthComma => "full-width-comma",
            WarningCode::UnknownRegistryType => "unknown-registry-type",
            WarningCode::UnmatchedValue => "unmatched-value",
            WarningCode::IncompleteInventory => "incomplete-inventory",
            WarningCode::NoCycleStart => "no-cycle-start",
        }
    }
}

/// Serialised by its code.
impl Serialize for WarningCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Something that the reader of an estimate ought to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Warning {
    /// What it is about.
    pub code: WarningCode,
    /// The same in plain words.
    pub message: String,
    /// The field concerned, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
}

pub(super) fn collect(
    filter: &Filter,
    unmatched: &[(Field, &str)],
    inventory: &Inventory,
    charge_model: &ChargeModel,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |code, field, message| warnings.push(Warning { code, message, field });
    for field in filter.full_width_commas() {
        warn(
            WarningCode::FullWidthComma,
            Some(*field),
            format!(
                "a value of `{}` holds a full-width comma (，), which separates nothing; write a half-width one (,)",
                field.js_name()
            ),
        );
    }
    for (field, value) in unmatched {
        if *field == Field::RegistryType && !REFERENCE_REGISTRY_TYPES.contains(value) {
            warn(
                WarningCode::UnknownRegistryType,
                Some(*field),
                format!("the registry type {} is none of `acr`, `harbor`, `quay`, and no image has it", quoted(value)),
            );
        }
    }
    for field in Field::ALL {
        let mut values = unmatched.iter().filter(|(of, _)| *of == field).map(|(_, value)| value);
        if let Some(first) = values.next() {
            let message = match values.count() {
                0 => format!("no image has {} in `{}`", quoted(first), field.js_name()),
                more => format!("no image has {} or {more} more of the values in `{}`", quoted(first), field.js_name()),
            };
            warn(WarningCode::UnmatchedValue, Some(field), message);
        }
    }
    if !inventory.is_complete() {
        warn(
            WarningCode::IncompleteInventory,
            None,
            "rows are missing from the inventory, as its report says: more images may be covered, and some of \
             those counted may be charged already"
                .to_owned(),
        );
    }
    let ChargeModel { cycle_start, charged_by, .. } = charge_model;
    if cycle_start.is_none() && charged_by.scan_time && !inventory.marks().last_scan_times.is_empty() {
        warn(
            WarningCode::NoCycleStart,
            None,
            "the inventory says when images were last scanned, but not when the billing cycle began: \
             no image counts as charged by its scan time; give `cycleStart`"
                .to_owned(),
        );
    }
    warnings
}
