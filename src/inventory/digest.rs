//! Image digests: the forms in which they are written → one form, and 32 bytes where that is possible.
//!
//! The same digest occurs as bare hex and with `sha256:` before it, sometimes within one reply. Both are
//! one digest, in any case of the letters. What is not 64 hex digits (a digest of another algorithm, or
//! one that a document masks with asterisks) is compared as it stands.

use std::borrow::Cow;
use std::ops::Range;

use super::hex::sha256;

pub(crate) use super::hex::BYTES;

const PREFIX: &str = "sha256:";

/// Marks a key that holds a text: a byte that no UTF-8 text contains.
const TEXT_MARK: u8 = 0xff;

/// Writes a digest in its one form: 64 lower-case hex digits where it is a SHA-256, else as it stands.
#[must_use]
pub(crate) fn normalise(text: &str) -> Cow<'_, str> {
    let hex = without_prefix(text);
    if sha256(hex.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    if hex.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(hex.to_ascii_lowercase())
    } else {
        Cow::Borrowed(hex)
    }
}

/// Hands out the key of what an export gives as a digest, in any form; an empty one where that says that there is none.
pub(super) fn with_key<T>(text: &[u8], take: impl FnOnce(&[u8]) -> T) -> T {
    if let Some(digest) = sha256(text) {
        return take(&digest);
    }
    let mut key = Vec::new();
    write_given_key(str::from_utf8(text).unwrap_or_default(), &mut key);
    take(&key)
}

#[inline(never)]
pub(super) fn write_given_key(text: &str, key: &mut Vec<u8>) {
    match sha256(without_prefix(text).as_bytes()) {
        Some(digest) => key.extend_from_slice(&digest),
        None if is_none(text) => {}
        None => write_text_key(text, key),
    }
}

/// Whether a text in the place of a digest says that there is none.
fn is_none(text: &str) -> bool {
    let hex = without_prefix(text);
    hex.is_empty() || text.eq_ignore_ascii_case("N/A")
}

/// What follows `sha256:`, or all of the text where it does not begin so.
fn without_prefix(text: &str) -> &str {
    match text.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) => rest,
        _ => text,
    }
}

/// Whether every SHA-256 begins with a text in lower case.
pub(super) fn is_any(lowercase: &str) -> bool {
    PREFIX.starts_with(lowercase)
}

/// Writes the key by which a digest in its one form is kept behind other keys, and returns its place: the 32 bytes
/// of a SHA-256, or a marked text.
///
/// No text's key is 32 bytes long without the mark, so that two digests never share a key.
pub(crate) fn write_key(normalised: &str, keys: &mut Vec<u8>) -> Range<usize> {
    let start = keys.len();
    match sha256(normalised.as_bytes()) {
        Some(digest) => keys.extend_from_slice(&digest),
        None => write_text_key(normalised, keys),
    }
    start..keys.len()
}

fn write_text_key(text: &str, keys: &mut Vec<u8>) {
    let start = keys.len();
    keys.push(TEXT_MARK);
    keys.extend_from_slice(text.as_bytes());
    if keys.len() - start == BYTES {
        keys.push(TEXT_MARK);
    }
}

/// Writes the digest that a key stands for.
pub(crate) fn read_key(key: &[u8], text: &mut String) {
    text.clear();
    if key.len() == BYTES {
        text.extend(
            key.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|nibble| char::from_digit(nibble.into(), 16)),
        );
    } else {
        let marked = key.split(|byte| *byte == TEXT_MARK);
        text.extend(marked.filter_map(|part| std::str::from_utf8(part).ok()));
    }
}

/// The text that a key stands for which is not 32 bytes long.
pub(super) fn text_of_key(key: &[u8]) -> &[u8] {
    let text = key.strip_prefix(&[TEXT_MARK]).unwrap_or(key);
    text.strip_suffix(&[TEXT_MARK]).unwrap_or(text)
}

/// A hex digit of the SHA-256 that a key is, as its text has it.
pub(super) fn digit(key: &[u8], place: usize) -> Option<u8> {
    let byte = key.get(place / 2)?;
    let digit = if place.is_multiple_of(2) { byte >> 4 } else { byte & 15 };
    char::from_digit(digit.into(), 16).map(|digit| digit as u8)
}

/// Whether there is a comma in the digest that a key stands for.
pub(crate) fn has_comma(key: &[u8]) -> bool {
    key.len() != BYTES && key.contains(&b',')
}

/// What a digest may begin with.
pub(crate) struct Beginning<'a> {
    lowercase: &'a str,
    /// The first digits of a SHA-256 in the places that they have in its first eight bytes, and a mask of these
    /// places; `None` where none begins so.
    first_digits: Option<(u64, u64)>,
    other_digits: &'a [u8],
}

/// Digits in eight bytes.
const FIRST_DIGITS: usize = 16;

impl<'a> Beginning<'a> {
    /// Of a text in lower case. So far as it is only the beginning of `sha256:`, it says nothing of the digest.
    pub(crate) fn new(lowercase: &'a str) -> Self {
        let lowercase = without_prefix(lowercase);
        let digits = if is_any(lowercase) { &[] } else { lowercase.as_bytes() };
        let (first, other_digits) = digits.split_at_checked(FIRST_DIGITS).unwrap_or((digits, &[]));
        let place = |(digits, mask): (u64, u64), (digit, bit): (&u8, u32)| {
            Some((digits | u64::from(nibble(*digit)?) << bit, mask | 0xf << bit))
        };
        let mut places = first.iter().zip((0..u64::BITS).step_by(4).rev());
        Self { lowercase, first_digits: places.try_fold((0, 0), place), other_digits }
    }

    /// Whether it is that of the digest that a key stands for.
    pub(crate) fn is_of(&self, key: &[u8]) -> bool {
        if key.len() != BYTES {
            let text = key.get(1..).unwrap_or_default();
            let start = text.get(..self.lowercase.len());
            return start.is_some_and(|start| start.eq_ignore_ascii_case(self.lowercase.as_bytes()));
        }
        let (Some((digits, mask)), Some(bytes)) = (self.first_digits, key.first_chunk()) else { return false };
        u64::from_be_bytes(*bytes) & mask == digits && (self.other_digits.is_empty() || self.others_are_of(key))
    }

    fn others_are_of(&self, key: &[u8]) -> bool {
        let mut digits = key.iter().flat_map(|byte| [byte >> 4, byte & 15]).skip(FIRST_DIGITS);
        self.other_digits.iter().all(|digit| digits.next().is_some_and(|expected| nibble(*digit) == Some(expected)))
    }
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "6a5e103187b31a94592a47a5858617f76a5e103187b31a94592a47a5858617f7";

    #[test]
    fn every_form_of_a_digest_is_one() {
        assert_eq!(normalise(HEX), HEX);
        assert_eq!(normalise(&format!("sha256:{HEX}")), HEX);
        assert_eq!(normalise(&format!("SHA256:{}", HEX.to_uppercase())), HEX);
    }

    #[test]
    fn a_digest_begins_with_the_first_of_its_digits() {
        let mut key = Vec::new();
        write_key(HEX, &mut key);
        for length in 0..=HEX.len() {
            let text = HEX.get(..length).unwrap();
            assert!(Beginning::new(text).is_of(&key), "{text}");
            assert!(Beginning::new(&format!("sha256:{text}")).is_of(&key), "{text}");
            assert!(!Beginning::new(&format!("{text}g")).is_of(&key), "{text}");
            let next = HEX.as_bytes().get(length).map_or('0', |digit| if *digit == b'0' { '1' } else { '0' });
            assert!(!Beginning::new(&format!("{text}{next}")).is_of(&key), "{text}");
        }
        for length in 0..=PREFIX.len() {
            assert!(Beginning::new(PREFIX.get(..length).unwrap()).is_of(&key));
        }
        assert!(!Beginning::new("sha512:").is_of(&key));
        key.clear();
        write_key("SHA512:ab", &mut key);
        assert!(["", "sha", "sha512:", "sha512:ab"].iter().all(|text| Beginning::new(text).is_of(&key)));
        assert!(["sha2", "ab", "sha512:ab0"].iter().all(|text| !Beginning::new(text).is_of(&key)));
    }

    /// The byte of a comma within a SHA-256 is none.
    #[test]
    fn commas_are_those_of_the_text() {
        let mut keys = Vec::new();
        for (digest, has) in [("2c".repeat(32), false), ("a,b".to_owned(), true), ("ab".to_owned(), false)] {
            let place = write_key(&digest, &mut keys);
            assert_eq!(has_comma(&keys[place]), has, "{digest}");
        }
    }

    #[test]
    fn what_is_no_sha256_stands_as_it_is() {
        for text in
            ["6a5e103187b31a94592a47a5858617f7****", "sha512:AB", "sha256:", "sha256:6A5E****", "é".repeat(32).as_str()]
        {
            assert_eq!(normalise(text), text);
        }
    }

    #[test]
    fn keys_read_back_and_never_meet() {
        let texts = [HEX.to_owned(), "x".repeat(31), "x".repeat(32), "x".repeat(64), "sha512:ab".into(), "é".into()];
        let mut keys = Vec::new();
        for text in &texts {
            let (mut key, mut back) = (Vec::new(), String::new());
            write_key(text, &mut key);
            read_key(&key, &mut back);
            assert_eq!(&back, text);
            assert!(!keys.contains(&key));
            assert_eq!(key.len() == BYTES, text == HEX);
            keys.push(key);
        }
    }
}
