//! The list of services.

use access::{Action, Params};
use kernel::Refused;
use parts::{Choice, Empty, Figure, FilterControl, HeadAction, ListPage, Markup, PageHead, Render, html};

use crate::page::{Page, PageCx};
use crate::show::counted;

/// What do we offer?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("service list", &[]).await?;
    let answer = answer(page).await?;
    let mut head = PageHead::new("What do we offer?").here("Services").answer(answer);
    let mut empty = Empty::new("There is no service yet.");
    if page.may(Action::TakeOver) {
        let add = HeadAction::link("Take over a service", "/services/new");
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    }
    let words =
        |words: &[&str]| words.iter().map(|word| Choice::new(*word, crate::show::sentence(word))).collect();
    let list = ListPage::new(&listing, "/services")
        .filter(FilterControl::select("state", "State", words(&["operational", "retiring", "retired"])))
        .filter(FilterControl::select("kind", "Kind", words(&["core", "enhancing", "supporting"])))
        .filter(FilterControl::select("complete", "Complete", words(&["yes", "no"])))
        .empty(empty)
        .keep_day(page.as_of());
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
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
