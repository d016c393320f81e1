//! What Quarterdeck does by itself, and when. A due day is asked for as a job, in one transaction with
//! the row that says so; that row can be there once, so of several processes one asks.

use access::{Cx, system};
use chrono::NaiveDate;
use kernel::{Fault, Refused};
use serde_json::json;

use super::ask::enter;
use super::repo;
use super::rules::{Dates, Every};
use crate::{House, Request, registry};

/// Something done again and again.
pub struct Schedule {
    /// Its name, for good: the rows of what was due are kept under it.
    pub name: &'static str,
    /// The command it asks for, without input.
    pub command: &'static str,
    /// When, by days in UTC as the organisation's calendar has them.
    pub dates: Dates,
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// Every schedule there is.
pub static SCHEDULES: &[Schedule] = &[
    Schedule {
        name: "statements accepted by lapse of time",
        command: "statement lapse",
        dates: Dates { from: day(2026, 1, 1), every: Every::Days(1) },
    },
    Schedule {
        name: "clearing of what has expired",
        command: "expired clear",
        dates: Dates { from: day(2026, 1, 31), every: Every::Months(1) },
    },
];

/// Asks for what is due now and was not asked for; how many jobs that made.
pub async fn ask_for_what_is_due(house: &House) -> Result<usize, Refused> {
    let today = house.clock.now().date_naive();
    let mut asked = 0;
    for schedule in SCHEDULES {
        let Some(due) = schedule.dates.latest(today) else { continue };
        let due = due.to_string();
        let mut tx = house.db.read().await?;
        let known = repo::was_due(&mut tx, schedule.name, &due).await?;
        drop(tx);
        if !known && ask(house, schedule, &due).await? {
            asked += 1;
        }
    }
    Ok(asked)
}

/// False where another process was faster: then nothing of this one is kept.
async fn ask(house: &House, schedule: &Schedule, due: &str) -> Result<bool, Refused> {
    let command = registry::command(schedule.command);
    let command = command.ok_or_else(|| Fault::because(format!("no command {}", schedule.command)))?;
    let who = system::who(command.action);
    let mut cx: Cx = house.context(house.db.begin().await?, who, None).await?;
    let request = Request { body: json!({}), ..Request::default() };
    let job = enter(&mut cx, command, &request, None).await?;
    let first = repo::note_due(&mut cx.tx, schedule.name, due, job).await?;
    if first {
        cx.tx.commit().await?;
    } else {
        cx.tx.rollback().await?;
    }
    Ok(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schedule_has_a_name_of_its_own_and_a_command_that_is_there() {
        for (at, schedule) in SCHEDULES.iter().enumerate() {
            assert!(registry::command(schedule.command).is_some(), "{}", schedule.command);
            assert!(SCHEDULES[..at].iter().all(|other| other.name != schedule.name));
        }
    }
}
