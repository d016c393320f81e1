//! A person's browser for the journeys and the screenshots: Debian's Chromium, headless, with scripts or without.
//!
//! ```no_run
//! let browser = browser::Browser::start(false)?; // without JavaScript
//! browser.goto("http://127.0.0.1:8420/services")?;
//! browser.link("Managed print")?.follow()?;
//! assert!(browser.text("h1")?.contains("Managed print"));
//! # Ok::<(), browser::Error>(())
//! ```
//!
//! | file | holds |
//! | --- | --- |
//! | `driver` | chromedriver as a process of ours, gone when its owner is |
//! | `wire` | the W3C WebDriver protocol: JSON over HTTP on loopback, blocking |
//! | `element` | one element of the page |
//! | `look` | sizes, dark, print; screenshots |
//! | `cookie` | the session's cookies |

mod cookie;
mod driver;
mod element;
mod look;
mod wire;

use serde_json::{Value, json};

use driver::Driver;
use wire::Session;

pub use cookie::Cookie;
pub use element::Element;
pub use look::Look;
pub use wire::Error;

/// A browser with one empty profile and one page. Dropping it ends its processes and removes the profile.
pub struct Browser {
    // Above `_driver`: nothing is sent after the driver has ended.
    session: Session,
    _driver: Driver,
}

impl Browser {
    /// Opens a browser; `js`: whether pages may run scripts. [`Browser::find`] waits up to 5 s for an element.
    ///
    /// # Errors
    /// Chromium or chromedriver is missing (`dev/setup.sh test` installs both) or does not start.
    pub fn start(js: bool) -> Result<Browser, Error> {
        let driver = Driver::start()?;
        let session = Session::open(driver.port(), &capabilities(&driver.profile(), js))?;
        session.post("timeouts", json!({ "implicit": 5_000, "pageLoad": 60_000 }))?;
        let browser = Browser { session, _driver: driver };
        browser.emulate(&Look::default())?;
        Ok(browser)
    }

    /// Goes to an address and waits until the page is loaded.
    ///
    /// # Errors
    /// Nobody answers there. A page with an error status is a page like any other.
    pub fn goto(&self, url: &str) -> Result<(), Error> {
        self.session.post("url", json!({ "url": url })).map(drop)
    }

    /// The address of the page, after redirects.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn url(&self) -> Result<String, Error> {
        self.session.get("url").map(text_of)
    }

    /// The page's title.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn title(&self) -> Result<String, Error> {
        self.session.get("title").map(text_of)
    }

    /// The page as it stands now, as HTML.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn source(&self) -> Result<String, Error> {
        self.session.get("source").map(text_of)
    }

    /// One page back.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn back(&self) -> Result<(), Error> {
        self.session.post("back", json!({})).map(drop)
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn reload(&self) -> Result<(), Error> {
        self.session.post("refresh", json!({})).map(drop)
    }

    /// The first element that matches; waits for it.
    ///
    /// # Errors
    /// There is none after 5 s.
    pub fn find(&self, css: &str) -> Result<Element<'_>, Error> {
        Element::first(&self.session, "element", "css selector", css)
    }

    /// The first link whose visible text is exactly this; waits for it.
    ///
    /// # Errors
    /// There is none after 5 s.
    pub fn link(&self, text: &str) -> Result<Element<'_>, Error> {
        Element::first(&self.session, "element", "link text", text)
    }

    /// The first button whose visible text is exactly this; waits for it.
    ///
    /// # Errors
    /// There is none after 5 s, or the text contains a double quote.
    pub fn button(&self, text: &str) -> Result<Element<'_>, Error> {
        let path = format!("//button[normalize-space(.)=\"{text}\"]");
        Element::first(&self.session, "element", "xpath", &path)
    }

    /// All elements that match now; none is an empty list, at once.
    ///
    /// # Errors
    /// The selector is wrong.
    pub fn find_all(&self, css: &str) -> Result<Vec<Element<'_>>, Error> {
        self.session.post("timeouts", json!({ "implicit": 0 }))?;
        let found = Element::all(&self.session, "elements", css);
        self.session.post("timeouts", json!({ "implicit": 5_000 }))?;
        found
    }

    /// Whether an element that matches is there now.
    ///
    /// # Errors
    /// The selector is wrong.
    pub fn has(&self, css: &str) -> Result<bool, Error> {
        Ok(!self.find_all(css)?.is_empty())
    }

    /// The visible text of the first element that matches.
    ///
    /// # Errors
    /// As [`Browser::find`].
    pub fn text(&self, css: &str) -> Result<String, Error> {
        self.find(css)?.text()
    }

    /// Presses the first element that matches: see [`Element::click`], and [`Element::follow`] for links.
    ///
    /// # Errors
    /// As [`Browser::find`]; something covers the element.
    pub fn click(&self, css: &str) -> Result<(), Error> {
        self.find(css)?.click()
    }

    /// Presses the first element that matches and waits for the page that it leads to: see [`Element::follow`].
    ///
    /// # Errors
    /// As [`Browser::find`]; no other page came.
    pub fn follow(&self, css: &str) -> Result<(), Error> {
        self.find(css)?.follow()
    }

    /// Empties the first field that matches and types into it.
    ///
    /// # Errors
    /// As [`Browser::find`]; it is no field.
    pub fn fill(&self, css: &str, text: &str) -> Result<(), Error> {
        let field = self.find(css)?;
        field.clear()?;
        field.type_text(text)
    }

    /// Sends the form that matches, or that the matching element is in, by its button, as a person would, and waits
    /// for the page that answers.
    ///
    /// # Errors
    /// As [`Browser::find`]; there is no form or it has no button.
    pub fn submit(&self, css: &str) -> Result<(), Error> {
        self.find(css)?.submit()
    }

    /// Runs a script as the body of a function with these arguments: for measuring, not for doing what a person does.
    /// Works also where pages may run none.
    ///
    /// # Errors
    /// The script throws.
    pub fn script(&self, body: &str, args: &[Value]) -> Result<Value, Error> {
        self.session.post("execute/sync", json!({ "script": body, "args": args }))
    }

    /// What the browser complained of since the last call: script errors, blocked content, failed requests.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn complaints(&self) -> Result<Vec<String>, Error> {
        let entries = self.session.post("se/log", json!({ "type": "browser" }))?;
        let entries = entries.as_array().cloned().unwrap_or_default();
        Ok(entries.iter().map(|entry| text_of(entry["message"].clone())).collect())
    }

    /// Asks Chromium itself (its DevTools protocol), where WebDriver has no word.
    ///
    /// # Errors
    /// It refuses the command.
    pub fn devtools(&self, command: &str, params: Value) -> Result<Value, Error> {
        self.session.post("goog/cdp/execute", json!({ "cmd": command, "params": params }))
    }
}

fn capabilities(profile: &std::path::Path, js: bool) -> Value {
    let mut args: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        "--lang=en-GB",
    ]
    .map(str::to_owned)
    .to_vec();
    args.push(format!("--user-data-dir={}", profile.display()));
    // 1 allows, 2 blocks: Chromium's own numbers of a content setting.
    let scripts = if js { 1 } else { 2 };
    let options = json!({
        "binary": driver::CHROMIUM,
        "args": args,
        "prefs": { "profile.managed_default_content_settings.javascript": scripts },
    });
    let logs = json!({ "browser": "ALL" });
    json!({ "goog:chromeOptions": options, "goog:loggingPrefs": logs, "unhandledPromptBehavior": "accept" })
}

fn text_of(value: Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
