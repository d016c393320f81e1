//! What people said of a period's close, and what its steps are judged by.

use finance::period::PeriodState;
use kernel::{Currency, Period, PersonId};
use usage::reconciliation::OfSupplier;

use crate::variance::Explained;

/// Who, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The person.
    pub by: PersonId,
    /// The moment.
    pub at: String,
}

/// The close of one period as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Id, a UUIDv7.
    pub id: String,
    /// Version; 0 until it is stored.
    pub version: i64,
    /// The period.
    pub period: Period,
    /// Why there is no detail, and who said so.
    pub no_detail: Option<(String, Deed)>,
    /// The digest of the inputs that were signed, and by whom.
    pub signed: Option<(String, Deed)>,
    /// Who closed it.
    pub closed: Option<Deed>,
    /// Why it is to be re-opened, and who asked.
    pub reopening: Option<(String, Deed)>,
}

impl Close {
    /// Nothing said yet.
    pub fn new(id: String, period: Period) -> Close {
        Close { id, version: 0, period, no_detail: None, signed: None, closed: None, reopening: None }
    }

    /// Signs for what has the digest `inputs`; false where that was signed before.
    pub fn sign(&mut self, inputs: &str, deed: Deed) -> bool {
        if self.signed_for(inputs) {
            return false;
        }
        self.signed = Some((inputs.to_owned(), deed));
        true
    }

    /// Whether the signature is for what has the digest `inputs`.
    pub fn signed_for(&self, inputs: &str) -> bool {
        self.signed.as_ref().is_some_and(|(signed, _)| signed == inputs)
    }

    /// Back in review: signature and close are void, the request is answered.
    pub fn reopened(&mut self) {
        (self.signed, self.closed, self.reopening) = (None, None, None);
    }
}

/// One step as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// 1–11.
    pub number: usize,
    /// `variances explained`.
    pub name: &'static str,
    /// Whether it is done.
    pub satisfied: bool,
    /// Whether the period cannot be closed without it.
    pub blocking: bool,
    /// What shows it, or what is missing: a sentence.
    pub evidence: String,
    /// What to do; empty where it is done.
    pub next: String,
    /// The page where it is done.
    pub link: String,
    /// Who did it, and when.
    pub who: Option<(String, String)>,
}

/// A ledger batch with lines in the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// `B-0231`.
    pub label: String,
    /// Written against a control total: the import refuses one that differs.
    pub controlled: bool,
    /// It brings in mended lines of another batch, whose control total covers them.
    pub mends: bool,
    /// Who wrote it, and when.
    pub who: (String, String),
}

/// A foreign currency of lines that were converted here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// `USD`.
    pub currency: String,
    /// Rate and source in words; `None` where one of them is missing.
    pub says: Option<String>,
}

/// Open rejected lines of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejects {
    /// `B-0231`.
    pub batch: String,
    /// `4 lines, €1,234.00`.
    pub about: String,
    /// Left out by a named exception: its amount in words and its reason.
    pub excepted: Option<String>,
}

/// The run of the period beside the facts as they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// There is none.
    Missing,
    /// Something it started from changed since.
    Stale,
    /// The facts of now cannot be computed: why.
    Impossible(String),
    /// Exactly the facts of now.
    Current,
    /// Made final by the close.
    Final,
}

/// The three figures of the tie, minor units, summed up from the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Cost lines of the period.
    pub ledger: i64,
    /// What customers carry.
    pub allocated: i64,
    /// Named residuals.
    pub unallocated: i64,
    /// Pools and services that pass on another amount than they have.
    pub off: usize,
}

impl Figures {
    /// Whether it ties: over all, and at every stage.
    pub const fn tie(&self) -> bool {
        self.difference() == 0 && self.off == 0
    }

    /// What is neither.
    pub const fn difference(&self) -> i64 {
        self.ledger - self.allocated - self.unallocated
    }
}

/// What the signature says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Nobody signed.
    None,
    /// Signed for other inputs than the run's: void.
    Void((String, String)),
    /// By whom and when.
    Valid((String, String)),
}

/// Who took part in a close, and who may still sign it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Who brought in what it is counted from: they do not close it.
    pub importers: Vec<PersonId>,
    /// These, who ran the allocation, and who said what is left out: they do not sign it.
    pub preparers: Vec<PersonId>,
    /// Names of the others who hold a role that signs.
    pub signers: Vec<String>,
}

/// Everything the steps are judged by.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The period.
    pub period: Period,
    /// Its state.
    pub state: PeriodState,
    /// Reporting currency.
    pub currency: Currency,
    /// Ledger batches with lines in it.
    pub batches: Vec<Batch>,
    /// Suppliers whose bills count in it, and how these and the ledger come together.
    pub bills: Vec<OfSupplier>,
    /// Why there is no detail, by whom and when.
    pub no_detail: Option<(String, (String, String))>,
    /// Drivers of rules in force, and whether they have a quantity.
    pub drivers: Vec<(String, bool)>,
    /// Who imported the newest quantities, and when.
    pub measured_by: Option<(String, String)>,
    /// Foreign currencies converted here, or by a source that names its rate.
    pub rates: Vec<Rate>,
    /// Who imported the newest rates of the month, and when.
    pub rated_by: Option<(String, String)>,
    /// Cost lines without pool: how many, and how much.
    pub unmapped: (i64, i64),
    /// Open rejected lines.
    pub rejects: Vec<Rejects>,
    /// The run.
    pub run: Run,
    /// Who ran it, and when.
    pub run_by: Option<(String, String)>,
    /// The tie, where there is a run.
    pub figures: Option<Figures>,
    /// The variances; `None` without an approved original budget.
    pub variances: Option<Explained>,
    /// Whether unexplained ones block.
    pub variances_block: bool,
    /// The signature.
    pub signature: Signature,
    /// Who took part, and who may sign.
    pub people: People,
    /// Who closed it, and when.
    pub closed: Option<(String, String)>,
    /// Statements: how many are issued, of how many.
    pub statements: (i64, i64),
    /// What is drafted is not what would be issued.
    pub stale_drafts: bool,
}
