//! Texts with wildcards: `*` stands for any characters, or none, and `?` for one.
//!
//! [S] both wildcards, for actions, resources and `StringLike`. [A] They stand for any character, colons and slashes
//! included: older pages say "letters", and their own examples match more.

/// What a text is compared with.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    written: String,
    chars: Vec<char>,
}

impl Pattern {
    pub(super) fn new(written: String) -> Self {
        let chars = written.chars().collect();
        Self { written, chars }
    }

    /// The same without regard to the case of ASCII letters; the text must come in lower case.
    pub(super) fn of_lower_case(written: String) -> Self {
        let chars = written.chars().map(|letter| letter.to_ascii_lowercase()).collect();
        Self { written, chars }
    }

    /// As it was written.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// What stands before the first wildcard.
    pub(super) fn beginning(&self) -> &str {
        self.written.split(['*', '?']).next().unwrap_or_default()
    }

    /// Whether a text is this one, wildcards taken for what they are.
    pub(super) fn is(&self, text: &[char]) -> bool {
        self.chars == text
    }

    /// Whether all of a text is meant.
    ///
    /// After a fault the last `*` takes one character more: those before it need never be looked at again, since what
    /// they took could only have been taken sooner.
    pub(super) fn matches(&self, text: &[char]) -> bool {
        let (mut in_pattern, mut in_text) = (0, 0);
        let mut last_star = None;
        while let Some(letter) = text.get(in_text) {
            match self.chars.get(in_pattern) {
                Some('*') => {
                    in_pattern += 1;
                    last_star = Some((in_pattern, in_text));
                }
                Some(wanted) if *wanted == '?' || wanted == letter => {
                    in_pattern += 1;
                    in_text += 1;
                }
                _ => {
                    let Some((behind, from)) = last_star else { return false };
                    (in_pattern, in_text) = (behind, from + 1);
                    last_star = Some((behind, from + 1));
                }
            }
        }
        self.chars.iter().skip(in_pattern).all(|rest| *rest == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern.to_owned()).matches(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn wildcards_stand_for_what_is_said() {
        for (pattern, text) in [
            ("", ""),
            ("*", ""),
            ("*", "a:b/c"),
            ("**", "x"),
            ("a*c", "ac"),
            ("a*c", "abcbc"),
            ("?", "镜"),
            ("a?c*", "abc"),
            ("*ab", "aab"),
            ("*a*b*", "xaxbx"),
            ("acs:*:*", "acs:ecs:*:1:*"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("", "a"), ("?", ""), ("?", "ab"), ("a*c", "abcd"), ("a", "A"), ("*ab", "aba"), ("acs:ecs:*", "*")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    /// Against the definition, letter by letter, for every pattern and text of up to five of three letters.
    #[test]
    fn the_same_as_by_definition() {
        fn by_definition(pattern: &[char], text: &[char]) -> bool {
            match (pattern, text) {
                ([], []) => true,
                (['*', rest @ ..], _) => {
                    by_definition(rest, text) || (!text.is_empty() && by_definition(pattern, &text[1..]))
                }
                (['?', rest @ ..], [_, others @ ..]) => by_definition(rest, others),
                ([wanted, rest @ ..], [letter, others @ ..]) => wanted == letter && by_definition(rest, others),
                _ => false,
            }
        }
        let all = |letters: &[char]| {
            let mut words = vec![String::new()];
            let mut longest = words.clone();
            for _ in 0..5 {
                longest = longest
                    .iter()
                    .flat_map(|word| letters.iter().map(move |letter| format!("{word}{letter}")))
                    .collect();
                words.extend(longest.clone());
            }
            words
        };
        let texts = all(&['a', 'b']);
        for pattern in all(&['a', '*', '?']) {
            let chars: Vec<char> = pattern.chars().collect();
            for text in &texts {
                let letters: Vec<char> = text.chars().collect();
                assert_eq!(matches(&pattern, text), by_definition(&chars, &letters), "{pattern} {text}");
            }
        }
    }
}
