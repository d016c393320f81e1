//! The JSON API: one address per command and reading, derived from the registry.

use access::{Command, Params, Reading, View};
use app::Request;
use axum::body::Bytes;
use axum::extract::{RawPathParams, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Refusal, Refused};
use serde_json::Value;

use crate::who::{Identity, identify};
use crate::{Web, answer, list, paths};

/// The header of a command that is to be rehearsed: done, answered, and taken back.
pub const REHEARSE: &str = "quarterdeck-rehearse";

/// Answers a reading.
pub(crate) async fn read(web: Web, reading: &'static Reading, path: RawPathParams, parts: Parts) -> Response {
    let answered = try_read(&web, reading, &path, &parts).await;
    answered.unwrap_or_else(answer::json)
}

async fn try_read(
    web: &Web,
    reading: &'static Reading,
    path: &RawPathParams,
    parts: &Parts,
) -> Result<Response, Refused> {
    let identity = required(web, parts).await?;
    let query = paths::pairs(parts.uri.query().unwrap_or(""));
    let mut params = filled(path);
    refuse_strange_counts(reading, &query)?;
    let asked = list::asked(reading, &query, &mut params);
    let view = app::read(&web.house, reading, identity.who, params, asked).await?;
    match view {
        View::List(listing) => {
            let format =
                query.iter().find(|(name, _)| name == "format").map_or("json", |(_, value)| value.as_str());
            let file = list::file(&listing, format)?;
            file.ok_or_else(|| Refusal::field("format", "Choose json, csv, excel-csv or xlsx.").into())
        }
        View::Record(record) => Ok(with_tag(axum::Json(&record).into_response(), record.get("version"))),
    }
}

/// A script that asks for so many rows gets as many or a refusal; a page's address, which a person may have typed,
/// gets some.
fn refuse_strange_counts(reading: &Reading, query: &[(String, String)]) -> Result<(), Refusal> {
    let counts = |name: &str| ["per", "limit", "page"].contains(&name) && !reading.takes.contains(&name);
    let asked = query.iter().filter(|(name, value)| counts(name) && !value.is_empty());
    for (name, value) in asked {
        let is_all = value == "all" && name != "page";
        let is_count = value.parse::<u32>().is_ok_and(|count| count > 0);
        if !is_all && !is_count {
            let or_all = if name == "page" { "" } else { ", or “all”" };
            return Err(Refusal::field(
                name,
                format!("Give a whole number from 1{or_all}; “{value}” is none."),
            ));
        }
    }
    Ok(())
}

fn with_tag(mut response: Response, version: Option<&Value>) -> Response {
    let tag = version
        .and_then(Value::as_i64)
        .and_then(|version| HeaderValue::from_str(&format!("\"{version}\"")).ok());
    if let Some(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Runs a command.
pub(crate) async fn run(
    State(web): State<Web>,
    command: &'static Command,
    path: RawPathParams,
    parts: Parts,
    body: Bytes,
) -> Response {
    try_run(&web, command, &path, &parts, &body).await.unwrap_or_else(answer::json)
}

async fn try_run(
    web: &Web,
    command: &'static Command,
    path: &RawPathParams,
    parts: &Parts,
    body: &Bytes,
) -> Result<Response, Refused> {
    let identity = required(web, parts).await?;
    if identity.reading_only {
        return Err(access::refused(command.action).into());
    }
    let request = request(path, &parts.headers, body)?;
    if rehearsed(&parts.headers)? {
        let would = app::rehearse(&web.house, command, identity.who, request).await?;
        return Ok(axum::Json(&would).into_response());
    }
    let later = command.method == access::Method::Post && asked_later(&parts.headers);
    let done = if later {
        app::later(&web.house, command, identity.who, request, identity.token).await?
    } else {
        app::run(&web.house, command, identity.who, request).await?
    };
    if done.location.starts_with(app::jobs::AT) && done.body.get("job").is_some() {
        return Ok(accepted(&done));
    }
    let version = done.version.map(Value::from);
    let code = if done.changed && command.method == access::Method::Post {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok(with_tag((code, axum::Json(&done)).into_response(), version.as_ref()))
}

/// What a command is asked with.
fn request(path: &RawPathParams, headers: &HeaderMap, body: &Bytes) -> Result<Request, Refusal> {
    let body = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(body)
            .map_err(|error| Refusal::field("body", format!("This is no JSON: {error}.")))?
    };
    let key = text(headers, "idempotency-key").map(str::to_owned);
    Ok(Request { params: filled(path), body, key, expected: expected(headers)? })
}

/// Whether it is only to be rehearsed. Another word than these two is refused: whoever sends one means no change.
fn rehearsed(headers: &HeaderMap) -> Result<bool, Refusal> {
    let Some(said) = headers.get(REHEARSE) else { return Ok(false) };
    match said.to_str().map(str::trim) {
        Ok("true") => Ok(true),
        Ok("false") => Ok(false),
        _ => Err(Refusal::field("Quarterdeck-Rehearse", "Send true, or leave it out.")),
    }
}

/// Whether the client would rather look later than wait (RFC 7240).
fn asked_later(headers: &HeaderMap) -> bool {
    let all = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split([',', ';'])).any(|wish| wish.trim().eq_ignore_ascii_case("respond-async"))
}

/// It is kept as a job; where to look stands in the location.
fn accepted(done: &access::Done) -> Response {
    let location = format!("/api/v1{}", done.location);
    let headers = [(header::LOCATION.as_str(), location), ("preference-applied", "respond-async".to_owned())];
    (StatusCode::ACCEPTED, headers, axum::Json(done)).into_response()
}

/// The version of If-Match: `"3"`.
fn expected(headers: &HeaderMap) -> Result<Option<i64>, Refusal> {
    let Some(tag) = text(headers, "if-match") else { return Ok(None) };
    let version = tag.trim().trim_start_matches("W/").trim_matches('"').parse();
    version.map(Some).map_err(|_| Refusal::field("If-Match", "Send the ETag of the record as it was read."))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

async fn required(web: &Web, parts: &Parts) -> Result<Identity, Refused> {
    let identity = identify(&web.house, parts, web.secure).await?;
    identity.ok_or_else(|| access::error::SIGN_IN_NEEDED.plain().into())
}

fn filled(path: &RawPathParams) -> Params {
    Params(path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}
