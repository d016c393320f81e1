//! Series that add up, effects that people know of, and the back-test.

mod data;

use data::airline;
use forecast::{
    Adjustment, Effect, Error, Forecast, Hierarchy, Method, Options, Reconciliation, Series, adjust,
    backtest, forecast, forecast_hierarchy,
};

fn desk() -> (Vec<Series>, Hierarchy) {
    let values = |from: usize, share: f64| -> Vec<f64> {
        airline()[from..from + 60].iter().map(|value| (value * share).round()).collect()
    };
    let series = vec![
        Series::new("calls", &values(0, 1.0)),
        Series::new("mails", &values(40, 0.5)),
        Series::new("walk-ins", &values(80, 0.1)),
    ];
    let parts = [("calls", "remote"), ("mails", "remote"), ("remote", "desk"), ("walk-ins", "desk")];
    let parts: Vec<(String, String)> =
        parts.iter().map(|(part, whole)| ((*part).into(), (*whole).into())).collect();
    (series, Hierarchy::new(&parts).unwrap())
}

fn mean(made: &[Forecast], id: &str, step: usize) -> f64 {
    made.iter().find(|one| one.id == id).unwrap().mean[step]
}

fn adds_up(made: &[Forecast]) {
    for step in 0..12 {
        let of = |id| mean(made, id, step);
        assert!((of("remote") - of("calls") - of("mails")).abs() < 1e-6);
        assert!((of("desk") - of("remote") - of("walk-ins")).abs() < 1e-6);
    }
}

#[test]
fn forecasts_of_a_hierarchy_add_up_whichever_way_they_are_reconciled() {
    let (series, hierarchy) = desk();
    for how in [Reconciliation::BottomUp, Reconciliation::Ols, Reconciliation::MinTraceShrink] {
        let made = forecast_hierarchy(&series, &hierarchy, how, &Options::new(12, 12)).unwrap();
        assert_eq!(
            made.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
            ["calls", "desk", "mails", "remote", "walk-ins"]
        );
        adds_up(&made);
        assert!(
            made.iter().all(|one| one.bands[1].lower[3] < one.mean[3] && one.mean[3] < one.bands[1].upper[3])
        );
    }
}

#[test]
fn a_hierarchy_that_does_not_hold_together_is_refused() {
    let pair = |part: &str, whole: &str| (part.to_owned(), whole.to_owned());
    let ring = Hierarchy::new(&[pair("a", "b"), pair("b", "c"), pair("c", "a")]).unwrap_err().to_string();
    assert_eq!(ring, "a is part of itself: a → c → b → a");
    let (series, hierarchy) = desk();
    let run = |series: &[Series]| {
        let made = forecast_hierarchy(series, &hierarchy, Reconciliation::Ols, &Options::new(12, 3));
        made.unwrap_err().to_string()
    };
    assert_eq!(run(&series[1..]), "calls has no series, and nothing that adds up to it");
    let mut wrong = series.clone();
    wrong.push(Series::new("remote", &[5.0; 60]));
    assert!(run(&wrong).starts_with("remote is 5 where its parts add up to"), "{}", run(&wrong));
    let mut short = series.clone();
    short[2].values.truncate(50);
    assert_eq!(run(&short), "calls and walk-ins do not cover the same periods: cut both to the same");
    let stranger = [series, vec![Series::new("other", &[1.0; 60])]].concat();
    assert_eq!(run(&stranger), "series other is not in the hierarchy: add it or leave it out");
}

#[test]
fn a_price_change_from_a_date_moves_the_mean_and_its_interval_and_keeps_its_reason() {
    let plain = forecast(&[Series::new("airline", &airline())], &Options::new(12, 6)).unwrap();
    let mut made = plain.clone();
    let change = Adjustment {
        id: "airline".into(),
        from: 146,
        to: None,
        effect: Effect::Multiply(0.9),
        reason: "fares rise by 8 % in March".into(),
    };
    let gone = Adjustment { from: 144, to: Some(145), effect: Effect::Add(-20.0), ..change.clone() };
    adjust(&mut made, &[change.clone(), gone], None).unwrap();
    let (made, plain) = (&made[0], &plain[0]);
    for step in 0..6 {
        let expected = if step < 2 { plain.mean[step] - 20.0 } else { plain.mean[step] * 0.9 };
        assert!((made.mean[step] - expected).abs() < 1e-9, "step {step}");
        let width = |one: &Forecast| one.bands[1].upper[step] - one.bands[1].lower[step];
        let widens = if step < 2 { 1.0 } else { 0.9 };
        assert!((width(made) - widens * width(plain)).abs() < 1e-9);
        assert!((made.unadjusted()[step] - plain.mean[step]).abs() < 1e-9);
    }
    assert_eq!(made.adjustments[0].reason, "fares rise by 8 % in March");
    let said = |one: Adjustment| adjust(&mut [made.clone()], &[one], None).unwrap_err().to_string();
    assert_eq!(
        said(Adjustment { reason: " ".into(), ..change.clone() }),
        "adjustment 1: it has no reason: write why"
    );
    assert_eq!(said(Adjustment { id: "b".into(), ..change.clone() }), "adjustment 1: there is no series b");
    let late = said(Adjustment { from: 150, ..change.clone() });
    assert_eq!(late, "adjustment 1: it holds for none of the steps that are forecast: check its times");
    let negative = said(Adjustment { effect: Effect::Multiply(-1.0), ..change });
    assert_eq!(negative, "adjustment 1: a factor of -1: write one from 0 up, 1.05 for 5 % more");
}

#[test]
fn in_a_hierarchy_an_effect_reaches_every_sum() {
    let (series, hierarchy) = desk();
    let options = Options::new(12, 12);
    let plain = forecast_hierarchy(&series, &hierarchy, Reconciliation::MinTraceShrink, &options).unwrap();
    let effect =
        |id: &str, effect| Adjustment { id: id.into(), from: 60, to: None, effect, reason: "known".into() };
    let mut made = plain.clone();
    let effects = [effect("mails", Effect::Multiply(0.5)), effect("remote", Effect::Add(30.0))];
    adjust(&mut made, &effects, Some(&hierarchy)).unwrap();
    adds_up(&made);
    let difference = mean(&made, "desk", 4) - mean(&plain, "desk", 4);
    assert!((difference - 30.0 + 0.5 * mean(&plain, "mails", 4)).abs() < 1e-6);
    assert!((mean(&made, "walk-ins", 4) - mean(&plain, "walk-ins", 4)).abs() < 1e-9);
}

/// The back-test's figures by hand: seasonal naive on the airline, one origin a year before its end.
#[test]
fn the_back_test_says_who_won_and_by_how_much_over_seasonal_naive() {
    let (values, options) = (airline(), Options::new(12, 12));
    let tested = backtest(&[Series::new("airline", &values)], &options, 1).unwrap();
    let trial = |method| tested.all.iter().find(|trial| trial.method == method).unwrap();
    let errors = |at: usize| values[at + 12] - values[at];
    let expected: f64 = (120..132).map(|t| errors(t).abs()).sum();
    let scale = (0..120).map(|t| errors(t).abs()).sum::<f64>() / 120.0;
    let naive = trial(Method::SeasonalNaive);
    assert_eq!((naive.sums.count, tested.origins.as_slice()), (12, [12].as_slice()));
    assert!((naive.sums.wape().unwrap() - expected / values[132..].iter().sum::<f64>()).abs() < 1e-12);
    assert!((naive.sums.mase().unwrap() - expected / 12.0 / scale).abs() < 1e-12);
    assert!(naive.sums.bias().unwrap() < 0.0, "it grows: last year's figures are too low");
    let winner = tested.all.iter().find(|trial| trial.won).unwrap();
    assert!(winner.relative.unwrap() < 0.6, "{winner:?}");
    assert!(tested.all.iter().all(|trial| winner.sums.mase() <= trial.sums.mase()));
    assert!(winner.coverage()[1] >= winner.coverage()[0]);
}

#[test]
fn origins_that_a_series_is_too_short_for_are_left_out_and_said() {
    let series = [Series::new("long", &airline()), Series::new("short", &[3.0, 4.0, 5.0, 6.0])];
    let tested = backtest(&series, &Options::new(12, 12), 2).unwrap();
    assert_eq!((tested.untested, tested.series.len()), (vec!["short".to_owned()], 1));
    let refused = backtest(&series[1..], &Options::new(12, 12), 2).unwrap_err();
    assert!(
        matches!(refused, Error::Option(why) if why.starts_with("no series has 6 values before a horizon"))
    );
}
