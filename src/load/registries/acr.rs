//! ACR: tags that name no repository, and the lists that name repositories, in any order → images.
//!
//! A tag belongs to the repository that stands beside its list, or else to the only one that is listed; never to one
//! of several. It belongs to none where another one may be meant: where more repositories are announced than listed,
//! or where two lists of tags cannot be of one repository.

use std::collections::TryReserveError;
use std::ops::Range;

use super::kept::Kept;
use super::linked::LinkedPages;
use super::put::is_of_another_image;
use crate::error::{Error, ErrorKind, Position};
use crate::field::Field;
use crate::load::Rows;
use crate::load::announced::PageNumbers;
use crate::load::cursor::Cursor;
use crate::load::list::{List, Sort};
use crate::load::readers::Registries as _;
use crate::load::report::{LeftOutReason, RepositoriesReport};
use crate::load::shape::Shape;
use crate::load::value::Fault;
use crate::record::Record;

/// What of ACR's lists cannot be told before all of them are read.
#[derive(Debug, Default)]
pub(super) struct Acr {
    repositories: Kept,
    /// Pages of Quay.
    pub(super) linked: LinkedPages,
    /// How many repositories there are, by the largest total that was told.
    announced: u32,
    /// The first source that lists repositories.
    source: Option<u32>,
    /// Tags, and for each the list that it stood in.
    tags: Kept,
    lists: Vec<(u32, u32)>,
    /// What stands beside each list of tags.
    besides: Kept,
    /// Numbers of the lists beside which no repository stands.
    numbers: PageNumbers,
    unnumbered: u32,
    /// Whether those are of more repositories than one.
    of_several: bool,
}

impl Acr {
    /// Keeps a repository of a list; `None` is one of which nothing more is said.
    pub(super) fn keep_repository(&mut self, record: Option<&Record<'_>>, source: u32) -> Result<(), Error> {
        self.source.get_or_insert(source);
        record.map_or(Ok(()), |record| self.repositories.push(record))
    }

    /// A list told how many repositories there are.
    pub(super) fn announce_repositories(&mut self, total: u32) {
        self.announced = self.announced.max(total);
    }

    /// Takes an object of a list as it was read.
    pub(super) fn take(
        &mut self,
        list: List,
        row: Result<Record<'_>, Fault>,
        at: Position,
        rows: &mut Rows<'_>,
    ) -> Result<(), Error> {
        match (list.sort(&row), &row) {
            (Sort::Repository, Ok(record)) => self.repository(Some(record), rows),
            (Sort::Tag, Ok(record)) => self.take_tag(record, at, rows),
            (Sort::Nothing, _) => Ok(()),
            _ => list.take_image(row, at, rows),
        }
    }

    /// Takes a tag of a list that names no repository.
    pub(super) fn take_tag(&mut self, record: &Record<'_>, at: Position, rows: &mut Rows<'_>) -> Result<(), Error> {
        rows.report.shapes.add(Shape::ListRepoTag);
        if let Some(tag) = record.get(Field::Tag)
            && is_of_another_image(tag)
        {
            let message = crate::error::quoted(tag) + " is the signature or attestation of another image";
            return rows.take(Err((LeftOutReason::NotAnImage, message)), at);
        }
        rows.count(at)?;
        self.tags.push(record).map_err(|error| error.with_position(at))
    }

    pub(super) fn count_tags(&self) -> u32 {
        self.tags.len()
    }

    /// A list of tags has ended: what stands beside it, and its number among the pages of its repository.
    pub(super) fn end_list(&mut self, tags: Range<u32>, beside: &Record<'_>, number: Option<u32>) -> Result<(), Error> {
        let list = self.besides.len();
        self.besides.push(beside)?;
        self.lists.try_reserve(1).map_err(|_| Error::out_of_memory("keeping a list of tags"))?;
        self.lists.push((tags.end, list));
        if beside.get(Field::RepoId).is_none() && beside.get(Field::RepoName).is_none() {
            match number {
                Some(number) => self.of_several |= !self.numbers.insert(number)?,
                None => {
                    self.of_several |= self.unnumbered > 0;
                    self.unnumbered = 1;
                }
            }
        }
        Ok(())
    }

    /// Gives the tags to their repositories, and hands them on.
    #[inline(never)]
    pub(super) fn hand_on(&self, rows: &mut Rows<'_>) -> Result<(), Error> {
        rows.report.missing_pages = self.linked.missing();
        if rows.report.rows == 0
            && let Some(source) = self.source
        {
            let message = "the input lists repositories, but no images; add the lists of their tags, such as the \
                           replies of `ListRepoTag` or `tags/list` for each of them";
            let at = Cursor::default().position();
            return Err(Error::new(ErrorKind::NoImages, message).with_position(at).with_source(source));
        }
        if self.repositories.len() == 0 && self.tags.len() == 0 {
            return Ok(());
        }
        let mut report = RepositoriesReport { listed: self.repositories.len(), ..RepositoriesReport::default() };
        let index = Index::new(&self.repositories)?;
        let only = self.only_listed();
        let mut tags = 0..0;
        for (end, list) in &self.lists {
            tags = tags.end..*end;
            let beside = self.besides.get(*list).unwrap_or_default();
            let names_one = beside.get(Field::RepoId).is_some() || beside.get(Field::RepoName).is_some();
            let found = if names_one { index.find(&beside) } else { Ok(only.clone()) };
            let has_default =
                [Field::RepoId, Field::RepoName].into_iter().any(|field| rows.options.defaults.get(field).is_some());
            let (count, repository) = match found {
                Err(Several) => (&mut report.unknown, None),
                Ok(found) if names_one => (&mut report.from_page, found),
                Ok(Some(only)) => (&mut report.from_only_listed, Some(only)),
                Ok(None) if has_default => (&mut report.from_defaults, None),
                Ok(None) => (&mut report.unknown, None),
            };
            *count += tags.end - tags.start;
            for tag in tags.clone() {
                let Some(mut record) = self.tags.get(tag) else { continue };
                record.fill_from(&beside);
                if let Some(repository) = &repository {
                    record.fill_from(repository);
                }
                record.fill(Field::RegistryType, "acr");
                rows.hand_on(record)?;
            }
        }
        rows.report.repositories = Some(report);
        Ok(())
    }

    /// The repository that tags without one can only be of.
    fn only_listed(&self) -> Option<Record<'_>> {
        let first = self.repositories.get(0)?;
        let is_first = |index| self.repositories.get(index).is_some_and(|other| is_same(&first, &other));
        let is_only = self.announced <= 1 && !self.of_several && (1..self.repositories.len()).all(is_first);
        is_only.then_some(first)
    }
}

/// Whether two entries of a list are one repository.
fn is_same(one: &Record<'_>, other: &Record<'_>) -> bool {
    match (one.get(Field::RepoId), other.get(Field::RepoId)) {
        (Some(one), Some(other)) => one == other,
        _ => Field::ALL.into_iter().all(|field| one.get(field) == other.get(field)),
    }
}

/// The repositories in the order of their ids, and in that of their names.
struct Index<'k> {
    repositories: &'k Kept,
    by_id: Vec<u32>,
    by_name: Vec<u32>,
}

/// Several repositories may be meant.
struct Several;

impl<'k> Index<'k> {
    fn new(repositories: &'k Kept) -> Result<Self, Error> {
        let ordered = |field: Field| {
            let in_order = |one, other| repositories.text(one, field) <= repositories.text(other, field);
            sorted(repositories.len(), &in_order).map_err(|_| Error::out_of_memory("ordering repositories"))
        };
        Ok(Self { repositories, by_id: ordered(Field::RepoId)?, by_name: ordered(Field::RepoName)? })
    }

    /// Finds a repository by its id, or by its name, and what else is said of it.
    fn find(&self, named: &Record<'_>) -> Result<Option<Record<'k>>, Several> {
        let (order, field) = match named.get(Field::RepoId) {
            Some(_) => (&self.by_id, Field::RepoId),
            None => (&self.by_name, Field::RepoName),
        };
        let text = named.get(field);
        let from = order.partition_point(|index| self.repositories.text(*index, field) < text);
        let of_text = order.get(from..).unwrap_or_default().iter();
        let of_text = of_text.map_while(|index| self.repositories.get(*index).filter(|it| it.get(field) == text));
        let mut meant = of_text.filter(|it| {
            let agrees = |field| named.get(field).zip(it.get(field)).is_none_or(|(named, listed)| named == listed);
            Field::ALL.into_iter().all(agrees)
        });
        let Some(first) = meant.next() else { return Ok(None) };
        if meant.all(|other| is_same(&first, &other)) { Ok(Some(first)) } else { Err(Several) }
    }
}

/// The numbers below `length` in their order, by merging. The platform's own sort takes 20 kB of code.
fn sorted(length: u32, in_order: &dyn Fn(u32, u32) -> bool) -> Result<Vec<u32>, TryReserveError> {
    let (mut from, mut to) = (Vec::new(), Vec::new());
    from.try_reserve_exact(length as usize)?;
    to.try_reserve_exact(length as usize)?;
    from.extend(0..length);
    let mut width = 1;
    while width < from.len() {
        to.clear();
        for pair in from.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at_checked(width).unwrap_or((pair, &[]));
            while let ([one, left_rest @ ..], [other, right_rest @ ..]) = (left, right) {
                if in_order(*one, *other) {
                    to.push(*one);
                    left = left_rest;
                } else {
                    to.push(*other);
                    right = right_rest;
                }
            }
            to.extend_from_slice(left);
            to.extend_from_slice(right);
        }
        std::mem::swap(&mut from, &mut to);
        width *= 2;
    }
    Ok(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_puts_into_order_and_keeps_equal_ones_in_theirs() {
        for length in 0..40 {
            let key = |index: u32| index * 7 % 11;
            let mut expected: Vec<u32> = (0..length).collect();
            expected.sort_by_key(|index| key(*index));
            assert_eq!(sorted(length, &|one, other| key(one) <= key(other)).unwrap(), expected);
        }
    }
}
