//! Ledger lines: the rows behind every figure of cost and income.

use access::Params;
use kernel::Refused;
use parts::{Choice, Empty, FilterControl, HeadAction, ListPage, PageHead, Render, html, number};

use super::months;
use crate::page::{Page, PageCx};

/// What did we book?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let whole = page.asked("period") == "all";
    let period = if whole { None } else { Some(months::asked(page).await?) };
    let shown = period.map_or_else(|| "all".to_owned(), |period| period.to_string());
    let listing = page.list_at("line list", &[("period", &shown)]).await?;
    let kinds = ["cost", "income", "asset"].map(|kind| Choice::new(kind, kind)).to_vec();
    let mut empty = Empty::new("No ledger line was imported for this month yet.");
    if page.may(access::Action::ImportMoney) {
        empty = empty.action(HeadAction::link("Import a ledger file", "/records/batches/new?kind=gl"));
    }
    let unit = page.cx.organisation.currency.sign();
    let list = ListPage::new(&listing, "/money/lines")
        .rows_named("line", "lines")
        .unit(&unit)
        .keep("period", shown)
        .keep_day(page.as_of())
        .filter(FilterControl::select("kind", "Kind", kinds))
        .filter(FilterControl::typed("pool", "Cost pool"))
        .filter(FilterControl::typed("account", "Account"))
        .filter(FilterControl::typed("supplier", "Supplier"))
        .empty(empty);
    let list = ListPage { heading_hidden: true, ..list };
    let title = match period {
        Some(period) => format!("What was booked in {}?", period.label()),
        None => "What was booked?".to_owned(),
    };
    let lines = number::counted(listing.count, "line", "lines");
    let answer = html! { (lines) " of the general ledger, the only source of total cost." };
    let head = PageHead::new(title).crumb("Money", "/money").here("Ledger lines").answer(answer);
    Ok(Page { head, body: list.render() })
}
