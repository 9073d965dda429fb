//! Snapshots: an inventory as bytes that are quick to take in again, with its charge model and the report of its load.
//!
//! What a snapshot says of images is believed, as an export is. That it is one, whole and without contradiction, is not:
//! whatever the questions rely on is checked, or found anew from the rows. What a question needs beyond that is made
//! by the first that does.

use std::hash::{BuildHasher, RandomState};

use crate::error::{Error, ErrorKind};
use crate::estimate::model::{CycleOptions, ModelDocument};
use crate::estimate::{ChargeModel, Estimator};
use crate::flat::{RESTORING, Reader, SIGNATURE, Sink, Source, Writer, damaged, ensure};
use crate::input::{Input, unknown_key};
use crate::inventory::Inventory;
use crate::load::LoadReport;
use crate::memory::ensure_room;

/// What it begins with.
const MAGIC: u64 = u64::from_le_bytes(*SIGNATURE);

/// The form in which snapshots are written. A change of it is another number.
const FORM: u64 = 1;

/// What is told of an inventory anew when it is restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RestoreOptions {
    /// When the current cycle began, in milliseconds since 1970. `None`: as the snapshot says.
    pub cycle_start: Option<i64>,
}

impl RestoreOptions {
    /// The same, with another start of the cycle.
    #[must_use]
    pub fn with_cycle_start(mut self, cycle_start: i64) -> Self {
        self.cycle_start = Some(cycle_start);
        self
    }

    /// Reads options as a caller gave them.
    ///
    /// # Errors
    ///
    /// A key that is unknown, or a value that cannot be.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut options = Self::default();
        for (key, value) in input.into_entries("options object")? {
            match key.as_str() {
                "cycleStart" => options.cycle_start = value.into_time("cycleStart")?,
                _ => return Err(unknown_key("options object", &key, &["cycleStart"])),
            }
        }
        Ok(options)
    }
}

/// Saves an inventory with the report of its load.
///
/// # Errors
///
/// Where memory runs out, or where the report is that of another inventory.
pub fn save(estimator: &Estimator, report: &LoadReport) -> Result<Vec<u8>, Error> {
    let length = usize::try_from(length(estimator, report)?).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(|_| Error::out_of_memory("saving a snapshot"))?;
    write(estimator, report, &mut bytes)?;
    Ok(bytes)
}

/// Restores an inventory with the report of its load, with a random seed for its dictionaries. WebAssembly has no
/// source of chance of its own: use [`restore_with_seed`] there.
///
/// # Errors
///
/// Bytes that are no snapshot, or a damaged one, or one of a newer form; or memory ran out.
pub fn restore(bytes: &[u8], options: &RestoreOptions) -> Result<(Estimator, LoadReport), Error> {
    restore_with_seed(bytes, options, RandomState::new().hash_one(0))
}

/// The same with the given seed. One that cannot be guessed keeps chosen values from making this slow.
///
/// # Errors
///
/// As [`restore`].
pub fn restore_with_seed(bytes: &[u8], options: &RestoreOptions, seed: u64) -> Result<(Estimator, LoadReport), Error> {
    read(&mut Slice { length: bytes.len() as u64, rest: bytes }, options, seed)
}

/// How many bytes [`write`] writes.
pub(crate) fn length(estimator: &Estimator, report: &LoadReport) -> Result<u64, Error> {
    let mut writer = Writer::counting();
    put(estimator, report, 0, &mut writer)?;
    Ok(writer.finish())
}

pub(crate) fn write(estimator: &Estimator, report: &LoadReport, sink: &mut dyn Sink) -> Result<(), Error> {
    let length = length(estimator, report)?;
    let mut writer = Writer::new(sink)?;
    put(estimator, report, length, &mut writer)?;
    writer.finish();
    Ok(())
}

fn put(estimator: &Estimator, report: &LoadReport, length: u64, writer: &mut Writer) -> Result<(), Error> {
    let inventory = estimator.inventory();
    if report.images != inventory.images() {
        return Err(Error::new(ErrorKind::InvalidValue, "the report is that of another inventory; give its own"));
    }
    writer.numbers([MAGIC, FORM, length, 0]);
    estimator.charge_model().save(writer);
    writer.count(estimator.document().is_some().into());
    if let Some(document) = estimator.document() {
        document.save(writer);
    }
    inventory.save(writer)?;
    report.save(writer);
    Ok(())
}

pub(crate) fn read(
    source: &mut dyn Source,
    options: &RestoreOptions,
    seed: u64,
) -> Result<(Estimator, LoadReport), Error> {
    Error::prepare_out_of_memory();
    ensure_room(RESTORING)?;
    let mut reader = Reader::new(source)?;
    let length = reader.left();
    match reader.numbers() {
        Ok([MAGIC, FORM, said, 0]) => ensure(said == length)?,
        Ok([MAGIC, form, ..]) if form > FORM => {
            let message = "the snapshot was written by a newer version of scan-precheck; load the export instead";
            return Err(Error::new(ErrorKind::NewerSnapshot, message));
        }
        Ok([MAGIC, ..]) => return Err(damaged()),
        _ => {
            let message = "this is no snapshot of scan-precheck; load an export with `load` instead";
            return Err(Error::new(ErrorKind::NotASnapshot, message));
        }
    }
    let mut charge_model = ChargeModel::restore(&mut reader)?;
    let document = match reader.count(1)? {
        0 => None,
        1 => Some(ModelDocument::restore(&mut reader, &charge_model)?),
        _ => return Err(damaged()),
    };
    let inventory = Inventory::restore(&mut reader, charge_model.key(), seed)?;
    ensure_room(RESTORING)?;
    let report = LoadReport::restore(&mut reader, inventory.images(), inventory.missing_fields())?;
    ensure(report.complete || !inventory.is_complete())?;
    reader.finish()?;
    if let Some(cycle_start) = options.cycle_start {
        match &document {
            // It has a say in when its cycles may begin.
            Some(document) => {
                charge_model = document.charge_model(&CycleOptions::default().with_cycle_start(cycle_start))?;
            }
            None => charge_model.cycle_start = Some(cycle_start),
        }
    }
    let estimator = Estimator::new(inventory, charge_model)?.with_document(document);
    ensure_room(RESTORING)?;
    Ok((estimator, report))
}

/// Bytes that are there.
struct Slice<'a> {
    length: u64,
    rest: &'a [u8],
}

impl Source for Slice<'_> {
    fn len(&self) -> u64 {
        self.length
    }

    fn read(&mut self, into: &mut [u8]) {
        if let Some((bytes, rest)) = self.rest.split_at_checked(into.len()) {
            into.copy_from_slice(bytes);
            self.rest = rest;
        }
    }
}

impl Sink for Vec<u8> {
    fn write(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}
