//! What pages, API and command line reach of this context.

use access::route::Nothing;
use access::{Action, Command, Noun, Reading, command, reading};
use kernel::RefusalKind;

use crate::{close, promise, recovery, result, rule, run, service, sharing, statement, variance};

/// Everything that changes.
pub static COMMANDS: &[&[Command]] = &[MODEL_COMMANDS, CLOSE_COMMANDS, STATEMENT_COMMANDS];

/// Everything that reads.
pub static READINGS: &[&[Reading]] = &[MODEL_READINGS, CLOSE_READINGS, COST_READINGS, STATEMENT_READINGS];

static MODEL_COMMANDS: &[Command] = &[
    command!("rule add", "Write a rule of the cost model", Action::EditRules, Post "/finance/rules",
        rule::RuleInput => rule::add, refuses rule::error::ALL),
    command!("rule revise", "Write a new version of a rule", Action::EditRules, Post "/finance/rules/{number}/revise",
        rule::RuleInput => rule::revise, refuses rule::error::ALL),
    command!("rule submit", "Put a rule before another person", Action::EditRules,
        Post "/finance/rules/{number}/submit", Nothing => rule::submit, refuses rule::error::ALL,
        ready rule::may_submit),
    command!("rule approve", "Approve a rule somebody else wrote", Action::ApproveRules,
        Post "/finance/rules/{number}/approve", Nothing => rule::approve, refuses rule::error::ALL,
        ready rule::may_approve),
    command!("sharing set", "State how services share among themselves", Action::EditRules, Post "/finance/sharing",
        sharing::SharingInput => sharing::set, refuses sharing::error::ALL),
    command!("sharing approve", "Approve how services share, as somebody else stated it", Action::ApproveRules,
        Post "/finance/sharing/{number}/approve", Nothing => sharing::approve,
        refuses sharing::error::ALL, ready sharing::may_approve),
    command!("allocate run", "Run the allocation of a period", Action::ImportMoney, Post "/finance/runs",
        run::RunInput => run::start, refuses run::error::ALL, ready run::may_start),
];

static MODEL_READINGS: &[Reading] = &[
    reading!("rule list", "Rules of the cost model, every version", Action::ReadMoney,
        "/finance/rules", takes &["as_of"] => rule::list),
    reading!("rule show", "One rule", Action::ReadMoney, "/finance/rules/{number}", takes &["version", "as_of"]
        => rule::show),
    reading!("sharing list", "How services share among themselves", Action::ReadMoney,
        "/finance/sharing", takes &["as_of"] => sharing::list),
    reading!("sharing show", "One statement of how services share", Action::ReadMoney,
        "/finance/sharing/{number}" => sharing::show),
    reading!("run list", "Runs of the allocation", Action::ReadMoney, "/finance/runs" => run::list),
    reading!("run show", "The run of a period", Action::ReadMoney, "/finance/run", takes &["period"] => run::show),
    reading!("share list", "Every share of a period's run", Action::ReadMoney, "/finance/shares",
        takes &["period"] => run::shares),
    reading!("residual list", "What a period leaves unallocated", Action::ReadMoney, "/finance/residuals",
        takes &["period"] => run::residuals),
    reading!("allocate model", "The model of a period, for quarterdeck calc allocate", Action::ReadMoney,
        "/finance/model", takes &["period"] => run::inputs),
    reading!("allocate dry", "Who would gain and who would pay", Action::ReadMoney, "/finance/dry-run",
        takes &["period", "rule", "sharing"] => run::dry),
    reading!("period check", "Ledger = allocated + unallocated", Action::ReadMoney,
        "/finance/periods/{period}/check" => run::check),
    reading!("cost trace", "What a service cost a customer, back to the ledger", Action::ReadMoney,
        "/finance/trace/{service}/{customer}", takes &["period"] => run::trace),
];

static STATEMENT_COMMANDS: &[Command] = &[
    command!("statement draft", "Draft the statements of a period", Action::IssueStatements,
        Post "/finance/statements", statement::StatementPeriod => statement::draft, refuses statement::error::ALL,
        ready statement::may_draft),
    command!("statement issue", "Issue the statements of a period", Action::IssueStatements,
        Post "/finance/statements/issue", statement::StatementPeriod => statement::issue,
        refuses statement::error::ALL, ready statement::may_issue),
    command!("statement lapse", "Accept statements whose window passed unanswered", Action::IssueStatements,
        Post "/finance/statements/lapse", Nothing => statement::lapse),
    command!("statement accept", "Accept a statement", Action::AcceptStatement,
        Post "/finance/statements/{number}/accept", statement::AcceptInput => statement::accept,
        refuses statement::error::ALL, ready statement::may_accept),
];

static STATEMENT_READINGS: &[Reading] = &[
    reading!("statement list", "Statements", Action::ReadStatements, "/finance/statements" => statement::list),
    reading!("statement show", "One statement with its lines and why it changed", Action::ReadStatements,
        "/finance/statements/{number}" => statement::show),
    reading!("statement drafts", "Whether the drafts of a month are what would be issued", Action::ReadMoney,
        "/finance/drafts", takes &["period"] => statement::drafts),
    reading!("statement lines", "Lines of a statement or of a period's statements", Action::ReadStatements,
        "/finance/statement-lines", takes &["period", "statement"] => statement::lines),
    reading!("statement focus", "What is charged as FOCUS 1.4 or 1.2, for tools that read that",
        Action::ReadStatements, "/finance/focus", takes &["period", "version", "dataset"]
        => statement::focus::focus),
    reading!("trace show", "Where the amount of a statement line comes from", Action::ReadStatements,
        "/finance/trace/{id}" => statement::trace),
    reading!("journal list", "What the general ledger books of a period's recharges", Action::ReadMoney,
        "/finance/journal", takes &["period"] => statement::journal),
    reading!("recovery list", "Charges against cost per service", Action::ReadServiceMoney, "/finance/recovery",
        takes &["period"] => recovery::list),
];

static CLOSE_COMMANDS: &[Command] = &[
    command!("period review", "Begin the close of a period", Action::PrepareClose,
        Post "/finance/close/{period}/review", Nothing => close::review, refuses finance::period::error::ALL,
        ready close::may_review),
    command!("period sign", "Sign the close of a period somebody else prepared", Action::SignClose,
        Post "/finance/close/{period}/sign", Nothing => close::sign, refuses close::error::ALL),
    command!("period close", "Close a period", Action::ClosePeriod, Post "/finance/close/{period}/close",
        Nothing => close::close, refuses close::error::ALL, ready close::may_close),
    command!("period reopen", "Re-open a soft-closed period, with a second person", Action::ReopenPeriod,
        Post "/finance/close/{period}/reopen", close::ReopenInput => close::reopen, refuses close::error::ALL,
        ready close::may_reopen),
    command!("period finish", "Close a period for good", Action::ClosePeriod, Post "/finance/close/{period}/finish",
        Nothing => close::finish, refuses close::error::ALL, ready close::may_finish),
    command!("close no-detail", "Say that a period has no detail to reconcile", Action::PrepareClose,
        Post "/finance/close/{period}/no-detail", close::NoDetailInput => close::no_detail,
        refuses close::error::ALL, ready close::may_note),
    command!("close except", "Leave a batch's rejected lines out, by name and amount", Action::PrepareClose,
        Post "/finance/close/{period}/except", close::ExceptInput => close::except, refuses close::error::ALL,
        ready close::may_note),
    command!("variance explain", "Explain a variance", Action::PrepareClose,
        Post "/finance/variances/{period}/{pool}/explain", variance::ExplainInput => variance::explain,
        refuses variance::error::ALL),
    command!("variance confirm", "Confirm the cause somebody else gave", Action::SignClose,
        Post "/finance/variances/{period}/{pool}/confirm", Nothing => variance::confirm,
        refuses variance::error::ALL),
    command!("close-policy set", "Set from which variance on a cause is needed", Action::EditRules,
        Post "/finance/close-policy", variance::policy::PolicyInput => variance::policy::set),
];

static CLOSE_READINGS: &[Reading] = &[
    reading!("close show", "The steps of a period's close", Action::ReadMoney, "/finance/close/{period}"
        => close::show),
    reading!("close-policy show", "From which variance on a cause is needed", Action::ReadMoney,
        "/finance/close-policy" => variance::policy::show),
    reading!("variance list", "Actual against the original budget, and why", Action::ReadMoney,
        "/finance/variances", takes &["period"] => variance::list),
    reading!("variance causes", "Why a year differs so far: confirmed causes", Action::ReadMoney,
        "/finance/causes", takes &["period"] => variance::causes),
];

static COST_READINGS: &[Reading] = &[
    reading!("service list", "Services", Action::ReadServices,
        "/portfolio/services", takes &["as_of"] => service::list),
    reading!("promise judged", "Every promise against what is known now", Action::ReadServiceMoney,
        "/finance/promises" => promise::judged),
    reading!("promise of", "A service's promises against what is known now", Action::ReadServiceMoney,
        "/finance/promises/{service}" => promise::of),
    reading!("service cost", "What services cost: month, year to date, year", Action::ReadServiceMoney,
        "/finance/service-cost", takes &["period", "year"] => promise::cost),
    reading!("service cost-by-pool", "What a service cost, by pool", Action::ReadServiceMoney,
        "/finance/service-cost/{service}", takes &["period", "year"] => promise::by_pool),
    reading!("service cost-by-month", "What a service cost, earned and was charged for, by month",
        Action::ReadServiceMoney, "/finance/service-cost/{service}/months", takes &["period"] => result::by_month),
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[
    &rule::NOUN,
    &sharing::NOUN,
    &run::NOUN,
    &close::NOUN,
    &close::EXCEPTION,
    &variance::NOUN,
    &variance::policy::NOUN,
    &statement::NOUN,
];

/// Refusals of this context.
pub static REFUSALS: &[&[&RefusalKind]] = &[
    rule::error::ALL,
    sharing::error::ALL,
    run::error::ALL,
    close::error::ALL,
    variance::error::ALL,
    statement::error::ALL,
];
