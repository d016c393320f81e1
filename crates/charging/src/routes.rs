//! What pages, API and command line reach of this context.

use access::route::Nothing;
use access::{Action, Command, Noun, Reading, command, reading};
use kernel::RefusalKind;

use crate::{object, recovery, rule, run, sharing, statement};

/// Everything that changes.
pub static COMMANDS: &[&[Command]] = &[MODEL_COMMANDS, STATEMENT_COMMANDS];

/// Everything that reads.
pub static READINGS: &[&[Reading]] = &[MODEL_READINGS, STATEMENT_READINGS];

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

static STATEMENT_COMMANDS: &[Command] = &[
    command!("statement draft", "Draft the statements of a period", Action::IssueStatements,
        Post "/finance/statements", statement::StatementPeriod => statement::draft, refuses statement::error::ALL),
    command!("statement issue", "Issue the statements of a period", Action::IssueStatements,
        Post "/finance/statements/issue", statement::StatementPeriod => statement::issue,
        refuses statement::error::ALL),
    command!("statement lapse", "Accept statements whose window passed unanswered", Action::IssueStatements,
        Post "/finance/statements/lapse", Nothing => statement::lapse),
    command!("statement accept", "Accept a statement", Action::AcceptStatement,
        Post "/finance/statements/{number}/accept", statement::AcceptInput => statement::accept,
        refuses statement::error::ALL),
];

static STATEMENT_READINGS: &[Reading] = &[
    reading!("statement list", "Statements", Action::ReadStatements, "/finance/statements" => statement::list),
    reading!("statement show", "One statement with its lines and why it changed", Action::ReadStatements,
        "/finance/statements/{number}" => statement::show),
    reading!("statement lines", "Lines of a statement or of a period's statements", Action::ReadStatements,
        "/finance/statement-lines", takes &["period", "statement"] => statement::lines),
    reading!("trace show", "Where the amount of a statement line comes from", Action::ReadStatements,
        "/finance/trace/{id}" => statement::trace),
    reading!("journal list", "What the general ledger books of a period's recharges", Action::ReadMoney,
        "/finance/journal", takes &["period"] => statement::journal),
    reading!("recovery list", "Charges against cost per service", Action::ReadMoney, "/finance/recovery",
        takes &["period"] => recovery::list),
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[&rule::NOUN, &sharing::NOUN, &object::NOUN, &run::NOUN, &statement::NOUN];

/// Refusals of this context.
pub static REFUSALS: &[&[&RefusalKind]] = &[rule::error::ALL, run::error::ALL, statement::error::ALL];
