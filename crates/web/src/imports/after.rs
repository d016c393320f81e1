//! After a batch is written: take it back, set rejected lines aside, look at its lines.

use access::Params;
use kernel::Refused;
use parts::{Empty, Field, FilterControl, ListPage, Render, html, number};

use super::{found, head};
use crate::page::{Page, PageCx, text, version};

/// Before a batch is taken back: why.
pub(super) async fn revert(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let batch = page.record("batch show", &[("number", params.get("number"))]).await?;
    let at = format!("/records/batches/{}", text(&batch, "batch"));
    let reason = Field::area("reason", "Why", 3).value(page.answers.or("reason", ""));
    let form = page.form(format!("{at}/revert"), version(&batch)).field(reason).submit("Revert").cancel(at);
    let lines = number::counted(found::lines(&batch, "written"), "line", "lines");
    let answer = html! { (lines) " will no longer count, and can be imported again." };
    let head = head(&batch, format!("Take {} back?", text(&batch, "batch")), "Revert").answer(answer);
    Ok(Page { head, body: form.render() })
}

/// Before rejected lines are set aside: why.
pub(super) async fn settle(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let batch = page.record("batch show", &[("number", params.get("number"))]).await?;
    let at = format!("/records/batches/{}", text(&batch, "batch"));
    let reason = Field::area("reason", "Why they are not needed", 3).value(page.answers.or("reason", ""));
    let form =
        page.form(format!("{at}/settle"), version(&batch)).field(reason).submit("Set them aside").cancel(at);
    let lines = number::counted(found::lines(&batch, "open_rejects"), "rejected line", "rejected lines");
    let head = head(&batch, format!("Set {lines} aside?"), "Set aside");
    Ok(Page { head: head.answer(html! { "They stay listed with their batch." }), body: form.render() })
}

/// Which lines were rejected?
pub(super) async fn rejects(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let batch = page.record("batch show", &[("number", number)]).await?;
    let at = format!("/records/batches/{}", text(&batch, "batch"));
    let listing = page.list_at("batch rejects", &[("number", number)]).await?;
    let list = ListPage::new(&listing, format!("{at}/rejects"))
        .rows_named("rejected line", "rejected lines")
        .filter(FilterControl::typed("state", "State"))
        .empty(Empty::new("No line of this batch was rejected."));
    let head = head(&batch, format!("Which lines of {} were rejected?", text(&batch, "batch")), "Rejected");
    let head = head.answer(html! {
        a href={ (at) "/reject-file.csv" } download { "Download them with reasons (CSV)" } ", mend them and import that file."
    });
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// What did the batch write?
pub(super) async fn rows(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let batch = page.record("batch show", &[("number", number)]).await?;
    let at = format!("/records/batches/{}", text(&batch, "batch"));
    let listing = page.list_at("batch rows", &[("number", number)]).await?;
    let list = ListPage::new(&listing, format!("{at}/rows"))
        .rows_named("line", "lines")
        .empty(Empty::new("This batch wrote no line."));
    let head = head(&batch, format!("What did {} write?", text(&batch, "batch")), "Lines");
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}
