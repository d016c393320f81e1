//! How far a job is. The page loads itself again until the job ends, by a script or without one; whoever
//! came from a form is then led to where the form would have led.

use access::Params;
use axum::response::Response;
use kernel::Refused;
use kernel::listing::encode;
use parts::state::State;
use parts::{
    HeadAction, Markup, PageHead, Progress, Shape, Tone, banner, html, number, progress, summary_list,
};
use serde_json::Value;

use crate::page::{Page, PageCx, PageRoute, page, text};
use crate::show::{refusal, rows, yes};
use crate::{answer, form, paths};

/// Pages of jobs that are more than a list.
pub(crate) static PAGES: &[PageRoute] = &[page!("/jobs/{id}", UseQuarterdeck => show)];

/// Where a form leads whose command became a job: to the job, with where it came from and where its form
/// would have led.
pub(crate) fn followed(done: &access::Done, from: Option<&str>, next: Option<&String>) -> String {
    let mut to = format!("{}?from={}", done.location, encode(from.unwrap_or("/")));
    if let Some(next) = next {
        to.push_str(&format!("&next={}", encode(next)));
    }
    to
}

/// Where a job that was followed ended by being done: on to its own location, with its banner.
pub(crate) async fn ended(page: &mut PageCx) -> Option<Response> {
    let params = paths::fit("/jobs/{id}", &page.path)?;
    if page.asked("from").is_empty() {
        return None;
    }
    // Whatever is wrong with it is said by the page itself.
    let job = page.record("job show", &[("id", params.get("id"))]).await.ok()?;
    let next = Some(page.asked("next")).filter(|next| form::own(next)).unwrap_or(text(&job, "location"));
    (text(&job, "state") == "done" && form::own(next))
        .then(|| answer::see_other(next, &[form::flash(text(&job, "says"))]))
}

/// How far is it?
async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let job = page.record("job show", &[("id", params.get("id"))]).await?;
    let state = text(&job, "state");
    let mut head = PageHead::new(title(&job)).crumb("Jobs", "/jobs").here(text(&job, "summary"));
    head = head.state(tag(state));
    let under_way = matches!(state, "asked" | "running");
    if under_way {
        head.refresh = Some(2);
    }
    let from = Some(page.asked("from")).filter(|from| form::own(from)).map(str::to_owned);
    let back = from.filter(|_| matches!(state, "refused" | "failed" | "cancelled"));
    if let Some(from) = back {
        head = head.action(HeadAction::link("Back", from).primary());
    }
    let body = html! {
        (refusal(page))
        @if under_way && yes(&job, "own") { (bar(&job)) }
        (outcome(&job))
        @if state == "asked" {
            p { "It begins when the jobs before it have ended. You may leave this page; the job goes on." }
            (page.post(format!("/jobs/{}/cancel", text(&job, "id")), None)
                .form(html! { button .btn type="submit" { "Call it off" } }))
        }
        @if state == "running" { p { "You may leave this page; the job goes on." } }
        section { (facts(&job)) }
    };
    Ok(Page { head, body })
}

fn title(job: &Value) -> String {
    let summary = text(job, "summary");
    match text(job, "state") {
        "asked" => format!("{summary}: when is its turn?"),
        "running" => format!("{summary}: how far is it?"),
        _ => format!("{summary}: what came of it?"),
    }
}

fn tag(state: &str) -> State {
    let (label, tone, shape) = match state {
        "asked" => ("Waiting", Tone::Neutral, Shape::Circle),
        "running" => ("Running", Tone::Neutral, Shape::Half),
        "done" => ("Done", Tone::Ok, Shape::Check),
        "cancelled" => ("Called off", Tone::Neutral, Shape::Circle),
        "refused" => ("Refused", Tone::Bad, Shape::Diamond),
        _ => ("Failed", Tone::Bad, Shape::Diamond),
    };
    State::new(label, tone, shape)
}

fn bar(job: &Value) -> Markup {
    let count = |field: &str| job.get(field).and_then(Value::as_i64);
    progress(&Progress {
        label: text(job, "label").to_owned(),
        done: count("done").unwrap_or(0),
        of: count("of"),
        unit: text(job, "unit").to_owned(),
        asks: format!("/api/v1/jobs/{}", text(job, "id")),
    })
}

/// What came of it: of another's job only that it ended.
fn outcome(job: &Value) -> Markup {
    let (says, fields) = (text(job, "says"), rows(job, "fields"));
    let tone = if text(job, "state") == "done" { Tone::Ok } else { Tone::Bad };
    html! {
        @if !says.is_empty() && text(job, "state") == "cancelled" { p { (says) } }
        @else if !says.is_empty() {
            (banner(tone, None, html! { b { (says) } " " (crate::answer::on_page(text(job, "way_out"))) }))
            @if !fields.is_empty() {
                ul { @for field in fields { li { (text(field, "field")) ": " (text(field, "says")) } } }
            }
            @if !text(job, "location").is_empty() {
                p { a href=(text(job, "location")) { "Look at it" } }
            }
        }
    }
}

fn facts(job: &Value) -> Markup {
    let mut facts = vec![
        ("Asked by", html! { (text(job, "asked_by")) }),
        ("Asked for", html! { (number::time(text(job, "asked_at"))) }),
    ];
    if !text(job, "ended_at").is_empty() {
        facts.push(("Ended", html! { (number::time(text(job, "ended_at"))) }));
    }
    if !text(job, "code").is_empty() {
        facts.push(("Reason", html! { code { (text(job, "code")) } }));
    }
    summary_list(&facts)
}
