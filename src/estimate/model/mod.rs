//! Charge models as data: who charges how, as of when and by which source, in a document that anyone can write.
//!
//! A document in, a [`ChargeModel`] for the count and a [`Bill`] for what it comes to out. Nothing here is needed for
//! an estimate under the built-in model.

mod bill;
mod cycle;
mod read;
mod saved;
mod units;

pub use crate::date::Date;
pub use bill::{Bill, BillOptions};
pub use cycle::{Cycle, Span};
pub use units::Units;

use serde::{Serialize, Serializer};

use super::Estimator;
use super::charge_model::{BUILT_IN, ChargeModel, ChargedBy, CountBy};
use crate::error::{Error, ErrorKind};
use crate::input::{Input, unknown_key};
use crate::limits::MAX_TIME;

/// A charge model as a document: small, dated and with its source, since such rules drift.
///
/// Its JSON is described in `docs/charge-models.md`; a document that is serialised is read again as the same one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ModelDocument {
    /// Whose model it is.
    pub name: String,
    /// The day as of which this is known.
    pub date: Date,
    /// Where it is said: an address, or a sentence.
    pub source: String,
    /// What one unit is consumed by.
    pub count_by: CountBy,
    /// What says that an image is charged already.
    #[serde(serialize_with = "as_list")]
    pub charged_by: ChargedBy,
    /// For how long an image that was charged stays so.
    pub cycle: Cycle,
    /// What a scan costs.
    pub cost: Cost,
    /// What of it the source does not say.
    pub assumptions: Vec<String>,
}

/// What a scan costs, in units of quota for each charge key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cost {
    /// The first scan in a cycle.
    pub first: Units,
    /// Every further one.
    pub repeat: Units,
}

/// When the present cycle began, as far as a caller knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CycleOptions {
    /// When it began, in milliseconds since 1970. Outweighs what the document says of the day.
    pub cycle_start: Option<i64>,
    /// What time it is, likewise. Without a `cycle_start`, the document says when the cycle of this time began.
    pub now: Option<i64>,
}

impl CycleOptions {
    /// The same, with the start of the cycle.
    #[must_use]
    pub fn with_cycle_start(mut self, time: i64) -> Self {
        self.cycle_start = Some(time);
        self
    }

    /// The same, with the time that it is.
    #[must_use]
    pub fn with_now(mut self, time: i64) -> Self {
        self.now = Some(time);
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
                "cycleStart" => options.cycle_start = value.into_time(&key)?,
                "now" => options.now = value.into_time(&key)?,
                _ => return Err(unknown_key("options object", &key, &["cycleStart", "now"])),
            }
        }
        Ok(options)
    }
}

impl ModelDocument {
    /// The built-in model, that of Alibaba Cloud Security Center.
    #[must_use]
    pub fn security_center() -> Self {
        Self {
            name: BUILT_IN.to_owned(),
            date: Date { year: 2026, month: 5, day: 15 },
            source: "https://www.alibabacloud.com/help/en/security-center/user-guide/overview-8".to_owned(),
            count_by: CountBy::Digest,
            charged_by: ChargedBy::EITHER,
            cycle: Cycle::Monthly { from_day: 1, utc_offset_minutes: 8 * 60 },
            cost: Cost { first: Units::whole(1), repeat: Units::default() },
            assumptions: [
                "two images are the same one where their digests are equal, wherever they are stored",
                "an image is charged already where its row says so, or where it was scanned in this cycle",
                "a cycle begins on the first day of a month at midnight in Beijing",
            ]
            .map(str::to_owned)
            .to_vec(),
        }
    }

    /// The charge model by which quota is counted, once it is known when the cycle began.
    ///
    /// # Errors
    ///
    /// A start of a cycle that lies behind `now`, or where the document has no cycles that begin.
    pub fn charge_model(&self, options: &CycleOptions) -> Result<ChargeModel, Error> {
        let invalid = |message: &str| Error::new(ErrorKind::InvalidValue, message).with_field("cycleStart");
        let cycle_start = match (self.cycle, options.cycle_start, options.now) {
            (Cycle::None | Cycle::Forever, Some(_), _) => {
                return Err(invalid(
                    "`cycleStart` is given, but the charge model has no cycles that begin; leave it out",
                ));
            }
            (_, Some(start), Some(now)) if start > now => {
                return Err(invalid("`cycleStart` is later than `now`; give the start of the cycle that has begun"));
            }
            (Cycle::None, ..) => None,
            // As long as there are dates.
            (Cycle::Forever, ..) => Some(-MAX_TIME as i64),
            (Cycle::Monthly { .. }, Some(start), _) => Some(start),
            (Cycle::Monthly { .. }, None, now) => {
                now.and_then(|now| self.cycle.around(now, None)).map(|span| span.start)
            }
        };
        Ok(ChargeModel::new(self.count_by, cycle_start).with_charged_by(self.charged_by))
    }
}

/// A charge model as a caller names one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Model {
    /// A document.
    Document(Box<ModelDocument>),
    /// What one unit is consumed by, and all else as in the built-in model.
    CountBy(CountBy),
}

impl Model {
    /// Reads a document, or an object with nothing but `countBy` as a load takes it. Nothing given is the built-in model.
    ///
    /// # Errors
    ///
    /// As [`ModelDocument::from_input`].
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let is_rule = match &input {
            Input::Absent => true,
            Input::Object(entries) => entries.iter().all(|(key, _)| key == "countBy"),
            _ => false,
        };
        if is_rule {
            return Ok(Model::CountBy(ChargeModel::from_input(input, Input::Absent)?.count_by));
        }
        ModelDocument::from_input(input).map(|document| Model::Document(Box::new(document)))
    }
}

impl Estimator {
    /// The document that the charge model was taken from, where it was.
    #[must_use]
    pub fn document(&self) -> Option<&ModelDocument> {
        self.document.as_deref()
    }

    /// The same with the document that its charge model was taken from.
    pub(crate) fn with_document(mut self, document: Option<ModelDocument>) -> Self {
        self.document = document.map(Box::new);
        self
    }

    /// Goes over to a charge model as a caller names it.
    ///
    /// # Errors
    ///
    /// As [`Estimator::set_model`].
    pub fn go_over(&mut self, model: Model, options: &CycleOptions) -> Result<(), Error> {
        match model {
            Model::Document(document) => self.set_model(*document, options),
            Model::CountBy(count_by) => {
                let built_in = ModelDocument { count_by, ..ModelDocument::security_center() };
                self.set_charge_model(built_in.charge_model(options)?)
            }
        }
    }

    /// Goes over to the charge model of a document, as [`Estimator::set_charge_model`] does. [`Estimator::bill`] says
    /// what a scan comes to under it.
    ///
    /// # Errors
    ///
    /// As [`ModelDocument::charge_model`] and [`Estimator::set_charge_model`]; the charge model is then the one that
    /// it was.
    pub fn set_model(&mut self, document: ModelDocument, options: &CycleOptions) -> Result<(), Error> {
        self.set_charge_model(document.charge_model(options)?)?;
        self.document = Some(Box::new(document));
        Ok(())
    }
}

/// As a document has it: the names of what says so.
fn as_list<S: Serializer>(charged_by: &ChargedBy, serializer: S) -> Result<S::Ok, S::Error> {
    let named = [(charged_by.flag, read::FLAG), (charged_by.scan_time, read::SCAN_TIME)];
    serializer.collect_seq(named.into_iter().filter(|(says_so, _)| *says_so).map(|(_, name)| name))
}
