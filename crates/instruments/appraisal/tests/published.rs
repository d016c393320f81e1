//! Published values and those of a peer: numpy-financial 1.0.0, run on Python 3.11 with numpy 2.4.6.
//!
//! NPV and MIRR come out bit for bit. Rates that are roots come out as the float nearest to the root
//! (mpmath 1.4.1 at 50 digits); where a printed value differs from it, it does so in the sixteenth digit, which
//! is its own rounding: it may lie three units in the last place of 1 + rate away.

use appraisal::{Dated, Error, Irr, Timing, irr, mirr, npv, xirr, xnpv};

/// One unit in the last place of a number just above 1.
const LAST_PLACE: f64 = f64::EPSILON;

#[test]
fn excel_discounts_the_first_flow_by_a_whole_period() {
    // Microsoft's page of NPV prints 1,188.44; Python's shortest form of the same sum is this.
    let worth = npv(0.10, Timing::End, &[-10_000.0, 3_000.0, 4_200.0, 6_800.0]).unwrap();
    assert_eq!(worth.to_string(), "1188.4434123352216");
}

#[test]
fn net_present_values_are_those_of_numpy_financial_at_start_timing() {
    let table: [(f64, &[f64], &str); 4] = [
        (0.08, &[-40_000.0, 5_000.0, 8_000.0, 12_000.0, 30_000.0], "3065.2226681795255"),
        (0.281, &[-100.0, 39.0, 59.0, 55.0, 20.0], "-0.00847859163845488"),
        (0.05, &[-123_400.0, 36_200.0, 54_800.0, 48_100.0], "2331.994385055601"),
        (0.1, &[100.0], "100"),
    ];
    for (rate, flows, printed) in table {
        assert_eq!(npv(rate, Timing::Start, flows).unwrap().to_string(), printed, "{flows:?}");
    }
}

/// The examples on Microsoft's pages of NPV, IRR and MIRR, to the digits printed there.
#[test]
fn spreadsheet_examples_come_out_as_printed() {
    let cents = |amount: f64| format!("{amount:.2}");
    let income = [8_000.0, 9_200.0, 10_000.0, 12_000.0, 14_500.0];
    assert_eq!(cents(npv(0.08, Timing::End, &income).unwrap() - 40_000.0), "1922.06");
    let with_loss = [&income[..], &[-9_000.0]].concat();
    assert_eq!(cents(npv(0.08, Timing::End, &with_loss).unwrap() - 40_000.0), "-3749.47");

    let percent = |rate: f64| format!("{:.1}", rate * 100.0);
    let business = [-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0];
    for (years, printed) in [(4, "-2.1"), (5, "8.7"), (2, "-44.4")] {
        assert_eq!(percent(irr(&business[..=years]).unwrap().rate().unwrap()), printed, "{years} years");
    }

    let hundredths = |rate: f64| format!("{:.2}", rate * 100.0);
    let loan = [-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0];
    for (years, reinvest, printed) in [(5, 0.12, "12.61"), (3, 0.12, "-4.80"), (5, 0.14, "13.48")] {
        assert_eq!(hundredths(mirr(&loan[..=years], 0.10, reinvest).unwrap()), printed, "{years} years");
    }
}

#[test]
fn mid_timing_lies_half_a_period_between_start_and_end() {
    let flows = [-11_800.0, -6_900.0, 6_000.0, 11_200.0, 13_600.0, 13_800.0];
    let at = |timing| npv(0.09, timing, &flows).unwrap();
    assert!((at(Timing::Start) / at(Timing::Mid) - 1.09_f64.sqrt()).abs() < 1e-14);
    assert!((at(Timing::Mid) / at(Timing::End) - 1.09_f64.sqrt()).abs() < 1e-14);
}

#[test]
fn rates_of_return_are_the_roots_to_the_last_digit() {
    // Flows; root by mpmath; what numpy-financial prints.
    let table: [(&[f64], f64, f64); 6] = [
        (
            &[-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0],
            -0.021_244_848_273_410_991,
            -0.021_244_848_273_410_888,
        ),
        (&[-100.0, 39.0, 59.0, 55.0, 20.0], 0.280_948_421_159_961_1, 0.280_948_421_159_960_66),
        (&[-100.0, 0.0, 0.0, 74.0], -0.095_495_830_348_972_52, -0.095_495_830_348_972_8),
        (&[-100.0, 100.0, 0.0, 7.0], 0.062_058_485_629_929_46, 0.062_058_485_629_929_55),
        (&[-123_400.0, 36_200.0, 54_800.0, 48_100.0], 0.059_616_378_567_329_54, 0.059_616_378_567_329_6),
        (
            &[-10_000.0, 2_000.0, 2_500.0, 3_000.0, 3_500.0, 4_000.0],
            0.134_531_083_284_954_8,
            0.134_531_083_284_954_9,
        ),
    ];
    for (flows, root, printed) in table {
        let rate = irr(flows).unwrap().rate().unwrap();
        assert_eq!(rate.to_string(), root.to_string(), "{flows:?}");
        assert!((rate - printed).abs() <= 3.0 * LAST_PLACE, "{rate} {printed}");
    }
}

#[test]
fn every_root_is_told_where_peers_guess_one() {
    // The textbook case of two rates (engines.md: 10 % and 40 %).
    assert_eq!(irr(&[-1_000.0, 2_500.0, -1_540.0]), Ok(Irr::Many(vec![0.1, 0.4])));
    // numpy-financial's own examples, of which it prints one: -0.0833 and 0.0886.
    let two = irr(&[-100.0, 100.0, 0.0, -7.0]).unwrap();
    assert_eq!(two, Irr::Many(vec![-0.678_894_373_632_386_5, -0.083_299_666_184_932_69]));
    let three = irr(&[-5.0, 10.5, 1.0, -8.0, 1.0]).unwrap();
    let told = vec![-0.870_201_247_484_741_1, 0.088_598_338_527_755_35, 0.709_559_527_686_183_6];
    assert_eq!(three, Irr::Many(told));
    assert!(three.remark().unwrap().starts_with("The flows are worth nothing at 3 rates ("));
    // J. H. Lorie and L. J. Savage, "Three problems in rationing capital", 1955: the oil pump, 25 % and 400 %.
    assert_eq!(irr(&[-1_600.0, 10_000.0, -10_000.0]), Ok(Irr::Many(vec![0.25, 4.0])));
}

#[test]
fn no_rate_is_said_with_its_reason() {
    assert_eq!(irr(&[100.0, 39.0, 59.0]), Ok(Irr::NoSignChange));
    assert_eq!(irr(&[-1.0, -2.0]), Ok(Irr::NoSignChange));
    assert_eq!(irr(&[0.0, 0.0]), Ok(Irr::NoSignChange));
    // 1 − 3v + 2.5v² has no real root.
    assert_eq!(irr(&[1_000.0, -3_000.0, 2_500.0]), Ok(Irr::NoRoot));
    // It only touches nought, at 50 %.
    let touching = irr(&[-400.0, 1_200.0, -900.0]).unwrap().rate().unwrap();
    assert!((touching - 0.5).abs() < 1e-7, "{touching}");
}

#[test]
fn modified_rates_are_those_of_excel_and_numpy_financial() {
    let table: [(&[f64], f64, f64, &str); 4] = [
        // Microsoft's page of MIRR prints 12.61 %.
        (&[-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0], 0.10, 0.12, "0.1260941303659051"),
        (
            &[-4_500.0, -800.0, 800.0, 800.0, 600.0, 600.0, 800.0, 800.0, 700.0, 3_000.0],
            0.08,
            0.055,
            "0.06659717503155349",
        ),
        (&[-100.0, 39.0, 59.0, 55.0, 20.0], 0.1, 0.12, "0.20437673767455267"),
        (&[100.0, 200.0, -50.0, 300.0, -200.0], 0.05, 0.06, "0.3428233878421769"),
    ];
    for (flows, finance, reinvest, printed) in table {
        assert_eq!(mirr(flows, finance, reinvest).unwrap().to_string(), printed, "{flows:?}");
    }
}

/// Microsoft's example of XNPV and XIRR.
fn dated() -> Vec<Dated> {
    let rows = [
        ("2008-01-01", -10_000.0),
        ("2008-03-01", 2_750.0),
        ("2008-10-30", 4_250.0),
        ("2009-02-15", 3_250.0),
        ("2009-04-01", 2_750.0),
    ];
    rows.map(|(date, amount)| Dated { date: date.parse().unwrap(), amount }).to_vec()
}

#[test]
fn dated_flows_count_days_by_365() {
    // Microsoft's page of XNPV prints 2,086.65; mpmath gives 2086.64760203153661652…
    assert!((xnpv(0.09, &dated()).unwrap() - 2_086.647_602_031_536_6).abs() < 1e-11);
    // Microsoft's page of XIRR prints 0.373362535; engines.md 0.37336253351883136; mpmath …83151030.
    let rate = xirr(&dated()).unwrap().rate().unwrap();
    assert_eq!(rate.to_string(), "0.37336253351883153");
    assert!((rate - 0.373_362_533_518_831_36).abs() <= LAST_PLACE, "{rate}");
}

#[test]
fn the_order_of_dated_flows_changes_the_day_of_the_worth_and_no_rate() {
    let mut turned = dated();
    turned.swap(1, 4);
    assert_eq!(xirr(&turned), xirr(&dated()));
    let positive = dated().into_iter().map(|flow| Dated { amount: flow.amount.abs(), ..flow });
    assert_eq!(xirr(&positive.collect::<Vec<_>>()), Ok(Irr::NoSignChange));
}

#[test]
fn what_cannot_be_appraised_is_said() {
    let says = |error: Error| error.to_string();
    assert_eq!(
        npv(-1.0, Timing::End, &[1.0]).map_err(says),
        Err("A rate of -1 does not discount: give a number above -1, such as 0.09 for 9 %.".into())
    );
    assert_eq!(npv(0.1, Timing::End, &[]), Err(Error::NoFlows));
    assert_eq!(irr(&[1.0, f64::NAN]), Err(Error::NotFinite));
    assert_eq!(mirr(&[1.0, 2.0], 0.1, 0.1), Err(Error::OneSided));
}
