//! How a supplier's bill and the ledger come together: one table that adds up, each figure open.

use access::Params;
use kernel::Refused;
use parts::{
    Cell, Field, Figure, Head, HeadAction, Markup, PageHead, SimpleTable, html, number, summary_list, titled,
};
use serde_json::Value;

use super::amount;
use super::evidence::plain_list;
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened_to, rows};

/// Where the reconciliation stands.
fn at(params: &Params) -> String {
    format!("/money/reconciliations/{}/{}", params.get("period"), params.get("supplier"))
}

fn head(params: &Params, asks: String) -> PageHead {
    PageHead::new(asks)
        .crumb("Money", "/money")
        .crumb("Bills", "/money/bills")
        .crumb(format!("{} {}", params.get("supplier"), number::period(params.get("period"))), at(params))
}

/// Does the bill explain the ledger?
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let (period, supplier) = (params.get("period"), params.get("supplier"));
    let record = page.record("reconciliation show", &[("period", period), ("supplier", supplier)]).await?;
    let at = at(params);
    let asks = format!("Does the bill of {supplier} explain the ledger of {}?", number::period(period));
    let left = amount(&record, "unexplained");
    let alone = text(&record, "own_source");
    let mut head = head(params, asks).answer(html! {
        @match left {
            Some(money) if money.minor() == 0 && !alone.is_empty() => {
                "There is no ledger: the bill stands as its own source, by "
                a href={ "/records/batches/" (alone) } { (alone) } "."
            }
            Some(money) if money.minor() == 0 => "Yes, to the cent.",
            Some(money) => { (Figure::field(money, "unexplained", at.clone()).spoken()) " is unexplained." }
            None => "–",
        }
    });
    let of = [("period", period), ("supplier", supplier)];
    let change = HeadAction::link("Change", format!("{at}/edit"));
    head = page.offer(head, "reconciliation edit", &of, change).await?;
    // Where the ledger has lines, that one would stand beside them is what nobody looks for.
    if !alone.is_empty() || record.get("ledger_lines") == Some(&Value::from(0)) {
        let stand = HeadAction::link("No ledger", format!("{at}/stand"));
        head = page.offer(head, "reconciliation stand", &of, stand).await?;
    }
    let key = format!("{period} {supplier}");
    let past = happened_to(page, &[("reconciliation", &key)], 20).await?;
    let body = html! {
        div .two .side {
            (table(&record, &at))
            section { h2 { "Ledger lines it explains" } (summary_list(&named(&record))) }
        }
        (past)
    };
    Ok(Page { head, body })
}

/// Ledger = bill + tax + credits + accrual + exchange + unexplained.
fn table(record: &Value, at: &str) -> Markup {
    let heads = vec![Head::words("What"), Head::figures("Amount")];
    let mut table = SimpleTable::new("From the bill to the ledger", heads);
    for bill in rows(record, "bills") {
        let label = text(bill, "bill");
        let link = format!("/money/bills/{label}");
        let says = match text(bill, "corrects") {
            "" => label.to_owned(),
            month => format!("{label}, what differs for {}", number::period(month)),
        };
        let money = amount(bill, "amount")
            .map_or_else(Cell::blank, |money| Figure::field(money, "counted", link.clone()).into());
        table = table.row(vec![Cell::link(&says, link), money]);
    }
    for (name, says) in [
        ("tax", "Tax"),
        ("credits", "Credits"),
        ("accrual", "Accrual or prepayment"),
        ("exchange", "Exchange"),
        ("unexplained", "Unexplained"),
    ] {
        let money =
            amount(record, name).map_or_else(Cell::blank, |money| Figure::field(money, name, at).into());
        let note = text(record, "note");
        let says = match name {
            "unexplained" if !note.is_empty() => format!("{says}: {note}"),
            _ => says.to_owned(),
        };
        table = table.row(vec![Cell::words(&says), money]);
    }
    let ledger = amount(record, "ledger")
        .map_or_else(Cell::blank, |money| Figure::sum(money, "amount", text(record, "rows")).strong().into());
    titled(&table.total(vec![Cell::words("Ledger"), ledger]))
}

fn named(record: &Value) -> Vec<(&'static str, Markup)> {
    let lines = record.get("ledger_lines").and_then(Value::as_i64).unwrap_or(0);
    let mut named = vec![(
        "Lines",
        html! { a href=(text(record, "rows")) { (number::counted(lines, "line", "lines")) } },
    )];
    for (label, name) in
        [("Supplier", "ledger_supplier"), ("Account", "account"), ("Cost centre", "cost_centre")]
    {
        let words = text(record, name);
        named.extend((!words.is_empty()).then(|| (label, html! { (words) })));
    }
    named
}

/// How are the bills of suppliers and the ledger reconciled?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let says = "No bill counts in any month.";
    let asks = "Do the bills explain the ledger?";
    plain_list(page, "reconciliation list", "/money/reconciliations", asks, "Reconciliations", says).await
}

/// Where is the bill booked, when no ledger has it?
pub(super) async fn stand(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let at = at(params);
    let account =
        Field::short("account", "Account", 12).hint("Code of a cost account, as the mapping expects it.");
    let centre = Field::short("cost_centre", "Cost centre", 12).optional();
    let form = page
        .form(format!("{at}/stand"), None)
        .field(account.value(page.answers.or("account", "")))
        .field(centre.value(page.answers.or("cost_centre", "")))
        .submit("Make it a ledger line")
        .cancel(at);
    let asks = format!("Where is the bill of {} booked, as no ledger has it?", params.get("supplier"));
    let head = head(params, asks).here("No ledger").answer(html! {
        "What the bill counts in the month becomes one ledger line, in a batch that can be reverted."
    });
    Ok(Page { head, body: form.render() })
}

/// Which lines, and what stands between them and the bill?
pub(super) async fn edit(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let (period, supplier) = (params.get("period"), params.get("supplier"));
    let record = page.record("reconciliation show", &[("period", period), ("supplier", supplier)]).await?;
    let unit = page.cx.organisation.currency.sign();
    let at = at(params);
    let mut form = page.form(format!("{at}/edit"), version(&record));
    let money = |name: &str| amount(&record, name).map(|money| money.plain()).unwrap_or_default();
    let amounts = ["tax", "credits", "accrual"].map(money);
    let mut now = Vec::new();
    for (name, label, hint) in [
        ("ledger_supplier", "Supplier of the ledger lines", "As the ledger writes it."),
        ("account", "Account", "Only lines of it; empty for any."),
        ("cost_centre", "Cost centre", "Only lines of it; empty for any."),
    ] {
        let field = Field::text(name, label).optional().hint(hint);
        form = form.field(field.value(page.answers.or(name, text(&record, name))));
        now.push((label, name, text(&record, name)));
    }
    for ((name, label, hint), stored) in [
        ("tax", "Tax", "In the ledger's lines and not in the bill."),
        ("credits", "Credits", "That the bill leaves out; with a minus."),
        ("accrual", "Accrual or prepayment", "Booked for another month, or not booked yet: with a minus."),
    ]
    .into_iter()
    .zip(&amounts)
    {
        let field = Field::amount(name, label, &unit).optional().hint(hint);
        form = form.field(field.value(page.answers.or(name, stored)));
        now.push((label, name, stored.as_str()));
    }
    let (label, stored) = ("What the unexplained rest is", text(&record, "note"));
    form = form.field(Field::text("note", label).optional().value(page.answers.or("note", stored)));
    now.push((label, "note", stored));
    let head =
        head(params, format!("What stands between the bill of {supplier} and the ledger?")).here("Change");
    Ok(Page { head, body: page.merged(form.submit("Save").cancel(at), &now).render() })
}
