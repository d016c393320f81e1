//! Whether what is drafted is what would be issued: a run, a price or a quantity may have changed since.

use std::collections::BTreeMap;

use access::{Cx, Params, View};
use kernel::listing::Asked;
use kernel::{Period, Refused};
use serde_json::json;

use super::book::with_lines;
use super::draft::reckoned;
use super::view::asked_or_newest;
use super::{Charge, Line, StatementState, repo};
use crate::run;

/// What a page, a script or the close says of them.
pub(crate) const SAYS: &str = "the figures changed since they were drafted, so draft them again";

/// Whether any statement of `period` is a draft that differs from what its customer would be charged now.
pub(crate) async fn stale(cx: &mut Cx, period: Period) -> Result<bool, Refused> {
    let kept = repo::of_period(&mut cx.tx, period).await?;
    if !kept.iter().any(|statement| statement.state == StatementState::Draft) {
        return Ok(false);
    }
    if run::live(&mut cx.tx, period).await?.is_none() {
        return Ok(true);
    }
    // Reckoning hundreds of customers anew is work; mostly nothing happened, and the history knows.
    if !repo::told_since_drafted(&mut cx.tx, period).await? {
        return Ok(false);
    }
    let mut now = reckoned(cx, period).await?;
    for (customer, (_, lines)) in with_lines(cx, period, kept).await? {
        if !same(&lines, &now.remove(&customer).unwrap_or_default()) {
            return Ok(true);
        }
    }
    Ok(!now.is_empty())
}

/// Whether the lines say what the charges say, but for those that only stand for the month before.
pub(super) fn same(drafted: &[Line], now: &[Charge]) -> bool {
    by_key(drafted.iter().map(|line| &line.charge)) == by_key(now.iter())
}

type Keyed<'c> = BTreeMap<(Option<&'c str>, Option<&'c str>), &'c Charge>;

/// Charges by service and offering.
fn by_key<'c>(charges: impl Iterator<Item = &'c Charge>) -> Keyed<'c> {
    let standing = charges.filter(|charge| !charge.gone);
    standing.map(|charge| ((charge.service.as_deref(), charge.offering.as_deref()), charge)).collect()
}

/// How many drafts a month has, the newest with statements where none is named, and whether they are stale.
pub async fn drafts(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let period = asked_or_newest(cx, params).await?;
    let (count, stale) = match period {
        Some(period) => {
            let kept = repo::of_period(&mut cx.tx, period).await?;
            let drafts = kept.iter().filter(|statement| statement.state == StatementState::Draft);
            (drafts.count(), stale(cx, period).await?)
        }
        None => (0, false),
    };
    Ok(View::Record(json!({
        "schema": "quarterdeck.drafts.v1",
        "period": period.map(|period| period.to_string()),
        "drafts": count,
        "stale": stale,
        "says": stale.then_some(SAYS),
    })))
}
