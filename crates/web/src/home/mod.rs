//! Home: what needs the person today, four figures of their role, what changed. And what the API offers.
//!
//! | file | holds |
//! | --- | --- |
//! | `needs` | what waits for the person, each row a verb, its object, until when and what is at stake |
//! | `figures` | four figures of their role |

mod figures;
mod needs;

use access::{Action, Params};
use kernel::listing::{Asked, Compare, Filter, Listing, Value};
use kernel::{Refused, Via};
use parts::{HistRow, Markup, PageHead, facts, hist_rows, html, number, todo_list};

use crate::finance::months::Months;
use crate::page::{Page, PageCx, PageRoute, page};
use crate::show::{happened, plain, sentence, what};

/// Pages of the house itself.
pub(crate) static PAGES: &[PageRoute] =
    &[page!("/", UseQuarterdeck => home), page!("/api", UseQuarterdeck => api)];

/// How many events the page tells.
const TOLD: u32 = 8;

/// What needs me today?
async fn home(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let today = number::date(page.cx.today());
    let groups = needs::of(page).await?;
    let count: usize = groups.iter().map(|group| group.rows.len()).sum();
    let answer = match count {
        0 => format!("{today}. Nothing needs you."),
        1 => format!("{today}. One thing needs you."),
        n => format!("{today}. {n} things need you."),
    };
    let figures = figures::of(page).await?;
    let changed = changed(page).await?;
    let body = html! {
        (crate::show::refusal(page))
        @if !groups.is_empty() { (todo_list(&groups, true)) }
        @if !figures.is_empty() { (facts(&figures)) }
        (changed)
    };
    Ok(Page { head: PageHead::new("What needs me today?").answer(html! { (answer) }), body })
}

/// The last events the person may read: all of them, else those of the month being worked on.
async fn changed(page: &mut PageCx) -> Result<Markup, Refused> {
    if page.may(Action::ReadHistory) {
        // What the schedule did is in the whole history; here it would hide what people did.
        let people =
            Filter { column: "via".into(), compare: Compare::Unequal, value: Via::Schedule.word().into() };
        let asked = Asked { filters: vec![people], page: 1, per: Some(TOLD), ..Asked::default() };
        let listing = page.list_asked("history list", &[], asked).await?;
        return Ok(html! {
            h2 { "What changed" }
            (hist_rows(&told(&listing), false))
            p { a href="/records/history" { "The whole history" } }
        });
    }
    let current = if page.may(Action::ReadMoney) { Months::of(page).await?.current() } else { None };
    let Some(period) = current else { return Ok(html! {}) };
    let (said, count) = happened(page, "period", &period.to_string(), Some(TOLD)).await?;
    Ok(html! { @if count > 0 { h2 { "What happened to " (period.label()) } (said) } })
}

/// Events of any record, each begun with the record it is about.
fn told(listing: &Listing) -> Vec<HistRow> {
    let row = |row: &Vec<Value>| {
        let of = |key: &str| plain(listing, row, key);
        let changes = serde_json::from_str(&of("changes")).unwrap_or_default();
        let (noun, key) = (sentence(&of("noun")), of("record_key"));
        HistRow {
            when: number::time(of("at")),
            iso: of("at"),
            what: html! { b { (noun) " " (key) } ". " (what(&of("action"), &changes)) },
            why: of("why"),
            who: of("person"),
        }
    };
    listing.rows.iter().map(row).collect()
}

/// What the API offers, from its own description.
async fn api(_: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let description = crate::openapi::describe();
    let paths = description["paths"].as_object().cloned().unwrap_or_default();
    let body = html! {
        p { "Every page and command is here too. The description for machines: "
            a href="/api/v1/openapi.json" { "openapi.json" } "." }
        table .table {
            thead { tr { th scope="col" { "Request" } th scope="col" { "What it does" } th scope="col" { "Who" } } }
            tbody {
                @for (path, verbs) in &paths {
                    @for (verb, operation) in verbs.as_object().into_iter().flatten() {
                        tr {
                            td { code { (verb.to_uppercase()) " " (path) } }
                            td { (operation["summary"].as_str().unwrap_or("")) }
                            td { (operation["description"].as_str().unwrap_or("")) }
                        }
                    }
                }
            }
        }
    };
    Ok(Page { head: PageHead::new("What can a script do?"), body })
}
