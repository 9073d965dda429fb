//! What is to be authorized: an action, the resource that it is about, and what is known of the request.

use super::operator::Operator;
use crate::error::{Error, ErrorKind, quoted};
use crate::input::{Input, unknown_key};
use crate::limits::{MAX_REQUEST_TEXT, MAX_TIME};

/// Condition keys that mean the same for every service. [S]
pub(super) const GLOBAL_KEYS: [(&str, &str); 4] = [
    ("acs:CurrentTime", "DateEquals"),
    ("acs:SecureTransport", "Bool"),
    ("acs:SourceIp", "IpAddress"),
    ("acs:MFAPresent", "Bool"),
];

/// A call of an API operation, as policies see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessRequest {
    pub(super) action: String,
    pub(super) resource: Option<String>,
    pub(super) account_id: Option<String>,
    pub(super) context: Vec<ContextValue>,
}

/// What a request gives for a condition key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ContextValue {
    pub(super) key: String,
    pub(super) text: String,
    /// Where it is a number, which for a time counts milliseconds since 1970.
    pub(super) number: Option<i64>,
}

const KEYS: [&str; 4] = ["action", "resource", "accountId", "context"];

impl AccessRequest {
    /// Reads `{ action, resource?, accountId?, context? }`.
    ///
    /// # Errors
    ///
    /// For a key that is none of these, a value of a wrong type, an action that is none or has wildcards, and a value of a
    /// global condition key that is none for it. The error's field says which.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut request = Self::default();
        for (key, value) in input.into_entries("request")? {
            match (key.as_str(), value) {
                ("action" | "resource" | "accountId" | "context", Input::Absent) => {}
                ("action", value) => request.action = short_text(value, &key)?,
                ("resource", value) => request.resource = Some(short_text(value, &key)?),
                ("accountId", value) => request.account_id = Some(short_text(value, &key)?),
                ("context", value) => request.context = context(value)?,
                _ => return Err(unknown_key("request", &key, &KEYS)),
            }
        }
        request.check()?;
        Ok(request)
    }

    fn check(&self) -> Result<(), Error> {
        let is_whole = |text: &str| !text.is_empty() && !text.contains(['*', '?', ' ']);
        if !self.action.split_once(':').is_some_and(|(service, name)| is_whole(service) && is_whole(name)) {
            let message = format!(
                "`action` is {}; it must be one action, such as `yundun-sas:PublicPreCheckImageScanTask`",
                quoted(&self.action)
            );
            return Err(wrong("action", message));
        }
        if let Some(resource) = self.resource.as_deref().filter(|resource| *resource != "*" && !is_arn(resource)) {
            let message = format!(
                "`resource` is {}; it must be `*` or have the form `acs:yundun-sas:cn-hangzhou:1234567890123456:*`",
                quoted(resource)
            );
            return Err(wrong("resource", message));
        }
        let is_id = |id: &str| !id.is_empty() && id.bytes().all(|digit| digit.is_ascii_digit());
        if let Some(id) = self.account_id.as_deref().filter(|id| !is_id(id)) {
            return Err(wrong("accountId", format!("`accountId` is {}; it must be digits, as a text", quoted(id))));
        }
        for given in &self.context {
            if let Some((_, operator)) = GLOBAL_KEYS.iter().find(|(key, _)| *key == given.key) {
                let operator = Operator::of_name(operator);
                let wrong = operator.filter(|operator| operator.given(&given.text, given.number).is_none());
                if let Some(operator) = wrong {
                    return Err(given.unfit(operator, None));
                }
            }
        }
        Ok(())
    }

    pub(super) fn given(&self, key: &str) -> Option<&ContextValue> {
        self.context.iter().find(|given| given.key == key)
    }

    /// The resource of the reference: everything that the service has in the account. [S]
    pub(super) fn reference_resource(&self) -> String {
        let service = self.action.split(':').next().unwrap_or_default();
        format!("acs:{service}:*:{}:*", self.account_id.as_deref().unwrap_or("*"))
    }
}

impl ContextValue {
    /// The error for a value that is none of those that an operator compares.
    pub(super) fn unfit(&self, operator: Operator, condition: Option<&str>) -> Error {
        let kind = match operator.name {
            "IpAddress" | "NotIpAddress" => "an IP address, such as \"192.0.2.1\"",
            "Bool" => "true or false",
            name if name.starts_with("Date") => "a time, such as \"2026-11-25T23:59:59Z\" or milliseconds since 1970",
            _ => "a number",
        };
        let by = condition.map_or(String::new(), |path| format!(", with which `{path}` compares it"));
        let message =
            format!("`{}` is {} in the request's context, and must be {kind}{by}", self.key, quoted(&self.text));
        wrong(&format!("context.{}", self.key), message)
    }
}

/// `acs:service:region:account:relative`. [S]
fn is_arn(text: &str) -> bool {
    text.starts_with("acs:") && text.split(':').count() >= 5
}

fn context(input: Input) -> Result<Vec<ContextValue>, Error> {
    let Input::Object(entries) = input else {
        return Err(input.unexpected("context", "an object with condition keys"));
    };
    let mut context = Vec::new();
    for (key, value) in entries {
        let name = format!("context.{key}");
        let (text, number) = match value {
            Input::Absent => continue,
            Input::Bool(truth) => (if truth { "true" } else { "false" }.to_owned(), None),
            Input::Number(number) if number.fract() == 0.0 && number.abs() <= MAX_TIME => {
                let number = number as i64;
                (number.to_string(), Some(number))
            }
            Input::Number(_) => {
                let message = format!("`{name}` is no whole number; give it as a text, such as \"0.5\"");
                return Err(wrong(&name, message));
            }
            value @ Input::Text(_) => (short_text(value, &name)?, None),
            other => return Err(other.unexpected(&name, "a text, a whole number or a truth value")),
        };
        context.push(ContextValue { key, text, number });
    }
    Ok(context)
}

fn short_text(input: Input, name: &str) -> Result<String, Error> {
    match input {
        Input::Text(text) if text.chars().nth(MAX_REQUEST_TEXT).is_some() => {
            let message = format!("`{name}` has more than {MAX_REQUEST_TEXT} characters");
            Err(Error::new(ErrorKind::TooLarge, message).with_field(name))
        }
        Input::Text(text) => Ok(text),
        other => Err(other.unexpected(name, "a text")),
    }
}

fn wrong(field: &str, message: String) -> Error {
    Error::new(ErrorKind::InvalidValue, message).with_field(field)
}
