//! What a service costs: the month, the year to date, the year; twelve months; the pools it comes from.

use access::Action;
use kernel::listing::{Listing, Value as Amount};
use kernel::{Period, Refused};
use parts::{
    BarChart, Caption, Cell, Empty, Fact, Figure, Format, Head, HeadAction, Markup, Point, Render, Scale,
    SimpleTable, empty, facts, html, number, titled,
};
use serde_json::Value;

use super::service_parts::end;
use super::service_year::Months;
use crate::page::{PageCx, text};
use crate::show::{only, plain};

/// The view of a service's cost in the month asked for, else the newest that was run.
pub(super) async fn shown(page: &mut PageCx, service: &Value) -> Result<Markup, Refused> {
    let key = text(service, "key");
    let asked = page.asked("period").to_owned();
    let now = cost(page, key, &asked).await?;
    let month = now.rows.first().map(|row| plain(&now, row, "period"));
    let Some(month) = month.and_then(|text| text.parse::<Period>().ok()) else {
        return Ok(nothing(page, service, &asked));
    };
    let months = Months::of(page, key, month).await?;
    let pools = pools(page, key, month).await?;
    let charged = charged(page, key, month).await?;
    let changed = crate::finance::changed_run(page, month).await?;
    Ok(html! {
        (changed)
        (facts(&known(page, key, month, &now, charged, &months)))
        div .two { div { (chart(page, key, &months.costs())) } div { (months.unit_costs()) } }
        (months.table())
        (pools)
        (traced(page, service, month))
    })
}

/// The service's row of what services cost; no row where it never cost anything in that year.
async fn cost(page: &mut PageCx, key: &str, period: &str) -> Result<Listing, Refused> {
    let params: Vec<(&str, &str)> = if period.is_empty() { Vec::new() } else { vec![("period", period)] };
    page.list_asked("service cost", &params, only(&[("service", key)])).await
}

/// What is said where the month's year has no cost of it: `asked` is the month asked for, if one was.
fn nothing(page: &PageCx, service: &Value, asked: &str) -> Markup {
    let key = text(service, "key");
    let overview = HeadAction::link("Overview", format!("/services/{key}"));
    if let Some(end) = end(service) {
        let last = text(service, "last_day").get(..7).unwrap_or("");
        let to_its_end =
            HeadAction::link("What it cost to its end", format!("/services/{key}/money?period={last}"));
        let (says, action) = match last {
            last if last.is_empty() || last == asked => {
                (format!("It carried no cost in the months that were run: {end}."), overview)
            }
            _ => (format!("It has no cost any more: {end}."), to_its_end),
        };
        return empty(&Empty::new(says).action(action));
    }
    let says = Empty::new("No cost was allocated to this service yet.");
    let may = page.may(Action::EditRules);
    empty(&says.action(if may { HeadAction::link("Add a rule", "/money/rules/new") } else { overview }))
}

fn amount(listing: &Listing, column: &str) -> Amount {
    listing.rows.first().and_then(|row| listing.value(row, column)).cloned().unwrap_or(Amount::Unknown)
}

/// The row that holds the month's figures of the service.
fn evidence(key: &str, month: Period) -> String {
    format!("/money/service-cost?period={month}&service={key}")
}

/// What customers are charged for it in the month, and what that leaves over or open; nothing before the
/// month has statements.
async fn charged(page: &mut PageCx, key: &str, month: Period) -> Result<Option<Fact>, Refused> {
    let period = month.to_string();
    let asked = only(&[("service", key)]);
    let recovery = page.list_asked("recovery list", &[("period", &period)], asked).await?;
    if recovery.rows.is_empty() {
        return Ok(None);
    }
    let at = format!("/money/recovery?period={period}&service={key}");
    let figure = |column: &str| Figure::sum(amount(&recovery, column), column, at.clone()).spoken();
    let left = figure("difference").scale(Scale::Whole).signed();
    let says = match plain(&recovery, recovery.rows.first().map_or(&[], Vec::as_slice), "cause").as_str() {
        "" => html! { (left) " over- or under-recovery" },
        cause => html! { (left) " by " (cause) },
    };
    Ok(Some(Fact::new("Charged to customers", figure("charges").scale(Scale::Whole)).note(says)))
}

/// The month, its unit cost, the year; what was charged, and of what earns outside what that leaves.
fn known(
    page: &PageCx,
    key: &str,
    month: Period,
    now: &Listing,
    charged: Option<Fact>,
    months: &Months,
) -> Vec<Fact> {
    let calendar = page.cx.organisation.calendar;
    let at = evidence(key, month);
    let figure =
        |column: &str| Figure::sum(amount(now, column), column, at.clone()).spoken().scale(Scale::Whole);
    let services = figure("from_services");
    let year = calendar.year_label(calendar.year_of(month));
    let mut all = vec![
        Fact::new(number::period(month), figure("month"))
            .note(html! { (services) " of it from other services" }),
    ];
    all.extend(months.unit_cost_fact());
    all.push(
        Fact::new("Year to date", figure("to_date")).note(html! { (year) " to " (number::period(month)) }),
    );
    all.push(Fact::new(year, figure("year")).note(html! { "all its months that were run" }));
    all.extend(charged);
    all.extend(months.earned_facts());
    all
}

fn chart(page: &PageCx, key: &str, months: &[(Period, Amount)]) -> Markup {
    let exact = |back: usize| {
        months.len().checked_sub(back).and_then(|i| months.get(i)).and_then(|(_, cost)| number::exact(cost))
    };
    let Some((last, _)) = months.last() else { return html! {} };
    let finding = match (exact(2), exact(1)) {
        (Some(before), Some(now)) => {
            format!(
                "{}: {} against the month before",
                number::period(last),
                number::percent_change(before, now)
            )
        }
        _ => format!("Cost since {}", number::period(last)),
    };
    let thousands =
        months.iter().filter_map(|(_, cost)| number::exact(cost)).any(|cost| cost.abs() >= 100_000.into());
    let scale = if thousands { Scale::Thousands } else { Scale::Whole };
    let unit = format!("Cost per month, {}", page.cx.organisation.currency.sign());
    let format = Format { scale, ..Format::default() };
    let points = months
        .iter()
        .map(|(month, cost)| Point::new(number::month(month), cost.clone()).linked(evidence(key, *month)));
    BarChart {
        caption: Caption::new("cost", finding, unit).format(format),
        names: "Month".to_owned(),
        points: points.collect(),
    }
    .render()
}

/// The pools its cost comes from, as they add up.
async fn pools(page: &mut PageCx, key: &str, month: Period) -> Result<Markup, Refused> {
    let period = month.to_string();
    let params = [("service", key), ("period", period.as_str())];
    let listing = page.list("service cost-by-pool", &params).await?;
    let all = format!("/money/service-cost/{key}?period={period}");
    let heads =
        vec![Head::words("Pool"), Head::figures(number::period(month)), Head::figures("Year to date")];
    let mut table = SimpleTable::new("Where it comes from", heads);
    let columns = ["month", "to_date"];
    for row in &listing.rows {
        let (pool, name) = (plain(&listing, row, "pool"), plain(&listing, row, "name"));
        let name = if name.is_empty() { pool.clone() } else { name };
        let first = if page.may(Action::ReadMoney) {
            Cell::link(name, format!("/money/pools/{pool}"))
        } else {
            Cell::words(name)
        };
        let figures = columns.map(|column| {
            let value = listing.value(row, column).cloned().unwrap_or(Amount::Unknown);
            Figure::sum(value, column, format!("{all}&pool={pool}")).scale(Scale::Whole).into()
        });
        table = table.row(std::iter::once(first).chain(figures).collect());
    }
    let total = |column: &str| {
        let at = listing.columns.iter().position(|known| known.key == column);
        let sum = at.and_then(|at| listing.totals.get(at).cloned().flatten()).unwrap_or(Amount::Unknown);
        Cell::from(Figure::sum(sum, column, all.clone()).scale(Scale::Whole).strong())
    };
    let sums = std::iter::once(Cell::words("All pools")).chain(columns.map(total));
    let unit = html! { "In " (page.cx.organisation.currency.sign()) ", rounded; each figure opens its rows to the cent." };
    Ok(titled(&table.total(sums.collect()).unit(unit)))
}

/// For whom the cost can be followed back to the ledger.
fn traced(page: &PageCx, service: &Value, month: Period) -> Markup {
    let key = text(service, "key");
    let mut customers: Vec<(&str, &str)> = crate::show::rows(service, "customers")
        .iter()
        .map(|row| (text(row, "key"), text(row, "name")))
        .collect();
    customers.dedup();
    html! {
        @if page.may(Action::ReadMoney) && !customers.is_empty() {
            p .after-table {
                "Follow it back to the ledger for "
                @for (i, (customer, name)) in customers.iter().enumerate() {
                    @if i > 0 { ", " }
                    a href={ "/money/trace/" (key) "/" (customer) "?period=" (month) } { (name) }
                }
                "."
            }
        }
    }
}
