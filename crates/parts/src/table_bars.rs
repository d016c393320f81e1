//! What stands above and below the rows of a list: filters, and pages and files.

use kernel::listing::{Asked, Column, Compare, Filter};
use maud::{Markup, html};

use crate::field::Choice;
use crate::figure::Figure;
use crate::query::{condition, pairs, query};
use crate::state::{State, Thing};
use crate::table::ListPage;

/// A column to filter by: a choice, or a box to type in.
#[derive(Clone, Default)]
pub struct FilterControl {
    /// Column key.
    pub column: String,
    /// What it is called.
    pub label: String,
    /// What there is to choose; where there is none the column's own words, or a box where it has none either.
    pub choices: Vec<Choice>,
    /// What may be typed into a box: `>10000`.
    pub example: &'static str,
}

impl FilterControl {
    /// A choice among `choices`.
    pub fn select(column: &str, label: &str, choices: Vec<Choice>) -> FilterControl {
        FilterControl { column: column.to_owned(), label: label.to_owned(), choices, example: "" }
    }

    /// The words of the column; a box where anything may stand in it.
    pub fn typed(column: &str, label: &str) -> FilterControl {
        FilterControl::select(column, label, Vec::new())
    }

    /// A box for figures, of which more or less can be asked for.
    pub fn figures(column: &str, label: &str) -> FilterControl {
        FilterControl { example: ">10000", ..FilterControl::typed(column, label) }
    }

    /// What there is to choose in a column of that list.
    fn offered(&self, columns: &[Column], thing: Thing) -> Vec<Choice> {
        if !self.choices.is_empty() {
            return self.choices.clone();
        }
        let words =
            columns.iter().filter(|column| column.key == self.column).flat_map(|column| &column.words);
        words.map(|word| Choice::new(*word, State::of(thing, word).word)).collect()
    }

    /// A value asked for that is no choice is offered too, so that it is seen and not lost.
    fn input(&self, id: &str, now: &str, choices: &[Choice]) -> Markup {
        let is = |choice: &Choice| choice.value.eq_ignore_ascii_case(now);
        let known = now.is_empty() || choices.iter().any(is);
        html! {
            @if choices.is_empty() {
                @let example = Some(self.example).filter(|example| !example.is_empty());
                input id=(id) type="text" name=(self.column) value=(now) placeholder=[example];
            } @else {
                select id=(id) name=(self.column) {
                    option value="" { "all" }
                    @if !known { option value=(now) selected { (now) } }
                    @for choice in choices {
                        option value=(choice.value) selected[is(choice)] { (choice.label) }
                    }
                }
            }
        }
    }
}

/// Whether a box can say it: that a column is something, or more or less.
fn fits_box(filter: &Filter) -> bool {
    !matches!(filter.compare, Compare::Unequal | Compare::Contains)
}

impl ListPage<'_> {
    /// Search and filters as one GET form that keeps all else that was asked.
    pub(crate) fn filter_bar(&self) -> Markup {
        let asked = &self.listing.asked;
        // A box holds one condition of its column; what no box can say stays as it is.
        let boxed = |column: &str| asked.filters.iter().position(|f| f.column == column && fits_box(f));
        let now = |column: &str| boxed(column).map(|at| condition(&asked.filters[at])).unwrap_or_default();
        let named = |column: &str| self.filters.iter().any(|control| control.column == column);
        let others = (asked.filters.iter().enumerate())
            .filter(|(at, filter)| !named(&filter.column) || boxed(&filter.column) != Some(*at));
        let unnamed = Asked {
            filters: others.map(|(_, filter)| filter.clone()).collect(),
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
                        @let choices = control.offered(&self.listing.columns, self.things());
                        (control.input(&id, &now(&control.column), &choices))
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

    /// Which rows these are, the other pages, how many a page, and the same rows as files.
    pub(crate) fn pager(&self) -> Markup {
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
                    @if self.is_filtered() { (if self.listing.count == 1 { " that matches" } else { " that match" }) }
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
                (self.all_columns())
                (self.exports())
            }
        }
    }
}
