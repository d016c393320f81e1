//! Double entry. Knows accounts, transactions and balances; knows nothing of IT.
//!
//! | noun | is |
//! | --- | --- |
//! | `account` | where amounts are kept: cost, income, asset or balance |
//! | `transaction` | postings that balance; append-only, corrected by reversal |
//! | `balance` | the trial balance: opening, movement, closing per account |

pub mod account;
pub mod balance;
pub mod transaction;

pub use account::{Account, Class, ensure};
pub use balance::{Balances, Filter, trial_balance};
pub use transaction::{
    Head, NewPosting, NewTransaction, Original, Posted, Source, TransactionId, balanced, journal, post,
    reverse, standing,
};

mod recount;
mod routes;

pub use recount::recount;
pub use routes::{COMMANDS, NOUNS, READINGS, REFUSALS};
