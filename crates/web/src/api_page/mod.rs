//! The pages for people who write programs: how the API is asked, everything it offers, and what it refuses.
//!
//! | file | holds |
//! | --- | --- |
//! | `how` | a token, reading, changing, rehearsing, lists and refusals, with examples that work |
//! | `operations` | every operation by its noun, out of the API's own description |

mod how;
mod operations;

use access::Params;
use app::errors_page::{FAULT, FAULT_WAY_OUT};
use app::registry;
use kernel::Refused;
use parts::{PageHead, html};

use self::operations::{contents, operations};
use crate::page::{Page, PageCx, PageRoute, page};

/// Its pages. The refusals are not below `/api/`, where every answer is JSON.
pub(crate) static PAGES: &[PageRoute] =
    &[page!("/api", UseQuarterdeck => api), page!("/help/errors", UseQuarterdeck => errors)];

/// What can a program do, and how?
async fn api(_: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let description = crate::openapi::describe();
    let nouns = operations(&description);
    let body = html! {
        div .api {
            (contents(&how::CONTENTS, &nouns))
            (how::sections())
            @for noun in &nouns { (noun) }
        }
    };
    let head = PageHead::new("What can a script do, and how?").answer(html! {
        "Whatever a page can do, with the same rules. For machines: "
        a href="/api/v1/openapi.json" { "openapi.json" } " (OpenAPI 3.1)."
    });
    Ok(Page { head, body })
}

/// What can be refused, and what then?
async fn errors(_: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut kinds = registry::refusals();
    kinds.sort_by_key(|kind| kind.code);
    let row = |code: &str, status: u16, says: &str, way_out: &str| {
        html! {
            tr id=(code) {
                th scope="row" { code { (code) } }
                td { (status) }
                td { (says) }
                td { (way_out) }
            }
        }
    };
    let body = html! {
        div .scroll tabindex="0" role="region" aria-label="Refusals" { table .table {
            caption .hidden { "Refusals" }
            thead { tr {
                th scope="col" { "Code" } th scope="col" { "HTTP" } th scope="col" { "It says" }
                th scope="col" { "Way out" }
            } }
            tbody {
                @for kind in kinds { (row(kind.code, kind.status.http(), kind.says, kind.way_out)) }
                (row("fault", 500, FAULT, FAULT_WAY_OUT))
            }
        } }
    };
    let head = PageHead::new("What can be refused, and what then?").crumb("API", "/api").here("Refusals");
    Ok(Page { head: head.answer(html! { "The code stays; {0}, {1} are filled in." }), body })
}
