//! The only SQL of contacts.

use access::Cx;
use db::{Row, Tx};
use kernel::{ContactId, CustomerId, Fault, Refusal, Refused, Scope};
use portfolio::sql::word_of;

use super::{Contact, Influence};

/// The contact of that number, within what the caller may see; its row stays locked.
pub(super) async fn load(tx: &mut Tx, scope: &Scope, number: &str) -> Result<Contact, Refused> {
    let sql = format!(
        "select c.* from relationships_contacts c where c.number = $1 and {} for update",
        scope.sql("c.customer_id")
    );
    let row = tx.query(&sql).bind(number).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The contact of that number, if there is one.
pub(super) async fn find_by_number(
    tx: &mut Tx,
    scope: &Scope,
    number: &str,
) -> Result<Option<Contact>, Fault> {
    let sql = format!(
        "select c.* from relationships_contacts c where c.number = $1 and {}",
        scope.sql("c.customer_id")
    );
    tx.query(&sql).bind(number).row().await?.as_ref().map(read).transpose()
}

/// Removes a contact.
pub(super) async fn remove(tx: &mut Tx, id: ContactId) -> Result<(), Fault> {
    tx.query("delete from relationships_contacts where id = $1").bind(id).execute().await?;
    Ok(())
}

/// The contact that came from that key of the customer's source.
pub(super) async fn find_by_source(
    tx: &mut Tx,
    customer: CustomerId,
    key: &str,
) -> Result<Option<Contact>, Fault> {
    let sql = "select * from relationships_contacts where customer_id = $1 and source_key = $2";
    tx.query(sql).bind(customer).bind(key).row().await?.as_ref().map(read).transpose()
}

/// The contacts of a customer the caller has loaded in their scope, weightiest first.
pub(super) async fn of_customer(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Contact>, Fault> {
    let sql = "select * from relationships_contacts where customer_id = $1 \
               order by case influence when 'high' then 1 when 'medium' then 2 else 3 end, name, number";
    tx.query(sql).bind(customer).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Contact, Fault> {
    Ok(Contact {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        customer: row.get("customer_id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        role: row.get("role")?,
        influence: word_of(row, "influence", Influence::parse)?,
        source_key: row.get("source_key")?,
    })
}

/// Stores a new contact.
pub(super) async fn insert(cx: &mut Cx, contact: &Contact) -> Result<(), Fault> {
    let sql = "insert into relationships_contacts (id, version, number, customer_id, name, email, role, influence, \
               source_key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let query = cx.tx.query(sql).bind(contact.id).bind(contact.version).bind(contact.number.as_str());
    let query = query.bind(contact.customer).bind(contact.name.as_str()).bind(contact.email.clone());
    let query = query.bind(contact.role.as_str()).bind(contact.influence.word());
    query.bind(contact.source_key.clone()).execute().await?;
    Ok(())
}

/// Stores a changed contact under its next version.
pub(super) async fn update(cx: &mut Cx, contact: &mut Contact) -> Result<(), Fault> {
    contact.version += 1;
    let sql = "update relationships_contacts set version = $2, name = $3, email = $4, role = $5, influence = $6 \
               where id = $1";
    let query = cx.tx.query(sql).bind(contact.id).bind(contact.version).bind(contact.name.as_str());
    let query = query.bind(contact.email.clone()).bind(contact.role.as_str());
    query.bind(contact.influence.word()).execute().await?;
    Ok(())
}
