//! Filters that arrive as one text → [`Input`]. `npm/filter.js` writes them.

use crate::input::Input;

/// Ends each key and what it holds.
pub(super) const END: char = '\0';

/// Reads a filter: for each key the key and what it holds, which is `-` for nothing, `'` and a text, or `[` and the
/// texts of a list joined by commas.
pub(super) fn filter(bytes: &[u8]) -> Input {
    let Ok(text) = std::str::from_utf8(bytes) else { return Input::BrokenText };
    let mut parts = text.split_terminator(END);
    let mut entries = Vec::new();
    while let (Some(key), Some(held)) = (parts.next(), parts.next()) {
        let input = match held.split_at_checked(1) {
            Some(("'", text)) => Input::Text(text.to_owned()),
            Some(("[", joined)) => Input::List(vec![Input::Text(joined.to_owned())]),
            _ => Input::Absent,
        };
        entries.push((key.to_owned(), input));
    }
    Input::Object(entries)
}
