//! Every page of the gallery, read as a browser and as a person with a screen reader would.

mod html;

#[path = "../examples/gallery/pages/mod.rs"]
#[allow(dead_code, reason = "the gallery's own program uses the rest")]
mod gallery;

use std::collections::BTreeSet;

use html::{Element, read};

fn pages() -> impl Iterator<Item = (&'static str, String, Vec<Element>)> {
    gallery::PAGES.iter().map(|(name, page)| {
        let text = page().into_string();
        let elements = read(&text).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
        (*name, text, elements)
    })
}

fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attributes.get(name).map(String::as_str)
}

#[test]
fn the_reader_refuses_what_is_not_well_formed() {
    for wrong in [
        "<p><b></p></b>",
        "<p>",
        "</p>",
        "<a href=x></a>",
        "<a class=\"a\" class=\"b\"></a>",
        "<path d=\"M0\">",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    assert_eq!(read("<p title=\"1 > 0\">a<br>b</p>").unwrap()[0].text, "ab");
}

#[test]
fn pages_are_well_formed_with_one_heading_landmarks_a_language_and_a_title() {
    for (name, _, elements) in pages() {
        let count = |tag: &str| elements.iter().filter(|element| element.name == tag).count();
        let titles =
            elements.iter().filter(|e| e.name == "title" && e.inside.iter().all(|name| name != "svg"));
        assert_eq!((count("h1"), count("main"), titles.count()), (1, 1, 1), "{name}");
        let html = &elements[0];
        assert_eq!((html.name.as_str(), attribute(html, "lang")), ("html", Some("en")), "{name}");
        let title = elements.iter().find(|element| element.name == "title").unwrap();
        assert!(title.text.ends_with("Larkfield Mobile"), "{name}: {}", title.text);
        assert!(
            elements
                .iter()
                .any(|e| attribute(e, "class") == Some("skip") && attribute(e, "href") == Some("#main"))
        );
    }
    let form = gallery::PAGES.iter().find(|page| page.0 == "form.html").unwrap().1().into_string();
    assert!(form.contains("<title>Error: Take over a service"));
}

#[test]
fn nothing_is_inline_that_a_strict_policy_would_refuse() {
    for (name, _, elements) in pages() {
        for element in &elements {
            let inline = element.attributes.keys().find(|key| *key == "style" || key.starts_with("on"));
            assert_eq!(inline, None, "{name}: <{}>", element.name);
            assert_ne!(element.name, "style", "{name}");
            if element.name == "script" {
                assert!(element.text.is_empty() && element.attributes.contains_key("defer"), "{name}");
            }
            for link in ["href", "src", "action"].iter().filter_map(|key| attribute(element, key)) {
                assert!(!link.contains("//") && !link.starts_with("javascript:"), "{name}: {link}");
            }
        }
    }
}

#[test]
fn ids_are_unique_and_every_reference_finds_its_own() {
    for (name, _, elements) in pages() {
        let ids: Vec<&str> = elements.iter().filter_map(|element| attribute(element, "id")).collect();
        let set: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), set.len(), "{name}: {ids:?}");
        for element in &elements {
            for key in ["for", "aria-describedby", "aria-labelledby"] {
                for id in attribute(element, key).unwrap_or_default().split(' ').filter(|id| !id.is_empty()) {
                    assert!(set.contains(id), "{name}: {key} of <{}> points at {id}", element.name);
                }
            }
        }
    }
}

#[test]
fn every_question_has_a_label_and_every_change_a_token() {
    for (name, _, elements) in pages() {
        let labelled: BTreeSet<&str> =
            elements.iter().filter_map(|element| attribute(element, "for")).collect();
        for element in &elements {
            let asks = matches!(element.name.as_str(), "input" | "select" | "textarea");
            if asks && attribute(element, "type") != Some("hidden") {
                let id = attribute(element, "id").unwrap_or_default();
                assert!(labelled.contains(id), "{name}: {element:?}");
            }
        }
        let posts = elements.iter().filter(|e| attribute(e, "method") == Some("post")).count();
        let tokens = elements.iter().filter(|e| attribute(e, "name") == Some("_token")).count();
        assert_eq!(posts, tokens, "{name}");
    }
}

#[test]
fn every_linked_figure_says_what_it_is_and_carries_its_number() {
    let known =
        ["sum", "count", "mean", "median", "ratio", "difference", "product", "quotient", "field", "cell"];
    let mut seen = 0;
    for (name, text, elements) in pages() {
        for element in &elements {
            if attribute(element, "class").is_some_and(|class| class.split(' ').any(|c| c == "num")) {
                let kind = attribute(element, "data-figure");
                let named = element.text == "R-14" || kind.is_some_and(|kind| known.contains(&kind));
                assert!(named, "{name}: {element:?}");
                seen += 1;
            }
        }
        assert!(!text.contains("<data value=\"\""), "{name}: a figure without its number");
    }
    assert!(seen > 150, "the gallery shows figures: {seen}");
}

#[test]
fn every_table_has_a_caption_and_scoped_heads_and_scrolls_by_itself() {
    for (name, _, elements) in pages() {
        let count = |tag: &str| elements.iter().filter(|element| element.name == tag).count();
        assert_eq!(count("table"), count("caption"), "{name}");
        for head in elements.iter().filter(|element| element.name == "th") {
            assert!(attribute(head, "scope").is_some(), "{name}: {head:?}");
        }
        for scroll in elements.iter().filter(|e| attribute(e, "class") == Some("scroll")) {
            assert_eq!(
                (attribute(scroll, "tabindex"), attribute(scroll, "role")),
                (Some("0"), Some("region")),
                "{name}"
            );
            assert!(attribute(scroll, "aria-label").is_some_and(|label| !label.is_empty()), "{name}");
        }
    }
}

#[test]
fn every_chart_is_named_described_and_followed_by_its_table() {
    for (name, _, elements) in pages() {
        let charts = elements.iter().filter(|element| element.name == "figure").count();
        let drawn: Vec<&Element> = elements.iter().filter(|e| attribute(e, "role") == Some("img")).collect();
        let twins =
            elements.iter().filter(|e| e.name == "table" && e.inside.iter().any(|name| name == "details"));
        assert_eq!((charts, charts), (drawn.len(), twins.count()), "{name}");
        for said in elements.iter().filter(|e| matches!(e.name.as_str(), "desc" | "figcaption")) {
            assert!(!said.text.trim().is_empty(), "{name}: {said:?}");
        }
    }
}

/// It stands in the foot, which is not on paper; without a script the button sends it.
#[test]
fn a_past_day_is_chosen_in_the_foot_by_a_form_that_keeps_what_was_asked() {
    let (_, text, elements) = pages().find(|page| page.0 == "list.html").expect("the gallery has a list");
    let form = text.split("<form class=\"day-pick\"").nth(1).expect("the list offers a past day");
    let form = form.split("</form>").next().unwrap();
    for part in
        ["method=\"get\"", "action=\"/services\"", "name=\"sort\" value=\"-cost\"", "As known on", "Show"]
    {
        assert!(form.contains(part), "{part}: {form}");
    }
    let day = elements.iter().find(|element| attribute(element, "name") == Some("as_of")).unwrap();
    assert!(day.inside.iter().any(|around| around == "footer"), "{day:?}");
    let others = pages().filter(|(name, text, _)| *name != "list.html" && text.contains("name=\"as_of\""));
    assert_eq!(others.count(), 0, "only where a page can be shown as of a day");
}
