//! The only SQL of people.

use chrono::{DateTime, Utc};
use db::{Row, Tx};
use kernel::{Actor, Fault, PersonId, Refusal, Refused, Via};

use crate::{Grant, Role, Who, grant};

/// A person as stored.
#[derive(Clone, Debug)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// Version, for If-Match.
    pub version: i64,
    /// What they type to sign in.
    pub username: String,
    /// Their name.
    pub name: String,
    /// `invited`, `active` or `disabled`.
    pub state: String,
    /// Hash of their password.
    pub password_hash: Option<String>,
}

const COLUMNS: &str = "id, version, username, name, state, password_hash";

fn read(row: &Row) -> Result<Person, Fault> {
    Ok(Person {
        id: row.get("id")?,
        version: row.get("version")?,
        username: row.get("username")?,
        name: row.get("name")?,
        state: row.get("state")?,
        password_hash: row.get("password_hash")?,
    })
}

/// The person of that username.
pub async fn by_username(tx: &mut Tx, username: &str) -> Result<Option<Person>, Fault> {
    let sql = format!("select {COLUMNS} from access_people where username = $1 for update");
    tx.query(&sql).bind(username).row().await?.as_ref().map(read).transpose()
}

/// The person of that username, or a refusal naming `field`.
pub async fn id_of_username(tx: &mut Tx, username: &str, field: &str) -> Result<PersonId, Refused> {
    let person = by_username(tx, username).await?;
    let wrong = || Refusal::field(field, format!("There is nobody with the username “{username}”."));
    Ok(person.ok_or_else(wrong)?.id)
}

/// The username of whom a file names: by username, else by the name exactly one person has.
pub async fn username_said(tx: &mut Tx, said: &str) -> Result<Option<String>, Fault> {
    let sql = "select username from access_people where username = $1 or name = $1 order by username = $1 desc limit 3";
    let found = tx.query(sql).bind(said.trim()).rows().await?;
    let names = found.iter().map(|row| row.get("username")).collect::<Result<Vec<String>, Fault>>()?;
    Ok(match names.as_slice() {
        [first, ..] if first == said.trim() => Some(first.clone()),
        [only] => Some(only.clone()),
        _ => None,
    })
}

/// The username of a person.
pub async fn username_of(tx: &mut Tx, id: PersonId) -> Result<Option<String>, Fault> {
    let row = tx.query("select username from access_people where id = $1").bind(id).row().await?;
    row.map(|row| row.get("username")).transpose()
}

/// The mail address of a person.
pub(super) async fn email_of(tx: &mut Tx, id: PersonId) -> Result<Option<String>, Fault> {
    let row = tx.query("select email from access_people where id = $1").bind(id).row().await?;
    row.map_or(Ok(None), |row| row.get("email"))
}

pub(super) async fn by_id(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, Fault> {
    let sql = format!("select {COLUMNS} from access_people where id = $1 for update");
    tx.query(&sql).bind(id).row().await?.as_ref().map(read).transpose()
}

/// Who would hold one of `roles` once they open their one-time link: usernames, whoever came first.
pub async fn invited_with(tx: &mut Tx, roles: &[Role]) -> Result<Vec<String>, Fault> {
    let sql = "select p.username, g.role from access_people p \
               join access_grants g on g.person_id = p.id and g.state = 'active' \
               where p.state = 'invited' order by p.id, g.id";
    let mut found: Vec<String> = Vec::new();
    for row in tx.query(sql).rows().await? {
        let (username, role): (String, String) = (row.get("username")?, row.get("role")?);
        if roles.iter().any(|one| one.word() == role) && !found.contains(&username) {
            found.push(username);
        }
    }
    Ok(found)
}

/// Who is in and holds one of `roles`: ids and names, by name.
pub async fn holders(tx: &mut Tx, roles: &[Role]) -> Result<Vec<(PersonId, String)>, Fault> {
    let sql = "select p.id, p.name, g.role from access_people p \
               join access_grants g on g.person_id = p.id and g.state = 'active' \
               where p.state = 'active' order by p.name, p.id";
    let mut found: Vec<(PersonId, String)> = Vec::new();
    for row in tx.query(sql).rows().await? {
        let (id, role): (PersonId, String) = (row.get("id")?, row.get("role")?);
        if roles.iter().any(|one| one.word() == role) && found.iter().all(|(other, _)| *other != id) {
            found.push((id, row.get("name")?));
        }
    }
    Ok(found)
}

/// The person with their grants; `None` unless active.
pub async fn who(
    tx: &mut Tx,
    id: PersonId,
    via: Via,
    signed_in_at: Option<DateTime<Utc>>,
) -> Result<Option<Who>, Fault> {
    let Some(person) = by_id(tx, id).await?.filter(|person| person.state == "active") else {
        return Ok(None);
    };
    let grants: Vec<Grant> = grant::active_of(tx, id).await?;
    debug_assert!(grants.iter().all(|grant| Role::ALL.contains(&grant.role)));
    Ok(Some(Who { actor: Actor { person: id, via }, name: person.name, grants, signed_in_at }))
}

pub(super) async fn insert(tx: &mut Tx, person: &Person, email: Option<&str>) -> Result<(), db::DbError> {
    let sql = "insert into access_people (id, version, username, name, email, state, password_hash) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let query = tx.query(sql).bind(person.id).bind(person.version).bind(person.username.as_str());
    let query = query.bind(person.name.as_str()).bind(email.map(str::to_owned)).bind(person.state.as_str());
    query.bind(person.password_hash.clone()).execute().await.map(drop)
}

pub(super) async fn update(tx: &mut Tx, person: &mut Person) -> Result<(), Fault> {
    person.version += 1;
    let sql = "update access_people set version = $2, state = $3, password_hash = $4 where id = $1";
    let query = tx.query(sql).bind(person.id).bind(person.version).bind(person.state.as_str());
    query.bind(person.password_hash.clone()).execute().await?;
    Ok(())
}
