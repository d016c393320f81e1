//! What runs on the machine itself: serve, init, doctor, the database, the history's proof.

use std::collections::BTreeMap;
use std::path::PathBuf;

use access::history::{self, Checkpoint};
use app::House;
use app::config::{Config, SETTINGS};
use app::setup::{self, Founding};
use clap::ArgMatches;
use kernel::Fault;
use web::Web;

use crate::exit::Exit;
use crate::output::say;

/// The configuration: flags first, then environment, project, user, default.
pub(crate) fn config(matches: &ArgMatches) -> Result<Config, Exit> {
    let mut words = matches;
    while let Some((_, sub)) = words.subcommand() {
        words = sub;
    }
    let flag = |name: &str| words.try_get_one::<String>(name).ok().flatten().cloned();
    let flags: BTreeMap<String, String> =
        SETTINGS.iter().filter_map(|setting| Some((setting.name.to_owned(), flag(setting.name)?))).collect();
    let mut files: Vec<PathBuf> = flag("config").map(PathBuf::from).into_iter().collect();
    files.push("quarterdeck.toml".into());
    let home = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")));
    files.extend(home.map(|home| home.join("quarterdeck/config.toml")));
    Ok(Config::resolve(&flags, &|name| std::env::var(name).ok(), &files)?)
}

/// Opens and migrates the database named by the configuration.
pub(crate) async fn house(config: &Config) -> Result<House, Exit> {
    let url = config.get("db");
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    if !url.contains("://")
        && let Some(folder) = std::path::Path::new(path).parent()
    {
        std::fs::create_dir_all(folder)
            .map_err(|error| Fault::new(format!("making {}", folder.display()), error))?;
    }
    Ok(House::open(url).await?)
}

/// Serves until told to stop.
pub(crate) async fn serve(config: &Config) -> Result<(), Exit> {
    let house = house(config).await?;
    let mut tx = house.db.read().await.map_err(Fault::from)?;
    let organisation = house.organisation(&mut tx).await?;
    drop(tx);
    let listen = config.get("listen");
    let listener = tokio::net::TcpListener::bind(listen).await;
    let listener = listener.map_err(|error| Fault::new(format!("listening on {listen}"), error))?;
    let address = listener.local_addr().map_err(|error| Fault::new("asking for the address", error))?;
    let loopback = address.ip().is_loopback();
    let web = Web::new(house.clone(), !loopback, organisation.demo.is_some() && loopback);
    say!("Quarterdeck of {} on http://{address}", organisation.name);
    let (stop, told) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(app::jobs::work(house.clone(), told.clone()));
    let interrupted = tokio::spawn(async move {
        let interrupted = stopped().await;
        // Nobody listens any more where serving itself failed.
        let _ = stop.send(true);
        interrupted
    });
    let mut until = told;
    let served = web::serve(listener, web, async move { drop(until.wait_for(|stop| *stop).await) }).await;
    served?;
    // The job at hand ends or is put back before the database is closed.
    worker.await.map_err(|error| Fault::new("working on jobs", error))?;
    house.db.close().await;
    let interrupted = interrupted.await.map_err(|error| Fault::new("waiting for a signal", error))?;
    if interrupted { Err(Exit::Stopped) } else { Ok(()) }
}

/// Waits until told to stop; whether by Ctrl-C.
async fn stopped() -> bool {
    let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        return false;
    };
    tokio::select! {
        _ = ended.recv() => false,
        _ = tokio::signal::ctrl_c() => true,
    }
}

/// Founds an organisation; prints the administrator's one-time link.
pub(crate) async fn init(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let house = house(config).await?;
    let text = |name: &str| words.get_one::<String>(name).cloned().unwrap_or_default();
    let first_month = text("first-month").parse().unwrap_or(0);
    let founding = Founding { name: text("name"), currency: text("currency"), first_month, demo: None };
    let link = setup::init(&house, &founding, &text("admin"), &text("admin-name")).await?;
    say!("Founded {}. The first administrator opens this link once, within seven days:", founding.name);
    say!("http://{}{link}", config.get("listen"));
    say!("Then: quarterdeck serve --db {}", config.get("db"));
    Ok(())
}

/// Loads the demo organisation.
pub(crate) async fn demo(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let mut inner = words;
    while let Some((_, sub)) = inner.subcommand() {
        inner = sub;
    }
    let as_of = inner.get_one::<String>("as-of").map_or("2026-09", String::as_str);
    let as_of = as_of.parse().map_err(Exit::Usage)?;
    let house = house(config).await?;
    app::demo::load(&house, as_of, &|chapter| eprintln!("Larkfield: {chapter} …")).await?;
    house.db.close().await;
    say!("Loaded Larkfield Mobile as of {as_of}. Next: quarterdeck serve --db {}", config.get("db"));
    Ok(())
}

/// Where each setting came from, and whether the database answers.
pub(crate) async fn doctor(config: &Config) -> Result<(), Exit> {
    for (name, found) in &config.0 {
        say!("{name}\t{}\t{}", found.value, found.from);
    }
    let house = house(config).await?;
    let mut tx = house.db.read().await.map_err(Fault::from)?;
    let migrations = db::applied(&mut tx).await?.len();
    say!("database\t{:?}, {migrations} migrations\tanswers", house.db.engine());
    match access::organisation::load(&mut tx).await? {
        Some(organisation) => say!("organisation\t{}\t{}", organisation.name, organisation.currency),
        None => say!("organisation\tnone yet\trun quarterdeck init"),
    }
    Ok(())
}

/// `db migrate` and `db check`.
pub(crate) async fn db(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let house = house(config).await?;
    if words.subcommand_name() == Some("migrate") {
        say!("The schema is up to date.");
        return Ok(());
    }
    let mut tx = house.db.read().await.map_err(Fault::from)?;
    let found = app::check(&mut tx).await?;
    for difference in &found {
        say!("{}\t{}\t{}", difference.noun, difference.id, difference.says);
    }
    if found.is_empty() {
        say!("Every record is what its last event left, and every sum adds up.");
        Ok(())
    } else {
        Err(Exit::Differs)
    }
}

/// `history verify`.
pub(crate) async fn history(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let Some((_, words)) = words.subcommand() else { return Ok(()) };
    let file = |name: &str| words.get_one::<String>(name);
    let kept = file("checkpoint").map(|path| read_checkpoint(path)).transpose()?;
    let house = house(config).await?;
    let mut tx = house.db.read().await.map_err(Fault::from)?;
    match history::verify(&mut tx, kept.as_ref()).await? {
        Ok(rows) => say!("{rows} rows, all as written."),
        Err(broken) => {
            say!("{}\t{}", broken.seq, broken.says);
            return Err(Exit::Differs);
        }
    }
    if let Some(path) = file("write") {
        let text = serde_json::to_string(&history::checkpoint(&mut tx).await?).unwrap_or_default();
        std::fs::write(path, text + "\n").map_err(|error| Fault::new(format!("writing {path}"), error))?;
        say!("Checkpoint written to {path}.");
    }
    Ok(())
}

fn read_checkpoint(path: &str) -> Result<Checkpoint, Exit> {
    let text = std::fs::read_to_string(path).map_err(|error| Fault::new(format!("reading {path}"), error))?;
    serde_json::from_str(&text).map_err(|error| Exit::Usage(format!("{path} is no checkpoint: {error}")))
}

/// Completions for a shell.
pub(crate) fn completions(words: &ArgMatches) -> Result<(), Exit> {
    if let Some(shell) = words.get_one::<clap_complete::Shell>("shell") {
        clap_complete::generate(*shell, &mut crate::words::command(), "quarterdeck", &mut std::io::stdout());
    }
    Ok(())
}

/// Manual pages.
pub(crate) fn man(words: &ArgMatches) -> Result<(), Exit> {
    let dir = words.get_one::<String>("dir").cloned().unwrap_or_default();
    std::fs::create_dir_all(&dir).map_err(|error| Fault::new(format!("making {dir}"), error))?;
    clap_mangen::generate_to(crate::words::command(), &dir)
        .map_err(|error| Fault::new(format!("writing manual pages to {dir}"), error).into())
}
