//! What pages, API and command line reach of this context.

use access::route::Nothing;
use access::{Action, Command, Noun, Reading, command, reading};
use kernel::RefusalKind;

use crate::{object, rule, run, sharing};

/// Everything that changes.
pub static COMMANDS: &[&[Command]] = &[MODEL_COMMANDS];

/// Everything that reads.
pub static READINGS: &[&[Reading]] = &[MODEL_READINGS];

static MODEL_COMMANDS: &[Command] = &[
    command!("rule add", "Write a rule of the cost model", Action::EditRules, Post "/finance/rules",
        rule::RuleInput => rule::add, refuses rule::error::ALL),
    command!("rule revise", "Write a new version of a rule", Action::EditRules, Post "/finance/rules/{number}/revise",
        rule::RuleInput => rule::revise, refuses rule::error::ALL),
    command!("rule submit", "Put a rule before another person", Action::EditRules,
        Post "/finance/rules/{number}/submit", Nothing => rule::submit, refuses rule::error::ALL),
    command!("rule approve", "Approve a rule somebody else wrote", Action::ApproveRules,
        Post "/finance/rules/{number}/approve", Nothing => rule::approve, refuses rule::error::ALL),
    command!("sharing set", "State how services share among themselves", Action::EditRules, Post "/finance/sharing",
        sharing::SharingInput => sharing::set),
    command!("object add", "Add a cost object that is kept central", Action::EditRules, Post "/finance/objects",
        object::ObjectInput => object::add),
    command!("allocate run", "Run the allocation of a period", Action::ImportMoney, Post "/finance/runs",
        run::RunInput => run::start, refuses run::error::ALL),
];

static MODEL_READINGS: &[Reading] = &[
    reading!("rule list", "Rules of the cost model, every version", Action::ReadMoney,
        "/finance/rules" => rule::list),
    reading!("rule show", "One rule", Action::ReadMoney, "/finance/rules/{number}", takes &["version"] => rule::show),
    reading!("sharing list", "How services share among themselves", Action::ReadMoney,
        "/finance/sharing" => sharing::list),
    reading!("object list", "Cost objects kept central", Action::ReadMoney, "/finance/objects" => object::list),
    reading!("run list", "Runs of the allocation", Action::ReadMoney, "/finance/runs" => run::list),
    reading!("run show", "The run of a period", Action::ReadMoney, "/finance/run", takes &["period"] => run::show),
    reading!("share list", "Every share of a period's run", Action::ReadMoney, "/finance/shares",
        takes &["period"] => run::shares),
    reading!("residual list", "What a period leaves unallocated", Action::ReadMoney, "/finance/residuals",
        takes &["period"] => run::residuals),
    reading!("allocate dry", "Who would gain and who would pay", Action::ReadMoney, "/finance/dry-run",
        takes &["period"] => run::dry),
    reading!("period check", "Ledger = allocated + unallocated", Action::ReadMoney,
        "/finance/periods/{period}/check" => run::check),
    reading!("cost trace", "What a service cost a customer, back to the ledger", Action::ReadMoney,
        "/finance/trace/{service}/{customer}", takes &["period"] => run::trace),
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[&rule::NOUN, &sharing::NOUN, &object::NOUN, &run::NOUN];

/// Refusals of this context.
pub static REFUSALS: &[&[&RefusalKind]] = &[rule::error::ALL, run::error::ALL];
