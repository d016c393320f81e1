//! What pages, API, command line and the close read of reconciliations.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, inline, page_of};
use finance::rate;
use kernel::listing::{Asked, Column, Kind};
use kernel::{Currency, Fault, Money, Period, Refusal, Refused};
use serde_json::{Value, json};

use super::{Reconciliation, Standing, repo, rules};
use crate::bill;

/// The reconciliation that a path names.
pub(super) async fn load(cx: &mut Cx, params: &Params) -> Result<(Period, Reconciliation), Refused> {
    let period: Period = params.get("period").parse().map_err(|_| Refusal::not_found())?;
    let found = repo::find(&mut cx.tx, period, params.get("supplier")).await?;
    Ok((period, found.ok_or_else(Refusal::not_found)?))
}

/// The figures of a reconciliation, how many ledger lines it names, and the bills that count in it.
pub(super) async fn standing(
    cx: &mut Cx,
    of: &Reconciliation,
) -> Result<(Standing, i64, Vec<bill::Counted>), Refused> {
    let base = cx.organisation.currency;
    let bills = bill::counted(&mut cx.tx, &of.supplier, of.period).await?;
    let booked = repo::booked(&mut cx.tx, of.period, &of.supplier).await?;
    let too_large = || Fault::because("a reconciliation passes 64 bits");
    let ledger = booked.iter().map(|lines| lines.amount).try_fold(0_i64, i64::checked_add);
    let counted = bills.iter().map(|bill| bill.counted).try_fold(0_i64, i64::checked_add);
    let mut exchange = 0;
    for lines in booked.iter().filter(|lines| lines.currency != base) {
        if bills.iter().any(|bill| bill.currency == lines.currency) {
            exchange += lines.amount - at_the_rate(cx, lines, of.period, base).await?;
        }
    }
    let sums = ledger.zip(counted).and_then(|(ledger, bill)| rules::standing(of, ledger, bill, exchange));
    let standing = sums.ok_or_else(too_large)?;
    Ok((standing, booked.iter().map(|lines| lines.lines).sum(), bills))
}

/// What lines would be at the rate that the month's bills are converted with; as they are where there is none any more,
/// and then the difference is unexplained.
async fn at_the_rate(
    cx: &mut Cx,
    lines: &repo::Booked,
    period: Period,
    base: Currency,
) -> Result<i64, Fault> {
    let Some(rate) = rate::average(&mut cx.tx, lines.currency, base, period).await? else {
        return Ok(lines.amount);
    };
    let money = rate.convert(Money::of_minor(lines.original, lines.currency));
    Ok(money.map_err(|error| Fault::new("converting ledger lines", error))?.minor())
}

/// How a supplier's month comes together.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let (period, of) = load(cx, params).await?;
    let (standing, lines, bills) = standing(cx, &of).await?;
    let money = |minor| Money::of_minor(minor, cx.organisation.currency);
    let told = bills.iter().map(|bill| {
        json!({
            "bill": bill::label(bill.number),
            "corrects": (bill.belongs != period).then(|| bill.belongs.to_string()),
            "amount": money(bill.counted),
        })
    });
    Ok(View::Record(json!({
        "schema": "quarterdeck.reconciliation.v1",
        "id": of.id.to_string(),
        "version": of.version,
        "supplier": of.supplier,
        "period": period.to_string(),
        "ledger_supplier": of.ledger_supplier,
        "account": of.account,
        "cost_centre": of.cost_centre,
        "note": of.note,
        "own_source": of.own_source,
        "ledger_lines": lines,
        "rows": rows(&of),
        "ledger": money(standing.ledger),
        "bills": told.collect::<Vec<Value>>(),
        "bill": money(standing.bill),
        "tax": money(standing.tax),
        "credits": money(standing.credits),
        "accrual": money(standing.accrual),
        "exchange": money(standing.exchange),
        "unexplained": money(standing.unexplained),
    })))
}

/// Every reconciliation of a month in which bills count, newest first: ledger, bills and what is left.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let mut rows = Vec::new();
    for of in repo::all(&mut cx.tx).await? {
        let (standing, ..) = standing(cx, &of).await?;
        rows.push(vec![
            Bind::from(of.period),
            Bind::from(of.supplier),
            Bind::from(standing.ledger),
            Bind::from(standing.bill),
            Bind::from(standing.unexplained),
            Bind::from(of.note),
            Bind::from(of.own_source),
        ]);
    }
    let columns = vec![
        Column::new("period", "Month", Kind::Period).linked("/money/reconciliations/{period}/{supplier}"),
        Column::new("supplier", "Supplier", Kind::Code).linked("/money/reconciliations/{period}/{supplier}"),
        Column::new("ledger", "Ledger", Kind::Money)
            .summed()
            .linked("/money/lines?period={period}&kind=cost&explained={supplier}"),
        Column::new("bill", "Bills", Kind::Money)
            .summed()
            .linked("/money/bills?counts_in={period}&supplier={supplier}"),
        Column::new("unexplained", "Unexplained", Kind::Money).summed(),
        Column::new("note", "Called", Kind::Text),
        Column::new("own_source", "Its own source", Kind::Code).linked("/records/batches/{own_source}"),
    ];
    let (sql, binds) = inline(&cx.tx, &columns, rows);
    let (name, caption) = ("reconciliation", "Bills and the ledger".to_owned());
    let (currency, order) = (cx.organisation.currency, "period desc, supplier");
    let list = ListQuery { name, caption, columns, sql, binds, currency, order };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// The page of the ledger lines it names, as far as no other supplier's bill has them.
fn rows(of: &Reconciliation) -> String {
    format!("/money/lines?period={}&kind=cost&explained={}", of.period, of.supplier)
}

/// How a supplier's bills stand in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfSupplier {
    /// Key of the supplier.
    pub supplier: String,
    /// What its reconciliation comes to.
    pub standing: Standing,
    /// What the unexplained rest is called.
    pub note: Option<String>,
    /// Whether there is no ledger and the bill stands as its own source.
    pub own_source: bool,
}

/// Every supplier whose bills count in a month.
pub async fn of_period(cx: &mut Cx, period: Period) -> Result<Vec<OfSupplier>, Refused> {
    let mut all = Vec::new();
    for supplier in bill::live_in(&mut cx.tx, period).await? {
        let found = repo::find(&mut cx.tx, period, &supplier).await?;
        let found =
            found.ok_or_else(|| Fault::because(format!("{supplier} has bills and no reconciliation")))?;
        let (standing, ..) = standing(cx, &found).await?;
        let own_source = found.own_source.is_some();
        all.push(OfSupplier { supplier, standing, note: found.note, own_source });
    }
    Ok(all)
}
