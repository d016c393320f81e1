//! The tables under the picture of the cost flow: what each customer causes, what is left, and who would
//! gain and pay.

use kernel::Period;
use kernel::Refused;
use kernel::listing::{Asked, Listing, encode};
use parts::{Cell, Figure, Head, Judged, Markup, SimpleTable, html, number, titled};

use super::flow::at;
use super::sankey::Flow;
use super::{cell, plain};
use crate::page::PageCx;

/// Services and customers named in the table; the rest is one line.
const SHOWN: usize = 20;
const CUSTOMERS_SHOWN: usize = 6;

/// Services down, customers across; each amount opens its trace.
pub(super) fn matrix(flow: &Flow, period: Period, name: &impl Fn(&str, &str) -> String) -> Markup {
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
pub(super) async fn left(
    page: &mut PageCx,
    period: Period,
    name: &impl Fn(&str, &str) -> String,
) -> Result<Markup, Refused> {
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
            Cell::link(name("pool", &pool), format!("/money/pools/{pool}")),
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
pub(super) async fn who_pays(
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
    let table = gains(&listing, &format!("/money/dry-run?period={period}"), name);
    Ok(html! {
        section {
            h2 #dry { "Who would gain and who would pay" }
            (table)
            p { a href=(here) { "Hide" } }
        }
    })
}

/// The rows of a dry run, each with the word for its side; their totals open `file`.
pub(super) fn gains(listing: &Listing, file: &str, name: &impl Fn(&str, &str) -> String) -> SimpleTable {
    let heads = vec![
        Head::words("Customer"),
        Head::figures("As it stands"),
        Head::figures("As it would be"),
        Head::figures("Difference"),
        Head::words(""),
    ];
    let table = SimpleTable::new("Who would gain and who would pay", heads).caption_hidden();
    let table = listing.rows.iter().fold(table, |table, row| {
        let key = plain(listing, row, "customer");
        let difference = cell(listing, row, "difference");
        let (word, judged) = match number::exact(&difference) {
            Some(more) if more.is_zero() => ("as now", Judged::Neutral),
            Some(more) if more.is_sign_negative() => ("gains", Judged::Favourable),
            _ => ("pays", Judged::Adverse),
        };
        let own = format!("{file}&customer={}", encode(&key));
        let figure = |column: &str| Figure::sum(cell(listing, row, column), column, own.clone());
        table.row(vec![
            Cell::link(name("customer", &key), format!("/customers/{key}")),
            figure("now").into(),
            figure("then").into(),
            figure("difference").judged(judged).into(),
            Cell::words(word),
        ])
    });
    let sums = ["now", "then", "difference"].map(|key| {
        let place = listing.columns.iter().position(|column| column.key == key);
        let sum = place.and_then(|place| listing.totals.get(place).cloned().flatten());
        Cell::from(Figure::sum(sum.unwrap_or(kernel::listing::Value::Unknown), key, file))
    });
    let mut cells = vec![Cell::words("All customers")];
    cells.extend(sums);
    cells.push(Cell::blank());
    table.total(cells)
}
