//! What a load read, and what it left out: nothing is lost in silence.

use serde::Serialize;

use super::announced::Announced;
use super::shape::{Shape, Shapes};
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
    /// Rows that could not be used, or are none of an image.
    pub left_out: LeftOut,
    /// How many images the exports say there are, where they say so.
    pub announced: Option<u32>,
    /// Pages that did not come though another one said that they follow.
    pub missing_pages: u32,
    /// How rows of ACR that name no repository came to theirs, where there are such rows or a list of repositories.
    pub repositories: Option<RepositoriesReport>,
    /// Fields for which no row holds a value.
    pub missing_fields: Vec<Field>,
    /// Names that were not used, the first [`MAX_UNUSED_NAMES`], each cut at [`MAX_QUOTED_CHARS`].
    pub unused_names: Vec<String>,
    /// Whether no row is known to be missing.
    pub complete: bool,
}

/// How rows of ACR that name no repository came to theirs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RepositoriesReport {
    /// Repositories in lists of them.
    pub listed: u32,
    /// Rows whose page names the repository.
    pub from_page: u32,
    /// Rows that are of the only repository that is listed.
    pub from_only_listed: u32,
    /// Rows that have the repository of the defaults.
    pub from_defaults: u32,
    /// Rows whose repository is not known.
    pub unknown: u32,
}

/// What was recognised in one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceReport {
    /// How it is written.
    pub format: Format,
    /// What its rows are.
    pub shape: Shape,
    /// By what that was recognised, in plain words.
    pub because: String,
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
    /// A chart, a signature, an attestation: nothing is missing without it.
    NotAnImage,
    /// A tag that has ended: nothing is missing without it.
    DeadTag,
}

impl LeftOutReason {
    const ALL: [Self; 7] = [
        Self::NotARow,
        Self::WrongType,
        Self::DuplicateField,
        Self::NoKnownField,
        Self::InvalidText,
        Self::NotAnImage,
        Self::DeadTag,
    ];

    /// Whether an image may be missing where a row is left out for this reason.
    const fn hides_an_image(self) -> bool {
        !matches!(self, Self::NotAnImage | Self::DeadTag)
    }
}

/// Rows that could not be used, or are none of an image.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LeftOut {
    /// How many.
    pub total: u32,
    /// How many for each reason that occurred.
    pub by_reason: Vec<LeftOutCount>,
    /// The first [`MAX_PLACES`] of them; where there are more, those that may be images go first.
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
    pub(super) announced: Announced,
    /// What occurred in the source that is being read.
    pub(super) shapes: Shapes,
    pub(super) repositories: Option<RepositoriesReport>,
    pub(super) missing_pages: u32,
}

impl ReportBuilder {
    pub(super) fn leave_out(&mut self, reason: LeftOutReason, message: impl FnOnce() -> String, at: Position) {
        if let Some(count) = self.counts.get_mut(reason as usize) {
            *count += 1;
        }
        let is_full = self.places.len() == MAX_PLACES;
        let harmless = |row: &LeftOutRow| !row.reason.hides_an_image();
        if is_full
            && reason.hides_an_image()
            && let Some(place) = self.places.iter().rposition(harmless)
        {
            self.places.remove(place);
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

    /// Rows so far in which nothing known occurs.
    pub(super) fn unknown_rows(&self) -> u32 {
        let count = |reason| self.counts.get(reason as usize).copied().unwrap_or(0);
        count(LeftOutReason::NotARow) + count(LeftOutReason::NoKnownField)
    }

    /// Closes the report, told what became of the rows that were not left out.
    pub(super) fn finish(self, images: u32, duplicates: u32, missing_fields: Vec<Field>) -> LoadReport {
        let total = self.counts.iter().sum();
        let hiding = LeftOutReason::ALL.into_iter().zip(self.counts).filter(|(reason, _)| reason.hides_an_image());
        let hidden: u32 = hiding.map(|(_, rows)| rows).sum();
        let by_reason = LeftOutReason::ALL.into_iter().zip(self.counts).filter(|(_, rows)| *rows > 0);
        let by_reason = by_reason.map(|(reason, rows)| LeftOutCount { reason, rows }).collect();
        LoadReport {
            // A row that was met twice stands for none of those announced that is missing.
            complete: hidden == 0
                && self.missing_pages == 0
                && self.announced.all_came(images + (total - hidden))
                && self.repositories.is_none_or(|repositories| repositories.unknown == 0),
            sources: self.sources,
            rows: self.rows,
            images,
            duplicates,
            left_out: LeftOut { total, by_reason, places: self.places },
            announced: self.announced.total(),
            missing_pages: self.missing_pages,
            repositories: self.repositories,
            missing_fields,
            unused_names: self.unused_names,
        }
    }
}
