//! Why pools were off their budgets: one sentence per pool and month above the limit.

use kernel::Period;

use crate::money::{PlanRow, plan};
use crate::types::Commentary;
use crate::years::Years;

/// From this many cents on a variance is explained …
const EXPLAIN_FROM: i64 = 2_000_000;
/// … if it is also this many percent of the budget.
const EXPLAIN_PERCENT: i64 = 2;

/// A sentence for each. The service owner proposed September's cloud cause; nobody has confirmed it,
/// and step 8 of the close waits for that.
pub(crate) fn commentary(years: Years) -> Vec<Commentary> {
    let open = Period::new(2026, 9);
    plan()
        .into_iter()
        .filter(is_to_explain)
        .map(|row| {
            let (cause, text, owner_proposed) = cause(years, row.pool);
            let waits = Some(row.month) == open && owner_proposed;
            Commentary {
                period: years.told(row.month),
                pool: row.pool.into(),
                cause,
                text,
                by: if waits { "rafael.pinto" } else { "priya.venkataraman" }.into(),
                confirmed_by: (!waits).then(|| "henrik.dahl".into()),
            }
        })
        .collect()
}

/// Whether a row is over the limit in money and in percent.
fn is_to_explain(row: &PlanRow) -> bool {
    let variance = (row.actual - row.budget).abs();
    variance >= EXPLAIN_FROM && variance * 100 >= row.budget * EXPLAIN_PERCENT
}

/// The planted cause of a pool: in a word, as a sentence, and whether 4G's owner proposed it.
fn cause(years: Years, pool: &str) -> (&'static str, String, bool) {
    let (cause, text) = match pool {
        "EXTERNAL" => (
            "timing",
            format!(
                "eSIM vendor late: five contractors from Dec {} to Jul {}; milestones of 4G's integrator \
                 moved to {} take some of it back",
                years.year(2025),
                years.year(2026),
                years.fiscal(2027)
            ),
        ),
        "HARDWARE" => (
            "volume",
            "replacement of 3G spares planned for April cancelled, so no new depreciation".to_owned(),
        ),
        "SOFTWARE" => {
            ("one-off", "true-up of $253,480 for over-deployed licences at 1.07, €236,897".to_owned())
        }
        "CLOUD" => (
            "volume",
            format!(
                "4G test environment left running at weekends; on 4G itself offset by the external \
                 integrator's milestones moved to {}",
                years.fiscal(2027)
            ),
        ),
        "FACILITIES" => ("price", format!("new energy contract from Oct {}", years.year(2025))),
        "TELECOM" => ("price", format!("interconnect rate cut from Jan {}", years.year(2026))),
        other => unreachable!("{other} never leaves its budget by the limit"),
    };
    (cause, text, pool == "CLOUD")
}
