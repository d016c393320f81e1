//! A batch: while it is not written the next step, afterwards what it wrote.

use access::Params;
use kernel::Refused;
use parts::{Figure, HeadAction, Markup, PageHead, html, number, summary_list};
use serde_json::Value;

use super::{asked, columns, formats, found, head, may_go_on, rejected, steps};
use crate::finance::amount;
use crate::page::{Page, PageCx, text};
use crate::show::{happened, refusal};

/// One batch.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let batch = page.record("batch show", &[("number", params.get("number"))]).await?;
    let mine = may_go_on(page, &batch).await?;
    match text(&batch, "state") {
        "uploaded" if mine => columns::ask(page, params).await,
        "checked" if is_whole(&batch) => Ok(checked(page, &batch, mine)),
        _ => written(page, &batch, mine).await,
    }
}

/// Whether what it holds is told as well: not to who only made it. Before it is checked it holds nothing yet.
fn is_whole(batch: &Value) -> bool {
    !found::report(batch).is_null()
}

/// Before every line is looked at: how the file will be read, once more.
pub(super) async fn before_check(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let batch = page.record("batch show", &[("number", number)]).await?;
    if text(&batch, "state") != "uploaded" {
        return show(page, params).await;
    }
    let preview = page.record("batch preview", &[("number", number)]).await?;
    let head = head(&batch, format!("Is this how {} is read?", text(&batch, "file_name")), "Check");
    let label = text(&batch, "batch");
    let post = page.post(format!("/records/batches/{label}/check"), None);
    let body = html! {
        (steps(&batch, "Check"))
        (refusal(page))
        (formats::parsed(&batch, &preview))
        (asked::list(&batch, "check"))
        @if page.instead.is_none() && may_go_on(page, &batch).await? {
            (post.form(html! { button .btn .primary .big type="submit" { "Check every line" } }))
        }
    };
    Ok(Page { head: head.answer(html! { "The check looks at every line and writes nothing." }), body })
}

/// What a check found, and what shall become of it.
fn checked(page: &PageCx, batch: &Value, mine: bool) -> Page {
    let name = text(batch, "file_name");
    let lines = number::counted(found::lines(batch, "lines"), "line", "lines");
    let head =
        head(batch, format!("What is in {name}?"), "").answer(html! { (lines) ". Nothing is written yet." });
    let settled = batch.get("settled") == Some(&Value::Bool(true));
    let body = html! {
        @if mine { (steps(batch, "Check")) }
        (refusal_of_write(page))
        (found::groups(batch))
        (found::total(batch))
        (found::sums(batch))
        (found::notes(batch))
        (rejected::reasons(batch))
        (found::changes(batch))
        (formats::parsed(batch, &samples(batch)))
        @if mine && settled && found::anything(batch) {
            section { h2 { "Write it" } (found::write(page, batch).render()) }
        }
        @if mine && settled && !found::anything(batch) {
            section { p { (nothing(batch)) } }
        }
        @if mine && !settled {
            (asked::list(batch, "check"))
        }
    };
    Page { head, body }
}

/// Why there is no line to write.
fn nothing(batch: &Value) -> &'static str {
    if found::lines(batch, "rejected") > 0 {
        "No line of it can be written: mend the rejected lines, or say otherwise how it is read."
    } else {
        "There is nothing new in it: all of it is there already."
    }
}

/// The form says its own refusal; a refused check has no form.
fn refusal_of_write(page: &PageCx) -> Markup {
    if page.answers.values.contains_key("_form") {
        html! {}
    } else {
        refusal(page)
    }
}

/// The samples of a check in the shape of a preview.
fn samples(batch: &Value) -> Value {
    let report = batch.get("report").cloned().unwrap_or(Value::Null);
    serde_json::json!({ "columns": report.get("columns"), "rows": report.get("samples") })
}

/// What a batch wrote, and what may be done with it.
async fn written(page: &mut PageCx, batch: &Value, mine: bool) -> Result<Page, Refused> {
    let state = text(batch, "state");
    let at = format!("/records/batches/{}", text(batch, "batch"));
    let open = found::lines(batch, "open_rejects");
    let mut head = head(batch, text(batch, "file_name").to_owned(), "");
    if mine && state == "written" {
        let revert = HeadAction::link("Revert", format!("{at}/revert"));
        head = page.offer(head, "batch revert", &[("number", text(batch, "batch"))], revert).await?;
        head = for_rejected(head, batch, open);
    }
    let whole = is_whole(batch);
    let total = amount(batch, "total").map(|total| Figure::field(total, "total", at.clone()).spoken());
    let answer = html! {
        @match state {
            "reverted" => { "Taken back " (number::time(text(batch, "reverted_at"))) " by " (text(batch, "reverted_by")) ": " (text(batch, "reason")) "." }
            "written" => {
                (lines(batch, &at, whole))
                @if let Some(total) = &total { ", of " (total) " in the file" } "."
                @if open > 0 { " " (Figure::count(open, format!("{at}/rejects?state=open")))
                    (if open == 1 { " rejected line is open." } else { " rejected lines are open." }) }
            }
            "checked" => { "Checked; nothing is written yet." }
            _ => { "Uploaded; its columns and formats are not settled yet." }
        }
    };
    let (events, _) = happened(page, "batch", text(batch, "id"), Some(10)).await?;
    let body = html! {
        (refusal(page))
        (found::groups(batch))
        section { (facts_of(batch, whole.then_some(at.as_str()))) }
        (found::notes(batch))
        (rejected::settled(batch))
        // Once all are mended or set aside there is nothing left to mend.
        @if open > 0 || state != "written" { (rejected::reasons(batch)) }
        section .gap { h2 { "History" } (events) }
    };
    Ok(Page { head: head.answer(answer), body })
}

/// How many lines it wrote; they lead to them where those may be read.
fn lines(batch: &Value, at: &str, whole: bool) -> Markup {
    let lines = found::lines(batch, "written");
    html! {
        @if whole { (Figure::count(lines, format!("{at}/rows")).spoken()) } @else { (lines) }
        (if lines == 1 { " line written" } else { " lines written" })
    }
}

/// What may be done with the rejected lines of a written batch that are still open.
fn for_rejected(head: PageHead, batch: &Value, open: i64) -> PageHead {
    if open == 0 {
        return head;
    }
    let label = text(batch, "batch");
    let mend = format!("/records/batches/new?kind={}&mends={label}", text(batch, "kind"));
    let head = head.action(HeadAction::link("Import mended lines", mend).primary());
    head.action(HeadAction::link("Set rejected aside", format!("/records/batches/{label}/settle")))
}

/// What is known of it; its lines at `at`, where they may be read.
fn facts_of(batch: &Value, at: Option<&str>) -> Markup {
    let named = |name: &str| text(batch, name).to_owned();
    let mut rows = vec![
        ("Holds", html! { (named("label")) }),
        ("File", html! { (named("file_name")) span .below { "SHA-256 " (named("file_digest")) } }),
        ("Uploaded", html! { (number::time(named("uploaded_at"))) " by " (named("uploaded_by")) }),
    ];
    if !named("written_at").is_empty() {
        rows.push(("Written", html! { (number::time(named("written_at"))) " by " (named("written_by")) }));
    }
    for (label, field) in [
        ("Period", "period"),
        ("Control total", "control_total"),
        ("Profile", "profile_name"),
        ("Mends", "mends"),
    ] {
        if !named(field).is_empty() {
            let said = match field {
                "period" => number::period(named(field)),
                "control_total" => found::control_total(batch),
                _ => named(field),
            };
            rows.push((label, html! { (said) }));
        }
    }
    if let Some(at) = at {
        rows.push((
            "Lines",
            html! { a href={ (at) "/rows" } { "What it wrote" } " · " a href={ (at) "/rejects" } { "Rejected" } },
        ));
    }
    summary_list(&rows)
}
