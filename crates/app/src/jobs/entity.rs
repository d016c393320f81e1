//! A job, and what may become of it.

use chrono::TimeDelta;
use kernel::{JobId, PersonId, Refusal, TokenId, Via};
use serde_json::Value;

use super::error::{ENDED, RUNNING};

/// How long a claim lasts unless it is extended. A process that was killed is missed after it.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// How often the claim of a running job is extended: four times within a lease, so that one or two
/// slow answers of the database do not lose it.
pub const HEARTBEAT_SECONDS: u64 = 15;

/// How often a job is begun before it is given up: a third process killed by it is enough.
pub const MOST_ATTEMPTS: i64 = 3;

/// How long after a fault of ours it is tried again.
pub const PAUSE: TimeDelta = TimeDelta::seconds(10);

/// Where a job stands. That it runs is said by its lease, not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits or runs.
    Asked,
    /// The command did it.
    Done,
    /// The command said no.
    Refused,
    /// It failed again and again.
    Failed,
    /// Called off before it ran.
    Cancelled,
}

impl State {
    /// All states.
    pub const ALL: [State; 5] = [State::Asked, State::Done, State::Refused, State::Failed, State::Cancelled];

    /// The word stored and read.
    pub const fn word(self) -> &'static str {
        match self {
            State::Asked => "asked",
            State::Done => "done",
            State::Refused => "refused",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// The way of that word.
pub(super) fn via_of(word: &str) -> Option<Via> {
    Via::ALL.into_iter().find(|via| via.word() == word)
}

/// A job as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Id.
    pub id: JobId,
    /// Version.
    pub version: i64,
    /// Name of its command.
    pub command: String,
    /// Who asked.
    pub person: PersonId,
    /// By way of what.
    pub via: Via,
    /// Where it stands.
    pub state: State,
    /// When it was asked for.
    pub asked_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// Code of the refusal, or reference of the fault.
    pub code: Option<String>,
}

impl Job {
    /// It ends in `state`.
    pub(super) fn end(&mut self, state: State, at: String, code: Option<String>) {
        (self.state, self.ended_at, self.code) = (state, Some(at), code);
    }

    /// Why it can no longer be called off; `runs`: whether a process holds it.
    pub(super) fn may_be_cancelled(&self, runs: bool) -> Result<(), Refusal> {
        match self.state {
            State::Asked if runs => Err(RUNNING.plain()),
            State::Asked => Ok(()),
            state => Err(ENDED.with(&[state.word()])),
        }
    }
}

/// What a job needs to be run.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    /// The token it was asked with.
    pub token: Option<TokenId>,
    /// When who asked last proved who they are.
    pub signed_in_at: Option<String>,
    /// The version it changes.
    pub expected: Option<i64>,
    /// The blanks of its path.
    pub params: Value,
    /// Its input.
    pub body: Value,
}

/// A job that this process may run until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    /// Which.
    pub job: JobId,
    /// By which process.
    pub owner: String,
    /// The how-many-th time it is begun. With the owner it tells this claim from a later one.
    pub attempt: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZEROS: &str = "00000000-0000-7000-8000-000000000000";

    #[test]
    fn only_a_job_that_waits_can_be_called_off() {
        let mut job = Job {
            id: JobId::parse(ZEROS).unwrap(),
            version: 1,
            command: "customer add".into(),
            person: PersonId::parse(ZEROS).unwrap(),
            via: Via::Session,
            state: State::Asked,
            asked_at: "2026-10-02T09:30:00.000Z".into(),
            ended_at: None,
            code: None,
        };
        assert_eq!(job.may_be_cancelled(false), Ok(()));
        assert_eq!(job.may_be_cancelled(true).unwrap_err().kind.code, "job_running");
        job.end(State::Done, "2026-10-02T09:31:00.000Z".into(), None);
        let refusal = job.may_be_cancelled(false).unwrap_err();
        assert_eq!((refusal.kind.code, refusal.says.as_str()), ("job_ended", "The job is done already."));
    }

    #[test]
    fn words_come_back_as_what_they_were() {
        assert!(State::ALL.into_iter().all(|state| State::parse(state.word()) == Some(state)));
        assert_eq!(via_of("command line"), Some(Via::CommandLine));
        assert_eq!((State::parse("running"), via_of("post")), (None, None));
    }
}
