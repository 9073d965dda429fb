//! Operators of conditions: how a value of the request is compared with those of a policy.
//!
//! [S] the names and what each compares ("Conditional operators" of RAM's documents). [A] that a name is written in just
//! these letters.

use std::cmp::Ordering;

use super::address::Range;
use super::quantity::{Decimal, read_time};
use super::wildcard::Pattern;

/// What a condition does with values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operator {
    pub(super) name: &'static str,
    kind: Kind,
    /// Whether it holds where a value is less than, the same as or greater than that of the policy.
    holds: Holds,
    /// Whether it holds where the comparison holds with no value at all.
    pub(super) is_negated: bool,
}

/// What values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    TextOfAnyCase,
    Pattern,
    Number,
    Time,
    Truth,
    Address,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Same,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

const fn operator(name: &'static str, kind: Kind, holds: Holds) -> Operator {
    Operator { name, kind, holds, is_negated: false }
}

const fn negated(name: &'static str, kind: Kind) -> Operator {
    Operator { name, kind, holds: Holds::Same, is_negated: true }
}

/// Every operator that RAM documents.
pub(super) static OPERATORS: [Operator; 21] = [
    operator("StringEquals", Kind::Text, Holds::Same),
    negated("StringNotEquals", Kind::Text),
    operator("StringEqualsIgnoreCase", Kind::TextOfAnyCase, Holds::Same),
    negated("StringNotEqualsIgnoreCase", Kind::TextOfAnyCase),
    operator("StringLike", Kind::Pattern, Holds::Same),
    negated("StringNotLike", Kind::Pattern),
    operator("NumericEquals", Kind::Number, Holds::Same),
    negated("NumericNotEquals", Kind::Number),
    operator("NumericLessThan", Kind::Number, Holds::Less),
    operator("NumericLessThanEquals", Kind::Number, Holds::AtMost),
    operator("NumericGreaterThan", Kind::Number, Holds::Greater),
    operator("NumericGreaterThanEquals", Kind::Number, Holds::AtLeast),
    operator("DateEquals", Kind::Time, Holds::Same),
    negated("DateNotEquals", Kind::Time),
    operator("DateLessThan", Kind::Time, Holds::Less),
    operator("DateLessThanEquals", Kind::Time, Holds::AtMost),
    operator("DateGreaterThan", Kind::Time, Holds::Greater),
    operator("DateGreaterThanEquals", Kind::Time, Holds::AtLeast),
    operator("Bool", Kind::Truth, Holds::Same),
    operator("IpAddress", Kind::Address, Holds::Same),
    negated("NotIpAddress", Kind::Address),
];

/// A value of a policy, as its operator takes it.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Text(Pattern),
    Number(Decimal),
    Time(i64),
    Truth(bool),
    Range(Range),
}

/// A value of a request, as an operator takes it.
pub(super) enum Given {
    Text(Vec<char>),
    Number(Decimal),
    Time(i64),
    Truth(bool),
    Address(Range),
}

impl Operator {
    pub(super) fn of_name(name: &str) -> Option<Self> {
        OPERATORS.iter().find(|operator| operator.name == name).copied()
    }

    /// Reads a value of a policy; `None` where it is none for this operator.
    pub(super) fn wanted(self, text: String) -> Option<Wanted> {
        Some(match self.kind {
            Kind::Text | Kind::Pattern => Wanted::Text(Pattern::new(text)),
            Kind::TextOfAnyCase => Wanted::Text(Pattern::of_lower_case(text)),
            Kind::Number => Wanted::Number(Decimal::read(&text)?),
            Kind::Time => Wanted::Time(read_time(&text)?),
            Kind::Truth => Wanted::Truth(read_truth(&text)?),
            Kind::Address => Wanted::Range(Range::read(&text)?),
        })
    }

    /// Reads a value of a request likewise.
    pub(super) fn given(self, text: &str, milliseconds: Option<i64>) -> Option<Given> {
        Some(match self.kind {
            Kind::Text | Kind::Pattern => Given::Text(text.chars().collect()),
            Kind::TextOfAnyCase => Given::Text(lower_case(text)),
            Kind::Number => Given::Number(Decimal::read(text)?),
            Kind::Time => Given::Time(milliseconds.or_else(|| read_time(text))?),
            Kind::Truth => Given::Truth(read_truth(text)?),
            Kind::Address => Given::Address(Range::read_one(text)?),
        })
    }

    /// What a value of a policy must be, in words that follow "must be".
    pub(super) fn expected(self) -> &'static str {
        match self.kind {
            Kind::Text | Kind::TextOfAnyCase | Kind::Pattern => "a text",
            Kind::Number => "a number in quotes, such as \"12\" or \"-0.5\"",
            Kind::Time => "a time of ISO 8601 in quotes, such as \"2026-11-25T23:59:59Z\"",
            Kind::Truth => "\"true\" or \"false\", in quotes",
            Kind::Address => "an IP address or a CIDR block in quotes, such as \"192.0.2.0/24\"",
        }
    }

    /// Whether a value of the request is as one of the policy wants it. Negation is another matter.
    pub(super) fn holds(self, given: &Given, wanted: &Wanted) -> bool {
        match (wanted, given) {
            (Wanted::Text(pattern), Given::Text(text)) if self.kind == Kind::Pattern => pattern.matches(text),
            (Wanted::Text(pattern), Given::Text(text)) => pattern.is(text),
            (Wanted::Number(wanted), Given::Number(given)) => self.takes(given.compare(wanted)),
            (Wanted::Time(wanted), Given::Time(given)) => self.takes(given.cmp(wanted)),
            (Wanted::Truth(wanted), Given::Truth(given)) => wanted == given,
            (Wanted::Range(range), Given::Address(address)) => range.contains(address),
            _ => false,
        }
    }

    fn takes(self, order: Ordering) -> bool {
        match self.holds {
            Holds::Same => order.is_eq(),
            Holds::Less => order.is_lt(),
            Holds::AtMost => order.is_le(),
            Holds::Greater => order.is_gt(),
            Holds::AtLeast => order.is_ge(),
        }
    }
}

pub(super) fn lower_case(text: &str) -> Vec<char> {
    text.chars().map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Reads `true` or `false`, in letters of any case. [A]
fn read_truth(text: &str) -> Option<bool> {
    [("true", true), ("false", false)]
        .into_iter()
        .find(|(word, _)| text.eq_ignore_ascii_case(word))
        .map(|(_, truth)| truth)
}
