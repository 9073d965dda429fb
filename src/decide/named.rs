//! Options that take one of a few names.

use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::field::Field;
use crate::input::Input;

/// What a name stands for among all that can be named; `None` where nothing is given.
pub(super) fn named<T: Copy>(option: &str, value: Input, all: &[(&'static str, T)]) -> Result<Option<T>, Error> {
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let place = place_of(option, value, &names)?;
    Ok(place.and_then(|place| all.get(place)).map(|(_, thing)| *thing))
}

#[inline(never)]
fn place_of(option: &str, value: Input, names: &[&str]) -> Result<Option<usize>, Error> {
    let name = match value {
        Input::Absent => return Ok(None),
        Input::Text(name) => name,
        other => return Err(other.unexpected(option, "a text")),
    };
    if let Some(place) = names.iter().position(|known| *known == name) {
        return Ok(Some(place));
    }
    let near = did_you_mean(&name, names);
    let message = format!("`{option}` is {}, but must be one of `{}`{near}", quoted(&name), names.join("`, `"));
    Err(Error::new(ErrorKind::InvalidValue, message).with_field(option))
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
