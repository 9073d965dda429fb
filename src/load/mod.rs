//! Loading: the bytes of exports in, records out, and a report of what was left out.
//!
//! Strict on structure, lenient on content, always counted: a fault of structure stops the load with its
//! place and what to do, a row that cannot be used is left out, counted and listed. Cutting a source into
//! pieces anywhere changes nothing. No filter and no charge model is known here.

mod announced;
mod csv;
mod cursor;
mod encoding;
mod json;
mod list;
mod listed;
mod names;
mod readers;
pub mod registries;
mod report;
mod saved_report;
mod shape;
mod sniff;
mod specials;
mod value;

use std::borrow::Cow;

pub(crate) use cursor::position_in;
pub(crate) use json::{input as json_input, text as json_text};
pub use readers::Readers;
pub use report::{
    Format, LeftOut, LeftOutCount, LeftOutReason, LeftOutRow, LoadReport, RepositoriesReport, SourceReport,
};
pub use shape::Shape;
pub(crate) use value::Value as JsonValue;

use crate::error::{Error, ErrorKind, Position};
use crate::field::{Field, PerField};
use crate::limits::{MAX_RECORD_BYTES, MAX_ROWS};
use crate::record::Record;
use csv::CsvReader;
use cursor::Cursor;
use encoding::Utf16;
use json::JsonReader;
use readers::Registries;
use report::ReportBuilder;
use value::Fault;

/// How to read sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoadOptions {
    format: Option<Format>,
    defaults: PerField<Option<String>>,
    now: Option<i64>,
}

impl LoadOptions {
    /// The same, with the format told instead of recognised.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// The same, with the time by which a tag that ends has ended or not, in milliseconds since 1970. Without it,
    /// every tag counts as one that has not.
    #[must_use]
    pub fn with_now(mut self, milliseconds: i64) -> Self {
        self.now = Some(milliseconds);
        self
    }

    /// The same, with a value for a field where a row gives none.
    ///
    /// # Errors
    ///
    /// For a digest or a tag, which are an image's own: one for every row would make one image of all.
    pub fn with_default(mut self, field: Field, value: impl Into<String>) -> Result<Self, Error> {
        if matches!(field, Field::Digest | Field::Tag) {
            let message = format!("`{}` has no default: it is an image's own", field.js_column_name());
            return Err(Error::new(ErrorKind::InvalidValue, message).with_field(field.js_column_name()));
        }
        *self.defaults.get_mut(field) = Some(value.into().trim().to_owned());
        Ok(self)
    }
}

/// Takes each record as it is read.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(&Record<'_>) -> Result<(), Error>;

/// Reads sources, pushed in pieces one after the other.
pub(crate) struct Loader {
    options: LoadOptions,
    report: ReportBuilder,
    /// What reads other registries' lists, where it is there.
    registries: Option<Box<dyn Registries>>,
    source: Source,
}

/// The source that is being read.
#[derive(Default)]
struct Source {
    bytes: u64,
    rows_before: u32,
    unknown_before: u32,
    unused_before: usize,
    /// The first bytes, while they are too few to tell how the source is written.
    head: Vec<u8>,
    cursor: Cursor,
    /// Decodes the source, where it is not in UTF-8.
    decoder: Option<Box<Utf16>>,
    /// Whether there were blanks at the beginning, and nothing else so far.
    is_blank: bool,
    reader: Option<Reader>,
    /// Whether it waits for readers; and what came meanwhile.
    waits: bool,
    unread: Vec<u8>,
}

enum Reader {
    Json(Box<JsonReader>),
    Csv(Box<CsvReader>),
}

/// Where the rows of a loader go. A macro, since the source is borrowed at the same time.
macro_rules! rows {
    ($loader:expr, $sink:expr) => {
        Rows {
            report: &mut $loader.report,
            registries: &mut $loader.registries,
            options: &$loader.options,
            sink: $sink,
        }
    };
}

impl Loader {
    pub(crate) fn new(options: LoadOptions, readers: Option<Readers>) -> Self {
        let registries = readers.map(|readers| readers.0());
        Self { options, report: ReportBuilder::default(), registries, source: Source::default() }
    }

    /// Gives the readers of other registries' lists, where the load has none.
    pub(crate) fn install(&mut self, readers: Readers) {
        self.registries.get_or_insert_with(readers.0);
    }

    /// Rows read so far.
    pub(crate) fn rows(&self) -> u32 {
        self.report.rows
    }

    /// Reads the next piece of the current source.
    pub(crate) fn push(&mut self, bytes: &[u8], sink: Sink<'_>) -> Result<(), Error> {
        let number = self.report.sources.len() as u32;
        self.source.bytes += bytes.len() as u64;
        let read = self.resume(&mut *sink).and_then(|()| self.decode(bytes, sink)).and_then(|()| self.waits());
        read.map_err(|error| error.with_source(number))
    }

    /// Goes on where readers were missing, if they are there now.
    fn resume(&mut self, sink: Sink<'_>) -> Result<(), Error> {
        if !self.source.waits || self.registries.is_none() {
            return Ok(());
        }
        self.source.waits = false;
        let then = std::mem::take(&mut self.source.unread);
        if let Some(reader) = &mut self.source.reader {
            reader.resume(&mut rows!(self, &mut *sink))?;
        }
        self.read(&then, false, sink)
    }

    fn waits(&self) -> Result<(), Error> {
        if self.source.waits { Err(readers::missing().with_position(Cursor::default().position())) } else { Ok(()) }
    }

    /// Ends the current source; what is pushed next is another one.
    pub(crate) fn end_source(&mut self, sink: Sink<'_>) -> Result<(), Error> {
        let number = self.report.sources.len() as u32;
        self.close_source(sink).map_err(|error| error.with_source(number))
    }

    /// Hands on the records that waited for the end of all sources.
    pub(crate) fn release(&mut self, sink: Sink<'_>) -> Result<(), Error> {
        let Some(mut registries) = self.registries.take() else { return Ok(()) };
        registries.release(&mut rows!(self, sink))
    }

    /// Ends the load, told what became of the records: how many are kept, how many repeated another one, and
    /// in which fields none holds a value.
    pub(crate) fn finish(self, images: u32, duplicates: u32, missing_fields: Vec<Field>) -> LoadReport {
        self.report.finish(images, duplicates, missing_fields)
    }

    /// Reads bytes of the source as they come, in whatever encoding it is.
    fn decode(&mut self, bytes: &[u8], sink: Sink<'_>) -> Result<(), Error> {
        let Some(mut decoder) = self.source.decoder.take() else { return self.read(bytes, false, sink) };
        decoder.decode(bytes, &mut |text| self.read(text, false, &mut *sink))?;
        self.source.decoder = Some(decoder);
        Ok(())
    }

    /// Reads text of the source. The readers are large: one copy of them is enough.
    #[inline(never)]
    fn read(&mut self, bytes: &[u8], at_end: bool, sink: Sink<'_>) -> Result<(), Error> {
        if let Some(reader) = &mut self.source.reader {
            if self.source.waits {
                let unread = &mut self.source.unread;
                unread.try_reserve(bytes.len()).map_err(|_| Error::out_of_memory("keeping what waits"))?;
                unread.extend_from_slice(bytes);
                return Ok(());
            }
            let read = reader.push(bytes, &mut rows!(self, sink));
            self.source.waits = read.as_ref().is_err_and(readers::waits);
            return if self.source.waits { Ok(()) } else { read };
        }
        let mut held = std::mem::take(&mut self.source.head);
        if held.is_empty() && bytes.len() >= sniff::ENOUGH {
            return self.begin(bytes, sink);
        }
        held.try_reserve(bytes.len()).map_err(|_| Error::out_of_memory("beginning to read"))?;
        held.extend_from_slice(bytes);
        if held.len() >= sniff::ENOUGH || at_end {
            return self.begin(&held, sink);
        }
        self.source.head = held;
        Ok(())
    }

    /// Reads the first bytes of a source, as soon as they are enough to tell how it is written.
    fn begin(&mut self, head: &[u8], sink: Sink<'_>) -> Result<(), Error> {
        // What a file is, is told of its start, wherever in it that shows.
        let at = Cursor::default().position();
        if self.source.cursor == Cursor::default() {
            sniff::refuse_other_files(head).map_err(|error| error.with_position(at))?;
            if let Some((decoder, rest)) = Utf16::of(head) {
                self.source.cursor = decoder.cursor();
                self.source.decoder = Some(Box::new(decoder));
                return self.decode(rest, sink);
            }
        }
        let sniffed = sniff::sniff(head, self.source.is_blank).map_err(|error| error.with_position(at))?;
        let (mark, text) = head.split_at_checked(sniffed.skip).unwrap_or((head, b""));
        self.source.cursor.pass_mark(mark);
        let (blank, text) = text.split_at_checked(sniff::blanks_to_pass(text)).unwrap_or((b"", text));
        self.source.cursor.advance(blank);
        let Some(format) = sniffed.format else {
            // Nothing but blanks so far: hardly any of them are kept.
            self.source.is_blank = true;
            self.source.head = text.to_owned();
            return Ok(());
        };
        self.source.reader = Some(Reader::new(self.options.format.unwrap_or(format), self.source.cursor));
        self.read(text, false, sink)
    }

    fn close_source(&mut self, sink: Sink<'_>) -> Result<(), Error> {
        self.resume(&mut *sink)?;
        // A source that is shorter than what tells its encoding is decoded here as well.
        self.read(b"", true, &mut *sink)?;
        if let Some(mut decoder) = self.source.decoder.take() {
            decoder.finish(&mut |text| self.read(text, true, &mut *sink))?;
        }
        self.waits()?;
        let source = std::mem::take(&mut self.source);
        let Some(reader) = source.reader else {
            return Err(Error::new(ErrorKind::EmptyInput, "the input is empty; export the inventory again")
                .with_position(Cursor::default().position()));
        };
        let format = reader.finish(&mut rows!(self, sink))?;
        self.report.announced.end_source()?;
        let rows = self.report.rows - source.rows_before;
        let unknown = self.report.unknown_rows() - source.unknown_before;
        if rows > 0 && unknown == rows && format == Format::Json {
            return Err(no_known_field(self.report.unused_names.get(source.unused_before..).unwrap_or_default())
                .with_position(Cursor::default().position()));
        }
        let signs = self.registries.as_ref().map_or(&[] as shape::Signs, |registries| registries.signs());
        let (shape, because) = std::mem::take(&mut self.report.shapes).sum_up(signs);
        self.report.sources.push(SourceReport { format, shape, because, bytes: source.bytes, rows });
        self.source = Source {
            rows_before: self.report.rows,
            unknown_before: self.report.unknown_rows(),
            unused_before: self.report.unused_names.len(),
            ..Source::default()
        };
        Ok(())
    }
}

impl Reader {
    fn new(format: Format, cursor: Cursor) -> Self {
        match format {
            Format::Json => Reader::Json(Box::new(JsonReader::new(cursor))),
            Format::Csv => Reader::Csv(Box::new(CsvReader::new(cursor))),
        }
    }

    fn push(&mut self, bytes: &[u8], rows: &mut Rows<'_>) -> Result<(), Error> {
        match self {
            Reader::Json(reader) => reader.push(bytes, rows),
            Reader::Csv(reader) => reader.push(bytes, rows),
        }
    }

    fn resume(&mut self, rows: &mut Rows<'_>) -> Result<(), Error> {
        match self {
            Reader::Json(reader) => reader.resume(rows),
            Reader::Csv(reader) => reader.resume(rows),
        }
    }

    fn finish(self, rows: &mut Rows<'_>) -> Result<Format, Error> {
        match self {
            Reader::Json(reader) => reader.finish().map(|()| Format::Json),
            Reader::Csv(reader) => {
                rows.report.shapes.add(Shape::Table);
                reader.finish(rows).map(|()| Format::Csv)
            }
        }
    }
}

/// Where rows go: into the sink, or with a reason into the report.
struct Rows<'a> {
    report: &'a mut ReportBuilder,
    registries: &'a mut Option<Box<dyn Registries>>,
    options: &'a LoadOptions,
    sink: Sink<'a>,
}

impl Rows<'_> {
    /// A row was read into a record, or cannot be used.
    fn take(&mut self, row: Result<Record<'_>, Fault>, at: Position) -> Result<(), Error> {
        self.count(at)?;
        match row {
            Err((reason, message)) => self.report.leave_out(reason, || message, at),
            Ok(record) if !record.has_text() => self.report.leave_out(
                LeftOutReason::NoKnownField,
                || "the row holds no value in any of the fields that are known".to_owned(),
                at,
            ),
            Ok(record) if record.ends.zip(self.options.now).is_some_and(|(end, now)| end <= now) => {
                self.report.leave_out(LeftOutReason::DeadTag, || "the tag has ended".to_owned(), at);
            }
            Ok(record) => return self.hand_on(record).map_err(|error| error.with_position(at)),
        }
        Ok(())
    }

    /// A row was met.
    fn count(&mut self, at: Position) -> Result<(), Error> {
        if self.report.rows == MAX_ROWS {
            let message = format!("more than {MAX_ROWS} rows cannot be read; load a part of the inventory");
            return Err(Error::new(ErrorKind::TooLarge, message).with_position(at));
        }
        self.report.rows += 1;
        Ok(())
    }

    /// Hands a record on, with the defaults where it holds nothing.
    #[inline(always)]
    fn hand_on(&mut self, mut record: Record<'_>) -> Result<(), Error> {
        for (field, default) in self.options.defaults.iter() {
            if let Some(default) = default
                && record.text(field).is_none()
            {
                record.set_text(field, Cow::Owned(default.clone()));
            }
        }
        (self.sink)(&record)
    }
}

/// The error for a line or a value that grows beyond what is kept.
fn too_large(what: &str, start: Cursor) -> Error {
    let limit = MAX_RECORD_BYTES / (1024 * 1024);
    let message = format!(
        "the {what} that begins here does not end within {limit} MiB; perhaps a quote or a bracket in it is never closed"
    );
    Error::new(ErrorKind::TooLarge, message).with_position(start.position())
}

/// The error for a source in which nothing known occurs.
fn no_known_field(found: &[String]) -> Error {
    let names: Vec<&str> = Field::ALL.map(Field::column_name).into();
    let found: Vec<String> = found.iter().take(10).map(|name| crate::error::quoted(name)).collect();
    let found = if found.is_empty() { "no names".to_owned() } else { found.join(", ") };
    Error::new(
        ErrorKind::NoKnownField,
        format!(
            "no field of an image is known in the input: it has {found}; known are `{}`, in any case style",
            names.join("`, `")
        ),
    )
}
