//! Reading the rates of one row of a file: a list (one rate per row) or a wide table as the European
//! Central Bank gives it (one day per row, one column per currency).

use std::collections::BTreeMap;

use imports::Row;
use kernel::{Currency, Decimal};

use super::{Quoted, Rate, RateKind, ValidFor};

/// Currencies that may have a column of their own: those of the European Central Bank's reference
/// rates since 1999, and the euro for those who report in another currency.
pub(super) static COLUMNS: [&str; 42] = [
    "EUR", "USD", "JPY", "BGN", "CYP", "CZK", "DKK", "EEK", "GBP", "HUF", "LTL", "LVL", "MTL", "PLN", "ROL",
    "RON", "SEK", "SIT", "SKK", "CHF", "ISK", "NOK", "HRK", "RUB", "TRL", "TRY", "AUD", "BRL", "CAD", "CNY",
    "HKD", "IDR", "ILS", "INR", "KRW", "MXN", "MYR", "NZD", "PHP", "SGD", "THB", "ZAR",
];

/// What rates are read against.
pub(super) struct Known {
    /// The reporting currency.
    pub base: Currency,
    /// How rates in force are quoted: another way round beside it would mix them.
    pub ways: BTreeMap<(Currency, RateKind), Quoted>,
}

/// The rates of a row, or why it cannot be written. A rate of a day is a transaction rate; units of
/// the currency for one of ours unless the file says the other way; `file` is its source unless it
/// names one. A currency without a value in a wide row has no rate that day, which is not zero.
pub(super) fn read(row: &Row, known: &Known, file: &str) -> Result<Vec<Rate>, String> {
    let (kind, valid_for) = read_time(row)?;
    let base = known.base;
    let quoted = read_way(row, base)?;
    let source = row.text("source").unwrap_or(file);
    let figures = figures(row)?;
    let rate = |(currency, rate): (Currency, Decimal)| {
        if currency == base {
            return Err(format!("{base} is the reporting currency itself"));
        }
        if rate <= Decimal::ZERO {
            return Err(format!("rate {rate} is not above zero"));
        }
        match known.ways.get(&(currency, kind)) {
            Some(way) if *way != quoted => {
                let (there, here) = (way.says(currency, base), quoted.says(currency, base));
                Err(format!("{} rates are kept as {there}, this one is {here}", kind.word()))
            }
            _ => Ok(Rate { currency, base, quoted, kind, valid_for, rate, source: source.to_owned() }),
        }
    };
    figures.into_iter().map(rate).collect()
}

/// Which way round, in words or as our own list says it: `USD per 1 EUR`.
fn read_way(row: &Row, base: Currency) -> Result<Quoted, String> {
    let Some(told) = row.text("quoted") else { return Ok(Quoted::PerBase) };
    let listed =
        |way: &Quoted| row.currency("currency").is_some_and(|currency| way.says(currency, base) == told);
    let way = [Quoted::PerBase, Quoted::BasePer].into_iter().find(listed);
    way.or_else(|| Quoted::parse(&told.to_lowercase()))
        .ok_or_else(|| format!("“{told}” is neither “per base” nor “base per”"))
}

fn read_time(row: &Row) -> Result<(RateKind, ValidFor), String> {
    let told = row.text("rate_kind").map(str::to_lowercase);
    let kind = told.map(|word| {
        RateKind::parse(&word)
            .ok_or_else(|| format!("kind “{word}” is none of budget, transaction, average, closing"))
    });
    match (row.day("day"), row.period("period"), kind.transpose()?) {
        (Some(day), _, None | Some(RateKind::Transaction)) => Ok((RateKind::Transaction, ValidFor::Day(day))),
        (_, Some(period), Some(kind)) if kind != RateKind::Transaction => {
            Ok((kind, ValidFor::Period(period)))
        }
        (_, Some(_), None) => Err("a rate of a month needs its kind: budget, average or closing".into()),
        (Some(_), None, Some(kind)) => Err(format!("a rate of kind {} needs its month", kind.word())),
        _ => Err("neither a day nor a month".into()),
    }
}

fn figures(row: &Row) -> Result<Vec<(Currency, Decimal)>, String> {
    let mut figures = Vec::new();
    if let Some(rate) = row.decimal("rate") {
        figures.push((row.currency("currency").ok_or("no currency")?, rate));
    }
    for code in COLUMNS {
        if let Some(rate) = row.decimal(code) {
            figures.push((Currency::parse(code).map_err(|error| error.to_string())?, rate));
        }
    }
    if figures.is_empty() { Err("no rate".into()) } else { Ok(figures) }
}

#[cfg(test)]
mod tests {
    use imports::Cell;

    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    fn known() -> Known {
        let ways = [((Currency::USD, RateKind::Transaction), Quoted::PerBase)].into();
        Known { base: Currency::EUR, ways }
    }

    /// The layout of `eurofxref-hist.csv`: what is `N/A` there is blank here.
    #[test]
    fn a_wide_row_gives_one_rate_for_each_currency_that_has_one() {
        let row = Row::new(
            2,
            [
                ("day", Cell::Day("2024-09-30".parse().unwrap())),
                ("USD", Cell::Decimal("1.1196".parse().unwrap())),
                ("CYP", Cell::Blank),
                ("GBP", Cell::Decimal("0.83543".parse().unwrap())),
            ],
        );
        let rates = read(&row, &known(), "eurofxref-hist.csv").unwrap();
        let words: Vec<_> = rates.iter().map(|rate| format!("{} {}", rate.currency, rate.rate)).collect();
        assert_eq!(words, ["USD 1.1196", "GBP 0.83543"]);
        assert_eq!(rates[0].source, "eurofxref-hist.csv");
        let empty = Row::new(3, [("day", Cell::Day("2024-09-29".parse().unwrap()))]);
        assert_eq!(read(&empty, &known(), "").unwrap_err(), "no rate");
    }

    #[test]
    fn a_rate_says_for_what_it_is_and_which_way_round() {
        let whole = || {
            vec![
                ("day", Cell::Day("2024-09-30".parse().unwrap())),
                ("currency", Cell::Currency(Currency::USD)),
                ("rate", Cell::Decimal("1.1196".parse().unwrap())),
            ]
        };
        let month = ("period", Cell::Period("2024-09".parse().unwrap()));
        let kind = |word| ("rate_kind", text(word));
        for (cells, read_as) in [
            (vec![], Ok("transaction 2024-09-30 per base")),
            (
                vec![
                    ("quoted", text("base per")),
                    ("currency", Cell::Currency(Currency::parse("GBP").unwrap())),
                ],
                Ok("transaction 2024-09-30 base per"),
            ),
            (vec![month.clone(), kind("Closing")], Ok("closing 2024-09 per base")),
            (vec![("day", Cell::Blank), month.clone(), kind("average")], Ok("average 2024-09 per base")),
            (
                vec![("day", Cell::Blank), month.clone()],
                Err("a rate of a month needs its kind: budget, average or closing"),
            ),
            (vec![kind("closing")], Err("a rate of kind closing needs its month")),
            (vec![("day", Cell::Blank)], Err("neither a day nor a month")),
            (vec![("rate", Cell::Decimal("0".parse().unwrap()))], Err("rate 0 is not above zero")),
            (vec![("currency", Cell::Currency(Currency::EUR))], Err("EUR is the reporting currency itself")),
            (
                vec![("quoted", text("base per"))],
                Err("transaction rates are kept as USD per 1 EUR, this one is EUR per 1 USD"),
            ),
        ] {
            let mut all = whole();
            for (key, cell) in cells {
                all.retain(|(there, _)| *there != key);
                all.push((key, cell));
            }
            let rates = read(&Row::new(2, all), &known(), "ecb.csv");
            let words = rates.map(|rates| {
                let rate = &rates[0];
                format!("{} {} {}", rate.kind.word(), rate.valid_for, rate.quoted.word())
            });
            assert_eq!(words.as_deref().map_err(|why| why.as_str()), read_as);
        }
    }
}
