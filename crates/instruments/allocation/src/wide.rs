//! Whole numbers of 192 bits: sums of products of 128 and 64.

use num_bigint::BigUint;

/// Two's complement, lowest limb first. Sums beyond 191 bits wrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wide([u64; 3]);

impl Wide {
    pub const ZERO: Wide = Wide([0; 3]);

    /// `2^exponent`, with an exponent below 191.
    pub fn power_of_two(exponent: u32) -> Wide {
        let mut limbs = [0; 3];
        limbs[(exponent / 64) as usize] = 1 << (exponent % 64);
        Wide(limbs)
    }

    /// Adds `value × weight`.
    pub fn add_product(&mut self, value: i128, weight: u64) {
        let magnitude = value.unsigned_abs();
        let low = u128::from(lower(magnitude)) * u128::from(weight);
        let high = u128::from(upper(magnitude)) * u128::from(weight) + u128::from(upper(low));
        let product = [lower(low), lower(high), upper(high)];
        if value < 0 { self.subtract(product) } else { self.add(product) }
    }

    fn add(&mut self, other: [u64; 3]) {
        let mut carry = false;
        for (limb, other) in self.0.iter_mut().zip(other) {
            let (sum, first) = limb.overflowing_add(other);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            (*limb, carry) = (sum, first || second);
        }
    }

    fn subtract(&mut self, other: [u64; 3]) {
        let mut borrow = false;
        for (limb, other) in self.0.iter_mut().zip(other) {
            let (rest, first) = limb.overflowing_sub(other);
            let (rest, second) = rest.overflowing_sub(u64::from(borrow));
            (*limb, borrow) = (rest, first || second);
        }
    }

    /// Whether it is below zero, and its magnitude, lowest limb first.
    pub fn magnitude(self) -> (bool, [u64; 3]) {
        if self.0[2] >> 63 == 0 {
            return (false, self.0);
        }
        let mut positive = Wide::ZERO;
        positive.subtract(self.0);
        (true, positive.0)
    }

    /// Its magnitude as a whole number of any size.
    pub fn size(self) -> BigUint {
        let (_, [low, middle, high]) = self.magnitude();
        (BigUint::from(high) << 128) + (BigUint::from(middle) << 64) + low
    }
}

/// The lower 64 bits.
const fn lower(number: u128) -> u64 {
    (number & u64::MAX as u128) as u64
}

/// The upper 64 bits.
const fn upper(number: u128) -> u64 {
    (number >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    fn big(wide: Wide) -> BigInt {
        let [low, middle, high] = wide.0;
        (BigInt::from(high.cast_signed()) << 128) + (BigInt::from(middle) << 64) + low
    }

    #[test]
    fn sums_of_products_are_those_of_whole_numbers_of_any_size() {
        let mut sum = Wide::power_of_two(171);
        let mut expected = BigInt::from(1) << 171;
        let mut value: i128 = 0x0123_4567_89ab_cdef_0123_4567_89ab;
        for step in 1..200_u64 {
            let weight = u64::MAX / 4 / step;
            sum.add_product(value, weight);
            expected += BigInt::from(value) * weight;
            assert_eq!(big(sum), expected);
            assert_eq!(&sum.size(), expected.magnitude());
            value = -value - i128::from(step) * 0x1_0000_0000_0000_0001;
        }
    }
}
