//! The filter fields and the ONE table of their names: on the wire, in JavaScript, in an inventory.

use serde::{Serialize, Serializer};

/// One of the eight attributes of an image by which a scan can be filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Kind of registry: `acr`, `harbor`, `quay`, `CI/CD` …
    RegistryType,
    /// Region of the image.
    RegionId,
    /// Container Registry instance.
    InstanceId,
    /// Namespace of the repository.
    RepoNamespace,
    /// Id of the repository.
    RepoId,
    /// Name of the repository.
    RepoName,
    /// SHA-256 digest of the image.
    Digest,
    /// Tag of the image.
    Tag,
}

struct Names {
    wire: &'static str,
    js: &'static str,
    column: &'static str,
    js_column: &'static str,
}

impl Field {
    /// All fields, in the order of the operation's reference.
    pub const ALL: [Field; 8] = [
        Field::RegistryType,
        Field::RegionId,
        Field::InstanceId,
        Field::RepoNamespace,
        Field::RepoId,
        Field::RepoName,
        Field::Digest,
        Field::Tag,
    ];

    const fn names(self) -> Names {
        const fn names(wire: &'static str, js: &'static str, column: &'static str, js_column: &'static str) -> Names {
            Names { wire, js, column, js_column }
        }
        match self {
            Field::RegistryType => names("RegistryTypes", "registryTypes", "RegistryType", "registryType"),
            Field::RegionId => names("RegionIds", "regionIds", "RegionId", "regionId"),
            Field::InstanceId => names("InstanceIds", "instanceIds", "InstanceId", "instanceId"),
            Field::RepoNamespace => names("RepoNamespaces", "repoNamespaces", "RepoNamespace", "repoNamespace"),
            Field::RepoId => names("RepoIds", "repoIds", "RepoId", "repoId"),
            Field::RepoName => names("RepoNames", "repoNames", "RepoName", "repoName"),
            Field::Digest => names("Digests", "digests", "Digest", "digest"),
            Field::Tag => names("Tags", "tags", "Tag", "tag"),
        }
    }

    /// The request parameter of the operation, such as `RepoNames`.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        self.names().wire
    }

    /// The name in a JavaScript filter, such as `repoNames`.
    #[must_use]
    pub const fn js_name(self) -> &'static str {
        self.names().js
    }

    /// The name in an inventory, such as `RepoName`.
    #[must_use]
    pub const fn column_name(self) -> &'static str {
        self.names().column
    }

    /// The name of one row's value in JavaScript, such as `repoName`.
    #[must_use]
    pub const fn js_column_name(self) -> &'static str {
        self.names().js_column
    }

    /// The field that a filter's key names, by its wire or its JavaScript name.
    #[must_use]
    pub fn from_filter_key(key: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.wire_name() == key || field.js_name() == key)
    }

    /// The field's place in [`Field::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// Serialised by its JavaScript name.
impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.js_name())
    }
}

/// One thing for each field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PerField<T>([T; 8]);

impl<T> PerField<T> {
    /// Makes the thing for each field, in the order of [`Field::ALL`].
    pub(crate) fn from_fn(mut make: impl FnMut(Field) -> T) -> Self {
        Self(Field::ALL.map(&mut make))
    }

    #[expect(clippy::indexing_slicing, reason = "an index of Field is below 8")]
    pub(crate) const fn get(&self, field: Field) -> &T {
        &self.0[field.index()]
    }

    #[expect(clippy::indexing_slicing, reason = "an index of Field is below 8")]
    pub(crate) const fn get_mut(&mut self, field: Field) -> &mut T {
        &mut self.0[field.index()]
    }

    /// Makes another thing of each, or stops at the first error.
    pub(crate) fn try_map<U, E>(self, mut make: impl FnMut(Field, T) -> Result<U, E>) -> Result<PerField<U>, E> {
        use Field::{Digest, InstanceId, RegionId, RegistryType, RepoId, RepoName, RepoNamespace, Tag};
        let [registry_type, region_id, instance_id, repo_namespace, repo_id, repo_name, digest, tag] = self.0;
        Ok(PerField([
            make(RegistryType, registry_type)?,
            make(RegionId, region_id)?,
            make(InstanceId, instance_id)?,
            make(RepoNamespace, repo_namespace)?,
            make(RepoId, repo_id)?,
            make(RepoName, repo_name)?,
            make(Digest, digest)?,
            make(Tag, tag)?,
        ]))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &T)> {
        Field::ALL.into_iter().zip(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_all_is_the_order_of_the_indices() {
        for (index, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field.index(), index);
        }
    }

    #[test]
    fn names_follow_one_pattern() {
        for field in Field::ALL {
            assert_eq!(format!("{}s", field.column_name()), field.wire_name());
            assert_eq!(format!("{}s", field.js_column_name()), field.js_name());
            assert!(field.wire_name().eq_ignore_ascii_case(field.js_name()));
            assert_eq!(Field::from_filter_key(field.wire_name()), Some(field));
            assert_eq!(Field::from_filter_key(field.js_name()), Some(field));
            assert_eq!(Field::from_filter_key(field.column_name()), None);
        }
    }
}
