//! What a command answers, and what of it is told once and never stored.

/// What a command did.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Done {
    /// Page of the record it is about: `/customers/CARE`.
    pub location: String,
    /// What happened, as a sentence: “Added customer CARE.”
    pub says: String,
    /// False where a retry found it done already.
    pub changed: bool,
    /// The record's version now.
    pub version: Option<i64>,
    /// The record's key or number.
    pub key: String,
    /// Anything else worth telling a script.
    pub body: serde_json::Value,
    /// It was only rehearsed: nothing of it was kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearsed: bool,
    /// What is told once, to whoever did it, and never stored.
    #[serde(skip)]
    pub once: Option<Once>,
}

/// A secret that was made, a token or a one-time link: the answer of the first time. Whoever asks again gets the
/// answer without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Once {
    /// The sentence with the secret.
    pub says: String,
    /// The same for a script.
    pub body: serde_json::Value,
}

impl Done {
    /// Something changed.
    pub fn changed(location: impl Into<String>, key: impl Into<String>, says: impl Into<String>) -> Done {
        Done {
            location: location.into(),
            says: says.into(),
            changed: true,
            version: None,
            key: key.into(),
            body: serde_json::Value::Null,
            rehearsed: false,
            once: None,
        }
    }

    /// It was so already.
    pub fn unchanged(location: impl Into<String>, key: impl Into<String>, says: impl Into<String>) -> Done {
        Done { changed: false, ..Done::changed(location, key, says) }
    }

    /// With the record's version.
    #[must_use]
    pub fn at_version(self, version: i64) -> Done {
        Done { version: Some(version), ..self }
    }

    /// With more for a script.
    #[must_use]
    pub fn with(self, body: serde_json::Value) -> Done {
        Done { body, ..self }
    }

    /// With a secret that only the first answer tells.
    #[must_use]
    pub fn telling_once(self, says: impl Into<String>, body: serde_json::Value) -> Done {
        Done { once: Some(Once { says: says.into(), body }), ..self }
    }

    /// The first answer: with its secret, where it has one.
    #[must_use]
    pub fn told(self) -> Done {
        match self.once {
            Some(Once { says, body }) => Done { says, body, once: None, ..self },
            None => self,
        }
    }

    /// What it would be, of which nothing was kept: said so that nobody takes it for done, and without a secret that
    /// opens nothing.
    #[must_use]
    pub fn never_kept(self) -> Done {
        let says = format!("Would be: {}; nothing was written.", self.says.trim_end_matches('.'));
        Done { says, rehearsed: true, once: None, ..self }
    }
}
