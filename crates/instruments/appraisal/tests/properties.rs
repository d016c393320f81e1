//! What holds for any flows.

use appraisal::{Discounting, End, Irr, Row, Rows, Side, Timing, irr, mirr, npv, payback};
use proptest::prelude::*;

/// Σ of products: the flows whose worth is nothing at these rates alone.
fn flows_with(rates: &[f64]) -> Vec<f64> {
    let mut flows = vec![1.0];
    for rate in rates {
        // × (v − 1 ÷ (1 + rate)), v the discount factor of one period.
        let root = 1.0 / (1.0 + rate);
        let mut longer = vec![0.0; flows.len() + 1];
        for (place, flow) in flows.iter().enumerate() {
            longer[place] -= flow * root;
            longer[place + 1] += flow;
        }
        flows = longer;
    }
    flows
}

fn flows() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((-1_000_000_i32..1_000_000).prop_map(|cents| f64::from(cents) / 100.0), 1..25)
}

fn rows(moving: Vec<f64>, staying: Vec<f64>) -> Rows {
    let row = |key: &str, moves, amounts: Vec<f64>| {
        let side = if moves { Side::Benefit } else { Side::Running };
        Row { key: key.into(), side, moves, at_end: false, amounts }
    };
    let periods = moving.len();
    let discounting = Discounting::yearly(0.07, Timing::Mid);
    Rows { discounting, periods, rows: vec![row("a", true, moving), row("b", false, staying)] }
}

proptest! {
    #[test]
    fn the_rates_a_row_was_made_of_are_found_again(gaps in prop::collection::vec(0.05..0.8_f64, 1..6)) {
        let mut rates = vec![-0.6];
        gaps.iter().for_each(|gap| rates.push(rates[rates.len() - 1] + gap));
        let found = irr(&flows_with(&rates)).unwrap();
        prop_assert_eq!(found.rates().len(), rates.len(), "{:?} {:?}", found, rates);
        for (found, made) in found.rates().iter().zip(&rates) {
            prop_assert!((found - made).abs() < 1e-6, "{} {}", found, made);
        }
    }

    #[test]
    fn at_a_rate_of_return_the_flows_are_worth_nothing(flows in flows()) {
        let answer = irr(&flows).unwrap();
        for rate in answer.rates() {
            let size: f64 = npv(*rate, Timing::Start, &flows.iter().map(|flow| flow.abs()).collect::<Vec<_>>()).unwrap();
            let worth = npv(*rate, Timing::Start, &flows).unwrap();
            prop_assert!(worth.abs() <= 1e-9 * size, "{} at {} of {:?}", worth, rate, flows);
        }
    }

    /// Between −99 % and 10,000 %, a change of sign on a fine grid shows a root: none may be missing.
    #[test]
    fn no_rate_is_missed_that_a_grid_sees(flows in flows()) {
        let answer = irr(&flows).unwrap();
        let mut last: Option<(f64, f64)> = None;
        for step in -230..231 {
            let rate = (f64::from(step) / 50.0).exp() - 1.0;
            let worth = npv(rate, Timing::Start, &flows).unwrap();
            if let Some((before, was)) = last && was * worth < 0.0 {
                let seen = answer.rates().iter().any(|root| *root >= before && *root <= rate);
                prop_assert!(seen, "a root between {} and {}: {:?}", before, rate, answer);
            }
            last = Some((rate, worth));
        }
        if answer == Irr::NoSignChange {
            prop_assert!(flows.iter().all(|flow| *flow >= 0.0) || flows.iter().all(|flow| *flow <= 0.0));
        }
    }

    #[test]
    fn the_modified_rate_is_the_plain_one_where_flows_earn_that(rate in -0.3..0.9_f64, years in 1_i32..20) {
        let flows: Vec<f64> = std::iter::once(-100.0)
            .chain(std::iter::repeat_n(0.0, usize::try_from(years - 1).unwrap()))
            .chain([100.0 * (1.0 + rate).powi(years)])
            .collect();
        prop_assert!((mirr(&flows, 0.1, 0.2).unwrap() - rate).abs() < 1e-12);
        prop_assert!((irr(&flows).unwrap().rate().unwrap() - rate).abs() < 1e-12);
    }

    #[test]
    fn what_is_paid_back_adds_up_to_nought_there(flows in flows()) {
        let discounting = Discounting::yearly(0.05, Timing::End);
        let whole: f64 = flows.iter().sum();
        match payback(discounting, &flows) {
            None => prop_assert!(whole < 0.0),
            Some(at) if at.years == 0.0 => {}
            Some(at) => {
                prop_assert!(whole >= 0.0);
                let before: f64 = flows[..at.period].iter().sum();
                let part = at.years - discounting.years(at.period - 1);
                prop_assert!((before + part * flows[at.period]).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn no_delay_changes_nothing_and_delays_join_without_a_jump(
        moving in prop::collection::vec(-500.0..2_000.0_f64, 6),
        staying in prop::collection::vec(-900.0..0.0_f64, 6),
        months in 0.0..40.0_f64,
    ) {
        let rows = rows(moving, staying);
        prop_assert_eq!(&rows.delayed(0.0, End::Fixed), &rows);
        prop_assert_eq!(&rows.delayed(0.0, End::Moves), &rows);
        for end in [End::Fixed, End::Moves] {
            let (here, there) = (rows.delayed(months, end).npv(), rows.delayed(months + 1e-9, end).npv());
            prop_assert!((here - there).abs() < 1e-4);
        }
    }

    #[test]
    fn with_the_same_years_of_benefit_no_benefit_is_lost(
        moving in prop::collection::vec(-500.0..2_000.0_f64, 6),
        months in 0.0..40.0_f64,
    ) {
        let sum: f64 = moving.iter().sum();
        let rows = rows(moving, vec![0.0; 6]);
        let late: f64 = rows.delayed(months, End::Moves).net().iter().sum();
        prop_assert!((late - sum).abs() < 1e-6);
    }
}
