//! Tables as they were: a transaction given their rows answers every query from those.
//!
//! A name that a `with` defines goes before the table of that name on both engines. So a query that names a
//! table of which there are rows from the past is sent with such a definition in front, and reads them
//! without a word in it being other than today.

use kernel::Fault;
use serde_json::{Map, Value};

use crate::tx::On;
use crate::{Bind, Tx};

/// What stands in the place of tables and views; in the order in which they may name one another.
#[derive(Default)]
pub(crate) struct Past(Vec<Shadow>);

/// What stands in the place of one.
struct Shadow {
    name: String,
    /// Its definition up to where its rows are bound.
    sql: String,
    /// A table's rows as JSON, and what ends its definition after the bind; a view has none.
    rows: Option<(String, &'static str)>,
}

impl Tx {
    /// Whether it answers from the past already.
    pub fn looks_back(&self) -> bool {
        !self.past.0.is_empty()
    }

    /// From now on `table` has these rows, each a column's name with its value as text; what a row leaves out
    /// is null. Only for reading: what would be written goes to the table as it is.
    ///
    /// # Errors
    /// Faults where there is no such table.
    pub async fn table_was(&mut self, table: &str, rows: Vec<Map<String, Value>>) -> Result<(), Fault> {
        let (sql, end) = match self.on {
            On::Postgres(..) => {
                (format!("select * from json_populate_recordset(cast(null as {table}), cast("), " as json))")
            }
            On::Sqlite(_) => (format!("select {} from json_each(", self.read_columns(table).await?), ")"),
        };
        let rows = Value::Array(rows.into_iter().map(Value::Object).collect()).to_string();
        self.past.0.push(Shadow { name: table.to_owned(), sql, rows: Some((rows, end)) });
        Ok(())
    }

    /// From now on `view` is what `sql` gives, of tables as they were. Given after the tables it names. Said anew,
    /// since what is quick over a table with its indexes is not over rows that have none.
    pub fn view_was(&mut self, view: &str, sql: &str) {
        self.past.0.push(Shadow { name: view.to_owned(), sql: sql.to_owned(), rows: None });
    }

    /// SQLite's columns of `table`, each read from a JSON object of texts as the kind it is declared.
    async fn read_columns(&mut self, table: &str) -> Result<String, Fault> {
        let columns =
            self.query("select name, type as kind from pragma_table_info($1)").bind(table).rows().await?;
        if columns.is_empty() {
            return Err(Fault::because(format!("there is no table {table}")));
        }
        let mut read = Vec::new();
        for column in columns {
            let (name, kind): (String, String) = (column.get("name")?, column.get("kind")?);
            let value = format!("json_extract(value, '$.{name}')");
            read.push(match kind.as_str() {
                "boolean" => format!("case {value} when 'true' then 1 when 'false' then 0 end as {name}"),
                "bigint" => format!("cast({value} as integer) as {name}"),
                _ => format!("{value} as {name}"),
            });
        }
        Ok(read.join(", "))
    }
}

impl Past {
    /// The query with the definitions of what it names in front of it, and their rows after its own binds.
    pub(crate) fn before(&self, sql: String, mut binds: Vec<Bind>) -> (String, Vec<Bind>) {
        if self.0.is_empty() {
            return (sql, binds);
        }
        let mut named = Vec::new();
        let mut text = sql.clone();
        for shadow in self.0.iter().rev() {
            if names(&text, &shadow.name) {
                text.push_str(&shadow.sql);
                named.push(shadow);
            }
        }
        if named.is_empty() {
            return (sql, binds);
        }
        let mut defined = Vec::new();
        for shadow in named.into_iter().rev() {
            let body = match &shadow.rows {
                None => shadow.sql.clone(),
                Some((rows, end)) => {
                    binds.push(Bind::from(rows.as_str()));
                    format!("{}${}{end}", shadow.sql, binds.len())
                }
            };
            defined.push(format!("{} as materialized ({body})", shadow.name));
        }
        let defined = defined.join(", ");
        let sql = match sql.trim_start().strip_prefix("with ") {
            Some(rest) => format!("with {defined}, {rest}"),
            None => format!("with {defined} {sql}"),
        };
        (sql, binds)
    }
}

/// Whether `name` stands in `sql` as a word of its own.
fn names(sql: &str, name: &str) -> bool {
    let of_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    sql.match_indices(name)
        .any(|(at, _)| !sql[..at].ends_with(of_word) && !sql[at + name.len()..].starts_with(of_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past() -> Past {
        let table = |name: &str| Shadow {
            name: name.to_owned(),
            sql: "select * from given(".to_owned(),
            rows: Some(("[]".to_owned(), ")")),
        };
        let view = Shadow { name: "v".to_owned(), sql: "select * from a".to_owned(), rows: None };
        Past(vec![table("a"), table("b"), view])
    }

    #[test]
    fn a_query_gets_the_definitions_of_what_it_names_and_no_others() {
        let cases = [
            ("select 1 from c where x = $1", "select 1 from c where x = $1", 1),
            ("select 1 from b", "with b as materialized (select * from given($2)) select 1 from b", 2),
            // What a view names comes before it.
            (
                "select 1 from v",
                "with a as materialized (select * from given($2)), v as materialized (select * from a) select 1 from v",
                2,
            ),
            // A query that defines names itself keeps them.
            (
                "with w as (select 1 from a) select 1 from w",
                "with a as materialized (select * from given($2)), w as (select 1 from a) select 1 from w",
                2,
            ),
            // A name within a longer word is another name.
            ("select a_b from ab", "select a_b from ab", 1),
        ];
        for (sql, sent, count) in cases {
            let (text, binds) = past().before(sql.to_owned(), vec![Bind::from("x")]);
            assert_eq!((text.as_str(), binds.len()), (sent, count), "{sql}");
        }
    }
}
