//! Hex digits → the bytes of a SHA-256, many digits at a time.

/// Bytes of a SHA-256.
pub(crate) const BYTES: usize = 32;

/// The bytes that 64 hex digits stand for, in any case; `None` where the text is something else.
pub(super) fn sha256(hex: &[u8]) -> Option<[u8; BYTES]> {
    bytes_of(hex.try_into().ok()?)
}

#[cfg(target_arch = "wasm32")]
fn bytes_of(digits: &[u8; 2 * BYTES]) -> Option<[u8; BYTES]> {
    use core::arch::wasm32::{
        i16x8_shl, u8x16_all_true, u8x16_le, u8x16_narrow_i16x8, u8x16_splat, u8x16_sub, u16x8_shr, u16x8_splat, u64x2,
        u64x2_extract_lane, v128, v128_and, v128_or,
    };
    /// What each of 16 digits stands for, and whether it is a digit.
    fn nibbles(digits: [u8; 16]) -> (v128, v128) {
        let both = u128::from_le_bytes(digits);
        let digits = u64x2(both as u64, (both >> 64) as u64);
        let letters = v128_or(digits, u8x16_splat(0x20));
        let (from_0, from_a) = (u8x16_sub(digits, u8x16_splat(b'0')), u8x16_sub(letters, u8x16_splat(b'a')));
        let (is_digit, is_letter) = (u8x16_le(from_0, u8x16_splat(9)), u8x16_le(from_a, u8x16_splat(5)));
        // The low four bits of a letter are its number among the letters from 1.
        let low = v128_and(digits, u8x16_splat(0x0f));
        let nibbles = u8x16_sub(low, v128_and(is_letter, u8x16_splat(0u8.wrapping_sub(9))));
        (nibbles, v128_or(is_digit, is_letter))
    }
    /// The bytes of which each has two neighbouring nibbles, the first in its high bits.
    fn pairs(nibbles: v128) -> v128 {
        let both = v128_or(i16x8_shl(nibbles, 4), u16x8_shr(nibbles, 8));
        v128_and(both, u16x8_splat(0xff))
    }
    let mut bytes = [0; BYTES];
    let (vectors, _) = digits.as_chunks::<16>();
    let (places, _) = bytes.as_chunks_mut::<16>();
    let mut valid = u8x16_splat(0xff);
    for (place, vectors) in places.iter_mut().zip(vectors.chunks_exact(2)) {
        let &[first, second] = vectors else { return None };
        let ((first, are_first), (second, are_second)) = (nibbles(first), nibbles(second));
        valid = v128_and(valid, v128_and(are_first, are_second));
        let packed = u8x16_narrow_i16x8(pairs(first), pairs(second));
        let (low, high) = (u64x2_extract_lane::<0>(packed), u64x2_extract_lane::<1>(packed));
        *place = (u128::from(low) | u128::from(high) << 64).to_le_bytes();
    }
    u8x16_all_true(valid).then_some(bytes)
}

/// What the vectors of WebAssembly do, with words of eight bytes.
#[cfg(not(target_arch = "wasm32"))]
fn bytes_of(digits: &[u8; 2 * BYTES]) -> Option<[u8; BYTES]> {
    let mut bytes = [0; BYTES];
    let (parts, _) = digits.as_chunks::<8>();
    let (places, _) = bytes.as_chunks_mut::<4>();
    let mut valid = true;
    for (place, part) in places.iter_mut().zip(parts) {
        let digits = u64::from_le_bytes(*part);
        valid &= are_hex_digits(digits);
        *place = four_bytes(digits);
    }
    valid.then_some(bytes)
}

/// Eight bytes, each `byte`.
#[cfg(not(target_arch = "wasm32"))]
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Whether each of eight bytes is a hex digit, in any case.
#[cfg(not(target_arch = "wasm32"))]
const fn are_hex_digits(bytes: u64) -> bool {
    const HIGH_BITS: u64 = each(0x80);
    let low = bytes & !HIGH_BITS;
    // Adding what is missing to 0x80 sets the high bit of each byte that is at least so large, and no byte
    // hands anything on to the next.
    let digits = (low + each(0x80 - b'0')) & !(low + each(0x7f - b'9'));
    let letters = low | each(0x20);
    let letters = (letters + each(0x80 - b'a')) & !(letters + each(0x7f - b'f'));
    (digits | letters) & !bytes & HIGH_BITS == HIGH_BITS
}

/// The four bytes that eight hex digits stand for, the first digit in the lowest byte.
#[cfg(not(target_arch = "wasm32"))]
const fn four_bytes(digits: u64) -> [u8; 4] {
    // The low four bits of a letter are its number among the letters from 1; bit 6 tells letters from digits.
    let nibbles = (digits & each(0x0f)) + (digits >> 6 & each(1)) * 9;
    let pairs = (nibbles << 4 | nibbles >> 8) & 0x00ff_00ff_00ff_00ff;
    let pairs = (pairs | pairs >> 8) & 0x0000_ffff_0000_ffff;
    ((pairs | pairs >> 16) as u32).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte in every place: as one digit after the other.
    #[test]
    fn many_digits_at_once_are_as_each_by_itself() {
        let digits: [u8; 2 * BYTES] = std::array::from_fn(|place| b"0189afAF5bE7c3D2"[place % 16]);
        for byte in 0..=127u8 {
            for place in 0..2 * BYTES {
                let mut digits = digits;
                digits[place] = byte;
                let text = str::from_utf8(&digits).unwrap();
                let pairs = digits.chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16));
                let expected: Result<Vec<u8>, _> = pairs.collect();
                let expected = expected.ok().filter(|_| byte.is_ascii_hexdigit());
                assert_eq!(sha256(text.as_bytes()).map(Vec::from), expected, "{byte:#x} at {place}");
            }
        }
        assert!(
            ["", "é".repeat(32).as_str(), "0".repeat(63).as_str()].iter().all(|text| sha256(text.as_bytes()).is_none())
        );
    }
}
