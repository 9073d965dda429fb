//! A statement in the making: its text, and the values that stand apart from it.

use super::options::SqlOptions;

pub(super) struct Writer<'a> {
    pub(super) options: &'a SqlOptions,
    pub(super) text: String,
    pub(super) parameters: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(options: &'a SqlOptions) -> Self {
        Self { options, text: String::new(), parameters: Vec::new() }
    }

    /// A named part of the statement, on which later parts build: `lines` is its select.
    pub(super) fn part(&mut self, name: &str, lines: &[String]) {
        self.text.push_str(if self.text.is_empty() { "WITH " } else { ",\n" });
        self.text.push_str(name);
        self.text.push_str(" AS (\n");
        for line in lines {
            self.text.push_str("  ");
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.text.push(')');
    }

    /// The select that gives the answer.
    pub(super) fn answer(&mut self, lines: &[String]) {
        for line in lines {
            self.text.push('\n');
            self.text.push_str(line);
        }
    }

    /// A value of the filter: a literal or a parameter.
    pub(super) fn value(&mut self, value: &str) -> String {
        if !self.options.parameters {
            return self.options.dialect.literal(value);
        }
        self.parameters.push(value.to_owned());
        self.options.dialect.parameter(self.parameters.len())
    }
}

/// Texts one behind the other. The platform's own way of joining would be among what every estimate downloads, were it used
/// here as well.
pub(super) fn joined<T: AsRef<str>>(texts: &[T], between: &str) -> String {
    let mut all = String::new();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            all.push_str(between);
        }
        all.push_str(text.as_ref());
    }
    all
}
