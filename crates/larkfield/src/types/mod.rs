//! What the story is made of: plain records that refer to one another by keys, in the order the
//! application feeds them through its use cases. Nothing here is a result: what the model should
//! compute (costs per service, charges, states of promises) is not in it.

use kernel::{Currency, Money, Period};

mod allocation;
mod files;
mod money;
mod people;
mod portfolio;

pub use allocation::*;
pub use files::*;
pub use money::*;
pub use people::*;
pub use portfolio::*;

/// The whole of Larkfield as of one September, 2 October in the morning.
#[derive(Clone, Debug)]
pub struct Story {
    /// The September in review.
    pub as_of: Period,
    /// The company and its calendar.
    pub organisation: Organisation,
    /// Where cost arises inside technology.
    pub cost_centres: Vec<CostCentre>,
    /// Everyone who may sign in.
    pub people: Vec<Person>,
    /// Six business units that are charged, four outside accounts.
    pub customers: Vec<Customer>,
    /// People at customers; only some of them sign in.
    pub contacts: Vec<Contact>,
    /// The catalogue and what is retired: all entered as take-overs for now.
    pub services: Vec<Service>,
    /// Services being prepared whose cost stays central, as a named residual.
    pub preparations: Vec<Preparation>,
    /// What depends on, replaces or enables what.
    pub relations: Vec<Relation>,
    /// Later corrections of one record, so that one history is long. In order of time.
    pub revisions: Vec<Revision>,
    /// Variants customers can take, with price versions and service levels.
    pub offerings: Vec<Offering>,
    /// Who takes what.
    pub agreements: Vec<Agreement>,
    /// The chart of accounts.
    pub accounts: Vec<Account>,
    /// The nine cost pools.
    pub pools: Vec<Pool>,
    /// Which ledger lines belong to which pool; the first that fits decides.
    pub mapping_rules: Vec<MappingRule>,
    /// Exchange rates of 24 months.
    pub rates: Vec<ExchangeRate>,
    /// Budget of cost per pool and month, original version.
    pub budgets: Vec<Budget>,
    /// Capital planned per service and fiscal year; not in `budgets`.
    pub capital_plans: Vec<CapitalPlan>,
    /// What is measured to share cost.
    pub drivers: Vec<Driver>,
    /// How much was measured, per driver, month and receiver.
    pub driver_quantities: Vec<DriverQuantity>,
    /// How pools reach services and services reach customers, by version.
    pub allocation_rules: Vec<AllocationRule>,
    /// The ledger, as files a person would load in this order.
    pub files: Vec<LedgerFile>,
    /// How each closed month was closed. September is not among them.
    pub closes: Vec<Close>,
    /// Baseline promises of the take-overs.
    pub promises: Vec<Promise>,
    /// Causes of variances above the limit.
    pub commentary: Vec<Commentary>,
}

/// The company.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// `Larkfield Mobile`.
    pub name: String,
    /// Where it works.
    pub country: String,
    /// What totals are in.
    pub reporting: Currency,
    /// The fiscal year starts in this month (1–12).
    pub fiscal_first_month: u32,
    /// The day Quarterdeck is set up: what holds in the first month is approved before it begins.
    pub set_up_on: chrono::NaiveDate,
    /// First month with a ledger.
    pub first_period: Period,
    /// Last month with a ledger: in review.
    pub last_period: Period,
    /// The demo clock stands here when the demo is loaded: 2 October, 09:30.
    pub opens_at: chrono::NaiveDateTime,
    /// A variance is explained from this amount on …
    pub explain_from: Money,
    /// … and from this many percent of the budget on.
    pub explain_from_percent: u32,
}

/// A cost centre of technology.
#[derive(Clone, Debug)]
pub struct CostCentre {
    /// Four digits: `7110`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Run, grow or transform: what its spending is for.
    pub purpose: Purpose,
}

/// What spending is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Keeps what is there.
    Run,
    /// More of what is there.
    Grow,
    /// Something new.
    Transform,
}
