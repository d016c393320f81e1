//! Why an import is refused.

use kernel::{RefusalKind, Status};

/// There is no such thing to import.
pub static UNKNOWN_KIND: RefusalKind = RefusalKind {
    code: "import_kind_unknown",
    status: Status::Unclean,
    says: "“{0}” cannot be imported; {1} can.",
    way_out: "Choose one of them.",
};

/// Required fields without column or constant.
pub static MAPPING_INCOMPLETE: RefusalKind = RefusalKind {
    code: "mapping_incomplete",
    status: Status::Unclean,
    says: "No column or value is set for: {0}.",
    way_out: "Say which column holds it, or give one value for the whole file.",
};

/// The file leaves a question open.
pub static QUESTIONS_OPEN: RefusalKind = RefusalKind {
    code: "import_questions_open",
    status: Status::Unclean,
    says: "“{0}” can be read in more than one way, and nothing was said about which.",
    way_out: "Answer the questions of the formats, or name a profile.",
};

/// The total is not the control total.
pub static TOTALS_DIFFER: RefusalKind = RefusalKind {
    code: "control_total_differs",
    status: Status::Unclean,
    says: "The file adds up to {0}, the control total is {1}: {2} apart.",
    way_out: "Look at the formats and the lines left out, or ask for the file again.",
};

/// A control total for a file that has no single total.
pub static NO_SINGLE_TOTAL: RefusalKind = RefusalKind {
    code: "no_single_total",
    status: Status::Unclean,
    says: "A control total of {0} cannot be compared: the file adds up to {1}.",
    way_out: "Write one amount for each currency: 59746.50 EUR + 11550.00 USD.",
};

/// What was checked is no longer so.
pub static CHECK_AGAIN: RefusalKind = RefusalKind {
    code: "check_again",
    status: Status::Rule,
    says: "Since {0} was checked, other lines were written: {1}.",
    way_out: "Check it again, look at the groups, then write it.",
};

/// It was never checked.
pub static CHECK_FIRST: RefusalKind = RefusalKind {
    code: "check_first",
    status: Status::Rule,
    says: "{0} was not checked since it was uploaded or changed.",
    way_out: "Check it, look at the groups, then write it.",
};

/// No line would be written.
pub static NOTHING_TO_WRITE: RefusalKind = RefusalKind {
    code: "nothing_to_write",
    status: Status::Rule,
    says: "No line of {0} would be written: {1}.",
    way_out: "Choose what becomes of each group, or leave it.",
};

/// A choice the kind of thing does not have.
pub static NO_SUCH_CHOICE: RefusalKind = RefusalKind {
    code: "no_such_choice",
    status: Status::Unclean,
    says: "{0} that are {1} cannot be added once more: each is there once.",
    way_out: "Choose skip, or replace where they are changed.",
};

/// It is written already.
pub static WRITTEN_BEFORE: RefusalKind = RefusalKind {
    code: "batch_written_before",
    status: Status::Rule,
    says: "{0} is {1}.",
    way_out: "Upload the file again; lines that count already are recognised.",
};

/// It was never written.
pub static NOT_WRITTEN: RefusalKind = RefusalKind {
    code: "batch_not_written",
    status: Status::Rule,
    says: "{0} was never written, so there is nothing to take back.",
    way_out: "Leave it; an unwritten batch changes nothing.",
};

/// It was reverted already.
pub static REVERTED_BEFORE: RefusalKind = RefusalKind {
    code: "batch_reverted_before",
    status: Status::Rule,
    says: "{0} was reverted before.",
    way_out: "Upload the file again to import its lines again.",
};

/// Its lines were replaced by a later batch.
pub static REPLACED_LATER: RefusalKind = RefusalKind {
    code: "batch_replaced_later",
    status: Status::Rule,
    says: "Lines of {0} were replaced by {1}.",
    way_out: "Revert {1} first.",
};

/// A revert without a reason.
pub static REASON_NEEDED: RefusalKind = RefusalKind {
    code: "reason_needed",
    status: Status::Unclean,
    says: "A reason is needed.",
    way_out: "Say in a few words why; it stands in the history.",
};

/// The rejected lines cannot be mended by that many.
pub static MENDS_OTHER: RefusalKind = RefusalKind {
    code: "mends_other_batch",
    status: Status::Rule,
    says: "{0} cannot be mended by this import: {1}.",
    way_out: "Name a written batch of the same kind that has open rejected lines.",
};

/// Nothing is open.
pub static NO_OPEN_REJECTS: RefusalKind = RefusalKind {
    code: "no_open_rejects",
    status: Status::Rule,
    says: "{0} has no open rejected lines.",
    way_out: "Leave it.",
};

/// Larger than we take.
pub static FILE_TOO_LARGE: RefusalKind = RefusalKind {
    code: "import_file_too_large",
    status: Status::TooLarge,
    says: "The file has {0} MB; at most {1} are taken.",
    way_out: "Split it, for example by month.",
};

/// The same lines, read otherwise, would be there twice.
pub static COUNTED_TWICE: RefusalKind = RefusalKind {
    code: "import_counted_twice",
    status: Status::Rule,
    says: "{0} wrote {1} lines of this very file, read otherwise; {2} more would count some of them twice.",
    way_out: "Take {0} back first, or read the file as it was read then.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[
    &UNKNOWN_KIND,
    &MAPPING_INCOMPLETE,
    &QUESTIONS_OPEN,
    &TOTALS_DIFFER,
    &NO_SINGLE_TOTAL,
    &CHECK_AGAIN,
    &CHECK_FIRST,
    &NOTHING_TO_WRITE,
    &NO_SUCH_CHOICE,
    &WRITTEN_BEFORE,
    &NOT_WRITTEN,
    &REVERTED_BEFORE,
    &REPLACED_LATER,
    &REASON_NEEDED,
    &MENDS_OTHER,
    &NO_OPEN_REJECTS,
    &FILE_TOO_LARGE,
    &COUNTED_TWICE,
];
