//! A record's fields: key and value in two columns, hairlines between.

use maud::{Markup, html};

/// The fields of a record in order; a value may hold links and figures.
pub fn summary_list(rows: &[(&str, Markup)]) -> Markup {
    html! {
        dl .summary {
            @for (key, value) in rows { div { dt { (key) } dd { (value) } } }
        }
    }
}

/// Several values under each other within one field.
pub fn lines(lines: &[Markup]) -> Markup {
    html! { @for line in lines { span .line { (line) } } }
}
