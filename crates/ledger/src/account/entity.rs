//! What an account is and how its answers are read.

use kernel::{AccountId, FieldError, Refusal};

use super::error::CLASS_IN_USE;

/// What an account counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// What is used up.
    Cost,
    /// What comes in.
    Income,
    /// What is kept and used up later.
    Asset,
    /// Everything else: clearing, receivables, recoveries between cost centres.
    Balance,
}

impl Class {
    /// All classes in the order of a trial balance.
    pub const ALL: [Class; 4] = [Class::Cost, Class::Income, Class::Asset, Class::Balance];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            Class::Cost => "cost",
            Class::Income => "income",
            Class::Asset => "asset",
            Class::Balance => "balance",
        }
    }

    /// The class of that word.
    pub fn parse(word: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.word() == word)
    }
}

/// An account as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// Version, for If-Match.
    pub version: i64,
    /// Code as the corporate ledger writes it: `6400`, `0001`. Unique, unchangeable.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it counts.
    pub class: Class,
}

const LONGEST_CODE: usize = 40;
const LONGEST_NAME: usize = 200;

/// Reads a code: what a ledger writes, without blanks, since a journal file separates by them.
pub(super) fn read_code(text: &str, wrong: &mut Vec<FieldError>) -> String {
    let code = text.trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
    if code.is_empty() || code.len() > LONGEST_CODE || !code.chars().all(fits) {
        let says = "Enter a code of at most 40 letters, digits, points, dashes, lines and strokes, for example 6400.";
        wrong.push(FieldError { field: "code".into(), says: says.into() });
    }
    code.to_owned()
}

/// Reads a name of at most 200 characters on one line.
pub(super) fn read_name(text: &str, wrong: &mut Vec<FieldError>) -> String {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        let says = "Enter a name of at most 200 characters on one line.";
        wrong.push(FieldError { field: "name".into(), says: says.into() });
    }
    name.to_owned()
}

/// Reads the class.
pub(super) fn read_class(text: &str, wrong: &mut Vec<FieldError>) -> Class {
    Class::parse(text.trim()).unwrap_or_else(|| {
        let says = "Choose cost, income, asset or balance.";
        wrong.push(FieldError { field: "class".into(), says: says.into() });
        Class::Balance
    })
}

/// All answers fine, or the refusal that names what is wrong.
pub(super) fn all_fine(wrong: Vec<FieldError>) -> Result<(), Refusal> {
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::invalid(wrong)) }
}

impl Account {
    /// Changes name and class; says whether anything did. The class of an account in use stays.
    pub fn edit(&mut self, name: Option<&str>, class: Option<&str>, in_use: bool) -> Result<bool, Refusal> {
        let before = self.clone();
        let mut wrong = Vec::new();
        if let Some(name) = name {
            self.name = read_name(name, &mut wrong);
        }
        if let Some(class) = class {
            self.class = read_class(class, &mut wrong);
        }
        let chosen = class.and_then(|word| Class::parse(word.trim()));
        if in_use && chosen.is_some_and(|chosen| chosen != before.class) {
            return Err(CLASS_IN_USE.with(&[&self.code, before.class.word()]).beside("class", wrong));
        }
        all_fine(wrong)?;
        Ok(*self != before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> Account {
        let id = AccountId::new(uuid::Uuid::nil());
        Account { id, version: 1, code: "6400".into(), name: "Licences".into(), class: Class::Cost }
    }

    #[test]
    fn a_code_keeps_its_zeros_and_has_no_blanks() {
        for (text, fits) in
            [("0001", true), (" 6400 ", true), ("IT-4.1/2", true), ("", false), ("64 00", false)]
        {
            let mut wrong = Vec::new();
            assert_eq!(read_code(text, &mut wrong), text.trim());
            assert_eq!(wrong.is_empty(), fits, "{text:?}");
        }
    }

    #[test]
    fn the_class_of_an_account_with_postings_stays() {
        let refusal = account().edit(None, Some("asset"), true).unwrap_err();
        assert_eq!(refusal.kind.code, "account_class_in_use");
        assert!(account().edit(None, Some("asset"), false).unwrap());
        assert!(account().edit(Some("Software"), Some("cost"), true).unwrap());
        assert!(!account().edit(Some("Licences"), None, true).unwrap());
    }

    #[test]
    fn every_wrong_answer_is_named_at_once() {
        let refusal = account().edit(Some(" "), Some("expense"), false).unwrap_err();
        let fields: Vec<_> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["name", "class"]);
        let refusal = account().edit(Some(" "), Some("asset"), true).unwrap_err();
        let fields: Vec<_> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["name", "class"], "what a rule refuses is told with what cannot be read");
    }
}
