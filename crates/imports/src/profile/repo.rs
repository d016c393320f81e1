//! The only SQL of profiles.

use access::Cx;
use db::{Row, Tx};
use kernel::{Fault, Refusal, Refused};
use sheets::Profile;

use super::error::UNKNOWN;

/// A profile as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedProfile {
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// What it says.
    pub profile: Profile,
}

/// The profile of that name.
pub async fn load(tx: &mut Tx, name: &str) -> Result<SavedProfile, Refused> {
    let found = find(tx, name).await?;
    Ok(found.ok_or_else(|| UNKNOWN.with(&[name]))?)
}

/// The profile of that name, if there is one.
pub(super) async fn find(tx: &mut Tx, name: &str) -> Result<Option<SavedProfile>, Fault> {
    let sql = "select id, version, content from imports_profiles where name = $1 for update";
    tx.query(sql).bind(name).row().await?.as_ref().map(read).transpose()
}

/// Every profile of that kind, by name.
pub async fn of_kind(tx: &mut Tx, kind: &str) -> Result<Vec<SavedProfile>, Fault> {
    let sql = "select id, version, content from imports_profiles where kind = $1 order by name";
    tx.query(sql).bind(kind).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<SavedProfile, Fault> {
    let content: String = row.get("content")?;
    let unread =
        |refusal: Refusal| Fault::because(format!("a stored profile cannot be read: {}", refusal.says));
    let profile = Profile::from_toml(&content).map_err(unread)?;
    Ok(SavedProfile { id: row.get("id")?, version: row.get("version")?, profile })
}

/// Stores a new profile.
pub(super) async fn insert(cx: &mut Cx, saved: &SavedProfile) -> Result<(), Fault> {
    let sql = "insert into imports_profiles (id, version, name, kind, content) values ($1, $2, $3, $4, $5)";
    let query =
        cx.tx.query(sql).bind(saved.id.as_str()).bind(saved.version).bind(saved.profile.name.as_str());
    query.bind(saved.profile.kind.as_str()).bind(saved.profile.to_toml()).execute().await?;
    Ok(())
}

/// Stores a changed profile under its next version.
pub(super) async fn update(cx: &mut Cx, saved: &mut SavedProfile) -> Result<(), Fault> {
    saved.version += 1;
    let sql = "update imports_profiles set version = $2, content = $3 where id = $1";
    let query = cx.tx.query(sql).bind(saved.id.as_str()).bind(saved.version);
    query.bind(saved.profile.to_toml()).execute().await?;
    Ok(())
}
