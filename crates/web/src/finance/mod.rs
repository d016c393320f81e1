//! Pages of money: finance, charging and the ledger.
//!
//! | file | pages |
//! | --- | --- |
//! | `money` | what there is about money |
//! | `months` | which month is looked at; the shell's period |
//! | `close`, `close_steps`, `close_forms` | the close of a month: its steps, evidence, buttons |
//! | `flow`, `sankey`, `flow_tables` | where the money goes, and who would gain and pay |
//! | `trace` | what a service cost a customer, back to the ledger |
//! | `statements`, `statement`, `statement_lines`, `statement_year`, `line_trace`, `bill_trace` | what customers are charged, and where each amount comes from |
//! | `recharges` | what charges recover, and what the general ledger books of them |
//! | `focus` | what is charged, for FinOps tools |
//! | `budget`, `budget_table`, `variances`, `causes` | budget against actual, and why |
//! | `rules`, `rule_forms`, `mapping`, `mapping_forms` | how cost is shared; which line belongs to which pool |
//! | `evidence` | what figures stand on: check, coverage, run, not mapped; the policy of the close |
//! | `bills`, `reconciliation` | cloud bills, and how each comes together with the ledger |
//! | `facts`, `rates`, `cost_centres`, `objects` | pools, drivers, quantities; rates; cost centres; cost objects |
//! | `lines`, `line`, `ledger`, `balance` | the rows behind every figure; the double entry |

pub(crate) use statements::{changed_run, of_month_in_all as statements_of};

mod accounts;
mod balance;
mod bill_trace;
mod bills;
mod budget;
mod budget_facts;
mod budget_table;
mod causes;
mod close;
mod close_forms;
mod close_steps;
mod cost_centres;
mod evidence;
mod facts;
mod flow;
mod flow_tables;
mod focus;
mod ledger;
mod line;
mod line_trace;
mod lines;
mod mapping;
mod mapping_forms;
mod mapping_past;
mod money;
pub(crate) mod months;
mod objects;
mod rates;
mod recharges;
mod reconciliation;
mod rule_forms;
mod rules;
mod sankey;
mod shared_by;
mod sharing;
mod statement;
mod statement_lines;
mod statement_year;
mod statements;
mod trace;
mod values;
mod variances;

use crate::page::{PageRoute, page};

pub(crate) use crate::show::plain;
pub(crate) use money::GROUPS;
pub(crate) use statements::only_customer;
pub(crate) use values::{amount, cell, field, list_beside_period, without_empty};

/// Pages of this context.
pub(crate) static PAGES: &[PageRoute] = &[
    page!("/money", ReadMoney => money::index),
    page!("/money/close", ReadMoney => close::list),
    page!("/money/periods", ReadMoney => close::list),
    page!("/money/periods/new", PrepareClose => close::open),
    page!("/money/periods/{period}", ReadMoney => close::show),
    page!("/money/close/{period}", ReadMoney => close::show),
    page!("/money/close/{period}/no-detail", PrepareClose => close_forms::no_detail),
    page!("/money/close/{period}/except", PrepareClose => close_forms::except),
    page!("/money/close/{period}/close", ClosePeriod => close_forms::close),
    page!("/money/close/{period}/reopen", ReopenPeriod => close_forms::reopen),
    page!("/money/close/{period}/finish", ClosePeriod => close_forms::finish),
    page!("/money/variances", ReadMoney => variances::list),
    page!("/money/causes", ReadMoney => causes::list),
    page!("/money/variances/{period}/{pool}/explain", PrepareClose => variances::explain),
    page!("/money/periods/{period}/check", ReadMoney => evidence::check),
    page!("/money/coverage", ReadMoney => evidence::coverage),
    page!("/money/unmapped", ReadMoney => evidence::unmapped),
    page!("/money/run", ReadMoney => evidence::run),
    page!("/money/dry-run", ReadMoney => evidence::dry),
    page!("/money/runs", ReadMoney => evidence::runs),
    page!("/money/sharing", ReadMoney, as_of => sharing::list),
    page!("/money/sharing/{number}", ReadMoney => sharing::show),
    page!("/money/objects", ReadMoney => objects::list),
    page!("/money/objects/{key}", ReadMoney => objects::show),
    page!("/money/objects/{key}/edit", EditRules => objects::edit),
    page!("/money/close-policy", ReadMoney => evidence::policy),
    page!("/money/flow", ReadMoney => flow::show),
    page!("/money/shares", ReadMoney => flow::shares),
    page!("/money/residuals", ReadMoney => flow::residuals),
    page!("/money/trace/{service}/{customer}", ReadMoney => trace::show),
    page!("/money/trace/{id}", ReadStatements => line_trace::show),
    page!("/money/statements", ReadStatements => statements::list),
    page!("/money/statements/issue", IssueStatements => statements::issue),
    page!("/money/statements/{number}", ReadStatements => statement::show),
    page!("/money/statements/{number}/accept", AcceptStatement => statement::accept),
    page!("/money/statement-lines", ReadStatements => statements::lines),
    page!("/money/focus", ReadStatements => focus::list),
    page!("/money/recovery", ReadServiceMoney => recharges::recovery),
    page!("/money/journal", ReadMoney => recharges::journal),
    page!("/money/budget", ReadMoney => budget::in_force),
    page!("/money/budget/{key}", ReadMoney => budget::show),
    page!("/money/budgets", ReadMoney => budget::list),
    page!("/money/budgets/new", ImportMoney => budget::new),
    page!("/money/budgets/{key}", ReadMoney => budget::show),
    page!("/money/rules", ReadMoney, as_of => rules::list),
    page!("/money/rules/new", EditRules => rule_forms::new),
    page!("/money/rules/{number}", ReadMoney, as_of => rules::show),
    page!("/money/rules/{number}/revise", EditRules => rule_forms::revise),
    page!("/money/mapping", ReadMoney, as_of => mapping_past::list),
    page!("/money/mapping/new", EditRules => mapping_forms::new),
    page!("/money/mapping/{number}", ReadMoney, as_of => mapping::show),
    page!("/money/mapping/{number}/revise", EditRules => mapping_forms::revise),
    page!("/money/pools", ReadMoney => facts::pools),
    page!("/money/pools/new", EditRules => facts::new_pool),
    page!("/money/pools/{key}", ReadMoney => facts::pool),
    page!("/money/pools/{key}/edit", EditRules => facts::edit_pool),
    page!("/money/drivers", ReadMoney => facts::drivers),
    page!("/money/drivers/new", ImportMoney => facts::new_driver),
    page!("/money/drivers/{key}", ReadMoney => facts::driver),
    page!("/money/drivers/{key}/edit", ImportMoney => facts::edit_driver),
    page!("/money/quantities", ReadMoney => facts::quantities),
    page!("/money/rates", ReadMoney => rates::list),
    page!("/money/rates/{period}", ReadMoney => rates::of_month),
    page!("/money/cost-centres", ReadMoney => cost_centres::list),
    page!("/money/cost-centres/new", EditRules => cost_centres::new),
    page!("/money/cost-centres/{key}", ReadMoney => cost_centres::show),
    page!("/money/cost-centres/{key}/edit", EditRules => cost_centres::edit),
    page!("/money/bills", ReadMoney => bills::list),
    page!("/money/bills/new", ImportMoney => bills::new),
    page!("/money/bills/{number}", ReadMoney => bills::show),
    page!("/money/bills/{number}/revert", ImportMoney => bills::revert),
    page!("/money/reconciliations", ReadMoney => reconciliation::list),
    page!("/money/reconciliations/{period}/{supplier}/stand", ImportMoney => reconciliation::stand),
    page!("/money/reconciliations/{period}/{supplier}", ReadMoney => reconciliation::show),
    page!("/money/reconciliations/{period}/{supplier}/edit", ImportMoney => reconciliation::edit),
    page!("/money/lines", ReadMoney, as_of => lines::list),
    page!("/money/lines/{id}", ReadMoney => line::show),
    page!("/money/ledger", ReadMoney, as_of => balance::show),
    page!("/money/ledger/trial-balance", ReadMoney, as_of => balance::show),
    page!("/money/ledger/transactions", ReadMoney, as_of => ledger::transactions),
    page!("/money/ledger/postings", ReadMoney, as_of => ledger::postings),
    page!("/money/ledger/accounts", ReadMoney, as_of => ledger::accounts),
    page!("/money/ledger/accounts/new", EditRules => accounts::new),
    page!("/money/ledger/accounts/{code}", ReadMoney, as_of => ledger::account),
    page!("/money/ledger/accounts/{code}/edit", EditRules => accounts::edit),
    page!("/money/ledger/{number}", ReadMoney, as_of => ledger::transaction),
];
