//! What the page, the JSON API and the command line all reach: commands that change and readings
//! that do not. Each context lists its own in `routes.rs`; `app` puts them together; `web` and
//! `cli` derive paths and words from them, so none of the three can do what the others cannot.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use kernel::listing::{Asked, Listing};
use kernel::{RefusalKind, Refused};

use crate::{Action, Cx, Done};

/// The blanks of a path, filled: `{key}` of `/relationships/customers/{key}`; for a reading also
/// its named query values.
#[derive(Clone, Debug, Default)]
pub struct Params(pub BTreeMap<String, String>);

impl Params {
    /// The value of `name`; empty if not given.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The value of `name` if given and not empty.
    pub fn optional(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// What a future of a use case is.
pub type Outcome<'c, T> = Pin<Box<dyn Future<Output = Result<T, Refused>> + Send + 'c>>;

/// How a command stands before anybody says anything with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ready {
    /// It would be taken, if what is said with it can be.
    Yes,
    /// It was done before: the sentence that says so.
    Done(String),
}

impl Ready {
    /// Ready where it would change something; else `done` says that it was done before.
    pub fn of(changes: bool, done: impl Into<String>) -> Ready {
        if changes { Ready::Yes } else { Ready::Done(done.into()) }
    }
}

/// Asks how a command stands.
pub type Asks = for<'c> fn(&'c mut Cx, Params) -> Outcome<'c, Ready>;

/// HTTP method of a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Does something new; carries an idempotency key.
    Post,
    /// Changes a record; carries the version it changes.
    Patch,
}

/// Something that changes.
pub struct Command {
    /// The command line's words: `customer add`.
    pub name: &'static str,
    /// One line of help.
    pub summary: &'static str,
    /// Its row in the table of authority.
    pub action: Action,
    /// POST, or PATCH on a record.
    pub method: Method,
    /// Path under `/api/v1`: `/relationships/customers/{key}`.
    pub path: &'static str,
    /// JSON schema of its input.
    pub input: fn() -> serde_json::Value,
    /// The use case.
    pub run: for<'c> fn(&'c mut Cx, Params, serde_json::Value) -> Outcome<'c, Done>,
    /// What it may refuse, beside authority and input.
    pub refusals: &'static [&'static RefusalKind],
    /// Whether it would be refused whatever its input says, where the state of things or the person decides that: by
    /// what decides in the use case itself. Asked with the blanks of its path and what is known of its input before
    /// a form or a button is offered; it changes nothing.
    pub ready: Option<Asks>,
}

/// What a reading gives.
pub enum View {
    /// A list.
    List(Listing),
    /// A record: an object with its `"schema"` and, where it can be changed, its `"version"`.
    Record(serde_json::Value),
}

/// Something that only reads.
pub struct Reading {
    /// The command line's words: `customer list`.
    pub name: &'static str,
    /// One line of help.
    pub summary: &'static str,
    /// Its row in the table of authority.
    pub action: Action,
    /// Path under `/api/v1`.
    pub path: &'static str,
    /// Names of query values that are its own and not columns: `period`, `as_of`.
    pub takes: &'static [&'static str],
    /// The query.
    pub run: for<'c> fn(&'c mut Cx, Params, Asked) -> Outcome<'c, View>,
}

/// Wraps `async fn(&mut Cx, &Params, Input) -> Result<Done, Refused>` as a [`Command`]'s `run` and
/// `input`, and `async fn(&mut Cx, &Params) -> Result<Ready, Refused>` as its `ready`.
#[macro_export]
macro_rules! command {
    ($name:literal, $summary:literal, $action:expr, $method:ident $path:literal, $input:ty => $run:path
        $(, refuses $refusals:expr)? $(, ready $ready:path)?) => {
        $crate::Command {
            name: $name,
            summary: $summary,
            action: $action,
            method: $crate::Method::$method,
            path: $path,
            input: || schemars::schema_for!($input).to_value(),
            run: |cx, params, body| {
                Box::pin(async move {
                    let input: $input = $crate::input::read_input(body)?;
                    $run(cx, &params, input).await
                })
            },
            refusals: { #[allow(unused_mut, unused_assignments)]
                { let list: &'static [&'static kernel::RefusalKind] = &[]; $(let list = { let _ = list; $refusals };)? list } },
            ready: {
                let ready: Option<$crate::route::Asks> = None;
                $(let ready: Option<$crate::route::Asks> = {
                    let _ = ready;
                    let asks: $crate::route::Asks =
                        |cx, params| Box::pin(async move { $ready(cx, &params).await });
                    Some(asks)
                };)?
                ready
            },
        }
    };
}

/// Wraps `async fn(&mut Cx, &Params, &Asked) -> Result<View, Refused>` as a [`Reading`].
#[macro_export]
macro_rules! reading {
    ($name:literal, $summary:literal, $action:expr, $path:literal $(, takes $takes:expr)? => $run:path) => {
        $crate::Reading {
            name: $name,
            summary: $summary,
            action: $action,
            path: $path,
            takes: { let list: &'static [&'static str] = &[]; $(let list = { let _ = list; $takes };)? list },
            run: |cx, params, asked| Box::pin(async move { $run(cx, &params, &asked).await }),
        }
    };
}

/// Input of a command that needs none.
#[derive(serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}
