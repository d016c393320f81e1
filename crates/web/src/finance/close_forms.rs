//! What people say of a close: no detail, rejected lines left out, close, re-open, close for good. Each
//! before the button that cannot be taken back shows once more what it does.

use access::Params;
use kernel::{Period, Refused};
use parts::review::Answer;
use parts::{Field, Figure, Markup, PageHead, Render, check_answers, html, number};
use serde_json::Value;

use super::amount;
use super::close::answer;
use crate::page::{Page, PageCx, text};
use crate::ready::Stand;
use crate::show::refusal;

fn head(params: &Params, asks: String, here: &str) -> PageHead {
    let month = params.get("period");
    let head = PageHead::new(asks).crumb("Money", "/money").crumb("Close", "/money/close");
    head.crumb(number::period(month), format!("/money/close/{month}")).here(here)
}

fn label(params: &Params) -> String {
    number::period(params.get("period"))
}

/// There is no detail, and why.
pub(super) async fn no_detail(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let at = format!("/money/close/{}", params.get("period"));
    let reason = Field::area("reason", "Why there is none", 3).value(page.answers.or("reason", ""));
    let hint = "For example: the ledger names service and supplier on every line.";
    let form =
        page.form(format!("{at}/no-detail"), None).field(reason.hint(hint)).submit("Record").cancel(at);
    let head = head(params, format!("Why has {} no detail to reconcile?", label(params)), "No detail");
    Ok(Page { head, body: form.render() })
}

/// Rejected lines are left out, by batch and amount.
pub(super) async fn except(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let at = format!("/money/close/{}", params.get("period"));
    let unit = page.cx.organisation.currency.sign();
    let asked = page.asked("batch").to_owned();
    let form = page
        .form(format!("{at}/except"), None)
        .field(Field::short("batch", "Batch", 8).value(page.answers.or("batch", &asked)))
        .field(
            Field::amount("amount", "What its rejected lines amount to", &unit)
                .value(page.answers.or("amount", "")),
        )
        .field(
            Field::area("reason", "Why the month is closed without them", 3)
                .value(page.answers.or("reason", "")),
        )
        .submit("Leave them out")
        .cancel(at);
    let head =
        head(params, format!("Close {} without which rejected lines?", label(params)), "Rejected lines");
    Ok(Page { head, body: form.render() })
}

/// Before the month is closed.
pub(super) async fn close(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let month = params.get("period");
    let close = page.record("close show", &[("period", month)]).await?;
    let figures = close.get("figures").cloned().unwrap_or(Value::Null);
    let check = format!("/money/periods/{month}/check");
    let figure = |name: &str| match amount(&figures, name) {
        Some(money) => Figure::field(money, name, check.clone()).spoken().render(),
        None => html! { "–" },
    };
    let signed = close.get("steps").and_then(Value::as_array).and_then(|steps| steps.get(8));
    let signed = signed.map_or("", |step| text(step, "evidence"));
    let answers = [
        Answer::new("Ledger", figure("ledger"), None),
        Answer::new("Allocated", figure("allocated"), Some(format!("/money/flow?period={month}"))),
        Answer::new("Unallocated", figure("unallocated"), None),
        Answer::new("Difference", figure("difference"), None),
        Answer::new("Signature", html! { (signed) }, None),
    ];
    let effect = html! {
        "The allocation becomes final and is posted once. Two people may re-open the month until statements are issued."
    };
    let post = page.post(format!("/money/close/{month}/close"), None);
    let head = head(params, format!("Close {}?", label(params)), "Close").answer(answer(&close));
    let says = format!("Close {}", label(params));
    Ok(Page { head, body: asked_once_more(page, || check_answers(&answers, effect, &post, &says)) })
}

/// The button that cannot be taken back; in its place, what is in the way.
fn asked_once_more(page: &PageCx, button: impl FnOnce() -> Markup) -> Markup {
    html! { (refusal(page)) @if page.instead.is_none() { (button()) } }
}

/// Ask to re-open.
pub(super) async fn reopen(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let at = format!("/money/close/{}", params.get("period"));
    let reason = Field::area("reason", "Why", 3).value(page.answers.or("reason", ""));
    let form = page.form(format!("{at}/reopen"), None).field(reason).submit("Ask to re-open").cancel(at);
    let head = head(params, format!("Why re-open {}?", label(params)), "Re-open");
    Ok(Page {
        head: head.answer(html! { "Another person confirms it; what the close posted is then reversed." }),
        body: form.render(),
    })
}

/// Before the month is closed for good.
pub(super) async fn finish(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let month = params.get("period");
    let period: Period = month.parse().map_err(|_| kernel::Refusal::not_found())?;
    let effect = html! { (period.label()) " never re-opens; late facts and corrections go to the open month, marked." };
    let post = page.post(format!("/money/close/{month}/finish"), None);
    let says = format!("Close {} for good", period.label());
    let head = head(params, format!("Close {} for good?", period.label()), "Close for good");
    Ok(Page { head, body: asked_once_more(page, || check_answers(&[], effect, &post, &says)) })
}

/// A request to re-open waits for a second person; `stand` is how confirming it stands for the reader.
pub(super) fn reopening(page: &PageCx, close: &Value, period: Period, stand: &Stand) -> Markup {
    let Some(asked) = close.get("reopening").filter(|asked| !asked.is_null()) else { return html! {} };
    let post = page.post(format!("/money/close/{period}/reopen"), None);
    let says = html! {
        "Re-opening was asked for " (number::time(text(asked, "asked_at"))) ": " (text(asked, "reason")) ". "
        @if stand.is_open() { (post.button("Confirm re-opening")) }
        @else if let Some(says) = stand.says() { (says) }
        @else { "Another person confirms it." }
    };
    parts::banner(parts::Tone::Warn, None, says)
}
