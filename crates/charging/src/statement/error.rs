//! Why a statement is refused.

use kernel::{RefusalKind, Status};

/// Issued statements are never changed.
pub static ISSUED: RefusalKind = RefusalKind {
    code: "statements_issued",
    status: Status::Rule,
    says: "The statements of {0} are issued.",
    way_out: "What was wrong is corrected in a later period.",
};

/// There is nothing to issue.
pub static NOT_DRAFTED: RefusalKind = RefusalKind {
    code: "statements_not_drafted",
    status: Status::Rule,
    says: "There are no statements of {0} yet.",
    way_out: "Draft them: quarterdeck statement draft --period {1}.",
};

/// The facts moved since the draft.
pub static STALE_DRAFT: RefusalKind = RefusalKind {
    code: "statements_stale",
    status: Status::Rule,
    says: "The statements of {0} were drafted before the last change of cost, prices or agreements.",
    way_out: "Draft them again and look at what changed, then issue them.",
};

/// A month still being worked on is not billed.
pub static PERIOD_NOT_CLOSED: RefusalKind = RefusalKind {
    code: "statements_before_close",
    status: Status::Rule,
    says: "{0} is {1}: its statements are issued once it is soft-closed.",
    way_out: "Work through the close, then issue them.",
};

/// A customer answers what was sent to them.
pub static NOT_ISSUED: RefusalKind = RefusalKind {
    code: "statement_not_issued",
    status: Status::Rule,
    says: "{0} is a {1}: it is accepted once it is issued.",
    way_out: "Wait until finance issues it.",
};

/// A statement has one currency.
pub static FOREIGN_PRICE: RefusalKind = RefusalKind {
    code: "statement_foreign_price",
    status: Status::Rule,
    says: "Price {0} of {1} is in {2}, statements are in {3}.",
    way_out: "Have a price in {3} approved for {1}, then draft again.",
};

/// What would be handed to other tools is not what is charged.
pub static FOCUS_DIFFERS: RefusalKind = RefusalKind {
    code: "focus_differs",
    status: Status::Rule,
    says: "FOCUS of {0} does not add up: {1}.",
    way_out: "Drafts may be older than the last run: quarterdeck statement draft --period {2}.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] =
    &[&ISSUED, &NOT_DRAFTED, &STALE_DRAFT, &PERIOD_NOT_CLOSED, &NOT_ISSUED, &FOREIGN_PRICE, &FOCUS_DIFFERS];
