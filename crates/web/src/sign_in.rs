//! Signing in and out, the demo's people, light or dark.

use std::collections::BTreeMap;

use access::{password, person, session};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use kernel::{Fault, PersonId, Refusal, Refused};
use parts::{DemoPerson, Markup, PageHead, PostAction, Shell, SignIn};

use crate::who::{cookie, cookie_name};
use crate::{Web, answer, guard, paths};

pub(crate) fn fields(body: &Bytes) -> BTreeMap<String, String> {
    paths::pairs(&String::from_utf8_lossy(body)).into_iter().collect()
}

pub(crate) fn of<'f>(fields: &'f BTreeMap<String, String>, name: &str) -> &'f str {
    fields.get(name).map_or("", String::as_str)
}

/// The shell of a page for somebody who is not signed in.
fn shell(organisation: &str, demo: bool) -> Shell {
    Shell { organisation: organisation.to_owned(), demo, ..Shell::default() }
}

pub(crate) fn document(organisation: &str, demo: bool, head: PageHead, body: Markup) -> String {
    parts::page(&shell(organisation, demo), head, body).into_string()
}

/// The sign-in page; a demo's offers its people.
pub(crate) async fn page(State(web): State<Web>) -> Response {
    shown(&web, "", None).await.unwrap_or_else(answer::bare_page)
}

async fn shown(web: &Web, username: &str, refusal: Option<Refusal>) -> Result<Response, Refused> {
    let mut tx = web.house.db.read().await?;
    let organisation = web.house.organisation(&mut tx).await?;
    let code = refusal.as_ref().map_or(StatusCode::OK, answer::status);
    let people = if web.demo_sign_in { demo_people(&mut tx).await? } else { Vec::new() };
    let shell = shell(&organisation.name, organisation.demo.is_some());
    let offered = SignIn {
        action: "/sign-in".into(),
        username: username.to_owned(),
        refused: refusal.map(|refusal| format!("{} {}", refusal.says, refusal.way_out)),
        people,
    };
    Ok((code, Html(parts::sign_in(&shell, &offered).into_string())).into_response())
}

async fn demo_people(tx: &mut db::Tx) -> Result<Vec<DemoPerson>, Fault> {
    let rows = person::demo_people(tx).await?;
    let offered = rows.into_iter().map(|person| DemoPerson {
        name: person.name,
        role: person.roles.join(", "),
        // Nobody is signed in, so there is no token to hold the form to.
        action: PostAction::new("/sign-in/demo", "").with("username", person.username),
    });
    Ok(offered.collect())
}

/// Signs in with username and password.
pub(crate) async fn submit(State(web): State<Web>, parts: Parts, body: Bytes) -> Response {
    let fields = fields(&body);
    let (username, secret) = (of(&fields, "username").trim().to_owned(), of(&fields, "password").to_owned());
    let before = cookie(&parts.headers, cookie_name(web.secure));
    match try_sign_in(&web, &username, secret, before).await {
        Ok(cookie) => answer::see_other("/", &[cookie]),
        Err(Refused::Refusal(refusal)) => {
            shown(&web, &username, Some(refusal)).await.unwrap_or_else(answer::bare_page)
        }
        Err(fault) => answer::bare_page(fault),
    }
}

async fn try_sign_in(
    web: &Web,
    username: &str,
    secret: String,
    before: Option<&str>,
) -> Result<String, Refused> {
    let mut tx = web.house.db.read().await?;
    // Usernames have small letters alone; a telephone's keyboard begins with a large one.
    let person = person::by_username(&mut tx, &username.to_lowercase()).await?;
    drop(tx);
    let active = person.filter(|person| person.state == "active");
    let hash = active.as_ref().and_then(|person| person.password_hash.clone());
    let right = hashing(web, move || password::verify(&secret, hash.as_deref())).await?;
    match active.filter(|_| right) {
        Some(person) => open(web, person.id, before).await,
        None => Err(session::WRONG_SIGN_IN.plain().into()),
    }
}

/// Hashes in turn, where it may block: no more at once than there are cores, and in no transaction.
pub(crate) async fn hashing<T: Send + 'static>(
    web: &Web,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    let turn = web.hashing.clone().acquire_owned().await;
    let turn = turn.map_err(|error| Fault::new("waiting to hash", error))?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    done.await.map_err(|error| Fault::new("hashing a password", error))
}

/// A new session in place of the one `before`, if there was one; returns its cookie.
pub(crate) async fn open(web: &Web, person: PersonId, before: Option<&str>) -> Result<String, Refused> {
    let mut tx = web.house.db.begin().await?;
    if let Some(before) = before {
        session::close(&mut tx, before).await?;
    }
    let token = session::open(&mut tx, person, web.house.clock.now(), web.house.chance.as_ref()).await?;
    tx.commit().await?;
    let secure = if web.secure { "; Secure" } else { "" };
    let name = cookie_name(web.secure);
    Ok(format!(
        "{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}",
        session::LASTS.num_seconds()
    ))
}

/// Signs in one of the demo's people by one click: only in a demo database, only on loopback.
pub(crate) async fn demo(State(web): State<Web>, parts: Parts, body: Bytes) -> Response {
    if !web.demo_sign_in || !guard::is_loopback(&parts.headers) {
        return answer::bare_page(Refusal::not_found().into());
    }
    let fields = fields(&body);
    let opened = async {
        let mut tx = web.house.db.read().await?;
        let person = person::by_username(&mut tx, of(&fields, "username")).await?;
        drop(tx);
        let person = person.filter(|person| person.state == "active").ok_or_else(Refusal::not_found)?;
        open(&web, person.id, cookie(&parts.headers, cookie_name(web.secure))).await
    };
    match opened.await {
        Ok(cookie) => answer::see_other("/", &[cookie]),
        Err(refused) => answer::bare_page(refused),
    }
}

/// Signs out.
pub(crate) async fn out(State(web): State<Web>, parts: Parts) -> Response {
    let name = cookie_name(web.secure);
    let closed = async {
        if let Some(token) = cookie(&parts.headers, name) {
            let mut tx = web.house.db.begin().await?;
            session::close(&mut tx, token).await?;
            tx.commit().await?;
        }
        Ok::<(), Refused>(())
    };
    match closed.await {
        Ok(()) => {
            // Without `Secure` a browser ignores what is said of a `__Host-` cookie.
            let secure = if web.secure { "; Secure" } else { "" };
            let gone = format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}");
            answer::see_other("/sign-in", &[gone])
        }
        Err(refused) => answer::bare_page(refused),
    }
}

/// Light, dark or as the machine is set.
pub(crate) async fn theme(parts: Parts, body: Bytes) -> Response {
    let fields = fields(&body);
    let word = parts::Theme::of(of(&fields, "theme")).word();
    let back = parts
        .headers
        .get("referer")
        .and_then(|from| from.to_str().ok()?.split_once("://")?.1.split_once('/'));
    // `//elsewhere` would lead to another site.
    let back = back.filter(|(_, path)| !path.starts_with(['/', '\\']));
    let back = back.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"));
    answer::see_other(&back, &[format!("theme={word}; Path=/; SameSite=Lax; Max-Age=31536000")])
}
