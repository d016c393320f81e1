//! What a context offers to be imported. The contexts above define their targets as statics; `app`
//! hands all of them in at start with [`register`].

use std::sync::{PoisonError, RwLock};

use access::route::Outcome;
use access::{Action, Cx, history};
use kernel::{BatchId, Period, Refusal, Refused};

use crate::{FieldKind, FieldSpec, Hints, Row};

/// Who knows whether a line was imported before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// The written batches: for lines that have no life of their own (ledger lines, rates). A line
    /// with equal values in a written, not reverted batch is already imported, counted copy by copy.
    /// Where `identity` names fields and all have a value that occurs once in the file and once in
    /// the written batches, a line with other values is that line changed. Without: whole lines only.
    Batches {
        /// Fields that together name a line: document and line number. May be empty.
        identity: &'static [&'static str],
    },
    /// The records: for things with a life of their own (services, customers). [`Target::check`]
    /// compares with them and says new, known or changed.
    Records {
        /// Fields that together name the record; a second line with the same is rejected.
        identity: &'static [&'static str],
    },
}

/// One field that a line would change.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// Field key.
    pub field: String,
    /// Value before, as files write it.
    pub old: String,
    /// Value in the file.
    pub new: String,
}

/// What is thought of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It can be written. What a target of [`Known::Batches`] says of a good line: whether it is
    /// known or changed is found beside it.
    New,
    /// It can be written, and somebody should know how: `it belongs to Aug 2026, which is closed, …`.
    /// Lines with the same sentence are told together.
    Noted(String),
    /// It was imported before, or the record is exactly so.
    Known,
    /// It is there with other values.
    Changed(Vec<Change>),
    /// Of a line with a field of kind [`crate::FieldKind::Id`]: the line of that id stands there, with these values
    /// otherwise; none: it is known.
    Stands(WrittenRow, Vec<Change>),
    /// It cannot be written: why, as a sentence without its stop: `cost centre 7719 unknown`.
    Rejected(String),
}

/// A line that stands in a written batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenRow {
    /// The batch.
    pub batch: BatchId,
    /// Its line there.
    pub line: i64,
    /// What [`Target::write`] returned for it.
    pub record: Option<String>,
}

/// A line to write.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// Its values.
    pub row: Row,
    /// Under [`Known::Records`]: whether it changes a record that is there.
    pub changes: bool,
    /// Under [`Known::Batches`]: the written line it takes the place of.
    pub replaces: Option<WrittenRow>,
}

/// The import a target is asked about.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Id of the batch.
    pub id: BatchId,
    /// Number people say: `B-0231`.
    pub number: String,
    /// Kind of the target.
    pub kind: &'static str,
    /// Name of the file.
    pub file_name: String,
    /// The one period it is for, where the field of kind [`FieldKind::Period`] is a constant.
    pub period: Option<Period>,
}

/// Why a use case would refuse a line, as a reason to reject it: each wrong field with what is wrong,
/// else the refusal's own sentence, without its stop.
pub fn reason(refusal: &Refusal) -> String {
    let sentence = |says: &str| says.trim_end_matches('.').to_owned();
    if refusal.fields.is_empty() {
        return sentence(&refusal.says);
    }
    let fields: Vec<String> =
        refusal.fields.iter().map(|wrong| format!("{}: {}", wrong.field, sentence(&wrong.says))).collect();
    fields.join("; ")
}

/// The verdict on a line that was read by its use case: rejected with the reason where it refuses.
pub fn judged(read: Result<Verdict, Refused>) -> Result<Verdict, Refused> {
    match read {
        Err(Refused::Refusal(refusal)) => Ok(Verdict::Rejected(reason(&refusal))),
        other => other,
    }
}

/// Names the line a use case refused while it was written: the check had nothing against it.
pub fn at_line(line: i64, refused: Refused) -> Refused {
    match refused {
        Refused::Refusal(refusal) => {
            Refusal::field("file", format!("Line {line}: {}.", reason(&refusal))).into()
        }
        fault => fault,
    }
}

/// Something that can be imported.
pub struct Target {
    /// The word of the command line: `gl`.
    pub kind: &'static str,
    /// What people read: `Ledger lines`.
    pub label: &'static str,
    /// Who may import and revert it: must reach everything.
    pub action: Action,
    /// Who may read its batches: must reach everything.
    pub reads: Action,
    /// Its fields in the order of a template.
    pub fields: &'static [FieldSpec],
    /// Who knows a line.
    pub known: Known,
    /// The field summed up as the file's total: money or a quantity. In a file without it that has
    /// fields `debit` and `credit`, the total is debit − credit.
    pub total: Option<&'static str>,
    /// What else it tells of files.
    pub hints: Hints,
    /// What it thinks of each row, one verdict per row in the same order. Called with at most
    /// [`crate::CHUNK`] rows at a time, in a reading or a writing transaction; must change nothing.
    pub check: for<'c> fn(&'c mut Cx, &'c [Row]) -> Outcome<'c, Vec<Verdict>>,
    /// Writes rows, at most [`crate::CHUNK`] at a time; one entry per row: the id of its record where
    /// it has one. A row that replaces another undoes the other's effect.
    pub write: for<'c> fn(&'c mut Cx, &'c Exchange, &'c [Accepted]) -> Outcome<'c, Vec<Option<String>>>,
    /// Called once after the last `write`, in the same transaction: posts totals.
    pub finish: for<'c> fn(&'c mut Cx, &'c Exchange) -> Outcome<'c, ()>,
    /// Refuses where a written batch cannot be taken back, as because its period is closed: asked before anybody is
    /// offered to, and once more before [`Target::revert`]. None where that is found out record by record.
    pub may_revert: Option<for<'c> fn(&'c mut Cx, &'c Exchange) -> Outcome<'c, ()>>,
    /// Undoes a written batch whole, or refuses: a record is in use. Lines the batch replaced stand again
    /// ([`crate::written_lines`] names them).
    pub revert: for<'c> fn(&'c mut Cx, &'c Exchange, &'c str) -> Outcome<'c, ()>,
}

impl Target {
    /// The field of that key.
    pub fn field(&self, key: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The first field of that kind.
    pub fn field_of(&self, kind: FieldKind) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.kind == kind)
    }

    /// The fields that name a line or record.
    pub fn identity(&self) -> &'static [&'static str] {
        match self.known {
            Known::Batches { identity } | Known::Records { identity } => identity,
        }
    }
}

static TARGETS: RwLock<Vec<&'static Target>> = RwLock::new(Vec::new());

/// Hands in what can be imported, and of which batches the history is told to whom. A kind that is there already
/// stays as it is, so that a process which opens several databases may call it for each.
pub fn register(targets: &[&'static Target]) {
    history::narrow(&crate::batch::NARROW);
    let mut known = TARGETS.write().unwrap_or_else(PoisonError::into_inner);
    for target in targets {
        if known.iter().all(|other| other.kind != target.kind) {
            known.push(target);
        }
    }
}

/// Everything that can be imported, in the order handed in.
pub fn targets() -> Vec<&'static Target> {
    TARGETS.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The kinds of all targets.
pub(crate) fn kinds() -> Vec<&'static str> {
    targets().into_iter().map(|target| target.kind).collect()
}

/// The target of that kind.
pub fn find(kind: &str) -> Option<&'static Target> {
    targets().into_iter().find(|target| target.kind == kind)
}

#[cfg(test)]
mod tests {
    use kernel::FieldError;

    use super::*;

    #[test]
    fn a_refused_line_says_which_fields_are_wrong_and_how() {
        let wrong = |field: &str, says: &str| FieldError { field: field.into(), says: says.into() };
        let refusal =
            Refusal::invalid(vec![wrong("owner", "There is nobody called “x”."), wrong("kind", "Choose.")]);
        assert_eq!(reason(&refusal), "owner: There is nobody called “x”; kind: Choose");
        assert_eq!(reason(&Refusal::not_found()), "There is nothing here");
        let rejected = Verdict::Rejected("owner: There is nobody called “x”; kind: Choose".into());
        assert_eq!(judged(Err(refusal.into())).ok(), Some(rejected));
    }
}
