//! Comparing and copying short texts, eight bytes at a time. In WebAssembly the platform's own functions for it
//! take longer to be called than such a text takes.

use std::collections::TryReserveError;

/// Whether two texts are equal.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    let ((words, rest), (other_words, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    one.len() == other.len()
        && words.iter().zip(other_words).all(|(word, other)| u64::from_le_bytes(*word) == u64::from_le_bytes(*other))
        && rest.iter().eq(other_rest)
}

/// Appends a text.
pub(super) fn append(text: &[u8], to: &mut Vec<u8>) -> Result<(), TryReserveError> {
    to.try_reserve(text.len())?;
    let (words, rest) = text.as_chunks::<8>();
    words.iter().for_each(|word| to.extend_from_slice(word));
    rest.iter().for_each(|byte| to.push(*byte));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_every_length_are_copied_and_compared() {
        let text: Vec<u8> = (0..40).collect();
        for length in 0..40 {
            let mut copy = Vec::new();
            append(&text[..length], &mut copy).unwrap();
            assert_eq!(copy, text[..length]);
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
