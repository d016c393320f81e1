//! A time zone: which day it is there at a moment (IANA time zone database, by `chrono-tz`).

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

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

    /// [`Zone::day`] of many moments. Offsets change at ends of quarters of an hour alone, and a bill has the same few
    /// thousand of them over and over: each is looked up once.
    pub(crate) fn days(&self, seconds: impl Iterator<Item = Option<i64>>) -> Vec<Option<i32>> {
        let mut at_hand: Option<(i64, Arc<Block>)> = None;
        let mut day = |second: i64| {
            let quarter = second.div_euclid(QUARTER);
            let (block, place) = (quarter.div_euclid(BLOCK), quarter.rem_euclid(BLOCK));
            if !REMEMBERED.contains(&block) {
                return self.day(second);
            }
            let place = usize::try_from(place).unwrap_or_default();
            match &at_hand {
                Some((known, days)) if *known == block => days[place],
                _ => at_hand.insert((block, self.block(block))).1[place],
            }
        };
        seconds.map(|second| second.and_then(&mut day)).collect()
    }

    /// The days of a block of quarters.
    fn block(&self, block: i64) -> Arc<Block> {
        let mut known = BLOCKS.lock().unwrap_or_else(PoisonError::into_inner);
        let days = known.entry((self.name(), block)).or_insert_with(|| {
            let quarters = block * BLOCK..(block + 1) * BLOCK;
            quarters.map(|quarter| self.day(quarter * QUARTER)).collect()
        });
        days.clone()
    }
}

/// Seconds of a quarter of an hour.
const QUARTER: i64 = 900;

/// Quarters that are looked up together: eleven months.
const BLOCK: i64 = 1 << 15;

/// Blocks that are kept, of 1970 to 2099: what lies outside is some slip, and looked up alone.
const REMEMBERED: Range<i64> = 0..139;

/// The day of each quarter.
type Block = [Option<i32>];

/// Blocks that were looked up, by zone; 256 KB each.
static BLOCKS: LazyLock<Mutex<BTreeMap<(&str, i64), Arc<Block>>>> = LazyLock::new(Mutex::default);

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
        // What lies outside the blocks that are kept is the same, looked up alone: 1969 and 2200.
        let london: Zone = "Europe/London".parse().unwrap();
        for second in [-1, 7_258_118_400] {
            assert_eq!(london.days([Some(second)].into_iter()), [london.day(second)]);
        }
        assert!("Europe/Londn".parse::<Zone>().unwrap_err().contains("Europe/Londn"));
    }
}
