//! The API, inside this process on the database itself, or over HTTP. Requests and answers are the
//! same, so the command line can do what the API can, and nothing else.

use std::time::{Duration, Instant};

use access::{Action, Who};
use app::House;
use serde_json::Value;
use web::Web;

use crate::acting::{actors, nobody_may};
use crate::exit::Exit;
use crate::look::look;

/// A server that cannot be connected to within that time is not reachable.
const CONNECTS: Duration = Duration::from_secs(10);

/// A server that answers nothing within that time has timed out: longer than any command takes.
const ANSWERS: Duration = Duration::from_secs(600);

/// One request.
#[derive(Clone)]
pub(crate) struct Ask {
    /// GET, POST or PATCH.
    pub method: &'static str,
    /// Path and query under the server.
    pub path: String,
    /// Body, if any.
    pub body: Option<Value>,
    /// Idempotency-Key, If-Match.
    pub headers: Vec<(&'static str, String)>,
}

impl Ask {
    /// A reading.
    pub(crate) fn get(path: String) -> Ask {
        Ask { method: "GET", path, body: None, headers: Vec::new() }
    }

    /// A change, with a new idempotency key.
    pub(crate) fn change(method: &'static str, path: String, body: Option<Value>) -> Ask {
        let headers = vec![("idempotency-key", access::secret::new(&kernel::SystemChance))];
        Ask { method, path, body, headers }
    }
}

/// Status, ETag, body.
pub(crate) struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The record's version.
    pub tag: Option<String>,
    /// What the server calls the request.
    pub request: Option<String>,
    /// Bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// What was asked for; the end of the program where it was refused.
    pub(crate) fn read(&self) -> Result<Value, Exit> {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or(Value::Null);
        if self.status >= 400 {
            return Err(Exit::of_answer(self.status, &body, self.request.clone()));
        }
        Ok(body)
    }
}

/// Where requests go.
pub(crate) enum Door {
    /// Into this process.
    Local {
        /// The API.
        web: Box<Web>,
        /// The house under it.
        house: Box<House>,
        /// Username to act as, or empty: the first person who may.
        acting: String,
    },
    /// To a server.
    Remote {
        /// Its address.
        server: String,
        /// The API token.
        token: String,
    },
}

impl Door {
    /// Opens the server's door if one is named, else the database's.
    pub(crate) async fn open(config: &app::config::Config) -> Result<Door, Exit> {
        let server = config.get("server");
        if !server.is_empty() {
            let token = token()?;
            return Ok(Door::Remote { server: server.trim_end_matches('/').to_owned(), token });
        }
        let house = crate::care::house(config).await?;
        let web = Box::new(Web::new(house.clone(), false, false));
        Ok(Door::Local { web, house: Box::new(house), acting: config.get("as").to_owned() })
    }

    /// Lets what is asked from now on tell how far it is, where it is done in this process.
    pub(crate) fn watch(&mut self) -> Option<kernel::Headway> {
        let Door::Local { web, .. } = self else { return None };
        web.house.headway = web.house.headway.of(crate::bar::HERE);
        Some(web.house.headway.clone())
    }

    /// Asks; `action` says who may be acted as where nobody is named.
    pub(crate) async fn ask(&self, ask: Ask, action: Action) -> Result<Answer, Exit> {
        let (words, begun) = (format!("{} {}", ask.method, ask.path), Instant::now());
        let answer = self.asked(ask, action).await?;
        if look().verbose > 1 {
            let request = answer.request.as_deref().unwrap_or("-");
            eprintln!(
                "{words}: {} after {} ms, request {request}",
                answer.status,
                begun.elapsed().as_millis()
            );
        }
        Ok(answer)
    }

    async fn asked(&self, ask: Ask, action: Action) -> Result<Answer, Exit> {
        match self {
            Door::Local { web, house, acting } => {
                let mut first = None;
                for who in actors(house, acting, action, ask.method == "GET").await? {
                    let answer = local(web.as_ref().clone(), &ask, who).await?;
                    // Not theirs: where nobody is named, another may reach it.
                    if !acting.is_empty() || !is_out_of_reach(&answer) {
                        return Ok(answer);
                    }
                    first.get_or_insert(answer);
                }
                match first {
                    Some(answer) => Ok(answer),
                    None => Err(nobody_may(house, action).await),
                }
            }
            Door::Remote { server, token } => {
                let (server, token) = (server.clone(), token.clone());
                let asked = tokio::task::spawn_blocking(move || remote(&server, &token, &ask)).await;
                asked.map_err(|error| Exit::Failed(error.to_string()))?
            }
        }
    }
}

/// The API token: of the environment, or of the file it names.
fn token() -> Result<String, Exit> {
    let of = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    match (of("QUARTERDECK_TOKEN"), of("QUARTERDECK_TOKEN_FILE")) {
        (Some(token), _) => Ok(token),
        (None, Some(file)) => std::fs::read_to_string(&file)
            .map(|token| token.trim().to_owned())
            .map_err(|error| Exit::Usage(format!("{file} (QUARTERDECK_TOKEN_FILE) cannot be read: {error}"))),
        (None, None) => Ok(String::new()),
    }
}

/// Whether the server named by the configuration answers, with whatever it has for the token.
pub(crate) async fn answers(config: &app::config::Config) -> Result<(), Exit> {
    let door = Door::open(config).await?;
    let answer = door.ask(Ask::get("/api/v1/openapi.json".into()), Action::UseQuarterdeck).await?;
    if answer.status < 500 {
        Ok(())
    } else {
        Err(Exit::Failed(format!("The server answers {}.", answer.status)))
    }
}

/// Whether it was not found, or not allowed by any role of who asked. Not so what another person has to do: for
/// that somebody is named.
fn is_out_of_reach(answer: &Answer) -> bool {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    [404, 403].contains(&answer.status)
        && ["not_found", "not_allowed"].iter().any(|code| body["code"] == *code)
}

async fn local(web: Web, ask: &Ask, who: Who) -> Result<Answer, Exit> {
    let headers: Vec<(&str, &str)> =
        ask.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answered = web::call(web, ask.method, &ask.path, &headers, ask.body.as_ref(), who).await;
    let web::Said { status, tag, request, body } = answered.map_err(Exit::from)?;
    Ok(Answer { status, tag, request, body })
}

fn remote(server: &str, token: &str, ask: &Ask) -> Result<Answer, Exit> {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_connect(Some(CONNECTS))
        .timeout_recv_response(Some(ANSWERS));
    let agent: ureq::Agent = agent.build().into();
    let mut request = ureq::http::Request::builder().method(ask.method).uri(format!("{server}{}", ask.path));
    request =
        request.header("authorization", format!("Bearer {token}")).header("content-type", "application/json");
    for (name, value) in &ask.headers {
        request = request.header(*name, value);
    }
    let body = ask.body.as_ref().map(Value::to_string).unwrap_or_default();
    let unreachable =
        |error: &dyn std::fmt::Display| Exit::Unreachable(format!("{server} cannot be reached: {error}"));
    let request = request.body(body).map_err(|error| unreachable(&error))?;
    let mut response = agent.run(request).map_err(|error| unreachable(&error))?;
    let header =
        |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (tag, id) = (header("etag"), header("x-request-id"));
    let body = response
        .body_mut()
        .with_config()
        .limit(1 << 30)
        .read_to_vec()
        .map_err(|error| unreachable(&error))?;
    Ok(Answer { status: response.status().as_u16(), tag, request: id, body })
}
