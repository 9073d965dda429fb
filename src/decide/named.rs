//! Options that take one of a few names.

use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::field::Field;
use crate::input::Input;

/// What a name stands for among all that can be named; `None` where nothing is given.
pub(super) fn named<T: Copy>(option: &str, value: Input, all: &[(&'static str, T)]) -> Result<Option<T>, Error> {
    let name = match value {
        Input::Absent => return Ok(None),
        Input::Text(name) => name,
        other => return Err(other.unexpected(option, "a text")),
    };
    let found = all.iter().find(|(known, _)| *known == name);
    found.map(|(_, thing)| Some(*thing)).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
        let near = did_you_mean(&name, &known);
        let message = format!("`{option}` is {}, but must be one of `{}`{near}", quoted(&name), known.join("`, `"));
        Error::new(ErrorKind::InvalidValue, message).with_field(option)
    })
}

/// The field that is named as a filter names it; `None` where nothing is given.
pub(super) fn field_named(option: &str, value: Input) -> Result<Option<Field>, Error> {
    if let Input::Text(name) = &value
        && let Some(field) = Field::from_filter_key(name)
    {
        return Ok(Some(field));
    }
    named(option, value, &Field::ALL.map(|field| (field.js_name(), field)))
}
