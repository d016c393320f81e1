//! What pages, API and command line read of profiles.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};
use serde_json::json;

use super::repo;

/// Saved profiles.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "profile",
        caption: "Import profiles".into(),
        columns: vec![
            Column::new("name", "Name", Kind::Text).linked("/records/profiles/{name}"),
            Column::new("kind", "Imports", Kind::State).of(crate::target::kinds()),
            Column::new("batches", "Batches", Kind::Count).linked("/records/batches?profile={name}"),
        ],
        sql: "select p.name, p.kind, (select cast(count(*) as bigint) from imports_batches b \
              where b.profile_name = p.name) as batches from imports_profiles p"
            .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "name",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One profile, with its file as text.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let saved = repo::load(&mut cx.tx, params.get("name")).await?;
    let profile = &saved.profile;
    Ok(View::Record(json!({
        "schema": "quarterdeck.profile.v1",
        "id": saved.id,
        "version": saved.version,
        "name": profile.name,
        "kind": profile.kind,
        "columns": profile.columns,
        "constants": profile.constants,
        "toml": profile.to_toml(),
    })))
}
