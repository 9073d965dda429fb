//! The first line of a table: what separates its cells, what they name, and how a row under them is read.

use std::borrow::Cow;

use super::cells::Cells;
use crate::error::{Error, ErrorKind, quoted};
use crate::limits::MAX_UNUSED_NAMES;
use crate::load::Rows;
use crate::load::encoding::instead_of_utf8;
use crate::load::listed::{Listed, are_of_a_listing};
use crate::load::names::Column;
use crate::load::readers::{self, PutListed};
use crate::load::report::LeftOutReason;
use crate::load::sniff::BYTE_ORDER_MARK;
use crate::load::value::{Fault, Value, digits, put, trimmed_bytes};
use crate::memory::ensure_room_for_copies;
use crate::record::Record;

/// The separators that are told apart, by how often they occur in the header.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The separator that occurs most often in the first line, outside of quotes.
pub(super) fn delimiter_of(text: &[u8]) -> u8 {
    let line = text.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = DELIMITERS.map(|delimiter| (0, delimiter));
    for byte in line {
        quoted ^= *byte == b'"';
        for (count, delimiter) in &mut counts {
            *count += i32::from(!quoted && byte == delimiter);
        }
    }
    // Of equally frequent ones the first is taken, of none the comma.
    counts.into_iter().rev().max_by_key(|(count, _)| *count).map_or(b',', |(_, delimiter)| delimiter)
}

/// The separator that a line before the header tells, as Excel writes it: `sep=;`.
pub(super) fn told_delimiter(text: &[u8]) -> Option<u8> {
    let line = text.trim_ascii_start();
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let bare = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match bare {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            (!delimiter.is_ascii_alphanumeric() && !matches!(delimiter, b'"' | b'\r' | b'\n') && delimiter.is_ascii())
                .then_some(*delimiter)
        }
        _ => None,
    }
}

/// What the cells of the first line name, and how they are written.
pub(super) struct Header {
    columns: Vec<Option<Column>>,
    cells: Vec<Box<[u8]>>,
    /// What puts values under a name of a registry's listing, where there are such.
    put_listed: Option<PutListed>,
    is_settled: bool,
}

impl Header {
    pub(super) fn read(cells: Cells<'_>) -> Result<Self, Error> {
        ensure_room_for_copies(cells.size())?;
        let mut names = Vec::new();
        for cell in cells.iter() {
            let name = cell.text().ok_or_else(|| {
                let instead = instead_of_utf8(cell.bytes);
                let message = format!("the header is not UTF-8{instead}; save the table as CSV in UTF-8");
                Error::new(ErrorKind::UnsupportedEncoding, message)
            })?;
            names.push(name.trim());
        }
        let columns = names.iter().map(|name| Column::named(name)).collect();
        let cells = cells.iter().map(|cell| cell.bytes.trim_ascii().into()).collect();
        Ok(Header { columns, cells, put_listed: None, is_settled: false })
    }

    /// Settles what the names stand for, with the readers of registries where those have to say it.
    #[cold]
    pub(super) fn settle(&mut self, rows: &mut Rows<'_>) -> Result<(), Error> {
        if self.is_settled {
            return Ok(());
        }
        let Self { columns, cells, .. } = self;
        if are_of_a_listing(columns) {
            self.put_listed = Some(rows.registries.as_ref().ok_or_else(readers::missing)?.columns(columns));
        } else {
            let of_images = |column: &Column| !matches!(column, Column::Listed(_));
            columns.iter_mut().for_each(|column| *column = column.filter(of_images));
        }
        self.is_settled = true;
        let names = cells.iter().map(|cell| str::from_utf8(cell).unwrap_or_default().trim());
        let mut unknown = Vec::new();
        for (place, (column, name)) in columns.iter().zip(names).enumerate() {
            if let Some(known) = column
                && columns.iter().take(place).any(|before| before == column)
            {
                return Err(Error::new(
                    ErrorKind::DuplicateColumn,
                    format!("the header names `{}` twice, the second time as {}; keep one", known.name(), quoted(name)),
                )
                .with_field(known.name()));
            }
            if column.is_none() && !name.is_empty() && unknown.len() < MAX_UNUSED_NAMES {
                unknown.push(name.to_owned());
            }
        }
        let of_an_image = |column: &Option<Column>| match column {
            Some(Column::Field(_)) => true,
            Some(Column::Listed(listed)) => matches!(listed, Listed::RepositoryName | Listed::Name | Listed::Tags),
            _ => false,
        };
        if !columns.iter().any(of_an_image) {
            return Err(crate::load::no_known_field(&unknown));
        }
        unknown.iter().for_each(|name| rows.report.note_unused(name));
        Ok(())
    }

    /// Whether a line may be blank or the header again, which its first byte denies of most lines.
    pub(super) fn may_be(&self, line: Cells<'_>) -> bool {
        let of_header = self.cells.first().and_then(|cell| cell.first());
        line.first_byte().is_none_or(|first| !first.is_ascii_alphanumeric() || of_header == Some(&first))
    }

    /// Whether a line says what the header says.
    pub(super) fn is(&self, line: Cells<'_>) -> bool {
        let bare = |cell: &[u8], name: &[u8]| cell.strip_prefix(BYTE_ORDER_MARK).unwrap_or(cell).trim_ascii() == name;
        line.len() == self.cells.len() && line.iter().zip(&self.cells).all(|(cell, name)| bare(cell.bytes, name))
    }

    /// Reads a line under the header.
    pub(super) fn read_row<'a>(&self, line: Cells<'a>) -> Result<Record<'a>, Fault> {
        let mut record = Record::default();
        match line.texts(self.columns.len()) {
            Some(texts) => {
                for (column, text) in self.columns.iter().zip(texts) {
                    self.put_cell(&mut record, *column, text)?;
                }
            }
            None => self.read_cells(line, &mut record)?,
        }
        Ok(record)
    }

    /// Reads a line of which it is not known whether it is text, and as long as the header.
    #[cold]
    fn read_cells<'a>(&self, line: Cells<'a>, record: &mut Record<'a>) -> Result<(), Fault> {
        let filled = line.len().min(self.columns.len());
        if line.len() < self.columns.len() || line.iter().skip(filled).any(|cell| !cell.is_blank()) {
            let message = format!("the line has {} cells, but the header has {}", line.len(), self.columns.len());
            return Err((LeftOutReason::NotARow, message));
        }
        for (column, cell) in self.columns.iter().zip(line.iter()) {
            let Some(column) = column else { continue };
            let Some(text) = cell.text() else {
                let instead = instead_of_utf8(cell.bytes);
                let message = format!("`{}` is not UTF-8{instead}; save the table as CSV in UTF-8", column.name());
                return Err((LeftOutReason::InvalidText, message));
            };
            self.put_cell(record, Some(*column), text.as_bytes())?;
        }
        Ok(())
    }

    /// Puts a text into the place of its column. A header names no column twice: there is no other text there.
    #[inline(always)]
    fn put_cell<'a>(&self, record: &mut Record<'a>, column: Option<Column>, text: &'a [u8]) -> Result<(), Fault> {
        match column {
            Some(Column::Field(field)) => record.set_bytes(field, trimmed_bytes(text)),
            Some(other) if !text.is_empty() => match (other, digits(text)) {
                (Column::LastScanTime, Some(time)) => record.last_scan_time = Some(time).filter(|time| *time != 0),
                _ => self.put_other(record, other, text)?,
            },
            _ => {}
        }
        Ok(())
    }

    #[inline(never)]
    fn put_other<'a>(&self, record: &mut Record<'a>, column: Column, text: &'a [u8]) -> Result<(), Fault> {
        let value = Value::Text(Cow::Borrowed(str::from_utf8(text).unwrap_or_default()));
        match (column, self.put_listed) {
            (Column::Listed(listed), Some(put)) => put(record, listed, value),
            _ => put(record, column, value),
        }
    }
}
