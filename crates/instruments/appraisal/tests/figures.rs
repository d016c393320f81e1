//! Ratios, costs and break-even of a case small enough to follow by hand.

use appraisal::{Case, End, Side, parse_case};

/// Two years at 10 %, end timing: capital −1000 at once in year 1, running −100 in both, benefits 0 and 1200,
/// a residual value of 110 at the end.
fn case() -> Case {
    let text = r#"{
        "schema": "quarterdeck.case.v1", "name": "by hand", "unit": "EUR", "prices": "nominal", "tax": "before",
        "rate": { "value": "0.1", "source": "by hand", "date": "2026-01-01" }, "periods": ["Y1", "Y2"],
        "lines": [
            { "key": "buy", "side": "capital", "amounts": [-1000, 0] },
            { "key": "run", "side": "running", "first": -100 },
            { "key": "gain", "side": "benefit", "amounts": [0, 1200] },
            { "key": "residual", "side": "capital", "at_end": 110 }
        ] }"#;
    parse_case(text).unwrap()
}

fn near(ours: f64, told: f64) {
    assert!((ours - told).abs() < 1e-9, "{ours} {told}");
}

#[test]
fn each_figure_is_its_formula() {
    let figures = case().figures().unwrap();
    // Net: −1100, 1210. NPV −1000 + 1000 = 0.
    near(figures.npv[0], 0.0);
    near(figures.irr.rate().unwrap(), 0.1);
    near(figures.mirr.unwrap(), 0.1);
    // Cost 1000 + 200 − 110 = 1090; benefit 1200.
    near(figures.tco, 1_090.0);
    near(figures.roi.unwrap(), 110.0 / 1_090.0);
    // PV: benefit 1200 ÷ 1.21, running −100 ÷ 1.1 − 100 ÷ 1.21, capital −1000 ÷ 1.1 + 110 ÷ 1.21.
    let (benefit, running, capital) =
        (1_200.0 / 1.21, 100.0 / 1.1 + 100.0 / 1.21, 1_000.0 / 1.1 - 110.0 / 1.21);
    near(figures.discounted_tco, running + capital);
    near(figures.discounted_roi.unwrap(), (benefit - running - capital) / (running + capital));
    near(figures.profitability.unwrap(), (benefit - running) / capital);
    near(figures.payback.unwrap().years, 1.0 + 1_100.0 / 1_210.0);
}

#[test]
fn a_loss_names_the_benefit_per_year_that_would_cover_it() {
    let mut case = case();
    case.lines.retain(|line| line.side != Side::Benefit);
    let figures = case.figures().unwrap();
    let npv = -1_100.0 / 1.1 + 10.0 / 1.21;
    near(figures.npv[0], npv);
    near(figures.break_even.unwrap(), -npv / (1.0 / 1.1 + 1.0 / 1.21));
    assert_eq!(figures.payback, None);
    assert_eq!(figures.irr.status(), "one");
    assert!(figures.irr.rate().unwrap() < -0.9);
}

#[test]
fn what_falls_at_the_end_moves_with_it_and_is_not_repeated() {
    let rows = case().rows();
    assert_eq!(rows.delayed(12.0, End::Moves).net(), [-1_100.0, -100.0, 1_210.0]);
    assert_eq!(rows.delayed(12.0, End::Fixed).net(), [-1_100.0, 10.0]);
    // Half a year: half of the benefit in year 2, half in the half year added, with half a year's running.
    assert_eq!(rows.delayed(6.0, End::Moves).net(), [-1_100.0, 500.0, 600.0 - 50.0 + 110.0]);
}

#[test]
fn scenarios_stand_side_by_side_and_are_weighed() {
    let text = include_str!("../examples/uncertain.json");
    let case = parse_case(text).unwrap();
    let ways = case.ways().unwrap();
    near(ways[0].npv, case.rows().npv());
    let slow = case.rows().with_line_times(2, 0.8).delayed(9.0, End::Fixed);
    near(ways[1].npv, slow.npv());
    let mut dear = case.rows();
    dear.discounting.rate = 0.12;
    near(ways[2].npv, dear.npv());
    let weighted = 0.6 * ways[0].npv + 0.3 * ways[1].npv + 0.1 * ways[2].npv;
    near(appraisal::weighted(&ways).unwrap(), weighted);
}
