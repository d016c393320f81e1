//! What a service cost a customer, back to pools, ledger lines, batches and files.

use access::Params;
use kernel::Refused;
use parts::state::{State, Tone};
use parts::{
    Cell, Figure, Head, Markup, PageHead, Render, Shape, SimpleTable, Trace, TraceStep, html, number,
};
use serde_json::Value;

use super::shared_by::{rule_at, shared_by};
use super::{amount, field, months};
use crate::page::{Page, PageCx, text};

/// Where does what a service costs a customer come from?
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let (service, customer) = (params.get("service"), params.get("customer"));
    let period = months::asked(page).await?;
    let month = period.to_string();
    let given = [("service", service), ("customer", customer), ("period", month.as_str())];
    let trace = page.record("cost trace", &given).await?;
    let (service_name, customer_name) =
        (name(page, "service show", service).await?, name(page, "customer show", customer).await?);
    let head = PageHead::new(format!("Where does what {service_name} costs {customer_name} come from?"))
        .crumb("Money", "/money")
        .crumb("Cost flow", format!("/money/flow?period={period}"))
        .here(format!("{service}, {customer}, {}", period.label()))
        .answer(html! { "Cost of " (period.label()) ", before any price." });
    let own = format!("/money/trace/{service}/{customer}?period={period}");
    let shares = format!("/money/shares?period={period}&sender={service}&receiver={customer}");
    let title = amount(&trace, "amount").map_or_else(String::new, |money| money.spoken());
    let shown = Trace {
        title: format!("Where {title} comes from"),
        address: Some(own.clone()),
        export: Some(shares.replacen("/money/shares", "/money/shares.csv", 1)),
        ..of_cost(&trace, &own, &shares)
    };
    Ok(Page { head, body: shown.render() })
}

/// What a record is called; its key where it has no name of its own, as a cost object.
async fn name(page: &mut PageCx, reading: &str, key: &str) -> Result<String, Refused> {
    match page.record(reading, &[("key", key)]).await {
        Ok(record) => Ok(text(&record, "name").to_owned()),
        Err(Refused::Refusal(refusal)) if refusal.kind.status == kernel::Status::NotFound => {
            Ok(key.to_owned())
        }
        Err(other) => Err(other),
    }
}

/// The chain, the pool rows and the verdict of a `quarterdeck.trace.v1`; `own` is its page, `shares` the
/// list of the shares that add up to it.
pub(super) fn of_cost(trace: &Value, own: &str, shares: &str) -> Trace {
    let parts: Vec<&Value> = trace.get("parts").and_then(Value::as_array).into_iter().flatten().collect();
    Trace {
        sentence: Some(html! { (text(trace, "sentence")) }),
        steps: chain(trace, &parts, own, shares),
        rows: Some(pool_rows(trace, &parts, own, shares)),
        verdicts: vec![ties(trace, shares)],
        ..Trace::default()
    }
}

fn chain(trace: &Value, parts: &[&Value], own: &str, shares: &str) -> Vec<TraceStep> {
    let pools = match parts.len() {
        1 => "1 cost pool".to_owned(),
        n => format!("{n} cost pools"),
    };
    let of = amount(trace, "of");
    let mut steps = vec![TraceStep::new(
        "Ledger lines",
        html! { (pools) },
        vec![
            html! { @if let Some(of) = of { (Figure::field(of, "of", own).spoken()) } },
            batches(&batches_of(parts)),
        ],
    )];
    let rule = text(trace, "rule");
    steps.push(TraceStep::new(
        "Rule",
        html! { a href=(rule_at(rule)) { (rule) } },
        vec![html! { "share by " (text(trace, "method")) }],
    ));
    let driver = text(trace, "driver");
    if !driver.is_empty() {
        let (total, unit) = (field(trace, "quantity_total"), text(trace, "unit"));
        let at = format!("/money/quantities?driver={driver}&period={}", text(trace, "period"));
        steps.push(TraceStep::new(
            "Driver",
            html! { a href=(at) { (grouped(&total)) " " (unit) } },
            vec![html! { (driver) }],
        ));
    }
    let (numerator, denominator) = share(trace);
    steps.push(TraceStep::new("Share", html! { (numerator) " / " (denominator) }, Vec::new()));
    let value = html! { @if let Some(money) = amount(trace, "amount") { (Figure::sum(money, "amount", shares).spoken()) } };
    steps.push(TraceStep::new("Amount", value, vec![html! { "largest remainder per pool" }]));
    steps
}

/// An exact number with its thousands grouped.
pub(super) fn grouped(number: &str) -> String {
    number.parse::<kernel::Decimal>().map_or_else(
        |_| number.to_owned(),
        |value| number::grouped(value.normalize(), value.normalize().scale()),
    )
}

/// Quantity of the driver where there is one, else the exact fraction.
fn share(trace: &Value) -> (String, String) {
    let measured = (field(trace, "quantity"), field(trace, "quantity_total"));
    if !measured.0.is_empty() && !measured.1.is_empty() {
        return (grouped(&measured.0), grouped(&measured.1));
    }
    let ratio = trace.get("share").unwrap_or(&Value::Null);
    (field(ratio, "numerator"), field(ratio, "denominator"))
}

/// The batches the ledger lines of all parts came in, each once.
pub(super) fn batches_of(parts: &[&Value]) -> Vec<String> {
    let all = parts.iter().filter_map(|part| part.get("batches")?.as_array()).flatten();
    let mut numbers: Vec<String> = all.map(|batch| label(&field(batch, "batch"))).collect();
    numbers.retain(|number| !number.is_empty());
    numbers.sort();
    numbers.dedup();
    numbers
}

/// `import B-0229, B-0231`, each linked.
pub(super) fn batches(numbers: &[String]) -> Markup {
    html! {
        @if !numbers.is_empty() {
            "import "
            @for (i, number) in numbers.iter().enumerate() {
                @if i > 0 { ", " } a href={ "/records/batches/" (number) } { (number) }
            }
        }
    }
}

/// `231` and `B-0231` are the same batch.
fn label(number: &str) -> String {
    number.parse::<i64>().map_or_else(|_| number.to_owned(), |number| format!("B-{number:04}"))
}

fn pool_rows(trace: &Value, parts: &[&Value], own: &str, shares: &str) -> SimpleTable {
    let (numerator, denominator) = share(trace);
    let heads = vec![
        Head::words("Cost pool"),
        Head::figures("Lines").wide_only(),
        Head::figures("In the pool").wide_only(),
        Head::words("Shared by").wide_only(),
        Head::figures("To the service").wide_only(),
        Head::figures(format!("Their {numerator} / {denominator}")),
    ];
    let table =
        parts.iter().fold(SimpleTable::new("Pool rows", heads).caption_hidden().dense(), |table, part| {
            let pool = text(part, "pool");
            let lines = part.get("ledger_lines").and_then(Value::as_i64).unwrap_or(0);
            table.row(vec![
                Cell::link(pool, format!("/money/pools/{pool}")),
                Figure::count(lines, text(part, "rows")).into(),
                in_pool(part),
                shared_by(part),
                amount(part, "service_cost").map_or_else(Cell::blank, |money| Figure::cell(money).into()),
                amount(part, "amount").map_or_else(Cell::blank, |money| {
                    Figure::sum(money, "amount", format!("{shares}&origin={pool}")).into()
                }),
            ])
        });
    let figure = |name: &str| {
        amount(trace, name).map_or_else(Cell::blank, |money| Figure::field(money, name, own).strong().into())
    };
    let service = Cell::words(text(trace, "service"));
    table.total(vec![service, Cell::blank(), Cell::blank(), Cell::blank(), figure("of"), figure("amount")])
}

/// What all ledger lines of the pool cost; opens them.
pub(super) fn in_pool(part: &Value) -> Cell {
    let sum = |money| Figure::sum(money, "amount", text(part, "rows")).into();
    amount(part, "pool_cost").map_or_else(Cell::blank, sum)
}

fn ties(trace: &Value, shares: &str) -> (State, Markup) {
    let sum = html! { @if let Some(money) = amount(trace, "amount") { (Figure::sum(money, "amount", shares).spoken()) } };
    if trace.get("ties") == Some(&Value::Bool(true)) {
        let state = State::new("It ties.", Tone::Ok, Shape::Check);
        (state, html! { "The pool rows add up to " (sum) "." })
    } else {
        let state = State::new("It does not tie.", Tone::Bad, Shape::Diamond);
        let says = html! {
            @for (i, why) in untied(trace).iter().enumerate() { @if i > 0 { " " } (why) }
            " Run the allocation again, then compare the pool rows with " (sum) "."
        };
        (state, says)
    }
}

/// What does not add up, as sentences.
pub(super) fn untied(trace: &Value) -> Vec<&str> {
    trace.get("untied").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}
