//! Payback: when what was spent has come back.

use crate::Discounting;

/// When the cumulated flows turn positive for good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payback {
    /// Years from the start of the case, linear between the flow dates of the timing.
    pub years: f64,
    /// The period in which it turns, counted from 0.
    pub period: usize,
}

/// The payback of flows at the dates of `discounting`'s timing; none where the last cumulated amount is still
/// negative. Where the sum falls below nought again, the last turn counts. Flows that never fall below nought
/// are paid back at 0 years.
///
/// For the discounted payback give present values.
pub fn payback(discounting: Discounting, flows: &[f64]) -> Option<Payback> {
    let mut turn = Some(Payback { years: 0.0, period: 0 });
    let mut sum = 0.0;
    for (period, flow) in flows.iter().enumerate() {
        let before = sum;
        sum += flow;
        if sum < 0.0 {
            turn = None;
        } else if before < 0.0 {
            let last = discounting.years(period.saturating_sub(1));
            let years = last + -before / flow * (discounting.years(period) - last);
            turn = Some(Payback { years, period });
        }
    }
    turn
}

/// The present value of each flow.
pub fn discounted(discounting: Discounting, flows: &[f64]) -> Vec<f64> {
    flows.iter().enumerate().map(|(period, flow)| flow * discounting.factor(period)).collect()
}
