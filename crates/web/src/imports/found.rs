//! What a check found: the file's total against the control total, four groups, notes and changes. And the
//! choice of what becomes of each group.

use kernel::Money;
use parts::state::State;
use parts::{
    Cell, Choice, Fact, Field, Figure, Form, Head, Markup, Shape, SimpleTable, Tone, banner, changed, facts,
    html, number, titled,
};
use serde_json::Value;

use crate::finance::amount;
use crate::page::{PageCx, text, version};
use crate::show::{rows, sentence, yes};

/// The four groups of a batch: field, label, and its group in the report.
const GROUPS: [(&str, &str); 4] =
    [("new", "New"), ("known", "Already imported"), ("changed", "Changed"), ("rejected", "Rejected")];

pub(super) fn report(batch: &Value) -> &Value {
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

/// The control total that was typed, in the currency of what was read.
pub(super) fn control_total(batch: &Value) -> String {
    let typed = text(batch, "control_total");
    let read = amount(batch, "total").and_then(|total| Money::parse(typed, total.currency()).ok());
    read.map_or_else(|| typed.to_owned(), |money| money.spoken())
}

/// The file's total against the control total.
pub(super) fn total(batch: &Value) -> Markup {
    let totals = rows(report(batch), "totals");
    if totals.is_empty() {
        return html! {};
    }
    let (read, control) = (says(totals), control_total(batch));
    let formats = format!("/records/batches/{}/formats", text(batch, "batch"));
    match (control.as_str(), text(report(batch), "difference")) {
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
                "The file adds up to " b { (read) } ", as the control total of " (control) " says."
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
            section { ul { @for note in notes { li { (note_of(note.as_str().unwrap_or_default())) } } } }
        }
    }
}

/// A note as a sentence; the batches it names can be opened.
fn note_of(note: &str) -> Markup {
    let is_batch = |word: &str| word.strip_prefix("B-").is_some_and(|number| number.parse::<u32>().is_ok());
    html! {
        @for (place, word) in sentence(note).split(' ').enumerate() {
            @if place > 0 { " " }
            @if is_batch(word) { a href={ "/records/batches/" (word) } { (word) } } @else { (word) }
        }
    }
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

/// Whether any line could be written: what is there already only where it may be there once more.
pub(super) fn anything(batch: &Value) -> bool {
    ["new", "changed"].into_iter().any(|group| lines(batch, group) > 0)
        || (lines(batch, "known") > 0 && !yes(batch, "once"))
}

/// What becomes of each group that has lines, and the button that writes.
pub(super) fn write(page: &PageCx, batch: &Value) -> Form {
    let at = format!("/records/batches/{}", text(batch, "batch"));
    let mut form = page.form(format!("{at}/write"), version(batch));
    for (key, label, choices) in choices(yes(batch, "once")) {
        // Where there is one thing to do with them, nothing is asked.
        if lines(batch, key) > 0 && choices.len() > 1 {
            let first = choices.first().map_or(String::new(), |choice| choice.value.clone());
            let label = format!("{label} ({})", lines(batch, key));
            form = form.field(Field::radios(key, &label, choices).value(page.answers.or(key, &first)));
        }
    }
    let import = match lines(batch, "new") {
        0 => "Import what is chosen".to_owned(),
        new => format!("Import {}", number::counted(new, "new line", "new lines")),
    };
    form.submit(import).cancel(format!("{at}/formats"))
}

/// What can become of each group; a record, which is there once, is not added once more.
fn choices(once: bool) -> [(&'static str, &'static str, Vec<Choice>); 3] {
    let skip = || Choice::new("skip", "leave as they are");
    let mut known = vec![skip()];
    let mut changed = vec![skip(), Choice::new("replace", "take the new values")];
    if !once {
        known.push(Choice::new("add", "add once more"));
        changed.push(Choice::new("add", "add beside the old"));
    }
    [
        ("new", "New lines", vec![Choice::new("add", "add"), Choice::new("skip", "leave out")]),
        ("known", "Lines already imported", known),
        ("changed", "Changed lines", changed),
    ]
}
