//! The only SQL of accounts.

use access::{Cx, as_of};
use chrono::NaiveDate;
use db::{DbError, Row, Tx};
use kernel::{AccountId, Fault, Refusal, Refused};

use super::error::CODE_TAKEN;
use super::{Account, Class};

const COLUMNS: &str = "id, version, code, name, class";

/// The account of that code, locked where the transaction writes.
pub async fn load(tx: &mut Tx, code: &str) -> Result<Account, Refused> {
    let sql = format!("select {COLUMNS} from ledger_accounts where code = $1 for update");
    let row = tx.query(&sql).bind(code).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The account of that code, if there is one.
pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Account>, Fault> {
    let sql = format!("select {COLUMNS} from ledger_accounts where code = $1");
    tx.query(&sql).bind(code).row().await?.as_ref().map(read).transpose()
}

/// Every account, by code.
pub async fn all(tx: &mut Tx) -> Result<Vec<Account>, Fault> {
    let sql = format!("select {COLUMNS} from ledger_accounts order by code");
    tx.query(&sql).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Account, Fault> {
    let class: String = row.get("class")?;
    Ok(Account {
        id: row.get("id")?,
        version: row.get("version")?,
        code: row.get("code")?,
        name: row.get("name")?,
        class: Class::parse(&class).ok_or_else(|| Fault::because(format!("no class of account: {class}")))?,
    })
}

/// Whether anything was ever posted on it, or by the end of `day`.
pub(super) async fn in_use(tx: &mut Tx, id: AccountId, day: Option<NaiveDate>) -> Result<bool, Fault> {
    let Some(day) = day else {
        let sql = "select 1 as one from ledger_postings where account_id = $1 limit 1";
        return Ok(tx.query(sql).bind(id).row().await?.is_some());
    };
    let sql = "select 1 as one from ledger_postings p join ledger_transactions t on t.id = p.transaction_id \
               where p.account_id = $1 and t.posted_at < $2 limit 1";
    Ok(tx.query(sql).bind(id).bind(as_of::end_of(day)).row().await?.is_some())
}

/// Whether there was an account of that id by the end of `day`.
pub(super) async fn known(tx: &mut Tx, id: AccountId, day: NaiveDate) -> Result<bool, Fault> {
    let sql = format!(
        "select a.id from ledger_accounts a where a.id = $1 and {}",
        as_of::told(&super::NOUN, "a.id", None, 2)
    );
    Ok(tx.query(&sql).bind(id).bind(as_of::end_of(day)).row().await?.is_some())
}

/// Stores a new account.
pub(super) async fn insert(cx: &mut Cx, account: &Account) -> Result<(), Refused> {
    let sql = "insert into ledger_accounts (id, version, code, name, class) values ($1, $2, $3, $4, $5)";
    let query = cx.tx.query(sql).bind(account.id).bind(account.version).bind(account.code.as_str());
    match query.bind(account.name.as_str()).bind(account.class.word()).execute().await {
        Err(DbError::Unique(_)) => Err(CODE_TAKEN.with(&[&account.code]).into()),
        other => Ok(other.map(drop)?),
    }
}

/// Stores a changed account under its next version.
pub(super) async fn update(cx: &mut Cx, account: &mut Account) -> Result<(), Fault> {
    account.version += 1;
    let sql = "update ledger_accounts set version = $2, name = $3, class = $4 where id = $1";
    let query = cx.tx.query(sql).bind(account.id).bind(account.version).bind(account.name.as_str());
    query.bind(account.class.word()).execute().await?;
    Ok(())
}
