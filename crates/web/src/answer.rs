//! Refusals and faults as JSON and as pages. A fault is logged here, once, with its chain, and shown
//! as a reference.

use std::sync::atomic::{AtomicU64, Ordering};

use app::errors_page::{FAULT, FAULT_WAY_OUT};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use kernel::{Fault, Refusal, Refused};
use parts::html;
use serde_json::json;

/// A refusal as JSON: `{"code", "says", "way_out", "fields"}`.
pub(crate) fn refusal_json(refusal: &Refusal) -> Response {
    let body = json!({
        "schema": "quarterdeck.refusal.v1",
        "code": refusal.kind.code,
        "says": refusal.says,
        "way_out": refusal.way_out,
        "fields": refusal.fields,
    });
    let mut response = (status(refusal), axum::Json(body)).into_response();
    if refusal.kind.status == kernel::Status::SignIn {
        // RFC 9110, 11.6.1: who is told to sign in is told how.
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// The HTTP status of a refusal.
pub(crate) fn status(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.kind.status.http()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Either kind of error as JSON.
pub(crate) fn json(refused: Refused) -> Response {
    match refused {
        Refused::Refusal(refusal) => refusal_json(&refusal),
        Refused::Fault(fault) => {
            let reference = log(&fault);
            let body = json!({
                "schema": "quarterdeck.refusal.v1",
                "code": "fault",
                "says": FAULT,
                "way_out": FAULT_WAY_OUT.replace("{0}", &reference),
                "fields": [],
            });
            (StatusCode::INTERNAL_SERVER_ERROR, axum::Json(body)).into_response()
        }
    }
}

/// Either kind of error as a page of its own, without a shell: where there is nobody to show one to.
pub(crate) fn bare_page(refused: Refused) -> Response {
    let (code, title, says, way_out) = words(refused);
    let shell = parts::Shell { organisation: "Quarterdeck".into(), ..parts::Shell::default() };
    let body = html! { p { (says) } p { (way_out) } p { a href="/" { "Home" } } };
    (code, Html(parts::page(&shell, parts::PageHead::new(title), body).into_string())).into_response()
}

/// A way out without the command that a terminal would be told: a page has buttons and links instead.
pub(crate) fn on_page(way_out: &str) -> String {
    let line = |line: &str| {
        let end = [" → ", ": quarterdeck "].iter().filter_map(|mark| line.find(mark)).min();
        let Some(end) = end else { return line.to_owned() };
        format!("{}.", line[..end].trim_end_matches('.'))
    };
    way_out.lines().map(line).collect::<Vec<_>>().join(" ")
}

/// Status, heading, sentence and way out of either kind.
pub(crate) fn words(refused: Refused) -> (StatusCode, String, String, String) {
    match refused {
        Refused::Refusal(refusal) => {
            let title = match refusal.kind.status {
                kernel::Status::NotFound => "There is nothing here",
                kernel::Status::SignIn => "Sign in",
                kernel::Status::Forbidden | kernel::Status::OtherPerson => "That is not yours to do",
                _ => "That cannot be done",
            };
            (status(&refusal), title.into(), refusal.says, on_page(&refusal.way_out))
        }
        Refused::Fault(fault) => {
            let reference = log(&fault);
            let way_out = FAULT_WAY_OUT.replace("{0}", &reference);
            let says = "Nothing was changed.".to_owned();
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side".into(), says, way_out)
        }
    }
}

/// Logs a fault once and gives its reference.
fn log(fault: &Fault) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let reference = format!("F-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    tracing::error!(%reference, chain = fault.chain(), "a request failed");
    reference
}

/// See other: after every change.
pub(crate) fn see_other(to: &str, cookies: &[String]) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response();
    for cookie in cookies {
        if let Ok(value) = cookie.parse() {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::on_page;

    #[test]
    fn a_page_is_told_what_to_do_and_no_command() {
        for (told, shown) in [
            (
                "Begin it where the period is open: quarterdeck period review 2026-09.",
                "Begin it where the period is open.",
            ),
            (
                "8 variances explained: 3 of 4 (Cloud). → quarterdeck variance confirm 2026-09 cloud\n9 second review: \
                 Waits for another person. → another person: quarterdeck period sign 2026-09",
                "8 variances explained: 3 of 4 (Cloud). 9 second review: Waits for another person.",
            ),
            ("Ask another person with the role.", "Ask another person with the role."),
        ] {
            assert_eq!(on_page(told), shown);
        }
        // Those of the terminal alone: nobody meets them on a page.
        let terminal = ["demo_ends_in_september", "no_database", "pack_without_organisation"];
        for kind in app::registry::refusals().iter().filter(|kind| !terminal.contains(&kind.code)) {
            let shown = on_page(kind.way_out);
            assert!(!shown.contains("quarterdeck "), "{}: {shown}", kind.code);
        }
    }
}
