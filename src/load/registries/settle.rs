//! What the names of a header or an object stand for, which depends on what stands beside them.

use crate::field::Field;
use crate::load::listed::Listed;
use crate::load::names::Column;

/// Settles what the names of a header or an object stand for, knowing all of them: a name of a listing gives way to
/// the field's own name, and is none that is known where what it needs beside it is missing.
pub(super) fn settle(columns: &mut [Option<Column>]) {
    let has = |listed| columns.contains(&Some(Column::Listed(listed)));
    let own = |field| columns.contains(&Some(Column::Field(field)));
    let of_quay = has(Listed::ManifestDigest) && has(Listed::Name) && !own(Field::Tag);
    let of_oci = has(Listed::Name) && has(Listed::Tags) && !of_quay && !has(Listed::RepositoryName);
    let of_harbor = has(Listed::RepositoryName);
    let has_namespace = own(Field::RepoNamespace) || has(Listed::RepoNamespaceName);
    let [own_digest, own_tag, own_name, own_namespace] =
        [Field::Digest, Field::Tag, Field::RepoName, Field::RepoNamespace].map(own);
    let repository = match (own_name, has_namespace) {
        (true, _) => None,
        (false, true) => Some(Column::Field(Field::RepoName)),
        (false, false) => Some(Column::Listed(Listed::RepositoryName)),
    };
    for column in columns {
        let Some(Column::Listed(listed)) = *column else { continue };
        *column = match listed {
            Listed::RepositoryName => repository,
            Listed::Name if of_oci => repository,
            Listed::RepoNamespaceName if !own_namespace => Some(Column::Field(Field::RepoNamespace)),
            Listed::ManifestDigest if !own_digest => Some(Column::Field(Field::Digest)),
            Listed::Name | Listed::EndTs if of_quay => *column,
            Listed::Tags if !own_tag && !of_quay => *column,
            Listed::Type | Listed::ExtraAttrs if of_harbor => *column,
            _ => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::listed::are_of_a_listing;

    fn settled(names: &[&str]) -> Vec<Option<Column>> {
        let mut columns: Vec<_> = names.iter().map(|name| Column::named(name)).collect();
        let means_something = are_of_a_listing(&columns);
        settle(&mut columns);
        let is_listed = |column: &Option<Column>| matches!(column, Some(Column::Listed(_)));
        assert!(means_something || !columns.iter().any(is_listed), "{names:?}");
        columns
    }

    #[test]
    fn a_name_means_what_stands_beside_it() {
        let field = |field| Some(Column::Field(field));
        let listed = |listed| Some(Column::Listed(listed));
        assert_eq!(settled(&["name", "size"]), [None, None]);
        assert_eq!(
            settled(&["name", "manifest_digest", "end_ts"]),
            [listed(Listed::Name), field(Field::Digest), listed(Listed::EndTs)]
        );
        assert_eq!(settled(&["name", "tags"]), [listed(Listed::RepositoryName), listed(Listed::Tags)]);
        assert_eq!(settled(&["Tag", "manifest_digest", "name"]), [field(Field::Tag), field(Field::Digest), None]);
        assert_eq!(settled(&["type", "Tag"]), [None, field(Field::Tag)]);
    }

    #[test]
    fn the_own_name_of_a_field_comes_first() {
        let field = |field| Some(Column::Field(field));
        assert_eq!(settled(&["repository_name", "RepoName"]), [None, field(Field::RepoName)]);
        assert_eq!(
            settled(&["repository_name", "RepoNamespaceName"]),
            [field(Field::RepoName), field(Field::RepoNamespace)]
        );
        assert_eq!(settled(&["manifest_digest", "digest", "tags", "tag"])[..2], [None, field(Field::Digest)]);
    }
}
