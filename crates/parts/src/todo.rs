//! What needs the reader: a verb and its object as one link, why, until when, what is at stake, one
//! button and one link. Stakes of different kinds are never summed.

use maud::{Markup, html};

use crate::page_head::HeadAction;
use crate::simple_table::scrolled;

/// Rows under one heading: by date.
#[derive(Clone, Default)]
pub struct TodoGroup {
    /// `Late or due by Monday`
    pub label: String,
    /// The rows.
    pub rows: Vec<TodoRow>,
}

/// One thing to do.
#[derive(Clone, Default)]
pub struct TodoRow {
    /// The verb, in strong words: `Accept`.
    pub verb: String,
    /// Of what: `the August statement`.
    pub object: String,
    /// Where it is done.
    pub href: String,
    /// One line of context.
    pub context: Option<Markup>,
    /// Until when: `Wed 30 Sep`.
    pub due: String,
    /// `in 3 days`, or a state: late.
    pub due_note: Option<Markup>,
    /// What is at stake: a figure.
    pub stake: Option<Markup>,
    /// What kind of stake: `contractors, adverse`.
    pub stake_note: String,
    /// The button.
    pub action: Option<HeadAction>,
    /// The link beside it.
    pub link: Option<(String, String)>,
    /// Filled: the one to begin with.
    pub focused: bool,
}

/// The groups as one table; `keys` adds the line that says which keys move in it.
pub fn todo_list(groups: &[TodoGroup], keys: bool) -> Markup {
    let table = html! {
        table .table .todo {
            caption .hidden { "To do" }
            thead {
                tr {
                    th scope="col" { "To do" }
                    th scope="col" { "Due" }
                    th .r scope="col" { "At stake" }
                    th scope="col" colspan="2" { span .hidden { "Actions" } }
                }
            }
            @for group in groups {
                tbody {
                    tr .group {
                        th scope="rowgroup" colspan="5" { (group.label) " " span .count { (group.rows.len()) } }
                    }
                    @for row in &group.rows { (todo_row(row)) }
                }
            }
        }
    };
    html! {
        (scrolled("To do", table))
        @if keys {
            p .keys-line {
                kbd { "j" } " " kbd { "k" } " move " kbd { "e" } " act "
                kbd { "Enter" } " open " kbd { "?" } " all keys"
            }
        }
    }
}

fn todo_row(row: &TodoRow) -> Markup {
    html! {
        tr data-row .at[row.focused] {
            th scope="row" {
                a .object href=(row.href) { b { (row.verb) } " " (row.object) }
                @if let Some(context) = &row.context { span .below { (context) } }
            }
            td .due { (row.due) @if let Some(note) = &row.due_note { span .below { (note) } } }
            td .r .stake {
                @if let Some(stake) = &row.stake { (stake) }
                @if !row.stake_note.is_empty() { span .below { (row.stake_note) } }
            }
            td .act { @if let Some(action) = &row.action { (action.button()) } }
            td .other { @if let Some((label, href)) = &row.link { a href=(href) { (label) } } }
        }
    }
}
