//! A shell in an empty folder with a database of its own, and what a command said there.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use access::{GrantScope, Params, Role, grant, person};
use app::House;
use serde_json::Value;
use testkit::TestHouse;

/// What a command did.
#[derive(Debug)]
pub struct Said {
    /// Exit code.
    pub code: i32,
    /// Standard output: data.
    pub out: String,
    /// Standard error: everything else.
    pub err: String,
}

impl Said {
    /// The output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The output's lines.
    pub fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}

/// A folder, removed when it is dropped.
pub struct Shell {
    folder: PathBuf,
}

/// Who is in a founded house.
const PEOPLE: [(&str, Role); 6] = [
    ("adam", Role::Administrator),
    ("henrik", Role::FinanceManager),
    ("marta", Role::RelationshipManager),
    ("priya", Role::FinanceManager),
    ("selin", Role::Auditor),
    ("yuki", Role::PortfolioManager),
];

impl Shell {
    /// An empty folder, no database.
    pub fn empty() -> Shell {
        let folder = testkit::fresh_folder("shell");
        std::fs::create_dir_all(&folder).unwrap();
        Shell { folder }
    }

    /// With `house.db`: a founded organisation with one active person of several roles.
    pub fn founded() -> Shell {
        let shell = Shell::empty();
        shell.block_on(async {
            let house = TestHouse::founded(&shell.url()).await;
            let mut cx = house.founding().await;
            for (username, role) in PEOPLE {
                let name = username.to_uppercase();
                let input = person::PersonInput { username: username.into(), name, email: None };
                person::add(&mut cx, &Params::default(), input).await.unwrap();
                grant::give_confirmed(&mut cx, username, role, GrantScope::Organisation).await.unwrap();
                person::activate(&mut cx, username).await.unwrap();
            }
            cx.tx.commit().await.unwrap();
            house.house.db.close().await;
        });
        shell
    }

    /// The database's name.
    pub fn url(&self) -> String {
        format!("sqlite:{}", self.path("house.db").display())
    }

    /// A file of the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file of the folder; its name.
    pub fn file<'n>(&self, name: &'n str, text: &str) -> &'n str {
        std::fs::write(self.path(name), text).unwrap();
        name
    }

    fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(future)
    }

    /// Changes the database behind the product's back.
    pub fn alter(&self, statements: &[&str]) {
        self.block_on(async {
            let house = House::open(&self.url()).await.unwrap();
            let mut tx = house.db.begin().await.unwrap();
            for sql in statements {
                tx.query(sql).execute().await.unwrap();
            }
            tx.commit().await.unwrap();
            house.db.close().await;
        });
    }

    /// The binary, started here with nothing of the environment but what it is given.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
        command.args(args).current_dir(&self.folder).env_clear().env("HOME", &self.folder);
        command.stdin(Stdio::null());
        command
    }

    /// Runs the binary to its end, whatever database it finds.
    pub fn bare(&self, args: &[&str]) -> Said {
        said(&mut self.command(args))
    }

    /// Runs `words`, split at blanks, on `house.db`.
    pub fn run(&self, words: &str) -> Said {
        let args: Vec<&str> = words.split_whitespace().collect();
        self.args(&args)
    }

    /// Runs `args` on `house.db`.
    pub fn args(&self, args: &[&str]) -> Said {
        said(self.command(args).env("QUARTERDECK_DB", self.url()))
    }

    /// Runs `words`, which must be done; what it printed.
    pub fn does(&self, words: &str) -> String {
        let said = self.run(words);
        assert_eq!(said.code, 0, "{words}: {said:?}");
        said.out
    }
}

/// Runs a command to its end.
pub fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
    Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A file of the repository.
pub fn repository(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path).display().to_string()
}
