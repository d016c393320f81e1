//! Exchange rates of the treasury. They are Larkfield's own: amounts in dollars and pounds are
//! derived from them, so that the euro amounts bind.

use kernel::{Currency, Decimal, Period};

use crate::types::{ExchangeRate, RateKind};
use crate::years::{Years, written_months};

/// Dollars per euro, ten-thousandths, average of each month; June 2026 is the 1.07 of the licences.
const USD: [i64; 24] = [
    10_904, 10_870, 10_812, 10_765, 10_790, 10_840, 10_905, 10_960, 10_985, 11_020, 10_990, 10_950, 10_920,
    10_885, 10_860, 10_830, 10_795, 10_780, 10_755, 10_730, 10_700, 10_715, 10_740, 10_765,
];

/// Pounds per euro, ten-thousandths, average of each month.
const GBP: [i64; 24] = [
    8_350, 8_342, 8_335, 8_360, 8_380, 8_402, 8_425, 8_440, 8_452, 8_470, 8_488, 8_500, 8_512, 8_524, 8_531,
    8_540, 8_552, 8_561, 8_570, 8_583, 8_590, 8_598, 8_604, 8_611,
];

/// Average and closing of both currencies, 24 months.
pub(crate) fn rates(years: Years) -> Vec<ExchangeRate> {
    let mut all = Vec::new();
    for (month, n) in written_months().zip(0_usize..) {
        for (code, averages) in [("GBP", &GBP), ("USD", &USD)] {
            // A month closes half way to the next one's average.
            let next = averages.get(n + 1).unwrap_or(&averages[n]);
            let closing = (averages[n] + next) / 2;
            for (kind, value) in [(RateKind::Average, averages[n]), (RateKind::Closing, closing)] {
                let period = years.told(month);
                all.push(ExchangeRate {
                    period,
                    currency: Currency::parse(code).expect("a currency code"),
                    kind,
                    units_per_euro: Decimal::new(value, 4),
                    date: period.last_day(),
                    source: "Larkfield treasury".into(),
                });
            }
        }
    }
    all
}

/// Ten-thousandths of a unit of `code` per euro in a month as written, average; 10,000 for euros.
pub(crate) fn average(code: &str, written: Period) -> i64 {
    let place = written_months().position(|month| month == written).expect("one of the 24 months");
    match code {
        "USD" => USD[place],
        "GBP" => GBP[place],
        _ => 10_000,
    }
}
