//! Two kinds of error. A [`Refusal`] is the user's: a stable code, a sentence and a way out. A
//! [`Fault`] is ours: logged once with its chain where it is handled, shown as a reference.

use std::fmt;

use crate::Status;

/// One entry of the catalogue of refusals. Each noun's `error.rs` declares its own as constants;
/// `docs/errors.md` is generated from all of them.
#[derive(Debug, PartialEq, Eq)]
pub struct RefusalKind {
    /// Stable code: `period_closed`.
    pub code: &'static str,
    /// What kind of no.
    pub status: Status,
    /// The sentence; `{0}`, `{1}` … are filled in.
    pub says: &'static str,
    /// The way out, in the imperative; filled in likewise.
    pub way_out: &'static str,
}

impl RefusalKind {
    /// This refusal with its blanks filled.
    pub fn with(&'static self, blanks: &[&str]) -> Refusal {
        let fill = |text: &str| {
            blanks
                .iter()
                .enumerate()
                .fold(text.to_owned(), |text, (i, blank)| text.replace(&format!("{{{i}}}"), blank))
        };
        Refusal { kind: self, says: fill(self.says), way_out: fill(self.way_out), fields: Vec::new() }
    }

    /// This refusal, which has no blanks.
    pub fn plain(&'static self) -> Refusal {
        self.with(&[])
    }
}

/// What is wrong with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FieldError {
    /// The field's name, as in JSON.
    pub field: String,
    /// What is wrong and what to do, in one sentence.
    pub says: String,
}

/// A no that the user can do something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The catalogue's entry.
    pub kind: &'static RefusalKind,
    /// The sentence.
    pub says: String,
    /// The way out.
    pub way_out: String,
    /// Fields to mend, where it is about input.
    pub fields: Vec<FieldError>,
}

/// Input that cannot be taken as it is: the fields say why.
pub static INVALID: RefusalKind = RefusalKind {
    code: "invalid_input",
    status: Status::Unclean,
    says: "Some answers are missing or cannot be read.",
    way_out: "Mend the fields named and send it again.",
};

/// The one answer for what does not exist and for what is not theirs to see.
pub static NOT_FOUND: RefusalKind = RefusalKind {
    code: "not_found",
    status: Status::NotFound,
    says: "There is nothing here.",
    way_out: "Check the address or search for it.",
};

impl Refusal {
    /// [`INVALID`] with what is wrong per field.
    pub fn invalid(fields: Vec<FieldError>) -> Refusal {
        Refusal { fields, ..INVALID.plain() }
    }

    /// [`INVALID`] for one field.
    pub fn field(field: &str, says: impl Into<String>) -> Refusal {
        Refusal::invalid(vec![FieldError { field: field.to_owned(), says: says.into() }])
    }

    /// The refusal of one field by a rule, told with all others that are wrong: alone it keeps its code.
    pub fn beside(mut self, field: &str, mut wrong: Vec<FieldError>) -> Refusal {
        let own = FieldError { field: field.to_owned(), says: self.says.clone() };
        if wrong.is_empty() {
            self.fields.push(own);
            return self;
        }
        wrong.push(own);
        Refusal::invalid(wrong)
    }

    /// [`NOT_FOUND`].
    pub fn not_found() -> Refusal {
        NOT_FOUND.plain()
    }
}

/// Something of ours went wrong. `what` says during what; the source is the chain.
pub struct Fault {
    what: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Fault {
    /// A fault with its cause.
    pub fn new(
        what: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Fault {
        Fault { what: what.into(), source: Some(source.into()) }
    }

    /// A fault that is its own cause.
    pub fn because(what: impl Into<String>) -> Fault {
        Fault { what: what.into(), source: None }
    }

    /// The whole chain on one line, for the log.
    pub fn chain(&self) -> String {
        let mut line = self.what.clone();
        let mut next: Option<&(dyn std::error::Error + 'static)> =
            self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static));
        while let Some(source) = next {
            line = format!("{line}: {source}");
            next = source.source();
        }
        line
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.chain())
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// Why a use case did not happen.
#[derive(Debug)]
pub enum Refused {
    /// The user's to mend.
    Refusal(Refusal),
    /// Ours to mend.
    Fault(Fault),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        Refused::Refusal(refusal)
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Refused {
        Refused::Fault(fault)
    }
}

impl Refused {
    /// The stable code; `fault` where it is ours.
    pub fn code(&self) -> &str {
        match self {
            Refused::Refusal(refusal) => refusal.kind.code,
            Refused::Fault(_) => "fault",
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Refusal(refusal) => write!(f, "{} {}", refusal.says, refusal.way_out),
            Refused::Fault(fault) => write!(f, "{fault}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rules_refusal_of_a_field_is_told_with_the_others_and_alone_keeps_its_code() {
        static TAKEN: RefusalKind = RefusalKind {
            code: "key_taken",
            status: Status::Rule,
            says: "There is a {0} already.",
            way_out: "Choose another.",
        };
        let fields = |refusal: &Refusal| -> Vec<String> {
            refusal.fields.iter().map(|wrong| format!("{}: {}", wrong.field, wrong.says)).collect()
        };
        let alone = TAKEN.with(&["CARE"]).beside("key", Vec::new());
        assert_eq!(
            (alone.kind.code, fields(&alone)),
            ("key_taken", vec!["key: There is a CARE already.".into()])
        );
        let name = FieldError { field: "name".into(), says: "Needs an answer.".into() };
        let both = TAKEN.with(&["CARE"]).beside("key", vec![name]);
        assert_eq!(both.kind.code, "invalid_input");
        assert_eq!(fields(&both), ["name: Needs an answer.", "key: There is a CARE already."]);
    }

    #[test]
    fn a_refusal_fills_its_blanks_and_a_fault_tells_its_whole_chain() {
        static CLOSED: RefusalKind = RefusalKind {
            code: "period_closed",
            status: Status::Rule,
            says: "{0} is closed.",
            way_out: "Post to {1} instead.",
        };
        let refusal = CLOSED.with(&["Aug 2026", "Sep 2026"]);
        assert_eq!(
            format!("{} {}", refusal.says, refusal.way_out),
            "Aug 2026 is closed. Post to Sep 2026 instead."
        );
        let fault = Fault::new("saving a customer", std::io::Error::other("disk full"));
        assert_eq!(
            (fault.to_string(), fault.chain()),
            ("saving a customer".into(), "saving a customer: disk full".into())
        );
    }
}
