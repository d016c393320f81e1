//! What a batch is, and what may become of it.

use kernel::{BatchId, Currency, Fault, Money, Period, PersonId, Refusal};
use sheets::Profile;

use super::error::{NOT_WRITTEN, QUESTIONS_OPEN, REVERTED_BEFORE, WRITTEN_BEFORE};
use crate::{Exchange, FieldKind, Report, Target};

/// How far an import has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// The file is there; nothing is known of its lines.
    Uploaded,
    /// Its lines were looked at.
    Checked,
    /// Its lines count.
    Written,
    /// They counted once.
    Reverted,
}

impl State {
    /// All states.
    pub const ALL: [State; 4] = [State::Uploaded, State::Checked, State::Written, State::Reverted];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            State::Uploaded => "uploaded",
            State::Checked => "checked",
            State::Written => "written",
            State::Reverted => "reverted",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A batch as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Id.
    pub id: BatchId,
    /// Version, for If-Match.
    pub version: i64,
    /// Running number; people say [`Batch::label`].
    pub number: i64,
    /// Kind of the target.
    pub kind: String,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_digest: String,
    /// How it is read.
    pub profile: Profile,
    /// The saved profile that came from.
    pub profile_name: Option<String>,
    /// Whether every question only a person can answer was answered.
    pub settled: bool,
    /// How far it has come.
    pub state: State,
    /// Lines of data.
    pub lines: i64,
    /// Of them, by the last check: new, already imported, changed, rejected, and how many were written.
    pub counts: Counts,
    /// The file's total in minor units, where it has one of one currency.
    pub total: Option<i64>,
    /// The currency of that.
    pub currency: Option<Currency>,
    /// The total the person entered: `7563248.11`.
    pub control_total: Option<String>,
    /// The one period it is for.
    pub period: Option<Period>,
    /// Digest over the contents of all lines written.
    pub digest: Option<String>,
    /// The batch whose rejected lines it brings in mended.
    pub mends: Option<BatchId>,
    /// Who sent the file, and when.
    pub uploaded: Deed,
    /// Who wrote it: they may not sign the close of its period.
    pub written: Option<Deed>,
    /// Who took it back.
    pub reverted: Option<Deed>,
    /// Why.
    pub reason: Option<String>,
}

/// Lines by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Can be written.
    pub new: i64,
    /// Already imported.
    pub known: i64,
    /// There with other values.
    pub changed: i64,
    /// Cannot be written.
    pub rejected: i64,
    /// Were written.
    pub written: i64,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The person.
    pub by: PersonId,
    /// The moment, as stored.
    pub at: String,
}

/// `B-0231`.
pub(crate) fn label(number: i64) -> String {
    format!("B-{number:04}")
}

/// The number of a label; `231`, `B-231` and `B-0231` are the same batch.
pub(crate) fn number_of(label: &str) -> Option<i64> {
    let digits = label.trim().strip_prefix("B-").or(label.trim().strip_prefix("b-")).unwrap_or(label.trim());
    digits.parse().ok()
}

impl Batch {
    /// `B-0231`.
    pub fn label(&self) -> String {
        label(self.number)
    }

    /// Its page.
    pub(crate) fn location(&self) -> String {
        format!("/records/batches/{}", self.label())
    }

    /// Its target.
    pub(crate) fn target(&self) -> Result<&'static Target, Fault> {
        let missing = || Fault::because(format!("nothing is registered to import as {}", self.kind));
        crate::find(&self.kind).ok_or_else(missing)
    }

    /// What its target is told of it.
    pub(crate) fn exchange(&self) -> Result<Exchange, Fault> {
        let (id, number, file_name) = (self.id, self.label(), self.file_name.clone());
        Ok(Exchange { id, number, kind: self.target()?.kind, file_name, period: self.period })
    }

    /// Refuses a batch that is written or reverted: its settings are history.
    pub(crate) fn still_open(&self) -> Result<(), Refusal> {
        match self.state {
            State::Uploaded | State::Checked => Ok(()),
            State::Written | State::Reverted => Err(WRITTEN_BEFORE.with(&[&self.label(), self.state.word()])),
        }
    }

    /// Refuses to write before it may be.
    pub(crate) fn may_be_written(&self) -> Result<(), Refusal> {
        self.still_open()?;
        if self.settled { Ok(()) } else { Err(QUESTIONS_OPEN.with(&[&self.file_name])) }
    }

    /// Refuses to revert what does not count.
    pub(crate) fn may_be_reverted(&self) -> Result<(), Refusal> {
        match self.state {
            State::Written => Ok(()),
            State::Reverted => Err(REVERTED_BEFORE.with(&[&self.label()])),
            State::Uploaded | State::Checked => Err(NOT_WRITTEN.with(&[&self.label()])),
        }
    }

    /// Takes over what a check found.
    pub(crate) fn found(&mut self, report: &Report) -> Result<(), Fault> {
        self.lines = report.lines;
        self.counts = Counts {
            new: report.new.lines,
            known: report.known.lines,
            changed: report.changed.lines,
            rejected: report.rejected.lines,
            written: report.taken.lines,
        };
        (self.total, self.currency) = (None, None);
        if let [only] = report.totals.as_slice()
            && !only.currency.is_empty()
        {
            let wrong = |error: kernel::MoneyError| Fault::new("reading a total", error);
            let currency = Currency::parse(&only.currency).map_err(wrong)?;
            self.total = Some(Money::parse(&only.amount, currency).map_err(wrong)?.minor());
            self.currency = Some(currency);
        }
        Ok(())
    }
}

/// The period a profile's constants set for the whole file.
pub(crate) fn period_of(target: &Target, profile: &Profile) -> Option<Period> {
    let field = target.field_of(FieldKind::Period)?;
    profile.constants.get(field.key)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_called_by_its_number_however_it_is_written() {
        for (said, number) in [("B-0231", Some(231)), ("231", Some(231)), ("b-231", Some(231)), ("B-x", None)]
        {
            assert_eq!(number_of(said), number, "{said}");
        }
        assert_eq!(
            (label(1), label(231), label(12345)),
            ("B-0001".into(), "B-0231".into(), "B-12345".into())
        );
    }
}
