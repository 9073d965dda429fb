//! Hashes without a key, as they are common: whoever knows them can look for values that collide.

/// The state of Java's `String.hashCode`, of bytes that are ASCII.
pub fn java(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |state: u32, byte| state.wrapping_mul(31).wrapping_add(u32::from(*byte)))
}

pub fn djb2(bytes: &[u8]) -> u32 {
    bytes.iter().fold(5381, |state: u32, byte| state.wrapping_mul(33).wrapping_add(u32::from(*byte)))
}

/// FNV-1a in 32 bits.
pub fn fnv32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |state: u32, byte| (state ^ u32::from(*byte)).wrapping_mul(FNV32_PRIME))
}

pub const FNV32_PRIME: u32 = 0x0100_0193;

/// FNV-1a in 64 bits.
pub fn fnv64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |state: u64, byte| (state ^ u64::from(*byte)).wrapping_mul(FNV64_PRIME))
}

pub const FNV64_PRIME: u64 = 0x0100_0000_01b3;

/// A hash that takes word by word, as a function from state and word to state.
pub trait ByWord {
    /// Bytes of a word, and of the state.
    const WIDTH: usize;
    const START: u64;
    fn step(state: u64, word: u64) -> u64;
    /// The word that leads from a state to another.
    fn solve(state: u64, target: u64) -> u64;
}

/// The state after bytes that are whole words.
pub fn by_word<H: ByWord>(bytes: &[u8]) -> u64 {
    bytes.chunks(H::WIDTH).map(word).fold(H::START, H::step)
}

/// Bytes as a word, the lowest first.
pub fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// rustc's FxHash on machines of 64 bits.
pub struct Fx64;

impl ByWord for Fx64 {
    const WIDTH: usize = 8;
    const START: u64 = 0;

    fn step(state: u64, word: u64) -> u64 {
        (state.rotate_left(5) ^ word).wrapping_mul(Self::FACTOR)
    }

    fn solve(state: u64, target: u64) -> u64 {
        target.wrapping_mul(inverse(Self::FACTOR)) ^ state.rotate_left(5)
    }
}

impl Fx64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
}

/// rustc's FxHash on machines of 32 bits, such as WebAssembly.
pub struct Fx32;

impl ByWord for Fx32 {
    const WIDTH: usize = 4;
    const START: u64 = 0;

    fn step(state: u64, word: u64) -> u64 {
        ((state as u32).rotate_left(5) ^ word as u32).wrapping_mul(Self::FACTOR).into()
    }

    fn solve(state: u64, target: u64) -> u64 {
        ((target as u32).wrapping_mul(inverse32(Self::FACTOR)) ^ (state as u32).rotate_left(5)).into()
    }
}

impl Fx32 {
    const FACTOR: u32 = 0x9e37_79b9;
}

/// MurmurHash3_x86_32 of seed 0, before it is finished by the length, which makes no difference here.
pub struct Murmur32;

impl ByWord for Murmur32 {
    const WIDTH: usize = 4;
    const START: u64 = 0;

    fn step(state: u64, word: u64) -> u64 {
        let word = (word as u32).wrapping_mul(Self::FIRST).rotate_left(15).wrapping_mul(Self::SECOND);
        (state as u32 ^ word).rotate_left(13).wrapping_mul(5).wrapping_add(Self::ADDED).into()
    }

    fn solve(state: u64, target: u64) -> u64 {
        let mixed = (target as u32).wrapping_sub(Self::ADDED).wrapping_mul(inverse32(5)).rotate_right(13);
        let word = (mixed ^ state as u32).wrapping_mul(inverse32(Self::SECOND)).rotate_right(15);
        word.wrapping_mul(inverse32(Self::FIRST)).into()
    }
}

impl Murmur32 {
    const FIRST: u32 = 0xcc9e_2d51;
    const SECOND: u32 = 0x1b87_3593;
    const ADDED: u32 = 0xe654_6b64;
}

/// MurmurHash3_x86_32 of seed 0, of whole words.
pub fn murmur32(bytes: &[u8]) -> u32 {
    let mut state = by_word::<Murmur32>(bytes) as u32 ^ bytes.len() as u32;
    state = (state ^ state >> 16).wrapping_mul(0x85eb_ca6b);
    state = (state ^ state >> 13).wrapping_mul(0xc2b2_ae35);
    state ^ state >> 16
}

/// One of the four lanes of xxHash64.
pub struct XxLane;

impl ByWord for XxLane {
    const WIDTH: usize = 8;
    const START: u64 = 0;

    fn step(state: u64, word: u64) -> u64 {
        state.wrapping_add(word.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0])
    }

    fn solve(state: u64, target: u64) -> u64 {
        let sum = target.wrapping_mul(inverse(PRIMES[0])).rotate_right(31);
        sum.wrapping_sub(state).wrapping_mul(inverse(PRIMES[1]))
    }
}

/// What the lanes of xxHash64 begin with, under seed 0.
pub const XX_LANES: [u64; 4] = [PRIMES[0].wrapping_add(PRIMES[1]), PRIMES[1], 0, PRIMES[0].wrapping_neg()];

const PRIMES: [u64; 5] =
    [0x9e37_79b1_85eb_ca87, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x85eb_ca77_c2b2_ae63, 0x27d4_eb2f_1656_67c5];

/// xxHash64 of seed 0, of 32 bytes or more.
pub fn xx64(bytes: &[u8]) -> u64 {
    let (stripes, mut rest) = bytes.split_at(bytes.len() / 32 * 32);
    let mut lanes = XX_LANES;
    for (place, bytes) in stripes.chunks(8).enumerate() {
        lanes[place % 4] = XxLane::step(lanes[place % 4], word(bytes));
    }
    let turned = [1, 7, 12, 18].iter().zip(lanes).map(|(by, lane)| lane.rotate_left(*by));
    let mut state = turned.fold(0, u64::wrapping_add);
    for lane in lanes {
        state = (state ^ XxLane::step(0, lane)).wrapping_mul(PRIMES[0]).wrapping_add(PRIMES[3]);
    }
    state = state.wrapping_add(bytes.len() as u64);
    while let Some((first, others)) = rest.split_at_checked(8) {
        state ^= XxLane::step(0, word(first));
        state = state.rotate_left(27).wrapping_mul(PRIMES[0]).wrapping_add(PRIMES[3]);
        rest = others;
    }
    if let Some((first, others)) = rest.split_at_checked(4) {
        state ^= word(first).wrapping_mul(PRIMES[0]);
        state = state.rotate_left(23).wrapping_mul(PRIMES[1]).wrapping_add(PRIMES[2]);
        rest = others;
    }
    for byte in rest {
        state ^= u64::from(*byte).wrapping_mul(PRIMES[4]);
        state = state.rotate_left(11).wrapping_mul(PRIMES[0]);
    }
    state = (state ^ state >> 33).wrapping_mul(PRIMES[1]);
    state = (state ^ state >> 29).wrapping_mul(PRIMES[2]);
    state ^ state >> 32
}

/// What an odd number must be multiplied by to give 1.
pub fn inverse(odd: u64) -> u64 {
    // Each step doubles how many of the low bits are right: 3, 6, 12, 24, 48, 96.
    (0..5).fold(odd, |inverse, _| inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse))))
}

pub fn inverse32(odd: u32) -> u32 {
    inverse(odd.into()) as u32
}

/// That the hashes here are those that go by their names: known answers.
pub fn check() {
    assert_eq!(java(b"Aa"), 2_112);
    assert_eq!(djb2(b"a"), 177_670);
    assert_eq!(fnv32(b"a"), 0xe40c_292c);
    assert_eq!(fnv64(b"a"), 0xaf63_dc4c_8601_ec8c);
    assert_eq!(murmur32(b"test"), 0xba6b_d213);
    assert_eq!(xx64(b"Nobody inspects the spammish repetition"), 0xfbce_a83c_8a37_8bf1);
}
