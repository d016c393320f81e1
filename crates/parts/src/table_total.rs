//! The total of a list, and the columns it stands in: figures at the right, some left away on a phone.

use kernel::listing::{Column, Kind};
use maud::{Markup, html};

use crate::figure::Figure;
use crate::number;
use crate::table::ListPage;

impl ListPage<'_> {
    fn is_wide(&self, column: &Column) -> bool {
        self.wide_only.contains(&column.key)
    }

    /// Figures stand at the right.
    pub(crate) fn figure_class(&self, column: &Column) -> Option<&'static str> {
        match (column.kind.is_figure(), self.is_wide(column)) {
            (true, true) => Some("r wide"),
            (true, false) => Some("r"),
            (false, true) => Some("wide"),
            (false, false) => None,
        }
    }

    /// A key is never broken, so that `B-0065` stays one word.
    pub(crate) fn class_of(&self, column: &Column) -> Option<&'static str> {
        match (column.kind, self.is_wide(column)) {
            (Kind::Code, true) => Some("code wide"),
            (Kind::Code, false) => Some("code"),
            _ => self.figure_class(column),
        }
    }

    /// The total of all rows that match. The label takes the columns before the first sum; those left away on a
    /// phone stand for themselves, or the sums would stand under other columns there.
    pub(crate) fn total_row(&self) -> Markup {
        let visible: Vec<(usize, &Column)> = self.columns().collect();
        let total = |i: usize| self.listing.totals.get(i).and_then(Option::as_ref);
        let before = visible.iter().take_while(|(i, _)| total(*i).is_none()).count().max(1);
        let wide = visible.iter().take(before).skip(1).filter(|(_, column)| self.is_wide(column)).count();
        let label = before - wide;
        html! {
            tr .total {
                th scope="row" colspan=[(label > 1).then_some(label)] { (self.count_words()) }
                @for _ in 0..wide { td .wide {} }
                @for (i, column) in visible.iter().skip(before) {
                    td class=[self.figure_class(column)] {
                        @if let Some(sum) = total(*i) { (Figure::sum(sum.clone(), column.key, self.all_rows()).strong()) }
                    }
                }
            }
        }
    }

    fn count_words(&self) -> String {
        number::counted(self.listing.count, &self.rows_named.0, &self.rows_named.1)
    }
}
