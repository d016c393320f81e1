//! What runs in a period: what `finance` charges, and the driver *agreed quantity*.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use db::Tx;
use kernel::{AgreementId, CustomerId, Fault, OfferingId, Period, Quantity, Scope, ServiceId};
use portfolio::sql::{day_of, needed_day_of, word_of};

use super::super::Settlement;
use super::super::rules::{Taken, taken_in};

/// An agreement that runs on at least one day of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveAgreement {
    /// Id.
    pub id: AgreementId,
    /// `AGR-7`.
    pub number: String,
    /// Who takes it.
    pub customer: CustomerId,
    /// Their key.
    pub customer_key: String,
    /// The service.
    pub service: ServiceId,
    /// The offering.
    pub offering: OfferingId,
    /// Its key.
    pub offering_key: String,
    /// How a charge is settled.
    pub settlement: Settlement,
    /// How much, with the days it held and the quantity at the end of the period.
    pub taken: Taken,
}

/// The agreements that run in `period`, by customer key, offering key and number: one query.
pub async fn active_in(tx: &mut Tx, scope: &Scope, period: Period) -> Result<Vec<ActiveAgreement>, Fault> {
    let quantities = quantities_until(tx, scope, period).await?;
    let sql = format!(
        "select a.id, a.number, a.customer_id, c.key as customer_key, o.service_id, a.offering_id, o.key as offering_key, \
         a.settlement, a.from_day, a.to_day from relationships_agreements a \
         join relationships_customers c on c.id = a.customer_id join portfolio_offerings o on o.id = a.offering_id \
         where a.from_day <= $2 and (a.to_day is null or a.to_day >= $1) and {} order by c.key, o.key, a.number",
        scope.sql("a.customer_id")
    );
    let query = tx.query(&sql).bind(period.first_day().to_string()).bind(period.last_day().to_string());
    let mut active = Vec::new();
    for row in query.rows().await? {
        let id: AgreementId = row.get("id")?;
        let steps = quantities.get(&id).map_or(&[] as &[_], Vec::as_slice);
        active.push(ActiveAgreement {
            id,
            number: row.get("number")?,
            customer: row.get("customer_id")?,
            customer_key: row.get("customer_key")?,
            service: row.get("service_id")?,
            offering: row.get("offering_id")?,
            offering_key: row.get("offering_key")?,
            settlement: word_of(&row, "settlement", Settlement::parse)?,
            taken: taken_in(period, needed_day_of(&row, "from_day")?, day_of(&row, "to_day")?, steps),
        });
    }
    Ok(active)
}

type Steps = BTreeMap<AgreementId, Vec<(NaiveDate, Quantity)>>;

async fn quantities_until(tx: &mut Tx, scope: &Scope, period: Period) -> Result<Steps, Fault> {
    let sql = format!(
        "select q.agreement_id, q.from_day, q.quantity from relationships_agreement_quantities q \
         join relationships_agreements a on a.id = q.agreement_id \
         where q.from_day <= $2 and (a.to_day is null or a.to_day >= $1) and {} order by q.agreement_id, q.from_day",
        scope.sql("a.customer_id")
    );
    let query = tx.query(&sql).bind(period.first_day().to_string()).bind(period.last_day().to_string());
    let mut steps = Steps::new();
    for row in query.rows().await? {
        let step = (needed_day_of(&row, "from_day")?, row.get("quantity")?);
        steps.entry(row.get("agreement_id")?).or_default().push(step);
    }
    Ok(steps)
}
