//! What a page says.

use serde_json::Value;

use super::{Page, anew};

impl Page {
    /// The hidden fields of the form on it, whose page is at `path`: with what stood there as it was opened.
    pub fn hidden(&self, path: &str) -> Vec<(String, String)> {
        let mut fields = vec![("_form".to_owned(), path.to_owned())];
        for name in ["_token", "_version"] {
            let marked = format!("type=\"hidden\" name=\"{name}\" value=\"");
            // The last on the page: before it may stand the shell's own, without a version.
            if let Some((_, rest)) = self.body.rsplit_once(&marked) {
                let value = rest.split('"').next().unwrap().to_owned();
                fields.push((name.to_owned(), if name == "_token" { anew(&value) } else { value }));
            }
        }
        for was in self.body.split("type=\"hidden\" name=\"_was.").skip(1) {
            let (name, rest) = was.split_once("\" value=\"").unwrap();
            let value = rest.split('"').next().unwrap().replace("&amp;", "&");
            fields.push((format!("_was.{name}"), value));
        }
        fields
    }

    /// Whether the page holds `text`.
    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// How often it does.
    pub fn count(&self, text: &str) -> usize {
        self.body.matches(text).count()
    }

    /// The page as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The main part's words, for messages.
    pub fn text(&self) -> &str {
        self.body.split_once("<main").map_or(&self.body, |(_, main)| main)
    }

    /// The page without what differs each time it is made.
    pub fn without_tokens(&self) -> String {
        let mut parts = self.body.split("name=\"_token\" value=\"");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |page, part| page + part.split_once('"').map_or("", |(_, rest)| rest))
    }

    /// Addresses on this site the page links to, help and search aside.
    pub fn links(&self) -> Vec<String> {
        let hrefs = self.body.split("<a ").skip(1).filter_map(|rest| {
            let tag = rest.split('>').next()?;
            let (_, href) = tag.split_once("href=\"")?;
            Some(href.split('"').next()?.replace("&amp;", "&"))
        });
        hrefs
            .filter(|href| {
                href.starts_with('/') && !href.starts_with("/help") && !href.starts_with("/search")
            })
            .collect()
    }

    /// Every figure that counts rows: what it says and where its rows are.
    pub fn counts(&self) -> Vec<(i64, String)> {
        let figures =
            self.body.split("<a ").skip(1).filter(|rest| {
                rest.split('>').next().is_some_and(|tag| tag.contains("data-figure=\"count\""))
            });
        let read = figures.map(|rest| {
            let href = rest.split_once("href=\"").unwrap().1.split('"').next().unwrap().replace("&amp;", "&");
            let value = rest.split_once("<data value=\"").unwrap().1.split('"').next().unwrap();
            (value.parse().unwrap(), href)
        });
        read.collect()
    }

    /// The empty places of the page.
    pub fn empties(&self) -> Vec<String> {
        let places = self.body.split("<div class=\"empty\">").skip(1);
        places.map(|rest| rest.split("</div>").next().unwrap_or_default().to_owned()).collect()
    }
}
