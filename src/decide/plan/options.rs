//! What is asked of a plan, read as a caller gave it.

use super::super::lists::listed;
use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::estimate::MAX_SAFE_INTEGER;
use crate::field::Field;
use crate::filter::Filter;
use crate::input::{Input, unknown_key};
use crate::limits::{DEFAULT_PLAN_BATCH, DEFAULT_PLAN_REQUESTS, MAX_PLAN_BATCH, MAX_PLAN_REQUESTS};

/// What is chosen as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanBy {
    /// One image, with all that share its charge key.
    #[default]
    Images,
    /// All images that hold one value of a field.
    Values(Field),
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanOrder {
    /// Whatever covers the most images.
    #[default]
    MostImages,
    /// What was never scanned, then what was scanned longest ago, by `LastScanTime`. When an image was made, an inventory
    /// does not say: that it was never scanned is the nearest to being new.
    LongestUnscanned,
}

/// What is asked of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanOptions {
    /// The quota that remains in this cycle.
    pub remaining: u64,
    /// What is chosen as a whole.
    pub by: PlanBy,
    /// What comes first.
    pub order: PlanOrder,
    /// Values of one field that come before all others, in their order.
    pub first: Option<Field>,
    first_values: Filter,
    /// The quota of each further cycle, where a schedule is asked for.
    pub per_cycle: Option<u64>,
    /// How many values or images one request holds at most.
    pub batch: u32,
    /// How many requests are left out before the first that is told.
    pub offset: u32,
    /// How many requests are told at most.
    pub limit: u32,
}

const KEYS: [&str; 8] = ["remaining", "by", "order", "first", "perCycle", "batch", "offset", "limit"];
const IMAGES: &str = "images";
const ORDERS: [(&str, PlanOrder); 2] =
    [("mostImages", PlanOrder::MostImages), ("longestUnscanned", PlanOrder::LongestUnscanned)];

impl PlanOptions {
    /// Asks for a plan of single images within a quota.
    #[must_use]
    pub fn new(remaining: u64) -> Self {
        Self {
            remaining,
            by: PlanBy::Images,
            order: PlanOrder::MostImages,
            first: None,
            first_values: Filter::default(),
            per_cycle: None,
            batch: DEFAULT_PLAN_BATCH,
            offset: 0,
            limit: DEFAULT_PLAN_REQUESTS,
        }
    }

    /// The same, by whole values of a field.
    #[must_use]
    pub fn with_values_of(mut self, field: Field) -> Self {
        self.by = PlanBy::Values(field);
        self
    }

    /// Reads options as a caller gave them.
    ///
    /// # Errors
    ///
    /// A key that is unknown, a value that cannot be, or no `remaining`.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut options = Self::new(0);
        let mut remaining = None;
        for (key, value) in input.into_entries("options object")? {
            match key.as_str() {
                "remaining" => remaining = value.into_whole_number(&key, 0.0, MAX_SAFE_INTEGER)?,
                "by" => options.by = read_by(value)?,
                "order" => options.order = read_order(value)?,
                "first" => (options.first, options.first_values) = read_first(value)?,
                "perCycle" => {
                    let quota = value.into_whole_number(&key, 1.0, MAX_SAFE_INTEGER)?;
                    options.per_cycle = quota.map(|quota| quota as u64);
                }
                "batch" => set(&mut options.batch, value.into_whole_number(&key, 1.0, MAX_PLAN_BATCH.into())?),
                "offset" => set(&mut options.offset, value.into_whole_number(&key, 0.0, u32::MAX.into())?),
                "limit" => set(&mut options.limit, value.into_whole_number(&key, 1.0, MAX_PLAN_REQUESTS.into())?),
                _ => return Err(unknown_key("options object", &key, &KEYS)),
            }
        }
        let missing = "`remaining` is missing; give the quota that remains, such as 500";
        options.remaining =
            remaining.ok_or_else(|| Error::new(ErrorKind::InvalidValue, missing).with_field("remaining"))? as u64;
        if let (PlanBy::Values(by), Some(first)) = (options.by, options.first)
            && by != first
        {
            let message = format!(
                "`first` gives values of `{}`, but the plan is by `{}`; give values of that field, or plan by `{IMAGES}`",
                first.js_name(),
                by.js_name()
            );
            return Err(Error::new(ErrorKind::InvalidValue, message).with_field("first"));
        }
        Ok(options)
    }

    /// The values that come before all others, in their order; a digest in its one form.
    pub(super) fn first_values(&self) -> Vec<&str> {
        self.first.map_or_else(Vec::new, |field| self.first_values.values(field).collect())
    }
}

fn set(option: &mut u32, number: Option<f64>) {
    if let Some(number) = number {
        *option = number as u32;
    }
}

fn read_by(value: Input) -> Result<PlanBy, Error> {
    let name = match value {
        Input::Absent => return Ok(PlanBy::Images),
        Input::Text(name) => name,
        other => return Err(other.unexpected("by", "a text")),
    };
    match Field::from_filter_key(&name) {
        _ if name == IMAGES => Ok(PlanBy::Images),
        Some(field) => Ok(PlanBy::Values(field)),
        None => {
            let mut known = vec![IMAGES];
            known.extend(Field::ALL.map(Field::js_name));
            let near = did_you_mean(&name, &known);
            let message = format!("`by` is {}, which is neither `{IMAGES}` nor a filter field{near}", quoted(&name));
            Err(Error::new(ErrorKind::InvalidValue, message).with_field("by"))
        }
    }
}

fn read_order(value: Input) -> Result<PlanOrder, Error> {
    let name = match value {
        Input::Absent => return Ok(PlanOrder::MostImages),
        Input::Text(name) => name,
        other => return Err(other.unexpected("order", "a text")),
    };
    let known = ORDERS.map(|(known, _)| known);
    ORDERS.into_iter().find(|(known, _)| *known == name).map(|(_, order)| order).ok_or_else(|| {
        let near = did_you_mean(&name, &known);
        let message =
            format!("`order` is {}, but must be one of `{}`{near}", quoted(&name), listed(known.into_iter(), "`, `"));
        Error::new(ErrorKind::InvalidValue, message).with_field("order")
    })
}

/// The one field of which values are given, and these, as a filter gives them.
fn read_first(value: Input) -> Result<(Option<Field>, Filter), Error> {
    if let Input::Text(_) | Input::List(_) | Input::Number(_) | Input::Bool(_) = value {
        return Err(value.unexpected("first", "an object with one filter field, such as { tags: \"latest\" }"));
    }
    let filter = Filter::from_input(value)?;
    let mut fields = Field::ALL.into_iter().filter(|field| filter.list(*field).is_some());
    let field = fields.next();
    if fields.next().is_some() {
        let message = "`first` gives values of several fields, but only one can come first; keep one";
        return Err(Error::new(ErrorKind::InvalidValue, message).with_field("first"));
    }
    Ok((field, filter))
}
