//! Readers of other registries' lists, reached by a pointer alone: without it, none of their code is in a program.

use super::Rows;
use super::cursor::Cursor;
use super::json::open_value::OpenValue;
use super::list::List;
use super::listed::Listed;
use super::names::Column;
use super::shape::Signs;
use super::value::{Fault, Value};
use crate::error::{Error, ErrorKind, Position};
use crate::record::Record;

/// Names the readers of other registries' lists; [`registries::readers`](super::registries::readers) gives it.
#[derive(Debug, Clone, Copy)]
pub struct Readers(pub(super) fn() -> Box<dyn Registries>);

/// Puts a value under a name of a registry's listing into a record.
pub(super) type PutListed = for<'a> fn(&mut Record<'a>, Listed, Value<'a>) -> Result<(), Fault>;

/// What reads other registries' lists, and keeps of them what waits for the end of a load.
pub(super) trait Registries {
    /// Reads an object with a name of a listing: `text`, which begins at `start`, in a list or in none.
    fn object(&mut self, start: Cursor, text: &[u8], list: Option<List>, rows: &mut Rows<'_>) -> Result<(), Error>;

    /// Takes a tag of a list that names no repository.
    fn tag(&mut self, record: &Record<'_>, at: Position, rows: &mut Rows<'_>) -> Result<(), Error>;

    /// Takes a repository of a list; `None` is one that is named and no more.
    fn repository(&mut self, record: Option<&Record<'_>>, rows: &mut Rows<'_>) -> Result<(), Error>;

    /// Tags so far that wait for their repository.
    fn tags(&self) -> u32;

    /// Reads what stands around lists of tags or of repositories: for each list its total and its number.
    fn page(&mut self, page: &OpenValue, text: &[u8], numbers: &[(Option<u32>, Option<u32>)]) -> Result<(), Error>;

    /// Settles what the names of a header stand for, and gives what puts values under them into a record.
    fn columns(&self, columns: &mut [Option<Column>]) -> PutListed;

    /// The shapes of registries.
    fn signs(&self) -> Signs;

    /// Hands on what waited for the end of all sources.
    fn release(&mut self, rows: &mut Rows<'_>) -> Result<(), Error>;
}

impl Rows<'_> {
    /// Has something read by the readers of other registries' lists, where they are there.
    #[cold]
    #[inline(never)]
    pub(super) fn by_registries(
        &mut self,
        read: &mut dyn FnMut(&mut dyn Registries, &mut Rows<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Some(mut registries) = self.registries.take() else { return Err(missing()) };
        let done = read(&mut *registries, self);
        *self.registries = Some(registries);
        done
    }

    /// Tags so far that wait for their repository.
    pub(super) fn tags(&self) -> u32 {
        self.registries.as_ref().map_or(0, |registries| registries.tags())
    }
}

/// The error for a source that needs readers which are not there.
#[cold]
pub(super) fn missing() -> Error {
    Error::new(ErrorKind::ReadersMissing, "the readers of registries' lists are not loaded; load them and go on")
}

/// Whether a load only waits for readers.
pub(super) fn waits(error: &Error) -> bool {
    error.kind() == ErrorKind::ReadersMissing
}
