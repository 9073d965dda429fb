//! The names of columns: what an export calls a thing → what it is here.

use super::listed::Listed;
use crate::field::Field;

/// What a named value of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// One of the eight fields.
    Field(Field),
    /// Whether the image is charged in this cycle already.
    Charged,
    /// When it was last scanned, in milliseconds since 1970.
    LastScanTime,
    /// Whether it can be scanned.
    Scannable,
    /// What a registry's listing calls by a name that means something else elsewhere.
    Listed(Listed),
}

const OTHERS: [(&str, Column); 3] =
    [("Charged", Column::Charged), ("LastScanTime", Column::LastScanTime), ("Scannable", Column::Scannable)];

impl Column {
    /// The column that a name stands for, in any case style: `RepoName`, `repoName`, `repo_name`, `Repo Name`.
    pub(super) fn named(name: &str) -> Option<Column> {
        let fields = Field::ALL.into_iter().map(|field| (field.column_name(), Column::Field(field)));
        let listed = Listed::ALL.into_iter().map(|(name, listed)| (name, Column::Listed(listed)));
        fields.chain(OTHERS).chain(listed).find(|(known, _)| same_letters(known, name)).map(|(_, column)| column)
    }

    #[inline]
    pub(super) fn name(self) -> &'static str {
        match self {
            Column::Field(field) => field.column_name(),
            Column::Charged => "Charged",
            Column::LastScanTime => "LastScanTime",
            Column::Scannable => "Scannable",
            Column::Listed(of) => Listed::ALL.get(of as usize).map_or("", |(name, _)| name),
        }
    }
}

/// Whether two names have the same letters, whatever their case and what stands between words.
#[inline(never)]
pub(super) fn same_letters(known: &str, name: &str) -> bool {
    let separator = |byte: &u8| matches!(byte, b' ' | b'_' | b'-' | b'.');
    let letters = name.bytes().filter(|byte| !separator(byte)).map(|byte| byte.to_ascii_lowercase());
    known.bytes().map(|byte| byte.to_ascii_lowercase()).eq(letters)
}

/// No name of a column is so long in any case style.
const MAX_CACHED_LENGTH: usize = 64;

/// The names of one source with what they stand for, found again at their usual place in a row.
#[derive(Debug, Default)]
pub(super) struct NameCache {
    names: Vec<(Box<str>, Option<Column>)>,
    next: usize,
}

/// Beyond so many different names a source is no table, and looking further would take longer than reading.
const MAX_CACHED: usize = 256;

impl NameCache {
    /// A new row begins.
    pub(super) fn rewind(&mut self) {
        self.next = 0;
    }

    /// The name that stood in this place of the row in most rows, and what it stands for.
    pub(super) fn expected(&self) -> Option<(&str, Option<Column>)> {
        self.names.get(self.next).map(|(name, column)| (&**name, *column))
    }

    /// The expected name stands there.
    pub(super) fn pass(&mut self) {
        self.next += 1;
    }

    /// What a name stands for, where it was met before.
    #[inline]
    pub(super) fn find(&mut self, name: &str) -> Option<Option<Column>> {
        let is = |(known, _): &(Box<str>, _)| **known == *name;
        let place = match self.names.get(self.next).is_some_and(is) {
            true => self.next,
            false => self.names.iter().position(is)?,
        };
        self.next = place + 1;
        self.names.get(place).map(|(_, column)| *column)
    }

    /// What a name stands for, and whether it is met for the first time. Names of listings are always met so: an
    /// object with one is not plain, and its names have to be settled together.
    pub(super) fn look_up(&mut self, name: &str) -> (Option<Column>, bool) {
        if let Some(column) = self.find(name) {
            return (column, false);
        }
        let column = Column::named(name);
        if matches!(column, Some(Column::Listed(_))) {
            return (column, true);
        }
        if self.names.len() < MAX_CACHED && name.len() <= MAX_CACHED_LENGTH {
            self.names.push((name.into(), column));
            self.next = self.names.len();
        }
        (column, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_style_names_the_same_column() {
        for name in
            ["RepoNamespace", "repoNamespace", "repo_namespace", "REPO_NAMESPACE", "repo-namespace", "Repo Namespace"]
        {
            assert_eq!(Column::named(name), Some(Column::Field(Field::RepoNamespace)));
        }
        assert_eq!(Column::named("lastScanTime"), Some(Column::LastScanTime));
        assert_eq!(Column::named("RepoNamespaces"), None);
        assert_eq!(Column::named(""), None);
    }

    #[test]
    fn the_cache_gives_the_same_answers() {
        let mut cache = NameCache::default();
        for round in 0..3 {
            cache.rewind();
            for name in ["Tag", "Size", "Digest", "Tag"] {
                let (column, new) = cache.look_up(name);
                assert_eq!(column, Column::named(name));
                assert!(round == 0 || !new);
            }
        }
    }
}
