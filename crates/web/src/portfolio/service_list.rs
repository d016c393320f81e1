//! The list of services.

use access::{Action, Params};
use kernel::Refused;
use kernel::listing::{Listing, Value};
use parts::{
    Choice, Empty, Figure, FilterControl, HeadAction, ListPage, Markup, PageHead, Render, html, number,
};

use crate::columns;
use crate::page::{Page, PageCx};
use crate::show::counted;

/// What do we offer?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("service list", &[]).await?;
    let answer = answer(page).await?;
    let mut head = PageHead::new("What do we offer?").here("Services").answer(answer);
    let mut empty = Empty::new("There is no service yet.");
    // A past day has its services, but no cost and no judgement as they were known then.
    let with_money = page.may(Action::ReadServiceMoney) && page.as_of().is_empty();
    if with_money {
        head = head.action(HeadAction::link("What they cost", "/money/service-cost"));
        head = head.action(HeadAction::link("Promises", "/money/promises"));
    }
    if page.may(Action::TakeOver) {
        let add = HeadAction::link("Take over a service", "/services/new");
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    } else {
        empty = Empty::new("There is no service yet. A portfolio manager takes them over.")
            .action(HeadAction::link("Home", "/"));
    }
    without_ended(&mut listing);
    hide(page, &mut listing, with_money);
    let month = if with_money { charging::service::month(&mut page.cx).await? } else { None };
    let unit = month.map(|month| {
        let (sign, month) = (page.cx.organisation.currency.sign(), number::period(month));
        format!("{sign}; cost of {month}, with what other services did for each")
    });
    let list = filtered(ListPage::new(&listing, "/services"), with_money).empty(empty).keep_day(page.as_of());
    Ok(Page { head, body: ListPage { heading_hidden: true, unit, ..list }.render() })
}

/// Leaves off what is on the record or said above the list, and would push what is asked for off the page; and what
/// the reader may not know.
fn hide(page: &PageCx, listing: &mut Listing, with_money: bool) {
    columns::hide(listing, &["first_day", "offerings", "cost_period"]);
    if !with_money {
        columns::hide(listing, &["cost", "promises"]);
    }
    if !page.may(Action::ReadCustomers) {
        columns::hide(listing, &["customers"]);
    }
}

/// What has ended has no cost to be known.
fn without_ended(listing: &mut Listing) {
    let place = |key: &str| listing.columns.iter().position(|column| column.key == key);
    if let [Some(state), Some(cost)] = ["state", "cost"].map(place) {
        let ended = listing.rows.iter_mut().filter(|row| row[state].plain() == "retired");
        for row in ended.filter(|row| row[cost] == Value::Unknown) {
            row[cost] = Value::from("");
        }
    }
}

fn filtered(list: ListPage<'_>, with_money: bool) -> ListPage<'_> {
    let words =
        |words: &[&str]| words.iter().map(|word| Choice::new(*word, crate::show::sentence(word))).collect();
    let list = list
        .filter(FilterControl::typed("state", "State"))
        .filter(FilterControl::typed("kind", "Kind"))
        .filter(FilterControl::select("complete", "Complete", words(&["yes", "no"])));
    if !with_money {
        return list;
    }
    list.filter(FilterControl::typed("promises", "Promises")).filter(FilterControl::figures("cost", "Cost"))
}

/// “13 operational, 1 retiring, 1 retired; 2 are incomplete.” Each figure opens its rows.
async fn answer(page: &mut PageCx) -> Result<Markup, Refused> {
    let mut states = Vec::new();
    for state in ["operational", "retiring", "retired"] {
        let n = counted(page, "service list", &[], &[("state", state)]).await?;
        states.push((Figure::count(n, format!("/services?state={state}")).spoken(), state));
    }
    let lacking = counted(page, "service list", &[], &[("complete", "no")]).await?;
    Ok(html! {
        @for (i, (figure, state)) in states.iter().enumerate() { @if i > 0 { ", " } (figure) " " (state) }
        "; "
        @if lacking == 0 { "none lacks anything its state asks for." }
        @else {
            (Figure::count(lacking, "/services?complete=no").spoken())
            @if lacking == 1 { " lacks" } @else { " lack" } " something its state asks for."
        }
    })
}
