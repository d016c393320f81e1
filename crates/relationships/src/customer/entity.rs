//! What a customer is and how its answers are read.

use kernel::{CustomerId, FieldError, PersonId, Refusal};

/// Of ours, or outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CustomerKind {
    /// A business unit of the organisation.
    Unit,
    /// An organisation outside.
    Outside,
}

impl CustomerKind {
    /// Both kinds.
    pub const ALL: [CustomerKind; 2] = [CustomerKind::Unit, CustomerKind::Outside];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            CustomerKind::Unit => "unit",
            CustomerKind::Outside => "outside",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<CustomerKind> {
        CustomerKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A customer as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Id.
    pub id: CustomerId,
    /// Version, for If-Match.
    pub version: i64,
    /// `[A-Z0-9]{2,12}`, unique, unchangeable.
    pub key: String,
    /// Name.
    pub name: String,
    /// Unit or outside.
    pub kind: CustomerKind,
    /// Key in the file it came from, where it has one.
    pub source_key: Option<String>,
    /// Who owns the relationship.
    pub manager: Option<PersonId>,
}

/// Reads a key; says what is wrong with it.
pub fn read_key(text: &str, wrong: &mut Vec<FieldError>) -> String {
    let key = text.trim();
    let fits =
        (2..=12).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !fits {
        let says = "Enter a key of 2 to 12 capital letters and digits, for example CARE.";
        wrong.push(FieldError { field: "key".into(), says: says.into() });
    }
    key.to_owned()
}

/// Reads a name of at most 200 characters.
pub fn read_name(text: &str, wrong: &mut Vec<FieldError>) -> String {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 200 {
        let says = "Enter a name of at most 200 characters.";
        wrong.push(FieldError { field: "name".into(), says: says.into() });
    }
    name.to_owned()
}

/// Reads the kind.
pub fn read_kind(text: &str, wrong: &mut Vec<FieldError>) -> CustomerKind {
    CustomerKind::parse(text.trim()).unwrap_or_else(|| {
        let says = "Choose “unit” for a business unit of ours, “outside” for another organisation.";
        wrong.push(FieldError { field: "kind".into(), says: says.into() });
        CustomerKind::Unit
    })
}

/// All answers fine, or the refusal that names what is wrong.
pub fn all_fine(wrong: Vec<FieldError>) -> Result<(), Refusal> {
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::invalid(wrong)) }
}

impl Customer {
    /// Changes what may change; says whether anything did.
    pub fn edit(
        &mut self,
        name: Option<&str>,
        kind: Option<&str>,
        manager: Option<PersonId>,
    ) -> Result<bool, Refusal> {
        let before = self.clone();
        let mut wrong = Vec::new();
        if let Some(name) = name {
            self.name = read_name(name, &mut wrong);
        }
        if let Some(kind) = kind {
            self.kind = read_kind(kind, &mut wrong);
        }
        self.manager = manager.or(self.manager);
        all_fine(wrong)?;
        Ok(*self != before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_two_to_twelve_capitals_and_digits() {
        for (key, fits) in
            [("CARE", true), ("3G", true), ("A", false), ("care", false), ("A-B", false), ("", false)]
        {
            let mut wrong = Vec::new();
            read_key(key, &mut wrong);
            assert_eq!(wrong.is_empty(), fits, "{key}");
        }
    }

    #[test]
    fn every_wrong_answer_is_named_at_once() {
        let mut wrong = Vec::new();
        read_key("", &mut wrong);
        read_name(" ", &mut wrong);
        read_kind("team", &mut wrong);
        let refusal = all_fine(wrong).unwrap_err();
        let fields: Vec<_> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["key", "name", "kind"]);
    }
}
