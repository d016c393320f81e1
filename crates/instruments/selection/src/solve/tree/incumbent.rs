//! The best set that is known, and how near it is.

use crate::plan::Set;
use crate::solve::Aim;
use crate::solve::relaxation::Point;
use crate::solve::tree::{Tree, scale};

impl Tree<'_> {
    /// Keeps a set that is allowed, if it is better than the best known.
    pub(super) fn take(&mut self, set: Set) {
        let merit = |set: &Set| self.ask.aim.merit(self.ask.plan, set);
        if self.best.as_ref().is_none_or(|best| merit(&set) > merit(best)) {
            self.best = Some(set);
        }
    }

    /// Looks for a better set around a point of parts: its larger parts, and what fits of its parts one after the other.
    pub(super) fn seek(&mut self, point: &Point) {
        let mut order: Vec<usize> =
            (0..point.parts.len()).filter(|column| point.parts[*column] > 0.0).collect();
        order.sort_by(|a, b| point.parts[*b].total_cmp(&point.parts[*a]).then(a.cmp(b)));
        let mut filled = Set::empty(point.parts.len());
        for column in order {
            let more = filled.moved(None, Some(column));
            if self.ask.plan.rows.iter().all(|row| row.high.is_none_or(|high| row.sum(&more) <= high)) {
                filled = more;
            }
        }
        for set in [filled, point.rounded()] {
            if self.ask.plan.allows(&set) {
                let better = self.improved(&set);
                self.take(better);
            }
        }
    }

    /// The set after exchanges that bring more of the aim.
    fn improved(&mut self, set: &Set) -> Set {
        match self.ask.aim {
            Aim::Worth => self.ask.plan.exchanged(set),
            Aim::Safest => self.ask.plan.safer(set, self.tail, self.pool),
            _ => set.clone(),
        }
    }

    /// Looks for a set that is allowed, one exchange from `set`, and better than the best known.
    pub(super) fn mend(&mut self, set: &Set) {
        if self.ask.aim != Aim::Worth {
            return;
        }
        let plan = self.ask.plan;
        let least = self.best.as_ref().map_or(i128::MIN, |best| plan.worth(best) + 1);
        if let Some(mended) = plan.mended(set, least) {
            self.take(plan.exchanged(&mended));
        }
    }

    /// By what part of the best known set a set of the bound would be better; `None`: there is none to compare with.
    pub(super) fn gap(&self, bound: f64) -> Option<f64> {
        let merit = self.ask.aim.merit(self.ask.plan, self.best.as_ref()?) as f64;
        let over = bound * self.whole_unit() - merit;
        (merit != 0.0).then(|| (over / merit.abs()).max(0.0))
    }

    /// Whether a bound, in the model's unit, is within the gap of the best known set.
    pub(super) fn is_near(&self, bound: f64) -> bool {
        let Some(best) = &self.best else { return false };
        let merit = self.ask.aim.merit(self.ask.plan, best);
        let gap = self.ask.allowance.gap * merit.unsigned_abs() as f64;
        // Every set has a whole number of the aim: one that has more than `merit` has at least one more.
        (bound * self.whole_unit()).floor() <= merit as f64 + gap
    }

    /// The bound, in the model's unit, from which on a set would be better by more than the gap.
    pub(super) fn enough(&self) -> Option<f64> {
        let merit = self.ask.aim.merit(self.ask.plan, self.best.as_ref()?);
        let gap = self.ask.allowance.gap * merit.unsigned_abs() as f64;
        Some((merit as f64 + gap) / self.whole_unit())
    }

    /// What 1 of the model stands for in the whole numbers of [`Aim::merit`].
    fn whole_unit(&self) -> f64 {
        self.relaxation.unit * scale(self.ask, self.tail)
    }
}
