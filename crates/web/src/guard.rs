//! No request from another site changes anything, and every answer carries its security headers.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use kernel::{RefusalKind, Status};

use crate::answer;

/// A change asked for by another site.
pub(crate) static CROSS_SITE: RefusalKind = RefusalKind {
    code: "cross_site",
    status: Status::Forbidden,
    says: "This change was asked for by another site.",
    way_out: "Open Quarterdeck itself and do it there.",
};

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Refuses unsafe requests of other sites; sets the headers of every answer.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let api = request.uri().path().starts_with("/api/");
    let mut response = if safe || same_site(request.headers(), api) {
        next.run(request).await
    } else {
        answer::refusal_json(&CROSS_SITE.plain())
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

#[cfg(test)]
mod tests {
    use super::*;

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
