//! Home and help.

use access::Params;
use kernel::Refused;
use parts::{PageHead, html};

use crate::page::{Page, PageCx, PageRoute, page};

/// Pages of the house itself.
pub(crate) static PAGES: &[PageRoute] = &[page!("/", UseQuarterdeck => home), page!("/api", UseQuarterdeck => api)];

async fn home(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let today = parts::number::date(page.cx.today());
    let body = html! { p { "Nothing needs you today." } };
    Ok(Page { head: PageHead::new("What needs me today?").answer(html! { (today) "." }), body })
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
