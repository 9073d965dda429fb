//! What the rows of a source are, and by what that was recognised.

use serde::Serialize;

/// What the rows of a source are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Shape {
    /// Row objects.
    #[serde(rename = "rows")]
    Rows,
    /// Lines under a header.
    #[serde(rename = "table")]
    Table,
    /// Pages of Security Center's operation `DescribeImageInstances`.
    DescribeImageInstances,
    /// The images of a request `PublicSyncAndCreateImageScanTask`.
    PublicSyncAndCreateImageScanTask,
    /// Repositories of ACR, in replies of `ListRepository`.
    ListRepository,
    /// Tags of one repository of ACR, in replies of `ListRepoTag`.
    ListRepoTag,
    /// Artifacts of Harbor.
    #[serde(rename = "harbor-artifacts")]
    HarborArtifacts,
    /// Tags of a repository of Quay.
    #[serde(rename = "quay-tags")]
    QuayTags,
    /// The tags of a repository as the distribution specification of OCI lists them, without digests.
    #[serde(rename = "oci-tags")]
    OciTags,
    /// The repositories of a registry, as the distribution specification of OCI lists them.
    #[serde(rename = "oci-catalog")]
    OciCatalog,
    /// Several of these.
    #[serde(rename = "mixed")]
    Mixed,
}

impl Shape {
    /// Each shape of our own, with what it is recognised by. The readers of registries know the others.
    const SIGNS: [(Shape, &'static str); 4] = [
        (Shape::Rows, "its objects have fields of an image"),
        (Shape::Table, "its first line names fields of an image"),
        (Shape::DescribeImageInstances, "it has `ImageInstanceList`"),
        (Shape::PublicSyncAndCreateImageScanTask, "it has `Images`, whose rows name their repository"),
    ];
}

/// Shapes with what each is recognised by.
pub(super) type Signs = &'static [(Shape, &'static str)];

/// Which shapes occurred in a source.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shapes(u16);

impl Shapes {
    pub(super) fn add(&mut self, shape: Shape) {
        self.0 |= 1 << shape as u16;
    }

    /// The one that occurred, and by what it was recognised. Tags with the list of their repositories are tags.
    pub(super) fn sum_up(self, others: Signs) -> (Shape, String) {
        let met = || Shape::SIGNS.iter().chain(others).filter(|(shape, _)| self.0 & 1 << *shape as u16 != 0);
        let mut because = String::new();
        for (_, sign) in met() {
            because += if because.is_empty() { "" } else { "; " };
            because += sign;
        }
        let lists_repositories = |shape: &Shape| matches!(shape, Shape::ListRepository | Shape::OciCatalog);
        let mut of_images = met().map(|(shape, _)| *shape).filter(|shape| !lists_repositories(shape));
        let shape = match (of_images.next(), of_images.next()) {
            (Some(shape), None) => shape,
            (Some(_), Some(_)) => Shape::Mixed,
            (None, _) => met().next().map_or(Shape::Rows, |(shape, _)| *shape),
        };
        (shape, because)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::registries::SIGNS;

    fn sum_of(shapes: &[Shape]) -> Shape {
        let mut all = Shapes::default();
        shapes.iter().for_each(|shape| all.add(*shape));
        all.sum_up(SIGNS).0
    }

    #[test]
    fn several_shapes_are_mixed_but_for_lists_of_repositories() {
        assert_eq!(sum_of(&[]), Shape::Rows);
        for (shape, sign) in Shape::SIGNS.iter().chain(SIGNS).copied() {
            let mut one = Shapes::default();
            one.add(shape);
            assert_eq!(one.sum_up(SIGNS), (shape, sign.to_owned()));
        }
        assert_eq!(sum_of(&[Shape::ListRepoTag, Shape::ListRepository]), Shape::ListRepoTag);
        assert_eq!(sum_of(&[Shape::QuayTags, Shape::OciTags]), Shape::Mixed);
    }
}
