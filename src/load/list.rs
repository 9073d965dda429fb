//! Lists of rows, each of which is read by itself, however long the list is.

use super::Rows;
use super::shape::Shape;
use super::value::Fault;
use crate::error::{Error, Position};
use crate::field::Field;
use crate::record::Record;

/// Fields that say which repository it is.
const REPOSITORY: [Field; 3] = [Field::RepoId, Field::RepoName, Field::RepoNamespace];

/// A list of rows, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// `ImageInstanceList`: rows of Security Center.
    ImageInstances,
    /// `Images`: rows of a scan task, or tags of ACR.
    Images,
    /// `Repositories`: those of ACR as objects, those of a catalog as texts.
    Repositories,
}

impl List {
    pub(super) const ALL: [(&'static str, List); 3] =
        [("ImageInstanceList", List::ImageInstances), ("Images", List::Images), ("Repositories", List::Repositories)];

    /// Takes an object of the list as it was read. A row of `Images` that names its repository is an image like any
    /// other.
    #[inline]
    pub(super) fn take(self, row: Result<Record<'_>, Fault>, at: Position, rows: &mut Rows<'_>) -> Result<(), Error> {
        match self {
            List::ImageInstances => rows.take(row, at),
            _ => self.take_other(row, at, rows),
        }
    }

    #[inline(never)]
    fn take_other(self, row: Result<Record<'_>, Fault>, at: Position, rows: &mut Rows<'_>) -> Result<(), Error> {
        match (self.sort(&row), &row) {
            (Sort::Repository, Ok(record)) => {
                rows.by_registries(&mut |registries, rows| registries.repository(Some(record), rows))
            }
            (Sort::Tag, Ok(record)) => rows.by_registries(&mut |registries, rows| registries.tag(record, at, rows)),
            (Sort::Nothing, _) => Ok(()),
            _ => self.take_image(row, at, rows),
        }
    }

    /// Takes what is an image, or a fault.
    pub(super) fn take_image(
        self,
        row: Result<Record<'_>, Fault>,
        at: Position,
        rows: &mut Rows<'_>,
    ) -> Result<(), Error> {
        if self == List::Images && row.as_ref().is_ok_and(|record| !record.is_blank()) {
            rows.report.shapes.add(Shape::PublicSyncAndCreateImageScanTask);
        }
        rows.take(row, at)
    }

    /// What an object of the list is.
    pub(super) fn sort(self, row: &Result<Record<'_>, Fault>) -> Sort {
        let Ok(record) = row else { return if self == List::Repositories { Sort::Nothing } else { Sort::Image } };
        match self {
            List::Repositories if !record.is_blank() => Sort::Repository,
            List::Repositories => Sort::Nothing,
            List::Images if !record.is_blank() && REPOSITORY.into_iter().all(|field| record.get(field).is_none()) => {
                Sort::Tag
            }
            _ => Sort::Image,
        }
    }
}

/// What an object of a list is.
pub(super) enum Sort {
    /// An image, or none for a reason that is told.
    Image,
    /// A tag that names no repository.
    Tag,
    /// A repository.
    Repository,
    /// Nothing that says anything.
    Nothing,
}
