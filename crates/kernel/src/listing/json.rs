//! A list as JSON.

use serde_json::{Value, json};

use super::{Column, Listing};

impl Listing {
    /// `{"schema":"quarterdeck.service-list.v1","items":[…],"count":n,"totals":{…},"columns":[…]}`: the columns are
    /// there for whoever writes a file or a table of it, also of no rows.
    pub fn to_json(&self) -> Value {
        let items: Vec<Value> = self.rows.iter().map(|row| self.row_json(row)).collect();
        let totals: serde_json::Map<String, Value> = (self.columns.iter().zip(&self.totals))
            .filter_map(|(column, total)| Some((column.key.to_owned(), json!(total.as_ref()?))))
            .collect();
        json!({
            "schema": format!("quarterdeck.{}-list.v1", self.name),
            "items": items,
            "count": self.count,
            "totals": totals,
            "columns": self.columns.iter().map(column_json).collect::<Vec<_>>(),
        })
    }

    /// One row as a JSON object.
    pub fn row_json(&self, row: &[super::Value]) -> Value {
        let fields =
            self.columns.iter().zip(row).map(|(column, value)| (column.key.to_owned(), json!(value)));
        Value::Object(fields.collect())
    }
}

fn column_json(column: &Column) -> Value {
    json!({ "name": column.key, "kind": column.kind, "hidden": column.hidden })
}

#[cfg(test)]
mod tests {
    use crate::listing::{Asked, Column, Kind, Listing};
    use crate::{Currency, Money};

    #[test]
    fn json_and_links_come_from_the_same_row() {
        let listing = Listing {
            name: "service",
            caption: "Services".into(),
            columns: vec![
                Column::new("key", "Key", Kind::Code).linked("/services/{key}"),
                Column::new("cost", "Cost", Kind::Money).summed(),
            ],
            rows: vec![vec!["A B".into(), Money::of_minor(1, Currency::EUR).into()]],
            count: 1,
            totals: vec![None, Some(Money::of_minor(1, Currency::EUR).into())],
            asked: Asked::default(),
        };
        assert_eq!(listing.link("/services/{key}", &listing.rows[0]).unwrap(), "/services/A%20B");
        assert_eq!(
            listing.to_json().to_string(),
            r#"{"schema":"quarterdeck.service-list.v1","items":[{"key":"A B","cost":{"amount":"0.01","currency":"EUR"}}],"count":1,"totals":{"cost":{"amount":"0.01","currency":"EUR"}},"columns":[{"name":"key","kind":"code","hidden":false},{"name":"cost","kind":"money","hidden":false}]}"#
        );
    }
}
