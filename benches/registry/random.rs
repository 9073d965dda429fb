//! Numbers that look random and are the same on every machine.

/// The generator SplitMix64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// From 0, below 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A whole number from 0, below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.share() * n as f64) as usize
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }
}

/// A number's hash; different numbers have different ones.
pub(crate) fn mix(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// 64 hex digits that belong to a number, others for each number.
pub(crate) fn hex64(n: u64) -> String {
    (0..4).map(|word| format!("{:016x}", mix(mix(n) ^ word))).collect()
}

/// `length` letters and digits that belong to a number.
pub(crate) fn letters(n: u64, length: u64) -> String {
    let letter = |place| char::from_digit((mix(mix(n) ^ place) % 36) as u32, 36).unwrap_or('0');
    (0..length).map(letter).collect()
}
