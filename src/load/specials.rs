//! Finds the bytes of a text that mean something, such as separators and quotes, 64 bytes at a time.

/// Bytes that are looked at together: one bit of a word for each.
const BLOCK: usize = 64;

/// The bytes that are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needles {
    bytes: [u8; 4],
    /// Also every byte below this one.
    below: u8,
}

impl Needles {
    /// Looks for any of four bytes.
    pub(super) const fn any_of(bytes: [u8; 4]) -> Self {
        Self { bytes, below: 0 }
    }

    /// Looks for what ends the plain part of a JSON string: a quote, a backslash, a control character.
    pub(super) const fn of_json_strings() -> Self {
        Self { bytes: [b'"', b'\\', b'"', b'\\'], below: b' ' }
    }
}

/// Goes through a text from one such byte to the next.
pub(super) struct Specials<'t> {
    text: &'t [u8],
    needles: Needles,
    /// Where the block begins that was looked at last.
    block: usize,
    /// What was found in it, and what of that is still ahead.
    found: u64,
    ahead: u64,
}

impl<'t> Specials<'t> {
    pub(super) fn new(text: &'t [u8], needles: Needles) -> Self {
        let mut specials = Self { text, needles, block: 0, found: 0, ahead: 0 };
        specials.look(0);
        specials
    }

    /// Goes on at a place, forwards or backwards.
    #[inline]
    pub(super) fn go_to(&mut self, place: usize) {
        if place >= self.block && place < self.block + BLOCK {
            self.ahead = self.found & (!0 << (place - self.block));
        } else {
            self.look(place);
        }
    }

    /// The place of the next such byte; `None` where there is none before the end.
    #[inline(always)]
    pub(super) fn next(&mut self) -> Option<usize> {
        if self.ahead == 0 && !self.look_ahead() {
            return None;
        }
        let bit = self.ahead.trailing_zeros();
        self.ahead &= self.ahead.wrapping_sub(1);
        // Within the text.
        Some(self.block.wrapping_add(bit as usize))
    }

    /// Looks at the blocks that follow, up to one with such a byte; says whether there is one.
    fn look_ahead(&mut self) -> bool {
        while self.ahead == 0 {
            if self.block + BLOCK >= self.text.len() {
                return false;
            }
            self.look(self.block + BLOCK);
        }
        true
    }

    /// Looks at the block that begins at a place.
    fn look(&mut self, block: usize) {
        self.block = block;
        let rest = self.text.get(block..).unwrap_or_default();
        self.found = match rest.first_chunk() {
            Some(block) => find(block, self.needles),
            None => {
                let mut padded = [b' '; BLOCK];
                for (byte, of_text) in padded.iter_mut().zip(rest) {
                    *byte = *of_text;
                }
                // A shift by less than 64: the text ends within the block.
                find(&padded, self.needles) & !(!0 << rest.len())
            }
        };
        self.ahead = self.found;
    }
}

/// One bit for each byte that is looked for.
#[inline]
fn find(block: &[u8; BLOCK], needles: Needles) -> u64 {
    let (vectors, _) = block.as_chunks::<16>();
    vectors.iter().rev().fold(0, |found, vector| found << 16 | u64::from(find_in_vector(*vector, needles)))
}

#[cfg(target_arch = "wasm32")]
#[inline]
fn find_in_vector(bytes: [u8; 16], needles: Needles) -> u16 {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128_or};
    let both = u128::from_le_bytes(bytes);
    let vector = u64x2(both as u64, (both >> 64) as u64);
    let [a, b, c, d] = needles.bytes.map(|needle| u8x16_eq(vector, u8x16_splat(needle)));
    let below = u8x16_lt(vector, u8x16_splat(needles.below));
    u8x16_bitmask(v128_or(v128_or(v128_or(a, b), v128_or(c, d)), below))
}

/// What the vectors of WebAssembly do, with words of eight bytes.
#[cfg(not(target_arch = "wasm32"))]
#[inline]
fn find_in_vector(bytes: [u8; 16], needles: Needles) -> u16 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let both = u128::from_le_bytes(bytes);
    let [low, high] = [both as u64, (both >> 64) as u64].map(|word| {
        // Adding 0x7f sets the high bit of each byte but 0, and no byte hands anything on to the next.
        let is_none = |needle: u8| {
            let differs = word ^ (ONES * u64::from(needle));
            ((differs & LOW) + LOW) | differs
        };
        let least = ((word & LOW) + ONES * u64::from(0x80 - needles.below)) | word;
        let found = !needles.bytes.into_iter().map(is_none).fold(least, |all, one| all & one) & !LOW;
        // Gathers the high bits of eight bytes in one.
        (found >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    });
    (high << 8 | low) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_walking(text: &[u8], needles: Needles) -> Vec<usize> {
        let is_special = |byte: &u8| needles.bytes.contains(byte) || *byte < needles.below;
        (0..text.len()).filter(|place| is_special(&text[*place])).collect()
    }

    #[test]
    fn every_special_byte_is_found_and_no_other() {
        let mut state = 1u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        for needles in [Needles::any_of(*b",\n\r\""), Needles::of_json_strings(), Needles::any_of([0, 0x80, 0xff, 1])] {
            for length in 0..300 {
                let text: Vec<u8> = (0..length).map(|_| random()).collect();
                let expected = by_walking(&text, needles);
                let mut specials = Specials::new(&text, needles);
                let found: Vec<usize> = std::iter::from_fn(|| specials.next()).collect();
                assert_eq!(found, expected);
                let from = usize::from(random()) % (length + 1);
                specials.go_to(from);
                assert_eq!(specials.next(), expected.into_iter().find(|place| *place >= from));
            }
        }
    }
}
