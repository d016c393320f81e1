//! A bill for an installation: read here, where its files are, into the summary that the server takes; and opened
//! again, row by row, behind a figure of the server's.
//!
//! | file | holds |
//! | --- | --- |
//! | `read` | the bill of one month and one supplier, summed by service |
//! | `opened` | the rows of a bill that was read before, from the very same files |
//! | `settings` | columns and rules, as said and as a bill keeps them |
//! | `hashed` | files by what they hold |

mod hashed;
mod opened;
mod read;
mod settings;

pub use opened::{Behind, Opened, behind};
pub use read::summary;

use clap::builder::PossibleValuesParser;
use clap::{Arg, value_parser};

use crate::profile;

/// The words of reading a bill, beside its folder and its month.
#[must_use]
pub fn words() -> Vec<Arg> {
    let word = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let choice = |name: &'static str, choices: [&'static str; 2], help: &'static str| {
        Arg::new(name).long(name).value_parser(PossibleValuesParser::new(choices)).help(help)
    };
    let mut all = vec![
        word("supplier", "KEY", "Key of the supplier: 2 to 12 capital letters and digits, such as AWS")
            .required(true),
        word(
            "rules",
            "FILE",
            "Table of rules: conditions, from, to and service; the first that is met decides",
        )
        .required_unless_present_any(["tag-rules", "account-rules"]),
        word("tag-rules", "FILE", "Table of a tag's values and the services they mean, after the rules"),
        word("account-rules", "FILE", "Table of sub-accounts and their services, after those"),
        choice(
            "unmatched",
            ["spread", "keep"],
            "What no rule matches is spread in proportion, or kept as a residual",
        ),
        choice("basis", ["billed", "effective"], "What the cost is, where its column does not say"),
        word("bill-currency", "EUR", "The currency, where no column says"),
        word("ledger-supplier", "NAME", "The supplier as ledger lines write it, for its first bill"),
        word("threads", "N", "Threads to read with; as many as processors, unless said")
            .value_parser(value_parser!(u16).range(1..)),
    ];
    all.extend(profile::words());
    all
}
