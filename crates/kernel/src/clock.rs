//! Time and chance, handed in: nothing below `app` asks the machine for either.

use std::sync::Mutex;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// What time it is.
pub trait Clock: Send + Sync {
    /// Now, to the millisecond.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(3)
    }
}

/// A clock that stands still until it is set: for tests and for loading the demo.
pub struct FixedClock(Mutex<DateTime<Utc>>);

impl FixedClock {
    /// Stands at `at`.
    pub fn at(at: DateTime<Utc>) -> FixedClock {
        FixedClock(Mutex::new(at))
    }

    /// Moves it to `at`.
    pub fn set(&self, at: DateTime<Utc>) {
        *self.0.lock().expect("the clock is never poisoned") = at;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("the clock is never poisoned")
    }
}

/// The demo's own clock: starts at the story's morning and advances with real time.
pub struct DemoClock {
    behind: TimeDelta,
}

impl DemoClock {
    /// A clock that showed `story` when the machine showed `real`.
    pub fn new(story: DateTime<Utc>, real: DateTime<Utc>) -> DemoClock {
        DemoClock { behind: real - story }
    }
}

impl Clock for DemoClock {
    fn now(&self) -> DateTime<Utc> {
        (Utc::now() - self.behind).trunc_subsecs(3)
    }
}

/// Where random bytes come from.
pub trait Chance: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);

    /// A UUIDv7 (RFC 9562 §5.7) of that moment.
    fn uuid_v7(&self, at: DateTime<Utc>) -> uuid::Uuid {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// The machine's random numbers (`/dev/urandom`).
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) {
        use std::io::Read;
        std::fs::File::open("/dev/urandom")
            .and_then(|mut source| source.read_exact(bytes))
            .expect("the machine gives random bytes");
    }
}

/// The same bytes for the same seed, ever rising: for tests and the demo, so that ids repeat.
pub struct SeededChance(Mutex<u64>);

impl SeededChance {
    /// Starts from `seed`.
    pub fn new(seed: u32) -> SeededChance {
        SeededChance(Mutex::new(u64::from(seed) << 28))
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        let mut count = self.0.lock().expect("the seed is never poisoned");
        *count += 1;
        bytes.fill(0);
        for (byte, digit) in bytes.iter_mut().rev().zip(count.to_le_bytes()) {
            *byte = digit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeded_ids_repeat_and_rise() {
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let (one, two) = (SeededChance::new(7), SeededChance::new(7));
        let ids: Vec<_> = (0..1000).map(|_| one.uuid_v7(at)).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(ids[0], two.uuid_v7(at));
        assert_eq!(ids[0].get_version_num(), 7);
    }
}
