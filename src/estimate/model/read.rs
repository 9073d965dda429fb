//! A document as a caller gave it → a charge model that can be applied, or what is wrong with it and what to do.

use super::cycle::utc_offset;
use super::{Cost, Cycle, Date, ModelDocument, Units};
use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::estimate::charge_model::{ChargedBy, CountBy};
use crate::input::{Input, unknown_key};
use crate::limits::{MAX_ASSUMPTIONS, MAX_COST, MAX_MODEL_TEXT};
use crate::load::json_input;

const KEYS: [&str; 8] = ["name", "date", "source", "countBy", "chargedBy", "cycle", "cost", "assumptions"];

/// What says that an image is charged already.
pub(super) const FLAG: &str = "flag";
pub(super) const SCAN_TIME: &str = "scanTime";

impl ModelDocument {
    /// Reads a document as the text of JSON.
    ///
    /// # Errors
    ///
    /// Where it is no JSON, with the place; else as [`ModelDocument::from_input`].
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_input(json_input(text)?)
    }

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// A key that is unknown, missing or there twice; a value that cannot be; or parts that contradict each other.
    /// [`Error::field`] says where, as `cost.repeat`.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut of = Entries::new(input, "charge model", "", &KEYS)?;
        let document = Self {
            name: text(of.take("name"), "name", "the name of whose model it is")?,
            date: date(of.take("date"))?,
            source: text(of.take("source"), "source", "an address, or a sentence")?,
            count_by: CountBy::from_name(&text(of.take("countBy"), "countBy", "such as `digest`")?)?,
            charged_by: charged_by(of.take("chargedBy"))?,
            cycle: cycle(of.take("cycle"))?,
            cost: cost(of.take("cost"))?,
            assumptions: assumptions(of.take("assumptions"))?,
        };
        document.check()?;
        Ok(document)
    }

    /// Whether the parts go together.
    pub(super) fn check(&self) -> Result<(), Error> {
        let invalid = |field, message: &str| Err(Error::new(ErrorKind::InvalidValue, message).with_field(field));
        let is_ever_charged = self.charged_by != ChargedBy::NEITHER;
        match self.cycle {
            Cycle::None if is_ever_charged => invalid(
                "chargedBy",
                "with the cycle `none` every scan is charged, so that nothing can be charged already; leave `chargedBy` empty, or name a cycle",
            ),
            Cycle::None if self.cost.first != self.cost.repeat => invalid(
                "cost.repeat",
                "with the cycle `none` every scan is a first one; `cost.repeat` must be as `cost.first`, or name a cycle",
            ),
            Cycle::Forever | Cycle::Monthly { .. } if !is_ever_charged => invalid(
                "chargedBy",
                "nothing says that an image is charged already, though the model has a cycle; name `flag` or `scanTime` in `chargedBy`, or write `none` as the cycle",
            ),
            _ => Ok(()),
        }
    }
}

/// The entries of an object of which each is taken by its name.
struct Entries(Vec<(String, Input)>);

impl Entries {
    /// The entries of an object that stands at `path`, of which all have to be known and none may be there twice.
    fn new(input: Input, what: &str, path: &str, known: &[&str]) -> Result<Self, Error> {
        let entries = input.into_entries(what).map_err(|error| match path {
            "" => error,
            _ => error.with_field(path),
        })?;
        for (place, (key, _)) in entries.iter().enumerate() {
            let at = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            if !known.contains(&key.as_str()) {
                return Err(unknown_key(what, key, known).with_field(at));
            }
            if entries.iter().take(place).any(|(before, _)| before == key) {
                let message = format!("`{at}` is given twice; leave one of both out");
                return Err(Error::new(ErrorKind::DuplicateKey, message).with_field(at));
            }
        }
        Ok(Self(entries))
    }

    fn take(&mut self, key: &str) -> Input {
        let place = self.0.iter().position(|(known, _)| known == key);
        place.map_or(Input::Absent, |place| self.0.swap_remove(place).1)
    }
}

fn invalid(path: &str, message: String) -> Error {
    Error::new(ErrorKind::InvalidValue, message).with_field(path)
}

fn missing(path: &str, example: &str) -> Error {
    invalid(path, format!("the charge model has no `{path}`, which it must have: {example}"))
}

fn text(input: Input, path: &str, example: &str) -> Result<String, Error> {
    match input {
        Input::Absent => Err(missing(path, example)),
        Input::Text(text) if text.trim().is_empty() => {
            Err(invalid(path, format!("`{path}` is empty; write {example}")))
        }
        Input::Text(text) if text.chars().count() > MAX_MODEL_TEXT => Err(invalid(
            path,
            format!("`{path}` is longer than {MAX_MODEL_TEXT} characters, and is shown with every answer; shorten it"),
        )),
        Input::Text(text) => Ok(text),
        other => Err(other.unexpected(path, "a text")),
    }
}

fn date(input: Input) -> Result<Date, Error> {
    let text = text(input, "date", "the day as of which this is known, such as `2026-11-25`")?;
    Date::from_text(&text).ok_or_else(|| {
        invalid(
            "date",
            format!("`date` is {}, which is no day of the calendar; write one as `2026-11-25`", quoted(&text)),
        )
    })
}

fn charged_by(input: Input) -> Result<ChargedBy, Error> {
    const PATH: &str = "chargedBy";
    let items = match input {
        Input::List(items) => items,
        Input::Absent => return Err(missing(PATH, "a list of `flag` and `scanTime`, or an empty one")),
        other => return Err(other.unexpected(PATH, "a list of texts")),
    };
    let mut charged_by = ChargedBy::NEITHER;
    for item in items {
        let name = match item {
            Input::Text(name) => name,
            other => return Err(other.unexpected(PATH, "a list of texts")),
        };
        let says_so = match name.as_str() {
            FLAG => &mut charged_by.flag,
            SCAN_TIME => &mut charged_by.scan_time,
            _ => {
                let near = did_you_mean(&name, &[FLAG, SCAN_TIME]);
                let message =
                    format!("`{PATH}` names {}, but can name only `{FLAG}` and `{SCAN_TIME}`{near}", quoted(&name));
                return Err(invalid(PATH, message));
            }
        };
        if std::mem::replace(says_so, true) {
            return Err(invalid(PATH, format!("`{PATH}` names {} twice; leave one of both out", quoted(&name))));
        }
    }
    Ok(charged_by)
}

fn cycle(input: Input) -> Result<Cycle, Error> {
    const EXAMPLE: &str = "`none`, `forever`, or an object such as { \"monthlyFromDay\": 1 }";
    let path = "cycle";
    let input = match input {
        Input::Absent => return Err(missing(path, EXAMPLE)),
        Input::Text(name) => {
            return match name.as_str() {
                "none" => Ok(Cycle::None),
                "forever" => Ok(Cycle::Forever),
                _ => {
                    let near = did_you_mean(&name, &["none", "forever"]);
                    Err(invalid(path, format!("`{path}` is {}, but must be {EXAMPLE}{near}", quoted(&name))))
                }
            };
        }
        Input::Object(_) => input,
        other => return Err(other.unexpected(path, EXAMPLE)),
    };
    let mut of = Entries::new(input, "`cycle` object", path, &["monthlyFromDay", "utcOffset"])?;
    let path = "cycle.monthlyFromDay";
    let from_day = match of.take("monthlyFromDay") {
        // A day that only some months have would leave it open when a cycle of the others begins.
        Input::Number(day @ (29.0 | 30.0 | 31.0)) => {
            return Err(invalid(
                path,
                format!("`{path}` is {}, a day that not every month has; write one from 1 to 28", day as u8),
            ));
        }
        input => input.into_whole_number(path, 1.0, 28.0)?.ok_or_else(|| missing(path, "a day from 1 to 28"))? as u8,
    };
    let path = "cycle.utcOffset";
    let utc_offset_minutes = match of.take("utcOffset") {
        Input::Absent => 0,
        input => {
            let text = text(input, path, "how far the provider's clock is before UTC, such as `+08:00`")?;
            utc_offset(&text).ok_or_else(|| {
                let message = "but must say how far the provider's clock is before UTC, such as `+08:00`";
                invalid(path, format!("`{path}` is {}, {message}", quoted(&text)))
            })?
        }
    };
    Ok(Cycle::Monthly { from_day, utc_offset_minutes })
}

fn cost(input: Input) -> Result<Cost, Error> {
    if input == Input::Absent {
        return Err(missing("cost", "an object such as { \"first\": \"1\", \"repeat\": \"0\" }"));
    }
    let mut of = Entries::new(input, "`cost` object", "cost", &["first", "repeat"])?;
    let first = units(of.take("first"), "cost.first")?;
    let repeat = units(of.take("repeat"), "cost.repeat")?;
    Ok(Cost { first, repeat })
}

fn units(input: Input, path: &str) -> Result<Units, Error> {
    let text = match input {
        Input::Absent => return Err(missing(path, "units for each image, such as `\"1\"` or `\"0.1\"`")),
        Input::Text(text) => text,
        // Whole numbers are exact as numbers; most fractions are not.
        Input::Number(number) if number.fract() == 0.0 && (0.0..=MAX_COST.into()).contains(&number) => {
            (number as u32).to_string()
        }
        Input::Number(_) => {
            let message = format!(
                "`{path}` is a number that is not whole, negative or too large; write from 0 to {MAX_COST} as a text, such as \"0.1\", since numbers hold most fractions only nearly"
            );
            return Err(invalid(path, message));
        }
        other => return Err(other.unexpected(path, "a decimal written as a text, such as \"0.1\"")),
    };
    Units::from_text(&text).ok_or_else(|| {
        let expected = format!("a decimal from 0 to {MAX_COST} with at most six places, such as \"0.1\"");
        invalid(path, format!("`{path}` is {}, but must be {expected}", quoted(&text)))
    })
}

fn assumptions(input: Input) -> Result<Vec<String>, Error> {
    const PATH: &str = "assumptions";
    match input {
        Input::Absent => Ok(Vec::new()),
        Input::List(items) if items.len() > MAX_ASSUMPTIONS => {
            Err(invalid(PATH, format!("`{PATH}` has more than {MAX_ASSUMPTIONS} items; state fewer")))
        }
        Input::List(items) => {
            items.into_iter().map(|item| text(item, PATH, "what the source does not say, a text for each")).collect()
        }
        other => Err(other.unexpected(PATH, "a list of texts")),
    }
}
