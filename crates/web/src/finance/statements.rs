//! Statements: the list, issuing a month's, the recharge journal, what charges recover.

use access::{Action, Params, Role};
use finance::period::PeriodState;
use kernel::listing::{Asked, Filter, Listing, Value};
use kernel::{Period, Refused};
use parts::review::Answer;
use parts::{
    Empty, Figure, FilterControl, HeadAction, ListPage, Markup, PageHead, Render, Tone, banner,
    check_answers, html, number,
};

use super::flow::changed_since;
use super::months::{self, Months};
use crate::page::{Page, PageCx};
use crate::ready::Stand;
use crate::show::refusal;
use crate::{columns, filters};

/// What is each customer charged?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("statement list", &[]).await?;
    if only_customer(page) {
        // All of them are theirs: what they pay and whether it is accepted comes before the rest.
        columns::hide(&mut listing, &["customer", "customer_name"]);
        columns::first(&mut listing, &["number", "period", "total", "state"]);
    }
    let unit = page.cx.organisation.currency.sign();
    let mut list = ListPage::new(&listing, "/money/statements")
        .unit(&unit)
        .filter(filters::month(page).await?)
        .filter(FilterControl::typed("state", "State"))
        .empty(Empty::new(empty_words(page).await?));
    if !only_customer(page) {
        let kept = ["number", "customer_name", "total"];
        list = list.on_phone(&kept).filter(filters::customer(page).await?);
    }
    let mut head = list_head(page);
    let mut stale = html! {};
    if page.may(Action::IssueStatements) {
        let period = months::asked(page).await?;
        let (stand, says) = drafts_stand(page, period).await?;
        head = finance_actions(page, head, period, stand).await?;
        stale = says;
    }
    let list = ListPage { heading_hidden: true, ..list };
    Ok(Page { head, body: html! { (refusal(page)) (stale) (list) } })
}

fn list_head(page: &PageCx) -> PageHead {
    let at = |path: &str| format!("/money/{path}{}", page_period(page));
    if !page.may(Action::ReadMoney) {
        let asks = if only_customer(page) { "What am I charged?" } else { "What is each customer charged?" };
        let focus = html! { a href=(at("focus")) { "As FOCUS" } };
        return PageHead::new(asks).here("Statements").answer(focus);
    }
    let head = PageHead::new("What is each customer charged?").crumb("Money", "/money").here("Statements");
    head.answer(html! {
        a href=(at("statement-lines")) { "All lines" } " · " a href=(at("recovery")) { "What charges recover" }
        " · " a href=(at("journal")) { "Recharge journal" } " · " a href=(at("focus")) { "As FOCUS" }
    })
}

fn page_period(page: &PageCx) -> String {
    let period = page.asked("period");
    if period.is_empty() { String::new() } else { format!("?period={period}") }
}

/// Whether the reader is here for their own customer only.
pub(crate) fn only_customer(page: &PageCx) -> bool {
    page.cx.who.grants.iter().all(|grant| grant.role == Role::CustomerRepresentative)
}

/// The first statement comes when the month being worked on closes.
async fn empty_words(page: &mut PageCx) -> Result<String, Refused> {
    let current = Months::of(page).await?.current();
    Ok(match (only_customer(page), current) {
        (true, Some(period)) => format!("Your first statement comes when {} is closed.", period.label()),
        (true, None) => "Your first statement comes when the first month is closed.".to_owned(),
        _ => "There is no statement yet: they are drafted from a month's allocation.".to_owned(),
    })
}

/// Draft or issue the statements of the month being worked on. Whether drafts still `stand` is reckoned once for the
/// page, which says it where they do not.
async fn finance_actions(
    page: &mut PageCx,
    head: PageHead,
    period: Period,
    stand: bool,
) -> Result<PageHead, Refused> {
    let drafts = of_month(page, period, "draft").await?;
    let all = of_month(page, period, "").await?;
    let (month, named) = (period.to_string(), period.label());
    let of = [("period", month.as_str())];
    let draft = page.post("/money/statements", None).with("period", &month);
    if all.count == 0 {
        let draft = HeadAction::post(format!("Draft {named}"), draft).primary();
        return page.offer(head, "statement draft", &of, draft).await;
    }
    if drafts.count == 0 {
        return Ok(head);
    }
    let closed = Months::of(page).await?.state(period).is_some_and(PeriodState::is_closed);
    let again = HeadAction::post(format!("Draft {named} again"), draft);
    let head = page.offer(head, "statement draft", &of, again).await?;
    let issue = HeadAction::link(format!("Issue {named}"), issue_at(period)).primary();
    Ok(match closed {
        true if stand => head.action(issue),
        true => head,
        false => head.beside(format!("{named} is issued once it is closed")),
    })
}

/// Whether a month's drafts are what would be issued; and what the reader should know where they are not, or where
/// the run they are made from no longer stands.
pub(super) async fn drafts_stand(page: &mut PageCx, period: Period) -> Result<(bool, Markup), Refused> {
    let drafts = page.record("statement drafts", &[("period", &period.to_string())]).await?;
    let says = drafts["says"].as_str().map(|says| format!("Of the drafts of {}: {says}.", period.label()));
    let (stand, run) = (says.is_none(), changed_run(page, period).await?);
    Ok((stand, html! { (run) @if let Some(says) = says { (banner(Tone::Warn, None, html! { (says) })) } }))
}

/// Says of the run that drafts are made from whether it still stands, to who reads money.
pub(crate) async fn changed_run(page: &mut PageCx, period: Period) -> Result<Markup, Refused> {
    if !page.may(Action::ReadMoney) {
        return Ok(html! {});
    }
    match page.record("run show", &[("period", &period.to_string())]).await {
        Ok(run) => Ok(changed_since(&run, period)),
        Err(Refused::Refusal(refusal)) if refusal.kind.code == "not_run" => Ok(html! {}),
        Err(other) => Err(other),
    }
}

/// What a month's statements come to together.
pub(crate) async fn of_month_in_all(page: &mut PageCx, period: Period) -> Result<Markup, Refused> {
    let all = of_month(page, period, "").await?;
    let list = format!("/money/statements?period={period}");
    let sum = Figure::sum(total(&all, "total"), "total", list).spoken();
    Ok(html! { (sum.scale(parts::Scale::Millions(2))) })
}

fn issue_at(period: Period) -> String {
    format!("/money/statements/issue?period={period}")
}

async fn of_month(page: &mut PageCx, period: Period, state: &str) -> Result<Listing, Refused> {
    let mut asked = Asked { page: 1, ..Asked::default() };
    asked.filters.extend(Filter::parse(&format!("period={period}")));
    if !state.is_empty() {
        asked.filters.extend(Filter::parse(&format!("state={state}")));
    }
    page.list_asked("statement list", &[], asked).await
}

/// The total of a column.
pub(super) fn total(listing: &Listing, key: &str) -> Value {
    let place = listing.columns.iter().position(|column| column.key == key);
    place.and_then(|place| listing.totals.get(place).cloned().flatten()).unwrap_or(Value::Unknown)
}

/// Before statements go out: what will be sent, once more.
pub(super) async fn issue(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let drafts = of_month(page, period, "draft").await?;
    let list = format!("/money/statements?period={period}&state=draft");
    let head = PageHead::new(format!("Issue the statements of {}?", period.label()))
        .crumb("Money", "/money")
        .crumb("Statements", format!("/money/statements?period={period}"))
        .here("Issue");
    let draft = page.post("/money/statements", None).with("period", period.to_string());
    let draft = draft.with("_next", issue_at(period));
    let draft = HeadAction::post(if drafts.count == 0 { "Draft" } else { "Draft again" }, draft);
    // What is issued is no draft any more.
    let head = match page.instead {
        Some(Stand::Done(_)) => head,
        _ => page.offer(head, "statement draft", &[("period", &period.to_string())], draft).await?,
    };
    if page.instead.is_some() {
        let (_, stale) = drafts_stand(page, period).await?;
        return Ok(Page { head, body: html! { (refusal(page)) (stale) } });
    }
    let answers = [
        Answer::new("Statements", Figure::count(drafts.count, list.clone()).render(), None),
        Answer::new(
            "Amount",
            Figure::sum(total(&drafts, "total"), "total", list.clone()).spoken().render(),
            None,
        ),
        Answer::new("Customers", html! { a href=(list) { (customers(&drafts)) } }, None),
    ];
    let effect = html! { "Each customer sees theirs at once and has 30 days to accept it. What is issued is never changed." };
    let post = page.post("/money/statements/issue", None).with("period", period.to_string());
    let says = format!("Issue {}", number::counted(drafts.count, "statement", "statements"));
    let run = changed_run(page, period).await?;
    let body = html! { (refusal(page)) (run) (check_answers(&answers, effect, &post, &says)) };
    Ok(Page { head, body })
}

fn customers(drafts: &Listing) -> String {
    let names = drafts.rows.iter().map(|row| super::plain(drafts, row, "customer_name"));
    let (shown, rest) = (names.clone().take(6).collect::<Vec<_>>(), drafts.rows.len().saturating_sub(6));
    if rest == 0 { shown.join(", ") } else { format!("{} and {rest} more", shown.join(", ")) }
}

/// Lines of statements.
pub(super) async fn lines(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("statement lines", &[]).await?;
    crate::units::in_rows(&mut listing);
    let unit = page.cx.organisation.currency.sign();
    let mut list = ListPage::new(&listing, "/money/statement-lines")
        .rows_named("line", "lines")
        .unit(&unit)
        .filter(FilterControl::typed("service", "Service"))
        .filter(FilterControl::typed("model", "Charged"))
        .empty(Empty::new("There is no statement line yet."));
    for name in ["statement", "period"] {
        if !page.asked(name).is_empty() {
            list = list.keep(name, page.asked(name));
        }
    }
    let mut head = PageHead::new("What is charged, line by line?");
    if page.may(Action::ReadMoney) {
        head = head.crumb("Money", "/money");
    }
    let head = head.crumb("Statements", "/money/statements").here("Lines");
    Ok(Page { head, body: html! { (list) } })
}
