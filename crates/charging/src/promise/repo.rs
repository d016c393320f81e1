//! The only SQL of what services cost: the sums kept with the runs that stand.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use db::{Row, Tx};
use kernel::{Fault, Period};

/// What services cost in the months that something is promised for.
#[derive(Clone, Debug, Default)]
pub(super) struct Costs {
    /// By the first and the last month of a year, what each service cost in it, minor units.
    years: BTreeMap<(Period, Period), HashMap<String, i64>>,
    /// By month and service what it received, minor units, and the total of the driver or agreements it was shared
    /// by, millionths.
    months: BTreeMap<Period, HashMap<String, (i64, Option<i128>)>>,
    /// Months that have a run: a service it sends nothing to cost nothing.
    pub run: Vec<Period>,
}

impl Costs {
    /// What `service` cost from the first to the last month, of those that have a run.
    pub fn of_year(&self, service: &str, first: Period, last: Period) -> i64 {
        self.years.get(&(first, last)).and_then(|year| year.get(service)).copied().unwrap_or(0)
    }

    /// What `service` cost in `period`; `None` where nothing was run.
    pub fn of(&self, service: &str, period: Period) -> Option<i64> {
        self.run.contains(&period).then(|| self.received(service, period).map_or(0, |(cost, _)| cost))
    }

    /// By what `service` was shared in `period`; `None` where by no quantity.
    pub fn quantity(&self, service: &str, period: Period) -> Option<i128> {
        self.received(service, period)?.1
    }

    fn received(&self, service: &str, period: Period) -> Option<(i64, Option<i128>)> {
        self.months.get(&period)?.get(service).copied()
    }
}

/// Months that have a run.
pub(super) async fn runs(tx: &mut Tx) -> Result<Vec<Period>, Fault> {
    let rows = tx.query("select period from charging_runs where state <> 'reversed'").rows().await?;
    rows.iter().map(|row| row.get("period")).collect()
}

/// What costs are asked for: years by their first and last month, and single months.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Years whose cost is promised.
    pub years: BTreeSet<(Period, Period)>,
    /// Months whose unit cost is promised.
    pub months: BTreeSet<Period>,
}

/// Cost of the years, cost and quantity of the months that have a run: of the services of those keys, of every one
/// where `only` names none. A year is summed where it is kept: it would else be twelve rows for each service.
pub(super) async fn costs(
    tx: &mut Tx,
    only: Option<&[String]>,
    run: Vec<Period>,
    wanted: &Wanted,
) -> Result<Costs, Fault> {
    let mut costs = Costs { run, ..Costs::default() };
    for (first, last) in &wanted.years {
        let sums = "c.service, cast(sum(c.amount) as bigint) as amount";
        let rows = read(tx, only, (*first, *last), sums, " group by c.service").await?;
        let year = rows.iter().map(|row| Ok((row.get("service")?, row.get("amount")?)));
        costs.years.insert((*first, *last), year.collect::<Result<_, Fault>>()?);
    }
    for month in &wanted.months {
        let rows = read(tx, only, (*month, *month), "c.service, c.amount, c.quantity_total", "").await?;
        let received = rows.iter().map(|row| {
            let quantity = row.get::<Option<String>>("quantity_total")?.map(|text| {
                text.parse().map_err(|error| Fault::new(format!("reading the quantity {text}"), error))
            });
            Ok((row.get("service")?, (row.get("amount")?, quantity.transpose()?)))
        });
        costs.months.insert(*month, received.collect::<Result<_, Fault>>()?);
    }
    Ok(costs)
}

/// Those columns of what services cost from the first to the last month, in the runs that stand.
async fn read(
    tx: &mut Tx,
    only: Option<&[String]>,
    (first, last): (Period, Period),
    columns: &str,
    grouped: &str,
) -> Result<Vec<Row>, Fault> {
    let named = only.map_or_else(
        || "true".to_owned(),
        |keys| {
            let places: Vec<String> = (3..keys.len() + 3).map(|place| format!("${place}")).collect();
            format!("c.service in ({})", places.join(", "))
        },
    );
    let sql = format!(
        "select {columns} from charging_runs r join charging_service_costs c on c.run_id = r.id \
         where r.state <> 'reversed' and r.period between $1 and $2 and {named}{grouped}"
    );
    let asked = tx.query(&sql).bind(first).bind(last);
    let asked = only.unwrap_or_default().iter().fold(asked, |asked, key| asked.bind(key.as_str()));
    Ok(asked.rows().await?)
}
