//! A small table inside a page: cells of any markup, groups with subtotals, a total row.

use maud::{Markup, Render, html};

use crate::figure::Figure;
use crate::number::ZERO;

/// A heading of a column.
#[derive(Clone, Default)]
pub struct Head {
    /// Words; units belong here, not in cells.
    pub label: String,
    /// Figures: right-aligned.
    pub figure: bool,
    /// Left away on a phone.
    pub wide_only: bool,
}

impl Head {
    /// A column of words.
    pub fn words(label: impl Into<String>) -> Head {
        Head { label: label.into(), ..Head::default() }
    }

    /// A column of figures.
    pub fn figures(label: impl Into<String>) -> Head {
        Head { label: label.into(), figure: true, wide_only: false }
    }

    /// Left away on a phone.
    pub fn wide_only(self) -> Head {
        Head { wide_only: true, ..self }
    }
}

/// What one cell holds.
#[derive(Clone)]
pub struct Cell {
    /// Its content.
    pub content: Markup,
    /// A second, quieter line.
    pub below: Option<Markup>,
}

impl Cell {
    /// Any markup.
    pub fn new(content: Markup) -> Cell {
        Cell { content, below: None }
    }

    /// Words.
    pub fn words(words: impl Into<String>) -> Cell {
        let words: String = words.into();
        Cell::new(html! { (words) })
    }

    /// A link.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Cell {
        let (label, href): (String, String) = (label.into(), href.into());
        Cell::new(html! { a href=(href) { (label) } })
    }

    /// A figure.
    pub fn figure(figure: Figure) -> Cell {
        Cell::new(figure.render())
    }

    /// Nought.
    pub fn zero() -> Cell {
        Cell::words(ZERO)
    }

    /// Not applicable: blank, and said so to who cannot see it.
    pub fn blank() -> Cell {
        Cell::new(html! { span .hidden { "not applicable" } })
    }

    /// With a second, quieter line.
    pub fn below(self, below: Markup) -> Cell {
        Cell { below: Some(below), ..self }
    }
}

impl From<Figure> for Cell {
    fn from(figure: Figure) -> Cell {
        Cell::figure(figure)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Cell {
        Cell::words(words)
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Cell {
        Cell::words(words)
    }
}

impl From<Markup> for Cell {
    fn from(content: Markup) -> Cell {
        Cell::new(content)
    }
}

/// A row of a table.
#[derive(Clone)]
pub enum Row {
    /// Cells in order; the first names the row.
    Cells(Vec<Cell>),
    /// The same, filled: the one decided, focused or opened.
    Chosen(Vec<Cell>),
    /// A group's heading.
    Group(Markup),
    /// A group's sum.
    Subtotal(Vec<Cell>),
    /// The whole width, as a trace opened under its row.
    Panel(Markup),
    /// The sum of all.
    Total(Vec<Cell>),
}

/// A small table.
#[derive(Clone, Default)]
pub struct SimpleTable {
    /// What the table shows, with its unit.
    pub caption: String,
    /// Whether the caption is read only by machines, because a heading says it already.
    pub caption_hidden: bool,
    /// A quieter line under the caption: unit, source, date.
    pub unit: Option<Markup>,
    /// Columns.
    pub heads: Vec<Head>,
    /// Rows, a total last.
    pub rows: Vec<Row>,
    /// Rows 26 px apart instead of 33.
    pub dense: bool,
}

impl SimpleTable {
    /// A table with these columns.
    pub fn new(caption: impl Into<String>, heads: Vec<Head>) -> SimpleTable {
        SimpleTable { caption: caption.into(), heads, ..SimpleTable::default() }
    }

    /// Its caption hidden, because a heading above says it.
    pub fn caption_hidden(self) -> SimpleTable {
        SimpleTable { caption_hidden: true, ..self }
    }

    /// With a quieter line under the caption.
    pub fn unit(self, unit: Markup) -> SimpleTable {
        SimpleTable { unit: Some(unit), ..self }
    }

    /// Closer rows.
    pub fn dense(self) -> SimpleTable {
        SimpleTable { dense: true, ..self }
    }

    /// One more row.
    pub fn row(mut self, cells: Vec<Cell>) -> SimpleTable {
        self.rows.push(Row::Cells(cells));
        self
    }

    /// One more row of any kind.
    pub fn push(mut self, row: Row) -> SimpleTable {
        self.rows.push(row);
        self
    }

    /// The sum of all.
    pub fn total(self, cells: Vec<Cell>) -> SimpleTable {
        self.push(Row::Total(cells))
    }

    fn class_of(&self, column: usize) -> &'static str {
        match self.heads.get(column) {
            Some(Head { figure: true, wide_only: true, .. }) => "r wide",
            Some(Head { figure: true, .. }) => "r",
            Some(Head { wide_only: true, .. }) => "wide",
            _ => "",
        }
    }

    fn cells(&self, cells: &[Cell]) -> Markup {
        html! {
            @for (i, cell) in cells.iter().enumerate() {
                @let inside = html! { (cell.content) @if let Some(below) = &cell.below { span .below { (below) } } };
                @let class = Some(self.class_of(i)).filter(|class| !class.is_empty());
                @if i == 0 { th scope="row" class=[class] { (inside) } } @else { td class=[class] { (inside) } }
            }
        }
    }

    fn row_markup(&self, row: &Row) -> Markup {
        let across = self.heads.len();
        match row {
            Row::Cells(cells) => html! { tr { (self.cells(cells)) } },
            Row::Chosen(cells) => html! { tr .chosen { (self.cells(cells)) } },
            Row::Subtotal(cells) => html! { tr .subtotal { (self.cells(cells)) } },
            Row::Total(cells) => html! { tr .total { (self.cells(cells)) } },
            Row::Group(words) => html! { tr .group { th scope="rowgroup" colspan=(across) { (words) } } },
            Row::Panel(panel) => html! { tr .panel { td colspan=(across) { (panel) } } },
        }
    }
}

impl Render for SimpleTable {
    fn render(&self) -> Markup {
        html! {
            div .scroll tabindex="0" role="region" aria-label=(self.caption) {
                table .table .dense[self.dense] {
                    caption .hidden[self.caption_hidden] { (self.caption) }
                    @if !self.heads.is_empty() {
                        thead {
                            tr {
                                @for (i, head) in self.heads.iter().enumerate() {
                                    @let class = Some(self.class_of(i)).filter(|class| !class.is_empty());
                                    th scope="col" class=[class] { (head.label) }
                                }
                            }
                        }
                    }
                    tbody { @for row in &self.rows { (self.row_markup(row)) } }
                }
            }
        }
    }
}

/// A region that scrolls by itself, so that the page never does; reached and moved by the keyboard.
pub(crate) fn scrolled(label: &str, inside: Markup) -> Markup {
    html! { div .scroll tabindex="0" role="region" aria-label=(label) { (inside) } }
}

/// The table under its own heading and unit line.
pub fn titled(table: &SimpleTable) -> Markup {
    html! {
        section .titled {
            h2 { (table.caption) }
            @if let Some(unit) = &table.unit { p .unit-line { (unit) } }
            (table.clone().caption_hidden())
        }
    }
}
