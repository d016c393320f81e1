//! A time zone: which day it is there at a moment (IANA time zone database, by `chrono-tz`).

use std::str::FromStr;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A zone by its name, `Europe/London`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Zone(Tz);

impl Zone {
    /// The zone's name.
    pub(crate) fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The day, counted from 1970, of a moment in seconds from 1970 in UTC; none far outside of what calendars have.
    pub(crate) fn day(&self, second: i64) -> Option<i32> {
        const DAY: i64 = 86_400;
        let moment = DateTime::from_timestamp(second, 0)?.naive_utc();
        let ahead = self.0.offset_from_utc_datetime(&moment).fix().local_minus_utc();
        i32::try_from((second + i64::from(ahead)).div_euclid(DAY)).ok()
    }

    /// [`Zone::day`] of many moments in order. Bills have long runs of the same hour: a quarter of an hour, at whose
    /// ends alone offsets change, is looked up once in a run.
    pub(crate) fn days(&self, seconds: impl Iterator<Item = Option<i64>>) -> Vec<Option<i32>> {
        const QUARTER: i64 = 900;
        let mut last: Option<(i64, Option<i32>)> = None;
        let mut day = |second: i64| {
            let quarter = second.div_euclid(QUARTER);
            match last {
                Some((known, day)) if known == quarter => day,
                _ => {
                    let day = self.day(quarter * QUARTER);
                    last = Some((quarter, day));
                    day
                }
            }
        };
        seconds.map(|second| second.and_then(&mut day)).collect()
    }
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(name: &str) -> Result<Zone, String> {
        let wrong = |_| format!("“{name}” is no time zone; write it as Europe/London or UTC");
        Tz::from_str(name.trim()).map(Zone).map_err(wrong)
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Zone, String> {
        name.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.name().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `date -d @… ` says with `TZ` set: the summer time of London in 2026 ends on 25 October, New York is five
    /// hours behind in winter, Kathmandu a quarter of an hour off the hours.
    #[test]
    fn the_day_is_that_of_the_zone_also_where_clocks_change() {
        // 2026-03-01T00:30Z, 2026-08-31T23:30Z, 2026-10-31T23:30Z, 2026-08-31T18:20Z.
        for (second, london, new_york, kathmandu) in [
            (1_772_325_000, "2026-03-01", "2026-02-28", "2026-03-01"),
            (1_788_219_000, "2026-09-01", "2026-08-31", "2026-09-01"),
            (1_793_489_400, "2026-10-31", "2026-10-31", "2026-11-01"),
            (1_788_200_400, "2026-08-31", "2026-08-31", "2026-09-01"),
        ] {
            for (zone, day) in
                [("Europe/London", london), ("America/New_York", new_york), ("Asia/Kathmandu", kathmandu)]
            {
                let zone: Zone = zone.parse().unwrap();
                let found = zone.days([Some(second), None, Some(second)].into_iter());
                let date = |day: i32| DateTime::from_timestamp(i64::from(day) * 86_400, 0).unwrap();
                let told = |day: Option<i32>| day.map(|day| date(day).date_naive().to_string());
                assert_eq!(
                    found.into_iter().map(told).collect::<Vec<_>>(),
                    [Some(day.to_owned()), None, Some(day.to_owned())]
                );
            }
        }
        assert!("Europe/Londn".parse::<Zone>().unwrap_err().contains("Europe/Londn"));
    }
}
