//! The option `field`: whose values are asked for.

use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::field::Field;
use crate::input::Input;

/// The field that a caller names.
pub(super) fn field_named(value: Input) -> Result<Field, Error> {
    let name = match value {
        Input::Text(name) => name,
        Input::Absent => {
            let message = "`field` is missing; name the field whose values are asked for, such as `tags`";
            return Err(Error::new(ErrorKind::InvalidValue, message).with_field("field"));
        }
        other => return Err(other.unexpected("field", "a text")),
    };
    Field::from_filter_key(&name).ok_or_else(|| {
        let near = did_you_mean(&name, &Field::ALL.map(Field::js_name));
        Error::new(ErrorKind::InvalidValue, format!("`field` is {}, which is no filter field{near}", quoted(&name)))
            .with_field("field")
    })
}
