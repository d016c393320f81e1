//! `api METHOD PATH`: an address of the API itself, for what no other word fits.

use access::Action;
use app::config::Config;
use clap::ArgMatches;
use serde_json::Value;

use crate::change::{rehearsal, tell_request};
use crate::door::{Ask, Door};
use crate::exit::Exit;
use crate::output::say;
use crate::words::given;

/// Asks and prints the body as it came; with `--dry-run` a change is rehearsed.
pub(crate) async fn run(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let mut ask = ask(words)?;
    if words.get_flag("dry-run") && ask.method != "GET" {
        let body = ask.body.clone().unwrap_or(Value::Null);
        tell_request(config, words, ask.method, &ask.path, &body);
        ask.headers.push(rehearsal());
    }
    let answer = Door::open(config).await?.ask(ask, Action::UseQuarterdeck).await?;
    answer.read()?;
    say!("{}", String::from_utf8_lossy(&answer.body).trim_end());
    Ok(())
}

fn ask(words: &ArgMatches) -> Result<Ask, Exit> {
    let method = match given(words, "method") {
        Some("POST") => "POST",
        Some("PATCH") => "PATCH",
        _ => "GET",
    };
    let path = given(words, "path").unwrap_or_default();
    let path = path.strip_prefix("/api/v1").unwrap_or(path).trim_start_matches('/');
    let wrong = |error| Exit::Usage(format!("--body is no JSON: {error}"));
    let body = given(words, "body").map(serde_json::from_str).transpose().map_err(wrong)?;
    let mut ask = Ask::change(method, format!("/api/v1/{path}"), body);
    ask.headers.extend(given(words, "version").map(|version| ("if-match", format!("\"{version}\""))));
    Ok(ask)
}
