//! What a load read, and what it left out: nothing is lost in silence.

use serde::Serialize;

use crate::error::Position;
use crate::field::Field;
use crate::limits::{MAX_PLACES, MAX_QUOTED_CHARS, MAX_UNUSED_NAMES};

/// What a load read, and what it left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LoadReport {
    /// The sources, in the order in which they were given.
    pub sources: Vec<SourceReport>,
    /// Rows found: `images + duplicates + left_out.total`.
    pub rows: u32,
    /// Rows kept.
    pub images: u32,
    /// Rows that repeat an earlier one in all eight fields.
    pub duplicates: u32,
    /// Rows that could not be used.
    pub left_out: LeftOut,
    /// How many images the export says there are, where it says so.
    pub announced: Option<u32>,
    /// Fields for which no row holds a value.
    pub missing_fields: Vec<Field>,
    /// Names that were not used, the first [`MAX_UNUSED_NAMES`], each cut at [`MAX_QUOTED_CHARS`].
    pub unused_names: Vec<String>,
    /// Whether no row is known to be missing.
    pub complete: bool,
}

/// What was recognised in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceReport {
    /// How it is written.
    pub format: Format,
    /// What its rows are.
    pub shape: Shape,
    /// How long it is.
    pub bytes: u64,
    /// How many rows it holds.
    pub rows: u32,
}

/// How a source is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// JSON: one value, or one after the other.
    Json,
    /// Lines of cells under a header, separated by commas, semicolons or tabs.
    Csv,
}

/// What the rows of a source are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Shape {
    /// Pages of the operation `DescribeImageInstances`.
    DescribeImageInstances,
    /// Row objects.
    #[serde(rename = "rows")]
    Rows,
    /// Lines under a header.
    #[serde(rename = "table")]
    Table,
}

/// Why a row was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LeftOutReason {
    /// No object, or a line with another number of cells than the header.
    NotARow,
    /// A value of another type than it must have.
    WrongType,
    /// One field given twice with different values.
    DuplicateField,
    /// No value in any of the eight fields.
    NoKnownField,
    /// A text that is no valid Unicode.
    InvalidText,
}

impl LeftOutReason {
    pub(super) const ALL: [Self; 5] =
        [Self::NotARow, Self::WrongType, Self::DuplicateField, Self::NoKnownField, Self::InvalidText];
}

/// Rows that could not be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LeftOut {
    /// How many.
    pub total: u32,
    /// How many for each reason that occurred.
    pub by_reason: Vec<LeftOutCount>,
    /// The first [`MAX_PLACES`] of them.
    pub places: Vec<LeftOutRow>,
}

/// How many rows were left out for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LeftOutCount {
    /// The reason.
    pub reason: LeftOutReason,
    /// How many rows.
    pub rows: u32,
}

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LeftOutRow {
    /// Why.
    pub reason: LeftOutReason,
    /// The same in plain words.
    pub message: String,
    /// The source, from 0.
    pub source: u32,
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// The column at which it begins, in characters from 1.
    pub column: u64,
}

/// Collects what a load reports while it reads.
#[derive(Debug, Default)]
pub(super) struct ReportBuilder {
    pub(super) sources: Vec<SourceReport>,
    pub(super) rows: u32,
    /// How many rows were left out for each reason, in the order of [`LeftOutReason::ALL`].
    counts: [u32; LeftOutReason::ALL.len()],
    places: Vec<LeftOutRow>,
    pub(super) unused_names: Vec<String>,
    pub(super) announced: Option<u32>,
}

impl ReportBuilder {
    pub(super) fn leave_out(&mut self, reason: LeftOutReason, message: impl FnOnce() -> String, at: Position) {
        if let Some(count) = self.counts.get_mut(reason as usize) {
            *count += 1;
        }
        if self.places.len() < MAX_PLACES {
            let source = self.sources.len() as u32;
            self.places.push(LeftOutRow { reason, message: message(), source, line: at.line, column: at.column });
        }
    }

    pub(super) fn note_unused(&mut self, name: &str) {
        let shown = || name.chars().take(MAX_QUOTED_CHARS);
        if self.unused_names.len() < MAX_UNUSED_NAMES
            && !self.unused_names.iter().any(|known| known.chars().eq(shown()))
        {
            self.unused_names.push(shown().collect());
        }
    }

    /// Each page of an export says how many images there are in all: the largest such number counts.
    pub(super) fn announce(&mut self, images: u32) {
        self.announced = self.announced.max(Some(images));
    }

    /// Rows so far in which nothing known occurs.
    pub(super) fn unknown_rows(&self) -> u32 {
        let count = |reason| self.counts.get(reason as usize).copied().unwrap_or(0);
        count(LeftOutReason::NotARow) + count(LeftOutReason::NoKnownField)
    }

    /// Closes the report, told what became of the rows that were not left out.
    pub(super) fn finish(self, images: u32, duplicates: u32, missing_fields: Vec<Field>) -> LoadReport {
        let total = self.counts.iter().sum();
        let by_reason = LeftOutReason::ALL.into_iter().zip(self.counts).filter(|(_, rows)| *rows > 0);
        let by_reason = by_reason.map(|(reason, rows)| LeftOutCount { reason, rows }).collect();
        LoadReport {
            complete: is_complete(total, self.announced, images),
            sources: self.sources,
            rows: self.rows,
            images,
            duplicates,
            left_out: LeftOut { total, by_reason, places: self.places },
            announced: self.announced,
            missing_fields,
            unused_names: self.unused_names,
        }
    }
}

/// Whether no row is known to be missing.
pub(super) fn is_complete(left_out: u32, announced: Option<u32>, images: u32) -> bool {
    // A row that was met twice stands for none of those announced that is missing.
    left_out == 0 && announced.is_none_or(|announced| announced <= images)
}
