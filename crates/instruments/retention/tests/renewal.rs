//! Contract renewals against the published data and scipy.

mod common;

use common::{close, near};
use retention::{CohortCount, Error, RenewalModel};

/// Of 1,000 customers those left after years 1 to 7 (Fader and Hardie 2007, table 1; `engines.md` §7).
const HIGH_END: [u64; 7] = [869, 743, 653, 593, 551, 517, 491];
const REGULAR: [u64; 7] = [631, 468, 382, 326, 289, 262, 241];

fn counts(left_after: &[u64]) -> Vec<CohortCount> {
    let mut at_risk = 1000;
    let row = |(year, there): (usize, &u64)| {
        let row = CohortCount { time: (year + 1) as f64, at_risk, left: at_risk - there };
        at_risk = *there;
        row
    };
    left_after.iter().enumerate().map(row).collect()
}

fn fit(left_after: &[u64]) -> RenewalModel {
    RenewalModel::fit(&counts(left_after)).unwrap()
}

/// The paper prints α .668, β 3.806 and α .704, β 1.182 from all seven years.
#[test]
fn the_published_parameters_come_out_to_all_printed_digits() {
    for (data, alpha, beta, log_likelihood) in
        [(HIGH_END, 0.668, 3.806, -1611.1581), (REGULAR, 0.704, 1.182, -1680.2652)]
    {
        let model = fit(&data);
        near(model.alpha, alpha, 0.0005, "α");
        near(model.beta, beta, 0.0005, "β");
        near(model.log_likelihood, log_likelihood, 0.00005, "log likelihood");
    }
}

/// scipy 1.17.1, Nelder–Mead on the likelihood as the paper writes it, with beta functions.
#[test]
fn fits_on_fewer_years_are_those_of_scipy() {
    for (data, years, alpha, beta, log_likelihood) in [
        (HIGH_END, 4, 1.28097717, 7.79038942, -1225.1349070416),
        (REGULAR, 4, 0.76366509, 1.29583032, -1401.5594235774),
        (HIGH_END, 7, 0.66808837, 3.80609538, -1611.1581473911),
        (REGULAR, 7, 0.70407730, 1.18204301, -1680.2651884632),
    ] {
        let model = fit(&data[..years]);
        close(model.alpha, alpha, 2e-6, "α");
        close(model.beta, beta, 2e-6, "β");
        close(model.log_likelihood, log_likelihood, 1e-12, "log likelihood");
    }
}

/// scipy: S(t) by `betaln`; sums by `hyp2f1(1, β; α + β; 1 ÷ (1 + d))` as Fader and Hardie (2010) write them.
#[test]
fn projections_and_discounted_lifetimes_are_those_of_scipy() {
    let (high_end, regular) = (fit(&HIGH_END), fit(&REGULAR));
    for (model, at_8, at_12) in
        [(high_end, 0.460439686287, 0.377999083723), (regular, 0.220084963826, 0.170037450562)]
    {
        close(model.survival(8), at_8, 1e-6, "after year 8");
        close(model.survival(12), at_12, 1e-6, "after year 12");
        near(model.survival(0), 1.0, 1e-15, "at first");
    }
    for (model, new, residual) in [
        (high_end, [5.92225361952, 19.8183029793], [5.41447898147, 5.90137768511, 7.52962805581]),
        (regular, [3.69490840026, 9.41723648101], [2.96439924029, 4.10313975331, 6.84231493806]),
    ] {
        for (discount, expected) in [0.1, 0.01].into_iter().zip(new) {
            close(model.discounted_lifetime(discount).unwrap(), expected, 1e-6, "of a new customer");
        }
        for (number, expected) in [1, 2, 8].into_iter().zip(residual) {
            let got = model.discounted_residual_lifetime(number, 0.1).unwrap();
            close(got, expected, 1e-6, &format!("up for renewal {number}"));
        }
    }
}

/// scipy, `hyp2f1(1, 7; 10; 1 ÷ 1.02)` and its like: the sums themselves, with given parameters.
#[test]
fn discounted_sums_are_exact() {
    let model =
        |alpha, beta| RenewalModel { alpha, beta, alpha_error: 0.0, beta_error: 0.0, log_likelihood: 0.0 };
    close(model(0.7, 1.2).discounted_lifetime(0.1).unwrap(), 3.7342275941676304, 1e-13, "10 %");
    close(model(3.0, 7.0).discounted_lifetime(0.02).unwrap(), 4.040470850083162, 1e-13, "2 %");
    close(model(3.0, 7.0).discounted_residual_lifetime(4, 0.05).unwrap(), 3.6374171450073796, 1e-13, "5 %");
    let error = model(0.7, 1.2).discounted_lifetime(0.0).unwrap_err().to_string();
    assert_eq!(error, "A discount rate of 0 per period is not above 0: give 0.1 for 10 %.");
}

#[test]
fn renewal_rates_rise_with_age_though_nobody_changes() {
    let model = fit(&REGULAR);
    let rates: Vec<f64> = (1..=10).map(|number| model.renewal_rate(number)).collect();
    assert!(rates.windows(2).all(|pair| pair[0] < pair[1]), "{rates:?}");
    near(rates[0], 1.182 / (0.704 + 1.182), 0.0005, "the first is β ÷ (α + β)");
}

#[test]
fn cohorts_of_different_age_add_up_and_their_order_changes_no_bit() {
    let whole = counts(&REGULAR);
    let mut parts = Vec::new();
    for row in &whole {
        // A younger cohort that has seen three renewals, and the rest.
        let (young, gone) = if row.time < 3.5 { (row.at_risk / 3, row.left / 3) } else { (0, 0) };
        parts.push(CohortCount { at_risk: row.at_risk - young, left: row.left - gone, ..*row });
        parts.push(CohortCount { at_risk: young, left: gone, ..*row });
    }
    parts.reverse();
    assert_eq!(RenewalModel::fit(&parts).unwrap(), RenewalModel::fit(&whole).unwrap());
}

#[test]
fn what_the_model_cannot_say_is_said() {
    let says = |rows: &[(f64, u64, u64)]| {
        let row = |(time, at_risk, left): &(f64, u64, u64)| CohortCount {
            time: *time,
            at_risk: *at_risk,
            left: *left,
        };
        match RenewalModel::fit(&rows.iter().map(row).collect::<Vec<_>>()) {
            Ok(model) => panic!("{model:?}"),
            Err(Error::NoFit { says, .. }) => says,
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(says(&[(1.0, 10, 3)]), "it takes at least two renewals to see how the rate changes with age");
    assert_eq!(says(&[(1.0, 10, 0), (2.0, 10, 0)]), "nobody has left yet");
    assert_eq!(says(&[(1.0, 10, 10), (2.0, 5, 5)]), "everybody left at every renewal");
    assert_eq!(
        says(&[(1.0, 1000, 100), (2.0, 900, 90), (3.0, 810, 81)]),
        "the renewal rate does not rise with age, so customers look alike; use a constant rate of 90.00 %"
    );
    assert_eq!(
        says(&[(1.0, 1000, 100), (2.0, 900, 180)]),
        "the renewal rate does not rise with age, so customers look alike; use a constant rate of 85.26 %"
    );
    assert_eq!(
        says(&[(1.0, 1000, 300), (2.0, 700, 0), (3.0, 700, 0)]),
        "after the first renewal nobody left, so there are two kinds of customers and nothing between"
    );
    assert_eq!(says(&[(0.0, 10, 3)]), "Row 1, time: renewals are counted 1, 2, 3 and so on.");
    assert_eq!(says(&[(1.0, 10, 11)]), "Row 1, left: 11 of 10 at risk cannot leave.");
    assert_eq!(says(&[]), "There are no customers: a curve needs at least one row.");
}
