//! The list of services.

use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Params};
use kernel::Refused;
use kernel::listing::{Column, Kind, Listing, Value};
use parts::{
    Choice, Empty, Figure, FilterControl, HeadAction, ListPage, Markup, PageHead, Render, html, number,
};

use crate::columns;
use crate::page::{Page, PageCx};
use crate::show::{counted, plain};

/// What do we offer?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("service list", &[]).await?;
    let answer = answer(page).await?;
    let mut head = PageHead::new("What do we offer?").here("Services").answer(answer);
    let mut empty = Empty::new("There is no service yet.");
    // A past day has its services, but no cost and no judgement as they were known then.
    let with_money = page.may(Action::ReadServiceMoney) && page.as_of().is_empty();
    let mut month = String::new();
    if with_money {
        month = add_money(page, &mut listing).await?;
        head = head.action(HeadAction::link("What they cost", "/money/service-cost"));
        head = head.action(HeadAction::link("Promises", "/money/promises"));
    }
    if page.may(Action::TakeOver) {
        let add = HeadAction::link("Take over a service", "/services/new");
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    }
    // Both are on the record; here they would push what is asked for off the page.
    columns::hide(&mut listing, &["first_day", "offerings"]);
    let unit = format!("{}; cost of {month}", page.cx.organisation.currency.sign());
    let words =
        |words: &[&str]| words.iter().map(|word| Choice::new(*word, crate::show::sentence(word))).collect();
    let list = ListPage::new(&listing, "/services")
        .filter(FilterControl::select("state", "State", words(&["operational", "retiring", "retired"])))
        .filter(FilterControl::select("kind", "Kind", words(&["core", "enhancing", "supporting"])))
        .filter(FilterControl::select("complete", "Complete", words(&["yes", "no"])))
        .empty(empty)
        .keep_day(page.as_of());
    let list = if month.is_empty() { list } else { list.unit(&unit) };
    let list = ListPage { heading_hidden: true, added: vec!["cost", "promises"], ..list };
    Ok(Page { head, body: list.render() })
}

/// Beside each service what it cost in the newest month that was run, and its worst promise. Gives the month;
/// empty where none was run.
async fn add_money(page: &mut PageCx, listing: &mut Listing) -> Result<String, Refused> {
    let costs = page.list("service cost", &[]).await?;
    let promises = page.list("promise judged", &[]).await?;
    let cost: BTreeMap<String, &Vec<Value>> =
        costs.rows.iter().map(|row| (plain(&costs, row, "service"), row)).collect();
    // The worst of each comes first.
    let mut worst: BTreeMap<String, String> = BTreeMap::new();
    for row in &promises.rows {
        worst.entry(plain(&promises, row, "service")).or_insert_with(|| plain(&promises, row, "judged"));
    }
    let added = [
        Column::new("cost", "Cost", Kind::Money)
            .linked("/money/service-cost?period={cost_period}&service={key}"),
        Column::new("cost_period", "Month", Kind::Period).hidden(),
        Column::new("promises", "Promises", Kind::State).linked("/services/{promised_by}/promises"),
        // Where nothing is promised, or what is promised is not the reader's to see, nothing leads there.
        Column::new("promised_by", "Promised by", Kind::Code).hidden(),
    ];
    let at = listing.columns.iter().position(|column| column.key == "owner").unwrap_or(0);
    let keys: Vec<String> = listing.rows.iter().map(|row| plain(listing, row, "key")).collect();
    // What has ended costs nothing and is held against nothing: that is no gap in what is known.
    let retired = listing.rows.iter().filter(|row| plain(listing, row, "state") == "retired");
    let ended: BTreeSet<String> = retired.map(|row| plain(listing, row, "key")).collect();
    for (row, key) in listing.rows.iter_mut().zip(&keys) {
        let of = |column: &str| cost.get(key).and_then(|row| costs.value(row, column)).cloned();
        let (word, by) =
            worst.get(key).map(|word| (Value::from(word.as_str()), Value::from(key.as_str()))).unzip();
        let ended = ended.contains(key);
        let month = of("month").or_else(|| ended.then(|| Value::from("")));
        let (word, by) = if ended { (None, None) } else { (word, by) };
        let cells = [month, of("period"), word, by];
        row.splice(at..at, cells.map(|cell| cell.unwrap_or(Value::Unknown)));
    }
    listing.columns.splice(at..at, added);
    listing.totals.splice(at..at, [None, None, None, None]);
    Ok(costs.rows.first().map_or_else(String::new, |row| number::period(plain(&costs, row, "period"))))
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
