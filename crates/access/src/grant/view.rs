//! What pages, API and command line read of grants.

use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

use crate::{Cx, GrantScope, Params, Role, View};

/// Every grant there is or was: who holds which role, for what, since when, by whom it was given and confirmed. One
/// that follows a name was given by who named its holder, which the history says alone.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "grant",
        caption: "Roles".into(),
        columns: vec![
            Column::new("person", "Person", Kind::Text).linked("/records/people/{username}"),
            Column::new("username", "Username", Kind::Code).linked("/records/people/{username}"),
            Column::new("role", "Role", Kind::Text).of(Role::ALL.map(Role::word)),
            Column::new("scope", "For", Kind::Text).of(GrantScope::KINDS),
            Column::new("record", "Of", Kind::Code),
            Column::new("record_name", "Name", Kind::Text),
            Column::new("state", "State", Kind::State).of(["asked", "active", "ended"]),
            Column::new("given_by", "Given by", Kind::Text),
            Column::new("since", "Since", Kind::Time),
            Column::new("confirmed_by", "Confirmed by", Kind::Text),
            Column::new("by_name", "Follows a name", Kind::Bool).hidden(),
            Column::new("id", "Id", Kind::Code).hidden(),
            Column::new("version", "Version", Kind::Count).hidden(),
        ],
        sql: "select g.id, g.version, p.name as person, p.username, g.role, g.scope_kind as scope, s.key as record, \
              s.name as record_name, g.state, coalesce(w.name, b.name) as given_by, h.at as since, \
              c.name as confirmed_by, n.grant_id is not null as by_name \
              from access_grants g join access_people p on p.id = g.person_id \
              left join access_grants_by_name n on n.grant_id = g.id \
              left join access_history h on h.noun = 'grant' and h.record_id = g.id \
              and h.action in ('granted', 'asked for') \
              left join access_people w on w.id = h.person_id and n.grant_id is not null \
              left join access_scopes s on s.kind = g.scope_kind and s.id = g.scope_id \
              left join access_people b on b.id = g.granted_by left join access_people c on c.id = g.confirmed_by"
            .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "username, role, record, id",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
