//! What only a person can say of a close: that there is no detail to reconcile, and that rejected lines
//! are left out. Either makes a signature void: what was signed did not say so.

use access::route::Ready;
use access::{Cx, Done, Params};
use kernel::{Currency, FieldError, Money, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::Deed;
use super::error::NO_REJECTS;
use super::repo::{self, Exception};
use super::{evidence, sign};
use crate::input::{all_fine, name_wrong};

/// Whether anything can be said of a close: while it is in review.
pub async fn may_note(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    sign::in_review(cx, params).await?;
    Ok(Ready::Yes)
}

/// Why there is no detail.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoDetailInput {
    /// In a few words.
    pub reason: String,
}

/// Records that the period has no bill, payroll or asset file to reconcile, and why.
pub async fn no_detail(cx: &mut Cx, params: &Params, input: NoDetailInput) -> Result<Done, Refused> {
    let fiscal = sign::in_review(cx, params).await?;
    let mut wrong = Vec::new();
    let reason = read_reason(&input.reason, &mut wrong);
    all_fine(wrong)?;
    let mut close = repo::load(cx, fiscal.period).await?;
    let (location, key) = (format!("/money/close/{}", fiscal.period), fiscal.period.to_string());
    if close.no_detail.as_ref().is_some_and(|(known, _)| *known == reason) {
        let done = Done::unchanged(location, key, "That is recorded already.");
        return Ok(done.at_version(close.version));
    }
    close.no_detail = Some((reason.clone(), Deed { by: cx.person(), at: cx.stamp() }));
    close.signed = None;
    repo::save(cx, &mut close, "said to have no detail", Some(&reason)).await?;
    let says = format!("{} has no detail to reconcile: {reason}", fiscal.period.label());
    Ok(Done::changed(location, key, says).at_version(close.version))
}

/// Which rejected lines are left out.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExceptInput {
    /// The batch whose open rejected lines are left out: `B-0231`.
    pub batch: String,
    /// What they amount to in the reporting currency: `1234.00`.
    pub amount: String,
    /// Why the period is closed without them.
    pub reason: String,
}

/// Records a named exception for the rejected lines of a batch as they are now. Should more be
/// rejected, it no longer covers them.
pub async fn except(cx: &mut Cx, params: &Params, input: ExceptInput) -> Result<Done, Refused> {
    let period = sign::in_review(cx, params).await?.period;
    let mut wrong = Vec::new();
    let (amount, reason) = read(&input, cx.organisation.currency, &mut wrong);
    let batch = input.batch.trim();
    let open = evidence::rejects(cx, period).await?;
    let open = open.into_iter().find(|rejects| rejects.batch.eq_ignore_ascii_case(batch));
    let Some(open) = open else {
        return Err(NO_REJECTS.with(&[batch, &period.label()]).beside("batch", wrong).into());
    };
    all_fine(wrong)?;
    let (location, key) = (format!("/money/close/{period}"), format!("{period} {}", open.batch));
    let known = repo::exceptions(&mut cx.tx, period).await?;
    let known = known.into_iter().find(|known| known.batch == open.batch);
    let mut exception = Exception {
        id: known.as_ref().map_or_else(|| cx.uuid().to_string(), |known| known.id.clone()),
        version: known.as_ref().map_or(0, |known| known.version),
        batch: open.batch,
        about: open.about,
        amount: amount.minor(),
        reason,
        recorded_by: known.as_ref().map_or_else(|| cx.person(), |known| known.recorded_by),
    };
    if known.as_ref() == Some(&exception) {
        return Ok(Done::unchanged(location, key, "That is recorded already.").at_version(exception.version));
    }
    exception.recorded_by = cx.person();
    repo::save_exception(cx, period, &mut exception).await?;
    let mut close = repo::load(cx, period).await?;
    if close.signed.take().is_some() {
        repo::save(cx, &mut close, "signature made void", Some(&exception.reason)).await?;
    }
    let Exception { about, batch, version, .. } = exception;
    let says = format!("{} is closed without {about} of {batch}, {}.", period.label(), amount.spoken());
    Ok(Done::changed(location, key, says).at_version(version))
}

/// Amount and reason; nothing in place of what cannot be read.
fn read(input: &ExceptInput, currency: Currency, wrong: &mut Vec<FieldError>) -> (Money, String) {
    let reason = read_reason(&input.reason, wrong);
    let amount = Money::parse(input.amount.trim(), currency).unwrap_or_else(|error| {
        name_wrong(wrong, "amount", format!("{error}; write it as 1234.00."));
        Money::of_minor(0, currency)
    });
    (amount, reason)
}

fn read_reason(text: &str, wrong: &mut Vec<FieldError>) -> String {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 500 {
        name_wrong(wrong, "reason", "Say why, in at most 500 characters.");
    }
    text.to_owned()
}
