//! Where a budget stands: the answer under the question, and the figures on top.

use kernel::listing::Value;
use kernel::{Decimal, Money};
use parts::{Fact, Figure, Markup, Operand, facts, html};

use super::budget_table::Looked;
use super::variances::judged;

impl Looked {
    pub(super) fn answer(&self) -> Markup {
        let (plan, actual) = (self.sum("cost", "year_budget"), self.sum("cost", "year_actual"));
        let over = actual.minor() - plan.minor();
        // The words say which way: then the figure needs no sign, and stands as the facts below have it.
        let size = Money::of_minor(over.abs(), plan.currency()).spoken();
        let difference = self.difference("cost", "year").spoken().saying(size);
        html! {
            (self.listing.caption) ". Cost of the year to date is "
            @match over.signum() {
                0 => "exactly as planned.",
                1 => { (difference) " over plan, adverse." },
                _ => { (difference) " under plan, favourable." },
            }
        }
    }

    /// Actual less budget of a kind: what the rows themselves say, added up.
    pub(super) fn difference(&self, kind: &str, span: &str) -> Figure {
        let column = format!("{span}_variance");
        let word = match (self.sum(kind, &column).minor().signum(), kind) {
            (0, _) => "",
            (1, "cost") | (-1, "income") => "adverse",
            _ => "favourable",
        };
        Figure::sum(self.sum(kind, &column), &column, format!("{}&kind={kind}", self.at()))
            .judged(judged(word))
    }

    /// By how much the year's cost differs so far, and the rows that say it.
    pub(super) fn cost_variance(&self) -> (Money, String) {
        (self.sum("cost", "year_variance"), format!("{}&kind=cost", self.at()))
    }

    pub(super) fn facts(&self) -> Markup {
        let at = format!("{}&kind=cost", self.at());
        let (plan, actual) = (self.sum("cost", "year_budget"), self.sum("cost", "year_actual"));
        let change = Operand::sum(self.sum("cost", "year_variance"), "year_variance", at.clone());
        let share = Decimal::from(actual.minor() - plan.minor()).checked_div(Decimal::from(plan.minor()));
        let share = share.map_or(Value::Unknown, Value::Decimal);
        let ratio =
            Figure::ratio(share, change, Operand::sum(plan, "year_budget", at.clone()), at.clone()).signed();
        let word = match actual.minor() - plan.minor() {
            0 => "as planned",
            1.. => "adverse",
            _ => "favourable",
        };
        facts(&[
            Fact::new(
                "Plan, year to date",
                Figure::sum(plan, "year_budget", at).spoken().scale(parts::Scale::Whole),
            ),
            Fact::new(
                "Actual, year to date",
                Figure::sum(actual, "amount", self.lines("cost", false)).spoken().scale(parts::Scale::Whole),
            ),
            Fact::new("Difference", self.difference("cost", "year").spoken().scale(parts::Scale::Whole))
                .note(html! { (ratio) ", " (word) }),
            Fact::new(
                format!("Difference, {}", self.period.label()),
                self.difference("cost", "month").spoken().scale(parts::Scale::Whole),
            ),
        ])
    }
}
