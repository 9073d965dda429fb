//! A value under a name of a registry's listing → its place in a record.

use std::borrow::Cow;

use crate::error::quoted;
use crate::field::Field;
use crate::load::listed::Listed;
use crate::load::names::Column;
use crate::load::report::LeftOutReason;
use crate::load::value::{self, Fault, Value, put_once, whole};
use crate::record::Record;

/// Puts a value into a record.
pub(super) fn put<'a>(record: &mut Record<'a>, column: Column, value: Value<'a>) -> Result<(), Fault> {
    match column {
        Column::Listed(listed) => put_listed(record, listed, value),
        column => value::put(record, column, value),
    }
}

/// Puts a value of a registry's listing into a record.
pub(super) fn put_listed<'a>(record: &mut Record<'a>, listed: Listed, value: Value<'a>) -> Result<(), Fault> {
    match (listed, &value) {
        (Listed::RepositoryName, Value::Text(_)) => put_repository(record, value),
        (Listed::Type, Value::Text(kind)) if !matches!(kind.trim(), "" | "IMAGE" | "image") => {
            Err((LeftOutReason::NotAnImage, format!("an artifact of the type {} is no image", quoted(kind))))
        }
        (Listed::EndTs, _) => {
            let column = Column::Listed(listed);
            let seconds = whole(column, "a time in seconds since 1970", &value)?.filter(|seconds| *seconds != 0);
            put_once(&mut record.ends, column, seconds.map(|seconds| seconds.saturating_mul(1000)))
        }
        (Listed::Tags, Value::Text(tags)) if tags.trim().contains([',', ';', ' ', '|']) => {
            let message = format!("{} are several tags; write a row for each of them", quoted(tags));
            Err((LeftOutReason::WrongType, message))
        }
        (Listed::Name | Listed::Tags, Value::Text(tag)) if is_of_another_image(tag.trim()) => Err((
            LeftOutReason::NotAnImage,
            format!("{} is the signature, attestation or bill of materials of another image", quoted(tag)),
        )),
        (Listed::RepositoryName, _) => value::put(record, Column::Field(Field::RepoName), value),
        (Listed::Name | Listed::Tags, _) => value::put(record, Column::Field(Field::Tag), value),
        _ => Ok(()),
    }
}

/// Puts the path of a repository into a record: the namespace and, behind the first slash, the name.
fn put_repository<'a>(record: &mut Record<'a>, value: Value<'a>) -> Result<(), Fault> {
    let (namespace, name) = match value {
        Value::Text(Cow::Borrowed(path)) => match path.split_once('/') {
            Some((namespace, name)) => (Some(Cow::Borrowed(namespace)), Cow::Borrowed(name)),
            None => (None, Cow::Borrowed(path)),
        },
        Value::Text(Cow::Owned(path)) => match path.split_once('/') {
            Some((namespace, name)) => (Some(Cow::Owned(namespace.to_owned())), Cow::Owned(name.to_owned())),
            None => (None, Cow::Owned(path)),
        },
        _ => return Ok(()),
    };
    if let Some(namespace) = namespace {
        value::put(record, Column::Field(Field::RepoNamespace), Value::Text(namespace))?;
    }
    value::put(record, Column::Field(Field::RepoName), Value::Text(name))
}

/// Whether a tag is that of a signature, an attestation or a bill of materials, as cosign and the referrers of OCI
/// name them: `sha256-`, 64 hex digits of the image they belong to, and `.sig`, `.att`, `.sbom` or nothing.
pub(super) fn is_of_another_image(tag: &str) -> bool {
    let Some((hex, rest)) = tag.strip_prefix("sha256-").and_then(|rest| rest.split_at_checked(64)) else {
        return false;
    };
    hex.bytes().all(|byte| byte.is_ascii_hexdigit()) && matches!(rest, "" | ".sig" | ".att" | ".sbom")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_known_by_their_tag() {
        let hex = "a".repeat(64);
        for end in ["", ".sig", ".att", ".sbom"] {
            assert!(is_of_another_image(&format!("sha256-{hex}{end}")));
        }
        for tag in ["sha256-abc.sig", "latest", "sha256-"].map(str::to_owned).into_iter().chain([
            format!("sha256-{hex}.1"),
            format!("sha256-{hex}a"),
            format!("sha256-{}é", "a".repeat(63)),
        ]) {
            assert!(!is_of_another_image(&tag), "{tag}");
        }
    }
}
