//! A policy before anyone has decided what it says: JSON text or a caller's object → values, each with its place.

use crate::error::{Error, ErrorKind, Position};
use crate::input::Input;
use crate::limits::{MAX_POLICY_BYTES, MAX_POLICY_DEPTH};
use crate::load::json_text::{Invalid, JsonText};
use crate::load::{JsonValue, position_in};

/// A value, and the byte of the text that it begins at.
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) value: Value,
}

pub(super) enum Value {
    Text(String),
    List(Vec<Node>),
    Object(Vec<Member>),
    /// None of these: never right in a policy.
    Other(Input),
}

/// A member of an object, and the byte of the text that its name begins at.
pub(super) struct Member {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) node: Node,
}

/// Where policies come from, so that an error can tell its place.
pub(super) struct Origin<'t> {
    /// Which policy it is, from 0.
    pub(super) number: u32,
    /// What its paths begin with: nothing, or `policies[2].` where there are several.
    pub(super) prefix: String,
    /// Where it is a text.
    pub(super) text: Option<&'t str>,
}

impl Origin<'_> {
    pub(super) fn error(&self, kind: ErrorKind, at: usize, path: &str, message: String) -> Error {
        self.placed(Error::new(kind, message), at, path)
    }

    /// An error about a value of a wrong type.
    pub(super) fn unexpected(&self, node: &Node, path: &str, expected: &str) -> Error {
        let path = self.path(path);
        let input = match &node.value {
            Value::Text(_) => &Input::Text(String::new()),
            Value::List(_) => &Input::List(Vec::new()),
            Value::Object(_) => &Input::Object(Vec::new()),
            Value::Other(input) => input,
        };
        let error = input.unexpected(&path, expected);
        match self.position(node.at) {
            Some(position) => error.with_position(position),
            None => error,
        }
    }

    /// A path as it is shown.
    pub(super) fn path(&self, path: &str) -> String {
        let path = format!("{}{path}", self.prefix);
        let whole = path.trim_end_matches('.');
        if whole.is_empty() { "policy".to_owned() } else { whole.to_owned() }
    }

    fn placed(&self, error: Error, at: usize, path: &str) -> Error {
        let error = error.with_field(self.path(path));
        match self.position(at) {
            Some(position) => error.with_position(position),
            None => error,
        }
    }

    fn position(&self, at: usize) -> Option<Position> {
        let mut position = position_in(self.text?, at);
        position.source = self.number;
        Some(position)
    }
}

/// Reads a text.
pub(super) fn of_text(text: &str, origin: &Origin<'_>) -> Result<Node, Error> {
    if text.len() > MAX_POLICY_BYTES {
        let message = format!("a policy has at most {MAX_POLICY_BYTES} bytes here, and this one has more");
        return Err(origin.error(ErrorKind::TooLarge, 0, "", message));
    }
    let mut json = JsonText::new(text.as_bytes());
    let read = node(&mut json, text.as_bytes(), MAX_POLICY_DEPTH).and_then(|node| json.end().map(|()| node));
    read.map_err(|Invalid { at, reason }| {
        let is_cut = text.get(at..).is_some_and(|rest| rest.trim().is_empty());
        let kind = if is_cut { ErrorKind::TruncatedJson } else { ErrorKind::InvalidJson };
        origin.error(kind, at, "", format!("the policy is not JSON here: {reason}"))
    })
}

fn node(json: &mut JsonText<'_>, text: &[u8], depth: usize) -> Result<Node, Invalid> {
    let first = json.peek();
    let at = json.at();
    let value = match first {
        Some(b'{' | b'[') if depth == 0 => {
            json.skip()?;
            Value::Other(Input::Other("an object or list within too many others"))
        }
        Some(b'{') => {
            let mut members = Vec::new();
            // Between the value before and the name there is a comma at most.
            let mut before = at + 1;
            json.object(&mut |json, name| {
                let quote = text.iter().skip(before).position(|byte| *byte == b'"').unwrap_or(0);
                let at = before + quote;
                members.push(Member { at, name: name.to_owned(), node: node(json, text, depth - 1)? });
                before = json.at();
                Ok(())
            })?;
            Value::Object(members)
        }
        Some(b'[') => {
            let mut items = Vec::new();
            json.list(&mut |json| {
                items.push(node(json, text, depth - 1)?);
                Ok(())
            })?;
            Value::List(items)
        }
        _ => match json.value()? {
            JsonValue::Text(text) => Value::Text(text.into_owned()),
            JsonValue::Absent => Value::Other(Input::Absent),
            JsonValue::Number(_) => Value::Other(Input::Number(0.0)),
            JsonValue::Bool(truth) => Value::Other(Input::Bool(truth)),
            JsonValue::BrokenText => Value::Other(Input::BrokenText),
            JsonValue::Other(kind) => Value::Other(Input::Other(kind)),
        },
    };
    Ok(Node { at, value })
}

/// The same of a caller's object. A member without a value is there, and wrong: a condition that is lost on the way must
/// not be taken for none.
pub(super) fn of_input(input: Input) -> Node {
    let value = match input {
        Input::Text(text) => Value::Text(text),
        Input::List(items) => Value::List(items.into_iter().map(of_input).collect()),
        Input::Object(entries) => Value::Object(
            entries.into_iter().map(|(name, input)| Member { at: 0, name, node: of_input(input) }).collect(),
        ),
        other => Value::Other(other),
    };
    Node { at: 0, value }
}
