//! Work on a thread of its own, so that whoever waits can be told and can leave.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::{Builder, scope};
use std::time::Duration;

use crate::Error;
use crate::watch::{Stage, Watch, tell};

/// Between two calls of the watch.
pub(super) const TICK: Duration = Duration::from_millis(100);

/// What the main thread of a program has; other threads begin with less.
pub(super) const STACK_BYTES: usize = 8 << 20;

/// Between the work and who waits for it.
pub(super) struct Reins {
    pulled: AtomicBool,
    /// The bits of a float; no number: unknown.
    gap: AtomicU64,
}

impl Reins {
    fn new() -> Reins {
        Reins { pulled: AtomicBool::new(false), gap: AtomicU64::new(f64::NAN.to_bits()) }
    }

    /// Whether the work is to end.
    pub fn are_pulled(&self) -> bool {
        self.pulled.load(Ordering::Relaxed)
    }

    /// How far the best set known may be from the best there is.
    pub fn tell(&self, gap: Option<f64>) {
        self.gap.store(gap.unwrap_or(f64::NAN).to_bits(), Ordering::Relaxed);
    }

    fn gap(&self) -> Option<f64> {
        Some(f64::from_bits(self.gap.load(Ordering::Relaxed))).filter(|gap| gap.is_finite())
    }
}

/// Does `work`, which looks at the reins often: they are pulled when the time is up and when the watch says stop.
pub(super) fn waiting<T: Send>(
    seconds: f64,
    stage: &Stage,
    watch: Watch,
    work: impl FnOnce(&Reins) -> Result<T, Error> + Send,
) -> Result<T, Error> {
    tell(watch, stage, Duration::ZERO, None)?;
    let reins = Reins::new();
    let reins = &reins;
    reins.pulled.store(seconds <= 0.0, Ordering::Relaxed);
    scope(|scope| {
        let (sender, receiver) = channel();
        let work = move || {
            // The receiver is gone where nobody waits any more.
            let _ = sender.send(work(reins));
        };
        let named = Builder::new().name("selection".to_owned()).stack_size(STACK_BYTES);
        named
            .spawn_scoped(scope, work)
            .map_err(|error| Error::Solver(format!("no thread for it: {error}")))?;
        let mut waited = Duration::ZERO;
        loop {
            match receiver.recv_timeout(TICK) {
                Ok(done) => return done,
                Err(RecvTimeoutError::Timeout) => waited += TICK,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Error::Solver("its thread died".to_owned()));
                }
            }
            let told = tell(watch, stage, waited, reins.gap());
            reins.pulled.fetch_or(told.is_err() || waited.as_secs_f64() >= seconds, Ordering::Relaxed);
            told?;
        }
    })
}
