//! Harrell's concordance (1982, JAMA 247, 2543–2546): of all pairs of which one is known to have left first, in how many
//! was that one judged riskier.

use super::sample::Sample;

/// Pairs, and the part of them judged rightly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Concordance {
    /// Who left first was judged riskier.
    pub concordant: u64,
    /// Who left first was judged less risky.
    pub discordant: u64,
    /// Both were judged alike: half right.
    pub tied: u64,
    /// (concordant + tied ÷ 2) ÷ all; 0.5 is chance. `None` without a pair to judge.
    pub index: Option<f64>,
}

/// `risks` of the subjects of `sample`. Two who left at the same time are no pair; who was last seen when another left
/// stayed longer.
pub(super) fn concordance(sample: &Sample, risks: &[f64]) -> Concordance {
    let ranks = ranks(risks);
    let mut later = Counts::new(ranks.iter().max().map_or(0, |rank| rank + 1));
    let (mut concordant, mut discordant, mut tied) = (0, 0, 0);
    for block in sample.blocks() {
        let (left, stayed): (Vec<usize>, Vec<usize>) = block.partition(|one| sample.left[*one]);
        stayed.iter().for_each(|one| later.add(ranks[*one]));
        for one in &left {
            let (below, up_to) = (later.below(ranks[*one]), later.below(ranks[*one] + 1));
            concordant += below;
            tied += up_to - below;
            discordant += later.all - up_to;
        }
        left.iter().for_each(|one| later.add(ranks[*one]));
    }
    let pairs = concordant + discordant + tied;
    let index = (pairs > 0).then(|| (concordant as f64 + tied as f64 / 2.0) / pairs as f64);
    Concordance { concordant, discordant, tied, index }
}

/// From the lowest risk up, equal risks alike.
fn ranks(risks: &[f64]) -> Vec<usize> {
    let mut distinct = risks.to_vec();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup_by(|one, other| one.total_cmp(other).is_eq());
    risks.iter().map(|risk| distinct.partition_point(|other| other.total_cmp(risk).is_lt())).collect()
}

/// How many of each rank, with sums over ranks at logarithmic cost (Fenwick 1994).
struct Counts {
    tree: Vec<u64>,
    all: u64,
}

impl Counts {
    fn new(ranks: usize) -> Counts {
        Counts { tree: vec![0; ranks + 1], all: 0 }
    }

    fn add(&mut self, rank: usize) {
        self.all += 1;
        let mut at = rank + 1;
        while at < self.tree.len() {
            self.tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }

    /// How many have a rank below `rank`.
    fn below(&self, rank: usize) -> u64 {
        let (mut at, mut sum) = (rank, 0);
        while at > 0 {
            sum += self.tree[at];
            at &= at - 1;
        }
        sum
    }
}
