//! What pages, API and command line reach of this context.

use access::{Action, Command, Noun, Reading, command, reading};
use kernel::RefusalKind;

use crate::{bill, reconciliation};

/// Everything that changes.
pub static COMMANDS: &[Command] = &[
    command!("bill import", "Import a cloud bill from its summary", Action::ImportMoney, Post "/finance/bills",
        bill::BillInput => bill::import, refuses bill::error::ALL),
    command!("bill revert", "Take a bill back", Action::ImportMoney, Post "/finance/bills/{number}/revert",
        bill::RevertInput => bill::revert, refuses bill::error::ALL, ready bill::may_revert),
    command!("reconciliation edit", "Say which ledger lines a bill explains, and what stands between them",
        Action::ImportMoney, Patch "/finance/reconciliations/{period}/{supplier}",
        reconciliation::ReconciliationChange => reconciliation::edit, refuses reconciliation::error::ALL,
        ready reconciliation::may_edit),
    command!("reconciliation stand", "Let a bill stand as its own source where there is no ledger",
        Action::ImportMoney, Post "/finance/reconciliations/{period}/{supplier}/stand",
        reconciliation::StandInput => reconciliation::stand, refuses reconciliation::error::ALL,
        ready reconciliation::may_stand),
];

/// Everything that reads.
pub static READINGS: &[Reading] = &[
    reading!("bill list", "Cloud bills, every version", Action::ReadMoney, "/finance/bills" => bill::list),
    reading!("bill show", "One bill: files, rules, sums", Action::ReadMoney, "/finance/bills/{number}" => bill::show),
    reading!("bill services", "What a bill sums to by service", Action::ReadMoney,
        "/finance/bills/{number}/services" => bill::services),
    reading!("reconciliation list", "How the bills of each supplier and month and the ledger come together",
        Action::ReadMoney, "/finance/reconciliations" => reconciliation::list),
    reading!("reconciliation show", "How a supplier's bill and the ledger come together", Action::ReadMoney,
        "/finance/reconciliations/{period}/{supplier}" => reconciliation::show),
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[&bill::NOUN, &reconciliation::NOUN];

/// Refusals of this context.
pub static REFUSALS: &[&[&RefusalKind]] = &[bill::error::ALL, reconciliation::error::ALL];
