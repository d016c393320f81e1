//! What services cost, one beside the other.

use access::{Action, Params};
use kernel::Refused;
use parts::{Empty, HeadAction, ListPage, PageHead, Render, html};

use crate::page::{Page, PageCx};

/// What does each service cost?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("service cost", &[]).await?;
    let unit = page.cx.organisation.currency.sign();
    let empty = Empty::new("No cost was allocated to a service in this year yet.")
        .action(HeadAction::link("Services", "/services"));
    let list = ListPage::new(&listing, "/money/service-cost").rows_named("service", "services");
    let mut list = list.unit(&unit).empty(empty);
    for name in ["period", "year"].into_iter().filter(|name| !page.asked(name).is_empty()) {
        list = list.keep(name, page.asked(name));
    }
    let hub = if page.may(Action::ReadMoney) { ("Money", "/money") } else { ("Services", "/services") };
    let head = PageHead::new("What does each service cost?")
        .crumb(hub.0, hub.1)
        .here("What services cost")
        .answer(html! { (listing.caption) "." });
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// Which pools does its cost come from?
pub(super) async fn pools(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let asks = "Which pools does its cost come from?";
    of_service(page, params, ("service cost-by-pool", "", asks, "Pools"), ("pool", "pools")).await
}

/// What did it cost, earn and charge, month by month?
pub(super) async fn months(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let asks = "What did it cost, earn and charge, month by month?";
    of_service(page, params, ("service cost-by-month", "/months", asks, "Months"), ("month", "months")).await
}

/// A list of what one service cost, under its Money page: the reading, its place, the question and its name.
async fn of_service(
    page: &mut PageCx,
    params: &Params,
    (reading, place, asks, here): (&str, &str, &str, &str),
    (one, many): (&str, &str),
) -> Result<Page, Refused> {
    let key = params.get("service");
    let listing = page.list_at(reading, &[("service", key)]).await?;
    let unit = page.cx.organisation.currency.sign();
    let list = ListPage::new(&listing, format!("/money/service-cost/{key}{place}"));
    let nothing = Empty::new("No cost was allocated to this service yet.")
        .action(HeadAction::link("Its money", format!("/services/{key}/money")));
    let mut list = list.rows_named(one, many).unit(&unit).empty(nothing);
    for name in ["period", "year"].into_iter().filter(|name| !page.asked(name).is_empty()) {
        list = list.keep(name, page.asked(name));
    }
    let head = PageHead::new(asks)
        .crumb("Services", "/services")
        .crumb(key, format!("/services/{key}"))
        .crumb("Money", format!("/services/{key}/money"))
        .here(here)
        .answer(html! { (listing.caption) "." });
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}
