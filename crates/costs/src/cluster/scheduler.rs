//! `costs scheduler`: hands the parts of plans to executors.

use std::sync::Arc;

use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use calc::{Answer, Stop};
use clap::{Arg, ArgMatches, Command};

use super::address;
use super::codec::{Logical, Physical};

const HELP: &str = "\
Example:
  quarterdeck costs scheduler --bind 127.0.0.1:50050

It runs until Ctrl-C. There is no sign-in: bind it where only your own machines reach it.";

/// Without a sign of life for so long, an executor is given up and its work done again.
pub(super) const GIVEN_UP_SECONDS: u64 = 15;

/// The verb and its words.
pub(crate) fn words() -> Command {
    let bind = Arg::new("bind").long("bind").value_name("HOST:PORT").default_value("127.0.0.1:50050");
    Command::new("scheduler")
        .about("Hand the parts of a big bill to executors")
        .before_help(HELP)
        .arg(bind.help("Where it listens"))
}

/// Runs it until it is dropped.
///
/// # Errors
/// It cannot listen there.
pub(crate) async fn run(words: &ArgMatches) -> Result<Answer, Stop> {
    let text = words.get_one::<String>("bind").map_or("", String::as_str);
    let (host, port) = address("bind", text)?;
    let listen = format!("{host}:{port}").parse();
    let listen =
        listen.map_err(|_| Stop::Usage(format!("--bind takes an address in numbers, not “{host}”")))?;
    let config = SchedulerConfig {
        bind_host: host.clone(),
        external_host: host,
        bind_port: port,
        executor_timeout_seconds: GIVEN_UP_SECONDS,
        expire_dead_executor_interval_seconds: GIVEN_UP_SECONDS / 3,
        no_executors_grace_period_seconds: GIVEN_UP_SECONDS,
        override_logical_codec: Some(Arc::new(Logical::default())),
        override_physical_codec: Some(Arc::new(Physical::default())),
        ..SchedulerConfig::default()
    };
    let failed = |error: ballista_core::error::BallistaError| Stop::Failed(error.to_string());
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(failed)?;
    start_server(cluster, listen, Arc::new(config)).await.map_err(failed)?;
    Err(Stop::Failed("The scheduler ended by itself.".into()))
}
