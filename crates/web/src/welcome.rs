//! One-time links: a person chooses a password and comes in.

use access::{Who, password, person};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use kernel::{Actor, PersonId, Refusal, Refused, Via};
use parts::{Field, FieldKind, Form, PageHead, html};

use crate::sign_in::{document, fields, hashing, of, open};
use crate::who::{cookie, cookie_name};
use crate::{Web, answer};

/// The page of a one-time link.
pub(crate) async fn page(State(web): State<Web>, Path(token): Path<String>) -> Response {
    welcomed(&web, &token, None).await.unwrap_or_else(answer::bare_page)
}

async fn welcomed(web: &Web, token: &str, refusal: Option<Refusal>) -> Result<Response, Refused> {
    let mut tx = web.house.db.read().await?;
    let organisation = web.house.organisation(&mut tx).await?;
    let invitee = person::invitee(&mut tx, token, web.house.clock.now()).await?;
    let username = invitee.ok_or_else(|| person::LINK_SPENT.plain())?.username;
    let code = refusal.as_ref().map_or(StatusCode::OK, answer::status);
    let kind = FieldKind::Typed { kind: "password", autocomplete: "new-password" };
    let field = Field::new("password", "Password", kind).hint("At least 12 characters.");
    // The hidden field lets a password manager keep the two together.
    let named = html! {
        p { "Your username is " b { (username) } "." }
        input .hidden type="text" name="username" autocomplete="username" value=(username) readonly tabindex="-1"
            aria-hidden="true";
    };
    let form = Form::new(format!("/welcome/{token}"), "").words(named).field(field);
    let mut form = form.submit("Set password and sign in");
    form.errors = refusal.as_ref().map_or_else(Vec::new, |refusal| {
        let says = refusal
            .fields
            .first()
            .map_or(format!("{} {}", refusal.says, refusal.way_out), |f| f.says.clone());
        vec![kernel::FieldError { field: "password".into(), says }]
    });
    let mut head = PageHead::new("Choose your password");
    head.has_errors = refusal.is_some();
    Ok((code, Html(document(&organisation.name, organisation.demo.is_some(), head, form.render())))
        .into_response())
}

/// Spends the link: sets the password and signs in.
pub(crate) async fn choose(
    State(web): State<Web>,
    Path(token): Path<String>,
    parts: Parts,
    body: Bytes,
) -> Response {
    let fields = fields(&body);
    let chosen = async {
        let nobody = Who {
            actor: Actor {
                person: PersonId::new(web.house.chance.uuid_v7(web.house.clock.now())),
                via: Via::Session,
            },
            name: String::new(),
            grants: Vec::new(),
            signed_in_at: None,
        };
        let now = web.house.clock.now();
        let invitee = person::invitee(&mut web.house.db.read().await?, &token, now).await?;
        invitee.ok_or_else(|| person::LINK_SPENT.plain())?;
        let (chosen, chance) = (of(&fields, "password").to_owned(), web.house.chance.clone());
        let hash = hashing(&web, move || password::chosen(&chosen, chance.as_ref())).await??;
        let mut cx = web.house.context(web.house.db.begin().await?, nobody, None).await?;
        let person = person::accept(&mut cx, &token, hash).await?;
        cx.tx.commit().await?;
        open(&web, person, cookie(&parts.headers, cookie_name(web.secure))).await
    };
    match chosen.await {
        Ok(cookie) => answer::see_other("/", &[cookie]),
        Err(Refused::Refusal(refusal)) => {
            welcomed(&web, &token, Some(refusal)).await.unwrap_or_else(answer::bare_page)
        }
        Err(fault) => answer::bare_page(fault),
    }
}
