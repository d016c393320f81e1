//! What binds in demo.md, to the cent.

mod told;

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Decimal, Period};
use larkfield::{AccountClass, RateKind, Story};
use told::{Read, loaded, month, pool_of, pools, rows, september_2026};

/// The 216 rows as the designers wrote them: month, pool name, budget and actual in cents.
fn designed() -> Vec<(Period, String, i64, i64)> {
    let text = include_str!("../data/monthly.csv");
    let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    text.lines()
        .skip(1)
        .map(|line| {
            let f: Vec<&str> = line.split(',').collect();
            (month(f[0]), f[1].to_owned(), cents(f[2]), cents(f[3]))
        })
        .collect()
}

fn year_total(
    rows: &[(Period, String, i64, i64)],
    first: &str,
    column: fn(&(Period, String, i64, i64)) -> i64,
) -> i64 {
    let months: Vec<Period> = (0..12).map(|n| month(first).plus(n)).collect();
    rows.iter().filter(|row| months.contains(&row.0)).map(column).sum()
}

#[test]
fn ledger_and_budget_are_the_216_rows() {
    let story = september_2026();
    let designed = designed();
    assert_eq!(designed.len(), 216);
    let names: BTreeMap<&str, &str> = story.pools.iter().map(|p| (p.key.as_str(), p.name.as_str())).collect();
    let mut ledger: BTreeMap<(Period, &str), i64> = BTreeMap::new();
    for n in 0..24 {
        let period = month("2024-10").plus(n);
        ledger.extend(
            pools(&story, period).iter().map(|(pool, cents)| ((period, names[pool.as_str()]), *cents)),
        );
    }
    let budget: BTreeMap<(Period, &str), i64> =
        story.budgets.iter().map(|b| ((b.period, names[b.pool.as_str()]), b.amount.minor())).collect();
    assert_eq!((ledger.len(), budget.len()), (216, 216));
    for (period, pool, planned, spent) in &designed {
        assert_eq!(budget[&(*period, pool.as_str())], *planned, "{period} {pool}");
        assert_eq!(ledger[&(*period, pool.as_str())], *spent, "{period} {pool}");
    }
}

/// demo.md 4.3: FY25 plan 86,000,000 / actual 85,832,121; FY26 plan 89,000,000 / actual 89,256,726.
#[test]
fn the_two_years_total_as_told() {
    let rows = designed();
    for (first, planned, spent) in [("2024-10", 86_000_000, 85_832_121), ("2025-10", 89_000_000, 89_256_726)]
    {
        let rounded = |cents: i64| (cents + 50) / 100;
        assert_eq!(rounded(year_total(&rows, first, |row| row.2)), planned);
        assert_eq!(rounded(year_total(&rows, first, |row| row.3)), spent);
    }
}

/// demo.md 4.7: 8,412 read, 8,391 new, 14 already there, 3 changed, 4 rejected; 7,563,248.11.
#[test]
fn september_comes_in_three_files_that_only_together_are_the_month() {
    let story = september_2026();
    let september: Vec<_> = story
        .files
        .iter()
        .filter(|file| file.period == month("2026-09") && file.class == AccountClass::Cost)
        .collect();
    let [early, main, corrected] = september[..] else { panic!("three files") };
    assert_eq!([early.batch, main.batch, corrected.batch], [Some("B-0229"), Some("B-0231"), Some("B-0233")]);
    assert_eq!((main.rows, main.control_total.minor()), (8_412, 756_324_811));
    assert_eq!(main.csv_text.lines().count(), 8_413);
    assert_eq!(rows(main).iter().map(|row| row.cents).sum::<i64>(), 756_324_811);

    let known: BTreeMap<_, _> = rows(early).into_iter().map(|row| (row.key.clone(), row)).collect();
    let centres: BTreeSet<&str> = story.cost_centres.iter().map(|centre| centre.code.as_str()).collect();
    let (mut new, mut same, mut changed, mut rejected) = (0, 0, 0, Vec::new());
    for (index, row) in rows(main).into_iter().enumerate() {
        if !centres.contains(row.cost_centre.as_str()) {
            assert_eq!(row.cost_centre, "7719");
            rejected.push(index + 2);
        } else if row.date == "31/09/2026" {
            rejected.push(index + 2);
        } else {
            match known.get(&row.key) {
                None => new += 1,
                Some(before) if *before == row => same += 1,
                Some(_) => changed += 1,
            }
        }
    }
    assert_eq!((new, same, changed, rejected.len()), (8_391, 14, 3, 4));
    assert!(rejected.contains(&2_207) && rejected.contains(&5_118), "{rejected:?}");
    let expected: Vec<usize> = main.expected.rejected.iter().map(|reject| reject.line).collect();
    assert_eq!((main.expected.new, main.expected.already_there, main.expected.changed), (8_391, 14, 3));
    assert_eq!(expected, rejected);

    let refused: BTreeSet<_> = rejected.iter().map(|line| rows(main)[line - 2].key.clone()).collect();
    assert_eq!(rows(corrected).into_iter().map(|row| row.key).collect::<BTreeSet<_>>(), refused);
    let ledger = loaded(&story, AccountClass::Cost, month("2026-09"));
    assert_eq!((ledger.len(), ledger.iter().map(|row| row.cents).sum::<i64>()), (8_412, 756_324_811));
}

fn every_cost_row(story: &Story) -> Vec<(Period, Read)> {
    (0..24)
        .map(|n| month("2024-10").plus(n))
        .flat_map(|period| {
            loaded(story, AccountClass::Cost, period).into_iter().map(move |row| (period, row))
        })
        .collect()
}

#[test]
fn every_cost_row_is_in_its_month_on_known_codes_and_mapped() {
    let story = september_2026();
    let accounts: BTreeMap<&str, AccountClass> =
        story.accounts.iter().map(|account| (account.number.as_str(), account.class)).collect();
    let centres: BTreeSet<&str> = story.cost_centres.iter().map(|centre| centre.code.as_str()).collect();
    for (period, row) in every_cost_row(&story) {
        let day = chrono::NaiveDate::parse_from_str(&row.date, "%d/%m/%Y").unwrap();
        assert!(period.contains(day), "{row:?}");
        assert_eq!(accounts.get(row.account.as_str()), Some(&AccountClass::Cost), "{row:?}");
        assert!(centres.contains(row.cost_centre.as_str()), "{row:?}");
        assert!(pool_of(&story, &row).is_some(), "{row:?}");
    }
}

#[test]
fn a_row_is_one_document_and_line_in_all_the_ledger() {
    let story = september_2026();
    let mut keys = BTreeSet::new();
    for file in story.files.iter().filter(|file| !matches!(file.batch, Some("B-0229" | "B-0233"))) {
        let total: i64 = rows(file).iter().map(|row| row.cents).sum();
        assert_eq!((rows(file).len(), total), (file.rows, file.control_total.minor()), "{}", file.name);
        for row in rows(file) {
            assert!(keys.insert(row.key.clone()), "{:?} twice", row.key);
        }
    }
}

/// Euros = original ÷ rate, rounded once, half away from zero.
#[test]
fn dollars_and_pounds_come_back_to_their_euros_at_the_months_rate() {
    let story = september_2026();
    let mut seen = BTreeSet::new();
    for (period, row) in every_cost_row(&story).into_iter().filter(|(_, row)| row.currency != "EUR") {
        let rate = story.rates.iter().find(|rate| {
            rate.period == period && rate.kind == RateKind::Average && rate.currency.code() == row.currency
        });
        let euros = Decimal::new(row.amount, 2) / rate.unwrap().units_per_euro;
        let rounded = euros.round_dp_with_strategy(2, rust_decimal_rounding());
        assert_eq!(rounded, Decimal::new(row.cents, 2), "{row:?}");
        seen.insert(row.currency);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["GBP", "USD"]);
}

fn rust_decimal_rounding() -> rust_decimal::RoundingStrategy {
    rust_decimal::RoundingStrategy::MidpointAwayFromZero
}

/// demo.md 4.3 (software in June) and 4.7 (one amount of a cent, one credit note).
#[test]
fn the_planted_rows_are_there() {
    let story = september_2026();
    let june = loaded(&story, AccountClass::Cost, month("2026-06"));
    let licences = june.iter().find(|row| row.amount == 25_348_000 && row.currency == "USD").unwrap();
    assert_eq!(licences.cents, 23_689_720, "253,480 ÷ 1.07");
    let all = every_cost_row(&story);
    assert_eq!(all.iter().filter(|(_, row)| row.cents == 1).count(), 1);
    let credits: Vec<_> = all.iter().filter(|(_, row)| row.cents < 0).collect();
    assert_eq!(credits.len(), 1, "{credits:?}");
    assert!(credits[0].1.text.starts_with("Credit note"));
    assert_eq!(all.iter().filter(|(_, row)| row.cents == 0).count(), 0, "no empty rows");
}

/// demo.md 4.2, business revenue of FY26; 4.3, capital.
#[test]
fn income_and_capital_of_the_year_come_to_the_told_figures() {
    let story = september_2026();
    let mut income: BTreeMap<String, i64> = BTreeMap::new();
    let mut capital = 0;
    for n in 0..12 {
        let period = month("2025-10").plus(n);
        for row in loaded(&story, AccountClass::Income, period) {
            *income.entry(row.service.clone()).or_default() -= row.cents;
        }
        capital += loaded(&story, AccountClass::Asset, period).iter().map(|row| row.cents).sum::<i64>();
    }
    let told = [
        ("3G", 121_700_000),
        ("FLEET", 31_600_000),
        ("M2M", 6_200_000),
        ("ROAM", 22_900_000),
        ("TOPUP", 9_800_000),
        ("VMAIL", 1_150_000),
        ("VOICE", 98_400_000),
    ];
    let told: BTreeMap<String, i64> =
        told.into_iter().map(|(key, euros)| (key.into(), euros * 100)).collect();
    assert_eq!(income, told);
    assert_eq!(capital, 480_000_000);
    assert_eq!(story.capital_plans[0].amount.minor(), 480_000_000);
}

/// demo.md 4.7: Customer Care has 1,140 of 1,357 seats, Business Sales 122.
#[test]
fn the_seats_are_counted_as_told() {
    let story = september_2026();
    let seats: BTreeMap<&str, i64> = story
        .driver_quantities
        .iter()
        .filter(|q| q.driver == "SEATS" && q.period == month("2026-08"))
        .map(|q| (q.receiver.as_str(), q.quantity.millionths() / 1_000_000))
        .collect();
    assert_eq!(seats.values().sum::<i64>(), 1_357);
    assert_eq!((seats["CARE"], seats["BS"], seats["CONS"], seats["FIN"]), (1_140, 122, 81, 14));
}
