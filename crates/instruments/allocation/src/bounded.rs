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

use crate::exact::Equations;
use crate::factors::Factors;
use crate::wide::Wide;

/// Diagonals have so many bits, so that the products of refinement fit 192.
pub(crate) const WIDTH: u32 = 62;

/// A near answer has at most so many bits.
const ANSWER_BITS: i32 = 112;

/// Refinement gains about 45 bits a round; it ends when a round gains less than two, or here, where an
/// amount of 64 bits is off by less than a millionth of a cent.
const ROUNDS: usize = 20;
const GOOD: f64 = 1.0 / (1_u128 << 88) as f64;

/// One row of `A⁻¹`, nearly.
pub(crate) struct Near {
    /// In units of `2^−point`.
    pub row: Vec<i128>,
    pub point: u32,
    /// No less than `Σ |r|`.
    pub error: f64,
}

/// Equations whose diagonals have [`WIDTH`] bits, factorised.
pub(crate) struct Refinery<'e> {
    equations: &'e Equations,
    diagonals: Vec<f64>,
    factors: Factors,
}

impl<'e> Refinery<'e> {
    pub fn new(equations: &'e Equations) -> Refinery<'e> {
        let diagonals: Vec<f64> = equations.rows.iter().map(|(diagonal, _)| *diagonal as f64).collect();
        let mut factors = Factors::new(equations.rows.len());
        for (row, (diagonal, taken)) in equations.rows.iter().enumerate() {
            let kept = diagonal - taken.iter().map(|(_, amount)| amount).sum::<i128>();
            let shares = taken.iter().map(|(column, amount)| (*column, *amount as f64 / diagonals[row]));
            factors.set(row, kept as f64 / diagonals[row], shares);
        }
        factors.eliminate();
        Refinery { equations, diagonals, factors }
    }

    /// Row `wanted` of the inverse; `None` where floating point cannot hold it.
    pub fn row(&self, wanted: usize) -> Option<Near> {
        let size = self.diagonals.len();
        let mut gross = vec![0.0; size];
        gross[wanted] = 1.0;
        self.factors.solve(&mut gross);
        let largest = gross.iter().copied().fold(1.0, f64::max);
        if !largest.is_finite() || largest > 2_f64.powi(60) {
            return None;
        }
        let point = ANSWER_BITS + i32::try_from(WIDTH).ok()? - 2 - largest.log2().ceil() as i32;
        let unit = 2_f64.powi(point);
        let mut row = vec![0; size];
        self.add(&mut row, &gross, unit);
        let point = u32::try_from(point).ok()?;
        let mut residual = self.residual(&row, wanted, point);
        let mut error = size_of(&residual, unit);
        for _ in 0..ROUNDS {
            if error <= GOOD {
                break;
            }
            let mut correction: Vec<f64> = residual.iter().map(|r| r.to_f64() / unit).collect();
            self.factors.solve(&mut correction);
            let mut better = row.clone();
            self.add(&mut better, &correction, unit);
            residual = self.residual(&better, wanted, point);
            let smaller = size_of(&residual, unit);
            if smaller.is_nan() || smaller >= error {
                break;
            }
            let little = smaller > error / 4.0;
            (row, error) = (better, smaller);
            if little {
                break;
            }
        }
        Some(Near { row, point, error })
    }

    fn add(&self, row: &mut [i128], gross: &[f64], unit: f64) {
        for ((value, gross), diagonal) in row.iter_mut().zip(gross).zip(&self.diagonals) {
            // A float beyond 128 bits becomes the largest number there is, and the residual shows it.
            *value = value.saturating_add((gross / diagonal * unit).round() as i128);
        }
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

/// `Σ |r|`, a little more than it is for the rounding of this sum.
fn size_of(residual: &[Wide], unit: f64) -> f64 {
    residual.iter().map(|value| value.to_f64().abs()).sum::<f64>() / unit * (1.0 + 1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;
    use num_traits::ToPrimitive;

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
                let scale: BigInt = &exact.determinant << near.point;
                let off: BigInt = (near.row.iter().zip(adjugate))
                    .map(|(near_one, one)| {
                        let off: BigInt = &exact.determinant * *near_one - (one << near.point);
                        BigInt::from(off.magnitude().clone()) * kept
                    })
                    .sum();
                // Both in parts of 2^−200.
                let parts: BigInt = (off << 200) / scale;
                let off = parts.to_f64().unwrap() / 2_f64.powi(200);
                assert!(off <= near.error, "{seed} {kept} {wanted}: {off:e} > {:e}", near.error);
                assert!(near.error < 2_f64.powi(-60), "{seed} {kept} {wanted}: {:e}", near.error);
            }
        }
    }
}
