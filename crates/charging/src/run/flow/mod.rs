//! What reached customers in the run of a period, summed in the database: a big month has tens of thousands
//! of shares, and a picture needs none of them one by one.

mod repo;

use std::collections::BTreeMap;

use access::{Action, Cx};
use kernel::{Currency, Period, Refused};

use super::view::standing;
use repo::sums;

/// Sums of the shares that reached customers. The service is empty where a pool reached them straight.
#[derive(Clone, Debug)]
pub struct Reached {
    /// Currency of the run.
    pub currency: Currency,
    /// Minor units by pool and service.
    pub into: BTreeMap<(String, String), i64>,
    /// Minor units by service and customer.
    pub out: BTreeMap<(String, String), i64>,
}

/// What reached customers in `period`.
pub async fn reached(cx: &mut Cx, period: Period) -> Result<Reached, Refused> {
    cx.require_all(Action::ReadMoney)?;
    let run = standing(cx, period).await?;
    let into = sums(cx, run.id, "origin", "sender").await?;
    let out = sums(cx, run.id, "sender", "receiver").await?;
    Ok(Reached { currency: run.currency, into, out })
}
