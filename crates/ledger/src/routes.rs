//! What pages, API and command line reach of this context.

use access::{Action, Command, Noun, Reading, command, reading};
use kernel::RefusalKind;

use crate::{account, balance, transaction};

/// Everything that changes. Transactions are posted by other contexts' commands.
pub static COMMANDS: &[Command] = &[
    command!("account add", "Add an account", Action::EditRules, Post "/ledger/accounts",
        account::AccountInput => account::add, refuses account::error::ALL),
    command!("account edit", "Change an account", Action::EditRules, Patch "/ledger/accounts/{code}",
        account::AccountChange => account::change, refuses account::error::ALL),
];

const DAY: &[&str] = &["as_of"];
const CONDITIONS: &[&str] = &["period", "from", "to", "as_of", "cost_centre", "project", "class"];
const POSTING_CONDITIONS: &[&str] =
    &["period", "from", "to", "as_of", "cost_centre", "project", "class", "account", "before"];

/// Everything that reads.
pub static READINGS: &[Reading] = &[
    reading!("account list", "The chart of accounts", Action::ReadMoney, "/ledger/accounts",
        takes DAY => account::list),
    reading!("account show", "One account", Action::ReadMoney, "/ledger/accounts/{code}",
        takes DAY => account::show),
    reading!("ledger trial-balance", "Opening, movement and closing per account", Action::ReadMoney,
        "/ledger/trial-balance", takes CONDITIONS => balance::show),
    reading!("ledger list", "Transactions", Action::ReadMoney, "/ledger/transactions", takes DAY
        => transaction::list),
    reading!("ledger show", "One transaction with its postings", Action::ReadMoney,
        "/ledger/transactions/{number}", takes DAY => transaction::show),
    reading!("ledger postings", "Postings", Action::ReadMoney, "/ledger/postings", takes POSTING_CONDITIONS
        => transaction::postings),
    reading!("ledger export", "The journal as plain text accounting", Action::ReadMoney,
        "/ledger/journal", takes CONDITIONS => transaction::export),
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[&account::NOUN, &transaction::NOUN];

/// Refusals of this context.
pub static REFUSALS: &[&[&RefusalKind]] = &[account::error::ALL, transaction::error::ALL];
