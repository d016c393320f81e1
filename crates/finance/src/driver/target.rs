//! Driver quantities as something that can be imported: `import drivers`.

use std::collections::BTreeSet;

use access::{Action, Cx};
use imports::{Accepted, Change, Exchange, FieldKind, FieldSpec, Known, Row, Target, Verdict};
use kernel::{Fault, Refusal, Refused};

use super::error::QUANTITIES_CLOSED;
use super::{DriverQuantity, repo, rules};
use crate::error::twice;
use crate::period;
use crate::receivers::Receivers;

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
    field("driver", "Driver", FieldKind::Text, true, &["driver key", "measure"]),
    field("period", "Period", FieldKind::Period, true, &["month", "fiscal period"]),
    field("service", "Service", FieldKind::Text, false, &["service key"]),
    field("customer", "Customer", FieldKind::Text, false, &["customer key", "unit", "business unit"]),
    field("quantity", "Quantity", FieldKind::Quantity, true, &["amount", "value", "count", "volume"]),
];

/// Driver quantities.
pub static TARGET: Target = Target {
    kind: "drivers",
    label: "Driver quantities",
    action: Action::ImportMoney,
    reads: Action::ReadMoney,
    fields: FIELDS,
    known: Known::Records { identity: &["driver", "period", "service", "customer"] },
    total: Some("quantity"),
    hints: imports::Hints::NONE,
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |cx, exchange| Box::pin(finish(cx, exchange)),
    may_revert: Some(|cx, exchange| Box::pin(may_revert(cx, exchange))),
    revert: |cx, exchange, _| Box::pin(async move { Ok(repo::revert(&mut cx.tx, exchange.id).await?) }),
};

async fn known(cx: &mut Cx) -> Result<rules::Known, Fault> {
    let drivers = repo::all(&mut cx.tx).await?;
    let drivers = drivers.into_iter().map(|driver| driver.key).collect();
    let periods = period::states(&mut cx.tx).await?;
    Ok(rules::Known { drivers, periods, receivers: Receivers::load(cx).await? })
}

/// `SEATS 2026-09 CARE`: what there is one quantity for.
fn what(quantity: &DriverQuantity) -> String {
    let receiver = [&quantity.service, &quantity.customer].map(|key| key.as_deref().unwrap_or("–"));
    format!("{} {} {}", quantity.driver, quantity.period, receiver.join(" of "))
}

async fn check(cx: &mut Cx, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    let known = known(cx).await?;
    let mut seen = BTreeSet::new();
    let mut verdicts = Vec::with_capacity(rows.len());
    for row in rows {
        let quantity = match rules::read(row, &known) {
            Ok(quantity) if seen.insert(what(&quantity)) => quantity,
            Ok(quantity) => {
                verdicts.push(Verdict::Rejected(format!("a second quantity for {}", what(&quantity))));
                continue;
            }
            Err(why) => {
                verdicts.push(Verdict::Rejected(why));
                continue;
            }
        };
        let standing = repo::standing(&mut cx.tx, &quantity).await?;
        verdicts.push(match (standing, rules::takes(quantity.period, &known)) {
            (Some(there), _) if there == quantity.quantity => Verdict::Known,
            (_, Err(why)) => Verdict::Rejected(why),
            (None, Ok(())) => Verdict::New,
            (Some(there), Ok(())) => Verdict::Changed(vec![Change {
                field: "quantity".into(),
                old: there.plain(),
                new: quantity.quantity.plain(),
            }]),
        });
    }
    Ok(verdicts)
}

async fn write(
    cx: &mut Cx,
    exchange: &Exchange,
    accepted: &[Accepted],
) -> Result<Vec<Option<String>>, Refused> {
    let known = known(cx).await?;
    let mut seen = BTreeSet::new();
    let mut quantities = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let line = accepted.row.line;
        let quantity = rules::read(&accepted.row, &known)
            .and_then(|quantity| rules::takes(quantity.period, &known).map(|()| quantity));
        let quantity = quantity.map_err(|why| Refusal::field("file", format!("Line {line}: {why}.")))?;
        if !seen.insert(what(&quantity)) {
            return Err(twice(&what(&quantity)).into());
        }
        quantities.push((line, quantity));
    }
    Ok(repo::insert_quantities(cx, exchange.id, &quantities).await?.into_iter().map(Some).collect())
}

async fn finish(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    for period in repo::touched(&mut cx.tx, exchange.id).await? {
        period::require_open(&mut cx.tx, period).await?;
    }
    Ok(())
}

async fn may_revert(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    for touched in repo::touched(&mut cx.tx, exchange.id).await? {
        let state = period::find(&mut cx.tx, touched).await?.map(|found| found.state);
        if !state.is_some_and(period::PeriodState::takes_facts) {
            return Err(QUANTITIES_CLOSED.with(&[&exchange.number, &touched.label()]).into());
        }
    }
    Ok(())
}
