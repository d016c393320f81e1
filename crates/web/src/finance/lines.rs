//! Ledger lines: the rows behind every figure of cost and income.

use access::Params;
use kernel::Refused;
use kernel::listing::{Asked, Filter, Listing};
use parts::query::query;
use parts::{
    Choice, Empty, Figure, FilterControl, HeadAction, ListPage, Markup, PageHead, Render, html, number,
};

use super::months;
use super::statements::total;
use crate::page::{Page, PageCx};
use crate::show::sentence;

/// What did we book?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let whole = page.asked("period") == "all";
    let period = if whole { None } else { Some(months::asked(page).await?) };
    let shown = period.map_or_else(|| "all".to_owned(), |period| period.to_string());
    let mut listing = page.list_at("line list", &[("period", &shown)]).await?;
    let sums = sums(page, &mut listing, &shown).await?;
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
        .on_phone(&["posted_on", "description", "amount"])
        .filter(FilterControl::select("kind", "Kind", kinds))
        .filter(FilterControl::typed("pool", "Cost pool"))
        .filter(FilterControl::typed("account", "Account"))
        .filter(FilterControl::typed("cost_centre", "Cost centre"))
        .filter(FilterControl::typed("supplier", "Supplier"))
        .empty(empty);
    let list = ListPage { heading_hidden: true, ..list };
    let title = match period {
        Some(period) => format!("What was booked in {}?", period.label()),
        None => "What was booked?".to_owned(),
    };
    let lines = number::counted(listing.count, "line", "lines");
    let answer = html! { (lines) " of the general ledger, the only source of total cost." (sums) };
    let head = PageHead::new(title).crumb("Money", "/money").here("Ledger lines").answer(answer);
    Ok(Page { head, body: list.render() })
}

/// Kinds of line and what their total is called.
const KINDS: [(&str, &str); 3] = [("cost", "cost"), ("income", "income"), ("asset", "capital")];

/// The total of each kind, where lines of several are shown: cost, income and capital in one total would be
/// nonsense, so the list has none then.
async fn sums(page: &mut PageCx, listing: &mut Listing, period: &str) -> Result<Markup, Refused> {
    let asked = Asked { page: 1, per: Some(1), sort: None, ..listing.asked.clone() };
    if asked.filters.iter().any(|filter| filter.column == "kind") || listing.count == 0 {
        return Ok(html! {});
    }
    let Some(at) = listing.columns.iter().position(|column| column.key == "amount") else {
        return Ok(html! {});
    };
    let mut said = Vec::new();
    // Over all months each kind would be added up again for every look at the page.
    let kinds = if period == "all" { &KINDS[..0] } else { &KINDS[..] };
    for (kind, name) in kinds {
        let mut of = asked.clone();
        of.filters.extend(Filter::parse(&format!("kind={kind}")));
        let sum = page.list_asked("line list", &[("period", period)], of.clone()).await?;
        if sum.count > 0 {
            let keep = [("period".to_owned(), period.to_owned())];
            let rows = query(&Asked { per: None, ..of }, &keep);
            let figure = Figure::sum(total(&sum, "amount"), "amount", format!("/money/lines{rows}"));
            said.push((*name, figure.spoken()));
        }
    }
    if said.len() > 1 || period == "all" {
        listing.totals[at] = None;
        listing.columns[at].sum = false;
    }
    Ok(html! { @for (name, figure) in &said { " " (sentence(name)) " " (figure) "." } })
}
