//! Names that the listings of registries use: what each stands for depends on what stands beside it.
//!
//! A `name` is a tag beside a `manifest_digest`, a repository beside `tags`, and anything else elsewhere. So these
//! names mean nothing by themselves; they are settled for a header, or for one object, once all of its names are known.

use super::names::Column;
use crate::field::Field;

/// A name of a registry's listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    /// Harbor: the project and, behind the first slash, the repository.
    RepositoryName,
    /// ACR's name for the namespace.
    RepoNamespaceName,
    /// Quay's name for the digest.
    ManifestDigest,
    /// Quay: a tag. OCI: a repository.
    Name,
    /// Harbor, Quay, OCI: a list of tags. In a table, one tag.
    Tags,
    /// Harbor: `IMAGE`, or what is no image.
    Type,
    /// Harbor: among others the platform of the image.
    ExtraAttrs,
    /// A scan task: its images, as JSON within a text.
    Images,
    /// Quay: when the tag ended or will end, in seconds since 1970.
    EndTs,
}

impl Listed {
    pub(super) const ALL: [(&'static str, Listed); 9] = [
        ("RepositoryName", Listed::RepositoryName),
        ("RepoNamespaceName", Listed::RepoNamespaceName),
        ("ManifestDigest", Listed::ManifestDigest),
        ("Name", Listed::Name),
        ("Tags", Listed::Tags),
        ("Type", Listed::Type),
        ("ExtraAttrs", Listed::ExtraAttrs),
        ("Images", Listed::Images),
        ("EndTs", Listed::EndTs),
    ];
}

/// Whether the names of a header are those of a registry's listing. Without one of these, the others mean nothing.
pub(super) fn are_of_a_listing(columns: &[Option<Column>]) -> bool {
    let has_tag = columns.contains(&Some(Column::Field(Field::Tag)));
    columns.iter().flatten().any(|column| match column {
        Column::Listed(Listed::RepositoryName | Listed::RepoNamespaceName | Listed::ManifestDigest) => true,
        Column::Listed(Listed::Tags) => !has_tag,
        _ => false,
    })
}
