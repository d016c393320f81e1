//! `{name}` in the texts of a step: a column of the row, else a value of the pack.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What names stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Names<'p> {
    /// Columns of the row, if there is one.
    pub row: BTreeMap<String, String>,
    /// Values of the pack.
    pub values: Option<&'p BTreeMap<String, String>>,
}

impl Names<'_> {
    /// The value of `name`.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = self.row.get(name).or_else(|| self.values.and_then(|values| values.get(name)));
        value.map(String::as_str)
    }

    /// The text with every `{name}` filled in; an unknown name is told.
    pub(super) fn text(&self, text: &str) -> Result<String, String> {
        let (mut filled, mut rest) = (String::with_capacity(text.len()), text);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').ok_or("a { has no }")?;
            let value = self.get(name).ok_or_else(|| format!("there is no column or value “{name}”"))?;
            filled.push_str(before);
            filled.push_str(value);
            rest = behind;
        }
        Ok(filled + rest)
    }

    /// A table as JSON, its texts filled in, numbers as texts; a text that comes out blank is left out.
    pub(super) fn table(&self, table: &toml::Table) -> Result<Map<String, Value>, String> {
        let mut filled = Map::new();
        for (key, value) in table {
            match self.value(value)? {
                Value::String(text) if text.trim().is_empty() => {}
                value => drop(filled.insert(key.clone(), value)),
            }
        }
        Ok(filled)
    }

    fn value(&self, value: &toml::Value) -> Result<Value, String> {
        Ok(match value {
            toml::Value::String(text) => Value::String(self.text(text)?),
            toml::Value::Boolean(yes) => Value::from(if *yes { "yes" } else { "no" }),
            toml::Value::Integer(number) => Value::String(number.to_string()),
            toml::Value::Table(table) => Value::Object(self.table(table)?),
            toml::Value::Array(items) => {
                Value::Array(items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?)
            }
            toml::Value::Float(_) => return Err("a number with a fraction is written as a text".to_owned()),
            toml::Value::Datetime(day) => Value::String(day.to_string()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_the_row_first_and_blank_texts_are_left_out() {
        let values =
            BTreeMap::from([("period".into(), "2012-07".into()), ("key".into(), "of the pack".into())]);
        let row = BTreeMap::from([("key".into(), "CARE".into()), ("owner".into(), String::new())]);
        let names = Names { row, values: Some(&values) };
        let table = "sender = \"{key}\"\nname = \"{key} in {period}\"\nowner = \"{owner}\"\npriority = 3\n\
                     central = true\ncolumns = { a = \"{key}\" }";
        let filled = names.table(&table.parse().unwrap()).unwrap();
        let told = serde_json::json!({ "sender": "CARE", "name": "CARE in 2012-07", "priority": "3",
            "central": "yes", "columns": { "a": "CARE" } });
        assert_eq!(Value::Object(filled), told);
        assert_eq!(names.text("{kez}"), Err("there is no column or value “kez”".into()));
        assert_eq!(names.text("{key"), Err("a { has no }".into()));
        assert!(names.table(&"rate = 1.5".parse().unwrap()).is_err());
    }
}
