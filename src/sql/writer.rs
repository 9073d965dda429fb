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
        self.lines(lines, "  ");
        self.text.push(')');
    }

    /// The select that gives the answer.
    pub(super) fn answer(&mut self, lines: &[String]) {
        self.text.push('\n');
        self.lines(lines, "");
        self.text.truncate(self.text.trim_end().len());
    }

    fn lines(&mut self, lines: &[String], indent: &str) {
        for line in lines {
            self.text.push_str(indent);
            self.text.push_str(line);
            self.text.push('\n');
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
