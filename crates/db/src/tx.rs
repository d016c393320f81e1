//! A transaction and its statements.

use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Postgres, Sqlite, Transaction};

use crate::past::Past;
use crate::{Bind, DbError, Row};

/// An open transaction on either engine; rolled back unless committed.
pub struct Tx {
    pub(crate) on: On,
    /// Tables it answers from as they were, instead of as they are.
    pub(crate) past: Past,
}

/// The engine's own transaction.
pub(crate) enum On {
    /// On SQLite: `begin immediate` where it may write.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL; true where it only reads (then no row is locked).
    Postgres(Transaction<'static, Postgres>, bool),
}

impl From<On> for Tx {
    fn from(on: On) -> Tx {
        Tx { on, past: Past::default() }
    }
}

impl Tx {
    /// A statement with `$1`, `$2` … for what is bound.
    pub fn query<'t>(&'t mut self, sql: &str) -> Query<'t> {
        Query { tx: self, sql: sql.to_owned(), binds: Vec::new() }
    }

    /// Makes everything since [`Tx`] began lasting.
    pub async fn commit(self) -> Result<(), DbError> {
        match self.on {
            On::Sqlite(tx) => tx.commit().await?,
            On::Postgres(tx, _) => tx.commit().await?,
        }
        Ok(())
    }

    /// Forgets everything since [`Tx`] began.
    pub async fn rollback(self) -> Result<(), DbError> {
        match self.on {
            On::Sqlite(tx) => tx.rollback().await?,
            On::Postgres(tx, _) => tx.rollback().await?,
        }
        Ok(())
    }

    /// Inserts many rows: `sql` is `insert into t (a, b)`; each row has the same number of values.
    /// Fifty rows a statement is the fastest on both engines (`docs/DECISIONS.md`).
    pub async fn insert_many(&mut self, sql: &str, rows: Vec<Vec<Bind>>) -> Result<(), DbError> {
        self.upsert_many(sql, rows, "").await
    }

    /// The same, with what is to be done where a row is there already: `on conflict (a) do update …`. No two
    /// of the rows may be in conflict with each other.
    pub async fn upsert_many(
        &mut self,
        sql: &str,
        rows: Vec<Vec<Bind>>,
        on_conflict: &str,
    ) -> Result<(), DbError> {
        // SQLite looks a numbered blank up among all others; one without a number it does not have to.
        let numbered = matches!(self.on, On::Postgres(..));
        let blank = |at: usize| if numbered { format!("${at}") } else { "?".to_owned() };
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Bind>> = rows.by_ref().take(50).collect();
            let mut text = format!("{sql} values ");
            let mut place = 0;
            for (n, row) in chunk.iter().enumerate() {
                let blanks: Vec<String> = (place + 1..=place + row.len()).map(blank).collect();
                place += row.len();
                text.push_str(if n == 0 { "(" } else { ", (" });
                text.push_str(&blanks.join(", "));
                text.push(')');
            }
            text.push(' ');
            text.push_str(on_conflict);
            let query = chunk.into_iter().flatten().fold(self.query(&text), Query::bind);
            query.execute().await?;
        }
        Ok(())
    }
}

/// A statement being built.
pub struct Query<'t> {
    tx: &'t mut Tx,
    sql: String,
    binds: Vec<Bind>,
}

impl Query<'_> {
    /// Binds the next `$n`.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Bind>) -> Self {
        self.binds.push(value.into());
        self
    }

    /// All rows. Writes with `returning` too: they are read to their end, since a deferred foreign
    /// key may fail after the first row (a lost write otherwise).
    pub async fn rows(self) -> Result<Vec<Row>, DbError> {
        let (sql, binds) = self.tx.past.before(self.sql, self.binds);
        match &mut self.tx.on {
            On::Sqlite(tx) => {
                let query = sqlite(&sql, binds);
                Ok(query.fetch_all(&mut **tx).await?.into_iter().map(Row::Sqlite).collect())
            }
            On::Postgres(tx, reads) => {
                let query = postgres(&sql, binds, *reads);
                Ok(query.fetch_all(&mut **tx).await?.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// The first row, if any.
    pub async fn row(self) -> Result<Option<Row>, DbError> {
        Ok(self.rows().await?.into_iter().next())
    }

    /// Runs it; how many rows it touched.
    pub async fn execute(self) -> Result<u64, DbError> {
        match &mut self.tx.on {
            On::Sqlite(tx) => Ok(sqlite(&self.sql, self.binds).execute(&mut **tx).await?.rows_affected()),
            On::Postgres(tx, reads) => {
                Ok(postgres(&self.sql, self.binds, *reads).execute(&mut **tx).await?.rows_affected())
            }
        }
    }
}

fn sqlite(sql: &str, binds: Vec<Bind>) -> sqlx::query::Query<'static, Sqlite, SqliteArguments> {
    // SQLite has one writer: the row lock is the transaction's own.
    let mut query = sqlx::query(AssertSqlSafe(unlocked(sql)));
    for bind in binds {
        query = match bind {
            Bind::Text(value) => query.bind(value),
            Bind::Int(value) => query.bind(value),
            Bind::Bool(value) => query.bind(value),
            Bind::Bytes(value) => query.bind(value),
        };
    }
    query
}

fn unlocked(sql: &str) -> String {
    sql.trim_end().trim_end_matches("for update").to_owned()
}

type PostgresQuery = sqlx::query::Query<'static, Postgres, sqlx::postgres::PgArguments>;

fn postgres(sql: &str, binds: Vec<Bind>, reads: bool) -> PostgresQuery {
    let sql = if reads { unlocked(sql) } else { sql.to_owned() };
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for bind in binds {
        query = match bind {
            Bind::Text(value) => query.bind(value),
            Bind::Int(value) => query.bind(value),
            Bind::Bool(value) => query.bind(value),
            Bind::Bytes(value) => query.bind(value),
        };
    }
    query
}
