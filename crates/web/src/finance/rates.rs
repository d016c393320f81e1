//! Exchange rates: all of them, and those a month is converted at.

use access::{Action, Params};
use kernel::Refused;
use parts::{Empty, FilterControl, HeadAction, ListPage, PageHead, Render, html, number};

use super::facts::offered;
use super::{list_beside_period, months};
use crate::page::{Page, PageCx};

/// At which rates is foreign money converted?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = list_beside_period(page, "rate list").await?;
    let add = HeadAction::link("Import rates", "/records/batches/new?kind=fx");
    let says = "There is no exchange rate yet.";
    let (head, empty) =
        offered(page, Action::ImportMoney, add, "At which rates is foreign money converted?", says);
    let list = ListPage::new(&listing, "/money/rates")
        .filter(FilterControl::typed("currency", "Currency"))
        .filter(FilterControl::typed("kind", "Kind"))
        .empty(empty);
    let month = months::asked(page).await?;
    let head =
        head.action(HeadAction::link(format!("Rates of {}", month.label()), format!("/money/rates/{month}")));
    Ok(Page { head: head.here("Rates"), body: ListPage { heading_hidden: true, ..list }.render() })
}

/// At which rates is foreign money of one month converted?
pub(super) async fn of_month(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let month = params.get("period");
    let listing = page.list_at("rate month", &[("period", month)]).await?;
    let empty = Empty::new(format!("There is no exchange rate of {} yet.", number::period(month)));
    let list = ListPage::new(&listing, format!("/money/rates/{month}")).empty(empty);
    let head = PageHead::new(format!("At which rates is money of {} converted?", number::period(month)))
        .crumb("Money", "/money")
        .crumb("Rates", "/money/rates")
        .here(number::period(month))
        .answer(html! { "What comes in another currency is converted at the average; open money items at the closing rate." });
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}
