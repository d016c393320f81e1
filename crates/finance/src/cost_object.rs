//! A cost object: what carries cost and is no service in the catalogue yet, such as a service being
//! built. Its cost is kept central, as a named residual of every run.

use access::{Cx, Done, Noun, Params, View};
use db::Tx;
use kernel::listing::Asked;
use kernel::{Fault, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::input::{all_fine, read_key, read_words};
use crate::named::{self, Kind};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "cost object", table: "finance_objects", personal: &[], secret: &[], children: &[] };

static KIND: Kind = Kind {
    noun: &NOUN,
    begins: "Cost object",
    name: "cost-object",
    caption: "Cost objects kept central",
    key: "Key",
    page: "/money/objects/{key}",
    taken: |key| Refusal::field("key", format!("“{key}” is taken.")),
};

/// What is asked for a cost object.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectInput {
    /// 2 to 12 capital letters and digits.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
}

/// Keys of all cost objects.
pub async fn all_keys(tx: &mut Tx) -> Result<Vec<String>, Fault> {
    named::keys(tx, &KIND).await
}

/// Adds a cost object.
pub async fn add(cx: &mut Cx, _: &Params, input: ObjectInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let key = read_key(&input.key, &mut wrong);
    let name = read_words("name", &input.name, &mut wrong);
    all_fine(wrong)?;
    if portfolio::service::find_by_key(&mut cx.tx, &key).await?.is_some() {
        return Err(Refusal::field("key", format!("“{key}” is a service already.")).into());
    }
    named::add(cx, &KIND, key, name).await
}

/// Changes a cost object's name.
pub async fn change(cx: &mut Cx, params: &Params, input: ObjectChange) -> Result<Done, Refused> {
    named::change(cx, &KIND, params.get("key"), input.name).await
}

/// Cost objects.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    named::list(cx, &KIND, asked).await
}

/// One cost object.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    named::show(cx, &KIND, params.get("key")).await
}
