//! What a serving process does beside answering: jobs one after the other, and what is due by schedule.

use std::time::Duration;

use kernel::{Fault, Refused};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::entity::{Claim, HEARTBEAT_SECONDS, LEASE};
use super::{repo, run, schedule};
use crate::{House, checkpoints};

/// How long the worker rests where nothing waits: one small query a second.
const REST: Duration = Duration::from_secs(1);

/// How many rests pass between two looks at the schedules.
const RESTS: u32 = 30;

/// How long a running job may go on once the process is to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Runs every job that waits now, and those they leave; how many. For tests and for loading: a serving
/// process has [`work`].
pub async fn run_all(house: &House) -> Result<usize, Refused> {
    let owner = owner(house);
    let mut count = 0;
    while let Some(claim) = run::claim(house, &owner).await? {
        run::run(house, &claim).await?;
        count += 1;
    }
    Ok(count)
}

/// Claims one job as a process does that is killed before it has done anything; for tests.
pub async fn claim_and_die(house: &House) -> Result<bool, Refused> {
    Ok(run::claim(house, &owner(house)).await?.is_some())
}

/// Works until told to stop: then the job at hand may end within five seconds, or is put back.
pub async fn work(house: House, mut stop: watch::Receiver<bool>) {
    let owner = owner(&house);
    let mut rests = 0;
    while !*stop.borrow() {
        if rests == 0 {
            look_at_the_day(&house).await;
        }
        match run::claim(&house, &owner).await {
            Ok(Some(claim)) => {
                keep_to(&house, claim, &mut stop).await;
                rests = 0;
                continue;
            }
            Ok(None) => {}
            Err(refused) => tell("no job could be claimed", &refused),
        }
        rests = (rests + 1) % RESTS;
        tokio::select! {
            () = sleep(REST) => {}
            _ = stop.changed() => {}
        }
    }
}

/// What a new day brings: what is due by schedule, and a checkpoint.
async fn look_at_the_day(house: &House) {
    if let Err(refused) = schedule::ask_for_what_is_due(house).await {
        tell("what is due could not be asked for", &refused);
    }
    if let Err(fault) = checkpoints::keep_todays(house).await {
        tell("today's checkpoint of the history could not be kept", &fault.into());
    }
}

/// Runs the claimed job while its claim is extended.
async fn keep_to(house: &House, claim: Claim, stop: &mut watch::Receiver<bool>) {
    let (own, held) = (house.clone(), claim.clone());
    let mut running = tokio::spawn(async move { run::run(&own, &held).await });
    let mut beat = interval(Duration::from_secs(HEARTBEAT_SECONDS));
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let ended = loop {
        tokio::select! {
            ended = &mut running => break ended,
            _ = beat.tick() => extend(house, &claim).await,
            _ = stop.changed() => match timeout(GRACE, &mut running).await {
                Ok(ended) => break ended,
                Err(_) => {
                    running.abort();
                    // Its transaction is rolled back before the job is put back.
                    let _ = running.await;
                    house.headway.of(&claim.job.to_string()).ends();
                    break Ok(run::put_back(house, &claim, false).await);
                }
            }
        }
    };
    let ended = match ended {
        Ok(ended) => ended,
        Err(broken) => run::failed(house, &claim, &Fault::new("running a job", broken)).await,
    };
    if let Err(refused) = ended {
        // It stays claimed and is taken up again once the lease has ended.
        tell("the end of a job could not be written", &refused);
    }
}

/// Extends the claim and writes how far the job is, where the engine lets it: never waited for long.
async fn extend(house: &House, claim: &Claim) {
    if house.db.engine() == db::Engine::Sqlite {
        return;
    }
    let seen = house.headway.seen(&claim.job.to_string());
    let written = timeout(Duration::from_secs(HEARTBEAT_SECONDS / 3), async {
        let until = run::stamp(house.clock.now() + LEASE);
        let mut tx = house.db.begin().await?;
        let held = repo::extend(&mut tx, claim, &until, seen.as_ref()).await?;
        tx.commit().await?;
        Ok::<bool, Refused>(held)
    });
    match written.await {
        Ok(Ok(_)) => {}
        Ok(Err(refused)) => tell("the claim on a job could not be extended", &refused),
        Err(_) => tracing::warn!(job = %claim.job, "the claim on a job could not be extended in time"),
    }
}

/// A name for this process that no other has.
fn owner(house: &House) -> String {
    house.chance.uuid_v7(house.clock.now()).to_string()
}

fn tell(what: &str, refused: &Refused) {
    match refused {
        Refused::Fault(fault) => tracing::error!(chain = fault.chain(), "{what}"),
        Refused::Refusal(refusal) => tracing::warn!(code = refusal.kind.code, "{what}"),
    }
}
