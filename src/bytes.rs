//! What is done with many short texts: they are compared and copied by words, since in WebAssembly the platform's
//! own functions take longer to be called than such a text takes; and validated many at once.

use std::collections::TryReserveError;

/// Whether two texts are equal.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (Some(last), Some(other_last)) = (one.last_chunk::<8>(), other.last_chunk::<8>()) else {
        return one.iter().eq(other);
    };
    // What the words leave over are a part of the last eight bytes.
    let (words, other_words) = (one.as_chunks::<8>().0, other.as_chunks::<8>().0);
    last == other_last && words.iter().zip(other_words).all(|(word, other)| word == other)
}

/// A text as far as it is UTF-8.
pub(crate) fn valid_start(text: &[u8]) -> &str {
    str::from_utf8(text).unwrap_or_else(|error| {
        let valid = text.get(..error.valid_up_to()).unwrap_or_default();
        str::from_utf8(valid).unwrap_or_default()
    })
}

/// Appends a text.
pub(crate) fn append(text: &[u8], to: &mut Vec<u8>) -> Result<(), TryReserveError> {
    // A word more: what is written of the last one is taken back.
    to.try_reserve(text.len() + 8)?;
    let (words, rest) = text.as_chunks::<8>();
    words.iter().for_each(|word| to.extend_from_slice(word));
    match text.last_chunk::<8>() {
        Some(_) if rest.is_empty() => {}
        Some(last) => {
            let length = to.len() + rest.len();
            to.extend_from_slice(&(u64::from_le_bytes(*last) >> (8 * (8 - rest.len()))).to_le_bytes());
            to.truncate(length);
        }
        None => rest.iter().for_each(|byte| to.push(*byte)),
    }
    Ok(())
}

/// Copies a text to a place of the same length.
pub(crate) fn copy(text: &[u8], place: &mut [u8]) {
    // Two words that overlap are as long as any text between them; a call would take longer than the whole.
    let _ = match text.len() {
        33.. if text.len() == place.len() => {
            place.copy_from_slice(text);
            Some(())
        }
        16.. => copy_ends::<16>(text, place),
        8.. => copy_ends::<8>(text, place),
        4.. => copy_ends::<4>(text, place),
        2.. => copy_ends::<2>(text, place),
        _ => copy_ends::<1>(text, place),
    };
}

/// Copies so many bytes at the beginning of a text, and as many at its end.
fn copy_ends<const BYTES: usize>(text: &[u8], place: &mut [u8]) -> Option<()> {
    *place.first_chunk_mut::<BYTES>()? = *text.first_chunk()?;
    *place.last_chunk_mut::<BYTES>()? = *text.last_chunk()?;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_every_length_are_copied_and_compared() {
        let text: Vec<u8> = (0..40).collect();
        for length in 0..40 {
            let mut copy = vec![9; length % 3];
            append(&text[..length], &mut copy).unwrap();
            copy.drain(..length % 3);
            assert_eq!(copy, text[..length]);
            let mut place = vec![9; length];
            super::copy(&text[..length], &mut place);
            assert_eq!(place, text[..length]);
            assert!(same(&copy, &text[..length]));
            assert!(!same(&copy, &text[..length + 1]));
            for place in 0..length {
                copy[place] ^= 1;
                assert!(!same(&copy, &text[..length]));
                copy[place] ^= 1;
            }
        }
    }
}
