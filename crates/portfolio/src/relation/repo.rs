//! The only SQL of relations.

use std::collections::{BTreeMap, BTreeSet};

use access::Cx;
use chrono::NaiveDate;
use db::{Row, Tx};
use kernel::{Fault, ServiceId};
use serde_json::{Value, json};

use crate::sql::{day_of, needed_day_of, word_of};

/// What a service is to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RelationKind {
    /// It comes after it.
    Replaces,
    /// It does not work without it.
    DependsOn,
    /// It is part of what makes it.
    Enables,
}

impl RelationKind {
    /// Words and kinds.
    pub const WORDS: [(&'static str, RelationKind); 3] = [
        ("replaces", RelationKind::Replaces),
        ("depends on", RelationKind::DependsOn),
        ("enables", RelationKind::Enables),
    ];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<RelationKind> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }
}

/// A relation as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Id.
    pub id: uuid::Uuid,
    /// Version, for If-Match.
    pub version: i64,
    /// The one that replaces, depends or enables.
    pub service: ServiceId,
    /// What it is to the other.
    pub kind: RelationKind,
    /// The other.
    pub other: ServiceId,
    /// First day.
    pub from: NaiveDate,
    /// Last day, once ended.
    pub to: Option<NaiveDate>,
}

fn read(row: &Row) -> Result<Relation, Fault> {
    let id: String = row.get("id")?;
    Ok(Relation {
        id: uuid::Uuid::parse_str(&id).map_err(|error| Fault::new("reading a relation's id", error))?,
        version: row.get("version")?,
        service: row.get("service_id")?,
        kind: word_of(row, "kind", RelationKind::parse)?,
        other: row.get("other_id")?,
        from: needed_day_of(row, "from_day")?,
        to: day_of(row, "to_day")?,
    })
}

pub(super) async fn load(tx: &mut Tx, id: &str) -> Result<Option<Relation>, Fault> {
    let row = tx.query("select * from portfolio_relations where id = $1 for update").bind(id).row().await?;
    row.as_ref().map(read).transpose()
}

/// The relation of that kind between the two that has not ended.
pub(super) async fn open(
    tx: &mut Tx,
    service: ServiceId,
    kind: RelationKind,
    other: ServiceId,
) -> Result<Option<Relation>, Fault> {
    let sql = "select * from portfolio_relations where service_id = $1 and kind = $2 and other_id = $3 and to_day is null";
    let row = tx.query(sql).bind(service).bind(kind.word()).bind(other).row().await?;
    row.as_ref().map(read).transpose()
}

/// Whether `first` replaces `last`, directly or through others, today.
pub(super) async fn reaches(tx: &mut Tx, first: ServiceId, last: ServiceId) -> Result<bool, Fault> {
    let sql =
        "select service_id, other_id from portfolio_relations where kind = 'replaces' and to_day is null";
    let mut replaces: BTreeMap<ServiceId, Vec<ServiceId>> = BTreeMap::new();
    for row in tx.query(sql).rows().await? {
        replaces.entry(row.get("service_id")?).or_default().push(row.get("other_id")?);
    }
    let (mut seen, mut next) = (BTreeSet::new(), vec![first]);
    while let Some(service) = next.pop() {
        if service == last {
            return Ok(true);
        }
        if seen.insert(service) {
            next.extend(replaces.get(&service).into_iter().flatten());
        }
    }
    Ok(false)
}

/// Keys and names of the services that replace `service` on `day`.
pub async fn replaced_by(
    tx: &mut Tx,
    service: ServiceId,
    day: NaiveDate,
) -> Result<Vec<(String, String)>, Fault> {
    let sql = "select s.key, s.name from portfolio_relations r join portfolio_services s on s.id = r.service_id \
               where r.other_id = $1 and r.kind = 'replaces' and r.from_day <= $2 \
               and (r.to_day is null or r.to_day >= $2) order by s.key";
    let rows = tx.query(sql).bind(service).bind(day.to_string()).rows().await?;
    rows.iter().map(|row| Ok((row.get("key")?, row.get("name")?))).collect()
}

/// Relations of the service on `day`, from its own point of view: `replaces`, `replaced by`, ….
pub(crate) async fn of_service(tx: &mut Tx, service: ServiceId, day: NaiveDate) -> Result<Vec<Value>, Fault> {
    let sql = "select r.id, r.version, r.kind, r.from_day, r.to_day, r.service_id = $1 as own, s.key, s.name \
               from portfolio_relations r \
               join portfolio_services s on s.id = case when r.service_id = $1 then r.other_id else r.service_id end \
               where (r.service_id = $1 or r.other_id = $1) and r.from_day <= $2 \
               and (r.to_day is null or r.to_day >= $2) order by r.kind, s.key";
    let rows = tx.query(sql).bind(service).bind(day.to_string()).rows().await?;
    let record = |row: &Row| {
        let kind = word_of(row, "kind", RelationKind::parse)?;
        let word = match (kind, row.get::<bool>("own")?) {
            (kind, true) => kind.word(),
            (RelationKind::Replaces, false) => "replaced by",
            (RelationKind::DependsOn, false) => "needed by",
            (RelationKind::Enables, false) => "enabled by",
        };
        Ok(json!({
            "id": row.get::<String>("id")?,
            "version": row.get::<i64>("version")?,
            "is": word,
            "key": row.get::<String>("key")?,
            "name": row.get::<String>("name")?,
            "from_day": row.get::<String>("from_day")?,
            "to_day": row.get::<Option<String>>("to_day")?,
        }))
    };
    rows.iter().map(record).collect()
}

pub(super) async fn insert(cx: &mut Cx, relation: &Relation) -> Result<(), Fault> {
    let sql = "insert into portfolio_relations (id, version, service_id, kind, other_id, from_day, to_day) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let query = cx.tx.query(sql).bind(relation.id.to_string()).bind(relation.version).bind(relation.service);
    let query = query.bind(relation.kind.word()).bind(relation.other).bind(relation.from.to_string());
    query.bind(relation.to.map(|day| day.to_string())).execute().await?;
    Ok(())
}

pub(super) async fn update(cx: &mut Cx, relation: &mut Relation) -> Result<(), Fault> {
    relation.version += 1;
    let sql = "update portfolio_relations set version = $2, to_day = $3 where id = $1";
    let query = cx.tx.query(sql).bind(relation.id.to_string()).bind(relation.version);
    query.bind(relation.to.map(|day| day.to_string())).execute().await?;
    Ok(())
}
