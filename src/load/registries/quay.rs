//! Quay: a page of a repository's tags → images. The page does not say of which repository.

use super::super::listed::Listed;
use super::super::shape::Shape;
use super::super::value::{Value, number_in};
use super::acr::Acr;
use super::{Listing, Rows};
use crate::error::Error;

pub(super) const REGISTRY_TYPE: &str = "quay";

/// Reads a page of tags.
pub(super) fn read(listing: &Listing<'_>, acr: &mut Acr, rows: &mut Rows<'_>) -> Result<(), Error> {
    rows.report.shapes.add(Shape::QuayTags);
    let (mut number, mut is_followed) = (1, false);
    listing.each(&mut |json, name, _| {
        let value = json.value()?;
        match name {
            "page" => number = number_in(&value).unwrap_or(1),
            "has_additional" => is_followed = matches!(value, Value::Bool(true)),
            _ => {}
        }
        Ok(())
    })?;
    acr.linked.add(u32::try_from(number).unwrap_or(1), is_followed)?;
    listing.take_tags(Some(REGISTRY_TYPE), Some(Listed::RepositoryName), rows).map(drop)
}
