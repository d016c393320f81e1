//! Every promise beside what is known now, judged by `portfolio`'s rules.

use std::collections::BTreeMap;

use access::{Action, Cx};
use chrono::NaiveDate;
use finance::period::{PeriodState, Periods};
use kernel::{Fault, FiscalCalendar, Period, PromiseId, ServiceId};
use portfolio::promise::rules::judge;
use portfolio::promise::{self, Basis, Due, Measure, Measurement, Now, Promise, Standing, Verdict};

use super::repo::{self, Costs, Wanted};
use super::rules::{Known, Month, Year, due_months, unit_cost, yearly_cost};

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
    let wanted = wanted(held.iter().map(|(promise, _)| promise), calendar, &run);
    let actuals = Actuals {
        costs: repo::costs(&mut cx.tx, only, run, &wanted).await?,
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

/// The costs that the promises are of.
fn wanted<'p>(
    promises: impl Iterator<Item = &'p Promise>,
    calendar: FiscalCalendar,
    run: &[Period],
) -> Wanted {
    let mut wanted = Wanted::default();
    for promise in promises {
        let months = due_months(promise.due, calendar, run);
        match promise.measure {
            Measure::YearlyCost => wanted.years.extend(ends(&months)),
            Measure::UnitCost => wanted.months.extend(months),
            Measure::ProjectCost | Measure::ServiceLevel | Measure::Date => {}
        }
    }
    wanted
}

/// The first and the last of months that follow each other.
fn ends(months: &[Period]) -> Option<(Period, Period)> {
    months.first().copied().zip(months.last().copied())
}

impl Actuals {
    fn known(&self, promise: &Promise, service: &str) -> Known {
        let digits = promise.currency.map_or(2, |currency| currency.digits());
        match promise.measure {
            Measure::YearlyCost => yearly_cost(self.year(promise.due, service), digits),
            Measure::UnitCost => unit_cost(&self.months(promise.due, service), digits),
            Measure::ProjectCost | Measure::ServiceLevel | Measure::Date => self.last_measured(promise),
        }
    }

    /// What is known of the year a cost promise is for.
    fn year(&self, due: Due, service: &str) -> Year {
        let months = due_months(due, self.calendar, &self.costs.run);
        let cost = ends(&months).map_or(0, |(first, last)| self.costs.of_year(service, first, last));
        let run = months.iter().filter(|month| self.costs.run.contains(month)).count();
        let closed = months.iter().all(|month| self.is_closed(*month));
        Year { months: months.len(), run, closed, cost }
    }

    fn is_closed(&self, period: Period) -> bool {
        self.periods.0.get(&period).copied().is_some_and(PeriodState::is_closed)
    }

    /// What is known of the months a unit's cost is promised for.
    fn months(&self, due: Due, service: &str) -> Vec<Month> {
        let periods = due_months(due, self.calendar, &self.costs.run);
        let month = |period: &Period| Month {
            cost: self.costs.of(service, *period),
            quantity: self.costs.quantity(service, *period),
            closed: self.is_closed(*period),
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
