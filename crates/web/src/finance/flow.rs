//! Where the money goes: pools → services → customers, what each customer causes, what is left
//! unallocated, and who would gain and pay if the month were allocated again.

use std::collections::BTreeMap;

use access::Params;
use kernel::{Period, Refused};
use parts::{
    Empty, Fact, Figure, FilterControl, HeadAction, ListPage, Markup, Operand, PageHead, Render, Tone,
    banner, empty, facts, html, number,
};
use serde_json::Value;

use super::flow_tables::{left, matrix, who_pays};
use super::sankey::Flow;
use super::{amount, months, plain};
use crate::page::{Page, PageCx, text};
use crate::show::refusal;

/// Where does the money go, and what drives it?
pub(super) async fn show(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let month = period.to_string();
    let head = PageHead::new("Where does the money go, and what drives it?")
        .crumb("Money", "/money")
        .here("Cost flow");
    let run = match page.record("run show", &[("period", &month)]).await {
        Ok(run) => run,
        Err(Refused::Refusal(refusal)) if refusal.kind.code == "not_run" => {
            return nothing(page, head, period).await;
        }
        Err(other) => return Err(other),
    };
    let flow = flow_of(page, period).await?;
    let names = names(page).await?;
    let name = |kind: &str, key: &str| {
        names.get(&(kind.to_owned(), key.to_owned())).cloned().unwrap_or_else(|| key.to_owned())
    };
    let finding = finding(&flow, &name);
    let ran = html! { "Run " (number::time(text(&run, "run_at"))) " (" (text(&run, "state")) ")." };
    let mut head = head.answer(html! { (finding) " " (ran) });
    if text(&run, "state") == "draft" {
        let post = page.post("/money/runs", None).with("period", &month).with("_next", at(period));
        head = page
            .offer(head, "allocate run", &[("period", &month)], HeadAction::post("Run again", post))
            .await?;
    }
    let body = html! {
        (refusal(page))
        (changed_since(&run, period))
        (control(&run, period))
        section { (flow.sankey(finding, name)) }
        (matrix(&flow, period, &name))
        (left(page, period, &name).await?)
        (who_pays(page, period, &name).await?)
        section { p { a href={ "/money/shares?period=" (period) } { "Every share of the run" } " · "
            a href="/money/rules" { "Rules" } " · " a href="/money/drivers" { "Drivers" } } }
    };
    Ok(Page { head, body })
}

/// Says of a run that it no longer stands on the facts there are; nothing where it does.
pub(crate) fn changed_since(run: &Value, period: Period) -> Markup {
    let says = format!(
        "Something that the run of {} started from changed after it: its figures may be others once it is run again.",
        period.label()
    );
    html! { @if run["changed"] == true { (banner(Tone::Warn, None, html! { (says) })) } }
}

pub(super) fn at(period: Period) -> String {
    format!("/money/flow?period={period}")
}

async fn nothing(page: &mut PageCx, head: PageHead, period: Period) -> Result<Page, Refused> {
    let month = period.to_string();
    let mut place = Empty::new(format!("Nothing is allocated for {} yet.", period.label()));
    let runs = page.stand("allocate run", &[("period", &month)]).await?;
    if runs.is_open() {
        let post = page.post("/money/runs", None).with("period", &month).with("_next", at(period));
        place = place.action(HeadAction::post("Run the allocation", post));
    }
    let head = match runs.says() {
        Some(says) => head.note(says),
        None => head,
    };
    Ok(Page { head, body: html! { (refusal(page)) (empty(&place)) } })
}

async fn flow_of(page: &mut PageCx, period: Period) -> Result<Flow, Refused> {
    let month = period.to_string();
    let reached = charging::run::reached(&mut page.cx, period).await?;
    let residuals = page.list("residual list", &[("period", &month)]).await?;
    Ok(Flow::of(period, reached, &residuals))
}

/// Names of pools, services and customers by kind and key.
async fn names(page: &mut PageCx) -> Result<BTreeMap<(String, String), String>, Refused> {
    let pools = page.list("pool list", &[]).await?;
    let pools = pools.rows.iter().map(|row| (plain(&pools, row, "key"), plain(&pools, row, "name")));
    let mut names: BTreeMap<_, _> = pools.map(|(key, name)| (("pool".to_owned(), key), name)).collect();
    // A cost object stands among the services; a service of its key has the name.
    let mut nodes = charging::run::nodes(&mut page.cx.tx).await?;
    nodes.sort_by_key(|node| node.kind == "service");
    for node in nodes {
        let kind = if node.kind == "customer" { node.kind } else { "service".to_owned() };
        names.insert((kind, node.key), node.name);
    }
    Ok(names)
}

fn finding(flow: &Flow, name: &impl Fn(&str, &str) -> String) -> String {
    let customers = flow.customers();
    let total: i64 = customers.iter().map(|(_, amount)| amount).sum();
    match customers.first() {
        Some((key, most)) if total > 0 => {
            let share = number::percent(kernel::Decimal::from(*most) / kernel::Decimal::from(total));
            let all = flow.money(total).spoken();
            format!(
                "{all} reached {}; {} causes {share} of it.",
                number::counted(count(&customers), "customer", "customers"),
                name("customer", key)
            )
        }
        _ => "Nothing reached a customer.".to_owned(),
    }
}

fn count<T>(of: &[T]) -> i64 {
    i64::try_from(of.len()).unwrap_or(i64::MAX)
}

/// Ledger = allocated + unallocated, each from its own rows.
fn control(run: &Value, period: Period) -> Markup {
    let (Some(ledger), Some(allocated), Some(left)) =
        (amount(run, "ledger"), amount(run, "allocated"), amount(run, "unallocated"))
    else {
        return html! {};
    };
    let at = format!("/money/run?period={period}");
    let reached = Operand::field(allocated, "allocated", &at);
    facts(&[
        Fact::new(
            "Ledger, cost",
            Figure::sum(ledger, "amount", format!("/money/lines?period={period}&kind=cost")).spoken(),
        ),
        Fact::new(
            "Allocated",
            Figure::sum(allocated, "amount", format!("/money/shares?period={period}&receiver_kind=customer"))
                .spoken(),
        ),
        Fact::new(
            "Not allocated",
            Figure::sum(left, "amount", format!("/money/residuals?period={period}")).spoken(),
        ),
        Fact::new(
            "Share allocated",
            Figure::ratio(ratio(allocated, ledger), reached, Operand::field(ledger, "ledger", &at), &at),
        ),
    ])
}

fn ratio(part: kernel::Money, whole: kernel::Money) -> kernel::listing::Value {
    let of = |money: kernel::Money| kernel::Decimal::from(money.minor());
    of(part).checked_div(of(whole)).map_or(kernel::listing::Value::Unknown, kernel::listing::Value::Decimal)
}

/// Every share of a month.
pub(super) async fn shares(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let listing = page.list_at("share list", &[("period", &period.to_string())]).await?;
    let unit = page.cx.organisation.currency.sign();
    let list = ListPage::new(&listing, "/money/shares")
        .unit(&unit)
        .keep("period", period.to_string())
        .filter(FilterControl::typed("origin", "Cost pool"))
        .filter(FilterControl::typed("sender", "From"))
        .filter(FilterControl::typed("receiver", "To"))
        .filter(FilterControl::typed("receiver_kind", "Kind"));
    let head = PageHead::new(format!("Which shares make up {}?", period.label())).crumb("Money", "/money");
    let head = head.crumb("Cost flow", at(period)).here("Shares");
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// What a month leaves unallocated.
pub(super) async fn residuals(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let listing = page.list_at("residual list", &[("period", &period.to_string())]).await?;
    let unit = page.cx.organisation.currency.sign();
    let list = ListPage::new(&listing, "/money/residuals")
        .unit(&unit)
        .keep("period", period.to_string())
        .filter(FilterControl::typed("origin", "Cost pool"))
        .filter(FilterControl::typed("node", "Where"))
        .empty(Empty::new(format!("Nothing of {} is left unallocated.", period.label())));
    let head =
        PageHead::new(format!("What does {} leave unallocated?", period.label())).crumb("Money", "/money");
    let head = head.crumb("Cost flow", at(period)).here("Not allocated");
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}
