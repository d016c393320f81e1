//! The API inside this process, and the server: so that the command line need not know HTTP.

use access::Who;
use axum::body::Body;
use axum::http::Request;
use kernel::Fault;
use serde_json::Value;
use tower::ServiceExt;

use crate::{LocalActor, Web, router};

/// Asks the API as `who`, who holds the database itself: status, ETag and body of the answer.
pub async fn call(
    web: Web,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&Value>,
    who: Who,
) -> Result<(u16, Option<String>, Vec<u8>), Fault> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let mut request = request.body(body).map_err(|error| Fault::new("writing a request", error))?;
    request.extensions_mut().insert(LocalActor(who));
    let answer = router(web).oneshot(request).await;
    let answer = answer.map_err(|error| Fault::new("asking the API", error))?;
    let status = answer.status().as_u16();
    let tag = answer.headers().get("etag").and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
    let body = body.map_err(|error| Fault::new("reading an answer", error))?;
    Ok((status, tag, body.to_vec()))
}

/// Serves pages and API on `listener` until `stopped`.
pub async fn serve(
    listener: tokio::net::TcpListener,
    web: Web,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Fault> {
    let served = axum::serve(listener, router(web)).with_graceful_shutdown(stopped).await;
    served.map_err(|error| Fault::new("serving", error))
}
