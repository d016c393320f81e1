//! The random numbers of a block.

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

/// xoshiro256++ (D. Blackman, S. Vigna 2019) for one block of trials. Its 256 bits of state are four outputs of
/// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood 2014) started from the mixed seed and block, so that no block
/// needs to know another; that two of 2³² blocks overlap has a chance below 2⁻¹⁵⁰.
pub(crate) fn stream(seed: u64, block: u64) -> Xoshiro256PlusPlus {
    let mut state = mixed(seed).wrapping_add(mixed(block ^ 0xA5A5_A5A5_A5A5_A5A5).rotate_left(32));
    let mut bytes = [0; 32];
    for part in bytes.chunks_exact_mut(8) {
        state = state.wrapping_add(GOLDEN);
        part.copy_from_slice(&mixed(state).to_le_bytes());
    }
    Xoshiro256PlusPlus::from_seed(bytes)
}

/// 2⁶⁴ ÷ the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// SplitMix64's finaliser: a bijection that spreads every bit.
const fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;

    #[test]
    fn every_block_and_every_seed_has_numbers_of_its_own() {
        let mut firsts: Vec<u64> = Vec::new();
        for seed in 0..100 {
            firsts.extend((0..1_000).map(|block| stream(seed, block).next_u64()));
        }
        firsts.sort_unstable();
        firsts.dedup();
        assert_eq!(firsts.len(), 100_000);
    }
}
