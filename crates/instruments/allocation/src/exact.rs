//! Integer equations solved exactly.
//!
//! A layer of services that serve each other leads to `y·A = det·eᵢ` with an integer matrix of the
//! kind called M-matrix (diagonal at least the sum of what the row takes away; Berman & Plemmons,
//! *Nonnegative Matrices in the Mathematical Sciences*, ch. 6): its determinant is above zero and
//! its cofactors are not below zero. So both are found modulo as many 31-bit primes as their size
//! needs, and put together by the Chinese remainder theorem (Garner's mixed radix; Knuth, *TAOCP*
//! vol. 2, 4.3.2). That is exact, needs no fractions on the way, and stays quick for 200 equations.

use num_bigint::BigInt;

/// An M-matrix of integers: per row its diagonal and what is taken away in which column.
pub(crate) struct Equations {
    /// `(diagonal, [(column, taken away)])`, all numbers above zero.
    pub rows: Vec<(i128, Vec<(usize, i128)>)>,
}

/// The determinant and the rows of the adjugate that were asked for.
pub(crate) struct Solution {
    pub determinant: BigInt,
    pub adjugate: Vec<Vec<BigInt>>,
}

impl Equations {
    /// Solves for the adjugate's rows `wanted`. The matrix must not be singular.
    pub fn solve(&self, wanted: &[usize]) -> Solution {
        let size = self.rows.len();
        let mut primes: Vec<u64> = Vec::new();
        let mut residues: Vec<Vec<u64>> = Vec::new();
        let mut bits = 0;
        for prime in descending_primes() {
            if bits > self.bound_bits() {
                break;
            }
            if let Some(found) = self.solve_modulo(&Modulus::new(prime), wanted) {
                primes.push(prime);
                residues.push(found);
                bits += 30;
            }
        }
        let whole = Radix::new(&primes);
        let mut numbers = (0..=wanted.len() * size).map(|place| {
            let digits: Vec<u64> = residues.iter().map(|found| found[place]).collect();
            whole.join(&digits)
        });
        let determinant = numbers.next().expect("the determinant is the first number");
        let flat: Vec<BigInt> = numbers.collect();
        Solution { determinant, adjugate: flat.chunks(size).map(<[BigInt]>::to_vec).collect() }
    }

    /// No minor has more bits: it is at most the product of the rows' sums of magnitudes.
    fn bound_bits(&self) -> u32 {
        self.rows.iter().map(|(diagonal, _)| 128 - diagonal.leading_zeros() + 1).sum()
    }

    /// Determinant, then the wanted rows of the adjugate; `None` where `prime` divides the determinant.
    fn solve_modulo(&self, modulus: &Modulus, wanted: &[usize]) -> Option<Vec<u64>> {
        let mut table = self.transposed(modulus, wanted);
        let size = self.rows.len();
        let mut determinant = 1;
        for column in 0..size {
            let pivot = (column..size).find(|row| table[*row][column] != 0)?;
            if pivot != column {
                table.swap(pivot, column);
                determinant = modulus.minus(0, determinant);
            }
            determinant = modulus.times(determinant, table[column][column]);
            let inverse = modulus.inverse(table[column][column]);
            let mut lead = std::mem::take(&mut table[column]);
            lead[column..].iter_mut().for_each(|value| *value = modulus.times(*value, inverse));
            for row in &mut table {
                let factor = row.get(column).copied().unwrap_or(0);
                if factor != 0 {
                    for (value, of_lead) in row[column..].iter_mut().zip(&lead[column..]) {
                        *value = modulus.minus(*value, modulus.times(factor, *of_lead));
                    }
                }
            }
            table[column] = lead;
        }
        let mut found = vec![determinant];
        for number in 0..wanted.len() {
            found.extend(table.iter().map(|row| modulus.times(determinant, row[size + number])));
        }
        Some(found)
    }

    /// `[Aᵀ | eᵢ …]` modulo the prime.
    fn transposed(&self, modulus: &Modulus, wanted: &[usize]) -> Vec<Vec<u64>> {
        let size = self.rows.len();
        let mut table = vec![vec![0; size + wanted.len()]; size];
        for (row, (diagonal, taken)) in self.rows.iter().enumerate() {
            table[row][row] = modulus.of(*diagonal);
            for (column, amount) in taken {
                table[*column][row] = modulus.minus(0, modulus.of(*amount));
            }
        }
        for (number, row) in wanted.iter().enumerate() {
            table[*row][size + number] = 1;
        }
        table
    }
}

/// Arithmetic modulo a prime below 2³¹, by Barrett's reduction.
struct Modulus {
    prime: u64,
    reciprocal: u64,
}

impl Modulus {
    fn new(prime: u64) -> Modulus {
        Modulus { prime, reciprocal: u64::MAX / prime }
    }

    fn of(&self, number: i128) -> u64 {
        u64::try_from(number.rem_euclid(i128::from(self.prime))).expect("a remainder is below the prime")
    }

    fn times(&self, a: u64, b: u64) -> u64 {
        let product = a * b;
        let estimate = u64::try_from((u128::from(product) * u128::from(self.reciprocal)) >> 64)
            .expect("the upper half of 128 bits");
        let rest = product - estimate * self.prime;
        if rest >= self.prime { rest - self.prime } else { rest }
    }

    fn minus(&self, a: u64, b: u64) -> u64 {
        if a >= b { a - b } else { a + self.prime - b }
    }

    fn power(&self, base: u64, mut exponent: u64) -> u64 {
        let (mut result, mut base) = (1, base);
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = self.times(result, base);
            }
            base = self.times(base, base);
            exponent >>= 1;
        }
        result
    }

    /// Fermat: `a^(p − 2)`.
    fn inverse(&self, a: u64) -> u64 {
        self.power(a, self.prime - 2)
    }
}

/// Primes from just below 2³¹ down.
fn descending_primes() -> impl Iterator<Item = u64> {
    (1_u64 << 30..1 << 31).rev().filter(|number| is_prime(*number))
}

/// Miller–Rabin with bases 2, 3, 5, 7: certain below 3,215,031,751 (Pomerance, Selfridge & Wagstaff 1980).
fn is_prime(number: u64) -> bool {
    if number.is_multiple_of(2) {
        return false;
    }
    let modulus = Modulus::new(number);
    let twos = (number - 1).trailing_zeros();
    [2, 3, 5, 7].iter().all(|base| {
        let mut power = modulus.power(*base, (number - 1) >> twos);
        let first = power == 1 || power == number - 1;
        first
            || (1..twos).any(|_| {
                power = modulus.times(power, power);
                power == number - 1
            })
    })
}

/// Numbers put together from their remainders.
struct Radix {
    moduli: Vec<Modulus>,
    /// Per prime, the inverse of the product of the primes before it.
    inverses: Vec<u64>,
}

impl Radix {
    fn new(primes: &[u64]) -> Radix {
        let moduli: Vec<Modulus> = primes.iter().map(|prime| Modulus::new(*prime)).collect();
        let before = |place: usize| {
            let modulus = &moduli[place];
            primes[..place].iter().fold(1, |product, prime| modulus.times(product, prime % modulus.prime))
        };
        let inverses = (0..primes.len()).map(|place| moduli[place].inverse(before(place))).collect();
        Radix { moduli, inverses }
    }

    /// The number, not below zero, that leaves these remainders.
    fn join(&self, remainders: &[u64]) -> BigInt {
        let mut digits: Vec<u64> = Vec::with_capacity(remainders.len());
        for (place, remainder) in remainders.iter().enumerate() {
            let modulus = &self.moduli[place];
            let so_far = (digits.iter().zip(&self.moduli).rev()).fold(0, |value, (digit, of)| {
                let scaled = modulus.times(value, of.prime % modulus.prime) + digit % modulus.prime;
                if scaled >= modulus.prime { scaled - modulus.prime } else { scaled }
            });
            digits.push(modulus.times(modulus.minus(*remainder, so_far), self.inverses[place]));
        }
        let used = digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1);
        (digits[..used].iter().zip(&self.moduli).rev())
            .fold(BigInt::ZERO, |value, (digit, modulus)| value * modulus.prime + digit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// det [[5, −1], [−2, 10]] = 48; its adjugate is [[10, 1], [2, 5]].
    #[test]
    fn a_two_by_two_matrix_has_the_adjugate_of_the_schoolbook() {
        let equations = Equations { rows: vec![(5, vec![(1, 1)]), (10, vec![(0, 2)])] };
        let solution = equations.solve(&[0, 1]);
        assert_eq!(solution.determinant, BigInt::from(48));
        let expected = [[10, 1], [2, 5]].map(|row| row.map(BigInt::from).to_vec());
        assert_eq!(solution.adjugate, expected);
    }

    /// adj(A)·A = det(A)·I, checked in whole numbers far beyond 128 bits.
    #[test]
    fn adjugate_times_matrix_is_the_determinant_on_the_diagonal() {
        let size = 12;
        let rows: Vec<(i128, Vec<(usize, i128)>)> = (0..size)
            .map(|row| {
                let taken: Vec<(usize, i128)> = (0..size)
                    .filter(|column| *column != row)
                    .map(|column| {
                        (column, 1 + i128::try_from((row * 7919 + column * 104_729) % 999_983).unwrap())
                    })
                    .collect();
                (taken.iter().map(|(_, amount)| amount).sum::<i128>() + 1, taken)
            })
            .collect();
        let all: Vec<usize> = (0..size).collect();
        let solution = Equations { rows: rows.clone() }.solve(&all);
        assert!(solution.determinant.bits() > 200);
        for (i, adjugate) in solution.adjugate.iter().enumerate() {
            let mut product: Vec<BigInt> =
                (0..size).map(|column| &adjugate[column] * BigInt::from(rows[column].0)).collect();
            for (row, (_, taken)) in rows.iter().enumerate() {
                for (column, amount) in taken {
                    product[*column] -= &adjugate[row] * BigInt::from(*amount);
                }
            }
            for (j, value) in product.into_iter().enumerate() {
                assert_eq!(value, if i == j { solution.determinant.clone() } else { BigInt::ZERO });
            }
        }
    }

    #[test]
    fn the_largest_primes_below_two_to_the_31_are_the_known_ones() {
        let first: Vec<u64> = descending_primes().take(4).collect();
        assert_eq!(first, [2_147_483_647, 2_147_483_629, 2_147_483_587, 2_147_483_579]);
    }
}
