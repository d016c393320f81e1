//! Pages of imports: the conversation from a file to written lines, and back.
//!
//! | file | page |
//! | --- | --- |
//! | `batches` | the batches there are |
//! | `new` | upload a file |
//! | `columns` | which sheet, which column means what |
//! | `asked` | what is asked about the file, and where it is answered |
//! | `formats` | how figures and dates are written, asked and shown |
//! | `show` | a batch: by its state the next question, what was found, or what was written |
//! | `found` | what a check found: totals, groups, notes, changes |
//! | `rejected` | rejected lines: why, and what became of them |
//! | `after` | take a batch back, set rejected lines aside, their rows |

mod after;
mod asked;
mod batches;
mod columns;
mod formats;
mod found;
mod new;
mod profiles;
mod rejected;
mod show;

use access::Action;
use parts::state::{State, Thing};
use parts::{Markup, PageHead, Tab, tabs};
use serde_json::Value;

use crate::page::{PageCx, PageRoute, page, text};

/// Pages of this context.
pub(crate) static PAGES: &[PageRoute] = &[
    page!("/records/imports", ReadBatches => batches::list),
    page!("/records/imports/new", Import => new::upload),
    page!("/records/profiles", ReadBatches => profiles::list),
    page!("/records/profiles/new", Import => profiles::new),
    page!("/records/profiles/{name}", ReadBatches => profiles::show),
    page!("/records/batches", ReadBatches => batches::list),
    page!("/records/batches/new", Import => new::upload),
    page!("/records/batches/{number}", ReadBatches => show::show),
    page!("/records/batches/{number}/columns", Import, asks "import configure" => columns::ask),
    page!("/records/batches/{number}/formats", Import, asks "import configure" => formats::ask),
    page!("/records/batches/{number}/check", Import => show::before_check),
    page!("/records/batches/{number}/revert", Import => after::revert),
    page!("/records/batches/{number}/settle", Import => after::settle),
    page!("/records/batches/{number}/rejects", ReadBatches => after::rejects),
    page!("/records/batches/{number}/rows", ReadBatches => after::rows),
];

/// Whether the person may import anything.
fn may_import(page: &PageCx) -> bool {
    [Action::ImportMoney, Action::ImportServices, Action::ImportCustomers]
        .into_iter()
        .any(|action| page.may(action))
}

/// The kinds the person may import, as the reading tells them.
async fn kinds(page: &mut PageCx) -> Result<Vec<Value>, kernel::Refused> {
    let told = page.record("import kinds", &[]).await?;
    Ok(told.get("kinds").and_then(Value::as_array).cloned().unwrap_or_default())
}

/// Whether the person may go on with this batch.
async fn may_go_on(page: &mut PageCx, batch: &Value) -> Result<bool, kernel::Refused> {
    Ok(kinds(page).await?.iter().any(|kind| text(kind, "kind") == text(batch, "kind")))
}

/// Crumbs and state of a batch's page.
fn head(batch: &Value, asks: String, here: &str) -> PageHead {
    let label = text(batch, "batch");
    let head = PageHead::new(asks).crumb("Imports", "/records/batches");
    let head = if here.is_empty() {
        head.here(label)
    } else {
        head.crumb(label, format!("/records/batches/{label}")).here(here)
    };
    head.state(state(text(batch, "state")))
}

fn state(word: &str) -> State {
    match word {
        "uploaded" => State::new("Uploaded", parts::Tone::Neutral, parts::Shape::Circle),
        word => State::of(Thing::Batch, word),
    }
}

/// The steps of an import that is not written yet.
fn steps(batch: &Value, now: &str) -> Markup {
    let at = format!("/records/batches/{}", text(batch, "batch"));
    let steps = [
        ("Columns", format!("{at}/columns")),
        ("Formats", format!("{at}/formats")),
        ("Check", if text(batch, "state") == "checked" { at.clone() } else { format!("{at}/check") }),
    ];
    let tab = |(label, href): (&str, String)| Tab::new(label, href, label == now);
    tabs("Steps of the import", &steps.map(tab))
}
