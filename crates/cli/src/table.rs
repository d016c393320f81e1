//! Rows as a table for eyes: figures to the right and in groups of three, as wide as the terminal; long words are
//! cut with “…”, figures and keys never.

use kernel::Decimal;
use parts::{State, Thing, Tone};
use serde_json::Value;

use crate::look::{Look, look};
use crate::output::text;
use crate::rows::Field;

/// Between two columns.
const GAP: usize = 2;

/// No cell of words is wider, however wide the terminal.
const WIDEST: usize = 48;

/// No cell of words is cut below.
const NARROWEST: usize = 8;

/// A column ready to be printed.
struct Column {
    head: String,
    cells: Vec<String>,
    /// Stands to the right.
    figures: bool,
    /// May be cut.
    words: bool,
    /// Holds states of that thing.
    state: Option<Thing>,
    wide: usize,
}

/// Heads and rows; `thing` is what the list holds: `period`.
pub(crate) fn table(items: &[Value], fields: &[Field], thing: &str) -> Vec<String> {
    let columns: Vec<Column> = fields.iter().map(|field| Column::of(items, field, thing)).collect();
    lines(fitted(columns, look().width), look())
}

fn lines(columns: Vec<Column>, look: &Look) -> Vec<String> {
    let heads: Vec<String> = columns.iter().map(|column| column.padded(&column.head)).collect();
    let mut lines = vec![look.head(heads.join(&" ".repeat(GAP)).trim_end())];
    for row in 0..columns.iter().map(|column| column.cells.len()).max().unwrap_or(0) {
        let cells: Vec<String> =
            columns.iter().map(|column| column.coloured(&column.cells[row], look)).collect();
        lines.push(cells.join(&" ".repeat(GAP)).trim_end().to_owned());
    }
    lines
}

/// As wide as the terminal: the widest words give way first.
fn fitted(mut columns: Vec<Column>, width: Option<usize>) -> Vec<Column> {
    let gaps = columns.len().saturating_sub(1) * GAP;
    let whole = |columns: &[Column]| columns.iter().map(|column| column.wide).sum::<usize>() + gaps;
    while width.is_some_and(|width| whole(&columns) > width) {
        let words = columns.iter_mut().filter(|column| column.words && column.wide > NARROWEST);
        let Some(widest) = words.max_by_key(|column| column.wide) else { break };
        widest.wide -= 1;
    }
    columns
}

impl Column {
    fn of(items: &[Value], field: &Field, thing: &str) -> Column {
        let mut values = items.iter().map(|row| row.get(&field.name));
        let number = |value: Option<&Value>| {
            value.is_some_and(|value| value.is_number() || value.get("amount").is_some())
        };
        let figures = matches!(field.kind.as_str(), "money" | "quantity" | "decimal" | "percent" | "count")
            || values.clone().any(number);
        let (unit, cells) = cells(items, field);
        let head = field.name.replace('_', " ").to_uppercase();
        let head = if unit.is_empty() { head } else { format!("{head} {unit}") };
        let words = match field.kind.as_str() {
            "text" | "state" => true,
            "" => !figures && !values.all(|value| text(value).parse::<Decimal>().is_ok()),
            _ => false,
        };
        let wide = cells.iter().chain([&head]).map(|cell| cell.chars().count()).max().unwrap_or(0);
        let wide = if words { wide.min(WIDEST) } else { wide };
        let state = (field.kind == "state").then(|| Thing::of(thing));
        Column { head, cells, figures, words, state, wide }
    }

    /// On the column's width.
    fn padded(&self, cell: &str) -> String {
        let cell = cut(cell, self.wide);
        let pad = " ".repeat(self.wide.saturating_sub(cell.chars().count()));
        if self.figures { format!("{pad}{cell}") } else { format!("{cell}{pad}") }
    }

    /// The same in the colour of what it says: figures below nothing, states that are well, wait or are wrong.
    fn coloured(&self, cell: &str, look: &Look) -> String {
        let padded = self.padded(cell);
        match self.state.map(|thing| State::of(thing, cell).tone) {
            Some(Tone::Ok) => look.well(&padded),
            Some(Tone::Warn) => look.waits(&padded),
            Some(Tone::Bad) => look.wrong(&padded),
            _ if self.figures && cell.starts_with('−') => look.wrong(&padded),
            _ => padded,
        }
    }
}

/// The cells as people read them, and the one currency of all, which then stands over them.
fn cells(items: &[Value], field: &Field) -> (String, Vec<String>) {
    let part = |value: &Value, part: &str| value.get(part).and_then(Value::as_str).unwrap_or("").to_owned();
    let values: Vec<&Value> = items.iter().map(|row| row.get(&field.name).unwrap_or(&Value::Null)).collect();
    if !field.is_money(items) {
        return (String::new(), values.iter().map(|value| text(Some(value))).collect());
    }
    let mut currencies: Vec<String> =
        values.iter().map(|value| part(value, "currency")).filter(|code| !code.is_empty()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let one = if let [one] = currencies.as_slice() { one.clone() } else { String::new() };
    let cell = |value: &&Value| {
        let amount = grouped(&part(value, "amount"));
        if one.is_empty() {
            format!("{amount} {}", part(value, "currency")).trim().to_owned()
        } else {
            amount
        }
    };
    let cells = values.iter().map(cell).collect();
    (one, cells)
}

/// `−1,234.50`.
fn grouped(amount: &str) -> String {
    let number = amount.parse::<Decimal>();
    number.map_or_else(|_| amount.to_owned(), |number| parts::number::grouped(number, number.scale()))
}

/// The text within so many letters, its end marked where it is cut.
fn cut(cell: &str, wide: usize) -> String {
    if cell.chars().count() <= wide {
        return cell.to_owned();
    }
    cell.chars().take(wide.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(name: &str, kind: &str) -> Field {
        Field { kind: kind.into(), ..Field::plain(name) }
    }

    fn drawn(items: &[Value], fields: &[Field], width: Option<usize>) -> Vec<String> {
        let columns = fields.iter().map(|field| Column::of(items, field, "service")).collect();
        lines(fitted(columns, width), &Look::default())
    }

    fn services() -> (Vec<Value>, Vec<Field>) {
        let euro = |amount: &str| json!({"amount": amount, "currency": "EUR"});
        let items = vec![
            json!({"key": "VMAIL", "name": "Voicemail & Messaging for everybody", "cost": euro("1312844.00"), "share": "0.5"}),
            json!({"key": "SMS", "name": "Short messages", "cost": euro("-950.10"), "share": null}),
        ];
        (
            items,
            vec![
                field("key", "code"),
                field("name", "text"),
                field("cost", "money"),
                field("share", "percent"),
            ],
        )
    }

    #[test]
    fn figures_stand_to_the_right_in_groups_under_their_currency() {
        let (items, fields) = services();
        assert_eq!(
            drawn(&items, &fields, None),
            [
                "KEY    NAME                                     COST EUR  SHARE",
                "VMAIL  Voicemail & Messaging for everybody  1,312,844.00    0.5",
                "SMS    Short messages                            −950.10",
            ]
        );
        let mixed = [
            json!({"cost": {"amount": "1000", "currency": "JPY"}}),
            json!({"cost": {"amount": "2.50", "currency": "EUR"}}),
        ];
        assert_eq!(drawn(&mixed, &[field("cost", "money")], None), ["     COST", "1,000 JPY", " 2.50 EUR"]);
    }

    #[test]
    fn on_a_narrow_terminal_words_are_cut_and_figures_and_keys_never() {
        let (items, fields) = services();
        let narrow = drawn(&items, &fields, Some(44));
        assert_eq!(narrow[1], "VMAIL  Voicemail & Mes…  1,312,844.00    0.5");
        assert!(narrow.iter().all(|line| line.chars().count() <= 44), "{narrow:?}");
        let narrowest = drawn(&items, &fields, Some(10));
        assert_eq!(
            narrowest[1], "VMAIL  Voicema…  1,312,844.00    0.5",
            "then it is wider than the terminal"
        );
        // No list says what these are.
        let rows = [json!({"n": "123456789012", "words": "a long tale of it"})];
        assert_eq!(
            drawn(&rows, &[field("n", ""), field("words", "")], Some(20))[1],
            "123456789012  a long …"
        );
    }
}
