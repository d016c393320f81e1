//! The page twin of a command: a form comes in; out goes a redirect to the record, or the form again
//! with what was typed and what is wrong. A form with `_check` names a page that shows the answers once more:
//! then nothing is done yet, and that page has the button that does it.

use std::collections::BTreeMap;

use access::{Command, Params};
use app::Request;
use app::doors::CROSS_SITE;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use base64::Engine as _;
use kernel::{Refusal, Refused, Status};
use serde_json::{Map, Value};

use crate::page::Answers;
use crate::router::show_again;
use crate::who::{Identity, identify};
use crate::{Web, answer, jobs};

/// Runs the command of a form.
pub(crate) async fn run(
    web: Web,
    command: &'static Command,
    params: Params,
    parts: Parts,
    body: Bytes,
) -> Response {
    let fields = match fields(&parts, body).await {
        Ok(fields) => fields,
        Err(refused) => return answer::bare_page(refused),
    };
    let identity = match identify(&web.house, &parts, web.secure).await {
        Ok(Some(identity)) => identity,
        Ok(None) => return answer::see_other("/sign-in", &[]),
        Err(fault) => return answer::bare_page(fault.into()),
    };
    let checked = fields.get("_check").filter(|page| own(page)).cloned();
    match try_run(&web, command, params, &identity, parts.uri.path(), &fields).await {
        // It would be done: the answers are shown once more before it is.
        Ok(_) if checked.is_some() => {
            let answers = Answers { values: fields, ..Answers::default() };
            show_again(&web, &parts, identity, &checked.unwrap_or_default(), answers).await
        }
        Ok(done) => {
            let next = fields.get("_next").filter(|next| own(next));
            if done.body.get("job").is_some() {
                let from = fields.get("_form").or(next).cloned().or_else(|| referer(&parts));
                return answer::see_other(&jobs::followed(&done, from.as_deref(), next), &[]);
            }
            answer::see_other(next.unwrap_or(&done.location), &[flash(&says(&done, &parts, web.secure))])
        }
        Err(refused) => came_back(&web, &parts, identity, fields, refused).await,
    }
}

/// What was done, with the whole address of a one-time link: whoever gets it sent may not know the server's.
fn says(done: &access::Done, parts: &Parts, secure: bool) -> String {
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let Some(host) = host.filter(|_| done.body["link"].is_string()) else { return done.says.clone() };
    let scheme = if secure { "https" } else { "http" };
    done.says.replace(" /welcome/", &format!(" {scheme}://{host}/welcome/"))
}

async fn try_run(
    web: &Web,
    command: &'static Command,
    params: Params,
    identity: &Identity,
    path: &str,
    fields: &BTreeMap<String, String>,
) -> Result<access::Done, Refused> {
    let (token, nonce) = fields.get("_token").and_then(|token| token.split_once('.')).unwrap_or(("", ""));
    if identity.form_token.as_deref() != Some(token) {
        return Err(CROSS_SITE.plain().into());
    }
    let body: Map<String, Value> = (fields.iter())
        .filter(|(name, _)| !name.starts_with('_'))
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
        .collect();
    let body = Value::Object(with_blanks(command, body));
    // The same form sent twice has the same key; mended and sent again it has another, and so has another
    // button of the same page.
    let key = access::secret::digest(&format!("{nonce} {path} {body}"));
    let expected = fields.get("_version").and_then(|version| version.parse().ok());
    let request = Request { params, body, key: Some(key), expected };
    if fields.contains_key("_check") {
        return app::rehearse(&web.house, command, identity.who.clone(), request).await;
    }
    if is_long(web, command, &request).await? {
        return app::later(&web.house, command, identity.who.clone(), request, None).await;
    }
    app::run(&web.house, command, identity.who.clone(), request).await
}

/// With an empty answer for each question nobody answered: a browser leaves out a choice that was not made,
/// and an empty answer is told what is wanted together with all others.
fn with_blanks(command: &Command, mut body: Map<String, Value>) -> Map<String, Value> {
    let schema = (command.input)();
    for field in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if schema["properties"][field]["type"] == "string" {
            body.entry(field).or_insert_with(|| Value::from(""));
        }
    }
    body
}

/// Whether waiting for it would be too long.
async fn is_long(web: &Web, command: &Command, request: &Request) -> Result<bool, Refused> {
    let mut tx = web.house.db.read().await?;
    app::jobs::is_long(&mut tx, command, &request.params, &request.body).await
}

/// Whether an address is one of ours.
pub(crate) fn own(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

/// The form again: with what was typed and what is wrong. A stale one shows both values.
async fn came_back(
    web: &Web,
    parts: &Parts,
    identity: Identity,
    fields: BTreeMap<String, String>,
    refused: Refused,
) -> Response {
    let refusal = match refused {
        Refused::Refusal(refusal) if refusal.kind.status != Status::NotFound => refusal,
        other => return answer::bare_page(other),
    };
    let form = fields.get("_form").or(fields.get("_next")).cloned();
    let form = form.or_else(|| referer(parts)).unwrap_or_else(|| "/".to_owned());
    show_again(
        web,
        parts,
        identity,
        &form,
        Answers { values: fields, refusal: Some(refusal), overtaken: None },
    )
    .await
}

fn referer(parts: &Parts) -> Option<String> {
    let from = parts.headers.get(header::REFERER)?.to_str().ok()?;
    let path = from.split_once("://")?.1;
    Some(path[path.find('/')?..].to_owned())
}

/// The banner on the next page.
pub(crate) fn flash(says: &str) -> String {
    format!("flash={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", kernel::listing::encode(says))
}

/// The fields of a form; a file as its name and, in base64, its bytes.
async fn fields(parts: &Parts, body: Bytes) -> Result<BTreeMap<String, String>, Refused> {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if !kind.starts_with("multipart/form-data") {
        let text = String::from_utf8_lossy(&body);
        return Ok(crate::paths::pairs(&text).into_iter().collect());
    }
    let wrong = |error: axum::extract::multipart::MultipartError| Refusal::field("file", error.body_text());
    let request = axum::http::Request::from_parts(parts.clone(), axum::body::Body::from(body));
    let mut multipart = Multipart::from_request(request, &())
        .await
        .map_err(|error| Refusal::field("file", error.body_text()))?;
    let mut fields = BTreeMap::new();
    while let Some(field) = multipart.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(wrong)?;
        match file_name {
            // No file was chosen: a browser sends its field all the same, without name and content.
            Some(file_name) if file_name.is_empty() && bytes.is_empty() => {}
            Some(file_name) => {
                fields.insert(format!("{name}_name"), file_name);
                fields.insert(name, base64(&bytes));
            }
            None => drop(fields.insert(name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(fields)
}

/// A file's bytes as the input of a command holds them.
pub fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
