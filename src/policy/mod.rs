//! Authorization: what RAM policies say to a request, decided as RAM documents it.
//!
//! Policies and a request in, a decision with the statement that made it out. Nothing is known here of inventories, and
//! nothing of who asks: which policies apply to a user, a group or a role is the caller's to say, and so are control and
//! session policies, boundaries of their own, each asked for itself.
//!
//! ```
//! use scan_precheck::Input;
//! use scan_precheck::policy::{AccessRequest, Policies, Reason};
//!
//! let policy = r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "yundun-sas:*", "Resource": "*"}]}"#;
//! let policies = Policies::from_input(Input::Text(policy.into()))?;
//! let action = Input::Text("yundun-sas:PublicPreCheckImageScanTask".into());
//! let request = AccessRequest::from_input(Input::Object(vec![("action".into(), action)]))?;
//! assert_eq!(policies.authorize(&request)?.reason, Reason::Allowed);
//! # Ok::<(), scan_precheck::Error>(())
//! ```
//!
//! Rules marked \[S\] stand in a public document of the service, those marked \[A\] are our assumption; `docs/policy.md` has
//! them all.

mod address;
mod decision;
mod node;
mod notes;
mod operator;
mod quantity;
mod request;
mod statement;
mod wildcard;

pub use decision::{Authorization, Effect, Miss, Outcome, Reading, Reason, StatementPlace};
pub use notes::{Note, NoteCode};
pub use request::AccessRequest;

use crate::error::{Error, ErrorKind};
use crate::input::Input;
use crate::limits::MAX_POLICIES;

/// Policies that hold together, such as all of one user.
#[derive(Debug, Clone, Default)]
pub struct Policies(Vec<statement::Policy>);

impl Policies {
    /// Reads one policy or a list of them, each as its JSON text or as an object.
    ///
    /// # Errors
    ///
    /// For whatever is not understood, with its path as the error's field, such as `Statement[1].Condition.IpAdress`, and
    /// its line and column where it is a text.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let items = match input {
            Input::List(items) if items.len() > MAX_POLICIES => {
                let message = format!("`policies` has more than {MAX_POLICIES} policies");
                return Err(Error::new(ErrorKind::TooManyValues, message).with_field("policies"));
            }
            Input::List(items) => items,
            one @ (Input::Text(_) | Input::Object(_)) => {
                return Ok(Self(vec![statement::policy(one, 0, String::new())?]));
            }
            other => return Err(other.unexpected("policies", "a policy or a list of policies")),
        };
        let policies =
            (0..).zip(items).map(|(number, item)| statement::policy(item, number, format!("policies[{number}].")));
        Ok(Self(policies.collect::<Result<_, _>>()?))
    }

    /// Whether a request is allowed, and by which statement it is or is not.
    ///
    /// A call whose resource is not given is decided under two readings of RAM's documents: for the resource of the older
    /// reference, `acs:service:*:accountId:*`, and for `*`, as newer pages have it. It is allowed where both allow it.
    ///
    /// # Errors
    ///
    /// Where the request gives something for a condition key that is no value of the kind which a policy compares it with.
    pub fn authorize(&self, request: &AccessRequest) -> Result<Authorization, Error> {
        decision::authorize(&self.0, request)
    }
}
