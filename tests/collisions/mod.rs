//! Values of equal length that collide under a hash without a key.
//!
//! A value is put together from parts. For each part there are several alternatives that lead the hash from one
//! state to one state, so that any choice of them gives the same hash.

#![allow(unreachable_pub, reason = "a part of the test that uses it")]

mod hashes;

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::SharedSeed;
use foldhash::fast::SeedableRandomState;

use hashes::{ByWord, Fx32, Fx64, Murmur32, XX_LANES, XxLane, by_word, word};

/// How many values collide.
pub const COUNT: usize = 20_000;

/// Bytes of a SHA-256, and so of what stands for one in a dictionary.
const DIGEST: usize = 32;

/// Bytes of a text for xxHash64: two words for each of its four lanes.
const XX_TEXT: usize = 64;

/// Values that collide.
pub struct Colliding {
    pub name: String,
    /// Printable, and without what a table would have to quote.
    pub texts: Vec<Vec<u8>>,
    /// 32 bytes each, where there are such.
    pub digests: Option<Vec<Vec<u8>>>,
}

/// Values for each hash, as they stand and behind their length, which Rust's `Hash` writes before a slice.
pub fn all() -> Vec<Colliding> {
    hashes::check();
    [false, true].into_iter().flat_map(behind_length).collect()
}

fn behind_length(with_length: bool) -> Vec<Colliding> {
    let place = if with_length { " behind a length" } else { "" };
    let made = |name: &str, texts, digests| Colliding { name: format!("{name}{place}"), texts, digests };
    // Texts of 32 bytes: their bytes are digests as well.
    let both = |name: &str, values: Vec<Vec<u8>>| made(name, values.clone(), Some(values));
    let length = |length: usize| if with_length { (length as u64).to_le_bytes().to_vec() } else { Vec::new() };
    let (start, xx_start) = (&length(DIGEST), &length(XX_TEXT));
    let (java, djb2) = (product(&vec![vec!["Aa", "BB"]; 16], join), product(&vec![vec!["az", "bY"]; 16], join));
    let fnv32 = fnv_texts(hashes::fnv32(start), hashes::FNV32_PRIME);
    let (fx32, fx64) = (word_texts::<Fx32>(start), word_texts::<Fx64>(start));
    let murmur32 = word_texts::<Murmur32>(start);
    // The low half of FNV-1a in 64 bits depends on the low halves alone.
    let (fnv64, fnv64_digests) =
        (fnv_texts(hashes::fnv64(start) as u32, hashes::FNV64_PRIME as u32), fnv64_digests(start));
    let xx64 = xx_texts(xx_start);
    assert_collide(start, &java, hashes::java);
    assert_collide(start, &djb2, hashes::djb2);
    assert_collide(start, &fnv32, hashes::fnv32);
    assert_collide(start, &fx32, by_word::<Fx32>);
    assert_collide(start, &fx64, by_word::<Fx64>);
    assert_collide(start, &murmur32, hashes::murmur32);
    assert_collide(start, &fnv64, |bytes| hashes::fnv64(bytes) as u32);
    assert_collide(start, &fnv64_digests, hashes::fnv64);
    assert_collide(xx_start, &xx64, hashes::xx64);
    vec![
        both("String.hashCode", java),
        both("djb2", djb2),
        both("FNV-1a, 32 bits", fnv32),
        both("FxHash, 32 bits", fx32),
        both("FxHash, 64 bits", fx64),
        both("MurmurHash3, 32 bits", murmur32),
        made("FNV-1a, 64 bits", fnv64, Some(fnv64_digests)),
        made("xxHash64", xx64, None),
        made("foldhash of which one seed is known", plain_texts(), Some(foldhash_digests())),
    ]
}

fn plain_texts() -> Vec<Vec<u8>> {
    let mut printable = Printable(4);
    (0..COUNT).map(|_| printable.text(DIGEST)).collect()
}

/// Digests for foldhash under any seed of the hasher, as long as the seed that hashers share is the fixed one: a
/// word of the value that is equal to the first word of the shared seed makes a factor, and so the product, zero.
fn foldhash_digests() -> Vec<Vec<u8>> {
    const SHARED: [u8; 8] = 0xc0ac_29b7_c97c_50dd_u64.to_le_bytes();
    let mut printable = Printable(5);
    let digests: Vec<Vec<u8>> =
        (0..COUNT).map(|_| [&SHARED, &SHARED, printable.text(16).as_slice()].concat()).collect();
    for seed in 0..3 {
        let hasher = SeedableRandomState::with_seed(seed, SharedSeed::global_fixed());
        assert_collide(&[], &digests, |bytes| hasher.hash_one(bytes));
    }
    digests
}

/// That the values differ, are as many and as long as they must be, and have one hash behind `start`.
fn assert_collide<H: PartialEq + Copy>(start: &[u8], values: &[Vec<u8>], hash: impl Fn(&[u8]) -> H) {
    assert_eq!(values.len(), COUNT);
    assert!(values.iter().all(|value| value.len() == values[0].len()));
    let hashes: Vec<H> = values.iter().map(|value| hash(&[start, value].concat())).collect();
    assert!(hashes.iter().all(|hash| *hash == hashes[0]), "the values do not collide");
    let mut distinct: Vec<&[u8]> = values.iter().map(Vec::as_slice).collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), COUNT, "some values are equal");
}

/// The first [`COUNT`] values that choose one alternative for each part.
fn product<T>(parts: &[Vec<T>], join: impl Fn(&[&T]) -> Vec<u8>) -> Vec<Vec<u8>> {
    assert!(parts.iter().map(Vec::len).product::<usize>() >= COUNT, "there are too few alternatives");
    let choose = |mut number: usize| {
        let chosen = parts.iter().map(|alternatives| {
            let alternative = &alternatives[number % alternatives.len()];
            number /= alternatives.len();
            alternative
        });
        chosen.collect::<Vec<_>>()
    };
    (0..COUNT).map(|number| join(&choose(number))).collect()
}

fn join<T: AsRef<[u8]>>(parts: &[&T]) -> Vec<u8> {
    parts.iter().flat_map(|part| part.as_ref()).copied().collect()
}

/// Texts of 32 bytes: each part has two words, of which the second makes up for the first.
fn word_texts<H: ByWord>(start: &[u8]) -> Vec<Vec<u8>> {
    let parts = DIGEST / (2 * H::WIDTH);
    // 12⁴ and 142² are just above 20,000.
    let alternatives = if parts == 4 { 12 } else { 142 };
    let mut printable = Printable(1);
    let mut state = by_word::<H>(start);
    let mut part = |_| {
        let pairs = pairs::<H>(state, alternatives, &mut printable);
        state = by_word_from::<H>(state, &pairs[0]);
        pairs
    };
    product(&(0..parts).map(&mut part).collect::<Vec<_>>(), join)
}

/// Pairs of printable words that lead from a state to one other.
fn pairs<H: ByWord>(state: u64, count: usize, printable: &mut Printable) -> Vec<Vec<u8>> {
    let target = by_word_from::<H>(state, &printable.text(2 * H::WIDTH));
    let mut pair = vec![0; 2 * H::WIDTH];
    let mut pairs = Vec::new();
    while pairs.len() < count {
        let (first, second) = pair.split_at_mut(H::WIDTH);
        printable.fill(first);
        second.copy_from_slice(&H::solve(H::step(state, word(first)), target).to_le_bytes()[..H::WIDTH]);
        if second.iter().all(|byte| is_printable(*byte)) {
            pairs.push(pair.clone());
        }
    }
    pairs
}

fn by_word_from<H: ByWord>(state: u64, bytes: &[u8]) -> u64 {
    bytes.chunks(H::WIDTH).map(word).fold(state, H::step)
}

/// Texts for xxHash64: in each of its four lanes the later word makes up for the earlier.
fn xx_texts(start: &[u8]) -> Vec<Vec<u8>> {
    let mut printable = Printable(2);
    let held = start.len() / 8;
    let lanes: Vec<Vec<Vec<u8>>> = (0..4)
        .map(|lane| match start.chunks(8).nth(lane) {
            // What stands before the text fills the lane's earlier word.
            Some(first) => vec![[first, &printable.text(8)].concat()],
            None => pairs::<XxLane>(XX_LANES[lane], 28, &mut printable),
        })
        .collect();
    let last = printable.text(8 * held);
    product(&lanes, |pairs| {
        let words = (held..XX_TEXT / 8).map(|place| &pairs[place % 4][place / 4 * 8..][..8]);
        words.flatten().chain(&last).copied().collect()
    })
}

/// Texts of 32 bytes for FNV-1a in 32 bits, by meeting in the middle: what three letters lead to from the state
/// before a part, and what three letters lead from to the state behind it.
fn fnv_texts(start: u32, prime: u32) -> Vec<Vec<u8>> {
    const PARTS: usize = 5;
    const ALTERNATIVES: usize = 8;
    /// So many first halves that about one in 2¹⁵ second halves meets one.
    const HALVES: usize = 1 << 17;
    let backwards = hashes::inverse32(prime);
    let mut printable = Printable(3);
    let mut state = start;
    let mut part = |_| {
        let step = |state: u32, byte: &u8| (state ^ u32::from(*byte)).wrapping_mul(prime);
        let step_back = |state: u32, byte: &u8| state.wrapping_mul(backwards) ^ u32::from(*byte);
        let mut half = [0; 3];
        let mut firsts = HashMap::with_capacity(HALVES);
        for _ in 0..HALVES {
            printable.fill(&mut half);
            firsts.insert(half.iter().fold(state, step), half);
        }
        let target = printable.text(6).iter().fold(state, step);
        let mut found: Vec<[u8; 6]> = Vec::new();
        while found.len() < ALTERNATIVES {
            printable.fill(&mut half);
            if let Some([a, b, c]) = firsts.get(&half.iter().rev().fold(target, step_back)) {
                let [d, e, f] = half;
                let value = [*a, *b, *c, d, e, f];
                if !found.contains(&value) {
                    found.push(value);
                }
            }
        }
        state = target;
        found
    };
    let parts: Vec<_> = (0..PARTS).map(&mut part).collect();
    product(&parts, |parts| [join(parts).as_slice(), b"=="].concat())
}

/// Steps of which each changes a state of FNV-1a in 64 bits by as much as it must for the next ones to take it
/// back: short vectors `d` of the lattice in which the sum of all `d[i] · prime^(16 - i)` is 0 modulo 2⁶⁴, found
/// by the LLL algorithm.
const LATTICE: [[i32; 16]; 8] = [
    [-5, 0, 2, -8, 3, 0, 7, 7, 2, -2, -8, -4, -5, -1, 6, 2],
    [-1, 6, -6, 0, -5, -4, 6, 3, 1, 6, -5, -4, -6, 9, 4, 4],
    [3, -2, -6, 4, -2, -5, -7, -8, 10, -4, 4, 1, -2, -3, 7, 4],
    [-2, 5, -6, -8, -2, -5, 5, -1, -1, 14, -4, -6, 1, -3, -2, -3],
    [6, -1, 1, -1, -7, -7, 1, 2, 2, -3, 5, 1, -1, -1, -7, 10],
    [-2, 2, 5, -8, -7, -7, 3, 6, 0, 2, 9, 1, -4, 8, 1, -3],
    [-7, -4, -9, 9, 0, -4, -2, 0, 6, 2, 7, 4, -8, 4, 3, -5],
    [7, 7, -1, -1, 3, 2, -6, -13, 7, 12, -2, 2, -2, 2, -6, 5],
];

/// Digests for all 64 bits of FNV-1a, in two parts of 16 bytes.
fn fnv64_digests(start: &[u8]) -> Vec<Vec<u8>> {
    const ALTERNATIVES: usize = 142;
    let mut state = hashes::fnv64(start);
    let mut part = |_| {
        // Each digit to the base 3 says whether a vector is taken away, left out or added.
        let sums = (0..3i32.pow(LATTICE.len() as u32)).map(|number| {
            let mut sum = [0; 16];
            for (place, vector) in (0..).zip(&LATTICE) {
                let sign = number / 3i32.pow(place) % 3 - 1;
                sum.iter_mut().zip(vector).for_each(|(sum, step)| *sum += sign * step);
            }
            sum
        });
        let found: Vec<Vec<u8>> = sums.filter_map(|steps| fnv64_part(state, &steps)).take(ALTERNATIVES).collect();
        state = found[0].iter().fold(state, fnv64_step);
        found
    };
    product(&[part(0), part(1)], join)
}

/// The bytes that lead from a state to where 16 bytes lead that each make the low byte of the state 128, with
/// another step from each state to the next; `None` where a byte would have to be none.
fn fnv64_part(state: u64, steps: &[i32; 16]) -> Option<Vec<u8>> {
    let (mut plain, mut other) = (state, state);
    let mut bytes = Vec::new();
    for step in steps {
        let low = |state: u64| state as u8;
        let change = 128 - i32::from(low(plain)) + step;
        let low_after = u8::try_from(i32::from(low(other)) + change).ok()?;
        bytes.push(low(other) ^ low_after);
        plain = fnv64_step(plain, &(low(plain) ^ 128));
        other = fnv64_step(other, &(low(other) ^ low_after));
    }
    Some(bytes)
}

fn fnv64_step(state: u64, byte: &u8) -> u64 {
    (state ^ u64::from(*byte)).wrapping_mul(hashes::FNV64_PRIME)
}

/// Printable texts that look random.
pub struct Printable(pub u64);

impl Printable {
    pub fn text(&mut self, length: usize) -> Vec<u8> {
        let mut text = vec![0; length];
        self.fill(&mut text);
        text
    }

    fn fill(&mut self, text: &mut [u8]) {
        for byte in text {
            *byte = std::iter::repeat_with(|| self.next()).find(|byte| is_printable(*byte)).unwrap_or_default();
        }
    }

    fn next(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 57) as u8
    }
}

/// Whether a byte is ASCII that neither is quoted in a table nor taken off as a blank.
fn is_printable(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',')
}
