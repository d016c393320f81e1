//! Exchange rates as something that can be imported: `import fx`.

use std::collections::BTreeMap;

use access::{Action, Cx};
use imports::{Accepted, Change, Exchange, FieldKind, FieldSpec, Known, Row, Target, Verdict};
use kernel::{Currency, Refusal, Refused};

use super::{Quoted, Rate, RateKind, ValidFor, repo};

const fn field(
    key: &'static str,
    label: &'static str,
    kind: FieldKind,
    required: bool,
    aliases: &'static [&'static str],
) -> FieldSpec {
    FieldSpec { key, label, aliases, required, kind }
}

static FIELDS: &[FieldSpec] = &[
    field("day", "Day", FieldKind::Day, false, &["date", "rate date", "time_period"]),
    field("period", "Period", FieldKind::Period, false, &["month", "fiscal period"]),
    field("currency", "Currency", FieldKind::Currency, true, &["currency code", "ccy"]),
    field("rate", "Rate", FieldKind::Decimal, true, &["value", "obs_value", "exchange rate", "kurs"]),
    field(
        "rate_kind",
        "Kind (budget, transaction, average, closing)",
        FieldKind::Text,
        false,
        &["rate type", "kind"],
    ),
    field("quoted", "Quoted (per base, base per)", FieldKind::Text, false, &["quotation"]),
    field("source", "Source", FieldKind::Text, false, &["provider"]),
];

/// Exchange rates.
pub static TARGET: Target = Target {
    kind: "fx",
    label: "Exchange rates",
    action: Action::ImportMoney,
    reads: Action::ReadMoney,
    fields: FIELDS,
    known: Known::Records { identity: &["day", "period", "currency", "rate_kind"] },
    total: None,
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    revert: |cx, exchange, _| Box::pin(async move { Ok(repo::revert(&mut cx.tx, exchange.id).await?) }),
};

/// How rates already in force are quoted: another way round in one file would mix them.
type Ways = BTreeMap<(Currency, RateKind), Quoted>;

/// Reads a row, or says why it cannot be written. A rate of a day is a transaction rate; units of the
/// currency per one of ours unless the file says the other way; the file's name is its source unless
/// it names one.
fn read(row: &Row, base: Currency, ways: &Ways, file: &str) -> Result<Rate, String> {
    let currency = row.currency("currency").ok_or("no currency")?;
    if currency == base {
        return Err(format!("{base} is the reporting currency itself"));
    }
    let rate = row.decimal("rate").ok_or("no rate")?;
    if rate <= kernel::Decimal::ZERO {
        return Err(format!("rate {rate} is not above zero"));
    }
    let told = row.text("rate_kind").map(str::to_lowercase);
    let kind = match &told {
        None => None,
        Some(word) => Some(
            RateKind::parse(word)
                .ok_or_else(|| format!("kind “{word}” is none of budget, transaction, average, closing"))?,
        ),
    };
    let (kind, valid_for) = match (row.day("day"), row.period("period"), kind) {
        (Some(day), _, None | Some(RateKind::Transaction)) => (RateKind::Transaction, ValidFor::Day(day)),
        (_, Some(period), Some(kind)) if kind != RateKind::Transaction => (kind, ValidFor::Period(period)),
        (_, Some(_), None) => {
            return Err("a rate of a month needs its kind: budget, average or closing".into());
        }
        (Some(_), None, Some(kind)) => return Err(format!("a rate of kind {} needs its month", kind.word())),
        _ => return Err("neither a day nor a month".into()),
    };
    let quoted = match row.text("quoted").map(str::to_lowercase) {
        None => Quoted::PerBase,
        Some(word) => {
            Quoted::parse(&word).ok_or_else(|| format!("“{word}” is neither “per base” nor “base per”"))?
        }
    };
    match ways.get(&(currency, kind)) {
        Some(way) if *way != quoted => {
            let (there, here) = (way.says(currency, base), quoted.says(currency, base));
            return Err(format!("{} rates are kept as {there}, this one is {here}", kind.word()));
        }
        _ => {}
    }
    let source = row.text("source").unwrap_or(file).to_owned();
    Ok(Rate { currency, base, quoted, kind, valid_for, rate, source })
}

async fn check(cx: &mut Cx, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    let base = cx.organisation.currency;
    let ways = repo::quoted_ways(&mut cx.tx, base).await?;
    let mut verdicts = Vec::with_capacity(rows.len());
    for row in rows {
        let rate = match read(row, base, &ways, "") {
            Ok(rate) => rate,
            Err(why) => {
                verdicts.push(Verdict::Rejected(why));
                continue;
            }
        };
        verdicts.push(match repo::standing(&mut cx.tx, &rate).await? {
            None => Verdict::New,
            Some(there) if there == rate.rate => Verdict::Known,
            Some(there) => {
                let (old, new) = (there.normalize().to_string(), rate.rate.normalize().to_string());
                Verdict::Changed(vec![Change { field: "rate".into(), old, new }])
            }
        });
    }
    Ok(verdicts)
}

async fn write(
    cx: &mut Cx,
    exchange: &Exchange,
    accepted: &[Accepted],
) -> Result<Vec<Option<String>>, Refused> {
    let base = cx.organisation.currency;
    let ways = repo::quoted_ways(&mut cx.tx, base).await?;
    let mut rates = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let rate = read(&accepted.row, base, &ways, &exchange.file_name);
        rates
            .push(rate.map_err(|why| Refusal::field("file", format!("Line {}: {why}.", accepted.row.line)))?);
    }
    Ok(repo::insert(cx, exchange.id, &rates).await?.into_iter().map(Some).collect())
}

#[cfg(test)]
mod tests {
    use imports::Cell;

    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
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
            let ways = [((Currency::USD, RateKind::Transaction), Quoted::PerBase)].into();
            let rate = read(&Row::new(2, all), Currency::EUR, &ways, "ecb.csv");
            let words =
                rate.map(|rate| format!("{} {} {}", rate.kind.word(), rate.valid_for, rate.quoted.word()));
            assert_eq!(words.as_deref().map_err(|why| why.as_str()), read_as);
        }
    }
}
