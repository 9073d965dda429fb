//! Harbor: an artifact → an image for each of its tags, or one without a tag.
//!
//! Charts and the like are no images, and neither are attestations, whose platform is unknown. An index is the one
//! image that is listed: what it refers to is not counted.

use super::super::listed::Listed;
use super::super::names::Column;
use super::super::report::LeftOutReason;
use super::super::shape::Shape;
use super::super::value::Value;
use super::{Listing, Rows};
use crate::error::Error;
use crate::field::Field;

/// Whether an object is an artifact, by what stands in it beside the digest.
pub(super) fn is_artifact(listing: &Listing<'_>) -> bool {
    let signs = [Listed::Type, Listed::ExtraAttrs, Listed::RepositoryName];
    listing.has(Column::Field(Field::Digest)) && signs.into_iter().any(|listed| listing.has(Column::Listed(listed)))
}

/// Reads an artifact, or another object with a digest and its tags.
pub(super) fn read(listing: &Listing<'_>, rows: &mut Rows<'_>) -> Result<(), Error> {
    let is_artifact = is_artifact(listing);
    rows.report.shapes.add(if is_artifact { Shape::HarborArtifacts } else { Shape::Rows });
    if is_attestation(listing)? {
        let message = "an artifact for the platform `unknown/unknown` is an attestation, and no image";
        return rows.take(Err((LeftOutReason::NotAnImage, message.to_owned())), listing.start.position());
    }
    listing.take_tags(is_artifact.then_some("harbor"), None, rows).map(drop)
}

fn is_attestation(listing: &Listing<'_>) -> Result<bool, Error> {
    let mut unknown = 0;
    listing.each(&mut |json, _, column| match column {
        Some(Column::Listed(Listed::ExtraAttrs)) if json.peek() == Some(b'{') => json.object(&mut |json, name| {
            if !matches!(name, "os" | "architecture") {
                return json.skip();
            }
            unknown += i32::from(matches!(json.value()?, Value::Text(text) if text == "unknown"));
            Ok(())
        }),
        _ => json.skip(),
    })?;
    Ok(unknown == 2)
}
