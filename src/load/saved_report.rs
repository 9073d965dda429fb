//! A report as flat arrays, and back.

use super::report::{
    Format, LeftOut, LeftOutCount, LeftOutReason, LeftOutRow, LoadReport, RepositoriesReport, SourceReport,
};
use super::shape::Shape;
use crate::error::Error;
use crate::field::Field;
use crate::flat::{Reader, Writer, damaged, ensure, full};
use crate::limits::{MAX_PLACES, MAX_UNUSED_NAMES};

/// Numbers that JavaScript holds exactly.
const MAX_NUMBER: u64 = (1 << 53) - 1;

const FORMATS: [Format; 2] = [Format::Json, Format::Csv];
/// In the order in which they are declared.
const SHAPES: [Shape; 11] = [
    Shape::Rows,
    Shape::Table,
    Shape::DescribeImageInstances,
    Shape::PublicSyncAndCreateImageScanTask,
    Shape::ListRepository,
    Shape::ListRepoTag,
    Shape::HarborArtifacts,
    Shape::QuayTags,
    Shape::OciTags,
    Shape::OciCatalog,
    Shape::Mixed,
];

impl LoadReport {
    pub(crate) fn save(&self, writer: &mut Writer) {
        let LeftOut { by_reason, places, .. } = &self.left_out;
        let announced = self.announced.map_or(0, |announced| u64::from(announced) + 1);
        writer.numbers([self.rows.into(), self.duplicates.into(), announced, self.complete.into()]);
        writer.numbers([self.missing_pages.into(), self.repositories.is_some().into(), 0, 0]);
        if let Some(repositories) = self.repositories {
            let RepositoriesReport { listed, from_page, from_only_listed, from_defaults, unknown } = repositories;
            writer.numbers([listed, from_page, from_only_listed, from_defaults].map(u64::from));
            writer.numbers([unknown.into(), 0, 0, 0]);
        }
        for reason in LeftOutReason::ALL {
            let count = by_reason.iter().find(|count| count.reason == reason);
            writer.count(count.map_or(0, |count| count.rows as usize));
        }
        writer.count(places.len());
        for LeftOutRow { reason, message, source, line, column } in places {
            writer.numbers([*reason as u64, (*source).into(), *line, *column]);
            writer.bytes(message.as_bytes());
        }
        writer.count(self.sources.len());
        for SourceReport { format, shape, because, bytes, rows } in &self.sources {
            writer.numbers([*format as u64, *shape as u64, *bytes, (*rows).into()]);
            writer.bytes(because.as_bytes());
        }
        writer.count(self.unused_names.len());
        self.unused_names.iter().for_each(|name| writer.bytes(name.as_bytes()));
    }

    /// A report as it was saved, told what follows from the inventory.
    pub(crate) fn restore(reader: &mut Reader, images: u32, missing_fields: Vec<Field>) -> Result<Self, Error> {
        let [rows, duplicates, announced, complete] = reader.numbers()?;
        let (missing_pages, repositories) = match reader.numbers()? {
            [missing_pages, 0, 0, 0] => (number(missing_pages)?, None),
            [missing_pages, 1, 0, 0] => (number(missing_pages)?, Some(repositories(reader)?)),
            _ => return Err(damaged()),
        };
        let (rows, duplicates) = (number(rows)?, number(duplicates)?);
        let announced = announced.checked_sub(1).map(number).transpose()?;
        let left_out = left_out(reader)?;
        ensure(u64::from(rows) == u64::from(images) + u64::from(duplicates) + u64::from(left_out.total))?;
        let none_hidden = left_out.by_reason.iter().all(|count| !count.reason.hides_an_image());
        let all_known = repositories.is_none_or(|repositories| repositories.unknown == 0);
        ensure(complete == 0 || complete == 1 && none_hidden && missing_pages == 0 && all_known)?;
        Ok(Self {
            sources: list(reader, usize::MAX, source)?,
            rows,
            images,
            duplicates,
            complete: complete == 1,
            missing_pages,
            repositories,
            left_out,
            announced,
            missing_fields,
            unused_names: list(reader, MAX_UNUSED_NAMES, |reader| reader.text())?,
        })
    }
}

fn left_out(reader: &mut Reader) -> Result<LeftOut, Error> {
    let (mut total, mut by_reason) = (0u32, Vec::new());
    for reason in LeftOutReason::ALL {
        let rows = match reader.numbers()? {
            [rows, 0, 0, 0] => number(rows)?,
            _ => return Err(damaged()),
        };
        total = total.checked_add(rows).ok_or_else(damaged)?;
        by_reason.extend((rows > 0).then_some(LeftOutCount { reason, rows }));
    }
    let places = list(reader, MAX_PLACES, |reader| {
        let [reason, source, line, column] = reader.numbers()?;
        ensure(line <= MAX_NUMBER && column <= MAX_NUMBER)?;
        let reason = one_of(LeftOutReason::ALL, reason)?;
        Ok(LeftOutRow { reason, message: reader.text()?, source: number(source)?, line, column })
    })?;
    Ok(LeftOut { total, by_reason, places })
}

fn repositories(reader: &mut Reader) -> Result<RepositoriesReport, Error> {
    let [listed, from_page, from_only_listed, from_defaults] = reader.numbers()?;
    let [unknown, 0, 0, 0] = reader.numbers()? else { return Err(damaged()) };
    Ok(RepositoriesReport {
        listed: number(listed)?,
        from_page: number(from_page)?,
        from_only_listed: number(from_only_listed)?,
        from_defaults: number(from_defaults)?,
        unknown: number(unknown)?,
    })
}

fn source(reader: &mut Reader) -> Result<SourceReport, Error> {
    let [format, shape, bytes, rows] = reader.numbers()?;
    ensure(bytes <= MAX_NUMBER)?;
    Ok(SourceReport {
        format: one_of(FORMATS, format)?,
        shape: one_of(SHAPES, shape)?,
        because: reader.text()?,
        bytes,
        rows: number(rows)?,
    })
}

/// A list of at most so many things, each of at least a block.
fn list<T>(
    reader: &mut Reader,
    most: usize,
    mut item: impl FnMut(&mut Reader) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let count = reader.count(crate::flat::BLOCK as u64)?;
    ensure(count <= most as u64)?;
    let mut list = Vec::new();
    list.try_reserve_exact(count as usize).map_err(|_| full())?;
    for _ in 0..count {
        list.push(item(reader)?);
    }
    Ok(list)
}

fn number(number: u64) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| damaged())
}

fn one_of<T: Copy, const COUNT: usize>(all: [T; COUNT], place: u64) -> Result<T, Error> {
    usize::try_from(place).ok().and_then(|place| all.get(place)).copied().ok_or_else(damaged)
}
