//! What can be imported, and the fields of each: for the first page of an import and for templates.

use access::{Cx, Params, Reach, View};
use kernel::Refused;
use kernel::listing::Asked;
use serde_json::{Value, json};

use crate::{FieldKind, Target};

/// Every kind the reader may import.
pub async fn list(cx: &mut Cx, _: &Params, _: &Asked) -> Result<View, Refused> {
    let mine = crate::targets().into_iter().filter(|target| cx.who.reach(target.action) == Reach::All);
    let kinds: Vec<Value> = mine.map(told).collect();
    Ok(View::Record(json!({ "schema": "quarterdeck.import-kinds.v1", "kinds": kinds })))
}

fn told(target: &Target) -> Value {
    let fields: Vec<Value> = (target.fields.iter())
        .map(|field| {
            json!({
                "key": field.key,
                "label": field.label,
                "aliases": field.aliases,
                "required": field.required,
                "holds": word(field.kind),
            })
        })
        .collect();
    let keys: Vec<&str> = target.fields.iter().map(|field| field.key).collect();
    json!({
        "kind": target.kind,
        "label": target.label,
        "identity": target.identity(),
        "fields": fields,
        "template": format!("{}\r\n", keys.join(",")),
    })
}

pub(crate) const fn word(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Id => "text",
        FieldKind::Rule => "rule",
        FieldKind::Money => "amount",
        FieldKind::Quantity => "quantity",
        FieldKind::Decimal => "number",
        FieldKind::Day => "day",
        FieldKind::Period => "period",
        FieldKind::Currency => "currency",
        FieldKind::Flag => "yes or no",
        FieldKind::Switch => "switch",
    }
}
