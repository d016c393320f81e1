//! The style sheet against the design: contrast of its tokens in both themes (WCAG 2.2, relative
//! luminance), one dark block twice, nothing smaller than 15 px.

use std::collections::BTreeMap;

use parts::assets::{CSS, PAPER};

type Tokens = BTreeMap<String, String>;

fn block<'a>(css: &'a str, start: &str) -> &'a str {
    let from = css.find(start).unwrap_or_else(|| panic!("{start} is in the style sheet")) + start.len();
    &css[from..from + css[from..].find('}').expect("a block ends")]
}

fn tokens(block: &str) -> Tokens {
    let pairs = block.split(';').filter_map(|part| part.trim().split_once(':'));
    pairs
        .filter(|(name, _)| name.starts_with("--"))
        .map(|(name, value)| (name.into(), value.trim().into()))
        .collect()
}

fn light() -> Tokens {
    tokens(block(CSS, ":root{"))
}

fn dark() -> Tokens {
    let mut all = light();
    all.extend(tokens(block(CSS, ":root:not([data-theme=light]){")));
    all
}

fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').unwrap_or_else(|| panic!("{colour} is a colour"));
    let wide: String =
        if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.into() };
    let channel = |i: usize| {
        let c = f64::from(u8::from_str_radix(&wide[i..i + 2], 16).unwrap()) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_formula_is_that_of_the_standard() {
    assert!((contrast("#fff", "#000000") - 21.0).abs() < 1e-9);
    // `screens.md` 3.4 states these.
    for (a, b, ratio) in
        [("#14181f", "#ffffff", 17.79), ("#0b57b7", "#f6f7f9", 6.40), ("#98a3b3", "#212833", 5.81)]
    {
        assert!((contrast(a, b) - ratio).abs() < 0.01, "{a} on {b}: {}", contrast(a, b));
    }
}

#[test]
fn text_has_four_and_a_half_and_controls_have_three_in_both_themes() {
    let text = [
        "text",
        "text-2",
        "text-3",
        "link",
        "link-hover",
        "ok",
        "warn",
        "bad",
        "info",
        "neutral",
        "violet",
        "fav",
        "adv",
    ];
    for (theme, tokens) in [("light", light()), ("dark", dark())] {
        let of = |name: &str| tokens[&format!("--{name}")].as_str();
        let must = |on: &str, name: &str, least: f64| {
            let ratio = contrast(of(name), of(on));
            assert!(ratio >= least, "{theme}: --{name} on --{on} has {ratio:.2}, needs {least}");
        };
        for ground in ["bg", "surface", "sunken"] {
            for name in text {
                must(ground, name, 4.5);
            }
            must(ground, "control-border", 3.0);
        }
        for tone in ["ok", "warn", "bad", "info", "neutral", "violet"] {
            must(&format!("{tone}-bg"), tone, 4.5);
        }
        // A figure's text, a link and a quiet line may stand on a chosen row.
        for name in ["text", "text-2", "link", "adv-chosen"] {
            must("info-bg", name, 4.5);
        }
        must("link", "on-action", 4.5);
        must("link-hover", "on-action", 4.5);
        must("bg", "barnow", 3.0);
        for name in ["c1", "c2", "c3", "c4", "c5", "c-other", "c-total"] {
            must("bg", name, 3.0);
        }
        // Labels of a sankey stand on its bands.
        must("band", "text", 4.5);
        must("band", "text-2", 4.5);
    }
}

#[test]
fn dark_by_the_machine_and_dark_by_choice_are_the_same() {
    let machine = tokens(block(CSS, ":root:not([data-theme=light]){"));
    let chosen = tokens(block(CSS, ":root[data-theme=dark]{"));
    assert_eq!(machine, chosen);
    let colours = light().into_iter().filter(|(_, value)| value.starts_with('#')).map(|(name, _)| name);
    let same = ["--focus", "--focus-edge"];
    for name in colours.filter(|name| !same.contains(&name.as_str())) {
        assert!(machine.contains_key(&name), "{name} has no dark value");
    }
}

#[test]
fn no_text_is_smaller_than_fifteen_pixels() {
    for (i, part) in CSS.split("font-size:").enumerate().skip(1) {
        let size = part.split([';', '}']).next().unwrap();
        let ok = size.starts_with("var(--fs-") || size == ".95em" || size == "1.5rem";
        assert!(ok, "font-size {i} is {size}");
    }
    for part in ["{font:", ";font:"].iter().flat_map(|start| CSS.split(start).skip(1)) {
        let size = part.split([';', '}']).next().unwrap();
        let chart = size.starts_with("400 15px");
        assert!(size == "inherit" || size.contains("var(--fs-") || chart, "font {size}");
    }
    assert_eq!(light()["--fs-xs"], ".9375rem");
}

#[test]
fn every_token_that_is_used_is_set() {
    let set = dark();
    for part in CSS.split("var(").skip(1) {
        let name = part.split([')', ',']).next().unwrap();
        assert!(set.contains_key(name), "{name}");
    }
}

#[test]
fn both_themes_reduced_motion_forced_colours_and_paper_are_served() {
    for query in [
        "prefers-color-scheme:dark",
        "prefers-reduced-motion:reduce",
        "forced-colors:active",
        "max-width:899px",
    ] {
        assert!(CSS.contains(query), "{query}");
    }
    // What is not for paper is not on it; the sheet is linked for printing.
    for gone in [".rail", ".top", ".actions", ".filters", ".page-foot"] {
        assert!(PAPER.contains(gone), "{gone}");
    }
    assert!(!CSS.contains("@import") && !CSS.contains("url("), "nothing is fetched from elsewhere");
}
