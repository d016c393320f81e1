//! Numbers that look like chance and repeat: a linear congruential generator (Knuth's MMIX
//! constants), seeded by what it is used for.

/// A stream of numbers.
pub(crate) struct Seed(u64);

impl Seed {
    /// The stream of `words` and `number`.
    pub(crate) fn of(words: &str, number: u64) -> Seed {
        let mixed = words.bytes().fold(number.wrapping_add(2_026), |n, byte| {
            n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(u64::from(byte))
        });
        let mut seed = Seed(mixed);
        seed.below(2);
        seed
    }

    /// The next number from 0 to `limit` − 1.
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let high = u32::try_from(self.0 >> 33).expect("31 bits fit 32");
        high % limit
    }
}
