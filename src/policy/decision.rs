//! Statements and a request → the decision: an explicit deny before an allow, and a deny where nothing applies. [S]

use serde::Serialize;

use super::notes::{Note, notes};
use super::operator::lower_case;
use super::request::AccessRequest;
use super::statement::{Condition, Patterns, Policy, Statement};
use crate::error::Error;
use crate::limits::MAX_STATEMENTS_TOLD;

/// Whether a request is allowed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Authorization {
    /// Whether it is, under every reading.
    pub allowed: bool,
    /// Why.
    pub reason: Reason,
    /// The statement that decided, the first where several would have; none for an implicit deny.
    pub by: Option<StatementPlace>,
    /// The decision for each resource that the call may be about.
    pub readings: Vec<Reading>,
    /// What to know about the answer.
    pub notes: Vec<Note>,
}

/// What a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A statement allows it, and none denies it.
    Allowed,
    /// A statement denies it.
    ExplicitDeny,
    /// No statement says anything of it.
    ImplicitDeny,
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StatementPlace {
    /// The policy, from 0.
    pub policy: usize,
    /// The statement in it, from 0.
    pub statement: usize,
}

/// The decision for one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reading {
    /// The resource.
    pub resource: String,
    /// Whether the request is allowed for it.
    pub allowed: bool,
    /// Why.
    pub reason: Reason,
    /// The statement that decided.
    pub by: Option<StatementPlace>,
    /// What became of the statements that are about the action, of the first hundred of them.
    pub statements: Vec<Outcome>,
}

/// What became of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Outcome {
    /// Which statement.
    #[serde(flatten)]
    pub place: StatementPlace,
    /// What it does where it applies.
    pub effect: Effect,
    /// Why it does not apply; nothing where it does.
    pub miss: Option<Miss>,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
}

/// Why a statement does not apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "because")]
pub enum Miss {
    /// It is about other resources.
    Resource,
    /// A condition is not met.
    Condition {
        /// The operator of the first that is not.
        operator: &'static str,
        /// Its key.
        key: String,
        /// Whether the request gives nothing for the key.
        absent: bool,
    },
}

pub(super) fn authorize(policies: &[Policy], request: &AccessRequest) -> Result<Authorization, Error> {
    check(policies, request)?;
    let resources = match &request.resource {
        Some(resource) => vec![resource.clone()],
        None => vec![request.reference_resource(), "*".to_owned()],
    };
    let action = lower_case(&request.action);
    let readings: Vec<Reading> =
        resources.into_iter().map(|resource| reading(policies, request, &action, resource)).collect();
    let severity = |reading: &&Reading| match reading.reason {
        Reason::ExplicitDeny => 0,
        Reason::ImplicitDeny => 1,
        Reason::Allowed => 2,
    };
    let (allowed, reason, by) = readings
        .iter()
        .min_by_key(severity)
        .map_or((false, Reason::ImplicitDeny, None), |reading| (reading.allowed, reading.reason, reading.by));
    let notes = notes(policies, request, &readings, &action);
    Ok(Authorization { allowed, reason, by, readings, notes })
}

/// Every value of the request is one of the kind that the policies compare it with, whichever of them apply.
fn check(policies: &[Policy], request: &AccessRequest) -> Result<(), Error> {
    for condition in policies.iter().flat_map(|policy| &policy.statements).flat_map(|statement| &statement.conditions) {
        if let Some(given) = request.given(&condition.key)
            && condition.operator.given(&given.text, given.number).is_none()
        {
            return Err(given.unfit(condition.operator, Some(&condition.path)));
        }
    }
    Ok(())
}

fn reading(policies: &[Policy], request: &AccessRequest, action: &[char], resource: String) -> Reading {
    let chars: Vec<char> = resource.chars().collect();
    let (mut denied, mut allowed) = (None, None);
    let mut statements = Vec::new();
    for (place, statement) in about(policies, action) {
        let miss = statement.miss(&chars, request);
        if miss.is_none() {
            let first = if statement.denies { &mut denied } else { &mut allowed };
            first.get_or_insert(place);
        }
        if statements.len() < MAX_STATEMENTS_TOLD {
            let effect = if statement.denies { Effect::Deny } else { Effect::Allow };
            statements.push(Outcome { place, effect, miss });
        }
    }
    let (reason, by) = match (denied, allowed) {
        (Some(place), _) => (Reason::ExplicitDeny, Some(place)),
        (None, Some(place)) => (Reason::Allowed, Some(place)),
        (None, None) => (Reason::ImplicitDeny, None),
    };
    Reading { resource, allowed: reason == Reason::Allowed, reason, by, statements }
}

/// The statements that are about an action.
pub(super) fn about<'p>(
    policies: &'p [Policy],
    action: &[char],
) -> impl Iterator<Item = (StatementPlace, &'p Statement)> {
    policies
        .iter()
        .enumerate()
        .flat_map(|(policy, one)| {
            one.statements.iter().enumerate().map(move |(statement, one)| (StatementPlace { policy, statement }, one))
        })
        .filter(move |(_, statement)| statement.actions.name(action))
}

impl Statement {
    fn miss(&self, resource: &[char], request: &AccessRequest) -> Option<Miss> {
        if !self.resources.name(resource) {
            return Some(Miss::Resource);
        }
        let condition = self.conditions.iter().find(|condition| !condition.is_met(request))?;
        let absent = request.given(&condition.key).is_none();
        Some(Miss::Condition { operator: condition.operator.name, key: condition.key.clone(), absent })
    }
}

impl Patterns {
    fn name(&self, text: &[char]) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(text)) != self.is_negated
    }
}

impl Condition {
    /// [S] A value that is as one of those in the policy meets it, and a negation one that is as none of them. A key that
    /// the request does not give is as none of them: [S] for `StringNotLike`, [A] for the other negations.
    fn is_met(&self, request: &AccessRequest) -> bool {
        let given = request.given(&self.key).and_then(|given| self.operator.given(&given.text, given.number));
        let holds = given.is_some_and(|given| self.values.iter().any(|wanted| self.operator.holds(&given, wanted)));
        holds != self.operator.is_negated
    }
}
