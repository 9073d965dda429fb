//! What differs between the engines: how names and texts are written so that nothing in them is ever more than a name or
//! a text, and the few functions that each calls by another name.

use super::writer::joined;
use crate::error::{Error, ErrorKind, did_you_mean, quoted};

/// Engines whose SQL can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// Apache Spark SQL 3.4 or later, and what understands it.
    Spark,
    /// ClickHouse.
    ClickHouse,
    /// Trino.
    Trino,
    /// PostgreSQL.
    PostgreSql,
}

/// Every character that counts as a blank around a value, as `str::trim` has it, as a class of a regular expression.
const BLANKS: &str = r"[\t\n\x0B\f\r \x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]";
/// The same for PostgreSQL, whose expressions write characters by `\u` and four digits.
const BLANKS_OF_POSTGRESQL: &str =
    r"[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]";

/// A SHA-256 as hex digits.
const SHA_256: &str = "^[0-9a-fA-F]{64}$";

impl Dialect {
    /// All, by the names that options give them.
    pub const ALL: [(&'static str, Dialect); 5] = [
        ("duckdb", Dialect::DuckDb),
        ("spark", Dialect::Spark),
        ("clickhouse", Dialect::ClickHouse),
        ("trino", Dialect::Trino),
        ("postgresql", Dialect::PostgreSql),
    ];

    /// The dialect of a name in options.
    ///
    /// # Errors
    ///
    /// A name of none of them.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, dialect)| dialect).ok_or_else(|| {
            let known = Self::ALL.map(|(known, _)| known);
            let near = did_you_mean(name, &known);
            let message =
                format!("`dialect` is {}, but must be one of `{}`{near}", quoted(name), joined(&known, "`, `"));
            Error::new(ErrorKind::InvalidValue, message).with_field("dialect")
        })
    }

    /// A name as the engine reads it, whatever it holds.
    ///
    /// # Errors
    ///
    /// A name that no engine takes, or that this one would read as something else.
    pub(super) fn name(self, name: &str, what: &str) -> Result<String, Error> {
        let refused = |why: &str| {
            Err(Error::new(ErrorKind::InvalidValue, format!("`{what}` is {}, {why}", quoted(name))).with_field(what))
        };
        if name.is_empty() {
            return refused("but a name has at least one character");
        }
        if name.contains('\0') {
            return refused("and no engine has names with the character U+0000");
        }
        match self {
            // `${…}` is replaced by Spark before it reads a statement, and a name has no way to write `$` otherwise.
            Dialect::Spark if name.as_bytes().windows(2).any(|pair| pair == b"${") => {
                refused("in which Spark would replace `${`")
            }
            Dialect::Spark => Ok(format!("`{}`", name.replace('`', "``"))),
            Dialect::ClickHouse => Ok(format!("`{}`", name.replace('\\', r"\\").replace('`', r"\`"))),
            Dialect::DuckDb | Dialect::Trino | Dialect::PostgreSql => Ok(format!("\"{}\"", name.replace('"', "\"\""))),
        }
    }

    /// Whether a text of the engine can hold these characters at all.
    pub(super) fn can_hold(self, text: &str) -> bool {
        self != Dialect::PostgreSql || !text.contains('\0')
    }

    /// A text as a literal that means these characters, under any setting of the engine that is not a warning.
    pub(super) fn literal(self, text: &str) -> String {
        match self {
            Dialect::Spark | Dialect::ClickHouse => {
                let mut literal = String::from("'");
                for character in text.chars() {
                    match character {
                        '\'' => literal.push_str(r"\'"),
                        '\\' => literal.push_str(r"\\"),
                        '\0' if self == Dialect::ClickHouse => literal.push_str(r"\0"),
                        '\0' => literal.push_str(r"\u0000"),
                        // `${…}` would be replaced before the statement is read.
                        '$' if self == Dialect::Spark => literal.push_str(r"\u0024"),
                        other => literal.push(other),
                    }
                }
                literal + "'"
            }
            // By default a backslash is a backslash, but a setting of old makes it an escape: so it is written as one.
            Dialect::PostgreSql if text.contains('\\') => {
                format!("E'{}'", text.replace('\\', r"\\").replace('\'', "''"))
            }
            Dialect::DuckDb | Dialect::Trino if text.contains('\0') => {
                let parts: Vec<String> = text.split('\0').map(standard).collect();
                format!("({})", joined(&parts, " || chr(0) || "))
            }
            Dialect::DuckDb | Dialect::Trino | Dialect::PostgreSql => standard(text),
        }
    }

    /// Where the `nth` parameter stands, the first being 1.
    pub(super) fn parameter(self, nth: usize) -> String {
        match self {
            Dialect::PostgreSql => format!("${nth}"),
            Dialect::ClickHouse => format!("{{p{nth}:String}}"),
            Dialect::DuckDb | Dialect::Spark | Dialect::Trino => "?".to_owned(),
        }
    }

    /// A text without the blanks around it.
    pub(super) fn trimmed(self, text: &str) -> String {
        let blanks = if self == Dialect::PostgreSql { BLANKS_OF_POSTGRESQL } else { BLANKS };
        let around = self.literal(&format!("^{blanks}+|{blanks}+$"));
        match self {
            Dialect::DuckDb | Dialect::PostgreSql => format!("regexp_replace({text}, {around}, '', 'g')"),
            Dialect::Spark | Dialect::Trino => format!("regexp_replace({text}, {around}, '')"),
            Dialect::ClickHouse => format!("replaceRegexpAll({text}, {around}, '')"),
        }
    }

    /// Whether a text is a SHA-256 as hex digits.
    pub(super) fn is_sha_256(self, text: &str) -> String {
        let pattern = match self {
            // An `$` of Spark's is written so that nothing before it is taken for a variable.
            Dialect::Spark => r"'^[0-9a-fA-F]{64}\u0024'".to_owned(),
            _ => standard(SHA_256),
        };
        match self {
            Dialect::DuckDb => format!("regexp_matches({text}, {pattern})"),
            Dialect::Spark => format!("{text} RLIKE {pattern}"),
            Dialect::ClickHouse => format!("match({text}, {pattern})"),
            Dialect::Trino => format!("regexp_like({text}, {pattern})"),
            Dialect::PostgreSql => format!("{text} ~ {pattern}"),
        }
    }

    /// A point in time as milliseconds since 1970.
    pub(super) fn milliseconds(self, time: &str) -> String {
        match self {
            Dialect::DuckDb => format!("epoch_ms({time})"),
            Dialect::Spark => format!("unix_millis({time})"),
            Dialect::ClickHouse => format!("toUnixTimestamp64Milli(toDateTime64({time}, 3))"),
            Dialect::Trino => format!("CAST(floor(to_unixtime({time}) * 1000) AS BIGINT)"),
            Dialect::PostgreSql => format!("CAST(floor(extract(epoch FROM {time}) * 1000) AS BIGINT)"),
        }
    }

    /// What texts are ordered by: their bytes, as the estimate orders them.
    pub(super) fn by_bytes(self, text: &str) -> String {
        if self == Dialect::PostgreSql { format!("{text} COLLATE \"C\"") } else { text.to_owned() }
    }
}

/// A literal as the standard has it.
fn standard(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_its_literal() {
        let text = "it's \\ a ${x} `b` \"c\" %_ \u{0} -- ;";
        for (dialect, literal) in [
            (Dialect::DuckDb, "('it''s \\ a ${x} `b` \"c\" %_ ' || chr(0) || ' -- ;')"),
            (Dialect::Trino, "('it''s \\ a ${x} `b` \"c\" %_ ' || chr(0) || ' -- ;')"),
            (Dialect::Spark, r#"'it\'s \\ a \u0024{x} `b` "c" %_ \u0000 -- ;'"#),
            (Dialect::ClickHouse, r#"'it\'s \\ a ${x} `b` "c" %_ \0 -- ;'"#),
        ] {
            assert_eq!(dialect.literal(text), literal);
        }
        assert!(!Dialect::PostgreSql.can_hold(text));
        assert_eq!(Dialect::PostgreSql.literal(r"a\'b"), r"E'a\\''b'");
        assert_eq!(Dialect::PostgreSql.literal("a'b"), "'a''b'");
    }

    #[test]
    fn nothing_in_a_name_ends_it() {
        let name = "a\"b`c\\d";
        for (dialect, written) in [
            (Dialect::DuckDb, "\"a\"\"b`c\\d\""),
            (Dialect::Trino, "\"a\"\"b`c\\d\""),
            (Dialect::PostgreSql, "\"a\"\"b`c\\d\""),
            (Dialect::Spark, "`a\"b``c\\d`"),
            (Dialect::ClickHouse, "`a\"b\\`c\\\\d`"),
        ] {
            assert_eq!(dialect.name(name, "table").unwrap(), written);
            assert!(dialect.name("", "table").is_err() && dialect.name("a\0", "table").is_err());
        }
        assert!(Dialect::Spark.name("${x}", "table").is_err());
    }

    #[test]
    fn a_wrong_name_of_a_dialect_is_told_with_the_right_one() {
        assert_eq!(Dialect::from_name("spark").unwrap(), Dialect::Spark);
        let message = Dialect::from_name("postgres").unwrap_err().to_string();
        assert!(message.contains("did you mean `postgresql`"), "{message}");
    }
}
