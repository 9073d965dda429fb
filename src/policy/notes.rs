//! What to know about an authorization: where documents differ, and what was assumed or is missing.

use serde::Serialize;

use super::decision::{Reading, StatementPlace, about};
use super::request::{AccessRequest, GLOBAL_KEYS};
use super::statement::{Policy, Statement};
use crate::error::{did_you_mean, quoted};
use crate::limits::{MAX_STATEMENTS_TOLD, RAM_POLICY_CHARS, RAM_POLICY_CHARS_ONCE};

/// Something to know about an authorization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Note {
    /// What it is about, in a word that never changes.
    pub code: NoteCode,
    /// The same in a sentence.
    pub message: String,
    /// The policy concerned, from 0.
    pub policy: Option<usize>,
    /// The statement concerned, from 0.
    pub statement: Option<usize>,
}

/// Kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoteCode {
    /// The two readings of the resource decide differently.
    ReadingsDiffer,
    /// A policy names accounts, and the request does not say of which it is.
    NoAccountId,
    /// A condition is about a key for which the request gives nothing.
    AbsentKey,
    /// A statement has `NotResource`, which only older pages have.
    NotResource,
    /// A policy is longer than RAM takes.
    LongPolicy,
}

pub(super) fn notes(policies: &[Policy], request: &AccessRequest, readings: &[Reading], action: &[char]) -> Vec<Note> {
    let mut notes = Vec::new();
    if let [reference, newer] = readings
        && reference.reason != newer.reason
    {
        let message = format!(
            "for the resource `{}` of the older reference the decision is {}, for `*` of newer pages it is {}; a statement with `\"Resource\": \"*\"` is the same under both",
            reference.resource,
            word(reference),
            word(newer)
        );
        notes.push(Note { code: NoteCode::ReadingsDiffer, message, policy: None, statement: None });
    }
    let mut told: Vec<&str> = Vec::new();
    let mut tells_account = request.resource.is_some() || request.account_id.is_some();
    for (place, statement) in about(policies, action) {
        if !tells_account
            && statement
                .resources
                .patterns
                .iter()
                .any(|pattern| pattern.written().bytes().any(|byte| byte.is_ascii_digit()))
        {
            tells_account = true;
            let message = "a resource of this statement may name an account, and the request has no `accountId`: it counts as `*`, which no account is";
            notes.push(note(NoteCode::NoAccountId, message.to_owned(), place));
        }
        if statement.resources.is_negated && notes.len() < MAX_STATEMENTS_TOLD {
            let message = "`NotResource` stands in older pages of RAM's documents only; try whether RAM takes it";
            notes.push(note(NoteCode::NotResource, message.to_owned(), place));
        }
        absent_keys(statement, place, request, &mut told, &mut notes);
    }
    for (policy, chars) in policies.iter().enumerate().filter_map(|(policy, one)| Some((policy, one.chars?))) {
        if chars > RAM_POLICY_CHARS_ONCE && notes.len() < 2 * MAX_STATEMENTS_TOLD {
            let limit = if chars > RAM_POLICY_CHARS {
                "RAM takes 6,144 of a custom policy"
            } else {
                "older pages of RAM's documents allow 2,048 of a custom policy, newer ones 6,144"
            };
            let message = format!("the policy has {chars} characters, and {limit}");
            notes.push(Note { code: NoteCode::LongPolicy, message, policy: Some(policy), statement: None });
        }
    }
    notes
}

/// A key may be misspelt, in the policy or in the request: neither is an error, since services have keys of their own.
fn absent_keys<'p>(
    statement: &'p Statement,
    place: StatementPlace,
    request: &AccessRequest,
    told: &mut Vec<&'p str>,
    notes: &mut Vec<Note>,
) {
    for condition in &statement.conditions {
        let key = condition.key.as_str();
        if request.given(key).is_some() || told.contains(&key) || told.len() >= MAX_STATEMENTS_TOLD {
            continue;
        }
        told.push(key);
        let is_global = GLOBAL_KEYS.iter().any(|(global, _)| *global == key);
        let given = request.context.iter().map(|given| given.key.as_str());
        let known: Vec<&str> = given.chain(GLOBAL_KEYS.map(|(global, _)| global)).collect();
        let near = if is_global { String::new() } else { did_you_mean(key, &known) };
        let message = format!(
            "the request gives no {}, so that `{}` is {}met{near}",
            quoted(key),
            condition.operator.name,
            if condition.operator.is_negated { "" } else { "not " }
        );
        notes.push(note(NoteCode::AbsentKey, message, place));
    }
}

fn note(code: NoteCode, message: String, StatementPlace { policy, statement }: StatementPlace) -> Note {
    Note { code, message, policy: Some(policy), statement: Some(statement) }
}

fn word(reading: &Reading) -> &'static str {
    match (reading.allowed, reading.by) {
        (true, _) => "that it is allowed",
        (false, Some(_)) => "an explicit deny",
        (false, None) => "an implicit deny",
    }
}
