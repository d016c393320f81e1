//! How the file writes figures and dates: asked where the file does not settle it, and shown on its first
//! lines, raw beside parsed, before anything is written.

use access::Params;
use kernel::Refused;
use parts::{Cell, Choice, Field, FieldKind, Form, Head, Markup, Row, SimpleTable, html, number, titled};
use serde_json::Value;

use super::asked::{self, about};
use super::{head, may_go_on, steps};
use crate::page::{Page, PageCx, text, version};
use crate::show::rows;

/// How are figures and dates written?
pub(super) async fn ask(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let batch = page.record("batch show", &[("number", params.get("number"))]).await?;
    let preview = page.record("batch preview", &[("number", params.get("number"))]).await?;
    let head =
        head(&batch, format!("How does {} write figures and dates?", text(&batch, "file_name")), "Formats");
    if !may_go_on(page, &batch).await? || !matches!(text(&batch, "state"), "uploaded" | "checked") {
        return Ok(Page { head, body: html! { p { "It is not yours to change, or written already." } } });
    }
    let body = html! {
        (steps(&batch, "Formats"))
        (asked::list(&batch, "formats"))
        (findings(&batch))
        (parsed(&batch, &preview))
        (form(page, &batch).render())
    };
    let open = asked::open(&batch).len();
    let answer = match open {
        0 => html! { "Nothing has to be answered; what is read is shown below." },
        1 => html! { "The file can be read in more than one way: one answer is needed." },
        n => html! { "The file can be read in more than one way: " (n) " answers are needed." },
    };
    Ok(Page { head: head.answer(answer), body })
}

/// What the file itself shows about its formats.
fn findings(batch: &Value) -> Markup {
    let found: Vec<&str> = batch
        .get("report")
        .map_or(&[][..], |report| rows(report, "findings"))
        .iter()
        .filter_map(Value::as_str)
        .collect();
    html! {
        @if !found.is_empty() {
            section { details { summary { "What the file itself shows (" (found.len()) ")" } ul { @for finding in &found { li { (finding) } } } } }
        }
    }
}

/// The first lines: each value as it stands in the file, below it as it is read.
pub(super) fn parsed(batch: &Value, preview: &Value) -> Markup {
    let columns = rows(preview, "columns").iter().filter_map(Value::as_str).enumerate();
    let mapped = batch.get("profile").and_then(|profile| profile.get("columns"));
    let meant = |(place, column)| Some((place, column, mapped?.get(column)?.as_str()?));
    let used: Vec<(usize, &str, &str)> = columns.filter_map(meant).collect();
    if used.is_empty() {
        return html! { p { "No column has a meaning yet." } };
    }
    let mut heads = vec![Head::figures("Line")];
    heads.extend(used.iter().map(|(_, column, field)| {
        let known = rows(batch, "fields").iter().find(|known| text(known, "key") == *field);
        let label = known.map_or(*field, |known| text(known, "label"));
        Head::words(if label == *column { label.to_owned() } else { format!("{column} → {label}") })
    }));
    let caption = "The first lines as they stand in the file, and below as they are read";
    let table = rows(preview, "rows").iter().fold(SimpleTable::new(caption, heads).dense(), |table, row| {
        let line = row.get("line").map(Value::to_string).unwrap_or_default();
        let mut cells = vec![Cell::words(line.as_str())];
        cells.extend(used.iter().map(|(place, _, field)| {
            let raw = row.get("raw").and_then(|raw| raw.get(place)).and_then(Value::as_str).unwrap_or("");
            let read = row.get("parsed").and_then(|parsed| parsed.get(field)).and_then(Value::as_str);
            let cell = Cell::new(html! { span .mono { (raw) } });
            match read {
                None => cell.below(html! { "–" }),
                // Words that are taken as they stand need not be said twice.
                Some(read) if read == raw && raw.parse::<kernel::Decimal>().is_err() => cell,
                Some(read) => cell.below(html! { "= " (said(read)) }),
            }
        }));
        with_what_is_wrong(table.row(cells), row)
    });
    html! { section { (titled(&table)) } }
}

/// The sentence of what is wrong with a line, as wide as the table: below a figure it would push all columns away.
fn with_what_is_wrong(table: SimpleTable, row: &Value) -> SimpleTable {
    let (line, wrong) = (row.get("line").map(Value::to_string).unwrap_or_default(), text(row, "wrong"));
    let note = html! { p .note { "Line " (line) ": " (wrong) } };
    if wrong.is_empty() { table } else { table.push(Row::Panel(note)) }
}

/// A figure with its thousands grouped, so that a mark read wrongly shows; a code as it is.
fn said(read: &str) -> String {
    match read.parse::<kernel::Decimal>() {
        Ok(figure) if read.contains('.') => number::grouped(figure, figure.scale()),
        _ => read.to_owned(),
    }
}

/// One setting: its name, label and answers.
type Setting = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// How the file is cut into cells: said only where it differs from what was found.
const CUTS: [Setting; 2] = [
    (
        "delimiter",
        "Between cells",
        &[("comma", "comma ,"), ("semicolon", "semicolon ;"), ("tab", "tab"), ("bar", "bar |")],
    ),
    (
        "encoding",
        "Letters",
        &[
            ("UTF-8", "UTF-8"),
            ("Windows-1252", "Windows-1252"),
            ("UTF-16LE", "UTF-16 LE"),
            ("UTF-16BE", "UTF-16 BE"),
            ("CP850", "CP850"),
        ],
    ),
];

const FORMATS: [Setting; 4] = [
    ("decimal_mark", "Decimal mark", &[("point", "point: 1234.56"), ("comma", "comma: 1234,56")]),
    (
        "thousands_mark",
        "Thousands",
        &[
            ("none", "none: 1234567"),
            ("comma", "comma: 1,234,567"),
            ("point", "point: 1.234.567"),
            ("blank", "blank: 1 234 567"),
            ("apostrophe", "apostrophe: 1'234'567"),
        ],
    ),
    (
        "date_order",
        "Order of dates",
        &[
            ("Y-M-D", "year-month-day: 2026-09-30"),
            ("D/M/Y", "day/month/year: 30/09/2026"),
            ("M/D/Y", "month/day/year: 09/30/2026"),
            ("YYYYMMDD", "without marks: 20260930"),
        ],
    ),
    (
        "sign",
        "Signs",
        &[
            ("as-written", "as written: cost is positive"),
            ("reversed", "reversed: cost is negative in the file"),
        ],
    ),
];

fn form(page: &PageCx, batch: &Value) -> Form {
    let at = format!("/records/batches/{}", text(batch, "batch"));
    let profile = batch.get("profile").unwrap_or(&Value::Null);
    let (formats, dialect) =
        (profile.get("formats").unwrap_or(&Value::Null), profile.get("dialect").unwrap_or(&Value::Null));
    let mut form = page.form(format!("{at}/edit"), version(batch));
    form = form.field(Field::hidden("_next", format!("{at}/check"))).heading("Figures and dates");
    for (name, label, answers) in FORMATS {
        form = form.field(select(page, batch, name, label, answers, text(formats, name)));
    }
    for (name, label) in
        [("brackets_negative", "Is (1,234) negative?"), ("trailing_minus", "Is 12- negative?")]
    {
        let stored = match formats.get(name) {
            Some(Value::Bool(true)) => "yes",
            _ => "no",
        };
        form = form.field(select(page, batch, name, label, &[("yes", "yes"), ("no", "no")], stored));
    }
    if about(batch, "assumed_year").is_some() || !formats.get("assumed_year").is_none_or(Value::is_null) {
        let stored = formats.get("assumed_year").map(Value::to_string).unwrap_or_default();
        let year = Field::short("assumed_year", "Year of dates that name none", 4).optional();
        form = form.field(year.value(page.answers.or("assumed_year", &stored)));
    }
    form = form.heading("The file");
    for (name, label, answers) in CUTS {
        form = form.field(cut(page, batch, name, label, answers, text(dialect, name)));
    }
    let totals = match dialect.get("skip").and_then(|skip| skip.get("totals")) {
        Some(Value::Bool(true)) => "yes",
        _ => "no",
    };
    form = form.field(select(
        page,
        batch,
        "skip_totals",
        "Leave out rows that look like totals?",
        &[("yes", "yes"), ("no", "no")],
        totals,
    ));
    let line = dialect.get("header_line").map(Value::to_string).unwrap_or_default();
    let hint = format!(
        "Found in line {}. Write another line only where that is wrong; none for a file without names.",
        line.trim_matches('"')
    );
    form = form.field(
        Field::short("header_line", "Names of columns", 6)
            .optional()
            .hint(hint)
            .value(page.answers.or("header_line", "")),
    );
    confirm(page, batch, control(page, batch, form)).submit("Continue to the check").cancel(at)
}

/// A choice; where only a person can answer, nothing is chosen beforehand.
fn select(
    page: &PageCx,
    batch: &Value,
    name: &str,
    label: &str,
    answers: &[(&str, &str)],
    stored: &str,
) -> Field {
    let (question, must) = (about(batch, name), asked::must_be_said(batch, name));
    let mut choices = Vec::new();
    if must {
        choices.push(Choice::new("", "choose"));
    }
    choices.extend(answers.iter().map(|(value, label)| Choice::new(*value, *label)));
    let field =
        Field::select(name, label, choices).value(page.answers.or(name, if must { "" } else { stored }));
    match question {
        Some(question) => field.hint(text(question, "asks")),
        None => field,
    }
}

/// A choice about cutting: empty says nothing, because saying it proposes columns and formats anew.
fn cut(
    page: &PageCx,
    batch: &Value,
    name: &str,
    label: &str,
    answers: &[(&str, &str)],
    stored: &str,
) -> Field {
    let now = answers.iter().find(|(value, _)| *value == stored).map_or(stored, |(_, label)| label);
    let mut choices = vec![Choice::new("", format!("as found: {now}"))];
    choices.extend(answers.iter().map(|(value, label)| Choice::new(*value, *label)));
    let hint = match about(batch, name) {
        Some(question) => text(question, "asks").to_owned(),
        None => "Another answer proposes columns and formats anew.".to_owned(),
    };
    Field::select(name, label, choices).hint(hint).value(page.answers.or(name, ""))
}

fn control(page: &PageCx, batch: &Value, form: Form) -> Form {
    let stored = text(batch, "control_total");
    let total = Field::text("control_total", "Control total").optional();
    let total = total
        .hint("What the file must add up to, from where it came: 7563248.11. The close of a month needs it.");
    let saved = Field::text("save_as", "Save these answers as profile")
        .optional()
        .hint("Then the next file with these columns is read so.");
    form.heading("Certainty")
        .field(total.value(page.answers.or("control_total", stored)))
        .field(saved.value(page.answers.or("save_as", text(batch, "profile_name"))))
}

/// Questions that no field above answers are answered by saying that what is shown is right.
fn confirm(page: &PageCx, batch: &Value, form: Form) -> Form {
    let known = |setting: &str| {
        FORMATS.iter().chain(&CUTS).any(|(name, ..)| *name == setting)
            || matches!(
                setting,
                "brackets_negative" | "trailing_minus" | "skip_totals" | "header_line" | "assumed_year"
            )
            || asked::by_columns(setting)
    };
    let others: Vec<&str> = asked::open(batch)
        .into_iter()
        .filter(|question| !known(text(question, "setting")))
        .map(|question| text(question, "asks"))
        .collect();
    if others.is_empty() {
        return form;
    }
    let hint = others.join(" ");
    let field =
        Field::new("formats_confirmed", "What is shown above is right", FieldKind::Checkbox).hint(hint);
    form.field(field.value(page.answers.or("formats_confirmed", "")))
}
