//! Completion in a shell: words from the command line itself, ids of records from the database or server, kept for a
//! minute so that a shell need not wait for each.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use app::config::{Config, SETTINGS};
use clap::ArgMatches;
use clap_complete::env::{CompleteEnv, Shells};
use clap_complete::{ArgValueCandidates, CompletionCandidate};
use kernel::Fault;

use crate::door::{Ask, Door};
use crate::exit::Exit;

/// Set by the shell's own script when it asks what may come next.
const ASKS: &str = "QUARTERDECK_COMPLETE";

/// How long ids that were read are good for completion.
const GOOD: Duration = Duration::from_secs(60);

/// A shell waits no longer; then it has no ids to offer.
const WAITS: Duration = Duration::from_secs(3);

/// Ids that are offered at most: nobody looks through more.
const OFFERED: u32 = 500;

/// Answers a shell that asks what may come next, and ends then.
pub(crate) fn answer() {
    CompleteEnv::with_factory(crate::words::command).var(ASKS).complete();
}

/// Writes the script that makes a shell ask.
pub(crate) fn script(words: &ArgMatches) -> Result<(), Exit> {
    let shell = words.get_one::<clap_complete::Shell>("shell").map(ToString::to_string).unwrap_or_default();
    let unknown = || Exit::Usage(format!("There are no completions for {shell}."));
    let shells = Shells::builtins();
    let asker = shells.completer(&shell).ok_or_else(unknown)?;
    let mut script = Vec::new();
    let written = asker.write_registration(ASKS, "quarterdeck", "quarterdeck", "quarterdeck", &mut script);
    written.map_err(|error| Fault::new("writing completions", error))?;
    crate::output::say!("{}", String::from_utf8_lossy(&script).trim_end());
    Ok(())
}

/// What may stand for a record of that noun; nothing where it has no list.
pub(crate) fn of(noun: &'static str) -> ArgValueCandidates {
    ArgValueCandidates::new(move || {
        let config = config();
        ids(&config, noun).unwrap_or_default().into_iter().map(CompletionCandidate::new).collect()
    })
}

/// The settings as the words typed so far, the environment and files have them.
fn config() -> Config {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let said = |name: &str| {
        let at = typed.iter().position(|word| *word == *format!("--{name}"))?;
        typed.get(at + 1)?.to_str().map(str::to_owned)
    };
    let flags: BTreeMap<String, String> =
        SETTINGS.iter().filter_map(|setting| Some((setting.name.to_owned(), said(setting.name)?))).collect();
    // A file that cannot be read is told when the command runs.
    crate::care::resolved(&flags, said("config")).unwrap_or_default()
}

/// Ids from the cache, or from where the command would look; those are kept.
fn ids(config: &Config, noun: &str) -> Option<Vec<String>> {
    let kept = cache(config, noun);
    if let Some(ids) = kept.as_deref().and_then(good) {
        return Some(ids);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let read = runtime.block_on(async { tokio::time::timeout(WAITS, read(config, noun)).await });
    runtime.shutdown_background();
    let ids = read.ok()?.ok()?;
    if let Some(path) = kept {
        // Without a cache the next one waits again.
        let _ = keep(&path, &ids);
    }
    Some(ids)
}

async fn read(config: &Config, noun: &str) -> Result<Vec<String>, Exit> {
    let none = || Exit::Failed(format!("There is no list of {noun}."));
    let (list, id) = app::find::list_of(noun).ok_or_else(none)?;
    let door = Door::open(config).await?;
    let ask = Ask::get(format!("/api/v1{}?per={OFFERED}", list.path));
    let body = door.ask(ask, list.action).await?.read()?;
    let items = body["items"].as_array().into_iter().flatten();
    Ok(items.filter_map(|item| item[id].as_str().map(str::to_owned)).collect())
}

/// Where ids of that noun are kept, of that database or server and that person.
fn cache(config: &Config, noun: &str) -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = of("XDG_CACHE_HOME").or_else(|| Some(of("HOME")?.join(".cache")))?;
    let mut hash = DefaultHasher::new();
    for name in ["db", "server", "as"] {
        config.get(name).hash(&mut hash);
    }
    // A database named by a path is another in another folder.
    std::env::current_dir().ok().hash(&mut hash);
    Some(home.join("quarterdeck").join(format!("{noun}-{:016x}", hash.finish())))
}

/// What is kept, if it is young enough.
fn good(path: &Path) -> Option<Vec<String>> {
    let age = path.metadata().ok()?.modified().ok()?.elapsed().ok()?;
    let text = std::fs::read_to_string(path).ok().filter(|_| age < GOOD)?;
    Some(text.lines().map(str::to_owned).collect())
}

/// Keeps ids for nobody else to read.
fn keep(path: &Path, ids: &[String]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(ids.iter().map(|id| format!("{id}\n")).collect::<String>().as_bytes())
}
