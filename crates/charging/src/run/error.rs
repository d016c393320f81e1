//! Why a run is refused.

use kernel::{RefusalKind, Status};

/// The period's shares are final.
pub static PERIOD_FINAL: RefusalKind = RefusalKind {
    code: "run_period_final",
    status: Status::Rule,
    says: "{0} is {1}: its allocation is final.",
    way_out: "Corrections go to the open period; a soft-closed one can be re-opened until its statements are issued.",
};

/// The model cannot be computed.
pub static MODEL_REFUSED: RefusalKind = RefusalKind {
    code: "cost_model_refused",
    status: Status::Rule,
    says: "The cost model cannot be computed: {0}.",
    way_out: "Mend the rule or driver named, have it approved, and run again.",
};

/// Nothing was run yet.
pub static NOT_RUN: RefusalKind = RefusalKind {
    code: "not_run",
    status: Status::NotFound,
    says: "Nothing is allocated for {0} yet.",
    way_out: "Run the allocation: quarterdeck allocate run --period {0}.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&PERIOD_FINAL, &MODEL_REFUSED, &NOT_RUN];
