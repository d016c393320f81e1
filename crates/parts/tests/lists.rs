//! A list page: what its links ask for.

mod html;

use html::{Element, read};
use kernel::listing::{Asked, Column, Kind, Listing, Value};
use kernel::{Currency, Money};
use parts::{Choice, Empty, FilterControl, HeadAction, ListPage, Render};

fn listing(query: &[(&str, &str)], count: i64) -> Listing {
    let euro = |cents| Value::Money(Money::of_minor(cents, Currency::EUR));
    let rows = if count == 0 { vec![] } else { vec![vec!["A&B".into(), "in_review".into(), euro(150)]] };
    Listing {
        name: "period",
        caption: "Periods".into(),
        columns: vec![
            Column::new("name", "Period", Kind::Text).linked("/periods/{name}"),
            Column::new("state", "State", Kind::State),
            Column::new("cost", "Cost", Kind::Money).summed(),
        ],
        rows,
        count,
        totals: vec![None, None, Some(euro(12_345))],
        asked: Asked::read(query.iter().copied(), &["fy"]),
    }
}

fn page(listing: &Listing) -> (String, Vec<Element>) {
    let html = ListPage::new(listing, "/periods")
        .keep("fy", "26")
        .unit("€")
        .filter(FilterControl::select(
            "state",
            "State",
            vec![Choice::new("open", "Open"), Choice::new("in_review", "In review")],
        ))
        .empty(Empty::new("No period yet.").action(HeadAction::link("Set the calendar", "/calendar")))
        .render()
        .into_string();
    let elements = read(&html).unwrap();
    (html, elements)
}

fn link<'a>(elements: &'a [Element], text: &str) -> Option<&'a str> {
    let found = elements.iter().find(|element| element.name == "a" && element.text.trim() == text)?;
    found.attributes.get("href").map(String::as_str)
}

#[test]
fn a_header_sorts_figures_largest_first_and_turns_round_when_asked_again() {
    for (asked, cost, name, order) in [
        (&[] as &[(&str, &str)], "/periods?fy=26&amp;sort=-cost", "/periods?fy=26&amp;sort=name", None),
        (
            &[("sort", "-cost")],
            "/periods?fy=26&amp;sort=cost",
            "/periods?fy=26&amp;sort=name",
            Some("descending"),
        ),
        (
            &[("sort", "cost"), ("page", "2")],
            "/periods?fy=26&amp;sort=-cost",
            "/periods?fy=26&amp;sort=name",
            Some("ascending"),
        ),
    ] {
        let (_, elements) = page(&listing(asked, 120));
        assert_eq!(
            (link(&elements, "Cost"), link(&elements, "Period")),
            (Some(cost), Some(name)),
            "{asked:?}"
        );
        let sorted = elements.iter().find_map(|element| element.attributes.get("aria-sort"));
        assert_eq!(sorted.map(String::as_str), order, "{asked:?}");
    }
}

#[test]
fn totals_stand_on_top_and_at_the_bottom_and_link_to_all_rows_that_match() {
    let (html, elements) = page(&listing(&[("state", "open"), ("page", "2")], 120));
    let sums: Vec<&Element> = elements
        .iter()
        .filter(|e| e.attributes.get("data-figure").is_some_and(|kind| kind == "sum"))
        .collect();
    assert_eq!(sums.len(), 2);
    for sum in sums {
        assert_eq!(sum.attributes["href"], "/periods?fy=26&amp;state=open&amp;per=all");
        assert_eq!((sum.attributes["data-column"].as_str(), sum.text.as_str()), ("cost", "123.45"));
    }
    assert!(html.contains("51–51 of"), "{html}");
    assert_eq!(link(&elements, "Next"), Some("/periods?fy=26&amp;state=open&amp;page=3"));
    assert_eq!(link(&elements, "Previous"), Some("/periods?fy=26&amp;state=open"));
    assert_eq!(link(&elements, "Excel"), Some("/periods.xlsx?fy=26&amp;state=open&amp;per=all"));
    assert_eq!(link(&elements, "Clear"), Some("/periods?fy=26"));
}

#[test]
fn the_filter_form_keeps_what_it_does_not_ask() {
    let (_, elements) =
        page(&listing(&[("sort", "-cost"), ("filter", "cost>=5"), ("state", "open"), ("q", "x")], 120));
    let hidden: Vec<(&str, &str)> = elements
        .iter()
        .filter(|e| e.attributes.get("type").is_some_and(|kind| kind == "hidden"))
        .map(|e| (e.attributes["name"].as_str(), e.attributes["value"].as_str()))
        .collect();
    assert_eq!(hidden, [("fy", "26"), ("filter", "cost&gt;=5"), ("sort", "-cost")]);
    let chosen = elements.iter().find(|e| e.attributes.contains_key("selected")).unwrap();
    assert_eq!(chosen.attributes["value"], "open");
}

#[test]
fn a_box_of_figures_shows_one_bound_and_the_form_keeps_the_other() {
    let listing = listing(&[("filter", "cost>=5 cost<100 state~view")], 120);
    let bar = ListPage::new(&listing, "/periods").filter(FilterControl::figures("cost", "Cost"));
    let elements = read(&bar.render().into_string()).unwrap();
    let input = |name: &str| {
        let found = elements.iter().find(|e| e.attributes.get("name").is_some_and(|own| own == name));
        found.unwrap_or_else(|| panic!("an input {name}")).attributes.clone()
    };
    assert_eq!(
        (input("cost")["value"].as_str(), input("cost")["placeholder"].as_str()),
        ("&gt;=5", "&gt;10000")
    );
    assert_eq!(input("filter")["value"], "cost&lt;100 state~view");
}

#[test]
fn a_column_of_few_words_offers_them_and_says_which_is_asked_for_in_any_case() {
    let mut listing = listing(&[("state", "OPEN")], 120);
    listing.columns[1].words = vec!["open", "in review"];
    let bar = ListPage::new(&listing, "/periods").filter(FilterControl::typed("state", "State"));
    let elements = read(&bar.render().into_string()).unwrap();
    let offered: Vec<(&str, &str, bool)> = elements
        .iter()
        .filter(|e| e.name == "option")
        .map(|e| (e.attributes["value"].as_str(), e.text.trim(), e.attributes.contains_key("selected")))
        .collect();
    let words = [("", "all", false), ("open", "Open", true), ("in review", "In review", false)];
    assert_eq!(offered, words);
}

#[test]
fn rows_show_states_of_their_own_thing_and_link_by_their_template() {
    let (html, elements) = page(&listing(&[], 1));
    assert_eq!(link(&elements, "A&amp;B"), Some("/periods/A%26B"));
    assert!(html.contains("state t-warn") && html.contains("In review"), "{html}");
}

#[test]
fn an_empty_list_offers_one_thing_and_a_list_without_a_match_shows_all() {
    let (html, elements) = page(&listing(&[], 0));
    assert!(html.contains("No period yet.") && !html.contains("<table"), "{html}");
    assert_eq!(link(&elements, "Set the calendar"), Some("/calendar"));
    let (html, elements) = page(&listing(&[("q", "zzz")], 0));
    assert!(html.contains("No period matches."), "{html}");
    assert_eq!(link(&elements, "Show all"), Some("/periods?fy=26"));
}

/// The columns of a list in the order of the page; those in capitals are what a phone shows first.
#[test]
fn a_phone_shows_what_names_a_row_and_its_amount_and_the_rest_when_asked() {
    use Kind::{Bool, Code, Count, Date, Money, Period, State, Text};
    for (of, columns, shown) in [
        ("three fit", vec![Code, Text, State], vec![0, 1, 2]),
        ("a code and the words after it", vec![Code, Text, State, Text, Count, Money], vec![0, 1, 5]),
        ("words alone", vec![Text, Code, State, Money, Bool], vec![0, 3]),
        (
            "the last amount of several",
            vec![Code, Period, Code, Text, Money, Count, Money, Text],
            vec![0, 3, 6],
        ),
        ("no amount, a figure", vec![Date, Code, Text, Count, Bool], vec![0, 2, 3]),
        ("no figure, the state", vec![Code, Date, State, Text, Bool], vec![0, 2, 3]),
    ] {
        const KEYS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let kinds = columns.iter().zip(KEYS);
        let listing = Listing {
            columns: kinds.map(|(kind, key)| Column::new(key, key, *kind)).collect(),
            rows: vec![vec![Value::Unknown; columns.len()]],
            totals: vec![],
            ..listing(&[], 1)
        };
        let html = ListPage::new(&listing, "/things").render().into_string();
        let elements = read(&html).unwrap();
        let attribute = |head: &Element, name: &str| head.attributes.get(name).cloned().unwrap_or_default();
        let heads = elements.iter().filter(|head| attribute(head, "scope") == "col").enumerate();
        let kept: Vec<usize> =
            heads.filter(|(_, head)| !attribute(head, "class").contains("wide")).map(|(i, _)| i).collect();
        assert_eq!(kept, shown, "{of}");
        assert_eq!(html.contains("all-columns"), columns.len() > shown.len(), "{of}");
    }
}
