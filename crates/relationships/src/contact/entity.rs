//! What a contact is.

use kernel::{ContactId, CustomerId};
use portfolio::answers::Answers;

/// How much a contact's word weighs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Influence {
    /// Decides.
    High,
    /// Is asked.
    Medium,
    /// Is told.
    Low,
}

impl Influence {
    /// Words and weights.
    pub const WORDS: [(&'static str, Influence); 3] =
        [("high", Influence::High), ("medium", Influence::Medium), ("low", Influence::Low)];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, influence)| *influence == self).map_or("", |(word, _)| word)
    }

    /// The influence of that word.
    pub fn parse(word: &str) -> Option<Influence> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, influence)| *influence)
    }
}

/// A contact as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Id.
    pub id: ContactId,
    /// Version, for If-Match.
    pub version: i64,
    /// `CON-7`.
    pub number: String,
    /// Where they are.
    pub customer: CustomerId,
    /// Their name: personal.
    pub name: String,
    /// Their e-mail address: personal.
    pub email: Option<String>,
    /// What they do there.
    pub role: String,
    /// How much their word weighs.
    pub influence: Influence,
    /// Key in the file they came from.
    pub source_key: Option<String>,
}

/// Reads an e-mail address: something, one @, something with a dot; blank is none.
pub fn read_email(answers: &mut Answers, text: Option<&str>) -> Option<String> {
    let email = answers.words("email", text, 254)?;
    let fits = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    if !fits || email.chars().any(char::is_whitespace) {
        answers.wrong("email", "Enter an address like elif.demir@example.org.");
    }
    Some(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        for (text, fits) in [
            ("elif.demir@larkfield.example", true),
            ("elif@", false),
            ("@larkfield.example", false),
            ("elif demir@larkfield.example", false),
            ("elif@larkfield", false),
            ("a@b@c.example", false),
            ("", true),
        ] {
            let mut answers = Answers::new();
            read_email(&mut answers, Some(text));
            assert_eq!(answers.fine().is_ok(), fits, "{text}");
        }
    }
}
