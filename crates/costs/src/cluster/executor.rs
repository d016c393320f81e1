//! `costs executor`: does parts of plans that a scheduler hands to it.

use std::path::PathBuf;
use std::sync::Arc;

use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use calc::{Answer, Stop};
use clap::{Arg, ArgMatches, Command, value_parser};

use super::address;
use super::codec::{Logical, Physical};
use super::scheduler::GIVEN_UP_SECONDS;

const HELP: &str = "\
Example:
  quarterdeck costs executor --scheduler 127.0.0.1:50050 --bind 127.0.0.1:50051 --threads 2

It takes the port after the one it binds as well, and runs until Ctrl-C. It has to see the files of the bill under the
same path as who asks. There is no sign-in: bind it where only your own machines reach it.";

/// The verb and its words.
pub(crate) fn words() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("executor")
        .about("Do parts of a big bill for a scheduler")
        .before_help(HELP)
        .arg(text("scheduler", "HOST:PORT", "The scheduler").required(true))
        .arg(text("bind", "HOST:PORT", "Where it listens").default_value("127.0.0.1:50051"))
        .arg(
            text("threads", "N", "Parts at a time; as many as processors, unless said")
                .value_parser(value_parser!(u16).range(1..)),
        )
        .arg(text(
            "work",
            "DIR",
            "Folder for what passes between parts; a new one in the system's, unless said",
        ))
}

/// Runs it until it is dropped.
///
/// # Errors
/// It cannot listen there, or the scheduler cannot be reached.
pub(crate) async fn run(words: &ArgMatches) -> Result<Answer, Stop> {
    let word = |name: &str| words.get_one::<String>(name).map_or("", String::as_str);
    let (scheduler_host, scheduler_port) = address("scheduler", word("scheduler"))?;
    let (host, port) = address("bind", word("bind"))?;
    let grpc_port =
        port.checked_add(1).ok_or_else(|| Stop::Usage("--bind leaves no port after it".into()))?;
    let threads = words.get_one::<u16>("threads").map_or(0, |threads| usize::from(*threads));
    let work = Work::at(words.get_one::<String>("work").map(PathBuf::from), port)?;
    let config = ExecutorProcessConfig {
        bind_host: host.clone(),
        external_host: Some(host),
        port,
        grpc_port,
        scheduler_host,
        scheduler_port,
        vcores: threads,
        work_dir: Some(work.0.to_string_lossy().into_owned()),
        executor_heartbeat_interval_seconds: GIVEN_UP_SECONDS / 3,
        override_logical_codec: Some(Arc::new(Logical::default())),
        override_physical_codec: Some(Arc::new(Physical::default())),
        ..ExecutorProcessConfig::default()
    };
    let ended = start_executor_process(Arc::new(config)).await;
    ended.map_err(|error| Stop::Failed(format!("{} ({})", error, word("scheduler"))))?;
    Err(Stop::Failed("The executor was told to end, by a signal or by its scheduler.".into()))
}

/// The folder for what passes between parts; removed in the end if it was made for it.
struct Work(PathBuf, bool);

impl Work {
    fn at(named: Option<PathBuf>, port: u16) -> Result<Work, Stop> {
        let name = format!("quarterdeck-executor-{}-{port}", std::process::id());
        let work = Work(named.clone().unwrap_or_else(|| std::env::temp_dir().join(name)), named.is_none());
        let cannot = |error| Stop::Usage(format!("{} cannot be made: {error}", work.0.display()));
        std::fs::create_dir_all(&work.0).map_err(cannot)?;
        Ok(work)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if self.1 {
            // What is left behind in the system's own folder harms nobody.
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}
