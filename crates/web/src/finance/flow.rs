//! Where the money goes: pools → services → customers, what each customer causes, what is left
//! unallocated, and who would gain and pay if the month were allocated again.

use std::collections::BTreeMap;

use access::{Action, Params};
use kernel::listing::{Asked, Filter};
use kernel::{Period, Refused};
use parts::{
    Cell, Choice, Empty, Fact, Figure, FilterControl, Head, HeadAction, Judged, ListPage, Markup, Operand,
    PageHead, Render, SimpleTable, empty, facts, html, number, titled,
};
use serde_json::Value;

use super::sankey::Flow;
use super::{amount, cell, months, plain};
use crate::page::{Page, PageCx, text};
use crate::show::refusal;

/// Services and customers named in the table; the rest is one line.
const SHOWN: usize = 20;
const CUSTOMERS_SHOWN: usize = 6;

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
            return Ok(nothing(page, head, period));
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
    if page.may(Action::ImportMoney) && text(&run, "state") == "draft" {
        let post = page.post("/money/runs", None).with("period", &month).with("_next", at(period));
        head = head.action(HeadAction::post("Run again", post));
    }
    let body = html! {
        (refusal(page))
        (control(&run, period))
        section { (flow.sankey(finding, name)) }
        (matrix(&flow, period, &name))
        (left(page, period).await?)
        (who_pays(page, period, &name).await?)
        section { p { a href={ "/money/shares?period=" (period) } { "Every share of the run" } " · "
            a href="/money/rules" { "Rules" } " · " a href="/money/drivers" { "Drivers" } } }
    };
    Ok(Page { head, body })
}

fn at(period: Period) -> String {
    format!("/money/flow?period={period}")
}

fn nothing(page: &PageCx, head: PageHead, period: Period) -> Page {
    let mut place = Empty::new(format!("Nothing is allocated for {} yet.", period.label()));
    if page.may(Action::ImportMoney) {
        let post =
            page.post("/money/runs", None).with("period", period.to_string()).with("_next", at(period));
        place = place.action(HeadAction::post("Run the allocation", post));
    }
    Page { head, body: html! { (refusal(page)) (empty(&place)) } }
}

async fn flow_of(page: &mut PageCx, period: Period) -> Result<Flow, Refused> {
    let month = period.to_string();
    let mut asked = Asked { page: 1, ..Asked::default() };
    asked.filters.extend(Filter::parse("receiver_kind=customer"));
    let shares = page.list_asked("share list", &[("period", &month)], asked).await?;
    let residuals = page.list("residual list", &[("period", &month)]).await?;
    Ok(Flow::of(period, page.cx.organisation.currency, &shares, &residuals))
}

/// Names of pools, services and customers by kind and key.
async fn names(page: &mut PageCx) -> Result<BTreeMap<(String, String), String>, Refused> {
    let mut names = BTreeMap::new();
    let readings = [
        ("pool", "pool list"),
        ("customer", "customer list"),
        ("service", "object list"),
        ("service", "service list"),
    ];
    for (kind, reading) in readings {
        let listing = page.list(reading, &[]).await?;
        let named =
            listing.rows.iter().map(|row| (plain(&listing, row, "key"), plain(&listing, row, "name")));
        names.extend(named.map(|(key, name)| ((kind.to_owned(), key), name)));
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

/// Services down, customers across; each amount opens its trace.
fn matrix(flow: &Flow, period: Period, name: &impl Fn(&str, &str) -> String) -> Markup {
    let (services, customers) = (flow.services(), flow.customers());
    let shown: Vec<&str> = customers.iter().take(CUSTOMERS_SHOWN).map(|(key, _)| key.as_str()).collect();
    let others = customers.len() > shown.len();
    let mut heads = vec![Head::words("Service")];
    heads.extend(shown.iter().map(|key| Head::figures(name("customer", key))));
    if others {
        heads.push(Head::figures("Others"));
    }
    heads.push(Head::figures("All"));
    let unit = html! { "Amounts in whole " (flow.money(0).currency().sign()) "; each opens, to the cent, to where it comes from." };
    let mut table = SimpleTable::new("What each customer causes", heads).unit(unit).dense();
    for (service, all) in services.iter().take(SHOWN) {
        let called =
            if service.is_empty() { "Straight from pools".to_owned() } else { name("service", service) };
        let mut cells = vec![Cell::words(called)];
        let mut rest = *all;
        for customer in &shown {
            let minor = flow.out.get(&(service.clone(), (*customer).to_owned())).copied();
            rest -= minor.unwrap_or(0);
            cells.push(minor.map_or_else(Cell::zero, |minor| share(flow, period, service, customer, minor)));
        }
        if others {
            cells.push(whole(Figure::cell(flow.money(rest))));
        }
        cells.push(whole(
            Figure::sum(flow.money(*all), "amount", flow.rows(&Flow::sent_by(service))).strong(),
        ));
        table = table.row(cells);
    }
    table = remainder(table, flow, &services, &shown, others);
    titled(&total(table, flow, &customers, &shown, others))
}

/// One service's amount of one customer; straight from pools it has no trace of a service.
fn share(flow: &Flow, period: Period, service: &str, customer: &str, minor: i64) -> Cell {
    if service.is_empty() {
        let mut narrowed = Flow::sent_by(service);
        narrowed.push(("receiver", customer));
        return whole(Figure::sum(flow.money(minor), "amount", flow.rows(&narrowed)));
    }
    let trace = format!("/money/trace/{service}/{customer}?period={period}");
    whole(Figure::field(flow.money(minor), "amount", trace))
}

/// The services beyond those shown, as one row.
fn remainder(
    table: SimpleTable,
    flow: &Flow,
    services: &[(String, i64)],
    shown: &[&str],
    others: bool,
) -> SimpleTable {
    let Some(hidden) = services.get(SHOWN..).filter(|hidden| !hidden.is_empty()) else { return table };
    let sum = |customer: &str| -> i64 {
        hidden.iter().filter_map(|(service, _)| flow.out.get(&(service.clone(), customer.to_owned()))).sum()
    };
    let all: i64 = hidden.iter().map(|(_, amount)| amount).sum();
    let mut cells = vec![Cell::words(format!("{} more services", hidden.len()))];
    cells.extend(shown.iter().map(|customer| whole(Figure::cell(flow.money(sum(customer))))));
    if others {
        let named: i64 = shown.iter().map(|customer| sum(customer)).sum();
        cells.push(whole(Figure::cell(flow.money(all - named))));
    }
    cells.push(whole(Figure::cell(flow.money(all))));
    table.row(cells)
}

fn total(
    table: SimpleTable,
    flow: &Flow,
    customers: &[(String, i64)],
    shown: &[&str],
    others: bool,
) -> SimpleTable {
    let mut cells = vec![Cell::words("All services")];
    let sums = customers.iter().take(shown.len());
    cells.extend(
        sums.map(|(key, sum)| {
            whole(Figure::sum(flow.money(*sum), "amount", flow.rows(&[("receiver", key)])))
        }),
    );
    if others {
        let rest: i64 = customers.iter().skip(shown.len()).map(|(_, sum)| sum).sum();
        cells.push(whole(Figure::cell(flow.money(rest))));
    }
    let all: i64 = customers.iter().map(|(_, sum)| sum).sum();
    cells.push(whole(Figure::sum(flow.money(all), "amount", flow.rows(&[])).strong()));
    table.total(cells)
}

/// To the currency's unit, so that all customers fit beside each other; the exact amount is its title.
fn whole(figure: Figure) -> Cell {
    figure.scale(parts::Scale::Whole).into()
}

/// What stays with IT, by name.
async fn left(page: &mut PageCx, period: Period) -> Result<Markup, Refused> {
    let asked = Asked { page: 1, per: Some(10), ..Asked::default() };
    let listing = page.list_asked("residual list", &[("period", &period.to_string())], asked).await?;
    if listing.count == 0 {
        return Ok(html! { section { p { "Nothing is left unallocated." } } });
    }
    let heads = vec![Head::words("Cost pool"), Head::words("Why"), Head::figures("Amount")];
    let table = SimpleTable::new("What is left unallocated", heads).dense();
    let table = listing.rows.iter().fold(table, |table, row| {
        let pool = plain(&listing, row, "origin");
        let rows = format!("/money/residuals?period={period}&seq={}", plain(&listing, row, "seq"));
        table.row(vec![
            Cell::link(pool.clone(), format!("/money/pools/{pool}")),
            Cell::words(plain(&listing, row, "says")),
            Figure::sum(cell(&listing, row, "amount"), "amount", rows).into(),
        ])
    });
    let sum = listing.totals.iter().flatten().next().cloned().unwrap_or(kernel::listing::Value::Unknown);
    let words = number::counted(listing.count, "residual", "residuals");
    let all = Figure::sum(sum, "amount", format!("/money/residuals?period={period}")).strong();
    Ok(titled(&table.total(vec![Cell::words(words), Cell::blank(), all.into()])))
}

/// The dry run, computed when it is asked for: it reckons the whole month again.
async fn who_pays(
    page: &mut PageCx,
    period: Period,
    name: &impl Fn(&str, &str) -> String,
) -> Result<Markup, Refused> {
    let here = at(period);
    if page.asked("dry") != "yes" {
        return Ok(html! {
            section {
                h2 #dry { "Who would gain and who would pay" }
                p { "With facts and rules as they are now, beside what stands. "
                    a href={ (here) "&dry=yes#dry" } { "Reckon it" } }
            }
        });
    }
    let listing = page.list("allocate dry", &[("period", &period.to_string())]).await?;
    let file = format!("/money/dry-run?period={period}");
    let heads = vec![
        Head::words("Customer"),
        Head::figures("As it stands"),
        Head::figures("As it would be"),
        Head::figures("Difference"),
        Head::words(""),
    ];
    let table = SimpleTable::new("Who would gain and who would pay", heads).caption_hidden();
    let table = listing.rows.iter().fold(table, |table, row| {
        let key = plain(&listing, row, "customer");
        let difference = cell(&listing, row, "difference");
        let (word, judged) = match number::exact(&difference) {
            Some(more) if more.is_zero() => ("as now", Judged::Neutral),
            Some(more) if more.is_sign_negative() => ("gains", Judged::Favourable),
            _ => ("pays", Judged::Adverse),
        };
        table.row(vec![
            Cell::words(name("customer", &key)),
            Figure::cell(cell(&listing, row, "now")).into(),
            Figure::cell(cell(&listing, row, "then")).into(),
            Figure::cell(difference).judged(judged).into(),
            Cell::words(word),
        ])
    });
    let sums = ["now", "then", "difference"].map(|key| {
        let place = listing.columns.iter().position(|column| column.key == key);
        let sum = place.and_then(|place| listing.totals.get(place).cloned().flatten());
        Cell::from(Figure::sum(sum.unwrap_or(kernel::listing::Value::Unknown), key, &file))
    });
    let mut cells = vec![Cell::words("All customers")];
    cells.extend(sums);
    cells.push(Cell::blank());
    Ok(html! {
        section {
            h2 #dry { "Who would gain and who would pay" }
            (table.total(cells))
            p { a href=(here) { "Hide" } }
        }
    })
}

/// Every share of a month.
pub(super) async fn shares(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let listing = page.list_at("share list", &[("period", &period.to_string())]).await?;
    let unit = page.cx.organisation.currency.sign();
    let kinds = ["service", "object", "customer"].map(|kind| Choice::new(kind, kind)).to_vec();
    let list = ListPage::new(&listing, "/money/shares")
        .unit(&unit)
        .keep("period", period.to_string())
        .filter(FilterControl::typed("origin", "Cost pool"))
        .filter(FilterControl::typed("sender", "From"))
        .filter(FilterControl::typed("receiver", "To"))
        .filter(FilterControl::select("receiver_kind", "Kind", kinds));
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
