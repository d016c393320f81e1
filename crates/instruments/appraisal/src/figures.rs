//! The figures of a case, as finance reads them.

use crate::payback::{Payback, discounted, payback};
use crate::{Case, Discounting, End, Error, Irr, Rows, Side, Timing, irr, mirr};

/// Lines are varied by a fifth to each side.
pub const SWING: f64 = 0.2;
/// Delays that are always shown, in months.
const DELAYS: [f64; 3] = [3.0, 6.0, 12.0];

/// What a case is worth. Amounts are in the unit of the case; ratios and rates are fractions.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Net amount of each period.
    pub net: Vec<f64>,
    /// Net present value at each timing, in the order of [`Timing::ALL`].
    pub npv: [f64; 3],
    /// Yearly internal rate of return, or why there is none.
    pub irr: Irr,
    /// Yearly modified rate of return; none without an outflow and an inflow.
    pub mirr: Option<f64>,
    /// Payback; none within the horizon.
    pub payback: Option<Payback>,
    /// Payback of present values.
    pub discounted_payback: Option<Payback>,
    /// Profitability index: PV(benefit − running) ÷ PV(capital); none without capital.
    pub profitability: Option<f64>,
    /// (benefit − cost) ÷ cost, undiscounted; none without cost.
    pub roi: Option<f64>,
    /// The same of present values.
    pub discounted_roi: Option<f64>,
    /// Capital and running over the horizon, as a positive cost.
    pub tco: f64,
    /// The present value of that.
    pub discounted_tco: f64,
    /// What an intangible benefit has to be worth in every year for the NPV to be nought: |NPV| ÷ annuity
    /// factor ÷ years in a period. Only where the NPV is below 0.
    pub break_even: Option<f64>,
}

impl Rows {
    /// The figures.
    ///
    /// # Errors
    /// [`Error::NotFinite`] where amounts grew beyond what a number can hold.
    pub fn figures(&self, reinvest: Option<f64>) -> Result<Figures, Error> {
        let (discounting, net) = (self.discounting, self.net());
        discounting.npv(&net)?;
        let cost = |rows: &dyn Fn(Side) -> f64| -(rows(Side::Capital) + rows(Side::Running));
        let plain = |side: Side| self.of(side).iter().sum::<f64>();
        let present = |side: Side| discounting.worth(&self.of(side));
        let ratio = |above: f64, below: f64| (below > 0.0).then(|| above / below);
        let return_on = |benefit: f64, cost: f64| ratio(benefit - cost, cost);
        let (tco, discounted_tco) = (cost(&plain), cost(&present));
        Ok(Figures {
            npv: Timing::ALL.map(|timing| discounting.at(timing).worth(&net)),
            irr: irr(&net)?.per_year(discounting.months),
            mirr: yearly_mirr(discounting, &net, reinvest),
            payback: payback(discounting, &net),
            discounted_payback: payback(discounting, &discounted(discounting, &net)),
            profitability: ratio(present(Side::Benefit) + present(Side::Running), -present(Side::Capital)),
            roi: return_on(plain(Side::Benefit), tco),
            discounted_roi: return_on(present(Side::Benefit), discounted_tco),
            tco,
            discounted_tco,
            break_even: break_even(discounting, &net),
            net,
        })
    }
}

fn yearly_mirr(discounting: Discounting, net: &[f64], reinvest: Option<f64>) -> Option<f64> {
    let years = discounting.period_years();
    let per_period = |rate: f64| crate::discount::growth(rate, years) - 1.0;
    let (finance, reinvest) = (discounting.rate, reinvest.unwrap_or(discounting.rate));
    if discounting.months == 12 {
        return mirr(net, finance, reinvest).ok();
    }
    let rate = mirr(net, per_period(finance), per_period(reinvest)).ok()?;
    Some(crate::discount::growth(rate, 1.0 / years) - 1.0)
}

fn break_even(discounting: Discounting, net: &[f64]) -> Option<f64> {
    let npv = discounting.worth(net);
    let per_year = || -npv / (discounting.annuity_factor(net.len()) * discounting.period_years());
    (npv < 0.0).then(per_year)
}

/// The NPV with one line a fifth smaller and a fifth larger.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Key of the line.
    pub key: String,
    /// NPV with the line's amounts × 0.8.
    pub smaller: f64,
    /// NPV with the line's amounts × 1.2.
    pub larger: f64,
}

impl Rows {
    /// The tornado: one bar per line, the widest first, ties by key.
    pub fn tornado(&self) -> Vec<Bar> {
        let bar = |(index, row): (usize, &crate::Row)| Bar {
            key: row.key.clone(),
            smaller: self.with_line_times(index, 1.0 - SWING).npv(),
            larger: self.with_line_times(index, 1.0 + SWING).npv(),
        };
        let mut bars: Vec<Bar> = self.rows.iter().enumerate().map(bar).collect();
        let width = |bar: &Bar| (bar.larger - bar.smaller).abs();
        bars.sort_by(|a, b| width(b).total_cmp(&width(a)).then_with(|| a.key.cmp(&b.key)));
        bars
    }
}

/// A launch so many months late, both ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Late {
    /// Months.
    pub months: f64,
    /// NPV if the end date stays.
    pub end_fixed: f64,
    /// NPV with the same years of benefit.
    pub same_years: f64,
}

/// The worth at a later decision.
#[derive(Clone, Debug, PartialEq)]
pub struct ToGo {
    /// Months after the start of the case.
    pub months: f64,
    /// The period that begins then, counted from 0; none where that day is within one, or after all of them.
    pub period: Option<usize>,
    /// NPV to go, sunk cost left out, in amounts of that day.
    pub npv_to_go: f64,
    /// NPV since start, in amounts of the start.
    pub npv_since_start: f64,
}

/// What a scenario is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Key of the scenario.
    pub key: String,
    /// Its chance.
    pub weight: Option<f64>,
    /// Its NPV.
    pub npv: f64,
}

impl Case {
    /// The figures with every number at its most likely value.
    ///
    /// # Errors
    /// [`Error::NotFinite`].
    pub fn figures(&self) -> Result<Figures, Error> {
        self.rows().figures(self.reinvest)
    }

    /// The case 3, 6 and 12 months late, and by the most likely delay it names.
    pub fn late(&self) -> Vec<Late> {
        let rows = self.rows();
        let named = self.delay.map(|delay| delay.months.likely());
        let mut months: Vec<f64> = DELAYS.into_iter().chain(named).filter(|months| *months > 0.0).collect();
        months.sort_by(f64::total_cmp);
        months.dedup();
        let late = |months: f64| Late {
            months,
            end_fixed: rows.delayed(months, End::Fixed).npv(),
            same_years: rows.delayed(months, End::Moves).npv(),
        };
        months.into_iter().map(late).collect()
    }

    /// The worth at the start of every period after the first, and so many months after the start of the case.
    pub fn to_go(&self, months: &[f64]) -> Vec<ToGo> {
        let rows = self.rows();
        let npv_since_start = rows.npv();
        let in_period = f64::from(self.discounting.months);
        let starts: Vec<f64> = (1..rows.periods).map(|period| period as f64 * in_period).collect();
        let mut moments = [&starts, months].concat();
        moments.sort_by(f64::total_cmp);
        moments.dedup();
        let at = |months: f64| ToGo {
            months,
            period: starts.iter().position(|start| start.total_cmp(&months).is_eq()).map(|at| at + 1),
            npv_to_go: rows.npv_to_go(months),
            npv_since_start,
        };
        moments.into_iter().map(at).collect()
    }

    /// Each scenario's NPV at its most likely values, with the delay it names.
    ///
    /// # Errors
    /// [`Error::Case`] where a scenario contradicts the case.
    pub fn ways(&self) -> Result<Vec<Way>, Error> {
        let way = |scenario: &crate::Scenario| {
            let case = self.under(scenario)?;
            let end = case.delay.map_or(End::Fixed, |delay| delay.end);
            let rows = case.rows().delayed(scenario.delay_months.unwrap_or(0.0), end);
            Ok(Way { key: scenario.key.clone(), weight: scenario.weight, npv: rows.npv() })
        };
        self.scenarios.iter().map(way).collect()
    }
}

/// Σ weight × NPV; none where scenarios have no weights.
pub fn weighted(ways: &[Way]) -> Option<f64> {
    let weighed: Option<Vec<f64>> = ways.iter().map(|way| Some(way.weight? * way.npv)).collect();
    weighed.filter(|weighed| !weighed.is_empty()).map(|weighed| weighed.iter().sum())
}
