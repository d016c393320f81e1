//! What a check found: the file's total against the control total, four groups, samples, reasons and
//! changes. And the choice of what becomes of each group.

use parts::state::State;
use parts::{
    Cell, Choice, Fact, Field, Figure, Form, Head, Markup, Shape, SimpleTable, Tone, banner, changed, facts,
    html, number, titled,
};
use serde_json::Value;

use crate::page::{PageCx, text, version};
use crate::show::rows;

/// The four groups of a batch: field, label, and its group in the report.
const GROUPS: [(&str, &str); 4] =
    [("new", "New"), ("known", "Already imported"), ("changed", "Changed"), ("rejected", "Rejected")];

fn report(batch: &Value) -> &Value {
    batch.get("report").unwrap_or(&Value::Null)
}

/// How many lines of `batch` are in `group`.
pub(super) fn lines(batch: &Value, group: &str) -> i64 {
    batch.get(group).and_then(Value::as_i64).unwrap_or(0)
}

/// The totals of a group or of the file in words: `€1,234.00 + $5.00`.
fn says(totals: &[Value]) -> String {
    totals.iter().map(|total| text(total, "says")).collect::<Vec<_>>().join(" + ")
}

/// The four groups, each a field of the batch.
pub(super) fn groups(batch: &Value) -> Markup {
    let at = format!("/records/batches/{}", text(batch, "batch"));
    let fact = |(key, label): &(&str, &str)| {
        let totals = report(batch).get(key).map_or(&[][..], |group| rows(group, "totals"));
        let fact = Fact::new(*label, Figure::field(lines(batch, key), key, at.clone()).spoken());
        if totals.is_empty() { fact } else { fact.note(html! { (says(totals)) }) }
    };
    facts(&GROUPS.iter().map(fact).collect::<Vec<_>>())
}

/// The file's total against the control total.
pub(super) fn total(batch: &Value) -> Markup {
    let totals = rows(report(batch), "totals");
    if totals.is_empty() {
        return html! {};
    }
    let (read, control) = (says(totals), text(batch, "control_total"));
    let formats = format!("/records/batches/{}/formats", text(batch, "batch"));
    match (control, text(report(batch), "difference")) {
        ("", _) => banner(
            Tone::Warn,
            Some(&State::new("No control total.", Tone::Warn, Shape::Triangle)),
            html! {
                "The file adds up to " b { (read) } ". Compare it with the total of where it came from, and "
                a href={ (formats) "#f-control_total" } { "enter that" } ": a month closes only on a ledger file that ties."
            },
        ),
        (control, "") => banner(
            Tone::Ok,
            Some(&State::new("It ties.", Tone::Ok, Shape::Check)),
            html! {
                "The file adds up to " b { (read) } ", as the control total " (control) " says."
            },
        ),
        (control, difference) => banner(
            Tone::Bad,
            Some(&State::new("It does not tie.", Tone::Bad, Shape::Diamond)),
            html! {
                "The file adds up to " b { (read) } ", the control total is " (control) ": " (difference) " apart. "
                "Look at the " a href=(formats) { "formats" } " and at the lines left out."
            },
        ),
    }
}

/// Sums of its other columns of figures, and the total by what its lines are.
pub(super) fn sums(batch: &Value) -> Markup {
    let said = |name: &str| -> Vec<String> {
        let sum = |sum: &Value| {
            let says = sum.get("total").map_or("", |total| text(total, "says"));
            format!("{} {says}", text(sum, "label"))
        };
        rows(report(batch), name).iter().map(sum).collect()
    };
    let (parts, sums) = (said("parts"), said("sums"));
    html! {
        @if !parts.is_empty() { p { "Of it " (parts.join(" · ")) "." } }
        @if !sums.is_empty() { p { "Sums of columns: " (sums.join(" · ")) "." } }
    }
}

/// Notes a careful person wants to know.
pub(super) fn notes(batch: &Value) -> Markup {
    let notes = rows(report(batch), "notes");
    html! {
        @if !notes.is_empty() {
            section { ul { @for note in notes { li { (note.as_str().unwrap_or_default()) } } } }
        }
    }
}

/// Why lines are rejected, most lines first.
pub(super) fn reasons(batch: &Value) -> Markup {
    let reasons = rows(report(batch), "reasons");
    if reasons.is_empty() {
        return html! {};
    }
    let heads = vec![Head::words("Reason"), Head::figures("Lines"), Head::figures("First line")];
    let table = reasons.iter().take(20).fold(
        SimpleTable::new("Why lines are rejected", heads).dense(),
        |table, reason| {
            let figure = |name: &str| Figure::cell(reason.get(name).and_then(Value::as_i64).unwrap_or(0));
            table.row(vec![Cell::words(text(reason, "says")), figure("lines").into(), figure("line").into()])
        },
    );
    let label = text(batch, "batch");
    html! {
        (titled(&table))
        p { a href={ "/records/batches/" (label) "/reject-file.csv" } download { "Download the rejected lines with reasons (CSV)" }
            ", mend them and import that file." }
        @for field in about_import(batch) {
            p { a href={ "/records/batches/" (label) "/columns#f-constant:" (text(field, "key")) } { (text(field, "label")) } " is said for the whole file." }
        }
    }
}

/// Fields about the import itself: an answer there may take lines that are rejected.
fn about_import(batch: &Value) -> impl Iterator<Item = &Value> {
    rows(batch, "fields").iter().filter(|field| matches!(text(field, "holds"), "switch" | "rule"))
}

/// Lines that are there with other values, old → new.
pub(super) fn changes(batch: &Value) -> Markup {
    let changes = rows(report(batch), "changes");
    if changes.is_empty() {
        return html! {};
    }
    let heads = vec![Head::figures("Line"), Head::words("Old → new"), Head::words("Written by")];
    let table = changes.iter().fold(SimpleTable::new("Changed lines", heads).dense(), |table, line| {
        let fields = rows(line, "changes")
            .iter()
            .map(|change| changed(text(change, "field"), text(change, "old"), text(change, "new")));
        let said = parts::lines(&fields.collect::<Vec<_>>());
        let batch = text(line, "batch");
        let by = if batch.is_empty() {
            Cell::blank()
        } else {
            Cell::link(batch, format!("/records/batches/{batch}"))
        };
        table.row(vec![
            Figure::cell(line.get("line").and_then(Value::as_i64).unwrap_or(0)).into(),
            Cell::new(said),
            by,
        ])
    });
    titled(&table)
}

/// Whether any line could be written.
pub(super) fn anything(batch: &Value) -> bool {
    ["new", "known", "changed"].into_iter().any(|group| lines(batch, group) > 0)
}

/// What becomes of each group that has lines, and the button that writes.
pub(super) fn write(page: &PageCx, batch: &Value) -> Form {
    let at = format!("/records/batches/{}", text(batch, "batch"));
    let mut form = page.form(format!("{at}/write"), version(batch));
    let add = |words: &str| Choice::new("add", words);
    let skip = |words: &str| Choice::new("skip", words);
    let groups: [(&str, &str, Vec<Choice>); 3] = [
        ("new", "New lines", vec![add("add"), skip("leave out")]),
        ("known", "Lines already imported", vec![skip("leave as they are"), add("add once more")]),
        (
            "changed",
            "Changed lines",
            vec![
                skip("leave as they are"),
                Choice::new("replace", "take the new values"),
                add("add beside the old"),
            ],
        ),
    ];
    for (key, label, choices) in groups {
        if lines(batch, key) > 0 {
            let first = choices.first().map_or(String::new(), |choice| choice.value.clone());
            let label = format!("{label} ({})", lines(batch, key));
            form = form.field(Field::radios(key, &label, choices).value(page.answers.or(key, &first)));
        }
    }
    let count = number::counted(lines(batch, "new"), "new line", "new lines");
    form.submit(format!("Import {count}")).cancel(format!("{at}/formats"))
}
