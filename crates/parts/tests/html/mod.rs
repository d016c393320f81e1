//! A small strict reader of HTML: what it cannot follow, a browser would have to guess at.

#![allow(dead_code, reason = "each test file reads what it asks about")]

use std::collections::BTreeMap;

/// An element with its attributes, in document order.
#[derive(Debug, Clone)]
pub struct Element {
    /// `a`
    pub name: String,
    /// By name.
    pub attributes: BTreeMap<String, String>,
    /// Names of the elements around it, outermost first.
    pub inside: Vec<String>,
    /// The text directly and indirectly in it.
    pub text: String,
}

const VOID: &[&str] = &["meta", "link", "input", "br", "hr", "img", "wbr", "col"];

/// Reads a page or a part of one.
pub fn read(html: &str) -> Result<Vec<Element>, String> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        for at in &open {
            elements[*at].text.push_str(text);
        }
        let end = tag_end(tag).ok_or_else(|| format!("a tag does not end: {}", head(tag)))?;
        let inner = &tag[1..end];
        rest = &tag[end + 1..];
        if let Some(name) = inner.strip_prefix('/') {
            let last = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if elements[last].name != name {
                return Err(format!("</{name}> closes <{}>", elements[last].name));
            }
        } else if !inner.starts_with('!') {
            let inside = open.iter().map(|at| elements[*at].name.clone()).collect();
            let element = element(inner, inside)?;
            let void = VOID.contains(&element.name.as_str());
            elements.push(element);
            if !void {
                open.push(elements.len() - 1);
            }
        }
    }
    match open.last() {
        Some(at) => Err(format!("<{}> is never closed", elements[*at].name)),
        None => Ok(elements),
    }
}

fn tag_end(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.char_indices().find_map(|(i, c)| {
        if c == '"' {
            quoted = !quoted;
        }
        (c == '>' && !quoted).then_some(i)
    })
}

fn element(inner: &str, inside: Vec<String>) -> Result<Element, String> {
    let (name, mut rest) = inner.split_once(' ').unwrap_or((inner, ""));
    if !name.bytes().all(|b| b.is_ascii_alphanumeric()) || name.is_empty() {
        return Err(format!("<{}> is no name", head(inner)));
    }
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let (value, tail) = match after.strip_prefix("=\"") {
            Some(quoted) => {
                quoted.split_once('"').ok_or_else(|| format!("{key} of <{name}> is not quoted"))?
            }
            None if after.starts_with('=') => return Err(format!("{key} of <{name}> is not quoted")),
            None => ("", after),
        };
        if attributes.insert(key.to_owned(), value.to_owned()).is_some() {
            return Err(format!("<{name}> has two {key}"));
        }
        rest = tail;
    }
    Ok(Element { name: name.to_owned(), attributes, inside, text: String::new() })
}

fn head(text: &str) -> String {
    text.chars().take(40).collect()
}
