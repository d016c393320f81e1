//! Exchange rates as something that can be imported: `import fx`.

use std::collections::BTreeSet;

use access::{Action, Cx};
use imports::{Accepted, Change, Exchange, FieldKind, FieldSpec, Hints, Known, Row, Target, Verdict};
use kernel::{Fault, Refusal, Refused};

use super::read::{self, COLUMNS, read};
use super::{Rate, repo};
use crate::error::twice;

const fn field(
    key: &'static str,
    label: &'static str,
    kind: FieldKind,
    required: bool,
    aliases: &'static [&'static str],
) -> FieldSpec {
    FieldSpec { key, label, aliases, required, kind }
}

const LIST: [FieldSpec; 7] = [
    field("day", "Day", FieldKind::Day, false, &["date", "rate date", "time_period"]),
    field("period", "Period", FieldKind::Period, false, &["month", "fiscal period"]),
    field("currency", "Currency", FieldKind::Currency, false, &["currency code", "ccy"]),
    field("rate", "Rate", FieldKind::Decimal, false, &["value", "obs_value", "exchange rate", "kurs"]),
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

/// The fields of a list, then one for each currency that may have a column of its own.
static FIELDS: [FieldSpec; LIST.len() + COLUMNS.len()] = {
    const EMPTY: FieldSpec = field("", "", FieldKind::Decimal, false, &[]);
    let mut all = [EMPTY; LIST.len() + COLUMNS.len()];
    let (mut place, list) = (0, LIST);
    while place < list.len() {
        let FieldSpec { key, label, aliases, required, kind } = list[place];
        all[place] = FieldSpec { key, label, aliases, required, kind };
        place += 1;
    }
    while place < all.len() {
        let code = COLUMNS[place - list.len()];
        all[place] = field(code, code, FieldKind::Decimal, false, &[]);
        place += 1;
    }
    all
};

/// Exchange rates.
pub static TARGET: Target = Target {
    kind: "fx",
    label: "Exchange rates",
    action: Action::ImportMoney,
    reads: Action::ReadMoney,
    fields: &FIELDS,
    known: Known::Records { identity: &["day", "period", "currency", "rate_kind"] },
    total: None,
    hints: Hints { one_of: &["day", "period"], ..Hints::NONE },
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    may_revert: None,
    revert: |cx, exchange, _| Box::pin(async move { Ok(repo::revert(&mut cx.tx, exchange.id).await?) }),
};

async fn known(cx: &mut Cx) -> Result<read::Known, Fault> {
    let base = cx.organisation.currency;
    Ok(read::Known { base, ways: repo::quoted_ways(&mut cx.tx, base).await? })
}

async fn check(cx: &mut Cx, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    let known = known(cx).await?;
    let mut seen = BTreeSet::new();
    let mut verdicts = Vec::with_capacity(rows.len());
    for row in rows {
        verdicts.push(match read(row, &known, "") {
            Err(why) => Verdict::Rejected(why),
            Ok(rates) => match rates.iter().find(|rate| !seen.insert(what(rate))) {
                Some(rate) => Verdict::Rejected(format!("a second rate for {}", what(rate))),
                None => compare(cx, &rates).await?,
            },
        });
    }
    Ok(verdicts)
}

/// `transaction USD 2024-09-30`: what there is one rate for.
fn what(rate: &Rate) -> String {
    format!("{} {} {}", rate.kind.word(), rate.currency, rate.valid_for)
}

/// New where none of the row's rates stands, known where all stand so, else changed.
async fn compare(cx: &mut Cx, rates: &[Rate]) -> Result<Verdict, Fault> {
    let (mut changes, mut known, mut new) = (Vec::new(), 0, 0);
    for rate in rates {
        match repo::standing(&mut cx.tx, rate).await? {
            Some(there) if there == rate.rate => known += 1,
            None => new += 1,
            Some(there) => changes.push(Change {
                field: rate.currency.code().to_owned(),
                old: there.normalize().to_string(),
                new: rate.rate.normalize().to_string(),
            }),
        }
    }
    Ok(match (changes.is_empty(), known, new) {
        (true, _, 0) => Verdict::Known,
        (true, 0, _) => Verdict::New,
        _ => Verdict::Changed(changes),
    })
}

async fn write(
    cx: &mut Cx,
    exchange: &Exchange,
    accepted: &[Accepted],
) -> Result<Vec<Option<String>>, Refused> {
    let known = known(cx).await?;
    let (mut records, mut all, mut seen) = (Vec::with_capacity(accepted.len()), Vec::new(), BTreeSet::new());
    for accepted in accepted {
        let line = accepted.row.line;
        let rates = read(&accepted.row, &known, &exchange.file_name);
        let rates = rates.map_err(|why| Refusal::field("file", format!("Line {line}: {why}.")))?;
        if let Some(rate) = rates.iter().find(|rate| !seen.insert(what(rate))) {
            return Err(twice(&what(rate)).into());
        }
        records.push(all.len());
        all.extend(rates);
    }
    let ids = repo::insert(cx, exchange.id, &all).await?;
    Ok(records.into_iter().map(|first| ids.get(first).cloned()).collect())
}
