//! The only SQL of customers.

use std::collections::BTreeMap;

use access::{Action, Cx};
use db::{DbError, Row, Tx};
use kernel::{CustomerId, Fault, Refusal, Refused, Scope};

use super::error::KEY_TAKEN;
use super::{Customer, CustomerKind};

const COLUMNS: &str = "c.id, c.version, c.key, c.name, c.kind, c.source_key, c.manager_id";

/// The customer of that key, within what the caller may see.
pub async fn load(tx: &mut Tx, scope: &Scope, key: &str) -> Result<Customer, Refused> {
    let sql = format!(
        "select {COLUMNS} from relationships_customers c where c.key = $1 and {} for update",
        scope.sql("c.id")
    );
    let row = tx.query(&sql).bind(key).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The customer of that key, if there is one.
pub(super) async fn find_by_key(tx: &mut Tx, scope: &Scope, key: &str) -> Result<Option<Customer>, Fault> {
    let sql =
        format!("select {COLUMNS} from relationships_customers c where c.key = $1 and {}", scope.sql("c.id"));
    tx.query(&sql).bind(key).row().await?.as_ref().map(read).transpose()
}

/// The first thing that names the customer, in words: a contact, an agreement, a ledger line …
pub(super) async fn used_by(tx: &mut Tx, scope: &Scope, key: &str) -> Result<Option<String>, Fault> {
    let sql = format!(
        "select what from relationships_customer_uses where customer_key = $1 and {} order by what limit 1",
        scope.sql("customer_id")
    );
    tx.query(&sql).bind(key).row().await?.map(|row| row.get("what")).transpose()
}

/// Removes a customer nothing names.
pub(super) async fn remove(tx: &mut Tx, id: CustomerId) -> Result<(), Fault> {
    tx.query("delete from relationships_customers where id = $1").bind(id).execute().await?;
    Ok(())
}

/// The customer of that id, if there is one.
pub async fn find(tx: &mut Tx, scope: &Scope, id: CustomerId) -> Result<Option<Customer>, Fault> {
    let sql =
        format!("select {COLUMNS} from relationships_customers c where c.id = $1 and {}", scope.sql("c.id"));
    tx.query(&sql).bind(id).row().await?.as_ref().map(read).transpose()
}

/// Every key with its id: for imports, which name customers by key in every row.
pub async fn all_keys(tx: &mut Tx, scope: &Scope) -> Result<BTreeMap<String, CustomerId>, Fault> {
    let sql = format!("select c.key, c.id from relationships_customers c where {}", scope.sql("c.id"));
    let rows = tx.query(&sql).rows().await?;
    rows.iter().map(|row| Ok((row.get("key")?, row.get("id")?))).collect()
}

/// The customer somebody named in `field`, within what they may see; its row stays locked, so that
/// two lines for one customer are entered one after the other.
pub(crate) async fn named(cx: &mut Cx, field: &str, key: &str) -> Result<Customer, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    match load(&mut cx.tx, &scope, key.trim()).await {
        Err(Refused::Refusal(_)) => {
            Err(Refusal::field(field, format!("There is no customer “{}”.", key.trim())).into())
        }
        other => other,
    }
}

/// The customer that came from that source key, whoever may see it: a key is taken once.
pub(super) async fn find_by_source(tx: &mut Tx, key: &str) -> Result<Option<Customer>, Fault> {
    let sql = format!("select {COLUMNS} from relationships_customers c where c.source_key = $1");
    tx.query(&sql).bind(key).row().await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Customer, Fault> {
    let kind: String = row.get("kind")?;
    Ok(Customer {
        id: row.get("id")?,
        version: row.get("version")?,
        key: row.get("key")?,
        name: row.get("name")?,
        kind: CustomerKind::parse(&kind)
            .ok_or_else(|| Fault::because(format!("no kind of customer: {kind}")))?,
        source_key: row.get("source_key")?,
        manager: row.get("manager_id")?,
    })
}

/// Stores a new customer.
pub(super) async fn insert(cx: &mut Cx, customer: &Customer) -> Result<(), Refused> {
    let sql = "insert into relationships_customers (id, version, key, name, kind, source_key, manager_id) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let query = cx.tx.query(sql).bind(customer.id).bind(customer.version).bind(customer.key.as_str());
    let query = query.bind(customer.name.as_str()).bind(customer.kind.word());
    let query = query.bind(customer.source_key.clone()).bind(customer.manager);
    match query.execute().await {
        Err(DbError::Unique(_)) => Err(KEY_TAKEN.with(&[&customer.key]).into()),
        other => Ok(other.map(drop)?),
    }
}

/// Stores a changed customer under its next version.
pub(super) async fn update(cx: &mut Cx, customer: &mut Customer) -> Result<(), Fault> {
    customer.version += 1;
    let sql = "update relationships_customers set version = $2, name = $3, kind = $4, manager_id = $5 where id = $1";
    let query = cx.tx.query(sql).bind(customer.id).bind(customer.version).bind(customer.name.as_str());
    query.bind(customer.kind.word()).bind(customer.manager).execute().await?;
    Ok(())
}
