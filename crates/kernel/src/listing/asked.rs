//! What is asked of a list: conditions, order and page, as its URL says them.

/// What somebody asked of a list: in a URL `?state=operational&sort=-cost&page=2&per=50`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Conditions on columns, all of which must hold.
    pub filters: Vec<Filter>,
    /// Words searched for in all text columns, without case.
    pub search: Option<String>,
    /// Column key to sort by.
    pub sort: Option<Sort>,
    /// Page, from 1.
    pub page: u32,
    /// Rows per page; `None` for all.
    pub per: Option<u32>,
    /// Nobody wants to know how many there are: the count and totals are then those of the rows given, and nothing is
    /// read a second time for them.
    pub uncounted: bool,
    /// Only what a row is called is wanted: figures are left empty, and so is what takes long to say.
    pub names_only: bool,
}

/// One condition on one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Column key.
    pub column: String,
    /// How to compare.
    pub compare: Compare,
    /// With what, as typed.
    pub value: String,
}

/// How comparisons are written, those of two signs first.
static SIGNS: [(&str, Compare); 7] = [
    (">=", Compare::AtLeast),
    ("<=", Compare::AtMost),
    ("!=", Compare::Unequal),
    ("=", Compare::Equal),
    (">", Compare::Greater),
    ("<", Compare::Less),
    ("~", Compare::Contains),
];

impl Filter {
    /// Reads `cost>=1000`, `state=operational`, `name~mobile`; `None` where there is no comparison.
    pub fn parse(text: &str) -> Option<Filter> {
        let at = text.find(['=', '<', '>', '!', '~'])?;
        let (column, rest) = text.split_at(at);
        let (sign, compare) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign))?;
        let value = rest[sign.len()..].trim().to_owned();
        Some(Filter { column: column.trim().to_owned(), compare: *compare, value })
    }

    /// Reads conditions that stand apart by blanks. A word that compares nothing goes on with the value before it:
    /// `measure=unit cost cost>=1000`, also between quotes: `supplier="Supplier 7"`.
    fn all(text: &str) -> Vec<Filter> {
        let mut filters: Vec<Filter> = Vec::new();
        for word in text.split_whitespace() {
            if let Some(filter) = Filter::parse(word) {
                filters.push(filter);
            } else if let Some(last) = filters.last_mut() {
                last.value = format!("{} {word}", last.value).trim_start().to_owned();
            }
        }
        for filter in &mut filters {
            let bare =
                filter.value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(str::to_owned);
            filter.value = bare.unwrap_or_else(|| std::mem::take(&mut filter.value));
        }
        filters
    }

    /// What is typed into the box of a column: `operational`, `>1e6`. More or less is meant only before a number
    /// or a day, since words may begin with any sign.
    pub fn of(column: &str, typed: &str) -> Filter {
        let more_or_less = SIGNS.iter().filter(|(sign, _)| sign.starts_with(['<', '>']));
        let mut signed = more_or_less.filter_map(|(sign, compare)| {
            let value = typed.strip_prefix(*sign)?.trim_start();
            let counts = value.starts_with(|first: char| first.is_ascii_digit() || first == '-');
            counts.then_some((*compare, value))
        });
        let (compare, value) = signed.next().unwrap_or((Compare::Equal, typed));
        Filter { column: column.to_owned(), compare, value: value.to_owned() }
    }
}

impl Asked {
    /// Reads the query of a list's URL. `q`, `sort`, `page`, `per` (a number or `all`) and `filter` are the
    /// list's own; any other name is a column that must equal its value, or compare with it as [`Filter::of`]
    /// reads it, unless it is one of `others`.
    pub fn read<'q>(pairs: impl Iterator<Item = (&'q str, &'q str)>, others: &[&str]) -> Asked {
        let mut asked = Asked { page: 1, per: Some(50), ..Asked::default() };
        for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
            match name {
                "q" => asked.search = Some(value.to_owned()),
                "sort" => {
                    let (column, descending) =
                        value.strip_prefix('-').map_or((value, false), |key| (key, true));
                    asked.sort = Some(Sort { column: column.to_owned(), descending });
                }
                "page" => asked.page = value.parse().unwrap_or(1).max(1),
                "per" | "limit" => {
                    asked.per =
                        if value == "all" { None } else { Some(value.parse().unwrap_or(50).clamp(1, 500)) }
                }
                "filter" => asked.filters.extend(Filter::all(value)),
                name if others.contains(&name) => {}
                name => asked.filters.push(Filter::of(name, value)),
            }
        }
        asked
    }
}

/// How a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// The same (text without case).
    Equal,
    /// Not the same.
    Unequal,
    /// Smaller.
    Less,
    /// Smaller or the same.
    AtMost,
    /// Larger.
    Greater,
    /// Larger or the same.
    AtLeast,
    /// Holds the text somewhere, without case.
    Contains,
}

impl Compare {
    /// How it is written between a column and a value: `>=`.
    pub fn sign(self) -> &'static str {
        SIGNS.iter().find(|(_, compare)| *compare == self).map_or("=", |(sign, _)| *sign)
    }
}

/// Sort order of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Column key.
    pub column: String,
    /// Largest first.
    pub descending: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_what_is_asked_of_a_list() {
        let pairs =
            [("state", "operational"), ("filter", "cost>=1000 name~mo"), ("sort", "-cost"), ("per", "all")];
        let asked = Asked::read(pairs.into_iter(), &["period"]);
        let read: Vec<_> =
            asked.filters.iter().map(|f| (f.column.as_str(), f.compare, f.value.as_str())).collect();
        assert_eq!(
            read,
            [
                ("state", Compare::Equal, "operational"),
                ("cost", Compare::AtLeast, "1000"),
                ("name", Compare::Contains, "mo")
            ]
        );
        assert_eq!(asked.sort, Some(Sort { column: "cost".into(), descending: true }));
        assert_eq!(asked.per, None);
    }

    #[test]
    fn a_columns_box_takes_more_and_less_of_figures_and_days_and_words_as_they_are() {
        for (typed, compare, value) in [
            ("operational", Compare::Equal, "operational"),
            (">1e6", Compare::Greater, "1e6"),
            (">= 1000", Compare::AtLeast, "1000"),
            ("<-5", Compare::Less, "-5"),
            ("<=2026-09-30", Compare::AtMost, "2026-09-30"),
            // Words that begin with a sign are words.
            ("<script>", Compare::Equal, "<script>"),
            ("=1+1", Compare::Equal, "=1+1"),
            ("~mobile", Compare::Equal, "~mobile"),
            (">", Compare::Equal, ">"),
        ] {
            let asked = Asked::read([("cost", typed)].into_iter(), &[]);
            let [filter] = &asked.filters[..] else { panic!("{typed}: {asked:?}") };
            assert_eq!((filter.compare, filter.value.as_str()), (compare, value), "{typed}");
        }
    }

    #[test]
    fn a_value_goes_on_until_the_next_comparison() {
        let typed = "measure=unit cost judged!=\"off track\" share>2";
        let asked = Asked::read([("filter", typed)].into_iter(), &[]);
        let read: Vec<_> = asked.filters.iter().map(|f| (f.column.as_str(), f.value.as_str())).collect();
        assert_eq!(read, [("measure", "unit cost"), ("judged", "off track"), ("share", "2")]);
    }

    #[test]
    fn a_comparison_is_read_as_it_is_written() {
        for sign in [">=", "<=", "!=", "=", ">", "<", "~"] {
            let filter = Filter::parse(&format!("cost{sign}7")).unwrap();
            assert_eq!(filter.compare.sign(), sign);
        }
    }
}
