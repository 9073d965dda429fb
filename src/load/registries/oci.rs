//! The distribution specification of OCI: the tags of a repository → images without a digest.

use super::super::listed::Listed;
use super::super::shape::Shape;
use super::{Listing, Rows};
use crate::error::Error;

/// Reads the reply of `tags/list`.
pub(super) fn read(listing: &Listing<'_>, rows: &mut Rows<'_>) -> Result<(), Error> {
    rows.report.shapes.add(Shape::OciTags);
    listing.take_tags(None, Some(Listed::RepositoryName), rows).map(drop)
}
