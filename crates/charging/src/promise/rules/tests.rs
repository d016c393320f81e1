//! What is known of costs, and how far a promise slipped.

use super::*;

fn month(cost: i64, quantity: i128, closed: bool) -> Month {
    Month { cost: Some(cost), quantity: Some(quantity * MILLION), closed }
}

fn number(text: &str) -> Figure {
    Figure::Number(text.parse().unwrap())
}

fn day(text: &str) -> Figure {
    Figure::Day(text.parse().unwrap())
}

#[test]
fn a_promise_for_every_month_is_held_against_the_newest_with_a_run() {
    let period = |text: &str| text.parse::<Period>().unwrap();
    let october = FiscalCalendar::starting_in(10).unwrap();
    let run = ["2025-11", "2026-02", "2026-01"].map(period);
    for (due, months) in [
        ("monthly from 2025-10", vec!["2026-02"]),
        ("monthly from 2026-03", vec!["2026-03"]),
        ("2026-02-28", vec!["2026-02"]),
        ("2025-12", vec!["2025-12"]),
    ] {
        let due = Due::parse(due).unwrap();
        assert_eq!(
            due_months(due, october, &run),
            months.into_iter().map(period).collect::<Vec<_>>(),
            "{due:?}"
        );
    }
    let year = due_months(Due::FiscalYear(2026), october, &run);
    assert_eq!((year.len(), year[0], year[11]), (12, period("2025-10"), period("2026-09")));
}

#[test]
fn a_year_is_actual_when_every_month_is_closed_and_expected_before() {
    let year = |run, cost, closed| Year { months: 12, run, closed, cost };
    for (year, now, due, says) in [
        (year(12, 1_200_00, true), Now::Actual(number("1200")), true, None),
        (
            year(11, 1_100_00, false),
            Now::Expected(number("1200")),
            false,
            Some("11 of 12 months so far, the rest pro rata"),
        ),
        (
            year(12, 1_190_00, false),
            Now::Expected(number("1190")),
            false,
            Some("every month has a run, not all are closed"),
        ),
        (year(0, 0, false), Now::NoData, false, Some("no month has a run yet")),
        // 100.01 × 12 ÷ 7 = 171.4457…: rounded once.
        (
            year(7, 100_01, false),
            Now::Expected(number("171.45")),
            false,
            Some("7 of 12 months so far, the rest pro rata"),
        ),
        (
            year(11, 1_100_00, true),
            Now::Expected(number("1200")),
            false,
            Some("11 of 12 months, closed without the others, so it is not judged for good"),
        ),
    ] {
        let known = yearly_cost(year, 2);
        assert_eq!((known.now, known.due, known.says.as_deref()), (now, due, says));
    }
    assert_eq!(yearly_cost(year(12, 1_200_000, true), 0).now, Now::Actual(number("1200000")), "yen");
}

/// `demo.md` 4.7: €525,051.89 over 1,357 seats is about €386.92 a seat.
#[test]
fn a_unit_costs_its_share_of_the_months_that_have_both_figures() {
    let september = month(52_505_189, 1_357, true);
    assert_eq!(unit_cost(&[september], 2).now, Now::Actual(number("386.9211")));
    // A year: (100 + 300) ÷ (10 + 10), not the mean of 10 and 30; a month without quantity stays out.
    let year = [
        month(100_00, 10, true),
        month(300_00, 10, true),
        Month { cost: Some(1), quantity: None, closed: true },
    ];
    let known = unit_cost(&year, 2);
    assert_eq!(known.now, Now::Expected(number("20")));
    assert_eq!(
        known.says.as_deref(),
        Some("2 of 3 months, closed without the others, so it is not judged for good")
    );
    assert_eq!(unit_cost(&[Month { quantity: Some(0), ..september }], 2).now, Now::NoData);
}

#[test]
fn costs_levels_and_dates_rank_by_watch_limits() {
    let usual =
        |promised, aim, now| slip(promised, aim, Limits::usual(aim), now).map(|slip| slip.to_string());
    for (promised, aim, now, slipped) in [
        ("7000", Aim::Lower, "7154", Some("1.1")),
        ("7000", Aim::Lower, "6860", Some("-1")),
        ("100", Aim::Higher, "98", Some("1")),
        ("0", Aim::Lower, "1", None),
    ] {
        assert_eq!(usual(number(promised), aim, number(now)).as_deref(), slipped, "{promised} {now}");
    }
    // 31 Jan + 1 month is 28 Feb: 28 days are allowed, 31 Mar is 59 late.
    assert_eq!(usual(day("2027-01-31"), Aim::Date, day("2027-02-28")).as_deref(), Some("1"));
    assert_eq!(usual(day("2027-01-31"), Aim::Date, day("2027-03-31")).as_deref(), Some("2.1071"));
    let never = Limits::Months(0, 0);
    assert_eq!(slip(day("2027-01-31"), Aim::Date, never, day("2027-03-31")), None);
    assert_eq!(difference(number("7000"), number("7154.00")).as_deref(), Some("154"));
    assert_eq!(difference(day("2027-01-31"), day("2027-02-01")).as_deref(), Some("1 day"));
}
