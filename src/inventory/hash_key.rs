//! What keeps the hash of a value from being guessed, so that no input can be made to load slowly.

use std::hash::Hasher;

use foldhash::SharedSeed;
use foldhash::fast::FoldHasher;

/// The seed of one hasher of foldhash, and that which hashers otherwise share. Its words are multiplied with those of
/// a value: of a seed that is known, values can be made whose product is zero whatever the other seed is.
pub(super) struct HashKey {
    own: u64,
    shared: SharedSeed,
}

impl HashKey {
    pub(super) fn new(seed: u64) -> Self {
        Self { own: seed, shared: SharedSeed::from_u64(seed) }
    }

    /// The hash of a text.
    #[inline]
    pub(super) fn hash(&self, text: &[u8]) -> u64 {
        let mut hasher = self.hasher();
        hasher.write(text);
        hasher.finish()
    }

    /// A hasher for what consists of parts.
    fn hasher(&self) -> impl Hasher {
        FoldHasher::with_seed(self.own, &self.shared)
    }
}
