//! A page as a reader without eyes sees it: its figures, its links, and amounts that are no figure.

use std::collections::BTreeMap;

use kernel::Decimal;

/// A number on a page, by what it says of itself.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    /// `sum`, `count`, `field`, `ratio` …
    pub kind: String,
    /// Its exact value.
    pub value: String,
    /// Where its rows are; empty where it leads nowhere.
    pub href: String,
    /// The column summed, the field read.
    pub column: String,
    /// The two it is computed from: how, its value, where.
    pub operands: Vec<[String; 3]>,
    /// The row of a table it stands in, counted over the page.
    pub row: Option<usize>,
}

/// What was read.
#[derive(Debug, Default)]
pub struct Read {
    /// Figures of the main part.
    pub figures: Vec<Figure>,
    /// Text of the main part that looks like money and stands in no figure.
    pub loose: Vec<(String, Decimal)>,
    /// Addresses of this site the page leads to, as written.
    pub links: Vec<String>,
    /// Those of each row of a table.
    pub row_links: Vec<Vec<String>>,
}

/// Places whose amounts are no figures, each with its reason. By element, or by a class of one.
const EXEMPT: [&str; 6] = [
    // Axis ticks and labels of a chart; its table twin has the figures.
    "svg", //
    // What a person typed or may choose.
    "option", "textarea",
    // What happened: the values of then. The record they belong to is the page itself.
    ".hist", //
    // What a file holds, letter by letter, beside what was read of it.
    "code", "pre",
];

type Attributes = BTreeMap<String, String>;

/// Reads a page as `parts` writes it: attributes in double quotes, some elements never closed.
pub fn read(html: &str) -> Read {
    let mut read = Read::default();
    let mut stack: Vec<(String, Attributes)> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text(&mut read, &stack, &rest[..at]);
        let (tag, after) = rest[at + 1..].split_once('>').unwrap_or((&rest[at + 1..], ""));
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if let Some(open) = stack.iter().rposition(|(open, _)| open == name) {
                stack.truncate(open);
            }
        } else if !tag.starts_with('!') {
            let (name, attributes) = opened(tag);
            element(&mut read, &stack, &name, &attributes);
            stack.push((name, attributes));
        }
    }
    read
}

fn opened(tag: &str) -> (String, Attributes) {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Attributes::new();
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        let key = key.rsplit(' ').next().unwrap_or(key);
        attributes.insert(key.to_owned(), unescaped(value));
        rest = after;
    }
    (name.to_owned(), attributes)
}

fn within(stack: &[(String, Attributes)], name: &str) -> bool {
    stack.iter().any(|(open, attributes)| match name.strip_prefix('.') {
        Some(class) => attributes.get("class").is_some_and(|all| all.split(' ').any(|one| one == class)),
        None => open == name,
    })
}

fn element(read: &mut Read, stack: &[(String, Attributes)], name: &str, attributes: &Attributes) {
    let of = |key: &str| attributes.get(key).cloned().unwrap_or_default();
    if name == "tr" {
        read.row_links.push(Vec::new());
    }
    let row = within(stack, "tr").then(|| read.row_links.len() - 1);
    if name == "a" {
        read.links.push(of("href"));
        if let Some(row) = row {
            read.row_links[row].push(of("href"));
        }
    }
    if !within(stack, "main") {
        return;
    }
    if attributes.contains_key("data-figure") {
        let pair = |x: &str| {
            [of(&format!("data-{x}")), of(&format!("data-{x}-value")), of(&format!("data-{x}-href"))]
        };
        let operands =
            if attributes.contains_key("data-a") { vec![pair("a"), pair("b")] } else { Vec::new() };
        read.figures.push(Figure {
            kind: of("data-figure"),
            href: of("href"),
            column: of("data-column"),
            operands,
            row,
            value: String::new(),
        });
    } else if name == "data" && stack.iter().any(|(_, outer)| outer.contains_key("data-figure")) {
        read.figures.last_mut().expect("the figure it stands in").value = of("value");
    } else if name == "data" {
        // A number for machines that does not say what it is.
        read.figures.push(Figure { kind: "none".into(), value: of("value"), ..Figure::default() });
    }
}

fn text(read: &mut Read, stack: &[(String, Attributes)], text: &str) {
    let figure = stack.iter().any(|(_, attributes)| attributes.contains_key("data-figure"));
    if figure || !within(stack, "main") || EXEMPT.iter().any(|place| within(stack, place)) {
        return;
    }
    let text = unescaped(text);
    // What a file holds, letter by letter: `AN26 | 1 | 140000.00 | EUR`.
    if text.contains(" | ") {
        return;
    }
    let words: Vec<&str> = text.split([' ', '\u{a0}', '\n', '(', ')']).collect();
    for (i, word) in words.iter().enumerate() {
        let share = words.get(i + 1).is_some_and(|next| next.starts_with('%'));
        if let Some(amount) = money(word).filter(|_| !share) {
            read.loose.push((text.trim().to_owned(), amount));
        }
    }
}

/// `€1`, `−7,563.48`, `12.00`: a currency's sign before a digit, or exactly two decimals.
pub fn money(word: &str) -> Option<Decimal> {
    let word = word.trim_matches(|c: char| ".,:;?!“”\"".contains(c));
    let bare = word.trim_start_matches(['−', '-', '+', '≤', '≥', '≈']);
    let number = bare.trim_start_matches(['€', '$', '£']);
    let two = number.split_once('.').is_some_and(|(_, part)| part.len() == 2);
    let signed = number.len() < bare.len();
    number.replace(',', "").parse().ok().filter(|_| signed || two)
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
