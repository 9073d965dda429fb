//! Search for a text in many texts that lie one after the other, in one go over their bytes.
//!
//! 64 bytes at a time are compared with two neighbours among the text's bytes, those that are rarest. Only
//! where both stand is anything looked at one by one.

use crate::bytes::{BLOCK, bits, packed};

/// So many blocks of the texts, spread over them, tell which bytes are rare.
const SAMPLE: usize = 64;

/// Tells the places of the texts that contain `lowercase`, ascending, and whether it stands elsewhere than at
/// their beginning. The case of the letters A to Z in the texts does not matter. `ends` has the end of each text.
pub(super) fn containing(bytes: &[u8], ends: &[u32], lowercase: &[u8], mut tell: impl FnMut(usize, bool)) {
    let Some(pair) = Pair::rarest(bytes, lowercase) else {
        (0..ends.len()).for_each(|place| tell(place, false));
        return;
    };
    let (mut place, mut start, mut end, mut from) = (0, 0, 0, 0);
    pair.positions(bytes, |position| {
        if position < from {
            return;
        }
        if position >= end {
            place += texts_before(ends.get(place..).unwrap_or_default(), position);
            let end_of = |place: usize| ends.get(place).map_or(0, |end| *end as usize);
            (start, end) = (place.checked_sub(1).map_or(0, end_of), end_of(place));
        }
        let Some(begins) = position.checked_sub(pair.offset).filter(|begins| *begins >= start) else { return };
        // The pair stands there: of a text that is no longer, nothing is left to compare.
        let fits = begins + lowercase.len() <= end;
        if fits && (lowercase.len() <= 2 || stands_at(bytes.get(begins..).unwrap_or_default(), lowercase)) {
            tell(place, begins > start);
            // Nothing more is to be told of this text.
            from = end;
        }
    });
}

/// Two neighbours among the bytes of a text that is looked for, or twice its only one.
struct Pair {
    /// Where in the text the first stands.
    offset: usize,
    /// How far behind it the second stands.
    distance: usize,
    bytes: [AnyCase; 2],
}

/// A byte in lower case, which a letter in upper case equals too.
#[derive(Clone, Copy)]
struct AnyCase {
    lowercase: u8,
    /// The bit by which the cases of a letter differ; nothing for what is no letter.
    case: u8,
}

impl AnyCase {
    fn new(lowercase: u8) -> Self {
        Self { lowercase, case: lowercase ^ lowercase.to_ascii_uppercase() }
    }

    fn is(self, byte: u8) -> bool {
        byte | self.case == self.lowercase
    }
}

impl Pair {
    /// That which is rarest among `bytes`; `None` for an empty text.
    fn rarest(bytes: &[u8], lowercase: &[u8]) -> Option<Self> {
        let mut frequencies = [0u64; 256];
        let step = (bytes.len() / BLOCK / SAMPLE).max(1);
        for byte in bytes.chunks(BLOCK).step_by(step).flatten() {
            if let Some(frequency) = frequencies.get_mut(usize::from(byte.to_ascii_lowercase())) {
                *frequency += 1;
            }
        }
        let frequency = |byte: u8| frequencies.get(usize::from(byte)).copied().unwrap_or(0);
        let pairs = lowercase.iter().zip(lowercase.iter().skip(1)).enumerate();
        let rarest = pairs.min_by_key(|(_, (first, second))| frequency(**first) * frequency(**second));
        match (rarest, lowercase) {
            (Some((offset, (first, second))), _) => {
                Some(Self { offset, distance: 1, bytes: [*first, *second].map(AnyCase::new) })
            }
            (None, [only]) => Some(Self { offset: 0, distance: 0, bytes: [AnyCase::new(*only); 2] }),
            (None, _) => None,
        }
    }

    /// Tells where the pair stands, ascending.
    fn positions(&self, bytes: &[u8], mut tell: impl FnMut(usize)) {
        let [first, second] = self.bytes;
        let behind = bytes.get(self.distance..).unwrap_or_default();
        let (blocks, _) = bytes.as_chunks::<BLOCK>();
        let (blocks_behind, rest_behind) = behind.as_chunks::<BLOCK>();
        for (start, (block, block_behind)) in (0..).step_by(BLOCK).zip(blocks.iter().zip(blocks_behind)) {
            let mut stands = [0; BLOCK];
            for (stands, (byte, byte_behind)) in stands.iter_mut().zip(block.iter().zip(block_behind)) {
                *stands = u8::from(first.is(*byte)) & u8::from(second.is(*byte_behind));
            }
            for bit in bits(packed(&stands)) {
                tell(start + bit as usize);
            }
        }
        let rest = behind.len() - rest_behind.len();
        let last = bytes.get(rest..).unwrap_or_default().iter().zip(rest_behind);
        for (position, (byte, byte_behind)) in (rest..).zip(last) {
            if first.is(*byte) && second.is(*byte_behind) {
                tell(position);
            }
        }
    }
}

/// How many texts lie wholly before a byte, given the ends of the texts from some text before it on.
fn texts_before(ends: &[u32], at: usize) -> usize {
    let is_before = |end: &u32| *end as usize <= at;
    // Mostly it is one of the next few; to count these takes no branch that could go either way.
    let Some((next, others)) = ends.split_first_chunk::<8>() else { return ends.partition_point(is_before) };
    let passed = next.iter().map(|end| u32::from(is_before(end))).sum::<u32>() as usize;
    if passed < next.len() {
        return passed;
    }
    let mut reach = 1;
    while others.get(reach - 1).is_some_and(is_before) {
        reach *= 2;
    }
    let (before, reached) = (reach / 2, reach.min(others.len()));
    passed + before + others.get(before..reached).unwrap_or_default().partition_point(is_before)
}

fn stands_at(bytes: &[u8], lowercase: &[u8]) -> bool {
    bytes
        .get(..lowercase.len())
        .is_some_and(|part| part.iter().zip(lowercase).all(|(byte, lower)| byte.to_ascii_lowercase() == *lower))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::numbers;

    /// Random texts over few letters, in which most searches meet more than one text at a time.
    #[test]
    fn found_is_what_each_text_contains() {
        let mut numbers = numbers(3);
        let mut random = |below: usize| numbers(below as u32) as usize;
        for _ in 0..20_000 {
            let longest = 1 + random(9);
            let texts: Vec<String> = (0..random(60))
                .map(|_| (0..random(longest + 1)).map(|_| ['a', 'A', 'b', '1', '.', 'é'][random(6)]).collect())
                .collect();
            let bytes: Vec<u8> = texts.concat().into_bytes();
            let ends: Vec<u32> = texts
                .iter()
                .scan(0, |end, text| {
                    *end += text.len() as u32;
                    Some(*end)
                })
                .collect();
            let wanted: String = (0..random(5)).map(|_| ['a', 'b', '1', '.', 'é'][random(5)]).collect();
            let expected: Vec<(usize, bool)> = texts
                .iter()
                .enumerate()
                .filter_map(|(place, text)| Some((place, text.to_ascii_lowercase().find(&wanted)? > 0)))
                .collect();
            let mut found = Vec::new();
            containing(&bytes, &ends, wanted.as_bytes(), |place, elsewhere| found.push((place, elsewhere)));
            assert_eq!(found, expected, "{wanted} in {texts:?}");
        }
    }

    #[test]
    fn texts_are_passed_as_by_counting() {
        let ends: Vec<u32> = (0..70).map(|text| text * 3 / 2).collect();
        for first in 0..=ends.len() {
            for at in 0..110 {
                let rest = &ends[first..];
                assert_eq!(texts_before(rest, at), rest.iter().filter(|end| **end as usize <= at).count());
            }
        }
    }
}
