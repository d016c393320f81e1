//! Tables, columns and keys, read from the migrations: the one place that says what there is, on either
//! engine.

use db::{Migration, Row};
use kernel::Fault;
use serde_json::{Map, Value};

/// How a column's values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Bool,
    Bytes,
}

/// A value of a key, to go on after.
#[derive(Clone, Debug)]
pub(crate) enum KeyPart {
    Text(String),
    Int(i64),
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    pub columns: Vec<(String, Kind)>,
    /// Its primary key.
    pub key: Vec<String>,
    /// The column that names another row of the same table by its key, if there is one.
    pub to_itself: Option<String>,
}

impl Table {
    fn kind(&self, column: &str) -> Option<Kind> {
        self.columns.iter().find(|(name, _)| name == column).map(|(_, kind)| *kind)
    }

    /// The key of a row.
    pub(crate) fn key_of(&self, row: &Row) -> Result<Vec<KeyPart>, Fault> {
        let part = |column: &String| {
            Ok(match self.kind(column) {
                Some(Kind::Int) => KeyPart::Int(row.get(column)?),
                _ => KeyPart::Text(row.get(column)?),
            })
        };
        self.key.iter().map(part).collect()
    }

    /// A row as JSON, columns in the order of the migration.
    pub(crate) fn json(&self, row: &Row) -> Result<Value, Fault> {
        let mut fields = Map::new();
        for (column, kind) in &self.columns {
            let value = match kind {
                Kind::Text => row.get::<Option<String>>(column)?.into(),
                Kind::Int => row.get::<Option<i64>>(column)?.into(),
                Kind::Bool => row.get::<Option<bool>>(column)?.into(),
                Kind::Bytes => Value::Null,
            };
            fields.insert(column.clone(), value);
        }
        Ok(Value::Object(fields))
    }
}

/// Every table the migrations make, in their order.
pub(crate) fn tables(migrations: &[Migration]) -> Vec<Table> {
    let mut tables = Vec::new();
    for migration in migrations {
        let mut open: Option<Table> = None;
        for line in migration.sql.lines().map(str::trim).filter(|line| !line.starts_with("--")) {
            if let Some(name) =
                line.strip_prefix("create ").and_then(|rest| rest.strip_prefix("table ")?.strip_suffix(" ("))
            {
                open = Some(Table {
                    name: name.to_owned(),
                    columns: Vec::new(),
                    key: Vec::new(),
                    to_itself: None,
                });
            } else if let Some((name, column)) = line
                .strip_prefix("alter ")
                .and_then(|rest| rest.strip_prefix("table ")?.split_once(" add column "))
            {
                let table = tables.iter_mut().find(|table: &&mut Table| table.name == name);
                table.into_iter().for_each(|table| table.take(column.trim_end_matches(';')));
            } else if let Some((name, new)) = line
                .strip_prefix("alter ")
                .and_then(|rest| rest.strip_prefix("table ")?.split_once(" rename to "))
            {
                let table = tables.iter_mut().find(|table: &&mut Table| table.name == name);
                table.into_iter().for_each(|table| new.trim_end_matches(';').clone_into(&mut table.name));
            } else if let Some(name) = line.strip_prefix("drop ").and_then(|rest| rest.strip_prefix("table "))
            {
                tables.retain(|table: &Table| table.name != name.trim_end_matches(';'));
            } else if line.starts_with(')') {
                tables.extend(open.take());
            } else if let Some(table) = &mut open {
                table.take(line);
            }
        }
    }
    tables
}

impl Table {
    /// One line of its definition.
    fn take(&mut self, line: &str) {
        if let Some(key) = line.strip_prefix("primary key (").and_then(|rest| rest.split_once(')')) {
            self.key = key.0.split(',').map(|column| column.trim().to_owned()).collect();
            return;
        }
        let mut words = line.split_whitespace();
        let (Some(name), Some(kind)) = (words.next(), words.next()) else { return };
        let kind = match kind.trim_end_matches(',') {
            "text" => Kind::Text,
            "bigint" => Kind::Int,
            "boolean" => Kind::Bool,
            "blob" => Kind::Bytes,
            _ => return,
        };
        self.columns.push((name.to_owned(), kind));
        if line.contains(&format!(" references {} ", self.name)) {
            self.to_itself = Some(name.to_owned());
        }
        if line.contains(" primary key") {
            self.key = vec![name.to_owned()];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_what_its_migration_says() {
        let sql = "-- A comment.\ncreate table t_lines (\n    run_id text not null references t_runs (id),\n    \
                   -- Why.\n    seq bigint not null,\n    open boolean,\n    body blob not null,\n    \
                   primary key (run_id, seq),\n    check (seq > 0)\n);\ncreate index i on t_lines (seq);\n\
                   create table t_runs (\n    id text primary key,\n    again text references t_runs (id)\n);\nalter table t_lines add column note text;\n\
                   create table t_gone (\n    id text primary key\n);\ndrop table t_gone;\n";
        let made = tables(&[Migration { name: "0001_t", sql }]);
        let columns = [
            ("run_id", Kind::Text),
            ("seq", Kind::Int),
            ("open", Kind::Bool),
            ("body", Kind::Bytes),
            ("note", Kind::Text),
        ];
        let columns = columns.map(|(name, kind)| (name.to_owned(), kind)).to_vec();
        let key = vec!["run_id".to_owned(), "seq".to_owned()];
        assert_eq!(made[0], Table { name: "t_lines".into(), columns, key, to_itself: None });
        assert_eq!((made[1].name.as_str(), made[1].key.as_slice()), ("t_runs", ["id".to_owned()].as_slice()));
        assert_eq!(made[1].to_itself.as_deref(), Some("again"));
    }
}
