//! The only SQL of what services cost: the sums kept with the runs that stand.

use std::collections::{BTreeMap, HashMap};

use db::Tx;
use kernel::{Fault, Period};

/// Cost and quantity per service and month.
#[derive(Clone, Debug, Default)]
pub(super) struct Costs {
    /// By service and month what it received, minor units, and the total of the driver or agreements it was shared
    /// by, millionths.
    received: HashMap<String, BTreeMap<Period, (i64, Option<i128>)>>,
    /// Months that have a run: a service it sends nothing to cost nothing.
    pub run: Vec<Period>,
}

impl Costs {
    /// What `service` cost in `period`; `None` where nothing was run.
    pub fn of(&self, service: &str, period: Period) -> Option<i64> {
        self.run.contains(&period).then(|| self.received(service, period).map_or(0, |(cost, _)| cost))
    }

    /// By what `service` was shared in `period`; `None` where by no quantity.
    pub fn quantity(&self, service: &str, period: Period) -> Option<i128> {
        self.received(service, period)?.1
    }

    fn received(&self, service: &str, period: Period) -> Option<(i64, Option<i128>)> {
        self.received.get(service)?.get(&period).copied()
    }
}

/// Months that have a run.
pub(super) async fn runs(tx: &mut Tx) -> Result<Vec<Period>, Fault> {
    let rows = tx.query("select period from charging_runs where state <> 'reversed'").rows().await?;
    rows.iter().map(|row| row.get("period")).collect()
}

/// Cost and quantity in the months from the first to the last `asked` that have a run: of the services of those
/// keys, of every one where `only` names none.
pub(super) async fn costs(
    tx: &mut Tx,
    only: Option<&[String]>,
    run: Vec<Period>,
    asked: &[Period],
) -> Result<Costs, Fault> {
    let mut costs = Costs { run, ..Costs::default() };
    let (Some(first), Some(last)) = (asked.iter().min(), asked.iter().max()) else { return Ok(costs) };
    let named = only.map_or_else(
        || "true".to_owned(),
        |keys| {
            let places: Vec<String> = (3..keys.len() + 3).map(|place| format!("${place}")).collect();
            format!("c.service in ({})", places.join(", "))
        },
    );
    let sql = format!(
        "select c.service, r.period, c.amount, c.quantity_total \
         from charging_runs r join charging_service_costs c on c.run_id = r.id \
         where r.state <> 'reversed' and r.period between $1 and $2 and {named}"
    );
    let asked = tx.query(&sql).bind(*first).bind(*last);
    let asked = only.unwrap_or_default().iter().fold(asked, |asked, key| asked.bind(key.as_str()));
    for row in &asked.rows().await? {
        let quantity = row.get::<Option<String>>("quantity_total")?.map(|text| {
            text.parse().map_err(|error| Fault::new(format!("reading the quantity {text}"), error))
        });
        let received = (row.get("amount")?, quantity.transpose()?);
        costs.received.entry(row.get("service")?).or_default().insert(row.get("period")?, received);
    }
    Ok(costs)
}
