//! A short JSON document → the [`Input`] that the same thing gives which stands in a program as an object.

use super::invalid;
use super::text::{Invalid, JsonText};
use crate::error::{Error, ErrorKind};
use crate::input::Input;
use crate::limits::{MAX_INPUT_DEPTH, MAX_TEXT_UNITS};
use crate::load::cursor::Cursor;
use crate::load::value::Value;

/// Reads a document.
///
/// # Errors
///
/// Where it is no JSON, with the place; or where it is longer than any text that is read.
pub(crate) fn input(text: &str) -> Result<Input, Error> {
    if text.len() > MAX_TEXT_UNITS as usize {
        return Err(Error::new(ErrorKind::TooLarge, "the document is longer than 16 million characters"));
    }
    let mut json = JsonText::new(text.as_bytes());
    let read = value(&mut json, MAX_INPUT_DEPTH).and_then(|input| json.end().map(|()| input));
    read.map_err(|error| {
        let mut place = Cursor::default();
        place.advance(text.as_bytes().get(..error.at).unwrap_or_default());
        invalid(error, place)
    })
}

fn value(json: &mut JsonText<'_>, depth: usize) -> Result<Input, Invalid> {
    match json.peek() {
        Some(b'{' | b'[') if depth == 0 => {
            json.skip()?;
            Ok(Input::Other("an object or list within too many others"))
        }
        Some(b'{') => {
            let mut entries = Vec::new();
            json.object(&mut |json, name| {
                entries.push((name.to_owned(), value(json, depth - 1)?));
                Ok(())
            })?;
            Ok(Input::Object(entries))
        }
        Some(b'[') => {
            let mut items = Vec::new();
            json.list(&mut |json| {
                items.push(value(json, depth - 1)?);
                Ok(())
            })?;
            Ok(Input::List(items))
        }
        _ => Ok(match json.value()? {
            Value::Absent => Input::Absent,
            Value::Text(text) => Input::Text(text.into_owned()),
            // What is a number in JSON is one in Rust.
            Value::Number(number) => Input::Number(number.parse().unwrap_or(f64::NAN)),
            Value::Bool(truth) => Input::Bool(truth),
            Value::BrokenText => Input::BrokenText,
            Value::Other(kind) => Input::Other(kind),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_what_the_same_object_is() {
        let text = r#" {"a": [1, -2.5e1, null, {"b": "\u00e4"}], "c": true, "c": "\ud800", "d": [[[[]]]]} "#;
        let list = |items: &[Input]| Input::List(items.to_vec());
        let object = |entries: &[(&str, Input)]| {
            Input::Object(entries.iter().map(|(key, input)| ((*key).to_owned(), input.clone())).collect())
        };
        let deep = list(&[list(&[Input::Other("an object or list within too many others")])]);
        let inner = object(&[("b", Input::Text("ä".into()))]);
        let items = list(&[Input::Number(1.0), Input::Number(-25.0), Input::Absent, inner]);
        let expected = object(&[("a", items), ("c", Input::Bool(true)), ("c", Input::BrokenText), ("d", deep)]);
        assert_eq!(input(text), Ok(expected));
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let error = input("{\n  \"name\": 'x'}").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidJson);
        assert_eq!(error.position().map(|position| (position.line, position.column)), Some((2, 11)));
        for text in ["", "{}{}", "[1,]", "{\"a\"}", "nothing"] {
            assert_eq!(input(text).unwrap_err().kind(), ErrorKind::InvalidJson, "{text}");
        }
    }
}
