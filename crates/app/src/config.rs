//! Configuration: flag > environment > file > default, and where each value came from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kernel::Fault;

/// One setting: name in the file, environment variable, default, what it is.
pub struct Setting {
    /// Name in the TOML file and (with hyphens) of the flag.
    pub name: &'static str,
    /// Environment variable.
    pub env: &'static str,
    /// Default.
    pub default: &'static str,
    /// One line of help.
    pub help: &'static str,
}

/// Every setting there is.
pub static SETTINGS: &[Setting] = &[
    Setting {
        name: "db",
        env: "QUARTERDECK_DB",
        default: "sqlite:data/quarterdeck.db",
        help: "database: sqlite:PATH, a bare path, or postgres://…",
    },
    Setting {
        name: "listen",
        env: "QUARTERDECK_LISTEN",
        default: "127.0.0.1:8420",
        help: "address and port to serve on",
    },
    Setting {
        name: "server",
        env: "QUARTERDECK_SERVER",
        default: "",
        help: "server the command line speaks to, instead of a database of its own",
    },
    Setting {
        name: "as",
        env: "QUARTERDECK_AS",
        default: "",
        help: "username the command line acts as on a database of its own",
    },
    Setting {
        name: "checkpoints",
        env: "QUARTERDECK_CHECKPOINTS",
        default: "",
        help: "folder for a checkpoint of the history each day and at each close, best on another machine",
    },
];

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The value.
    pub value: String,
    /// `flag`, `environment QUARTERDECK_DB`, `file …` or `default`.
    pub from: String,
}

/// All settings, resolved.
#[derive(Clone, Debug, Default)]
pub struct Config(pub BTreeMap<&'static str, Found>);

impl Config {
    /// Resolves every setting from flags, environment (handed in) and the files, first one first.
    pub fn resolve(
        flags: &BTreeMap<String, String>,
        env: &dyn Fn(&str) -> Option<String>,
        files: &[PathBuf],
    ) -> Result<Config, Fault> {
        let files = files
            .iter()
            .filter(|file| file.exists())
            .map(|file| read(file))
            .collect::<Result<Vec<_>, _>>()?;
        let mut found = BTreeMap::new();
        for setting in SETTINGS {
            let from_file = || {
                files.iter().find_map(|(path, table)| {
                    let value = table.get(setting.name)?.as_str().unwrap_or_default().to_owned();
                    Some(Found { value, from: format!("file {}", path.display()) })
                })
            };
            let value =
                (flags.get(setting.name).map(|value| Found { value: value.clone(), from: "flag".into() }))
                    .or_else(|| {
                        // Set to nothing is not set.
                        let value = env(setting.env).filter(|value| !value.is_empty());
                        value.map(|value| Found { value, from: format!("environment {}", setting.env) })
                    })
                    .or_else(from_file)
                    .unwrap_or_else(|| Found { value: setting.default.into(), from: "default".into() });
            found.insert(setting.name, value);
        }
        Ok(Config(found))
    }

    /// The value of a setting.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |found| found.value.as_str())
    }
}

fn read(path: &Path) -> Result<(PathBuf, toml::Table), Fault> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::new(format!("reading {}", path.display()), error))?;
    let table: toml::Table =
        text.parse().map_err(|error| Fault::new(format!("reading {}", path.display()), toml_error(error)))?;
    if let Some(unknown) =
        table.keys().find(|key| SETTINGS.iter().all(|setting| setting.name != key.as_str()))
    {
        let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
        let says =
            format!("{}: there is no setting “{unknown}”; there are {}", path.display(), known.join(", "));
        return Err(Fault::because(says));
    }
    if let Some((name, value)) = table.iter().find(|(_, value)| !value.is_str()) {
        let says = format!("{}: “{name}” is a text: write {name} = \"{value}\"", path.display());
        return Err(Fault::because(says));
    }
    Ok((path.to_owned(), table))
}

fn toml_error(error: toml::de::Error) -> std::io::Error {
    std::io::Error::other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
        let dir = std::env::temp_dir().join(format!("quarterdeck-config-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let file = dir.join("config.toml");
        std::fs::write(&file, "db = \"file.db\"\nlisten = \"127.0.0.1:1\"\n").unwrap();
        let flags = BTreeMap::from([("db".to_owned(), "flag.db".to_owned())]);
        let env = |name: &str| (name == "QUARTERDECK_LISTEN").then(|| "127.0.0.1:2".to_owned());
        let config = Config::resolve(&flags, &env, std::slice::from_ref(&file)).unwrap();
        assert_eq!(config.0["db"], Found { value: "flag.db".into(), from: "flag".into() });
        assert_eq!(config.0["listen"].from, "environment QUARTERDECK_LISTEN");
        assert_eq!(config.0["server"].from, "default");
        let config = Config::resolve(&BTreeMap::new(), &|_| None, std::slice::from_ref(&file)).unwrap();
        assert_eq!(config.get("db"), "file.db");
        let empty = |name: &str| (name == "QUARTERDECK_DB").then(String::new);
        let config = Config::resolve(&BTreeMap::new(), &empty, std::slice::from_ref(&file)).unwrap();
        assert_eq!(config.get("db"), "file.db", "an empty variable is none");
        std::fs::write(&file, "listen = 9\n").unwrap();
        let number = Config::resolve(&BTreeMap::new(), &|_| None, std::slice::from_ref(&file)).unwrap_err();
        assert!(number.to_string().contains("“listen” is a text: write listen = \"9\""), "{number}");
        std::fs::write(&file, "dbb = \"x\"\n").unwrap();
        let wrong = Config::resolve(&BTreeMap::new(), &|_| None, &[file]).unwrap_err();
        assert!(wrong.to_string().contains("no setting “dbb”"));
    }
}
