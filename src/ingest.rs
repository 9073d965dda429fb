//! The way in as one: bytes of exports → an inventory that can be asked, and the report of the load.

use std::hash::{BuildHasher, RandomState};

use crate::error::{Error, ErrorKind, quoted};
use crate::estimate::{ChargeModel, Estimator};
use crate::field::Field;
use crate::input::{Input, unknown_key};
use crate::inventory::InventoryBuilder;
use crate::limits::MAX_EXPECTED_GROWTH;
use crate::load::{Format, LoadOptions, LoadReport, Loader, Readers, registries};
use crate::memory::ensure_room;

/// Reads exports, pushed in pieces, into an inventory.
pub struct InventoryLoader {
    state: Result<Reading, Failed>,
    source_open: bool,
}

struct Reading {
    loader: Loader,
    builder: InventoryBuilder,
    bytes: u64,
    bytes_in_all: Option<u64>,
}

/// A load that an error has ended: it is told again at every further call.
struct Failed {
    error: Error,
    rows: u32,
}

impl InventoryLoader {
    /// A loader with a random seed for its dictionaries. WebAssembly has no source of chance of its own:
    /// use [`InventoryLoader::with_seed`] there.
    #[must_use]
    pub fn new(options: LoadOptions) -> Self {
        Self::with_seed(options, RandomState::new().hash_one(0))
    }

    /// A loader with the given seed for its dictionaries. One that cannot be guessed keeps chosen input from
    /// making the load slow.
    #[must_use]
    pub fn with_seed(options: LoadOptions, seed: u64) -> Self {
        Self::with_readers(options, seed, Some(registries::readers()))
    }

    /// The same, told what reads other registries' lists. Without it, a source that needs it makes
    /// [`InventoryLoader::push`] or [`InventoryLoader::end_source`] fail with
    /// [`ErrorKind::ReadersMissing`], and the load goes on behind [`InventoryLoader::install`].
    #[must_use]
    pub fn with_readers(options: LoadOptions, seed: u64, readers: Option<Readers>) -> Self {
        Error::prepare_out_of_memory();
        let reading = Reading {
            loader: Loader::new(options, readers),
            builder: InventoryBuilder::new(seed),
            bytes: 0,
            bytes_in_all: None,
        };
        Self { state: Ok(reading), source_open: true }
    }

    /// Says how many bytes all sources have, as far as that is known: a load that knows grows its tables less often.
    /// It changes nothing else.
    #[must_use]
    pub fn with_bytes_in_all(mut self, bytes: u64) -> Self {
        if let Ok(reading) = &mut self.state {
            reading.bytes_in_all = Some(bytes);
        }
        self
    }

    /// Reads the next piece of the current source. Pieces may be cut anywhere.
    ///
    /// # Errors
    ///
    /// A fault of the source's structure, with its place; or memory ran out. Every further call fails the same way.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.source_open = true;
        self.step(|Reading { loader, builder, bytes: read, bytes_in_all }| {
            *read += bytes.len() as u64;
            if let Some(times) = bytes_in_all.and_then(|all| all.checked_div(*read)) {
                builder.expect(times.clamp(1, MAX_EXPECTED_GROWTH) as u32);
            }
            loader.push(bytes, &mut |record| builder.push(record))
        })
    }

    /// Gives the readers of other registries' lists to a load that has none. One that waits for them goes on with the
    /// next [`InventoryLoader::push`], of no bytes where there are none left, or [`InventoryLoader::end_source`].
    pub fn install(&mut self, readers: Readers) {
        if let Ok(reading) = &mut self.state {
            reading.loader.install(readers);
        }
    }

    /// Ends the current source: what is pushed next is another one, of the same inventory.
    ///
    /// # Errors
    ///
    /// As [`InventoryLoader::push`]; also a source that is empty or ends in the middle.
    pub fn end_source(&mut self) -> Result<(), Error> {
        self.step(|Reading { loader, builder, .. }| loader.end_source(&mut |record| builder.push(record)))?;
        self.source_open = false;
        Ok(())
    }

    fn step(&mut self, step: impl FnOnce(&mut Reading) -> Result<(), Error>) -> Result<(), Error> {
        if let Ok(reading) = &mut self.state {
            let stepped = ensure_room("reading").and_then(|()| step(reading));
            if let Err(error) = stepped {
                if error.kind() == ErrorKind::ReadersMissing {
                    return Err(error);
                }
                // What was read is given up first: there may be no memory left to tell the error with.
                self.state = Err(Failed { rows: reading.loader.rows(), error });
            }
        }
        self.state.as_ref().map(|_| ()).map_err(|failed| failed.error.clone())
    }

    /// How many rows were read so far.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.state.as_ref().map_or_else(|failed| failed.rows, |reading| reading.loader.rows())
    }

    /// Ends the load.
    ///
    /// # Errors
    ///
    /// As [`InventoryLoader::end_source`].
    pub fn finish(mut self, charge_model: ChargeModel) -> Result<(Estimator, LoadReport), Error> {
        if self.source_open {
            self.end_source()?;
        }
        self.step(|Reading { loader, builder, .. }| loader.release(&mut |record| builder.push(record)))?;
        let Reading { loader, builder, .. } = self.state.map_err(|failed| failed.error)?;
        ensure_room("ordering the rows")?;
        let (mut inventory, duplicates) = builder.finish(charge_model.key())?;
        let report = loader.finish(inventory.images(), duplicates, inventory.missing_fields());
        if !report.complete {
            inventory.mark_incomplete();
        }
        let estimator = Estimator::new(inventory, charge_model)?;
        // What an answer allocates without asking is to be there as well.
        ensure_room("finding what is charged already")?;
        Ok((estimator, report))
    }
}

/// Reads the options of a load as a caller gave them: how to read, and by what rule to charge.
///
/// # Errors
///
/// A key that is unknown, or a value that cannot be.
pub fn load_options_from_input(input: Input) -> Result<(LoadOptions, ChargeModel), Error> {
    const KEYS: [&str; 5] = ["format", "defaults", "now", "cycleStart", "chargeModel"];
    let mut options = LoadOptions::default();
    let (mut charge_model, mut cycle_start) = (Input::Absent, Input::Absent);
    for (key, value) in input.into_entries("options object")? {
        match key.as_str() {
            "format" => {
                if let Some(format) = read_format(value)? {
                    options = options.with_format(format);
                }
            }
            "defaults" => options = read_defaults(options, value)?,
            "now" => {
                if let Some(now) = value.into_time("now")? {
                    options = options.with_now(now);
                }
            }
            "cycleStart" => cycle_start = value,
            "chargeModel" => charge_model = value,
            _ => return Err(unknown_key("options object", &key, &KEYS)),
        }
    }
    Ok((options, ChargeModel::from_input(charge_model, cycle_start)?))
}

fn read_format(value: Input) -> Result<Option<Format>, Error> {
    match value {
        Input::Absent => Ok(None),
        Input::Text(name) if name == "json" => Ok(Some(Format::Json)),
        Input::Text(name) if name == "csv" => Ok(Some(Format::Csv)),
        Input::Text(name) => Err(Error::new(
            ErrorKind::InvalidValue,
            format!("`format` is {}, but must be `json` or `csv`; without it, the format is recognised", quoted(&name)),
        )
        .with_field("format")),
        other => Err(other.unexpected("format", "a text")),
    }
}

fn read_defaults(mut options: LoadOptions, value: Input) -> Result<LoadOptions, Error> {
    // A digest or a tag is an image's own: the same one for every row would make one image of all.
    let fields = Field::ALL.into_iter().filter(|field| !matches!(field, Field::Digest | Field::Tag));
    for (key, value) in value.into_entries("`defaults` object")? {
        let Some(field) = fields.clone().find(|field| field.js_column_name() == key) else {
            let known: Vec<&str> = fields.map(Field::js_column_name).collect();
            return Err(unknown_key("`defaults` object", &key, &known));
        };
        match value {
            Input::Absent => {}
            Input::Text(text) => options = options.with_default(field, text)?,
            other => return Err(other.unexpected(&key, "a text")),
        }
    }
    Ok(options)
}
