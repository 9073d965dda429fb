//! What went wrong: a kind with a stable code, a message for the person who can mend it, and the place.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use crate::limits::MAX_QUOTED_CHARS;

/// A place in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Position {
    /// The source, from 0, in the order in which sources were given.
    pub source: u32,
    /// The line, from 1.
    pub line: u64,
    /// The column, in characters from 1.
    pub column: u64,
    /// The byte, from 0.
    pub byte: u64,
}

/// The kinds of error. [`ErrorKind::code`] is the same word in Rust, in JavaScript and in the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A filter or options that are no plain object.
    NotAPlainObject,
    /// A key that nothing is known by.
    UnknownKey,
    /// A parameter given under both of its names.
    DuplicateKey,
    /// A value of another type than it must have.
    WrongType,
    /// A value of the right type that means nothing.
    InvalidValue,
    /// A text that is no valid Unicode.
    InvalidText,
    /// A list over [`MAX_FILTER_VALUES`](crate::limits::MAX_FILTER_VALUES).
    TooManyValues,
    /// A property whose reading threw.
    Unreadable,
    /// An input without content.
    EmptyInput,
    /// A file of a format that is not read: a spreadsheet, an archive, a web page.
    UnsupportedFile,
    /// A file that is cut off or damaged, as its encoding or compression tells.
    DamagedFile,
    /// A text in an encoding that is not read.
    UnsupportedEncoding,
    /// Something that is not JSON where JSON must be.
    InvalidJson,
    /// JSON that ends in the middle.
    TruncatedJson,
    /// A CSV cell whose quote is never closed.
    UnclosedQuote,
    /// An input in which no known field occurs.
    NoKnownField,
    /// An input that lists repositories, but no images.
    NoImages,
    /// Lists of a registry whose readers are not loaded: the load waits for them, and can go on.
    ReadersMissing,
    /// A CSV header that names one field twice.
    DuplicateColumn,
    /// An input beyond one of the [`limits`](crate::limits).
    TooLarge,
    /// Memory that could not be had.
    OutOfMemory,
    /// An inventory or loader that is no more.
    Disposed,
    /// A platform that lacks what is needed.
    Unsupported,
}

impl ErrorKind {
    /// The kind as a word that never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            ErrorKind::NotAPlainObject => "not-a-plain-object",
            ErrorKind::UnknownKey => "unknown-key",
            ErrorKind::DuplicateKey => "duplicate-key",
            ErrorKind::WrongType => "wrong-type",
            ErrorKind::InvalidValue => "invalid-value",
            ErrorKind::InvalidText => "invalid-text",
            ErrorKind::TooManyValues => "too-many-values",
            ErrorKind::Unreadable => "unreadable",
            ErrorKind::EmptyInput => "empty-input",
            ErrorKind::UnsupportedFile => "unsupported-file",
            ErrorKind::DamagedFile => "damaged-file",
            ErrorKind::UnsupportedEncoding => "unsupported-encoding",
            ErrorKind::InvalidJson => "invalid-json",
            ErrorKind::TruncatedJson => "truncated-json",
            ErrorKind::UnclosedQuote => "unclosed-quote",
            ErrorKind::NoKnownField => "no-known-field",
            ErrorKind::NoImages => "no-images",
            ErrorKind::ReadersMissing => "readers-missing",
            ErrorKind::DuplicateColumn => "duplicate-column",
            ErrorKind::TooLarge => "too-large",
            ErrorKind::OutOfMemory => "out-of-memory",
            ErrorKind::Disposed => "disposed",
            ErrorKind::Unsupported => "unsupported-platform",
        }
    }
}

/// Why an input, a filter or an option could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    message: String,
    field: Option<String>,
    position: Option<Position>,
}

/// The error that is put by; it is held no longer than it takes to put or take it.
fn put_by() -> MutexGuard<'static, Option<Box<Inner>>> {
    static PUT_BY: Mutex<Option<Box<Inner>>> = Mutex::new(None);
    PUT_BY.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Inner {
    fn to_put_by() -> Box<Self> {
        /// Above the length of any message of [`Error::out_of_memory`].
        const LENGTH: usize = 256;
        let message = String::with_capacity(LENGTH);
        Box::new(Self { kind: ErrorKind::OutOfMemory, message, field: None, position: None })
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::with_message(kind, message.into())
    }

    /// Errors are made in a hundred places: what does not depend on them stands by itself, once.
    #[cold]
    #[inline(never)]
    fn with_message(kind: ErrorKind, message: String) -> Self {
        Self(Box::new(Inner { kind, message, field: None, position: None }))
    }

    /// Memory ran out. Allocates nothing, where [`Error::prepare_out_of_memory`] has been called before.
    #[cold]
    #[inline(never)]
    pub(crate) fn out_of_memory(doing: &str) -> Self {
        let mut inner = put_by().take().unwrap_or_else(Inner::to_put_by);
        for part in ["memory ran out while ", doing, "; load fewer images, or filter the export before loading it"] {
            inner.message.push_str(part);
        }
        Self(inner)
    }

    /// Puts an error by for when there is no memory to make one.
    pub(crate) fn prepare_out_of_memory() {
        put_by().get_or_insert_with(Inner::to_put_by);
    }

    pub(crate) fn with_field(self, field: impl Into<String>) -> Self {
        self.with_field_name(field.into())
    }

    #[cold]
    #[inline(never)]
    fn with_field_name(mut self, field: String) -> Self {
        self.0.field = Some(field);
        self
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn with_position(mut self, position: Position) -> Self {
        self.0.position = Some(position);
        self
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn with_source(mut self, source: u32) -> Self {
        if let Some(position) = &mut self.0.position {
            position.source = source;
        }
        self
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What is wrong and what to do, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The parameter, option or column concerned, where there is one.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The place in the input, where there is one.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if let Some(position) = self.0.position {
            if position.source > 0 {
                write!(f, " (source {}, line {}, column {})", position.source, position.line, position.column)?;
            } else {
                write!(f, " (line {}, column {})", position.line, position.column)?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// A user's text as a message repeats it: in backticks, cut where it is long, with what would be
/// invisible or would turn the text around shown by its number.
#[cold]
#[inline(never)]
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("`");
    let mut chars = text.chars();
    for c in chars.by_ref().take(MAX_QUOTED_CHARS) {
        if c.is_control() || is_invisible(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    if chars.next().is_some() {
        out.push('…');
    }
    out.push('`');
    out
}

/// Format and bidirectional controls, which render as nothing or reorder what stands beside them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// ` — did you mean …?` where one of the candidates is near to what was written, else nothing.
pub(crate) fn did_you_mean(written: &str, candidates: &[&str]) -> String {
    // All names are ASCII. Lower cases of all of Unicode would be a table of some kB to download.
    let lower = |text: &str| -> Vec<char> {
        text.chars().take(MAX_QUOTED_CHARS).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let written_lower = lower(written);
    let nearest = candidates
        .iter()
        .map(|candidate| (edit_distance(&written_lower, &lower(candidate)), candidate))
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        // A third of the letters may be wrong: enough for a slip, too little for another word.
        Some((distance, candidate)) if distance <= candidate.len().div_ceil(3) => {
            format!("; did you mean `{candidate}`?")
        }
        _ => String::new(),
    }
}

/// How many letters must be put in, left out or changed to make one text the other.
fn edit_distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (b, above) in to.iter().zip(row.iter().skip(1)) {
            let cost = (diagonal + usize::from(a != b)).min(above + 1).min(left + 1);
            diagonal = *above;
            left = cost;
            next.push(cost);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_single_changes() {
        let distance = |a: &str, b: &str| edit_distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("tags", "tags"), 0);
        assert_eq!(distance("tga", "tags"), 2);
        assert_eq!(distance("regionid", "regionids"), 1);
    }

    #[test]
    fn only_near_names_are_offered() {
        assert_eq!(did_you_mean("regionId", &["regionIds", "repoIds"]), "; did you mean `regionIds`?");
        assert_eq!(did_you_mean("REPONAMES", &["repoNames", "repoIds"]), "; did you mean `repoNames`?");
        assert_eq!(did_you_mean("colour", &["regionIds", "tags"]), "");
    }

    #[test]
    fn quoting_shows_what_cannot_be_seen() {
        assert_eq!(quoted("a\u{202e}b\n"), "`a\\u{202e}b\\u{a}`");
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), MAX_QUOTED_CHARS + 3);
    }
}
