//! The query of a list's URL, written back from what was asked: the inverse of `Asked::read`.

use kernel::listing::{Asked, Compare, Filter, encode};

/// `?q=…&state=…&sort=-cost&page=2&per=100`, with the page's own parameters first; empty where
/// nothing was asked.
pub fn query(asked: &Asked, keep: &[(String, String)]) -> String {
    let pairs = pairs(asked, keep);
    let joined: Vec<String> = pairs.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect();
    if joined.is_empty() { String::new() } else { format!("?{}", joined.join("&")) }
}

/// The same as names and values, for the hidden fields of a GET form.
pub fn pairs<'a>(asked: &'a Asked, keep: &'a [(String, String)]) -> Vec<(&'a str, String)> {
    let mut pairs: Vec<(&str, String)> = keep.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
    if let Some(search) = &asked.search {
        pairs.push(("q", search.clone()));
    }
    for filter in asked.filters.iter().filter(|filter| filter.compare == Compare::Equal) {
        pairs.push((&filter.column, filter.value.clone()));
    }
    let others = asked.filters.iter().filter(|filter| filter.compare != Compare::Equal);
    let compared: Vec<String> =
        others.map(|filter| format!("{}{}", filter.column, condition(filter))).collect();
    if !compared.is_empty() {
        pairs.push(("filter", compared.join(" ")));
    }
    if let Some(sort) = &asked.sort {
        pairs.push(("sort", format!("{}{}", if sort.descending { "-" } else { "" }, sort.column)));
    }
    if asked.page > 1 {
        pairs.push(("page", asked.page.to_string()));
    }
    match asked.per {
        Some(50) => {}
        Some(per) => pairs.push(("per", per.to_string())),
        None => pairs.push(("per", "all".to_owned())),
    }
    pairs
}

/// A filter without its column, as its box shows it: `operational`, `>=1000`.
pub(crate) fn condition(filter: &Filter) -> String {
    match filter.compare {
        Compare::Equal => filter.value.clone(),
        compare => format!("{}{}", compare.sign(), filter.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Asked {
        Asked::read(pairs.iter().copied(), &[])
    }

    #[test]
    fn what_was_asked_is_written_back_as_it_came() {
        let asked = read(&[
            ("q", "mobile & data"),
            ("state", "operational"),
            ("filter", "cost>=1000 owner!=x"),
            ("sort", "-cost"),
            ("page", "3"),
            ("per", "100"),
        ]);
        assert_eq!(
            query(&asked, &[("period".into(), "2026-09".into())]),
            "?period=2026-09&q=mobile%20%26%20data&state=operational&filter=cost%3E%3D1000%20owner%21%3Dx\
             &sort=-cost&page=3&per=100"
        );
        assert_eq!(query(&read(&[]), &[]), "");
        assert_eq!(query(&read(&[("per", "all")]), &[]), "?per=all");
    }

    #[test]
    fn an_equal_filter_read_from_the_comparisons_reads_back_the_same() {
        let asked = read(&[("filter", "state=live")]);
        assert_eq!(query(&asked, &[]), "?state=live");
        let equal = Filter { column: "state".into(), compare: Compare::Equal, value: "live".into() };
        assert_eq!(read(&[("state", "live")]).filters, vec![equal]);
    }
}
