//! A policy's text or object → its statements, or the error that tells where something is not understood.
//!
//! Nothing is passed over: an element, an operator or a value that RAM does not document is an error, since a policy of
//! which a part is ignored allows or denies something else than it says.

use super::node::{Member, Node, Origin, Value, of_input, of_text};
use super::operator::{OPERATORS, Operator, Wanted};
use super::wildcard::Pattern;
use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::input::Input;
use crate::limits::MAX_OBJECT_KEYS;

/// One policy.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    pub(super) statements: Vec<Statement>,
    /// Characters of its text, where it came as one.
    pub(super) chars: Option<usize>,
}

/// One statement.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub(super) denies: bool,
    pub(super) actions: Patterns,
    pub(super) resources: Patterns,
    pub(super) conditions: Vec<Condition>,
}

/// What an element names, or what `NotAction` and `NotResource` leave out.
#[derive(Debug, Clone)]
pub(super) struct Patterns {
    pub(super) is_negated: bool,
    pub(super) patterns: Vec<Pattern>,
}

/// One key of one operator.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) operator: Operator,
    pub(super) key: String,
    pub(super) values: Vec<Wanted>,
    /// For errors about what the request gives.
    pub(super) path: String,
}

type Result<T> = std::result::Result<T, Error>;

/// Reads one policy: its text, or an object.
pub(super) fn policy(input: Input, number: u32, prefix: String) -> Result<Policy> {
    match input {
        Input::Text(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let origin = Origin { number, prefix, text: Some(text) };
            let node = of_text(text, &origin)?;
            Ok(Policy { chars: Some(text.chars().count()), statements: statements(node, &origin)? })
        }
        input => {
            let origin = Origin { number, prefix, text: None };
            Ok(Policy { chars: None, statements: statements(of_input(input), &origin)? })
        }
    }
}

fn statements(node: Node, origin: &Origin<'_>) -> Result<Vec<Statement>> {
    let at = node.at;
    let members = members(
        node,
        "",
        "the JSON text of a policy, or an object such as { Version: \"1\", Statement: [ … ] }",
        origin,
    )?;
    let (mut version, mut list) = (None, None);
    for Member { at, name, node } in members {
        match name.as_str() {
            "Version" => version = Some(text(node, "Version", "\"1\", in quotes", origin)?),
            "Statement" => list = Some(node),
            _ => {
                let known = ["Version", "Statement"];
                return Err(unknown(&name, "", at, &known, "a policy has no such element", origin));
            }
        }
    }
    match version {
        Some((_, version)) if version == "1" => {}
        Some((at, other)) => {
            let message = format!(
                "`{}` is {}; the only version of RAM's policies is \"1\"",
                origin.path("Version"),
                quoted(&other)
            );
            return Err(origin.error(ErrorKind::InvalidValue, at, "Version", message));
        }
        None => {
            return Err(missing("Version", "", at, "the policy has no `Version`; write \"Version\": \"1\"", origin));
        }
    }
    let Some(list) = list else {
        return Err(missing(
            "Statement",
            "",
            at,
            "the policy has no `Statement`, which says what it allows or denies",
            origin,
        ));
    };
    match list {
        Node { value: Value::List(items), at } if items.is_empty() => {
            let message = format!("`{}` is empty; it must hold one statement or more", origin.path("Statement"));
            Err(origin.error(ErrorKind::InvalidValue, at, "Statement", message))
        }
        Node { value: Value::List(items), .. } => (0..)
            .zip(items)
            .map(|(index, item): (usize, _)| statement(item, &format!("Statement[{index}]"), origin))
            .collect(),
        one => Ok(vec![statement(one, "Statement", origin)?]),
    }
}

const ELEMENTS: [&str; 6] = ["Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

fn statement(node: Node, path: &str, origin: &Origin<'_>) -> Result<Statement> {
    let begin = node.at;
    let (mut effect, mut actions, mut resources, mut conditions) = (None, None, None, Vec::new());
    for Member { at, name, node } in members(node, path, "an object with Effect, Action and Resource", origin)? {
        let inner = format!("{path}.{name}");
        let is_negated = name.starts_with("Not");
        match name.as_str() {
            "Effect" => effect = Some(denies(node, &inner, origin)?),
            "Action" | "NotAction" => {
                put(&mut actions, patterns(node, &inner, is_negated, action, origin)?, "Action", at, &inner, origin)?
            }
            "Resource" | "NotResource" => {
                put(
                    &mut resources,
                    patterns(node, &inner, is_negated, resource, origin)?,
                    "Resource",
                    at,
                    &inner,
                    origin,
                )?;
            }
            "Condition" => conditions = conditions_of(node, &inner, origin)?,
            "Principal" | "NotPrincipal" => {
                let why = "it belongs to policies of resources and to trust policies, which are not evaluated here";
                return Err(unknown(&name, path, at, &[], why, origin));
            }
            _ => return Err(unknown(&name, path, at, &ELEMENTS, "a statement of RAM has no such element", origin)),
        }
    }
    let absent = |name: &str, what: &str| {
        missing(name, path, begin, &format!("`{}` has no `{name}`{what}", origin.path(path)), origin)
    };
    Ok(Statement {
        denies: effect.ok_or_else(|| absent("Effect", "; it must be \"Allow\" or \"Deny\""))?,
        actions: actions.ok_or_else(|| absent("Action", " and no `NotAction`, of which it needs one"))?,
        resources: resources.ok_or_else(|| absent("Resource", "; write \"Resource\": \"*\" where all are meant"))?,
        conditions,
    })
}

fn denies(node: Node, path: &str, origin: &Origin<'_>) -> Result<bool> {
    let (at, effect) = text(node, path, "\"Allow\" or \"Deny\"", origin)?;
    match effect.as_str() {
        "Allow" => Ok(false),
        "Deny" => Ok(true),
        other => {
            let near = did_you_mean(other, &["Allow", "Deny"]);
            let message =
                format!("`{}` is {}, and must be \"Allow\" or \"Deny\"{near}", origin.path(path), quoted(other));
            Err(origin.error(ErrorKind::InvalidValue, at, path, message))
        }
    }
}

/// Puts what `Action` or `NotAction` names into their one place.
fn put(
    place: &mut Option<Patterns>,
    patterns: Patterns,
    name: &str,
    at: usize,
    path: &str,
    origin: &Origin<'_>,
) -> Result<()> {
    if place.replace(patterns).is_none() {
        return Ok(());
    }
    let message =
        format!("`{}` stands beside its opposite; a statement has either `{name}` or `Not{name}`", origin.path(path));
    Err(origin.error(ErrorKind::DuplicateKey, at, path, message))
}

/// Checks and makes a pattern; the error is why nothing is meant by it.
type Make = fn(String) -> std::result::Result<Pattern, &'static str>;

fn patterns(node: Node, path: &str, is_negated: bool, make: Make, origin: &Origin<'_>) -> Result<Patterns> {
    let mut patterns = Vec::new();
    for (at, path, written) in texts(node, path, "a text or a list of texts", origin)? {
        let shown = quoted(&written);
        patterns.push(make(written).map_err(|why| {
            origin.error(ErrorKind::InvalidValue, at, &path, format!("`{}` is {shown}: {why}", origin.path(&path)))
        })?);
    }
    Ok(Patterns { is_negated, patterns })
}

fn action(written: String) -> std::result::Result<Pattern, &'static str> {
    if written.contains([':', '*']) {
        Ok(Pattern::of_lower_case(written))
    } else {
        Err("no action is meant by it; write the service in front, such as `yundun-sas:PublicPreCheckImageScanTask`")
    }
}

fn resource(written: String) -> std::result::Result<Pattern, &'static str> {
    let pattern = Pattern::new(written);
    let beginning = pattern.beginning();
    let is_possible = beginning.starts_with("acs:") || "acs:".starts_with(beginning) && beginning != pattern.written();
    if is_possible {
        Ok(pattern)
    } else {
        Err("no resource is meant by it; write `*`, or one such as `acs:yundun-sas:*:*:*`")
    }
}

fn conditions_of(node: Node, path: &str, origin: &Origin<'_>) -> Result<Vec<Condition>> {
    let mut conditions = Vec::new();
    for Member { at, name, node } in members(node, path, "an object with operators", origin)? {
        let Some(operator) = Operator::of_name(&name) else { return Err(unknown_operator(&name, path, at, origin)) };
        let path = format!("{path}.{name}");
        let keys = members(node, &path, "an object with condition keys", origin)?;
        if keys.is_empty() {
            let message = format!("`{}` names no condition key; leave it out", origin.path(&path));
            return Err(origin.error(ErrorKind::InvalidValue, at, &path, message));
        }
        for Member { at, name: key, node } in keys {
            let path = format!("{path}.{key}");
            if !key.contains(':') {
                let message = format!("{} is no condition key; they have the form `acs:SourceIp`", quoted(&key));
                return Err(origin.error(ErrorKind::UnknownKey, at, &path, message));
            }
            let mut values = Vec::new();
            for (at, path, written) in texts(node, &path, operator.expected(), origin)? {
                let shown = quoted(&written);
                values.push(operator.wanted(written).ok_or_else(|| {
                    let message = format!("`{}` is {shown}, and must be {}", origin.path(&path), operator.expected());
                    origin.error(ErrorKind::InvalidValue, at, &path, message)
                })?);
            }
            conditions.push(Condition { operator, path: origin.path(&path), key, values });
        }
    }
    Ok(conditions)
}

/// [S] RAM documents neither of these, which other clouds have; it is reported to refuse `IfExists` and `Null`.
fn unknown_operator(name: &str, path: &str, at: usize, origin: &Origin<'_>) -> Error {
    let plain = name.strip_suffix("IfExists").unwrap_or(name);
    let plain = plain.strip_prefix("ForAnyValue:").or_else(|| plain.strip_prefix("ForAllValues:")).unwrap_or(plain);
    if plain == "Null" || plain != name && Operator::of_name(plain).is_some() {
        let why = "RAM documents no `IfExists`, `Null`, `ForAnyValue` or `ForAllValues`, which other clouds have";
        return unknown(name, path, at, &[], why, origin);
    }
    unknown(name, path, at, &OPERATORS.map(|operator| operator.name), "RAM has no such operator", origin)
}

/// The members of an object, of which no two have one name.
fn members(node: Node, path: &str, expected: &str, origin: &Origin<'_>) -> Result<Vec<Member>> {
    let Value::Object(members) = node.value else { return Err(origin.unexpected(&node, path, expected)) };
    if members.len() > MAX_OBJECT_KEYS as usize {
        let message = format!("`{}` has more than {MAX_OBJECT_KEYS} names", origin.path(path));
        return Err(origin.error(ErrorKind::TooManyValues, node.at, path, message));
    }
    for (index, member) in members.iter().enumerate() {
        if members.iter().take(index).any(|before| before.name == member.name) {
            let path = joined(path, &member.name);
            let message = format!("`{}` is given twice", origin.path(&path));
            return Err(origin.error(ErrorKind::DuplicateKey, member.at, &path, message));
        }
    }
    Ok(members)
}

fn text(node: Node, path: &str, expected: &str, origin: &Origin<'_>) -> Result<(usize, String)> {
    match node {
        Node { at, value: Value::Text(text) } => Ok((at, text)),
        other => Err(origin.unexpected(&other, path, expected)),
    }
}

/// One text or a list of them, each with its place.
fn texts(node: Node, path: &str, expected: &str, origin: &Origin<'_>) -> Result<Vec<(usize, String, String)>> {
    match node {
        Node { at, value: Value::Text(text) } => Ok(vec![(at, path.to_owned(), text)]),
        Node { at, value: Value::List(items) } if items.is_empty() => {
            let message = format!("`{}` is an empty list; it must name something", origin.path(path));
            Err(origin.error(ErrorKind::InvalidValue, at, path, message))
        }
        Node { value: Value::List(items), .. } => (0..)
            .zip(items)
            .map(|(index, item): (usize, _)| {
                let path = format!("{path}[{index}]");
                let (at, text) = text(item, &path, expected, origin)?;
                Ok((at, path, text))
            })
            .collect(),
        other => Err(origin.unexpected(&other, path, expected)),
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn unknown(name: &str, path: &str, at: usize, known: &[&str], why: &str, origin: &Origin<'_>) -> Error {
    let path = joined(path, name);
    let message = format!("{} is not understood: {why}{}", quoted(&origin.path(&path)), did_you_mean(name, known));
    origin.error(ErrorKind::UnknownKey, at, &path, message)
}

fn missing(name: &str, path: &str, at: usize, message: &str, origin: &Origin<'_>) -> Error {
    origin.error(ErrorKind::InvalidValue, at, &joined(path, name), message.to_owned())
}
