//! The session's cookies.

use serde_json::{Value, json};

use crate::wire::Error;
use crate::{Browser, text_of};

/// A cookie as the browser keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Scripts cannot read it.
    pub http_only: bool,
    /// It is sent over TLS alone.
    pub secure: bool,
    /// `Strict`, `Lax` or `None`; empty when the server did not say.
    pub same_site: String,
}

impl Browser {
    /// The cookies that the page's address would be sent.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn cookies(&self) -> Result<Vec<Cookie>, Error> {
        let list = self.session.get("cookie")?;
        let list = list.as_array().cloned().unwrap_or_default();
        Ok(list.into_iter().map(cookie).collect())
    }

    /// Gives the browser a cookie for an address, which need not be open.
    ///
    /// # Errors
    /// The browser refuses the name or the value.
    pub fn set_cookie(&self, url: &str, name: &str, value: &str) -> Result<(), Error> {
        let answer =
            self.devtools("Network.setCookie", json!({ "url": url, "name": name, "value": value }))?;
        if answer["success"] == json!(false) {
            let message = format!("the browser does not take cookie {name:?} for {url}");
            return Err(Error::Refused { code: "unable to set cookie".to_owned(), message });
        }
        Ok(())
    }

    /// Forgets the cookies of the page's address: signed out.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn forget_cookies(&self) -> Result<(), Error> {
        self.session.delete("cookie").map(drop)
    }
}

fn cookie(mut json: Value) -> Cookie {
    Cookie {
        name: text_of(json["name"].take()),
        value: text_of(json["value"].take()),
        http_only: json["httpOnly"].as_bool().unwrap_or_default(),
        secure: json["secure"].as_bool().unwrap_or_default(),
        same_site: text_of(json["sameSite"].take()),
    }
}
