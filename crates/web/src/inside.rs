//! The API inside this process, and the server: so that the command line need not know HTTP.

use access::Who;
use axum::body::Body;
use axum::http::Request;
use kernel::Fault;
use serde_json::Value;
use tower::ServiceExt;

use crate::{LocalActor, Web, guard, router};

/// What the API answers.
pub struct Said {
    /// Its HTTP status.
    pub status: u16,
    /// The version of the record.
    pub tag: Option<String>,
    /// What the request is called in the log.
    pub request: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// Asks the API as `who`, who holds the database itself.
pub async fn call(
    web: Web,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&Value>,
    who: Who,
) -> Result<Said, Fault> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let mut request = request.body(body).map_err(|error| Fault::new("writing a request", error))?;
    request.extensions_mut().insert(LocalActor(who));
    let answer = router(web).oneshot(request).await;
    let answer = answer.map_err(|error| Fault::new("asking the API", error))?;
    let header =
        |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (status, tag, request) = (answer.status().as_u16(), header("etag"), header(guard::REQUEST_ID));
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
    let body = body.map_err(|error| Fault::new("reading an answer", error))?;
    Ok(Said { status, tag, request, body: body.to_vec() })
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
