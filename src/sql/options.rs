//! What SQL is to be written, for whom, and what the columns of the table are called.

use super::dialect::Dialect;
use super::writer::joined;
use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::estimate::ChargeModel;
use crate::field::Field;
use crate::input::{Input, unknown_key};
use crate::limits::{DEFAULT_FACETS, MAX_FACETS};

/// What is asked of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Question {
    /// Images, quota, and the images that consume nothing by reason: one row.
    Estimate,
    /// The same images by the reasons of `explain`: one row.
    Explain,
    /// Values of a field with the most images under the other fields, so many at most: a row for each, and one without
    /// a value for the images that have none.
    Facets(Field, u32),
    /// Digests of covered images that are charged already: a row for each.
    ChargedDigests,
}

/// What a scan time is kept as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScanTime {
    /// A whole number of milliseconds since 1970, as `LastScanTime` in the service's replies.
    Milliseconds,
    /// A timestamp of the engine.
    Timestamp,
}

/// The columns of a table by what they hold; nothing for one that the table lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// Those of fields. A list, so that an estimate downloads no code for it: a table of fields is what loads have.
    pub(super) fields: Vec<(Field, String)>,
    pub(super) charged: Option<String>,
    pub(super) last_scan_time: Option<String>,
    pub(super) scannable: Option<String>,
}

/// Options of [`to_sql`](super::to_sql).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlOptions {
    pub(super) dialect: Dialect,
    /// The table's name and, before it, what it is in.
    pub(super) table: Vec<String>,
    pub(super) columns: Columns,
    pub(super) charge_model: ChargeModel,
    pub(super) question: Question,
    pub(super) scan_time: ScanTime,
    /// Whether values stand apart from the text.
    pub(super) parameters: bool,
    /// Whether the table's texts are promised to be as an inventory has them.
    pub(super) clean: bool,
    /// Whether no two rows of the table are promised to be one image.
    pub(super) distinct: bool,
}

/// The name that a column has unless another is given.
fn usual_name(field: Field) -> &'static str {
    match field {
        Field::RegistryType => "registry_type",
        Field::RegionId => "region_id",
        Field::InstanceId => "instance_id",
        Field::RepoNamespace => "repo_namespace",
        Field::RepoId => "repo_id",
        Field::RepoName => "repo_name",
        Field::Digest => "digest",
        Field::Tag => "tag",
    }
}

impl SqlOptions {
    /// Asks for an estimate of a table, by the usual names of columns and the usual charge model.
    #[must_use]
    pub fn new(dialect: Dialect, table: impl Into<String>) -> Self {
        let fields = Field::ALL.into_iter().map(|field| (field, usual_name(field).to_owned())).collect();
        Self {
            dialect,
            table: vec![table.into()],
            columns: Columns {
                fields,
                charged: Some("charged".to_owned()),
                last_scan_time: Some("last_scan_time".to_owned()),
                scannable: Some("scannable".to_owned()),
            },
            charge_model: ChargeModel::default(),
            question: Question::Estimate,
            scan_time: ScanTime::Milliseconds,
            parameters: false,
            clean: false,
            distinct: false,
        }
    }

    /// The same, with another question.
    #[must_use]
    pub fn with_question(mut self, question: Question) -> Self {
        self.question = question;
        self
    }

    /// The same, under another charge model.
    #[must_use]
    pub fn with_charge_model(mut self, charge_model: ChargeModel) -> Self {
        self.charge_model = charge_model;
        self
    }

    /// The same, with the filter's values as parameters.
    #[must_use]
    pub fn with_parameters(mut self) -> Self {
        self.parameters = true;
        self
    }

    /// Reads options as a caller gave them: `dialect`, `table` (a name, or a list of a catalog's, a schema's and the
    /// table's), `columns` (names by what they hold, `null` for one that the table lacks), `chargeModel` and `cycleStart` as
    /// for a load, `question` (`estimate`, `explain`, `facets` or `chargedDigests`), `field` and `limit` of facets,
    /// `scanTime` (`milliseconds` or `timestamp`), `parameters`, `clean` and `distinct`.
    ///
    /// # Errors
    ///
    /// A key that is unknown, one that is missing, or a value that cannot be.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        const KEYS: [&str; 12] = [
            "dialect",
            "table",
            "columns",
            "chargeModel",
            "cycleStart",
            "question",
            "field",
            "limit",
            "scanTime",
            "parameters",
            "clean",
            "distinct",
        ];
        let mut given: [Input; 12] = std::array::from_fn(|_| Input::Absent);
        for (key, value) in input.into_entries("options object")? {
            let place = KEYS.iter().position(|known| *known == key);
            match place.and_then(|place| given.get_mut(place)) {
                Some(slot) => *slot = value,
                None => return Err(unknown_key("options object", &key, &KEYS)),
            }
        }
        let [
            dialect,
            table,
            columns,
            charge_model,
            cycle_start,
            question,
            field,
            limit,
            scan_time,
            parameters,
            clean,
            distinct,
        ] = given;
        let known = joined(&Dialect::ALL.map(|(name, _)| name), "`, `");
        let dialect = match dialect {
            Input::Text(name) => Dialect::from_name(&name)?,
            other => return Err(missing_or(other, "dialect", &format!("one of `{known}`"))),
        };
        let mut options = Self::new(dialect, "");
        options.table = names_of_table(table)?;
        options.columns.read(columns)?;
        options.charge_model = ChargeModel::from_input(charge_model, cycle_start)?;
        options.question = question_of(question, field, limit)?;
        options.scan_time = match one_of(scan_time, "scanTime", &["milliseconds", "timestamp"])? {
            Some(1) => ScanTime::Timestamp,
            _ => ScanTime::Milliseconds,
        };
        options.parameters = truth(parameters, "parameters")?;
        options.clean = truth(clean, "clean")?;
        options.distinct = truth(distinct, "distinct")?;
        Ok(options)
    }
}

impl Columns {
    /// What the column of a field is called, where the table has one.
    pub(super) fn of(&self, field: Field) -> Option<&String> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, name)| name)
    }

    fn read(&mut self, columns: Input) -> Result<(), Error> {
        for (key, value) in columns.into_entries("columns object")? {
            let name = match value {
                Input::Absent => None,
                Input::Text(name) => Some(name),
                other => return Err(other.unexpected(&format!("columns.{key}"), "a column's name, or null")),
            };
            if let Some(field) = Field::ALL.into_iter().find(|field| field.js_column_name() == key) {
                self.fields.retain(|(known, _)| *known != field);
                self.fields.extend(name.map(|name| (field, name)));
                continue;
            }
            match key.as_str() {
                "charged" => self.charged = name,
                "lastScanTime" => self.last_scan_time = name,
                "scannable" => self.scannable = name,
                _ => {
                    let known: Vec<&str> = Field::ALL
                        .into_iter()
                        .map(Field::js_column_name)
                        .chain(["charged", "lastScanTime", "scannable"])
                        .collect();
                    return Err(unknown_key("columns object", &key, &known));
                }
            }
        }
        Ok(())
    }
}

fn names_of_table(table: Input) -> Result<Vec<String>, Error> {
    const EXPECTED: &str = "a table's name, or a list of names such as [\"schema\", \"table\"]";
    /// A catalog, a schema and a table.
    const MOST: usize = 3;
    match table {
        Input::Text(name) => Ok(vec![name]),
        Input::List(items) if (1..=MOST).contains(&items.len()) => items
            .into_iter()
            .enumerate()
            .map(|(at, item)| match item {
                Input::Text(name) => Ok(name),
                other => Err(other.unexpected(&format!("table[{at}]"), "a name")),
            })
            .collect(),
        other => Err(missing_or(other, "table", EXPECTED)),
    }
}

fn question_of(question: Input, field: Input, limit: Input) -> Result<Question, Error> {
    let question = match one_of(question, "question", &["estimate", "explain", "facets", "chargedDigests"])? {
        None | Some(0) => Question::Estimate,
        Some(1) => Question::Explain,
        Some(2) => {
            let known = Field::ALL.map(Field::js_name);
            let place = one_of(field, "field", &known)?;
            let named = place.and_then(|place| Field::ALL.get(place));
            let Some(named) = named else {
                return Err(missing_or(Input::Absent, "field", "a field's name, such as `tags`"));
            };
            let limit = limit.into_whole_number("limit", 1.0, MAX_FACETS.into())?;
            return Ok(Question::Facets(*named, limit.map_or(DEFAULT_FACETS, |limit| limit as u32)));
        }
        Some(_) => Question::ChargedDigests,
    };
    for (given, name) in [(field, "field"), (limit, "limit")] {
        if given != Input::Absent {
            let message = format!("`{name}` belongs to the question `facets`; leave it out, or ask for facets");
            return Err(Error::new(ErrorKind::InvalidValue, message).with_field(name));
        }
    }
    Ok(question)
}

/// Which of some words a value is; nothing where none is given.
fn one_of(value: Input, name: &str, known: &[&str]) -> Result<Option<usize>, Error> {
    let text = match value {
        Input::Absent => return Ok(None),
        Input::Text(text) => text,
        other => return Err(other.unexpected(name, "a text")),
    };
    known.iter().position(|known| *known == text).map(Some).ok_or_else(|| {
        let near = did_you_mean(&text, known);
        let message = format!("`{name}` is {}, but must be one of `{}`{near}", quoted(&text), joined(known, "`, `"));
        Error::new(ErrorKind::InvalidValue, message).with_field(name)
    })
}

fn truth(value: Input, name: &str) -> Result<bool, Error> {
    match value {
        Input::Absent => Ok(false),
        Input::Bool(truth) => Ok(truth),
        other => Err(other.unexpected(name, "true or false")),
    }
}

fn missing_or(value: Input, name: &str, expected: &str) -> Error {
    match value {
        Input::Absent => {
            Error::new(ErrorKind::InvalidValue, format!("`{name}` is missing; give {expected}")).with_field(name)
        }
        other => other.unexpected(name, expected),
    }
}
