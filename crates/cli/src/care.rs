//! What runs on the machine itself: its configuration and database, serve, init.

use std::collections::BTreeMap;
use std::path::PathBuf;

use app::House;
use app::config::{Config, SETTINGS};
use app::setup::{self, Founding};
use clap::ArgMatches;
use kernel::Fault;
use serde_json::Value;
use web::Web;

use crate::exit::Exit;
use crate::made::with_made;
use crate::output::say;

/// The configuration: flags first, then environment, project, user, default.
pub(crate) fn config(matches: &ArgMatches) -> Result<Config, Exit> {
    let words = crate::words::deepest(matches);
    let flag = |name: &str| words.try_get_one::<String>(name).ok().flatten().cloned();
    let flags: BTreeMap<String, String> =
        SETTINGS.iter().filter_map(|setting| Some((setting.name.to_owned(), flag(setting.name)?))).collect();
    resolved(&flags, flag("config"))
}

/// The same of flags that were read already; `file` is the one named on the command line.
pub(crate) fn resolved(flags: &BTreeMap<String, String>, file: Option<String>) -> Result<Config, Exit> {
    let mut files: Vec<PathBuf> = file.map(PathBuf::from).into_iter().collect();
    if let Some(missing) = files.iter().find(|file| !file.is_file()) {
        return Err(Exit::Usage(format!("There is no file {} (--config).", missing.display())));
    }
    files.push("quarterdeck.toml".into());
    let home = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")));
    files.extend(home.map(|home| home.join("quarterdeck/config.toml")));
    Ok(Config::resolve(flags, &|name| std::env::var(name).ok(), &files)?)
}

/// The address of the database, of one of the two engines.
pub(crate) fn database(config: &Config) -> Result<&str, Exit> {
    let url = config.get("db");
    let is_server = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
    if is_server || !url.contains("://") {
        return Ok(url);
    }
    let at = db::shown(url);
    Err(Exit::Usage(format!("--db takes sqlite:PATH, a path, or postgres://…; {at} is none of them.")))
}

/// The database named by the configuration, which must be there.
pub(crate) async fn house(config: &Config) -> Result<House, Exit> {
    Ok(with_checkpoints(House::open_there(database(config)?).await?, config))
}

/// The same, for what can be done on the database itself alone: with a server named, it would be another's.
pub(crate) async fn own_house(config: &Config, what: &str) -> Result<House, Exit> {
    on_itself(config, what)?;
    house(config).await
}

/// Refuses a server: it would be another's database.
pub(crate) fn on_itself(config: &Config, what: &str) -> Result<(), Exit> {
    if config.get("server").is_empty() {
        return Ok(());
    }
    Err(Exit::Usage(format!("{what} on the database itself: name it with --db, without --server.")))
}

/// The house with the folder where its checkpoints go, if one is set.
fn with_checkpoints(house: House, config: &Config) -> House {
    let folder = Some(config.get("checkpoints")).filter(|folder| !folder.is_empty());
    House { checkpoints: folder.map(PathBuf::from), ..house }
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
    let text = |name: &str| words.get_one::<String>(name).cloned().unwrap_or_default();
    let first_month = text("first-month").parse().unwrap_or(0);
    let founding = Founding { name: text("name"), currency: text("currency"), first_month, demo: None };
    let (admin, name) = (text("admin"), text("admin-name"));
    let founded = with_made(config, "An organisation is founded", async |house: &House| {
        setup::init(house, &founding, &admin, &name).await.map_err(Exit::from)
    });
    let link = founded.await?;
    say!("Founded {}. The first administrator opens this link once, within seven days:", founding.name);
    say!("{}{link}", address(config));
    say!("Then: quarterdeck serve --db {}", config.get("db"));
    Ok(())
}

/// Where pages are served, as a browser takes it: the server named, else where `serve` listens.
pub(crate) fn address(config: &Config) -> String {
    match config.get("server") {
        "" => format!("http://{}", config.get("listen")),
        server => server.trim_end_matches('/').to_owned(),
    }
}

/// A text with the whole address of each one-time link in it: whoever gets it sent may not know the server's.
pub(crate) fn with_addresses(config: &Config, text: &str) -> String {
    text.replace(" /welcome/", &format!(" {}/welcome/", address(config)))
}

/// The same of what a command did, where it made a one-time link.
pub(crate) fn addressed(config: &Config, mut done: Value) -> Value {
    let says = done["says"].as_str().filter(|_| done["body"]["link"].is_string());
    if let Some(says) = says.map(|says| with_addresses(config, says)) {
        done["says"] = says.into();
    }
    done
}

/// `user reset` where no administrator is active; false where it is done as any other command.
pub(crate) async fn reset(config: &Config, words: &ArgMatches) -> Result<bool, Exit> {
    let username = crate::words::given(words, &crate::words::blank_id("username")).unwrap_or_default();
    if !config.get("server").is_empty() {
        return Ok(false);
    }
    let house = house(config).await?;
    let done = setup::reset_administrator(&house, username, words.get_flag("dry-run")).await?;
    house.db.close().await;
    let Some(done) = done else { return Ok(false) };
    let told = addressed(config, serde_json::to_value(&done).unwrap_or_default());
    let format = crate::output::format(crate::words::given(words, "format"))?;
    crate::output::done(&told, format, words.get_flag("quiet"));
    Ok(true)
}

/// Manual pages.
pub(crate) fn man(words: &ArgMatches) -> Result<(), Exit> {
    let dir = words.get_one::<String>("dir").cloned().unwrap_or_default();
    std::fs::create_dir_all(&dir).map_err(|error| Fault::new(format!("making {dir}"), error))?;
    clap_mangen::generate_to(crate::words::command(), &dir)
        .map_err(|error| Fault::new(format!("writing manual pages to {dir}"), error).into())
}
