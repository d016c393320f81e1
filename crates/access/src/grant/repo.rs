//! The only SQL of grants.

use db::{Row, Tx};
use kernel::{CustomerId, Fault, GrantId, PersonId, Refusal, Refused, ServiceId};
use serde_json::{Value, json};

use crate::{Cx, Grant, GrantScope, Role};

/// A grant as stored.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub id: GrantId,
    pub version: i64,
    pub person: PersonId,
    pub role: Role,
    pub state: String,
    pub granted_by: PersonId,
}

impl Stored {
    /// A new grant, given by who acts.
    pub(super) fn new(cx: &Cx, person: PersonId, role: Role, state: &str) -> Stored {
        let (id, granted_by) = (GrantId::new(cx.uuid()), cx.person());
        Stored { id, version: 1, person, role, state: state.into(), granted_by }
    }
}

fn role(row: &Row) -> Result<Role, Fault> {
    let word: String = row.get("role")?;
    Role::parse(&word).ok_or_else(|| Fault::because(format!("no role is called {word}")))
}

/// Grants of `person` that count.
pub async fn active_of(tx: &mut Tx, person: PersonId) -> Result<Vec<Grant>, Fault> {
    let sql = "select role, scope_kind, scope_id from access_grants \
               where person_id = $1 and state = 'active' order by id";
    let rows = tx.query(sql).bind(person).rows().await?;
    rows.iter().map(|row| Ok(Grant { role: role(row)?, scope: scope(row)? })).collect()
}

fn scope(row: &Row) -> Result<GrantScope, Fault> {
    let kind: String = row.get("scope_kind")?;
    Ok(match kind.as_str() {
        "organisation" => GrantScope::Organisation,
        "customer" => GrantScope::Customer(row.get::<CustomerId>("scope_id")?),
        _ => GrantScope::Service(row.get::<ServiceId>("scope_id")?),
    })
}

/// All grants of `person`, as JSON; given and since as the list says it.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Value>, Fault> {
    let sql = "select g.id, g.version, g.role, g.scope_kind, g.scope_id, s.key, s.name, g.state, g.granted_by, \
               coalesce(w.name, b.name) as given_by, h.at as since, c.name as confirmed_by from access_grants g \
               left join access_grants_by_name n on n.grant_id = g.id \
               left join access_history h on h.noun = 'grant' and h.record_id = g.id \
               and h.action in ('granted', 'asked for') \
               left join access_people w on w.id = h.person_id and n.grant_id is not null \
               left join access_scopes s on s.kind = g.scope_kind and s.id = g.scope_id \
               left join access_people b on b.id = g.granted_by left join access_people c on c.id = g.confirmed_by \
               where g.person_id = $1 order by g.id";
    let rows = tx.query(sql).bind(person).rows().await?;
    rows.iter()
        .map(|row| {
            Ok(json!({
                "id": row.get::<String>("id")?,
                "version": row.get::<i64>("version")?,
                "role": row.get::<String>("role")?,
                "scope": row.get::<String>("scope_kind")?,
                "scope_id": row.get::<Option<String>>("scope_id")?,
                "record": row.get::<Option<String>>("key")?,
                "record_name": row.get::<Option<String>>("name")?,
                "granted_by": row.get::<String>("granted_by")?,
                "given_by": row.get::<Option<String>>("given_by")?,
                "since": row.get::<Option<String>>("since")?,
                "confirmed_by": row.get::<Option<String>>("confirmed_by")?,
                "state": row.get::<String>("state")?,
            }))
        })
        .collect()
}

/// A grant as the history names it: `marta: relationship manager for CARE`, of the whole organisation without the end.
pub(super) async fn key_of(tx: &mut Tx, id: GrantId) -> Result<String, Fault> {
    let sql = "select p.username, g.role, s.key from access_grants g join access_people p on p.id = g.person_id \
               left join access_scopes s on s.kind = g.scope_kind and s.id = g.scope_id where g.id = $1";
    let row = tx.query(sql).bind(id).row().await?;
    let row = row.ok_or_else(|| Fault::because("a grant is told of that is not there"))?;
    let held = format!("{}: {}", row.get::<String>("username")?, row.get::<String>("role")?);
    Ok(match row.get::<Option<String>>("key")? {
        Some(key) => format!("{held} for {key}"),
        None => held,
    })
}

pub(super) async fn load(tx: &mut Tx, id: &str) -> Result<Stored, Refused> {
    let sql =
        "select id, version, person_id, role, state, granted_by from access_grants where id = $1 for update";
    let row = tx.query(sql).bind(id).row().await?.ok_or_else(Refusal::not_found)?;
    Ok(read(&row)?)
}

/// The grants of `role` for exactly `scope` that count for `person` and followed their name.
pub(super) async fn by_name(
    tx: &mut Tx,
    person: PersonId,
    role: Role,
    scope: GrantScope,
) -> Result<Vec<Stored>, Fault> {
    let (kind, id) = stored(scope);
    let sql = "select id, version, person_id, role, state, granted_by from access_grants where person_id = $1 \
               and role = $2 and scope_kind = $3 and scope_id = $4 and state = 'active' \
               and id in (select grant_id from access_grants_by_name) for update";
    let rows = tx.query(sql).bind(person).bind(role.word()).bind(kind).bind(id).rows().await?;
    rows.iter().map(read).collect()
}

/// Marks a grant as following a name.
pub(super) async fn mark(tx: &mut Tx, id: GrantId) -> Result<(), Fault> {
    tx.query("insert into access_grants_by_name (grant_id) values ($1)").bind(id).execute().await?;
    Ok(())
}

/// Whether anybody who is not shut out holds `role`.
pub(super) async fn is_held(tx: &mut Tx, role: Role) -> Result<bool, Fault> {
    let sql = "select g.id from access_grants g join access_people p on p.id = g.person_id \
               where g.role = $1 and g.state = 'active' and p.state <> 'disabled' limit 1";
    Ok(tx.query(sql).bind(role.word()).row().await?.is_some())
}

/// Who gave `person` the role they hold longest.
pub(super) async fn giver(tx: &mut Tx, person: PersonId, role: Role) -> Result<PersonId, Fault> {
    let sql = "select granted_by from access_grants where person_id = $1 and role = $2 and state = 'active' \
               order by id limit 1";
    let row = tx.query(sql).bind(person).bind(role.word()).row().await?;
    row.ok_or_else(|| Fault::because("a role is held that nobody gave"))?.get("granted_by")
}

fn read(row: &Row) -> Result<Stored, Fault> {
    Ok(Stored {
        id: row.get("id")?,
        version: row.get("version")?,
        person: row.get("person_id")?,
        role: role(row)?,
        state: row.get("state")?,
        granted_by: row.get("granted_by")?,
    })
}

/// The id of the customer or service of that key or id.
pub(super) async fn scope_id(tx: &mut Tx, kind: &str, named: &str) -> Result<Option<String>, Fault> {
    let sql = "select id from access_scopes where kind = $1 and (id = $2 or key = upper($2))";
    tx.query(sql).bind(kind).bind(named).row().await?.map(|row| row.get("id")).transpose()
}

/// A scope as it is stored: its kind, and the id of its record.
fn stored(scope: GrantScope) -> (&'static str, Option<String>) {
    match scope {
        GrantScope::Organisation => ("organisation", None),
        GrantScope::Customer(id) => ("customer", Some(id.to_string())),
        GrantScope::Service(id) => ("service", Some(id.to_string())),
    }
}

pub(super) async fn insert(cx: &mut Cx, grant: &Stored, scope: GrantScope) -> Result<(), Fault> {
    let (kind, id) = stored(scope);
    let sql = "insert into access_grants (id, version, person_id, role, scope_kind, scope_id, state, granted_by) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let query =
        cx.tx.query(sql).bind(grant.id).bind(grant.version).bind(grant.person).bind(grant.role.word());
    let query = query.bind(kind).bind(id).bind(grant.state.as_str()).bind(grant.granted_by);
    query.execute().await?;
    Ok(())
}

pub(super) async fn update(
    cx: &mut Cx,
    grant: &mut Stored,
    confirmed_by: Option<PersonId>,
) -> Result<(), Fault> {
    grant.version += 1;
    let sql = "update access_grants set version = $2, state = $3, confirmed_by = coalesce($4, confirmed_by) \
               where id = $1";
    let query = cx.tx.query(sql).bind(grant.id).bind(grant.version).bind(grant.state.as_str());
    query.bind(confirmed_by).execute().await?;
    Ok(())
}
