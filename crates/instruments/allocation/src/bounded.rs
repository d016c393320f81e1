//! Large loops solved to far below a cent, with a bound that is proved for each answer.
//!
//! Of `y·A = eᵢ` with `A = diag(T) − Q` (see `reciprocal`) a near answer `ỹ` is found in floating point
//! and corrected until it is good: iterative refinement (Wilkinson, *Rounding Errors in Algebraic
//! Processes*, 1963) on a factorisation without a single subtraction (Grassmann, Taksar & Heyman,
//! “Regenerative analysis and steady state distributions for Markov chains”, *Operations Research* 33,
//! 1985), which loops that hardly leak do not harm. No property of floating point enters the proof:
//!
//! `ỹ` is kept in whole numbers of a fixed unit and its residual `r = eᵢ − ỹ·A` is reckoned in whole
//! numbers, exactly. What is shared out at server `k` is `yₖ·Rₖ`, where `R` is what each server keeps
//! for outside the loop, so that `A·1 = R`. As `A` is an M-matrix, `A⁻¹ ≥ 0` (Berman & Plemmons, ch. 6),
//! and as `y − ỹ = r·A⁻¹`, the shares' errors together are at most
//! `Σₖ Σⱼ |rⱼ|·(A⁻¹)ⱼₖ·Rₖ = Σⱼ |rⱼ|·(A⁻¹·R)ⱼ = Σⱼ |rⱼ|`: the bound is the residual's own size.

mod guess;

use num_bigint::BigUint;

use crate::exact::Equations;
use crate::wide::Wide;
use guess::Guess;

/// Diagonals have so many bits, so that the products of refinement fit 192.
pub(crate) const WIDTH: u32 = 62;

/// Refinement gains about 45 bits a round; it ends when a round gains less than two, or when an amount of
/// 64 bits is off by less than a millionth of a cent.
const ROUNDS: usize = 20;
const GOOD_BITS: u64 = 88;

/// One row of `A⁻¹`, nearly. All in units of `2^−point`.
pub(crate) struct Near {
    pub row: Vec<i128>,
    /// `Σ |r|`.
    pub error: BigUint,
    pub point: u32,
}

/// Equations whose diagonals have [`WIDTH`] bits, and a way to guess their answers.
pub(crate) struct Refinery<'e> {
    equations: &'e Equations,
    guess: Guess,
}

impl<'e> Refinery<'e> {
    pub fn new(equations: &'e Equations) -> Refinery<'e> {
        Refinery { equations, guess: Guess::new(equations) }
    }

    /// Row `wanted` of the inverse; `None` where it is too large to be guessed.
    pub fn row(&self, wanted: usize) -> Option<Near> {
        let point = self.guess.point(wanted)?;
        let mut row = vec![0; self.equations.rows.len()];
        let mut residual = self.residual(&row, wanted, point);
        let mut error = size_of(&residual);
        for _ in 0..ROUNDS {
            if error.bits() + GOOD_BITS <= u64::from(point) {
                break;
            }
            let correction = self.guess.solve(&residual, point);
            let better: Vec<i128> =
                row.iter().zip(correction).map(|(one, more)| one.saturating_add(more)).collect();
            residual = self.residual(&better, wanted, point);
            let smaller = size_of(&residual);
            if smaller >= error {
                break;
            }
            let little = &smaller * 4_u8 > error;
            (row, error) = (better, smaller);
            if little {
                break;
            }
        }
        Some(Near { row, error, point })
    }

    /// `e − row·A`, exactly.
    fn residual(&self, row: &[i128], wanted: usize, point: u32) -> Vec<Wide> {
        let mut residual = vec![Wide::ZERO; row.len()];
        residual[wanted] = Wide::power_of_two(point);
        for (at, (value, (diagonal, taken))) in row.iter().zip(&self.equations.rows).enumerate() {
            if *value != 0 {
                residual[at].add_product(-value, narrow(*diagonal));
                taken
                    .iter()
                    .for_each(|(column, amount)| residual[*column].add_product(*value, narrow(*amount)));
            }
        }
        residual
    }
}

fn narrow(weight: i128) -> u64 {
    u64::try_from(weight).expect("weights of scaled equations fit 62 bits")
}

fn size_of(residual: &[Wide]) -> BigUint {
    residual.iter().map(|value| value.size()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    /// Twelve services that all serve each other and keep `kept`, with weights of about [`WIDTH`] bits.
    fn equations(seed: i128, kept: i128) -> Equations {
        let size = 12;
        let share = (1_i128 << WIDTH) / 16;
        let rows = (0..size).map(|row| {
            let others = (0..size).filter(|column| *column != row);
            let taken: Vec<(usize, i128)> = others
                .map(|column| (column, share + (row * 7_919 + column * 104_729) as i128 * seed % (share / 2)))
                .collect();
            (taken.iter().map(|(_, amount)| amount).sum::<i128>() + kept, taken)
        });
        Equations { rows: rows.collect() }
    }

    /// Beside the exact solution, in whole numbers: the shares' errors together are within the bound, for
    /// loops that leak a lot and for loops that leak a ten thousand millionth.
    #[test]
    fn the_errors_of_all_shares_together_are_within_the_bound() {
        for (seed, kept) in [(3, 1_i128 << 60), (5, 1 << 50), (1_000_003, 1 << 40), (77, 1 << 29)] {
            let equations = equations(seed, kept);
            let all: Vec<usize> = (0..equations.rows.len()).collect();
            let exact = equations.solve(&all);
            let refinery = Refinery::new(&equations);
            for (wanted, adjugate) in exact.adjugate.iter().enumerate() {
                let near = refinery.row(wanted).unwrap();
                let off: BigInt = (near.row.iter().zip(adjugate))
                    .map(|(near_one, one)| {
                        let off: BigInt = &exact.determinant * *near_one - (one << near.point);
                        BigInt::from(off.magnitude().clone()) * kept
                    })
                    .sum();
                // The error in parts of 2^−point beside the bound, which is in the same.
                assert!(
                    off <= BigInt::from(near.error.clone()) * &exact.determinant,
                    "{seed} {kept} {wanted}"
                );
                assert!(near.error.bits() + 60 < u64::from(near.point), "{seed} {kept}: {}", near.error);
            }
        }
    }
}
