//! What is asked about a file and not answered yet, and where each question is answered.

use parts::{Markup, html};
use serde_json::Value;

use crate::page::text;
use crate::show::rows;

/// Everything that is asked.
fn questions(batch: &Value) -> &[Value] {
    batch.get("report").map_or(&[], |report| rows(report, "questions"))
}

/// Whether nothing is written without its answer.
fn must(question: &Value) -> bool {
    question.get("must_answer") == Some(&Value::Bool(true))
}

/// Questions without whose answer nothing is written.
pub(super) fn open(batch: &Value) -> Vec<&Value> {
    questions(batch).iter().filter(|question| must(question)).collect()
}

/// The question about `setting`, if one is open.
pub(super) fn about<'b>(batch: &'b Value, setting: &str) -> Option<&'b Value> {
    questions(batch).iter().find(|question| text(question, "setting") == setting)
}

/// Whether the question about `setting` must be answered.
pub(super) fn must_be_said(batch: &Value, setting: &str) -> bool {
    about(batch, setting).is_some_and(must)
}

/// Whether a question about that setting is answered on the page of columns, not on that of formats.
pub(super) fn by_columns(setting: &str) -> bool {
    matches!(setting, "columns" | "sheet" | "period")
}

/// All that is asked, for the step `here`; what another step answers leads there.
pub(super) fn list(batch: &Value, here: &str) -> Markup {
    let asked = questions(batch);
    let at = format!("/records/batches/{}", text(batch, "batch"));
    let step = |question: &Value| if by_columns(text(question, "setting")) { "columns" } else { "formats" };
    html! {
        @if !asked.is_empty() {
            section {
                h2 { "What is asked about this file" }
                ul {
                    @for question in asked {
                        li {
                            (text(question, "asks"))
                            @if must(question) { " " b { "Nothing is written before it is answered." } }
                            @if step(question) != here { " " a href={ (at) "/" (step(question)) } { "Answer" } }
                        }
                    }
                }
            }
        }
    }
}
