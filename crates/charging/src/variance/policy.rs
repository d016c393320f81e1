//! From which limit on a variance is to be explained, and whether one without a confirmed cause keeps
//! a period from being closed (`domain.md` §3: by default €20,000 and 2 %, and it does not).

use access::input::YES_NO;
use access::{Cx, Done, Event, Noun, Params, View, history};
use db::Tx;
use kernel::listing::Asked;
use kernel::{Currency, Decimal, Fault, Money, Refused, typed};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::repo;
use crate::input::{all_fine, name_wrong};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "close policy", table: "charging_policy", personal: &[], secret: &[], children: &[] };

/// Id of its one row.
const ID: &str = "policy";
/// Default limit, in whole units of the reporting currency, and as a share of the budget.
const USUAL_AMOUNT: i64 = 20_000;
const USUAL_SHARE: (i64, u32) = (2, 2);

/// The limits: both must be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Version; 0 where nobody set it.
    pub version: i64,
    /// Absolute variance, minor units.
    pub amount: i64,
    /// Share of the budget: 0.02 is 2 %.
    pub share: Decimal,
    /// Whether one without a confirmed cause blocks the close.
    pub blocks: bool,
}

impl Policy {
    /// What holds where nobody said otherwise.
    pub fn usual(currency: Currency) -> Policy {
        let amount = USUAL_AMOUNT * 10_i64.pow(currency.digits());
        Policy { version: 0, amount, share: Decimal::new(USUAL_SHARE.0, USUAL_SHARE.1), blocks: false }
    }

    /// `€20,000.00 and 2 %`.
    pub fn words(&self, currency: Currency) -> String {
        let percent = (self.share * Decimal::ONE_HUNDRED).normalize();
        format!("{} and {percent} %", Money::of_minor(self.amount, currency).spoken())
    }
}

/// The policy in force.
pub async fn in_force(tx: &mut Tx, currency: Currency) -> Result<Policy, Fault> {
    Ok(repo::policy(tx).await?.unwrap_or_else(|| Policy::usual(currency)))
}

/// What is asked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyInput {
    /// Variances from this amount on are to be explained: `20000`.
    pub amount: String,
    /// And from this percentage of the budget on: `2`.
    pub percent: String,
    /// Whether one without a confirmed cause blocks the close: `yes` or `no`.
    #[schemars(extend("enum" = YES_NO))]
    pub blocks: String,
}

/// Sets the policy; the same again changes nothing.
pub async fn set(cx: &mut Cx, _: &Params, input: PolicyInput) -> Result<Done, Refused> {
    let currency = cx.organisation.currency;
    let before = in_force(&mut cx.tx, currency).await?;
    let policy = Policy { version: before.version + 1, ..read(&input, currency)? };
    let location = "/money/close-policy";
    if before.version > 0 && (Policy { version: before.version, ..policy.clone() }) == before {
        let done = Done::unchanged(location, ID, "The policy of the close is so already.");
        return Ok(done.at_version(before.version));
    }
    let snapshot = history::snapshot(&mut cx.tx, &NOUN, ID).await?;
    repo::save_policy(cx, ID, &policy).await?;
    let event =
        Event { noun: &NOUN, id: ID.into(), key: ID.into(), action: "set", why: None, customer: None };
    history::record(cx, event, &snapshot).await?;
    let blocks = if policy.blocks { "block" } else { "do not block" };
    let says = format!(
        "Variances from {} on need a confirmed cause; they {blocks} the close.",
        policy.words(currency)
    );
    Ok(Done::changed(location, ID, says).at_version(policy.version))
}

fn read(input: &PolicyInput, currency: Currency) -> Result<Policy, Refused> {
    let mut wrong = Vec::new();
    let amount = typed::plain_number(&input.amount).and_then(|plain| Money::parse(&plain, currency).ok());
    let amount = amount.map_or(-1, |money| money.minor());
    if amount < 0 {
        name_wrong(&mut wrong, "amount", "Enter an amount of 0 or more, for example 20000.");
    }
    let percent =
        input.percent.trim().trim_end_matches('%').trim().parse::<Decimal>().unwrap_or(Decimal::NEGATIVE_ONE);
    if percent < Decimal::ZERO {
        name_wrong(&mut wrong, "percent", "Enter a percentage of 0 or more, for example 2.");
    }
    let blocks = match input.blocks.trim() {
        "yes" | "true" => true,
        "no" | "false" => false,
        _ => {
            name_wrong(&mut wrong, "blocks", "Choose yes or no.");
            false
        }
    };
    all_fine(wrong)?;
    Ok(Policy { version: 0, amount, share: (percent / Decimal::ONE_HUNDRED).normalize(), blocks })
}

/// The policy in force.
pub async fn show(cx: &mut Cx, _: &Params, _: &Asked) -> Result<View, Refused> {
    let currency = cx.organisation.currency;
    let policy = in_force(&mut cx.tx, currency).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.close-policy.v1",
        "id": ID,
        "version": policy.version,
        "amount": Money::of_minor(policy.amount, currency),
        "share": policy.share.to_string(),
        "blocks": policy.blocks,
        "says": policy.words(currency),
    })))
}
