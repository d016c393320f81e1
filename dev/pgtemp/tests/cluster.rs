//! A cluster answers while it is owned, and leaves nothing behind, however its owner ended.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pgtemp::Cluster;

/// Set for a child that this test starts of itself: what the child is to do.
const ROLE: &str = "PGTEMP_TEST_ROLE";

fn psql(url: &str, sql: &str) -> Result<String, String> {
    let out =
        Command::new("psql").args([url, "-Atc", sql]).output().expect("psql is installed with PostgreSQL");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if out.status.success() { Ok(text(&out.stdout)) } else { Err(text(&out.stderr)) }
}

fn gone_within(path: &Path, limit: Duration) -> bool {
    let end = Instant::now() + limit;
    while path.exists() && Instant::now() < end {
        thread::sleep(Duration::from_millis(20));
    }
    !path.exists()
}

/// Runs one test of this file in a process of its own, as a test of that run of nextest (or of none).
/// Gives the process and the folder of its cluster, which it says after `at `.
fn child(test: &str, run: Option<&String>) -> (Child, PathBuf) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(ROLE, "child").stdout(Stdio::piped());
    match run {
        Some(run) => command.env("NEXTEST_RUN_ID", run),
        None => command.env_remove("NEXTEST_RUN_ID"),
    };
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let dir = lines.find_map(|line| line.split_once("at ").map(|(_, dir)| PathBuf::from(dir)));
    // The rest is read too, or the child would fail when it says it.
    thread::spawn(move || lines.count());
    (child, dir.expect("the child says where its cluster is"))
}

#[test]
fn databases_are_made_on_demand_and_are_apart() {
    let cluster = Cluster::start().unwrap();
    let (first, second) = (cluster.fresh().unwrap(), cluster.fresh().unwrap());
    assert_ne!(first, second);
    psql(&first, "create table only_here (id int)").unwrap();
    assert!(psql(&second, "table only_here").unwrap_err().contains("does not exist"));
    assert_eq!(psql(&first, "show server_encoding").unwrap(), "UTF8");
    assert_eq!(psql(&first, "show listen_addresses").unwrap(), "", "no network, only the socket");

    cluster.create("named").unwrap();
    assert!(cluster.create("named").unwrap_err().to_string().contains("already exists"));
    assert!(cluster.create("Not plain; drop").is_err());
}

#[test]
fn a_migrated_database_can_be_copied_and_dropped() {
    let cluster = Cluster::start().unwrap();
    cluster.create("migrated").unwrap();
    psql(&cluster.url("migrated"), "create table t as select 41 + 1 as answer").unwrap();
    cluster.create_from("copy", "migrated").unwrap();
    assert_eq!(psql(&cluster.url("copy"), "table t").unwrap(), "42");
    cluster.drop_database("copy").unwrap();
    assert!(psql(&cluster.url("copy"), "table t").unwrap_err().contains("does not exist"));
}

#[test]
fn a_template_is_made_once_and_every_test_gets_a_copy() {
    let cluster = Cluster::start().unwrap();
    let make = |url: &str| {
        psql(url, "create table t as select 41 + 1 as answer").map(|_| ()).map_err(io::Error::other)
    };
    cluster.template("schema", make).unwrap();
    cluster.template("schema", |_| panic!("it is there")).unwrap();
    let (first, second) = (cluster.fresh_from("schema").unwrap(), cluster.fresh_from("schema").unwrap());
    psql(&first, "drop table t").unwrap();
    assert_eq!(psql(&second, "table t").unwrap(), "42");
    assert!(cluster.template("late", |_| Err(io::Error::other("no"))).is_err());
    cluster.template("late", make).unwrap();
}

#[test]
fn databases_of_processes_that_ended_are_removed_and_of_those_that_live_are_kept() {
    let cluster = Cluster::start().unwrap();
    // No process has this id: the system's highest is 2^22.
    let (dead, mine) = ("t_99999999_1", cluster.fresh().unwrap());
    cluster.create(dead).unwrap();
    fs::write(cluster.socket_dir().join("made").join(dead), "").unwrap();
    cluster.fresh().unwrap();
    assert!(psql(&cluster.url(dead), "select 1").unwrap_err().contains("does not exist"));
    assert_eq!(psql(&mine, "select 1").unwrap(), "1");
}

#[test]
fn text_sorts_by_language_unless_a_column_says_otherwise() {
    let cluster = Cluster::start().unwrap();
    let url = cluster.fresh().unwrap();
    let sorted = |collate: &str| {
        let sql =
            format!("select string_agg(x, ' ' order by x {collate}) from (values ('b'), ('B'), ('a')) v(x)");
        psql(&url, &sql).unwrap()
    };
    assert_eq!(sorted(""), "a b B");
    assert_eq!(sorted("collate \"C\""), "B a b");
}

#[test]
fn dropping_it_stops_the_server_and_removes_its_folder() {
    let cluster = Cluster::start().unwrap();
    let (dir, url) = (cluster.socket_dir(), cluster.url("postgres"));
    assert_eq!(psql(&url, "select 1").unwrap(), "1");
    drop(cluster);
    assert!(!dir.exists(), "the folder is gone when drop returns");
    assert!(psql(&url, "select 1").is_err());
}

#[test]
fn a_killed_owner_leaves_nothing_behind() {
    let test = "a_killed_owner_leaves_nothing_behind";
    if std::env::var(ROLE).is_ok() {
        let cluster = Cluster::start().unwrap();
        println!("at {}", cluster.socket_dir().display());
        thread::sleep(Duration::from_secs(60));
        return;
    }
    let (mut owner, dir) = child(test, None);
    assert!(dir.exists());
    owner.kill().unwrap();
    owner.wait().unwrap();
    assert!(gone_within(&dir, Duration::from_secs(60)), "the keeper saw the end of its owner");
}

#[test]
fn a_shared_cluster_is_one_for_the_process_and_ends_with_it() {
    let test = "a_shared_cluster_is_one_for_the_process_and_ends_with_it";
    if std::env::var(ROLE).is_ok() {
        let cluster = Cluster::shared().unwrap();
        assert_eq!(cluster.socket_dir(), Cluster::shared().unwrap().socket_dir());
        psql(&cluster.fresh().unwrap(), "select 1").unwrap();
        println!("at {}", cluster.socket_dir().display());
        return;
    }
    let (mut owner, dir) = child(test, None);
    assert!(owner.wait().unwrap().success());
    assert!(gone_within(&dir, Duration::from_secs(60)), "statics are not dropped, the keeper is told");
}

#[test]
fn all_tests_of_one_nextest_run_share_a_cluster_and_other_runs_do_not() {
    let test = "a_shared_cluster_is_one_for_the_process_and_ends_with_it";
    let (mine, other) = (format!("mine-{}", std::process::id()), format!("other{}", std::process::id()));
    let dirs = [&mine, &mine, &other].map(|run| {
        let (mut child, dir) = child(test, Some(run));
        assert!(child.wait().unwrap().success());
        dir
    });
    assert_eq!(dirs[0], dirs[1]);
    assert_ne!(dirs[0], dirs[2]);
    assert!(dirs[0].exists(), "the run (this process, parent of both) goes on");
    for run in [mine.replace('-', ""), other] {
        assert!(Cluster::stop(&format!("r{}", &run[..run.len().min(12)])).unwrap());
    }
    assert!(!dirs[0].exists() && !dirs[2].exists());
}

#[test]
fn a_standing_cluster_is_joined_by_name_and_outlives_who_started_it() {
    let name = format!("test{}", std::process::id());
    let first = Cluster::standing(&name).unwrap();
    first.create("kept").unwrap();
    drop(first);
    let again = Cluster::standing(&name).unwrap();
    assert_eq!(psql(&again.url("kept"), "select 1").unwrap(), "1");
    assert!(Cluster::stop(&name).unwrap());
    assert!(!again.socket_dir().exists());
    assert!(!Cluster::stop(&name).unwrap(), "there is none any more");
}

#[test]
fn what_a_dead_owner_and_a_dead_keeper_left_is_swept_by_the_next_start() {
    let probe = Cluster::start().unwrap();
    let name = probe.socket_dir().file_name().unwrap().to_string_lossy().into_owned();
    let user = name.split('-').nth(1).unwrap().to_owned();
    // No process has this id: the system's highest is 2^22.
    let stale = probe.socket_dir().with_file_name(format!("qdpg-{user}-p99999999-0"));
    fs::create_dir(&stale).unwrap();
    fs::write(stale.join("owner"), "99999999").unwrap();
    let next = Cluster::start().unwrap();
    assert!(!stale.exists());
    assert!(probe.socket_dir().exists(), "a living owner's cluster stays");
    assert!(next.socket_dir().exists());
}
