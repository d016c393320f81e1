//! Which column of the file means what, and values the whole file shares.

use access::Params;
use kernel::Refused;
use parts::{Choice, Field, Form, Markup, html, number};
use serde_json::Value;

use super::{asked, head, kinds, steps};
use crate::page::{Page, PageCx, text, version};
use crate::show::rows;

/// What does each column mean?
pub(super) async fn ask(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let batch = page.record("batch show", &[("number", params.get("number"))]).await?;
    let preview = page.record("batch preview", &[("number", params.get("number"))]).await?;
    let kinds = kinds(page).await?;
    let kind = kinds.iter().find(|kind| text(kind, "kind") == text(&batch, "kind"));
    let asks = format!("What does each column of {} mean?", text(&batch, "file_name"));
    let head = head(&batch, asks, "Columns");
    let Some(kind) = kind.filter(|_| matches!(text(&batch, "state"), "uploaded" | "checked")) else {
        return Ok(Page { head, body: html! { p { "It is not yours to change, or written already." } } });
    };
    let form = form(page, &batch, &preview, kind);
    let head = head.answer(html! {
        "Proposed from the names of the columns; the first values stand beside each."
        @if !text(&preview, "missing").is_empty() { " " (text(&preview, "missing")) }
    });
    let body = html! {
        (steps(&batch, "Columns"))
        (asked::list(&batch, "columns"))
        (sheet(page, &batch, &preview))
        (form.render())
    };
    Ok(Page { head, body })
}

/// Which sheet of a workbook; another one proposes columns and formats anew.
fn sheet(page: &PageCx, batch: &Value, preview: &Value) -> Markup {
    let sheets: Vec<&str> = rows(preview, "sheets").iter().filter_map(Value::as_str).collect();
    if sheets.len() < 2 || page.instead.is_some() {
        return html! {};
    }
    let at = format!("/records/batches/{}", text(batch, "batch"));
    let dialect = batch.get("profile").and_then(|profile| profile.get("dialect")).unwrap_or(&Value::Null);
    let choices = sheets.iter().map(|sheet| Choice::new(*sheet, *sheet)).collect();
    let field = Field::select("sheet", "Sheet", choices)
        .hint("Another sheet proposes columns and formats anew.")
        .value(page.answers.or("sheet", text(dialect, "sheet")));
    let form = page.form(format!("{at}/edit"), version(batch));
    form.field(Field::hidden("_next", format!("{at}/columns")))
        .field(field)
        .submit("Read this sheet")
        .render()
}

fn form(page: &PageCx, batch: &Value, preview: &Value, kind: &Value) -> Form {
    let label = text(batch, "batch");
    let at = format!("/records/batches/{label}");
    let mapped = batch.get("profile").and_then(|profile| profile.get("columns"));
    let field_of =
        |column: &str| mapped.and_then(|mapped| mapped.get(column)).and_then(Value::as_str).unwrap_or("");
    let mut form = page.form(format!("{at}/edit"), version(batch));
    form = form.field(Field::hidden("_next", format!("{at}/formats"))).heading("Columns");
    let empty = rows(preview, "empty");
    for (place, column) in rows(preview, "columns").iter().filter_map(Value::as_str).enumerate() {
        if empty.iter().any(|name| name == column) {
            continue;
        }
        let name = format!("column:{column}");
        let value = page.answers.or(&name, field_of(column)).to_owned();
        let field =
            Field::select(&name, column, fields(kind)).hint(first_values(preview, place)).value(value);
        form = form.field(field);
    }
    let open = without_column(batch, kind);
    if !open.is_empty() {
        form = form.heading("The same for every line");
    }
    for field in open {
        form = form.field(constant(page, batch, field));
    }
    form.submit("Continue to formats").cancel(at)
}

fn fields(kind: &Value) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", "not used")];
    choices.extend(rows(kind, "fields").iter().map(|field| {
        let needed = field.get("required") == Some(&Value::Bool(true));
        let label = format!("{}{}", text(field, "label"), if needed { " (needed)" } else { "" });
        Choice::new(text(field, "key"), label)
    }));
    choices
}

/// The first values of a column: `4711 · 4712 · 4713`; of one without a name, how many lines have one.
fn first_values(preview: &Value, place: usize) -> String {
    let here = |column: &&Value| column.get("place").and_then(Value::as_u64) == u64::try_from(place).ok();
    if let Some(unnamed) = rows(preview, "unnamed").iter().find(here) {
        let examples: Vec<&str> = rows(unnamed, "examples").iter().filter_map(Value::as_str).collect();
        let filled = unnamed.get("filled").and_then(Value::as_i64).unwrap_or(0);
        return format!(
            "without a name, filled in {}: {}",
            number::counted(filled, "line", "lines"),
            examples.join(" · ")
        );
    }
    let values: Vec<&str> = rows(preview, "rows")
        .iter()
        .filter_map(|row| row.get("raw")?.get(place)?.as_str())
        .filter(|value| !value.is_empty())
        .take(3)
        .collect();
    if values.is_empty() { "empty in the first lines".to_owned() } else { values.join(" · ") }
}

/// Fields without a column that a whole file may share: needed ones, period and currency, and what is said
/// about the import itself.
fn without_column<'k>(batch: &Value, kind: &'k Value) -> Vec<&'k Value> {
    let columns = batch.get("profile").and_then(|profile| profile.get("columns")).and_then(Value::as_object);
    let has = |key: &str| columns.is_some_and(|columns| columns.values().any(|field| field == key));
    let wanted = |field: &&Value| {
        let needed = field.get("required") == Some(&Value::Bool(true));
        (needed || matches!(text(field, "holds"), "period" | "currency" | "switch" | "rule"))
            && !has(text(field, "key"))
    };
    rows(kind, "fields").iter().filter(wanted).collect()
}

fn constant(page: &PageCx, batch: &Value, field: &Value) -> Field {
    let key = text(field, "key");
    let name = format!("constant:{key}");
    let constants = batch.get("profile").and_then(|profile| profile.get("constants"));
    let stored = constants.and_then(|constants| constants.get(key)).and_then(Value::as_str).unwrap_or("");
    let period = asked::about(batch, "period").map(|question| text(question, "asks"));
    let hint = match text(field, "holds") {
        "period" if period.is_some() => period.unwrap_or_default(),
        "period" => "A month: 2026-09. Leave it empty where lines name their own day.",
        "switch" => "For all lines that leave it open.",
        "rule" => {
            "As what: cost, or by their first digits as in 1-5 balance, 6 cost, 7 income. Leave it empty for no."
        }
        "currency" => "A code: EUR. Leave it empty where a column names it.",
        _ => "No column holds it.",
    };
    let label = text(field, "label");
    let asked = match text(field, "holds") {
        "switch" => Field::select(&name, label, vec![Choice::new("", "no"), Choice::new("yes", "yes")]),
        _ => Field::text(&name, label),
    };
    let asked = asked.hint(hint).value(page.answers.or(&name, stored));
    if field.get("required") == Some(&Value::Bool(true)) { asked } else { asked.optional() }
}
