//! A PostgreSQL to play with: throw-away, on a unix socket, stays until it is stopped.

use pgtemp::Cluster;

use crate::Outcome;

const CLUSTER: &str = "dev";
const DATABASE: &str = "quarterdeck";

/// `pg start | stop | url [DATABASE]`.
pub(crate) fn run(words: &[&str]) -> Outcome {
    match words {
        ["start"] | ["url"] => print_url(DATABASE),
        ["url", database] => print_url(database),
        ["stop"] => {
            let was_there = Cluster::stop(CLUSTER).map_err(|error| error.to_string())?;
            eprintln!("{}", if was_there { "stopped and removed" } else { "there was none" });
            Ok(())
        }
        _ => Err(crate::USAGE.to_owned()),
    }
}

fn print_url(database: &str) -> Outcome {
    let cluster = Cluster::standing(CLUSTER).map_err(|error| error.to_string())?;
    match cluster.create(database) {
        Err(error) if !error.to_string().contains("already exists") => return Err(error.to_string()),
        _ => println!("{}", cluster.url(database)),
    }
    Ok(())
}
