//! No request from another site changes anything, and every answer carries its security headers and the name under
//! which the log tells of its request.

use crate::answer;
use app::doors::{ADDRESS_UNREADABLE, CROSS_SITE, METHOD_NOT_TAKEN, REQUEST_TOO_LARGE};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use kernel::{RefusalKind, SystemChance};
use tracing::Instrument;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The header with what a request is called.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// Refuses unsafe requests of other sites; sets the headers of every answer.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let id = called(request.headers());
    let span = tracing::error_span!("request", id);
    let mut response = guarded(request, next).instrument(span).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// What the request is called: as whoever sent it or passed it on calls it, else by chance.
fn called(headers: &HeaderMap) -> String {
    let plain = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
    };
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(plain);
    given.map_or_else(|| access::secret::new(&SystemChance)[..16].to_owned(), str::to_owned)
}

async fn guarded(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let api = request.uri().path().starts_with("/api/");
    let mut response = if !(safe || same_site(request.headers(), api)) {
        answer::refusal_json(&CROSS_SITE.plain())
    } else if is_unreadable(request.uri()) {
        refused(&ADDRESS_UNREADABLE, api)
    } else {
        in_our_words(next.run(request).await, api)
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether an address holds NUL or bytes that are no text.
fn is_unreadable(uri: &Uri) -> bool {
    let whole = uri.path_and_query().map_or("", |whole| whole.as_str());
    let bytes = crate::paths::decoded(whole);
    bytes.contains(&0) || String::from_utf8(bytes).is_err()
}

/// What the framework answers by itself is said as everything else is.
fn in_our_words(response: Response, api: bool) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if ["application/json", "text/html"].iter().any(|ours| kind.starts_with(ours)) {
        return response;
    }
    match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => {
            let allow = response.headers().get(header::ALLOW).cloned();
            let mut said = refused(&METHOD_NOT_TAKEN, api);
            said.headers_mut().extend(allow.map(|allow| (header::ALLOW, allow)));
            said
        }
        StatusCode::PAYLOAD_TOO_LARGE => refused(&REQUEST_TOO_LARGE, api),
        StatusCode::BAD_REQUEST => refused(&ADDRESS_UNREADABLE, api),
        _ => response,
    }
}

fn refused(kind: &'static RefusalKind, api: bool) -> Response {
    if api { answer::refusal_json(&kind.plain()) } else { answer::bare_page(kind.plain().into()) }
}

/// By Sec-Fetch-Site, which browsers set and pages cannot; else by Origin against Host. A request with neither
/// is no browser's of today: at the API a session's cookie does not count for it, and a form wants its token.
fn same_site(headers: &HeaderMap, api: bool) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
        (None, _) => !(api && headers.contains_key(header::COOKIE)),
    }
}

/// Whether the request names this machine. A name of another site may be led to this machine by that site, and
/// its pages then read what is answered.
pub(crate) fn is_loopback(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name).trim_matches(['[', ']']);
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_text_without_nul() {
        for (uri, unreadable) in [
            ("/customers/CARE?q=a%26b", false),
            ("/customers/%C3%A9", false),
            ("/customers?q=100%", false),
            ("/customers/%00", true),
            ("/customers?q=%00", true),
            ("/customers/%FF", true),
            ("/customers?q=%c3", true),
        ] {
            assert_eq!(is_unreadable(&uri.parse().unwrap()), unreadable, "{uri}");
        }
    }

    #[test]
    fn a_request_keeps_the_name_it_came_with_if_that_is_plain() {
        let of = |id: &'static str| {
            called(&HeaderMap::from_iter([(REQUEST_ID.parse().unwrap(), HeaderValue::from_static(id))]))
        };
        assert_eq!(of("proxy-7.a_b"), "proxy-7.a_b");
        for unfit in ["", "two words", "<script>", "a;b"] {
            assert_ne!(of(unfit), unfit);
        }
        let (first, second) = (called(&HeaderMap::new()), called(&HeaderMap::new()));
        assert!(first.len() == 16 && first != second, "{first} {second}");
    }

    #[test]
    fn this_machine_is_told_by_its_name() {
        for (host, is) in [
            ("127.0.0.1:8420", true),
            ("localhost:8420", true),
            ("localhost", true),
            ("[::1]:8420", true),
            ("evil.example:8420", false),
            ("127.0.0.1.evil.example", false),
            ("192.168.1.7:8420", false),
            ("", false),
        ] {
            let headers = [(header::HOST, HeaderValue::from_static(host))];
            assert_eq!(is_loopback(&HeaderMap::from_iter(headers)), is, "{host}");
        }
    }

    #[test]
    fn another_site_is_told_by_what_browsers_say() {
        for (pairs, same) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "same-origin"), ("cookie", "quarterdeck=x")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("origin", "http://127.0.0.1:8420"), ("host", "127.0.0.1:8420")], true),
            (&[("origin", "https://evil.example"), ("host", "127.0.0.1:8420")], false),
            (&[("origin", "null"), ("host", "127.0.0.1:8420")], false),
            (&[("host", "127.0.0.1:8420")], true),
            (&[("host", "127.0.0.1:8420"), ("authorization", "Bearer x")], true),
            (&[("host", "127.0.0.1:8420"), ("cookie", "quarterdeck=x")], false),
        ] {
            let headers = pairs.iter().map(|(name, value)| {
                let name: axum::http::HeaderName = name.parse().unwrap();
                (name, HeaderValue::from_static(value))
            });
            assert_eq!(same_site(&headers.collect(), true), same, "{pairs:?}");
        }
    }
}
