//! The values of one filter parameter: comma lists and arrays → texts without blanks, each once.
//!
//! Documented is only that values are separated by half-width commas. That blanks around a value and
//! empty items do not count, and that an item of an array may be a list itself (so that an array means
//! what it means when joined for the wire), are assumptions of ours.

use crate::error::Error;
use crate::field::Field;
use crate::input::{Input, too_many_values};
use crate::inventory::digest;
use crate::limits::MAX_FILTER_VALUES;

/// The values that `input` gives for `field`, each once, in their order; `key` is what the caller called it.
pub(super) fn read(field: Field, key: &str, input: Input) -> Result<Vec<String>, Error> {
    let mut values = Vec::new();
    match input {
        Input::Text(text) => push_items(&mut values, field, key, &text)?,
        Input::List(items) => {
            for (index, item) in items.iter().enumerate() {
                match item {
                    Input::Text(text) => push_items(&mut values, field, key, text)?,
                    other => return Err(other.unexpected(&format!("{key}[{index}]"), "a text")),
                }
            }
        }
        other => return Err(other.unexpected(key, "a text or a list of texts")),
    }
    keep_first_of_each(&mut values);
    Ok(values)
}

fn push_items(values: &mut Vec<String>, field: Field, key: &str, text: &str) -> Result<(), Error> {
    for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        if values.len() == MAX_FILTER_VALUES {
            return Err(too_many_values(key));
        }
        values.push(match field {
            Field::Digest => digest::normalise(item).into_owned(),
            _ => item.to_owned(),
        });
    }
    Ok(())
}

/// By sorting, not by hashing: what a user may choose cannot make a sort slow.
fn keep_first_of_each(values: &mut Vec<String>) {
    let mut order: Vec<(&String, usize)> = values.iter().zip(0..).collect();
    order.sort_unstable();
    let mut first = vec![true; order.len()];
    for pair in order.windows(2) {
        if let [(before, _), (after, place)] = pair
            && before == after
            && let Some(first) = first.get_mut(*place)
        {
            *first = false;
        }
    }
    let mut first = first.into_iter();
    values.retain(|_| first.next().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<String> {
        read(Field::Tag, "tags", Input::Text(text.into())).unwrap()
    }

    #[test]
    fn blanks_empty_items_and_repetitions_do_not_count() {
        assert_eq!(tags(" b ,, a,b,\t,a"), ["b", "a"]);
        assert!(tags(" , ,").is_empty());
    }

    #[test]
    fn a_list_means_what_it_means_when_joined() {
        let items = ["a, b", "", "c"].map(|item| Input::Text(item.into()));
        assert_eq!(read(Field::Tag, "tags", Input::List(items.into())).unwrap(), tags("a, b,,c"));
    }

    #[test]
    fn the_limit_counts_values_not_items() {
        let list = "a,".repeat(MAX_FILTER_VALUES);
        assert_eq!(tags(&list), ["a"]);
        assert!(read(Field::Tag, "tags", Input::Text(list + "b")).is_err());
    }
}
