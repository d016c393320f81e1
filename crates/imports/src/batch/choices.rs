//! What becomes of each group of lines: chosen by a person, or as usual.

use kernel::Refusal;

use super::error::NO_SUCH_CHOICE;
use crate::{Known, Target, Verdict};

/// The words of what becomes of lines that are new or already there.
pub(super) const ADD_OR_SKIP: [&str; 2] = ["add", "skip"];

/// The words of what becomes of lines that are there with other values.
pub(super) const CHANGED: [&str; 3] = ["skip", "replace", "add"];

/// What becomes of lines that are there with other values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OnChanged {
    /// They are left as they are.
    #[default]
    Skip,
    /// They are written beside the ones there.
    Add,
    /// They take the place of the ones there.
    Replace,
}

/// What becomes of each group. Lines that are rejected are never written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choices {
    /// New lines are written.
    pub add_new: bool,
    /// Lines already imported are written once more: two real lines that look alike.
    pub add_known: bool,
    /// What becomes of changed lines.
    pub changed: OnChanged,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices { add_new: true, add_known: false, changed: OnChanged::Skip }
    }
}

impl Choices {
    /// Refuses choices the target does not have: a record is there once.
    pub(super) fn fit(&self, target: &Target) -> Result<(), Refusal> {
        let records = matches!(target.known, Known::Records { .. });
        if records && self.add_known {
            return Err(NO_SUCH_CHOICE.with(&[target.label, "already there"]));
        }
        if records && self.changed == OnChanged::Add {
            return Err(NO_SUCH_CHOICE.with(&[target.label, "changed"]));
        }
        Ok(())
    }

    /// Whether a line of that verdict is written.
    pub(super) fn takes(&self, verdict: &Verdict) -> bool {
        match verdict {
            Verdict::New | Verdict::Noted(_) => self.add_new,
            Verdict::Known => self.add_known,
            Verdict::Changed(_) | Verdict::Stands(..) => self.changed != OnChanged::Skip,
            Verdict::Rejected(_) => false,
        }
    }
}
