//! What a period's statements are reckoned from: reads the run's shares and asks the contexts below.

use std::collections::BTreeMap;

use access::Cx;
use db::{Row, Tx};
use kernel::{Currency, Fault, Period, Quantity, Refused, RunId, Scope};
use portfolio::{offering, price, service};
use relationships::agreement::{self, ActiveAgreement};

use crate::statement::error::FOREIGN_PRICE;
use crate::statement::rules::{Facts, Share, Takes};

/// The facts of `period` as they are now, on the shares of `run`.
pub(in crate::statement) async fn facts(cx: &mut Cx, period: Period, run: RunId) -> Result<Facts, Refused> {
    let currency = cx.organisation.currency;
    let known = service::all(&mut cx.tx, period.last_day()).await?;
    let incomplete = known.into_iter().filter(|service| !service.complete).map(|service| service.key);
    Ok(Facts {
        currency,
        shares: shares(&mut cx.tx, run).await?,
        taken: taken(&mut cx.tx, period, currency).await?,
        incomplete: incomplete.collect(),
    })
}

async fn shares(tx: &mut Tx, run: RunId) -> Result<Vec<Share>, Fault> {
    let sql = "select stage, sender, receiver, rule, unit, quantity, amount from charging_shares \
               where run_id = $1 and receiver_kind = 'customer' order by seq";
    tx.query(sql).bind(run).rows().await?.iter().map(share).collect()
}

fn share(row: &Row) -> Result<Share, Fault> {
    let from_pool = row.get::<String>("stage")? == "pools";
    let quantity: Option<Quantity> = row.get("quantity")?;
    let unit = row.get::<Option<String>>("unit")?.unwrap_or_default();
    Ok(Share {
        customer: row.get("receiver")?,
        service: if from_pool { None } else { Some(row.get("sender")?) },
        rule: row.get("rule")?,
        counted: quantity.map(|quantity| (quantity, unit)),
        amount: row.get("amount")?,
    })
}

/// What customers took in `period`, one row per customer and offering.
async fn taken(tx: &mut Tx, period: Period, currency: Currency) -> Result<Vec<Takes>, Refused> {
    let offerings: BTreeMap<_, _> =
        offering::all(tx).await?.into_iter().map(|offering| (offering.id, offering)).collect();
    let services: BTreeMap<_, _> =
        service::all_keys(tx).await?.into_iter().map(|(key, id)| (id, key)).collect();
    let prices = price::all_on_day(tx, period.last_day()).await?;
    let mut taken: BTreeMap<(String, String), Takes> = BTreeMap::new();
    for active in agreement::active_in(tx, &Scope::All, period).await? {
        let offered =
            offerings.get(&active.offering).ok_or_else(|| Fault::because("agreed on no offering"))?;
        let price = prices.get(&active.offering).map(|day| (day.number.clone(), day.price));
        if let Some((number, foreign)) = price.as_ref().filter(|(_, price)| price.currency() != currency) {
            let (foreign, offering) = (foreign.currency(), &active.offering_key);
            return Err(FOREIGN_PRICE.with(&[number, offering, foreign.code(), currency.code()]).into());
        }
        let service =
            services.get(&active.service).ok_or_else(|| Fault::because("offering of no service"))?;
        let key = (active.customer_key.clone(), active.offering_key.clone());
        let takes = taken.entry(key).or_insert_with(|| Takes {
            customer: active.customer_key.clone(),
            service: service.clone(),
            offering: active.offering_key.clone(),
            unit: offered.unit.clone(),
            charging: offered.charging,
            settlement: active.settlement,
            at_end: Quantity::ZERO,
            unit_days: 0,
            price,
        });
        add(takes, &active)?;
    }
    Ok(taken.into_values().collect())
}

/// One agreement ended and another began within the month: both count, the later one's mode holds.
fn add(takes: &mut Takes, active: &ActiveAgreement) -> Result<(), Fault> {
    let at_end = takes.at_end.millionths() + active.taken.at_end.millionths();
    takes.at_end = Quantity::of_millionths(at_end);
    let unit_days = i64::try_from(active.taken.unit_days());
    takes.unit_days += unit_days.map_err(|error| Fault::new("counting what was taken", error))?;
    if active.taken.at_end > Quantity::ZERO {
        takes.settlement = active.settlement;
    }
    Ok(())
}
