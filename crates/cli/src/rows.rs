//! Rows of a list: their columns, and as text separated by commas or tabs.

use serde_json::Value;

use crate::output::{say, text};

/// A column of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name in JSON, filters and files.
    pub name: String,
    /// What the list says it holds: `money`, `code` …; nothing where no list says it.
    pub kind: String,
    /// For files and filters, not for eyes.
    pub hidden: bool,
}

impl Field {
    /// One that no list describes.
    pub(crate) fn plain(name: &str) -> Field {
        Field { name: name.to_owned(), kind: String::new(), hidden: false }
    }

    /// Whether it holds money, as the list says or any of the rows shows.
    pub(crate) fn is_money(&self, items: &[Value]) -> bool {
        self.kind == "money"
            || items.iter().any(|row| row.get(&self.name).is_some_and(|v| v.get("currency").is_some()))
    }
}

/// The columns of a list: as it describes them itself, else those of its first row.
pub(crate) fn fields(body: &Value, items: &[Value]) -> Vec<Field> {
    let described = |column: &Value| {
        Some(Field {
            name: column.get("name")?.as_str()?.to_owned(),
            kind: column.get("kind")?.as_str()?.to_owned(),
            hidden: column.get("hidden") == Some(&Value::Bool(true)),
        })
    };
    match body.get("columns").and_then(Value::as_array) {
        Some(columns) => columns.iter().filter_map(described).collect(),
        None => items
            .first()
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, _)| Field::plain(name))
            .collect(),
    }
}

/// CSV: names of columns, and beside each amount its currency. For Excel with a byte order mark, and with semicolons
/// where the locale has commas for decimals.
pub(crate) fn csv(items: &[Value], fields: &[Field], excel: bool) {
    let mark = if excel && decimal_comma(&|name| std::env::var(name).ok()) { ';' } else { ',' };
    let quoted = |value: String| {
        if value.contains([',', ';', '"', '\n', '\r']) {
            format!("\"{}\"", value.replace('"', "\"\""))
        } else {
            value
        }
    };
    let columns: Vec<(&Field, bool)> = fields
        .iter()
        .flat_map(|field| [(field, false), (field, true)])
        .filter(|(field, currency)| !currency || field.is_money(items))
        .collect();
    let line = |cells: Vec<String>| cells.into_iter().map(quoted).collect::<Vec<_>>().join(&mark.to_string());
    let name = |(field, currency): &(&Field, bool)| {
        if *currency { format!("{}_currency", field.name) } else { field.name.clone() }
    };
    say!("{}{}", if excel { "\u{feff}" } else { "" }, line(columns.iter().map(name).collect()));
    for row in items {
        let cell = |(field, currency): &(&Field, bool)| {
            let value = row.get(&field.name);
            text(if *currency { value.and_then(|value| value.get("currency")) } else { value })
        };
        say!("{}", line(columns.iter().map(cell).collect()));
    }
}

/// TSV: rows alone, an amount without its currency.
pub(crate) fn tsv(items: &[Value], fields: &[Field]) {
    for row in items {
        let cell = |field: &Field| text(row.get(&field.name)).replace(['\t', '\n', '\r'], " ");
        say!("{}", fields.iter().map(cell).collect::<Vec<_>>().join("\t"));
    }
}

/// Languages with a comma for decimals, so that files have semicolons there.
const COMMA: [&str; 33] = [
    "be", "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "id", "is",
    "it", "lt", "lv", "nb", "nl", "nn", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk",
];

/// Places where it is a point in spite of the language.
const POINT: [&str; 9] = ["de_CH", "de_LI", "fr_CH", "it_CH", "es_MX", "es_US", "es_GT", "es_DO", "es_PA"];

/// Whether the locale of the environment has a comma for decimals.
fn decimal_comma(env: &dyn Fn(&str) -> Option<String>) -> bool {
    let set = |name: &&str| env(name).filter(|locale| !locale.is_empty());
    let locale = ["LC_ALL", "LC_NUMERIC", "LANG"].iter().find_map(set).unwrap_or_default();
    let place = locale.split(['.', '@']).next().unwrap_or("");
    let language = place.split('_').next().unwrap_or("");
    COMMA.contains(&language) && !POINT.contains(&place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_says_which_mark_decimals_have() {
        for (set, comma) in [
            (&[("LANG", "de_DE.UTF-8")][..], true),
            (&[("LANG", "en_GB.UTF-8")], false),
            (&[("LANG", "en_GB.UTF-8"), ("LC_NUMERIC", "fr_FR")], true),
            (&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")], false),
            (&[("LANG", "de_CH.UTF-8")], false),
            (&[("LC_ALL", ""), ("LANG", "tr_TR")], true),
            (&[], false),
        ] {
            let env =
                |name: &str| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
            assert_eq!(decimal_comma(&env), comma, "{set:?}");
        }
    }
}
