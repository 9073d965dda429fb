//! Lists of registries, and other objects that are no plain rows: which they are shows in their names, never in a
//! file's name. Nothing outside names what is in here but for [`readers`].

mod acr;
mod beside;
mod harbor;
mod kept;
mod linked;
mod oci;
mod put;
mod quay;
mod security_center;
mod settle;

use super::Rows;
use super::cursor::Cursor;
use super::json::open_value::OpenValue;
use super::json::text::{Invalid, JsonText};
use super::list::List;
use super::listed::Listed;
use super::names::Column;
use super::readers::{PutListed, Readers, Registries};
use super::report::LeftOutReason;
use super::shape::{Shape, Signs};
use super::value::Fault;
use crate::error::{Error, Position};
use crate::field::Field;
use crate::record::Record;
use acr::Acr;
use put::put;
use settle::settle;

/// The shapes of registries, with what each is recognised by.
pub(super) const SIGNS: Signs = &[
    (Shape::ListRepository, "it has `Repositories`, a list of objects"),
    (Shape::ListRepoTag, "it has `Images`, whose rows name no repository"),
    (Shape::HarborArtifacts, "its objects have `digest` with `tags`, `type` or `extra_attrs`"),
    (Shape::QuayTags, "its tags are objects with `name` and `manifest_digest`"),
    (Shape::OciTags, "it has `tags`, a list of texts"),
    (Shape::OciCatalog, "it has `repositories`, a list of texts"),
];

/// The readers, for whoever loads lists of registries.
#[must_use]
pub fn readers() -> Readers {
    Readers(|| Box::new(Acr::default()))
}

impl Registries for Acr {
    fn object(&mut self, start: Cursor, text: &[u8], list: Option<List>, rows: &mut Rows<'_>) -> Result<(), Error> {
        read(start, text, list, self, rows)
    }

    fn tag(&mut self, record: &Record<'_>, at: Position, rows: &mut Rows<'_>) -> Result<(), Error> {
        self.take_tag(record, at, rows)
    }

    fn repository(&mut self, record: Option<&Record<'_>>, rows: &mut Rows<'_>) -> Result<(), Error> {
        let source = rows.report.sources.len() as u32;
        rows.report.shapes.add(if record.is_some() { Shape::ListRepository } else { Shape::OciCatalog });
        self.keep_repository(record, source)
    }

    fn tags(&self) -> u32 {
        self.count_tags()
    }

    fn page(&mut self, page: &OpenValue, text: &[u8], numbers: &[(Option<u32>, Option<u32>)]) -> Result<(), Error> {
        beside::read(page, text, numbers, self)
    }

    fn columns(&self, columns: &mut [Option<Column>]) -> PutListed {
        settle(columns);
        put::put_listed
    }

    fn signs(&self) -> Signs {
        SIGNS
    }

    fn release(&mut self, rows: &mut Rows<'_>) -> Result<(), Error> {
        self.hand_on(rows)
    }
}

/// Reads an object with a name of a listing: `text`, which begins at `start`, in a list or in none.
fn read(start: Cursor, text: &[u8], list: Option<List>, acr: &mut Acr, rows: &mut Rows<'_>) -> Result<(), Error> {
    let mut listing = Listing { text, start, columns: Vec::new(), opens: Vec::new() };
    let Listing { columns, opens, .. } = &mut listing;
    let read = JsonText::new(text).object(&mut |json, name| {
        columns.push(Column::named(name));
        opens.push(json.peek().unwrap_or_default());
        json.skip()
    });
    read.map_err(|invalid| listing.invalid(invalid))?;
    if list.is_none() && listing.opens_of(Listed::Images) == Some(b'"') {
        return security_center::read(&listing, acr, rows);
    }
    if list.is_some() || listing.has(Column::Field(Field::Tag)) {
        return flat(listing, list, acr, rows);
    }
    let has_digest = listing.has(Column::Field(Field::Digest));
    match listing.opens_of(Listed::Tags) {
        Some(b'[' | b'n') if has_digest => harbor::read(&listing, rows),
        Some(b'[') => quay_or_oci(&listing, acr, rows),
        Some(b'n') if listing.has(Column::Listed(Listed::Name)) => oci::read(&listing, rows),
        _ if harbor::is_artifact(&listing) => harbor::read(&listing, rows),
        _ => flat(listing, list, acr, rows),
    }
}

/// Reads an object whose values stand side by side.
fn flat(mut listing: Listing<'_>, list: Option<List>, acr: &mut Acr, rows: &mut Rows<'_>) -> Result<(), Error> {
    let list = list.or(listing.is_repository().then_some(List::Repositories));
    settle(&mut listing.columns);
    let report = &mut *rows.report;
    let mut columns = listing.columns.iter();
    let row = record(&mut JsonText::new(listing.text), Record::default(), &mut |name| {
        let column = columns.next().copied().flatten();
        if column.is_none() {
            report.note_unused(name);
        }
        column
    });
    let mut row = row.map_err(|invalid| listing.invalid(invalid))?;
    let at = listing.start.position();
    if let Some(list) = list {
        return acr.take(list, row, at, rows);
    }
    let is_of_quay = listing.has(Column::Listed(Listed::Name));
    if let (true, Ok(record)) = (is_of_quay, &mut row) {
        record.fill(Field::RegistryType, quay::REGISTRY_TYPE);
    }
    rows.report.shapes.add(if is_of_quay { Shape::QuayTags } else { Shape::Rows });
    rows.take(row, at)
}

/// Which of the two shows in the first of the tags.
fn quay_or_oci(listing: &Listing<'_>, acr: &mut Acr, rows: &mut Rows<'_>) -> Result<(), Error> {
    let mut first = None;
    listing.each(&mut |json, _, column| match column {
        Some(Column::Listed(Listed::Tags)) => json.list(&mut |json| {
            first = first.or(json.peek());
            json.skip()
        }),
        _ => json.skip(),
    })?;
    let is_of_quay = match first {
        Some(byte) => byte == b'{',
        None => !listing.has(Column::Listed(Listed::Name)),
    };
    if is_of_quay { quay::read(listing, acr, rows) } else { oci::read(listing, rows) }
}

/// Reads or skips the value of a member, told its name and what that stands for.
type Member<'f, 't> = &'f mut dyn FnMut(&mut JsonText<'t>, &str, Option<Column>) -> Result<(), Invalid>;

/// An object, the names of its members, and the first byte of each value.
struct Listing<'t> {
    text: &'t [u8],
    start: Cursor,
    columns: Vec<Option<Column>>,
    opens: Vec<u8>,
}

impl<'t> Listing<'t> {
    fn has(&self, column: Column) -> bool {
        self.columns.contains(&Some(column))
    }

    /// Whether it is a repository of ACR, outside of a list of them.
    fn is_repository(&self) -> bool {
        let of_images =
            [Column::Field(Field::Digest), Column::Field(Field::Tag), Column::Listed(Listed::ManifestDigest)];
        self.has(Column::Listed(Listed::RepoNamespaceName)) && !of_images.into_iter().any(|column| self.has(column))
    }

    /// The first byte of a value.
    fn opens_of(&self, listed: Listed) -> Option<u8> {
        let place = self.columns.iter().position(|column| *column == Some(Column::Listed(listed)))?;
        self.opens.get(place).copied()
    }

    fn invalid(&self, invalid: Invalid) -> Error {
        super::json::invalid(invalid, self.start.advanced(self.text.get(..invalid.at).unwrap_or(self.text)))
    }

    /// Goes through the members.
    fn each(&self, member: Member<'_, 't>) -> Result<(), Error> {
        let mut columns = self.columns.iter();
        let read =
            JsonText::new(self.text).object(&mut |json, name| member(json, name, columns.next().copied().flatten()));
        read.map_err(|invalid| self.invalid(invalid))
    }

    /// Takes a row for each of the tags, with what is said of all of them, and returns how many there were.
    /// `name` is what the object's own name stands for.
    fn take_tags(
        &self,
        registry_type: Option<&'static str>,
        name: Option<Listed>,
        rows: &mut Rows<'_>,
    ) -> Result<u32, Error> {
        let at = self.start.position();
        let base = match self.base(registry_type, name)? {
            Ok(base) => base,
            Err(fault) => return rows.take(Err(fault), at).map(|()| 1),
        };
        let (mut tags, mut failed) = (0, None);
        self.each(&mut |json, _, column| match column {
            Some(Column::Listed(Listed::Tags)) if json.peek() == Some(b'[') => json.list(&mut |json| {
                let row = tag(json, base.clone())?;
                if failed.is_none() {
                    tags += 1;
                    failed = rows.take(row, at).err();
                }
                Ok(())
            }),
            _ => json.skip(),
        })?;
        match failed {
            Some(error) => Err(error),
            // An artifact that lost its tags is one image all the same.
            None if tags == 0 && base.get(Field::Digest).is_some() => rows.take(Ok(base), at).map(|()| 1),
            None => Ok(tags),
        }
    }

    /// Reads what is said of all tags.
    fn base(
        &self,
        registry_type: Option<&'static str>,
        name: Option<Listed>,
    ) -> Result<Result<Record<'t>, Fault>, Error> {
        let mut columns = self.columns.iter();
        let base = record(&mut JsonText::new(self.text), Record::default(), &mut |_| match columns
            .next()
            .copied()
            .flatten()
        {
            Some(Column::Listed(Listed::Name)) => name.map(Column::Listed),
            Some(Column::Listed(Listed::Tags | Listed::ExtraAttrs | Listed::Images)) => None,
            Some(Column::Listed(Listed::RepoNamespaceName)) => Some(Column::Field(Field::RepoNamespace)),
            column => column,
        });
        let mut base = base.map_err(|invalid| self.invalid(invalid))?;
        if let (Ok(record), Some(registry_type)) = (&mut base, registry_type) {
            record.fill(Field::RegistryType, registry_type);
        }
        Ok(base)
    }
}

/// Reads an object into a record that may hold something already; `column_of` tells what a name stands for.
fn record<'t>(
    json: &mut JsonText<'t>,
    mut record: Record<'t>,
    column_of: &mut dyn FnMut(&str) -> Option<Column>,
) -> Result<Result<Record<'t>, Fault>, Invalid> {
    let mut fault = None;
    json.object(&mut |json, name| {
        let Some(column) = column_of(name) else { return json.skip() };
        let value = json.value()?;
        // After a fault the rest is read only to see that it is JSON.
        if fault.is_none() {
            fault = put(&mut record, column, value).err();
        }
        Ok(())
    })?;
    Ok(fault.map_or(Ok(record), Err))
}

/// Reads one of several tags: a text, or an object with its name and what else is said of it alone.
fn tag<'t>(json: &mut JsonText<'t>, mut base: Record<'t>) -> Result<Result<Record<'t>, Fault>, Invalid> {
    let row = if json.peek() == Some(b'{') {
        record(json, base, &mut |name| match Column::named(name) {
            Some(Column::Listed(Listed::ManifestDigest)) => Some(Column::Field(Field::Digest)),
            column => column.filter(|column| matches!(column, Column::Listed(Listed::Name | Listed::EndTs))),
        })?
    } else {
        put(&mut base, Column::Listed(Listed::Name), json.value()?).map(|()| base)
    };
    Ok(row.and_then(|record| match record.get(Field::Tag) {
        Some(_) => Ok(record),
        None => Err((LeftOutReason::WrongType, "a tag must be a text, or an object with a `name`".to_owned())),
    }))
}
