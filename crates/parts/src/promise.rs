//! Promised against actual: one row per promise, judged by the limits printed beneath.

use maud::{Markup, html};

use crate::simple_table::{Cell, Head, SimpleTable};
use crate::state::{Thing, state};

/// One promise and what became of it.
#[derive(Clone)]
pub struct PromiseRow {
    /// What was promised: `New revenue`.
    pub name: String,
    /// Where it is kept.
    pub href: String,
    /// Period and unit: `FY27, €k`.
    pub unit: String,
    /// The figure or date promised.
    pub promised: Markup,
    /// The figure or date now; none if there is no data yet.
    pub now: Option<Markup>,
    /// `actual`, `expected`, or why there is none: `starts at launch`.
    pub basis: String,
    /// The difference with its arrow and sign.
    pub difference: Option<Markup>,
    /// The difference in words: `−16.7 %, adverse`.
    pub said: String,
    /// On track, Watch, Off track, Kept, Broken, Not due, Unknown.
    pub judged: String,
    /// A service's name and address, where rows of several stand together.
    pub service: Option<(String, String)>,
}

/// The rows as a table; `limits` is printed beneath.
pub fn promise_rows(caption: &str, unit: Option<Markup>, rows: &[PromiseRow], limits: Markup) -> Markup {
    let with_service = rows.iter().any(|row| row.service.is_some());
    let mut heads = vec![
        Head::words("Promise"),
        Head::figures("Promised"),
        Head::figures("Now"),
        Head::figures("Difference"),
        Head::words("Judged"),
    ];
    if with_service {
        heads.insert(1, Head::words("Service"));
    }
    let mut table = SimpleTable { unit, ..SimpleTable::new(caption, heads) };
    for row in rows {
        let mut cells = vec![
            Cell::link(&row.name, &row.href).below(html! { (row.unit) }),
            Cell::new(row.promised.clone()),
            now(row),
            row.difference.clone().map_or_else(|| Cell::words(""), Cell::new).below(html! { (row.said) }),
            Cell::new(state(Thing::Promise, &row.judged)),
        ];
        if with_service {
            let cell = row.service.as_ref().map_or_else(Cell::blank, |(name, href)| Cell::link(name, href));
            cells.insert(1, cell);
        }
        table = table.row(cells);
    }
    html! { div { (crate::simple_table::titled(&table)) p .after-table { (limits) } } }
}

fn now(row: &PromiseRow) -> Cell {
    match &row.now {
        Some(now) => Cell::new(now.clone()).below(html! { (row.basis) }),
        None => Cell::new(html! { span .below { "no data yet" } }).below(html! { (row.basis) }),
    }
}
