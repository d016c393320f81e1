//! Four figures of a person's role, each linked to its rows.

use std::cmp::Ordering;

use access::{Action, Role};
use kernel::listing::{Asked, Compare, Filter, Listing, Sort, Value, encode};
use kernel::{Period, Refused};
use parts::state::{State, Thing};
use parts::{Fact, Figure, Judged, Operand, Scale, html, number};

use super::Promises;
use crate::finance::amount;
use crate::finance::months::Months;
use crate::page::{PageCx, text};
use crate::show::{counted, only, plain};

/// The figures of the first of the person's roles that has some.
pub(super) async fn of(page: &mut PageCx, judged: &mut Promises) -> Result<Vec<Fact>, Refused> {
    let course = [Role::PortfolioManager, Role::BoardMember, Role::Chair];
    if course.into_iter().any(|role| page.cx.who.has(role)) && !page.may(Action::PrepareClose) {
        return portfolio(page, judged).await;
    }
    if page.may(Action::ReadMoney) {
        return money(page).await;
    }
    if page.may(Action::ConfirmOrder) {
        return relationships(page).await;
    }
    if page.may(Action::AcceptStatement) {
        return customer(page).await;
    }
    if page.may(Action::ReadServiceMoney) {
        return own_services(page, judged).await;
    }
    if page.may(Action::ReadServices) {
        return services(page).await;
    }
    if page.may(Action::Administer) {
        let people = counted(page, "user list", &[], &[]).await?;
        let active = counted(page, "user list", &[], &[("state", "active")]).await?;
        return Ok(vec![
            Fact::new("People", Figure::count(people, "/records/people").spoken()),
            Fact::new("Active", Figure::count(active, "/records/people?state=active").spoken()),
        ]);
    }
    Ok(Vec::new())
}

fn total(listing: &Listing, key: &str) -> Value {
    let place = listing.columns.iter().position(|column| column.key == key);
    place.and_then(|place| listing.totals.get(place).cloned().flatten()).unwrap_or(Value::Unknown)
}

/// The month's state, what is unallocated, the variance, what is mapped.
async fn money(page: &mut PageCx) -> Result<Vec<Fact>, Refused> {
    let months = Months::of(page).await?;
    let Some(period) = months.current() else { return Ok(Vec::new()) };
    let state = months.state(period).map_or("", |state| state.word());
    let month = Fact {
        label: period.label(),
        value: html! { a .num .key href={ "/money/close/" (period) } { (State::of(Thing::Period, state).word) } },
        note: None,
    };
    let mut facts = vec![month];
    facts.extend(unallocated(page, period).await?);
    let at = format!("/money/variances?period={period}");
    let variances = page.list("variance list", &[("period", &period.to_string())]).await?;
    if !variances.rows.is_empty() {
        let effect = total(&variances, "effect");
        let (judged, word) = match number::exact(&effect).map(|effect| effect.cmp(&0.into())) {
            Some(Ordering::Greater) => (Judged::Favourable, "better than budget"),
            Some(Ordering::Less) => (Judged::Adverse, "worse than budget"),
            _ => (Judged::Neutral, "as budgeted"),
        };
        let effect = Figure::sum(effect, "effect", at).spoken().judged(judged);
        facts.push(Fact::new("Effect of variances on the result", effect).note(html! { (word) }));
    }
    let coverage = page.record("coverage show", &[("period", &period.to_string())]).await?;
    if let (Some(mapped), Some(all), Ok(share)) =
        (amount(&coverage, "mapped"), amount(&coverage, "total"), text(&coverage, "share").parse())
    {
        let at = format!("/money/coverage?period={period}");
        let of = (Operand::field(mapped, "mapped", &at), Operand::field(all, "total", &at));
        let ratio = Figure::ratio(Value::Decimal(share), of.0, of.1, at);
        facts.push(
            Fact::new("Spend mapped to pools", ratio).note(html! { a href="/money/mapping" { "Mapping" } }),
        );
    }
    Ok(facts)
}

/// What the month's run leaves unallocated; nothing where there is no run yet.
async fn unallocated(page: &mut PageCx, period: Period) -> Result<Option<Fact>, Refused> {
    match page.list("residual list", &[("period", &period.to_string())]).await {
        Ok(listing) => {
            let at = format!("/money/residuals?period={period}");
            let left = Figure::sum(total(&listing, "amount"), "amount", at).spoken();
            Ok(Some(Fact::new("Not allocated to customers", left)))
        }
        Err(Refused::Refusal(refusal)) if refusal.kind.code == "not_run" => Ok(None),
        Err(other) => Err(other),
    }
}

/// Customers, orders, agreements, and what the newest statements charge them.
async fn relationships(page: &mut PageCx) -> Result<Vec<Fact>, Refused> {
    let customers = counted(page, "customer list", &[], &[]).await?;
    let orders = counted(page, "order list", &[], &[("state", "asked")]).await?;
    let agreements = counted(page, "agreement list", &[], &[("in_force", "yes")]).await?;
    let mut facts = vec![
        Fact::new("Customers", Figure::count(customers, "/customers").spoken()),
        Fact::new("Orders to confirm", Figure::count(orders, "/orders?state=asked").spoken()),
        Fact::new("Agreements in force", Figure::count(agreements, "/agreements?in_force=yes").spoken()),
    ];
    facts.extend(charged(page).await?);
    Ok(facts)
}

/// The charge of the newest month whose statements are out, and on the month before: a draft charges nobody.
async fn charged(page: &mut PageCx) -> Result<Vec<Fact>, Refused> {
    let sort = Some(Sort { column: "period".into(), descending: true });
    let out = Filter { column: "state".into(), compare: Compare::Unequal, value: "draft".into() };
    let newest = Asked { filters: vec![out.clone()], page: 1, per: Some(1), sort, ..Asked::default() };
    let newest = page.list_asked("statement list", &[], newest).await?;
    let Some(period) = newest.rows.first().map(|row| plain(&newest, row, "period")) else {
        return Ok(Vec::new());
    };
    let mut month = only(&[("period", &period)]);
    month.filters.push(out);
    let month = page.list_asked("statement list", &[], month).await?;
    let at = format!("/money/statements?period={period}&filter=state%21%3Ddraft");
    let change = Figure::sum(total(&month, "difference"), "difference", at.clone()).spoken().signed();
    let charge = Figure::sum(total(&month, "total"), "total", at).spoken();
    Ok(vec![
        Fact::new(format!("Charged for {}", number::period(&period)), charge)
            .note(html! { (change) " on the month before" }),
    ])
}

/// A customer's charge, what waits, agreements and orders.
async fn customer(page: &mut PageCx) -> Result<Vec<Fact>, Refused> {
    let mut facts = charged(page).await?;
    let open = counted(page, "statement list", &[], &[("state", "issued")]).await?;
    let agreements = counted(page, "agreement list", &[], &[("in_force", "yes")]).await?;
    let orders = counted(page, "order list", &[], &[("state", "asked")]).await?;
    facts.extend([
        Fact::new("Statements to accept", Figure::count(open, "/money/statements?state=issued").spoken()),
        Fact::new("Agreements in force", Figure::count(agreements, "/agreements?in_force=yes").spoken()),
        Fact::new("Orders asked for", Figure::count(orders, "/orders?state=asked").spoken()),
    ]);
    Ok(facts)
}

/// What is offered and what ends, what is incomplete, and which promises do not hold.
async fn portfolio(page: &mut PageCx, judged: &mut Promises) -> Result<Vec<Fact>, Refused> {
    let offered = counted(page, "service list", &[], &[("state", "operational")]).await?;
    let ending = counted(page, "service list", &[], &[("state", "retiring")]).await?;
    let open = counted(page, "service list", &[], &[("complete", "no")]).await?;
    let mut facts = vec![
        Fact::new("Operational services", Figure::count(offered, "/services?state=operational").spoken())
            .note(html! { (Figure::count(ending, "/services?state=retiring").spoken()) " retiring" }),
        Fact::new("Incomplete", Figure::count(open, "/services?complete=no").spoken()),
    ];
    if page.may(Action::ReadServiceMoney) {
        facts.extend(promises(judged.judged(page).await?));
    }
    Ok(facts)
}

/// A service owner's: their services, what they cost, and which of their promises do not hold.
async fn own_services(page: &mut PageCx, judged: &mut Promises) -> Result<Vec<Fact>, Refused> {
    let name = page.cx.who.name.clone();
    let at = format!("/services?owner={}", encode(&name));
    let own = counted(page, "service list", &[], &[("owner", &name)]).await?;
    let open = counted(page, "service list", &[], &[("owner", &name), ("complete", "no")]).await?;
    let mut facts = vec![
        Fact::new("Your services", Figure::count(own, at.clone()).spoken())
            .note(html! { (Figure::count(open, format!("{at}&complete=no")).spoken()) " incomplete" }),
    ];
    // What one may read of costs and promises is one's own services'.
    let costs = page.list("service cost", &[]).await?;
    if let Some(period) = costs.rows.first().map(|row| plain(&costs, row, "period")) {
        let cost =
            Figure::sum(total(&costs, "month"), "month", format!("/money/service-cost?period={period}"));
        let label = format!("Cost of {}", number::period(&period));
        facts.push(Fact::new(label, cost.spoken().scale(Scale::Whole)));
    }
    facts.extend(promises(judged.judged(page).await?));
    Ok(facts)
}

/// How many promises do not hold.
fn promises(judged: &Listing) -> [Fact; 2] {
    let count = |word: &str| {
        let so = judged.rows.iter().filter(|row| plain(judged, row, "judged") == word).count();
        let at = format!("/money/promises?judged={}", word.replace(' ', "+"));
        Figure::count(i64::try_from(so).unwrap_or(i64::MAX), at).spoken()
    };
    [Fact::new("Promises broken", count("broken")), Fact::new("Promises off track", count("off track"))]
}

/// Services, those incomplete, offerings.
async fn services(page: &mut PageCx) -> Result<Vec<Fact>, Refused> {
    let services = counted(page, "service list", &[], &[]).await?;
    let open = counted(page, "service list", &[], &[("complete", "no")]).await?;
    let offerings = counted(page, "offering list", &[], &[]).await?;
    Ok(vec![
        Fact::new("Services", Figure::count(services, "/services").spoken()),
        Fact::new("Incomplete", Figure::count(open, "/services?complete=no").spoken()),
        Fact::new("Offerings", Figure::count(offerings, "/offerings").spoken()),
    ])
}
