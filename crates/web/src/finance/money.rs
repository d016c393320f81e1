//! What there is about money: every page of it with one sentence, and the month being worked on.

use access::{Action, Params};
use kernel::Refused;
use parts::{PageHead, html};

use super::months::{self, Months};
use crate::hub::{Group, groups};
use crate::page::{Page, PageCx};

pub(crate) const GROUPS: &[Group] = &[
    (
        "The month",
        &[
            ("/money/close", "Close", "Which months are closed, and what is in the way of the next"),
            ("/money/flow", "Cost flow", "Where the money goes, and what drives it"),
            ("/money/statements", "Statements", "What each customer is charged, and why it changed"),
            ("/money/recovery", "Recovery", "Whether charges recover what services cost"),
            ("/money/journal", "Recharge journal", "What the general ledger books of the charges"),
        ],
    ),
    (
        "The services",
        &[
            ("/money/service-cost", "What services cost", "Each service's month, year to date and year"),
            ("/money/promises", "Promises", "What each service promised, and whether it is kept"),
        ],
    ),
    (
        "Plan",
        &[
            ("/money/budget", "Budget", "Actual against plan, by pool and month"),
            ("/money/variances", "Variances", "Which differences want a cause"),
            ("/money/budgets", "Versions", "Every version of every year's budget"),
        ],
    ),
    (
        "How cost is shared",
        &[
            ("/money/rules", "Rules", "How each pool and service shares its cost"),
            ("/money/sharing", "Sharing", "How services share among themselves"),
            ("/money/objects", "Cost objects", "What carries cost and is no service yet"),
            ("/money/mapping", "Mapping", "Which pool each ledger line belongs to"),
            ("/money/pools", "Cost pools", "The first layer of the cost model"),
            ("/money/drivers", "Drivers", "The quantities by which cost is shared"),
        ],
    ),
    (
        "What it stands on",
        &[
            ("/money/lines", "Ledger lines", "The rows behind every figure"),
            (
                "/money/bills",
                "Bills",
                "Which cloud bills explain the ledger, and how its cost is shared by them",
            ),
            ("/money/rates", "Rates", "At which rates foreign money is converted"),
            ("/money/cost-centres", "Cost centres", "Which units cost is booked to"),
            ("/money/ledger", "Ledger", "The double entry: balances, transactions, postings"),
        ],
    ),
];

/// What can be looked up about money?
pub(super) async fn index(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let current = Months::of(page).await?.current();
    let mut head = PageHead::new("What can be looked up about money?").here("Money");
    head = match current {
        Some(period) => head.answer(html! {
            a href={ "/money/close/" (period) } { (months::label(page, period)) } " is the month to work on."
        }),
        None => head.answer(html! {
            "No month is open yet. "
            @if page.may(Action::PrepareClose) { a href="/money/periods/new" { "Open the first" } }
        }),
    };
    let body = groups(page, GROUPS);
    Ok(Page { head, body })
}
