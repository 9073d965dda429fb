//! Security Center: a request `PublicSyncAndCreateImageScanTask`, whose images are JSON within a text → images.

use super::super::listed::Listed;
use super::super::names::Column;
use super::super::report::LeftOutReason;
use super::super::value::{Fault, Value};
use super::acr::Acr;
use super::{Invalid, JsonText, List, Listing, Rows, record};
use crate::error::{Error, ErrorKind};
use crate::record::Record;

/// Reads a request with its images as a text.
pub(super) fn read(listing: &Listing<'_>, acr: &mut Acr, rows: &mut Rows<'_>) -> Result<(), Error> {
    let mut text = None;
    listing.each(&mut |json, _, column| match column {
        Some(Column::Listed(Listed::Images)) => {
            text = Some(json.value()?);
            Ok(())
        }
        _ => json.skip(),
    })?;
    let at = listing.start.position();
    let Some(Value::Text(text)) = text else {
        let message = "`Images` is no valid Unicode; export it as UTF-8".to_owned();
        return rows.take(Err((LeftOutReason::InvalidText, message)), at);
    };
    let tags_before = acr.count_tags();
    let mut failed = None;
    let mut json = JsonText::new(text.as_bytes());
    let read = json.list(&mut |json| {
        let row = image(json)?;
        if failed.is_none() {
            failed = acr.take(List::Images, row, at, rows).err();
        }
        Ok(())
    });
    read.and_then(|()| json.end()).map_err(|invalid| {
        let message = format!("the text of `Images` is not a JSON list: {}", invalid.reason);
        Error::new(ErrorKind::InvalidJson, message).with_position(at)
    })?;
    let tags = tags_before..acr.count_tags();
    if !tags.is_empty() {
        acr.end_list(tags, &Record::default(), None)?;
    }
    failed.map_or(Ok(()), Err)
}

fn image<'t>(json: &mut JsonText<'t>) -> Result<Result<Record<'t>, Fault>, Invalid> {
    if json.peek() != Some(b'{') {
        json.skip()?;
        return Ok(Err((LeftOutReason::NotARow, "an image must be an object".to_owned())));
    }
    record(json, Record::default(), &mut |name| {
        Column::named(name).filter(|column| !matches!(column, Column::Listed(_)))
    })
}
