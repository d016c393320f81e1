//! BG/NBD and Gamma-Gamma on the CDNOW customers against the papers, `lifetimes` 0.11.3 and scipy 1.17.1.
//!
//! Data: `cdnow.csv`, the 2,357 CDNOW customers of Fader, Hardie and Lee (2005) without ids, equal histories counted,
//! from the file `lifetimes` 0.11.3 ships under the MIT licence; time in weeks.

mod common;

use common::{close, near, numbers};
use perception::Level;
use retention::{Customer, Error, SpendModel, Spending, UsageModel, ValuePlan, usage_value};

/// Columns: frequency, recency, T, value, customers.
fn customers() -> Vec<Customer> {
    let row = |row: &Vec<f64>| Customer {
        frequency: row[0] as u32,
        recency: row[1],
        age: row[2],
        count: row[4] as u64,
    };
    numbers("cdnow.csv", &[]).iter().map(row).collect()
}

fn spending() -> Vec<Spending> {
    let rows = numbers("cdnow.csv", &[]);
    let row =
        |row: &Vec<f64>| Spending { frequency: row[0] as u32, mean_value: row[3], count: row[4] as u64 };
    rows.iter().filter(|row| row[0] > 0.5).map(row).collect()
}

fn usage() -> UsageModel {
    UsageModel::fit(&customers()).unwrap()
}

fn spend() -> SpendModel {
    SpendModel::fit(&spending(), Level::NINETY_FIVE).unwrap()
}

const FIRST: Customer = Customer { frequency: 2, recency: 30.43, age: 38.86, count: 1 };

/// Published: r .243, α 4.414, a .793, b 2.426, log likelihood −9582.4. `lifetimes`: errors as below, whose minimum is
/// less sharp than ours.
#[test]
fn the_published_parameters_come_out_to_all_printed_digits() {
    let model = usage();
    assert_eq!(customers().iter().map(|one| one.count).sum::<u64>(), 2357);
    near(model.r, 0.243, 0.0005, "r");
    near(model.alpha, 4.414, 0.0005, "α");
    near(model.a, 0.793, 0.0005, "a");
    near(model.b, 2.426, 0.0005, "b");
    near(model.log_likelihood, -9582.4, 0.05, "log likelihood");
    let peer = [0.24259292827982182, 4.413532265271819, 0.7928859664406882, 2.42575238262586];
    for (got, peer) in [model.r, model.alpha, model.a, model.b].into_iter().zip(peer) {
        close(got, peer, 1e-6, "parameter by lifetimes");
    }
    for (got, peer) in model.standard_errors.into_iter().zip([0.012557, 0.378221, 0.185719, 0.705345]) {
        near(got, peer, 1e-6, "standard error by lifetimes");
    }
    assert!(model.log_likelihood >= -9582.425560567366, "no lower than at the peer's parameters");
}

/// scipy, with `hyp2f1` as the paper's equations 9 and 10 are written, at the parameters the paper prints. The paper's
/// spreadsheet has 1.226 for its first customer.
#[test]
fn expected_uses_are_those_of_the_papers_equations() {
    let model =
        |r, alpha, a, b| UsageModel { r, alpha, a, b, standard_errors: [0.0; 4], log_likelihood: 0.0 };
    let published = model(0.243, 4.414, 0.793, 2.426);
    for (time, expected) in
        [(1.0, 0.05326789117165627), (39.0, 1.1967231933207985), (78.0, 1.8605190579427455)]
    {
        close(published.expected_uses(time), expected, 1e-12, "of a new customer");
    }
    close(model(1.5, 2.0, 3.0, 4.0).expected_uses(10.0), 2.1400822557691197, 1e-12, "a above 1");
    close(model(0.5, 10.0, 0.2, 6.0).expected_uses(52.0), 2.3900953856486264, 1e-12, "a near 0");
    let silent = Customer { frequency: 0, recency: 0.0, age: 38.86, count: 1 };
    let busy = Customer { frequency: 26, recency: 30.86, age: 31.0, count: 1 };
    for (customer, time, expected) in [
        (FIRST, 39.0, 1.226028174767135),
        (silent, 39.0, 0.19509805201125396),
        (busy, 10.0, 6.530495778836455),
    ] {
        close(published.expected_uses_of(&customer, time), expected, 1e-12, "of a known customer");
    }
    near(published.expected_uses(0.0), 0.0, 1e-15, "in no time");
}

/// For a = 1, where the paper's equation divides by zero: the mean of the values a little below and above.
#[test]
fn expected_uses_have_a_value_where_the_papers_equation_has_none() {
    let at = |a: f64| {
        let model =
            UsageModel { r: 0.6, alpha: 5.0, a, b: 2.0, standard_errors: [0.0; 4], log_likelihood: 0.0 };
        model.expected_uses(52.0)
    };
    close(at(1.0), (at(1.0 - 1e-5) + at(1.0 + 1e-5)) / 2.0, 1e-9, "a = 1");
}

/// `lifetimes`, `conditional_probability_alive`.
#[test]
fn who_is_still_active_is_told_as_by_the_peer() {
    let model = usage();
    close(model.probability_active(&FIRST), 0.72660914, 1e-6, "two uses, the last 8 weeks ago");
    let busy = Customer { frequency: 26, recency: 30.86, age: 31.0, count: 1 };
    close(model.probability_active(&busy), 0.96891972, 1e-6, "26 uses, the last just now");
    let silent = Customer { frequency: 0, recency: 0.0, age: 38.86, count: 1 };
    near(model.probability_active(&silent), 1.0, 1e-15, "without a repeat use");
}

/// Fader and Hardie (2013) print p 6.25, q 3.74, γ 15.44 (here 15.45 to two digits, as by `lifetimes`), 946 customers,
/// correlation .11.
#[test]
fn gamma_gamma_is_the_published_one_and_shows_its_independence_check() {
    let model = spend();
    assert_eq!(spending().iter().map(|one| one.count).sum::<u64>(), 946);
    for (got, peer, error, peer_error) in [
        (model.p, 6.248802493100482, model.standard_errors[0], 1.189687),
        (model.q, 3.744588452483409, model.standard_errors[1], 0.290166),
        (model.gamma, 15.447747995518599, model.standard_errors[2], 4.159994),
    ] {
        close(got, peer, 1e-8, "parameter by lifetimes");
        near(error, peer_error, 1e-6, "standard error by lifetimes");
    }
    let independence = model.independence.unwrap();
    close(independence.correlation, 0.11388391048600448, 1e-12, "correlation, by pandas");
    assert!(independence.is_refuted(), "946 customers are many enough to see .11: {independence:?}");
}

/// `lifetimes`, `conditional_expected_average_profit` of customers 1, 2, 3, 6 and 7.
#[test]
fn the_expected_value_of_a_use_is_drawn_to_the_mean_of_all() {
    let model = spend();
    for (frequency, value, expected) in [
        (2, Some(22.35), 24.658616189236472),
        (1, Some(11.77), 18.911479869929103),
        (0, None, 35.17100215250665),
        (7, Some(73.74), 71.46285080453453),
        (1, Some(11.77), 18.911479869929103),
    ] {
        close(model.expected_value(frequency, value).unwrap(), expected, 1e-7, "value");
    }
    close(model.population_mean().unwrap(), 35.17100215250665, 1e-7, "of all");
}

/// `lifetimes`, `customer_lifetime_value(time = 12, discount_rate = 0.01, freq = "W")`: months of 4.345 weeks, discounted
/// at 1 % a month from the end of each.
#[test]
fn lifetime_value_is_the_peers() {
    let (usage, spend) = (usage(), spend());
    let plan = ValuePlan { periods: 12, length: 4.345, discount: 0.01, margin: 1.0 };
    let value = |customer: Customer, mean| usage_value(&usage, &spend, &customer, mean, &plan).unwrap();
    close(value(FIRST, Some(22.35)), 36.27849576362541, 1e-6, "customer 1");
    let silent = Customer { frequency: 0, recency: 0.0, age: 38.86, count: 1 };
    close(value(silent, None), 8.344093121809983, 1e-6, "customer 3");
    let sixth = Customer { frequency: 7, recency: 29.43, age: 38.86, count: 1 };
    close(value(sixth, Some(73.74)), 283.5235925903832, 1e-6, "customer 6");
    let half = ValuePlan { margin: 0.5, ..plan };
    close(
        usage_value(&usage, &spend, &FIRST, Some(22.35), &half).unwrap(),
        18.1392478818,
        1e-6,
        "half margin",
    );
}

#[test]
fn the_order_of_rows_changes_no_bit() {
    let (mut histories, mut values) = (customers(), spending());
    histories.reverse();
    values.rotate_left(333);
    assert_eq!(UsageModel::fit(&histories).unwrap(), usage());
    assert_eq!(SpendModel::fit(&values, Level::NINETY_FIVE).unwrap(), spend());
}

#[test]
fn histories_that_cannot_be_are_named() {
    let history = |frequency, recency, age| Customer { frequency, recency, age, count: 1 };
    for (wrong, says) in [
        (history(1, 2.0, 0.0), "Row 2, T: an age is a number above 0, counted from the first use."),
        (history(1, 9.0, 5.0), "Row 2, recency: the last use lies between the first, 0, and now, T."),
        (
            history(0, 2.0, 5.0),
            "Row 2, recency: recency is 0 exactly where there is no repeat use; count uses after the first only.",
        ),
        (
            history(2_000_000, 2.0, 5.0),
            "Row 2, frequency: more than 1000000 uses are no history of one customer.",
        ),
    ] {
        assert_eq!(UsageModel::fit(&[FIRST, wrong]).unwrap_err().to_string(), says);
    }
    let nobody = UsageModel::fit(&[history(0, 0.0, 5.0)]).unwrap_err().to_string();
    assert_eq!(
        nobody,
        "The BG/NBD model does not fit: nobody came back, so there is no rate of use to learn."
    );
    assert_eq!(
        UsageModel::fit(&[]).unwrap_err().to_string(),
        "There are no customers: the model needs histories."
    );
}

#[test]
fn data_at_an_extreme_have_no_fit_and_say_so() {
    let alike: Vec<Customer> =
        (0..50).map(|_| Customer { frequency: 5, recency: 10.0, age: 10.0, count: 1 }).collect();
    assert!(matches!(UsageModel::fit(&alike), Err(Error::NoFit { .. })));
    let same = vec![Spending { frequency: 3, mean_value: 12.0, count: 40 }; 2];
    assert!(matches!(SpendModel::fit(&same, Level::NINETY_FIVE), Err(Error::NoFit { .. })));
    let free = [Spending { frequency: 3, mean_value: 0.0, count: 1 }];
    let error = SpendModel::fit(&free, Level::NINETY_FIVE).unwrap_err().to_string();
    assert_eq!(error, "Row 1, value: the mean value of a use is a number above 0.");
}
