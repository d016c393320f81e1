//! Explain a variance: its cause, in one word and in words of one's own.

use access::{Cx, Done, Event, Params, history};
use kernel::{Fault, Money, Period, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::NO_VARIANCE;
use super::{Cause, Explanation, NOUN, Row, State, repo};
use crate::input::{all_fine, name_wrong};

/// What is asked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainInput {
    /// rate, price, volume, timing, one-off or other.
    #[schemars(extend("enum" = Cause::WORDS.map(|(word, _)| word)))]
    pub cause: String,
    /// What happened, in a sentence.
    pub text: String,
}

const LONGEST: usize = 1000;

/// Explains the variance of a pool (or `income`, `unmapped`) in a period. A new explanation has to be
/// confirmed again; the same one changes nothing.
pub async fn explain(cx: &mut Cx, params: &Params, input: ExplainInput) -> Result<Done, Refused> {
    let (cause, text) = read(&input)?;
    let (row, amount) = found(cx, params).await?;
    let location = format!("/money/variances?period={}", params.get("period"));
    let told = row.explanation.as_ref();
    if let Some(told) = told.filter(|told| told.cause == cause && told.text == text && told.amount == amount)
    {
        let says = format!("The variance of {} is explained so already.", row.name);
        return Ok(Done::unchanged(location, told.key(), says).at_version(told.version));
    }
    let period: Period = params.get("period").parse().map_err(|_| Refusal::not_found())?;
    let mut told = Explanation {
        id: told.map_or_else(|| cx.uuid().to_string(), |told| told.id.clone()),
        version: told.map_or(0, |told| told.version),
        period,
        pool: row.pool,
        cause,
        text,
        amount,
        state: State::Proposed,
        proposed_by: cx.person(),
        proposed_at: cx.stamp(),
        confirmed_by: None,
        confirmed_at: None,
    };
    let before = history::snapshot(&mut cx.tx, &NOUN, &told.id).await?;
    repo::save(cx, &mut told).await?;
    history::record(cx, event(&told, "explained"), &before).await?;
    let money = Money::of_minor(amount, cx.organisation.currency).spoken();
    let says = format!("Explained {money} of {} as {}; another person confirms it.", row.name, cause.word());
    Ok(Done::changed(location, told.key(), says).at_version(told.version))
}

fn read(input: &ExplainInput) -> Result<(Cause, String), Refused> {
    let mut wrong = Vec::new();
    let cause = Cause::parse(input.cause.trim());
    if cause.is_none() {
        // In the words of the page; what is sent stands beside each, for who sends it by hand.
        let says = "Choose a price (price), more or less was used (volume), an exchange rate (rate), \
                    another month (timing), once (one-off) or none of these (other).";
        name_wrong(&mut wrong, "cause", says);
    }
    let text = input.text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        name_wrong(&mut wrong, "text", "Say what happened, in at most 1,000 characters.");
    }
    all_fine(wrong)?;
    let cause = cause.ok_or_else(|| Fault::because("a cause was wrong and not named"))?;
    Ok((cause, text.to_owned()))
}

/// The row the path names, with its variance.
pub(super) async fn found(cx: &mut Cx, params: &Params) -> Result<(Row, i64), Refused> {
    let period = finance::period::load(&mut cx.tx, params.get("period")).await?.period;
    let pool = params.get("pool");
    let rows = repo::of_period(&mut cx.tx, cx.organisation.calendar, period).await?.unwrap_or_default();
    let row = rows.into_iter().find(|row| row.pool.eq_ignore_ascii_case(pool));
    let with = row.and_then(|row| row.variance().map(|variance| (row, variance.amount)));
    Ok(with.ok_or_else(|| NO_VARIANCE.with(&[pool, &period.label(), &period.to_string()]))?)
}

pub(super) fn event<'e>(told: &Explanation, action: &'e str) -> Event<'e> {
    Event { noun: &NOUN, id: told.id.clone(), key: told.key(), action, why: None, customer: None }
}
