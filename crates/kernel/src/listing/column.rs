//! What a column of a list is.

use serde::Serialize;

/// What a column holds; decides alignment, format, file cell type and how a filter reads. JSON says it in small
/// letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words.
    Text,
    /// A code that must stay text in a spreadsheet: `0001`.
    Code,
    /// A state word of `screens.md` 3.11.
    State,
    /// Money in the currency the row's value carries.
    Money,
    /// A quantity of some unit.
    Quantity,
    /// An exact decimal: unit prices, exchange rates.
    Decimal,
    /// A share or change, as an exact decimal fraction: 0.027 is 2.7 %.
    Percent,
    /// A whole number of things.
    Count,
    /// A day, ISO in files.
    Date,
    /// A moment, UTC, ISO in files.
    Time,
    /// A fiscal period, `2026-09` in files.
    Period,
    /// Yes or no.
    Bool,
}

impl Kind {
    /// Whether it stands right-aligned in tabular figures.
    pub const fn is_figure(self) -> bool {
        matches!(self, Kind::Money | Kind::Quantity | Kind::Decimal | Kind::Percent | Kind::Count)
    }
}

/// One column of a list.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name in JSON, CSV, filters and sort: the domain's word.
    pub key: &'static str,
    /// Heading on the page.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether the total row sums it.
    pub sum: bool,
    /// Where the cell leads: a template over column keys, `/services/{key}`.
    pub link: Option<&'static str>,
    /// Only there for links, filters and files, not on the page.
    pub hidden: bool,
    /// A missing value says that it does not apply, not that nobody knows it.
    pub may_not_apply: bool,
    /// What the base query yields beside words that are not in order by their letters: sorted by it instead.
    pub rank: Option<&'static str>,
    /// All the words there can be in it; none where it is not known beforehand what may stand there.
    pub words: Vec<&'static str>,
}

impl Column {
    /// A plain column.
    pub const fn new(key: &'static str, label: &'static str, kind: Kind) -> Column {
        Column {
            key,
            label,
            kind,
            sum: false,
            link: None,
            hidden: false,
            may_not_apply: false,
            rank: None,
            words: Vec::new(),
        }
    }

    /// Summed in the total row.
    pub fn summed(self) -> Column {
        Column { sum: true, ..self }
    }

    /// Leads to `template`, whose `{key}` blanks are filled from the row.
    pub fn linked(self, template: &'static str) -> Column {
        Column { link: Some(template), ..self }
    }

    /// Kept off the page.
    pub fn hidden(self) -> Column {
        Column { hidden: true, ..self }
    }

    /// Sorted by `rank` of the base query, not by its letters.
    pub fn ranked(self, rank: &'static str) -> Column {
        Column { rank: Some(rank), ..self }
    }

    /// Holds one of `words` or nothing: those of the domain's own type.
    pub fn of(self, words: impl IntoIterator<Item = &'static str>) -> Column {
        Column { words: words.into_iter().collect(), ..self }
    }

    /// Whether `word` may stand in it, as far as that is known; without case.
    pub fn may_be(&self, word: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|known| known.eq_ignore_ascii_case(word))
    }
}
