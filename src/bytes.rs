//! What is done with many short texts: they are compared and copied by words, since in WebAssembly the platform's
//! own functions take longer to be called than such a text takes; validated many at once; and told apart 64 bytes at
//! a time.

use std::collections::TryReserveError;

/// Whether two texts are equal.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    if let (Some(last), Some(other_last)) = (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        // What the words leave over are a part of the last eight bytes.
        let (words, other_words) = (one.as_chunks::<8>().0, other.as_chunks::<8>().0);
        return last == other_last && words.iter().zip(other_words).all(|(word, other)| word == other);
    }
    // Of fewer bytes, the first four and the last four are all.
    let halves = |text: &[u8]| Some((*text.first_chunk::<4>()?, *text.last_chunk::<4>()?));
    match (halves(one), halves(other)) {
        (Some(halves), Some(others)) => halves == others,
        _ => one.iter().eq(other),
    }
}

/// A text as far as it is UTF-8.
#[inline]
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
#[inline(always)]
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

/// Bytes that are compared with others at a time.
pub(crate) const BLOCK: usize = 64;

/// The places where a byte stands in a text, ascending.
pub(crate) struct PlacesOf<'t> {
    byte: u8,
    text: &'t [u8],
    /// Where the block begins that was looked at last, and which of its places are still to be told.
    block: usize,
    ahead: u64,
}

impl<'t> PlacesOf<'t> {
    pub(crate) fn new(byte: u8, text: &'t [u8]) -> Self {
        let mut places = Self { byte, text, block: 0, ahead: 0 };
        places.look();
        places
    }

    fn look(&mut self) {
        let rest = self.text.get(self.block..).unwrap_or_default();
        let stands = match rest.first_chunk::<BLOCK>() {
            Some(block) => block.map(|other| u8::from(other == self.byte)),
            None => {
                let mut stands = [0; BLOCK];
                stands.iter_mut().zip(rest).for_each(|(stands, other)| *stands = u8::from(*other == self.byte));
                stands
            }
        };
        self.ahead = packed(&stands);
    }
}

impl Iterator for PlacesOf<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.ahead == 0 {
            if self.block + BLOCK >= self.text.len() {
                return None;
            }
            self.block += BLOCK;
            self.look();
        }
        let bit = self.ahead.trailing_zeros();
        self.ahead &= self.ahead - 1;
        Some(self.block + bit as usize)
    }
}

/// The bits of a word, ascending.
pub(crate) fn bits(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros())?;
        word &= word - 1;
        Some(bit)
    })
}

/// Eight ones and zeros at a time → bits of a word, the first the lowest.
pub(crate) fn packed(stands: &[u8; BLOCK]) -> u64 {
    /// Brings the lowest bit of the first byte to the lowest of the highest byte, that of the second to the next …
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = stands.as_chunks::<8>();
    let bytes = eights.iter().map(|eight| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56);
    bytes.rev().fold(0, |word, byte| word << 8 | byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_becomes_its_bit() {
        for bit in 0..BLOCK {
            let mut stands = [0; BLOCK];
            stands[bit] = 1;
            stands[63] = 1;
            assert_eq!(packed(&stands), 1 << bit | 1 << 63);
        }
        assert_eq!(packed(&[1; BLOCK]), !0);
    }

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        let text: Vec<u8> =
            (0..300u32).map(|place| if place % 7 == 0 || place % 64 > 61 { b',' } else { b'a' }).collect();
        for length in 0..text.len() {
            let found = PlacesOf::new(b',', &text[..length]);
            assert!(found.eq((0..length).filter(|place| text[*place] == b',')));
        }
    }

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
