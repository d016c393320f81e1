//! Who a request is from: a session cookie, a bearer token, or the command line on the database
//! itself.

use access::{Who, session, token};
use app::House;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use kernel::{Fault, TokenId};

/// Put into a request by the command line that holds the database itself.
#[derive(Clone)]
pub struct LocalActor(pub Who);

/// Who it is and what their forms carry.
pub(crate) struct Identity {
    pub who: Who,
    /// Of a session only.
    pub form_token: Option<String>,
    /// A token that may only read.
    pub reading_only: bool,
    /// The token it came with, where it was one.
    pub token: Option<TokenId>,
}

/// The session cookie's name: `__Host-` where the connection is secure, plain on loopback.
pub(crate) fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-quarterdeck" } else { "quarterdeck" }
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// Who the request is from, if anybody.
pub(crate) async fn identify(house: &House, parts: &Parts, secure: bool) -> Result<Option<Identity>, Fault> {
    if let Some(LocalActor(who)) = parts.extensions.get::<LocalActor>() {
        return Ok(Some(Identity { who: who.clone(), form_token: None, reading_only: false, token: None }));
    }
    let mut tx = house.db.read().await?;
    let now = house.clock.now();
    let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(secret) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
        let found = token::of(&mut tx, secret.trim(), now).await?;
        return Ok(found.map(|held| Identity {
            who: held.who,
            form_token: None,
            reading_only: held.reading_only,
            token: Some(held.id),
        }));
    }
    let Some(secret) = cookie(&parts.headers, cookie_name(secure)) else { return Ok(None) };
    let found = session::of(&mut tx, secret, now).await?;
    Ok(found.map(|session| Identity {
        who: session.who,
        form_token: Some(session.form_token),
        reading_only: false,
        token: None,
    }))
}
