//! A list as a page shows it: filters, sorting, totals on top and at the bottom, a pager and the same rows as
//! files. Everything is a link or a GET form, so that any view can be sent by mail.

use kernel::listing::{Asked, Column, Kind, Listing, Sort, Value};
use maud::{Markup, Render, html};

use crate::empty::{Empty, empty};
use crate::figure::cell_figure;
use crate::number;
use crate::query::query;
use crate::shape::{Shape, shape};
use crate::state::{Thing, state};
use crate::table_bars::FilterControl;
use crate::table_phone::left_away;

/// A list with what its page adds.
#[derive(Clone)]
pub struct ListPage<'a> {
    /// The rows, columns, totals and what was asked.
    pub listing: &'a Listing,
    /// Its address without a query: `/services`.
    pub path: String,
    /// Where its files are, without ending: `.csv`, `.xlsx`, `.json` and the query are added.
    pub files: String,
    /// Columns to filter by.
    pub filters: Vec<FilterControl>,
    /// What rows are called: one, many.
    pub rows_named: (String, String),
    /// Currency and scale of the amounts, said in the caption: `€`.
    pub unit: Option<String>,
    /// Parameters of the page itself that every link keeps: name and value.
    pub keep: Vec<(String, String)>,
    /// What stands there if there are no rows at all.
    pub empty: Empty,
    /// Whose states are shown, where the list's name does not say it.
    pub thing: Option<Thing>,
    /// Whether the heading is read only by machines, because the page's own says it.
    pub heading_hidden: bool,
    /// Columns left away on a phone until all are asked for, so that the figure is seen; never the first.
    pub wide_only: Vec<&'static str>,
}

impl<'a> ListPage<'a> {
    /// The list at `path`, its rows named after the listing.
    pub fn new(listing: &'a Listing, path: impl Into<String>) -> ListPage<'a> {
        let path: String = path.into();
        let one = listing.name.replace(['_', '-'], " ");
        ListPage {
            listing,
            files: path.clone(),
            path,
            filters: Vec::new(),
            rows_named: (one.clone(), format!("{one}s")),
            unit: None,
            keep: Vec::new(),
            empty: Empty::new(format!("There is no {one} yet.")),
            thing: None,
            heading_hidden: false,
            wide_only: left_away(listing),
        }
    }

    /// One more filter.
    pub fn filter(mut self, filter: FilterControl) -> ListPage<'a> {
        self.filters.push(filter);
        self
    }

    /// What its rows are called.
    pub fn rows_named(self, one: &str, many: &str) -> ListPage<'a> {
        ListPage { rows_named: (one.to_owned(), many.to_owned()), ..self }
    }

    /// The unit of its amounts.
    pub fn unit(self, unit: &str) -> ListPage<'a> {
        ListPage { unit: Some(unit.to_owned()), ..self }
    }

    /// All that a phone has room for: the first column and the figure asked for are among them.
    pub fn on_phone(self, kept: &[&str]) -> ListPage<'a> {
        let keys = self.listing.columns.iter().map(|column| column.key);
        ListPage { wide_only: keys.filter(|key| !kept.contains(key)).collect(), ..self }
    }

    /// What stands there if there are no rows at all.
    pub fn empty(self, empty: Empty) -> ListPage<'a> {
        ListPage { empty, ..self }
    }

    /// Keeps the past day the page is shown as of; nothing where it is shown as today.
    #[must_use]
    pub fn keep_day(self, day: &str) -> ListPage<'a> {
        if day.is_empty() { self } else { self.keep("as_of", day) }
    }

    /// A parameter of the page that every link keeps.
    pub fn keep(mut self, name: &str, value: impl Into<String>) -> ListPage<'a> {
        self.keep.push((name.to_owned(), value.into()));
        self
    }

    /// The address of this list asked otherwise.
    pub(crate) fn address(&self, asked: &Asked) -> String {
        format!("{}{}", self.path, query(asked, &self.keep))
    }

    /// Its whole result on one page: what a total links to.
    pub(crate) fn all_rows(&self) -> String {
        self.address(&Asked { page: 1, per: None, ..self.listing.asked.clone() })
    }

    pub(crate) fn is_filtered(&self) -> bool {
        self.listing.asked.search.is_some() || !self.listing.asked.filters.is_empty()
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.listing.columns.iter().enumerate().filter(|(_, column)| !column.hidden)
    }

    /// Only they have a unit to say.
    fn has_amounts(&self) -> bool {
        self.columns().any(|(_, column)| matches!(column.kind, Kind::Money | Kind::Decimal))
    }

    fn has_totals(&self) -> bool {
        self.listing.totals.iter().any(Option::is_some)
    }

    fn head(&self) -> Markup {
        let sort = self.listing.asked.sort.as_ref();
        html! {
            thead {
                tr {
                    @for (_, column) in self.columns() {
                        @let now = sort.filter(|sort| sort.column == column.key);
                        @let descending = now.map_or(column.kind.is_figure(), |sort| !sort.descending);
                        @let next = Sort { column: column.key.to_owned(), descending };
                        @let href = self.address(&Asked { sort: Some(next), page: 1, ..self.listing.asked.clone() });
                        @let order = now.map(|sort| if sort.descending { "descending" } else { "ascending" });
                        th scope="col" class=[self.figure_class(column)] aria-sort=[order] {
                            a .sort href=(href) {
                                (column.label)
                                @if let Some(sort) = now {
                                    " " (shape(if sort.descending { Shape::TriangleDown } else { Shape::Triangle }))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn row(&self, row: &[Value]) -> Markup {
        html! {
            tr {
                @for (place, (i, column)) in self.columns().enumerate() {
                    @let inside = self.cell(column, &row[i], row);
                    @let class = self.class_of(column);
                    @if place == 0 { th scope="row" class=[class] { (inside) } }
                    @else { td class=[class] { (inside) } }
                }
            }
        }
    }

    /// Whose states its words are.
    pub(crate) fn things(&self) -> Thing {
        self.thing.unwrap_or_else(|| Thing::of(self.listing.name))
    }

    fn cell(&self, column: &Column, value: &Value, row: &[Value]) -> Markup {
        // What is not there leads nowhere.
        let template = column.link.filter(|_| *value != Value::Unknown);
        let href = template.and_then(|template| self.listing.link(template, row));
        match (column.kind, value) {
            (_, Value::Unknown) if column.may_not_apply => html! { span .hidden { "does not apply" } },
            // Of this row alone: a service that has ended has no cost, of another nobody knows it.
            (kind, Value::Text(text)) if kind.is_figure() && text.is_empty() => {
                html! { span .hidden { "does not apply" } }
            }
            (Kind::Bool, Value::Unknown) => html! { span .nk title="no data" { (number::UNKNOWN) } },
            (Kind::State, Value::Text(word)) => {
                let word = state(self.things(), word);
                html! { @if let Some(href) = href { a .quiet href=(href) { (word) } } @else { (word) } }
            }
            (kind, value) if kind.is_figure() => cell_figure(value, kind, href).render(),
            (kind, value) => {
                let words = number::cell(value, kind);
                html! { @if let Some(href) = href { a href=(href) { (words) } } @else { (words) } }
            }
        }
    }
}

impl Render for ListPage<'_> {
    fn render(&self) -> Markup {
        let unit = self.unit.as_ref().filter(|_| self.has_amounts());
        let caption = match unit {
            Some(unit) => format!("{}, {unit}", self.listing.caption),
            None => self.listing.caption.clone(),
        };
        html! {
            section .list data-list {
                @if !self.heading_hidden { h2 { (self.listing.caption) } }
                @if let Some(unit) = unit { p .unit-line { "Amounts in " (unit) } }
                @if self.listing.count == 0 && !self.is_filtered() {
                    (empty(&self.empty))
                } @else {
                    (self.filter_bar())
                    @if self.listing.rows.is_empty() {
                        div .empty {
                            p { "No " (self.rows_named.0) " matches." }
                            a .btn href={ (self.path) (query(&Asked { per: Some(50), ..Asked::default() }, &self.keep)) }
                                { "Show all" }
                        }
                    } @else {
                        div .scroll tabindex="0" role="region" aria-label=(caption) {
                            table .table .sticky-total[self.has_totals()] {
                                caption .hidden { (caption) }
                                (self.head())
                                @if self.has_totals() { tbody .top-total { (self.total_row()) } }
                                tbody { @for row in &self.listing.rows { (self.row(row)) } }
                                @if self.has_totals() { tfoot { (self.total_row()) } }
                            }
                        }
                        (self.pager())
                    }
                }
            }
        }
    }
}
