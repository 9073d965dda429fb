//! The values of one filter parameter: comma lists and arrays → texts without blanks.
//!
//! Documented is only that values are separated by half-width commas. That blanks around a value and
//! empty items do not count, and that an item of an array may be a list itself (so that an array means
//! what it means when joined for the wire), are assumptions of ours.

use std::borrow::Cow;
use std::ops::Range;

use crate::bytes::PlacesOf;
use crate::error::Error;
use crate::field::Field;
use crate::input::{Input, too_many_values};
use crate::inventory::digest;
use crate::limits::MAX_FILTER_VALUES;

/// The values of a field in the order given; one that is repeated may occur more than once.
///
/// All lie in one text, so that thousands of values are no thousands of allocations.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values {
    text: String,
    /// Where in `text` each value stands.
    places: Vec<Range<usize>>,
}

impl Values {
    /// The values that `input` gives for `field`; `key` is what the caller called it.
    pub(super) fn read(field: Field, key: &str, input: Input) -> Result<Self, Error> {
        let mut values = Values::default();
        match input {
            Input::Text(text) => values.text = text,
            Input::List(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    match item {
                        Input::Text(text) if values.text.is_empty() => values.text = text,
                        Input::Text(text) => {
                            values.text.push(',');
                            values.text.push_str(&text);
                        }
                        other => return Err(other.unexpected(&format!("{key}[{index}]"), "a text")),
                    }
                }
            }
            other => return Err(other.unexpected(key, "a text or a list of texts")),
        }
        values.find_places(field, key)?;
        Ok(values)
    }

    fn find_places(&mut self, field: Field, key: &str) -> Result<(), Error> {
        let mut commas = PlacesOf::new(b',', self.text.as_bytes());
        let mut start = 0;
        loop {
            let comma = commas.next();
            let item = start..comma.unwrap_or(self.text.len());
            match self.text.as_bytes().get(item.clone()) {
                // Most values stand without blanks.
                Some([first, .., last]) if first.is_ascii_graphic() && last.is_ascii_graphic() => {
                    self.places.push(item)
                }
                _ => self.places.extend(place_of_value(&self.text, item)),
            }
            if self.places.len() > MAX_FILTER_VALUES {
                return Err(too_many_values(key));
            }
            match comma {
                Some(comma) => start = comma + 1,
                None => break,
            }
        }
        if field == Field::Digest {
            self.normalise_digests();
        }
        Ok(())
    }

    /// Brings each digest into its one form, which is the end of what was given, in lower case or as it stands.
    fn normalise_digests(&mut self) {
        for place in &mut self.places {
            let Some(given) = self.text.get_mut(place.clone()) else { continue };
            let (length, in_lower_case) = match digest::normalise(given) {
                Cow::Borrowed(digest) => (digest.len(), false),
                Cow::Owned(digest) => (digest.len(), true),
            };
            if in_lower_case {
                given.make_ascii_lowercase();
            }
            place.start = place.end - length;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The text, and where in it each value stands.
    pub(crate) fn parts(&self) -> (&str, &[Range<usize>]) {
        (&self.text, &self.places)
    }

    /// A value by its place among the values.
    pub(crate) fn get(&self, place: usize) -> Option<&str> {
        self.places.get(place).and_then(|place| self.text.get(place.clone()))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.places.iter().filter_map(|place| self.text.get(place.clone()))
    }

    /// Whether the first of these values are `others`, as they were written.
    pub(crate) fn start_with(&self, others: &Values) -> bool {
        let end = others.places.last().map_or(0, |last| last.end);
        self.places.starts_with(&others.places)
            && self.text.as_bytes().get(..end).is_some_and(|start| others.text.as_bytes().get(..end) == Some(start))
    }

    /// Whether a value holds a full-width comma, which separates nothing.
    pub(super) fn hold_full_width_comma(&self) -> bool {
        // It is no blank, so that it can only stand in a value.
        !self.text.is_ascii() && self.text.chars().any(|letter| letter == '\u{ff0c}')
    }
}

/// Where in an item of a list its value stands; nowhere in an item of blanks.
fn place_of_value(text: &str, item: Range<usize>) -> Option<Range<usize>> {
    let written = text.get(item.clone())?;
    let value = written.trim();
    let start = item.start + (written.len() - written.trim_start().len());
    (!value.is_empty()).then_some(start..start + value.len())
}

/// Equal are values that are equal in their order, whatever stood between them.
impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Values {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(field: Field, input: Input) -> Vec<String> {
        Values::read(field, "key", input).unwrap().iter().map(str::to_owned).collect()
    }

    fn tags(text: &str) -> Vec<String> {
        read(Field::Tag, Input::Text(text.into()))
    }

    #[test]
    fn blanks_and_empty_items_do_not_count() {
        assert_eq!(tags(" b ,, a,b,\t,\u{2003}ä\u{3000}"), ["b", "a", "b", "ä"]);
        assert!(tags(" , ,").is_empty());
        assert!(tags("").is_empty());
    }

    #[test]
    fn a_list_means_what_it_means_when_joined() {
        let items = ["", "a, b", "", "c"].map(|item| Input::Text(item.into()));
        assert_eq!(read(Field::Tag, Input::List(items.into())), tags(",a, b,,c"));
    }

    #[test]
    fn digests_are_brought_into_one_form() {
        let hex = "0123456789abcdef".repeat(4);
        let given = format!("{hex}, SHA256:{}, sha256:{hex} ,sha256:AB,sha512:é", hex.to_uppercase());
        assert_eq!(read(Field::Digest, Input::Text(given)), [&hex, &hex, &hex, "sha256:AB", "sha512:é"]);
    }

    #[test]
    fn values_go_on_where_the_first_are_the_same_in_the_same_places() {
        let values = |text: &str| Values::read(Field::Tag, "tags", Input::Text(text.into())).unwrap();
        for (longer, shorter, expected) in [
            ("a,b", "a", true),
            ("a,b", "a,b", true),
            ("a,b", "", true),
            ("a,b", "a,b,c", false),
            ("ab,c", "a", false),
            ("a,b", "b", false),
            ("a,bc", "a,bd", false),
        ] {
            assert_eq!(values(longer).start_with(&values(shorter)), expected, "{longer} {shorter}");
        }
    }

    #[test]
    fn the_limit_counts_values_not_items() {
        let list = "a,".repeat(MAX_FILTER_VALUES);
        assert_eq!(tags(&list).len(), MAX_FILTER_VALUES);
        assert!(Values::read(Field::Tag, "tags", Input::Text(list + "b")).is_err());
    }
}
