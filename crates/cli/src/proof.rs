//! Whether all is well: where settings came from, the records against the history, the history itself.

use access::history::{self, Checkpoint};
use app::config::Config;
use clap::{Arg, ArgMatches, Command};
use kernel::Fault;
use serde_json::{Value, json};

use crate::care::{house, own_house};
use crate::exit::Exit;
use crate::made::made;
use crate::output::{self, Format, say};
use crate::words::given;

/// Whether JSON was asked for.
pub(crate) fn as_json(words: &ArgMatches) -> Result<bool, Exit> {
    Ok(matches!(output::format(given(words, "format"))?, Format::Json | Format::JsonLines))
}

/// Prints what was found, as JSON or line by line.
pub(crate) fn told(json: bool, found: &Value, lines: &[String]) {
    match json {
        true => say!("{found}"),
        false => lines.iter().for_each(|line| say!("{line}")),
    }
}

/// Where each setting came from, and whether the database or the server answers.
pub(crate) async fn doctor(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let json = as_json(words)?;
    let settings: Vec<Value> = (config.0.iter())
        .map(|(name, found)| json!({"name": name, "value": db::shown(&found.value), "from": found.from}))
        .collect();
    let lines: Vec<String> = (config.0.iter())
        .map(|(name, found)| format!("{name}\t{}\t{}", db::shown(&found.value), found.from))
        .collect();
    if !json {
        told(json, &Value::Null, &lines);
    }
    let (found, lines) = match config.get("server") {
        "" => database(config).await?,
        server => {
            crate::door::answers(config).await?;
            (json!({"server": server}), vec!["server\tanswers".to_owned()])
        }
    };
    let mut all = json!({"schema": "quarterdeck.doctor.v1", "settings": settings});
    if let (Some(all), Value::Object(found)) = (all.as_object_mut(), found) {
        all.extend(found);
    }
    told(json, &all, &lines);
    Ok(())
}

async fn database(config: &Config) -> Result<(Value, Vec<String>), Exit> {
    let house = house(config).await?;
    let mut tx = house.db.read().await.map_err(Fault::from)?;
    let (engine, migrations) = (format!("{:?}", house.db.engine()), db::applied(&mut tx).await?.len());
    let line = format!("database\t{engine}, {migrations} migrations\tanswers");
    let founded = access::organisation::load(&mut tx).await?;
    let organisation = match &founded {
        Some(organisation) => format!("organisation\t{}\t{}", organisation.name, organisation.currency),
        None => "organisation\tnone yet\trun quarterdeck init".to_owned(),
    };
    let name = founded.map(|organisation| organisation.name);
    Ok((json!({"engine": engine, "migrations": migrations, "organisation": name}), vec![line, organisation]))
}

/// `db migrate` and `db check`.
pub(crate) async fn db(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let Some((verb, words)) = words.subcommand() else { return Ok(()) };
    if verb == "migrate" {
        made(config, "The schema is brought up to date").await?;
        say!("The schema is up to date.");
        return Ok(());
    }
    let json = as_json(words)?;
    let house = own_house(config, "Records are checked").await?;
    let mut tx = house.db.read().await.map_err(Fault::from)?;
    house.organisation(&mut tx).await?;
    let found = app::check(&mut tx).await?;
    let items: Vec<Value> =
        found.iter().map(|one| json!({"noun": one.noun, "id": one.id, "says": one.says})).collect();
    let mut lines: Vec<String> =
        found.iter().map(|one| format!("{}\t{}\t{}", one.noun, one.id, one.says)).collect();
    if found.is_empty() {
        lines.push("Every record is what its last event left, and every sum adds up.".into());
    }
    let body = json!({"schema": "quarterdeck.db-check.v1", "ok": found.is_empty(), "items": items});
    told(json, &body, &lines);
    if found.is_empty() { Ok(()) } else { Err(Exit::Differs) }
}

/// The words of `history verify`.
pub(crate) fn verify_words() -> Command {
    Command::new("verify")
        .about("Prove that no row of the history was altered, removed or reordered")
        .arg(Arg::new("checkpoint").long("checkpoint").value_name("FILE").help("An earlier checkpoint"))
        .arg(Arg::new("write").long("write").value_name("FILE").help("Write a checkpoint of now"))
}

/// `history verify`.
pub(crate) async fn history(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let Some((_, words)) = words.subcommand() else { return Ok(()) };
    let json = as_json(words)?;
    let kept = given(words, "checkpoint").map(read_checkpoint).transpose()?;
    let house = own_house(config, "The history is verified").await?;
    let mut tx = house.db.read().await.map_err(Fault::from)?;
    house.organisation(&mut tx).await?;
    let schema = "quarterdeck.history-verify.v1";
    let rows = match history::verify(&mut tx, kept.as_ref()).await? {
        Ok(rows) => rows,
        Err(broken) => {
            let body = json!({"schema": schema, "ok": false, "row": broken.seq, "says": broken.says});
            told(json, &body, &[format!("{}\t{}", broken.seq, broken.says)]);
            return Err(Exit::Differs);
        }
    };
    let mut lines = vec![format!("{rows} rows, all as written.")];
    if let Some(path) = given(words, "write") {
        let text = serde_json::to_string(&history::checkpoint(&mut tx).await?).unwrap_or_default();
        std::fs::write(path, text + "\n").map_err(|error| Fault::new(format!("writing {path}"), error))?;
        lines.push(format!("Checkpoint written to {path}."));
    }
    told(json, &json!({"schema": schema, "ok": true, "rows": rows}), &lines);
    Ok(())
}

fn read_checkpoint(path: &str) -> Result<Checkpoint, Exit> {
    let text = std::fs::read_to_string(path).map_err(|error| Fault::new(format!("reading {path}"), error))?;
    serde_json::from_str(&text).map_err(|error| Exit::Usage(format!("{path} is no checkpoint: {error}")))
}
