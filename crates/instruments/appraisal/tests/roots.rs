//! Rates of return against roots of fifty digits.
//!
//! The roots are mpmath's (1.4.1 at 70 digits): 230 halvings of the interval from -0.9 to 3 on
//! Σ xₜ ÷ (1 + r)^t, t in periods or in days ÷ 365, the flows taken as the floats they are. Rust reads fifty digits
//! as the float nearest to them, which ours has to be.

use appraisal::{Dated, irr, xirr};

#[test]
fn internal_rates_of_return_are_the_floats_nearest_to_the_roots() {
    let bond = [&[-250.0], &[7.0; 36][..], &[255.0]].concat();
    let loan = [&[-1_000_000.0], &[9_000.0; 240][..]].concat();
    let table: [(&[f64], &str); 10] = [
        (
            &[-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0],
            "-0.021244848273410991031050224838572897470041112911447",
        ),
        (&[-100.0, 39.0, 59.0, 55.0, 20.0], "0.28094842115996110457656195134518059489606993149968"),
        (&[-1.0, 1.5], "0.5"),
        (&[-3.0, 1.0, 1.0, 1.5], "0.075514724761338242135885981889594020469456974925436"),
        (&loan, "0.0075035506429461025480949986771405122038565615901074"),
        (
            &[-123_456.78, 1_000.01, 2_000.02, 150_000.5],
            "0.074849424190697887510539766651364213553506964265685",
        ),
        (&bond, "0.027873694790335576878468463479628949836304995822009"),
        (
            &[-11_800.0, -6_900.0, 6_000.0, 11_200.0, 13_600.0, 13_800.0],
            "0.30045046793363160055549894541528976306282557977567",
        ),
        (&[-1e-3, 1e-4, 2e-3], "0.46509716980849057310123727243081514373010802257318"),
        (&[-9.99e11, 1e11, 5e11, 6e11], "0.079347547396576792698333954970751223512684509864133"),
    ];
    for (flows, root) in table {
        assert_eq!(irr(flows).unwrap().rate(), root.parse().ok(), "{root}");
    }
}

#[test]
fn internal_rates_of_dated_flows_are_too() {
    let months = (2021..=2022).flat_map(|year| (1..=12).map(move |month| format!("{year}-{month:02}-15")));
    let card: Vec<(String, f64)> =
        std::iter::once(("2020-03-31".to_owned(), -7_500.0)).chain(months.map(|day| (day, 350.25))).collect();
    let card: Vec<(&str, f64)> = card.iter().map(|(day, amount)| (day.as_str(), *amount)).collect();
    let table: [(&[(&str, f64)], &str); 5] = [
        (
            // Microsoft's example of XIRR.
            &[
                ("2008-01-01", -10_000.0),
                ("2008-03-01", 2_750.0),
                ("2008-10-30", 4_250.0),
                ("2009-02-15", 3_250.0),
                ("2009-04-01", 2_750.0),
            ],
            "0.37336253351883151030845541191455482417129784528583",
        ),
        (&[("2024-02-29", -1_000.0), ("2025-02-28", 1_100.0)], "0.1"),
        (
            &[("2026-01-15", -50_000.0), ("2026-07-01", -25_000.0), ("2028-01-15", 99_000.0)],
            "0.16182745278782863212082325948547467860093688887829",
        ),
        (&card, "0.067746207371586121117042019505760850466156703632087"),
        (
            &[("2019-12-31", -100_000.0), ("2020-01-02", 100_100.0)],
            "0.20010470936063673183529940156734769197510246896358",
        ),
    ];
    for (flows, root) in table {
        let dated = |(day, amount): &(&str, f64)| Dated { date: day.parse().unwrap(), amount: *amount };
        let flows: Vec<Dated> = flows.iter().map(dated).collect();
        assert_eq!(xirr(&flows).unwrap().rate(), root.parse().ok(), "{root}");
    }
}
