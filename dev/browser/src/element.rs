//! One element of the page: what it says, and what a person does with it.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::text_of;
use crate::wire::{Error, Session, unexpected};

/// The key under which WebDriver hands out elements (a constant of the standard).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What sends a form when it is pressed.
const SENDERS: &str = "button[type=submit], button:not([type]), input[type=submit]";

const PAGE_LIMIT: Duration = Duration::from_secs(10);
const STEP: Duration = Duration::from_millis(20);

/// An element found on the page; of no use once the page is left.
pub struct Element<'b> {
    session: &'b Session,
    id: String,
}

impl<'b> Element<'b> {
    pub(crate) fn first(
        session: &'b Session,
        path: &str,
        using: &str,
        value: &str,
    ) -> Result<Element<'b>, Error> {
        let found = session.post(path, json!({ "using": using, "value": value }))?;
        Element::from(session, &found)
    }

    pub(crate) fn all(session: &'b Session, path: &str, css: &str) -> Result<Vec<Element<'b>>, Error> {
        let found = session.post(path, json!({ "using": "css selector", "value": css }))?;
        let found = found.as_array().ok_or_else(|| unexpected("elements are not a list"))?;
        found.iter().map(|one| Element::from(session, one)).collect()
    }

    fn from(session: &'b Session, found: &Value) -> Result<Element<'b>, Error> {
        let id = found[ELEMENT].as_str().ok_or_else(|| unexpected("an element without its id"))?.to_owned();
        Ok(Element { session, id })
    }

    /// Its text as it is seen.
    ///
    /// # Errors
    /// The page has changed under it.
    pub fn text(&self) -> Result<String, Error> {
        self.session.get(&self.path("text")).map(text_of)
    }

    /// An attribute as it stands in the HTML.
    ///
    /// # Errors
    /// The page has changed under it.
    pub fn attribute(&self, name: &str) -> Result<Option<String>, Error> {
        let value = self.session.get(&self.path(&format!("attribute/{name}")))?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// What stands in a field now.
    ///
    /// # Errors
    /// The page has changed under it.
    pub fn value(&self) -> Result<String, Error> {
        self.session.get(&self.path("property/value")).map(text_of)
    }

    /// Whether a person sees it.
    ///
    /// # Errors
    /// The page has changed under it.
    pub fn is_displayed(&self) -> Result<bool, Error> {
        Ok(self.session.get(&self.path("displayed"))?.as_bool().unwrap_or_default())
    }

    /// Presses it. A page that follows may not be there yet: [`Element::follow`] waits for it.
    ///
    /// # Errors
    /// It is not to be seen, or something covers it.
    pub fn click(&self) -> Result<(), Error> {
        self.session.post(&self.path("click"), json!({})).map(drop)
    }

    /// Presses a link or a button that leads to a page, and waits until that page is loaded: what is found next is
    /// never what stood on the page before. Not for a press that a script answers within the page.
    ///
    /// # Errors
    /// As [`Element::click`]; no other page came within 10 s.
    pub fn follow(&self) -> Result<(), Error> {
        let before = birth_of_page(self.session)?;
        self.click()?;
        let end = Instant::now() + PAGE_LIMIT;
        while Instant::now() < end {
            // Between two pages nobody answers: not yet.
            if birth_of_page(self.session).is_ok_and(|birth| !birth.is_null() && birth != before) {
                return Ok(());
            }
            thread::sleep(STEP);
        }
        let message = format!("no other page came within {} s of the press", PAGE_LIMIT.as_secs());
        Err(Error::Refused { code: "no page".to_owned(), message })
    }

    /// Types, key by key, after what is there. A file field takes the path of a file.
    ///
    /// # Errors
    /// It takes no keys.
    pub fn type_text(&self, text: &str) -> Result<(), Error> {
        self.session.post(&self.path("value"), json!({ "text": text })).map(drop)
    }

    /// Empties a field.
    ///
    /// # Errors
    /// It is no field, or may not be changed.
    pub fn clear(&self) -> Result<(), Error> {
        self.session.post(&self.path("clear"), json!({})).map(drop)
    }

    /// Picks the option of a select whose visible text this is.
    ///
    /// # Errors
    /// It has no such option.
    pub fn choose(&self, option: &str) -> Result<(), Error> {
        let path = format!(
            "./option[normalize-space(.)=\"{option}\"]|./optgroup/option[normalize-space(.)=\"{option}\"]"
        );
        Element::first(self.session, &self.path("element"), "xpath", &path)?.click()
    }

    /// Presses the first button of the form that this is, or is in, and waits for the page that answers.
    ///
    /// # Errors
    /// There is no form, or it has no button that sends it, or no page came (see [`Element::follow`]).
    pub fn submit(&self) -> Result<(), Error> {
        let form = Element::first(self.session, &self.path("element"), "xpath", "./ancestor-or-self::form")?;
        form.find(SENDERS)?.follow()
    }

    /// The first element inside it that matches; waits for it.
    ///
    /// # Errors
    /// There is none after 5 s.
    pub fn find(&self, css: &str) -> Result<Element<'b>, Error> {
        Element::first(self.session, &self.path("element"), "css selector", css)
    }

    fn path(&self, what: &str) -> String {
        format!("element/{}/{what}", self.id)
    }
}

/// When the page began, to the microsecond: no two pages share it. Null while it is loading.
fn birth_of_page(session: &Session) -> Result<Value, Error> {
    let body = "return document.readyState === 'complete' ? performance.timeOrigin : null";
    session.post("execute/sync", json!({ "script": body, "args": [] }))
}
