//! What pages, API and command line read of people.

use db::{ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Refusal, Refused};
use serde_json::json;

use super::repo;
use crate::{Cx, Params, View};

/// Everybody.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "person",
        caption: "People".into(),
        columns: vec![
            Column::new("username", "Username", Kind::Code).linked("/records/people/{username}"),
            Column::new("name", "Name", Kind::Text).linked("/records/people/{username}"),
            Column::new("state", "State", Kind::State).of(["invited", "active", "disabled"]),
            Column::new("grants", "Active roles", Kind::Count).summed(),
        ],
        sql: "select p.username, p.name, p.state, \
              (select count(*) from access_grants g where g.person_id = p.id and g.state = 'active') as grants \
              from access_people p"
            .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "username",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Who can be named as owner or manager: names alone, nothing of what anybody may do.
pub async fn names(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "name",
        caption: "People who can be named".into(),
        columns: vec![
            Column::new("name", "Name", Kind::Text),
            Column::new("username", "Username", Kind::Code),
        ],
        sql: "select name, username from access_people where state <> 'disabled'".into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "name, username",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One person with their roles.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let person = repo::by_username(&mut cx.tx, params.get("username")).await?;
    let person = person.ok_or_else(Refusal::not_found)?;
    let email = repo::email_of(&mut cx.tx, person.id).await?;
    let grants = crate::grant::of_person(&mut cx.tx, person.id).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.person.v1",
        "id": person.id.to_string(),
        "version": person.version,
        "username": person.username,
        "name": person.name,
        "email": email,
        "state": person.state,
        "grants": grants,
    })))
}
