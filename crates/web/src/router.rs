//! Every address there is: derived from the registry and from each context's pages. Nothing else is
//! routed, so nothing is reachable without its row in the table of authority.

use std::sync::Arc;

use access::{Method, as_of};
use app::{House, registry};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, patch, post};
use kernel::{Refusal, Refused};
use parts::Theme;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;

use crate::around::wrap;
use crate::find::{own, twin};
use crate::page::{Answers, Page, PageCx, PageRoute};
use crate::who::{Identity, cookie, identify};
use crate::{
    access_pages, answer, api, api_page, finance, form, guard, help, history, home, hub, imports, jobs, list,
    no_page, openapi, paths, portfolio, ready, relationships, search, sign_in, stale, welcome,
};

/// What every handler stands on.
#[derive(Clone)]
pub struct Web {
    /// The house.
    pub house: House,
    /// Served over https: cookies are `__Host-` and secure.
    pub secure: bool,
    /// Whether the demo's people may be signed in by one click: a demo database, on loopback.
    pub demo_sign_in: bool,
    /// Password hashes at once: as many as cores, so that a login flood leaves others alone.
    pub hashing: Arc<Semaphore>,
}

impl Web {
    /// Over `house`.
    pub fn new(house: House, secure: bool, demo_sign_in: bool) -> Web {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Web { house, secure, demo_sign_in, hashing: Arc::new(Semaphore::new(cores)) }
    }
}

/// Pages of all contexts.
pub(crate) fn pages() -> impl Iterator<Item = &'static PageRoute> {
    [
        home::PAGES,
        help::PAGES,
        api_page::PAGES,
        search::PAGES,
        portfolio::PAGES,
        finance::PAGES,
        relationships::PAGES,
        imports::PAGES,
        jobs::PAGES,
        access_pages::PAGES,
        history::PAGES,
        hub::PAGES,
    ]
    .into_iter()
    .flatten()
}

/// The largest upload: a year of ledger lines fits.
const LARGEST_BODY: usize = 64 << 20;

/// The whole product behind one router.
pub fn router(web: Web) -> Router {
    let mut router = Router::new();
    for reading in registry::readings() {
        let path = format!("/api/v1{}", reading.path);
        let handler = move |State(web): State<Web>, path: RawPathParams, request: Request| async move {
            api::read(web, reading, path, request.into_parts().0).await
        };
        router = router.route(&path, get(handler));
    }
    for command in registry::commands() {
        let handler = move |web: State<Web>, path: RawPathParams, parts: Parts, body: Bytes| async move {
            api::run(web, command, path, parts, body).await
        };
        let path = format!("/api/v1{}", command.path);
        router = match command.method {
            Method::Post => router.route(&path, post(handler)),
            Method::Patch => router.route(&path, patch(handler)),
        };
    }
    for (path, kind, text) in parts::assets::ASSETS {
        router = router.route(path, get(move || asset(kind, text)));
    }
    router
        .route("/api/v1/openapi.json", get(openapi::document))
        .route("/sign-in", get(sign_in::page).post(sign_in::submit))
        .route("/sign-in/demo", post(sign_in::demo))
        .route("/sign-out", post(sign_in::out))
        .route("/welcome/{token}", get(welcome::page).post(welcome::choose))
        .route("/theme", post(sign_in::theme))
        .fallback(page_or_form)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(axum::middleware::from_fn(guard::guard))
        .layer(CompressionLayer::new())
        .with_state(web)
}

async fn asset(kind: &'static str, text: &'static str) -> Response {
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, text).into_response()
}

/// Pages, and forms on the page twins of commands.
async fn page_or_form(State(web): State<Web>, parts: Parts, body: Bytes) -> Response {
    let path = parts.uri.path().to_owned();
    if path.starts_with("/api/") {
        return answer::json(Refusal::not_found().into());
    }
    match parts.method.as_str() {
        "GET" | "HEAD" => show(&web, &parts).await,
        "POST" => {
            let twins = registry::commands()
                .filter_map(|command| Some((command, paths::fit(&ready::form_of(command), &path)?)));
            // `/customers/new` is more exact than `/customers/{key}`: fewest blanks wins.
            match twins.min_by_key(|(_, params)| params.0.len()) {
                Some((command, params)) => form::run(web, command, params, parts, body).await,
                None => answer::bare_page(Refusal::not_found().into()),
            }
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

async fn show(web: &Web, parts: &Parts) -> Response {
    match identify(&web.house, parts, web.secure).await {
        Ok(Some(identity)) => {
            render(web, parts, identity, parts.uri.path(), parts.uri.query(), Answers::default()).await
        }
        Ok(None) => answer::see_other("/sign-in", &[]),
        Err(fault) => answer::bare_page(fault.into()),
    }
}

/// A form's page again, after a refusal.
pub(crate) async fn show_again(
    web: &Web,
    parts: &Parts,
    identity: Identity,
    form: &str,
    answers: Answers,
) -> Response {
    let (path, query) = form.split_once('?').map_or((form, None), |(path, query)| (path, Some(query)));
    render(web, parts, identity, path, query, answers).await
}

async fn render(
    web: &Web,
    parts: &Parts,
    identity: Identity,
    path: &str,
    query: Option<&str>,
    answers: Answers,
) -> Response {
    let refusal = answers.refusal.clone();
    let nonce = access::secret::new(web.house.chance.as_ref());
    let token = format!("{}.{}", identity.form_token.unwrap_or_default(), &nonce[..32]);
    let cx = match web.house.db.read().await {
        Ok(tx) => web.house.context(tx, identity.who, None).await,
        Err(error) => Err(error.into()),
    };
    let cx = match cx {
        Ok(cx) => cx,
        Err(fault) => return answer::bare_page(fault.into()),
    };
    let mut page = PageCx::new(cx, path, query.unwrap_or(""), token, answers);
    if let Some(other) = no_page::answer(&mut page).await {
        return other;
    }
    let period = match finance::months::pick(&mut page).await {
        Ok(period) => period,
        Err(fault) => return answer::bare_page(fault.into()),
    };
    let rendered = dispatch(&mut page).await.map(|rendered| with_misread(&page, rendered));
    page.failed = rendered.is_err();
    let theme = Theme::of(cookie(&parts.headers, "theme").unwrap_or(""));
    let flash = cookie(&parts.headers, "flash").map(paths::decode).filter(|_| refusal.is_none());
    let (code, rendered) = match rendered {
        Ok(rendered) => (page.refusal().map_or(StatusCode::OK, answer::status), rendered),
        Err(refused) => error_page(refused),
    };
    let shown = flash.is_some();
    let mut response = (code, Html(wrap(&page, rendered, flash, period, theme))).into_response();
    if shown {
        let gone = header::HeaderValue::from_static("flash=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}

/// What a filter cannot mean, over the page whose list shows nothing for it.
fn with_misread(page: &PageCx, rendered: Page) -> Page {
    let Some(refusal) = &page.misread else { return rendered };
    let says = refusal.fields.iter().map(|field| field.says.as_str()).collect::<Vec<_>>().join(" ");
    let body = parts::html! {
        div role="alert" { (parts::banner(parts::Tone::Bad, None, parts::html! { (says) })) }
        (rendered.body)
    };
    Page { body, ..rendered }
}

fn error_page(refused: Refused) -> (StatusCode, Page) {
    let fields = match &refused {
        Refused::Refusal(refusal) => refusal.fields.clone(),
        Refused::Fault(_) => Vec::new(),
    };
    let (code, title, says, way_out) = answer::words(refused);
    let named = |field: &str| if field == as_of::AS_OF { String::new() } else { format!("{field}: ") };
    let body = parts::html! {
        p .lead { (says) }
        @if !fields.is_empty() { ul { @for field in &fields { li { (named(&field.field)) (answer::on_page(&field.says)) } } } }
        p { (way_out) }
        p { a href="/" { "Home" } }
    };
    (code, Page { head: parts::PageHead::new(title), body })
}

/// The page of that path: one of its own, or the plain page of a reading.
async fn dispatch(page: &mut PageCx) -> Result<Page, Refused> {
    let path = page.path.clone();
    if let Some((route, params)) = own(&path) {
        page.cx.require(route.action)?;
        if !route.as_of && !page.as_of().is_empty() {
            return Err(app::no_day(route.path).into());
        }
        if let Some(command) = ready::asked_by(route) {
            page.instead = ready::before_form(page, command, &params).await?;
            if page.answers.is_stale() {
                page.answers.overtaken = stale::by_whom(page, command, &params).await?;
            }
        }
        return (route.render)(page, params).await;
    }
    match twin(&path) {
        Some((reading, params)) => list::page(page, reading, params).await,
        None => Err(Refusal::not_found().into()),
    }
}
