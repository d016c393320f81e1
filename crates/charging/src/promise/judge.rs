//! Every promise beside what is known now, judged by `portfolio`'s rules.

use std::collections::BTreeMap;

use access::{Action, Cx};
use chrono::NaiveDate;
use finance::period::{PeriodState, Periods};
use kernel::{Fault, FiscalCalendar, Period, PromiseId, ServiceId};
use portfolio::promise::rules::judge;
use portfolio::promise::{self, Basis, Due, Measure, Measurement, Now, Promise, Source, Standing, Verdict};

use super::repo::{self, Costs};
use super::rules::{Known, Month, due_months, unit_cost, yearly_cost};

/// A promise, judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The promise.
    pub promise: Promise,
    /// Key of its service.
    pub service: String,
    /// What is known.
    pub known: Known,
    /// The judgement.
    pub verdict: Verdict,
}

/// What all promises are held against.
struct Actuals {
    costs: Costs,
    measured: BTreeMap<PromiseId, Vec<Measurement>>,
    periods: Periods,
    calendar: FiscalCalendar,
    today: NaiveDate,
}

/// All promises held, of the services whose money the reader may see.
pub async fn all(cx: &mut Cx) -> Result<Vec<Judged>, Fault> {
    judged(cx, None).await
}

/// The promises held of the service of that key, if the reader may see its money.
pub async fn of_service(cx: &mut Cx, key: &str) -> Result<Vec<Judged>, Fault> {
    judged(cx, Some(&[key.to_owned()])).await
}

/// More services than that are judged with all others.
const MOST: usize = 500;

/// The promises held of the services of those keys, as far as the reader may see their money.
pub async fn of_services(cx: &mut Cx, keys: &[String]) -> Result<Vec<Judged>, Fault> {
    match keys.len() {
        0 => Ok(Vec::new()),
        1..=MOST => judged(cx, Some(keys)).await,
        _ => judged(cx, None).await,
    }
}

/// Every judgement, the worst first.
pub const WORST_FIRST: [Verdict; 6] = [
    Verdict::Broken,
    Verdict::Standing(Standing::OffTrack),
    Verdict::Standing(Standing::Watch),
    Verdict::Standing(Standing::OnTrack),
    Verdict::Kept,
    Verdict::NotDue,
];

/// Its place among them.
pub(crate) fn rank(verdict: Verdict) -> i64 {
    let place = WORST_FIRST.iter().position(|known| *known == verdict).unwrap_or(WORST_FIRST.len());
    i64::try_from(place).unwrap_or(i64::MAX)
}

async fn judged(cx: &mut Cx, only: Option<&[String]>) -> Result<Vec<Judged>, Fault> {
    let reach = cx.who.reach(Action::ReadServiceMoney);
    let keys = portfolio::service::all_keys(&mut cx.tx).await?;
    let keys: BTreeMap<ServiceId, String> = keys.into_iter().map(|(key, id)| (id, key)).collect();
    let held = promise::active(&mut cx.tx).await?.into_iter().filter_map(|promise| {
        let service = keys.get(&promise.service).filter(|key| only.is_none_or(|only| only.contains(key)))?;
        reach.admits_service(promise.service).then(|| (promise, service.clone()))
    });
    let held: Vec<(Promise, String)> = held.collect();
    let (run, calendar) = (repo::runs(&mut cx.tx).await?, cx.organisation.calendar);
    // Of years of costs, only the months that something is promised for are read.
    let of_costs = held.iter().filter(|(promise, _)| promise.measure.source() == Source::Cost);
    let asked: Vec<Period> =
        of_costs.flat_map(|(promise, _)| due_months(promise.due, calendar, &run)).collect();
    let actuals = Actuals {
        costs: repo::costs(&mut cx.tx, only, run, &asked).await?,
        measured: promise::measured(&mut cx.tx).await?,
        periods: finance::period::states(&mut cx.tx).await?,
        calendar,
        today: cx.today(),
    };
    let judged = held.into_iter().map(|(promise, service)| {
        let known = actuals.known(&promise, &service);
        let verdict = judge(promise.promised, promise.aim, promise.limits, known.now, known.due);
        Judged { promise, service, known, verdict }
    });
    Ok(judged.collect())
}

impl Actuals {
    fn known(&self, promise: &Promise, service: &str) -> Known {
        let digits = promise.currency.map_or(2, |currency| currency.digits());
        match promise.measure {
            Measure::YearlyCost => yearly_cost(&self.months(promise.due, service), digits),
            Measure::UnitCost => unit_cost(&self.months(promise.due, service), digits),
            Measure::ProjectCost | Measure::ServiceLevel | Measure::Date => self.last_measured(promise),
        }
    }

    /// What is known of the months a cost promise is for.
    fn months(&self, due: Due, service: &str) -> Vec<Month> {
        let periods = due_months(due, self.calendar, &self.costs.run);
        let month = |period: &Period| Month {
            cost: self.costs.of(service, *period),
            quantity: self.costs.quantity(service, *period),
            closed: self.periods.0.get(period).copied().is_some_and(PeriodState::is_closed),
        };
        periods.iter().map(month).collect()
    }

    /// What was measured last; due once its day has passed.
    fn last_measured(&self, promise: &Promise) -> Known {
        let last = self.measured.get(&promise.id).and_then(|all| all.last());
        let now = match last.map(|last| (last.basis, last.value)) {
            None => Now::NoData,
            Some((Basis::Actual, value)) => Now::Actual(value),
            Some((Basis::Expected, value)) => Now::Expected(value),
        };
        let day = promise.due_on.or(last.map(|last| last.about_day));
        let says = last.map(|last| format!("{}, {}", last.about, last.source));
        Known { now, due: day.is_some_and(|day| day < self.today), says }
    }
}
