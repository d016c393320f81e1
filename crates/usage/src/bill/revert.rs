//! Take a bill back; the version it had replaced counts again.

use access::route::Ready;
use access::{Cx, Done, Params, history};
use finance::period;
use kernel::{Period, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{Bill, State};
use super::error::{IN_CLOSED, LATER_VERSION, NOT_LIVE};
use super::import::tell;
use super::{NOUN, repo};

/// Why it is taken back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevertInput {
    /// In a few words.
    pub reason: String,
}

/// Takes a bill back, unless its month is closed or a later version builds on it.
pub async fn revert(cx: &mut Cx, params: &Params, input: RevertInput) -> Result<Done, Refused> {
    let mut bill = repo::load(&mut cx.tx, params.get("number")).await?;
    let reason = input.reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(Refusal::field("reason", "Say why, in at most 500 characters.").into());
    }
    let replaced = revertible(cx, &bill).await?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &bill.id.to_string()).await?;
    bill.state = State::Reverted;
    bill.reverted = Some((cx.person(), cx.stamp()));
    bill.reason = Some(reason.to_owned());
    repo::update(cx, &mut bill).await?;
    tell(cx, &bill, "reverted", Some(reason), &before).await?;
    let mut says = format!("Reverted {}: it can be imported again.", bill.label());
    for replaced in replaced {
        says.push_str(&format!(" {} counts again.", replaced.label()));
        stands_again(cx, replaced).await?;
    }
    Ok(Done::changed(format!("/money/bills/{}", bill.label()), bill.label(), says).at_version(bill.version))
}

/// Whether a bill can be taken back.
pub async fn may_revert(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let bill = repo::load(&mut cx.tx, params.get("number")).await?;
    revertible(cx, &bill).await?;
    Ok(Ready::Yes)
}

/// The versions it took the place of. Refused where it does not count, where a later version builds on it, and where
/// a month it or one of those counts in takes no facts any more.
async fn revertible(cx: &mut Cx, bill: &Bill) -> Result<Vec<Bill>, Refused> {
    if bill.state != State::Live {
        return Err(NOT_LIVE.with(&[&bill.label(), bill.state.word()]).into());
    }
    let all = repo::of_month(&mut cx.tx, &bill.supplier, bill.belongs).await?;
    let later = all.iter().find(|other| other.state == State::Live && other.edition > bill.edition);
    if let Some(later) = later {
        return Err(LATER_VERSION.with(&[&bill.label(), &later.label()]).into());
    }
    let replaced: Vec<Bill> = all.into_iter().filter(|other| other.replaced_by == Some(bill.id)).collect();
    for month in std::iter::once(bill.lands).chain(replaced.iter().map(|other| other.lands)) {
        takes_facts(cx, bill, month).await?;
    }
    Ok(replaced)
}

async fn takes_facts(cx: &mut Cx, bill: &Bill, month: Period) -> Result<(), Refused> {
    let state = period::find(&mut cx.tx, month).await?.map(|found| found.state);
    if state.is_some_and(period::PeriodState::takes_facts) {
        return Ok(());
    }
    let word = state.map_or("not open", period::PeriodState::word);
    Err(IN_CLOSED.with(&[&bill.label(), &month.label(), word]).into())
}

async fn stands_again(cx: &mut Cx, mut bill: Bill) -> Result<(), Refused> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &bill.id.to_string()).await?;
    (bill.state, bill.replaced_by) = (State::Live, None);
    repo::update(cx, &mut bill).await?;
    tell(cx, &bill, "counted again", None, &before).await
}
