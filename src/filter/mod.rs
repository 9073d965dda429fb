//! Filters: which rows of an inventory a scan covers. Values in, a set of rows out.
//!
//! A row matches where, in every field that is filtered by, it holds one of the values: OR inside a
//! field, AND across fields. No charge model is known here.

mod evaluate;
mod kept;
mod values;

use std::net::IpAddr;
use std::sync::Arc;

pub(crate) use evaluate::FieldRows;
use values::Values;

use crate::error::{Error, ErrorKind, quoted};
use crate::field::{Field, PerField};
use crate::input::{Input, unknown_key};

/// The operation's ninth parameter: an attribute of the request, which never changes the counts.
const SOURCE_IP: [&str; 2] = ["SourceIp", "sourceIp"];

/// The values of each field that is filtered by. The default filter covers every image.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Shared with what is kept of the last filter. Nothing for a field that is not filtered by.
    values: PerField<Option<Arc<Values>>>,
    source_ip: Option<IpAddr>,
    full_width_commas: Vec<Field>,
}

impl Filter {
    /// Reads a filter from its keys and values as a caller gave them.
    ///
    /// # Errors
    ///
    /// A key that is no parameter, a parameter under both its names, a value that is no text, more than
    /// [`MAX_FILTER_VALUES`](crate::limits::MAX_FILTER_VALUES) values of a parameter, or a `SourceIp` that is no IP address.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut filter = Self::default();
        let mut seen: Vec<(&str, String)> = Vec::new();
        for (key, value) in input.into_entries("filter")? {
            let parameter = match Field::from_filter_key(&key) {
                Some(field) => field.wire_name(),
                None if SOURCE_IP.contains(&key.as_str()) => "SourceIp",
                None => return Err(unknown_key("filter", &key, &known_keys())),
            };
            if value == Input::Absent {
                continue;
            }
            if let Some((_, other)) = seen.iter().find(|(name, _)| *name == parameter) {
                return Err(Error::new(
                    ErrorKind::DuplicateKey,
                    format!(
                        "the filter gives {} and {}, which are one parameter; keep one",
                        quoted(other),
                        quoted(&key)
                    ),
                )
                .with_field(key));
            }
            match Field::from_filter_key(&key) {
                Some(field) => filter.set(field, &key, value)?,
                None => filter.source_ip = read_source_ip(&key, value)?,
            }
            seen.push((parameter, key));
        }
        Ok(filter)
    }

    /// Reads a filter from pairs of a parameter and a comma list, as on a command line or in a query.
    ///
    /// # Errors
    ///
    /// As [`Filter::from_input`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Error> {
        let entries = pairs.into_iter().map(|(key, list)| (key.to_owned(), Input::Text(list.to_owned()))).collect();
        Self::from_input(Input::Object(entries))
    }

    /// The values of a field, without blanks around them and without empty ones, in the order given; one that is
    /// repeated may occur more than once. None where the field is not filtered by.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.values.get(field).iter().flat_map(|values| values.iter())
    }

    /// The values of a field as they are kept, where it is filtered by.
    pub(crate) fn list(&self, field: Field) -> Option<&Arc<Values>> {
        self.values.get(field).as_ref()
    }

    /// The source IP address of the request, which never changes an answer.
    #[must_use]
    pub fn source_ip(&self) -> Option<IpAddr> {
        self.source_ip
    }

    /// Fields with a value that holds a full-width comma, which separates nothing.
    #[must_use]
    pub fn full_width_commas(&self) -> &[Field] {
        &self.full_width_commas
    }

    fn set(&mut self, field: Field, key: &str, value: Input) -> Result<(), Error> {
        let values = Values::read(field, key, value)?;
        if values.hold_full_width_comma() {
            self.full_width_commas.push(field);
        }
        *self.values.get_mut(field) = Some(Arc::new(values)).filter(|values| !values.is_empty());
        Ok(())
    }
}

/// The names that a filter's keys can have, for suggestions.
fn known_keys() -> Vec<&'static str> {
    let names = Field::ALL.map(|field| [field.js_name(), field.wire_name()]);
    [names.as_flattened(), &SOURCE_IP].concat()
}

fn read_source_ip(key: &str, value: Input) -> Result<Option<IpAddr>, Error> {
    let Input::Text(text) = value else {
        return Err(value.unexpected(key, "a text with an IP address"));
    };
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| {
            Error::new(
                ErrorKind::InvalidValue,
                format!(
                    "`{key}` is {}, which is no IPv4 or IPv6 address; leave it out, or give one such as `192.168.0.1`",
                    quoted(text)
                ),
            )
            .with_field(key)
        }),
    }
}
