//! Mapping: which cost pool each ledger line belongs to, how much of the spend is covered, and what is
//! not yet.

use access::{Action, Params};
use kernel::listing::{Asked, Filter, Listing};
use kernel::{Period, Refused};
use parts::state::{State, Thing};
use parts::{
    Cell, Empty, Fact, Figure, FilterControl, Head, HeadAction, ListPage, Markup, Operand, PageHead,
    SimpleTable, facts, html, number, summary_list, titled,
};
use serde_json::Value;

use super::{amount, cell, field, list_beside_period, months, plain, without_empty};
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened_to, refusal, sentence};

/// Codes shown on the page; the rest is one link away.
const SHOWN: u32 = 20;

/// How much of the spend is mapped, what is not, and by which rules.
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let month = period.to_string();
    let coverage = page.record("coverage show", &[("period", &month)]).await?;
    let listing = without_empty(list_beside_period(page, "mapping list").await?);
    let mut head =
        PageHead::new("Which pool does each ledger line belong to?").crumb("Money", "/money").here("Mapping");
    let mut empty = Empty::new("There is no mapping rule yet, so no ledger line reaches a cost pool.");
    if page.may(Action::EditRules) {
        let add = HeadAction::link("Write a mapping rule", "/money/mapping/new");
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    }
    if listing.count > 0 {
        let run = page
            .post("/money/mapping-runs", None)
            .with("period", &month)
            .with("_next", format!("/money/mapping?period={month}"));
        let again = HeadAction::post(format!("Map {} again", period.label()), run);
        head = page.offer(head, "mapping run", &[("period", &month)], again).await?;
    }
    let head = head.answer(html! { (period.label()) ": " (text(&coverage, "says")) });
    let list = ListPage::new(&listing, "/money/mapping")
        .rows_named("version", "versions")
        .filter(FilterControl::typed("state", "State"))
        .filter(FilterControl::typed("pool", "Cost pool"))
        .filter(FilterControl::typed("account", "Account"))
        .filter(FilterControl::typed("cost_centre", "Cost centre"))
        .empty(empty);
    let list = ListPage { thing: Some(Thing::Version), ..list };
    let body = html! { (refusal(page)) (meter(&coverage, period)) (unmapped(page, period).await?) (list) };
    Ok(Page { head, body })
}

/// The coverage meter: total, mapped, not mapped.
fn meter(coverage: &Value, period: Period) -> Markup {
    let lines = format!("/money/lines?period={period}&kind=cost");
    let open = format!("/money/unmapped?period={period}");
    let at = format!("/money/coverage?period={period}");
    let (Some(total), Some(mapped), Some(rest)) =
        (amount(coverage, "total"), amount(coverage, "mapped"), amount(coverage, "unmapped"))
    else {
        return html! {};
    };
    let share =
        coverage.get("share").and_then(Value::as_str).and_then(|share| share.parse::<kernel::Decimal>().ok());
    let share = share.map_or(kernel::listing::Value::Unknown, kernel::listing::Value::Decimal);
    let of = |value| Operand::field(value, "total", &at);
    let ratio = Figure::ratio(share, Operand::field(mapped, "mapped", &at), of(total), &at);
    facts(&[
        Fact::new("Ledger, cost", Figure::sum(total, "amount", lines).spoken()),
        Fact::new("Mapped", Figure::field(mapped, "mapped", &at).spoken()),
        Fact::new("Share mapped", ratio),
        Fact::new("Not mapped", Figure::sum(rest, "amount", open).spoken()).note(html! {
            (number::counted(coverage.get("unmapped_lines").and_then(Value::as_i64).unwrap_or(0), "line", "lines"))
        }),
    ])
}

/// Codes no rule fits, largest amount first, each one click from a rule.
async fn unmapped(page: &mut PageCx, period: Period) -> Result<Markup, Refused> {
    let asked = Asked { page: 1, per: Some(SHOWN), ..Asked::default() };
    let listing = page.list_asked("unmapped list", &[("period", &period.to_string())], asked).await?;
    if listing.count == 0 {
        return Ok(html! {});
    }
    let edit = page.may(Action::EditRules);
    let mut heads = vec![
        Head::words("Account"),
        Head::words("Cost element"),
        Head::figures("Lines"),
        Head::figures(format!("Amount, {}", page.cx.organisation.currency.sign())),
        Head::words("Proposed pool"),
    ];
    if edit {
        heads.push(Head::words(""));
    }
    let table = SimpleTable::new(format!("Not mapped in {}, largest first", period.label()), heads);
    let table = listing.rows.iter().fold(table, |table, row| table.row(code(&listing, row, period, edit)));
    let more = listing.count > i64::from(SHOWN);
    Ok(html! {
        (titled(&table))
        @if more { p { a href={ "/money/unmapped?period=" (period) } { "All " (listing.count) " codes" } } }
    })
}

fn code(listing: &Listing, row: &[kernel::listing::Value], period: Period, edit: bool) -> Vec<Cell> {
    let of = |key: &str| plain(listing, row, key);
    let (account, element, pool) = (of("account"), of("cost_element"), of("proposed"));
    let lines = format!("/money/lines?period={period}&kind=cost&account={account}&cost_element={element}");
    let mut cells = vec![
        Cell::words(account.clone()).below(html! { (of("account_name")) }),
        Cell::words(element.clone()),
        Figure::new(cell(listing, row, "lines"), parts::FigureKind::Count, lines.clone()).into(),
        Figure::sum(cell(listing, row, "amount"), "amount", lines).into(),
        Cell::words(pool.clone()),
    ];
    if edit {
        let rule = format!(
            "/money/mapping/new?account={account}&cost_element={element}&pool={pool}&period={period}"
        );
        cells.push(Cell::link("Make this a rule", rule));
    }
    cells
}

/// One mapping rule.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let rule = page.record("mapping show", &[("number", params.get("number"))]).await?;
    let label = field(&rule, "number");
    let pool = text(&rule, "pool");
    let title = match pool {
        "" => format!("{label} is ended"),
        pool => format!("{} → {pool}", sentence(text(&rule, "says"))),
    };
    let head = PageHead::new(title).crumb("Money", "/money").crumb("Mapping", "/money/mapping");
    let head = head.here(format!("{label} version {}", field(&rule, "rule_version")));
    let head = head.state(State::of(Thing::Version, text(&rule, "state")));
    let head = if page.as_of().is_empty() { actions(page, head, &rule, &label).await? } else { head };
    let rows = [
        ("Lines with", html! { (text(&rule, "says")) }),
        (
            "Belong to",
            html! { @if pool.is_empty() { "no pool" } @else { a href={ "/money/pools/" (pool) } { (pool) } } },
        ),
        ("In force from", html! { (number::period(text(&rule, "effective_from"))) }),
        ("Priority", html! { (field(&rule, "priority")) " (lower comes first)" }),
    ];
    let versions = versions(page, &label).await?;
    let past = happened_to(page, &[("mapping rule", &label)], 20).await?;
    let body = html! { (refusal(page)) section { (summary_list(&rows)) } (versions) (past) };
    Ok(Page { head, body })
}

/// The one thing to do next with the newest version.
async fn actions(page: &mut PageCx, head: PageHead, rule: &Value, label: &str) -> Result<PageHead, Refused> {
    let at = format!("/money/mapping/{label}");
    let post = |says: &str, verb: &str| {
        HeadAction::post(says, page.post(format!("{at}/{verb}"), version(rule))).primary()
    };
    let (name, action) = match text(rule, "state") {
        "draft" => ("mapping submit", post("Submit for approval", "submit")),
        "submitted" => ("mapping approve", post("Approve", "approve")),
        _ => ("mapping revise", HeadAction::link("Write a new version", format!("{at}/revise"))),
    };
    page.offer(head, name, &[("number", label)], action).await
}

async fn versions(page: &mut PageCx, label: &str) -> Result<Markup, Refused> {
    let mut asked = Asked { page: 1, ..Asked::default() };
    asked.filters.extend(Filter::parse(&format!("number={label}")));
    let listing = page.list_asked("mapping list", &[], asked).await?;
    let heads = ["Version", "State", "In force from", "Cost pool", "Written by", "Approved by"]
        .map(Head::words)
        .to_vec();
    let table = listing.rows.iter().rev().fold(SimpleTable::new("Versions", heads).dense(), |table, row| {
        let of = |key: &str| plain(&listing, row, key);
        table.row(vec![
            Cell::words(of("rule_version")),
            Cell::new(parts::state(Thing::Version, &of("state"))),
            Cell::words(number::period(of("effective_from"))),
            Cell::words(of("pool")),
            Cell::words(of("author")),
            Cell::words(of("approved_by")),
        ])
    });
    Ok(titled(&table))
}
