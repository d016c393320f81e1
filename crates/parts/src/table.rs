//! A list as a page shows it: filters, sorting, totals on top and at the bottom, a pager and the
//! same rows as files. Everything is a link or a GET form, so that any view can be sent by mail.

use kernel::listing::{Asked, Column, Kind, Listing, Sort, Value};
use maud::{Markup, Render, html};

use crate::empty::{Empty, empty};
use crate::field::Choice;
use crate::figure::{Figure, cell_figure};
use crate::number;
use crate::query::{pairs, query};
use crate::shape::{Shape, shape};
use crate::state::{Thing, state};

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
}

/// A column to filter by: a choice, or a box to type in.
#[derive(Clone, Default)]
pub struct FilterControl {
    /// Column key.
    pub column: String,
    /// What it is called.
    pub label: String,
    /// What there is to choose; none for a box.
    pub choices: Vec<Choice>,
}

impl FilterControl {
    /// A choice among `choices`.
    pub fn select(column: &str, label: &str, choices: Vec<Choice>) -> FilterControl {
        FilterControl { column: column.to_owned(), label: label.to_owned(), choices }
    }

    /// A box.
    pub fn typed(column: &str, label: &str) -> FilterControl {
        FilterControl::select(column, label, Vec::new())
    }
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

    /// What stands there if there are no rows at all.
    pub fn empty(self, empty: Empty) -> ListPage<'a> {
        ListPage { empty, ..self }
    }

    /// A parameter of the page that every link keeps.
    pub fn keep(mut self, name: &str, value: impl Into<String>) -> ListPage<'a> {
        self.keep.push((name.to_owned(), value.into()));
        self
    }

    /// The address of this list asked otherwise.
    fn address(&self, asked: &Asked) -> String {
        format!("{}{}", self.path, query(asked, &self.keep))
    }

    /// Its whole result on one page: what a total links to.
    fn all_rows(&self) -> String {
        self.address(&Asked { page: 1, per: None, ..self.listing.asked.clone() })
    }

    fn is_filtered(&self) -> bool {
        self.listing.asked.search.is_some() || !self.listing.asked.filters.is_empty()
    }

    fn columns(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.listing.columns.iter().enumerate().filter(|(_, column)| !column.hidden)
    }

    fn has_totals(&self) -> bool {
        self.listing.totals.iter().any(Option::is_some)
    }

    fn filter_bar(&self) -> Markup {
        let asked = &self.listing.asked;
        let now =
            |column: &str| asked.filters.iter().find(|f| f.column == column).map_or("", |f| f.value.as_str());
        let named = |column: &str| self.filters.iter().any(|control| control.column == column);
        let unnamed = Asked {
            filters: asked.filters.iter().filter(|filter| !named(&filter.column)).cloned().collect(),
            search: None,
            page: 1,
            ..asked.clone()
        };
        html! {
            form .filters method="get" action=(self.path) role="search" aria-label="Filter" {
                @for (name, value) in pairs(&unnamed, &self.keep) {
                    input type="hidden" name=(name) value=(value);
                }
                div .filter {
                    label for="list-q" { "Find" }
                    input #list-q type="search" name="q" value=(asked.search.as_deref().unwrap_or_default());
                }
                @for control in &self.filters {
                    @let id = format!("by-{}", control.column);
                    div .filter {
                        label for=(id) { (control.label) }
                        @if control.choices.is_empty() {
                            input id=(id) type="text" name=(control.column) value=(now(&control.column));
                        } @else {
                            select id=(id) name=(control.column) {
                                option value="" { "all" }
                                @for choice in &control.choices {
                                    option value=(choice.value) selected[choice.value == now(&control.column)]
                                        { (choice.label) }
                                }
                            }
                        }
                    }
                }
                button .btn type="submit" { "Filter" }
                @if self.is_filtered() {
                    a href={ (self.path) (query(&Asked { per: Some(50), ..Asked::default() }, &self.keep)) } { "Clear" }
                }
            }
        }
    }

    fn exports(&self) -> Markup {
        let all = query(&Asked { page: 1, per: None, ..self.listing.asked.clone() }, &self.keep);
        html! {
            p .exports {
                "Download " @for (i, (ending, label)) in [("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON")].iter().enumerate() {
                    @if i > 0 { " " }
                    a href={ (self.files) "." (ending) (all) } download { (label) }
                }
            }
        }
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
                        th scope="col" class=[column.kind.is_figure().then_some("r")] aria-sort=[order] {
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
                    @let class = column.kind.is_figure().then_some("r");
                    @if place == 0 { th scope="row" class=[class] { (inside) } }
                    @else { td class=[class] { (inside) } }
                }
            }
        }
    }

    fn cell(&self, column: &Column, value: &Value, row: &[Value]) -> Markup {
        let href = column.link.and_then(|template| self.listing.link(template, row));
        let thing = self.thing.unwrap_or_else(|| Thing::of(self.listing.name));
        match (column.kind, value) {
            (_, Value::Unknown) => html! { span .nk title="no data" { (number::UNKNOWN) } },
            (Kind::State, Value::Text(word)) => match href {
                Some(href) => html! { a .quiet href=(href) { (state(thing, word)) } },
                None => state(thing, word),
            },
            (kind, value) if kind.is_figure() => cell_figure(value, kind, href).render(),
            (kind, value) => {
                let words = number::cell(value, kind);
                html! { @if let Some(href) = href { a href=(href) { (words) } } @else { (words) } }
            }
        }
    }

    /// The total of all rows that match. The label takes the columns before the first sum.
    fn total_row(&self) -> Markup {
        let visible: Vec<(usize, &Column)> = self.columns().collect();
        let total = |i: usize| self.listing.totals.get(i).and_then(Option::as_ref);
        let before = visible.iter().take_while(|(i, _)| total(*i).is_none()).count().max(1);
        html! {
            tr .total {
                th scope="row" colspan=[(before > 1).then_some(before)] { (self.count_words()) }
                @for (i, column) in visible.iter().skip(before) {
                    td class=[column.kind.is_figure().then_some("r")] {
                        @if let Some(sum) = total(*i) { (Figure::sum(sum.clone(), column.key, self.all_rows()).strong()) }
                    }
                }
            }
        }
    }

    fn count_words(&self) -> String {
        number::counted(self.listing.count, &self.rows_named.0, &self.rows_named.1)
    }

    fn pager(&self) -> Markup {
        let asked = &self.listing.asked;
        let per = asked.per.map_or(self.listing.count.max(1), i64::from);
        let (page, pages) = (
            i64::from(asked.page.max(1)),
            self.listing.count.div_euclid(per) + i64::from(self.listing.count.rem_euclid(per) > 0),
        );
        let first = (page - 1) * per + 1;
        let last = first - 1 + i64::try_from(self.listing.rows.len()).unwrap_or(0);
        let at = |page: u32| self.address(&Asked { page, ..asked.clone() });
        html! {
            div .pager {
                p .count {
                    @if pages > 1 { (first) "–" (last) " of " }
                    (Figure::count(self.listing.count, self.all_rows()).spoken())
                    " " (if self.listing.count == 1 { &self.rows_named.0 } else { &self.rows_named.1 })
                    @if self.is_filtered() { " that match" }
                }
                @if pages > 1 {
                    nav aria-label="Pages" {
                        @if page > 1 { a href=(at(asked.page - 1)) rel="prev" { "Previous" } }
                        span { "Page " (page) " of " (pages) }
                        @if page < pages { a href=(at(asked.page.max(1) + 1)) rel="next" { "Next" } }
                    }
                }
                @if self.listing.count > 50 {
                    p .per {
                        "Rows "
                        @for per in [50, 100, 500] {
                            a href=(self.address(&Asked { per: Some(per), page: 1, ..asked.clone() }))
                                aria-current=[(asked.per == Some(per)).then_some("true")] { (per) }
                            " "
                        }
                    }
                }
                (self.exports())
            }
        }
    }
}

impl Render for ListPage<'_> {
    fn render(&self) -> Markup {
        let caption = match &self.unit {
            Some(unit) => format!("{}, {unit}", self.listing.caption),
            None => self.listing.caption.clone(),
        };
        html! {
            section .list data-list {
                @if !self.heading_hidden { h2 { (self.listing.caption) } }
                @if let Some(unit) = &self.unit { p .unit-line { "Amounts in " (unit) } }
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
