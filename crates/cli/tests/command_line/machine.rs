//! What runs on the machine itself: init, serve, doctor, calculations on files, manual pages.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::shell::{Said, Shell, repository, said};

/// `quarterdeck serve` on a free port; ended when it is dropped.
pub struct Server {
    child: Child,
    /// `127.0.0.1:…`, as it said itself.
    pub address: String,
    /// From its start to its first answer.
    pub ready: Duration,
}

impl Server {
    /// On the shell's database.
    pub fn of(shell: &Shell) -> Server {
        let mut command = shell.command(&["serve", "--listen", "127.0.0.1:0"]);
        let begun = Instant::now();
        let mut child = command.env("QUARTERDECK_DB", shell.url()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").unwrap_or_else(|| panic!("{line:?}")).1.to_owned();
        let mut server = Server { child, address, ready: Duration::ZERO };
        let answer = server.get("/sign-in");
        server.ready = begun.elapsed();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        server
    }

    /// What it answers to a GET, head and body.
    pub fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Runs `words` against it from a shell without a database, with a token.
    pub fn run(&self, shell: &Shell, words: &str, token: &str) -> Said {
        let args: Vec<&str> = words.split_whitespace().collect();
        let mut command = shell.command(&args);
        said(
            command
                .env("QUARTERDECK_SERVER", format!("http://{}", self.address))
                .env("QUARTERDECK_TOKEN", token),
        )
    }

    /// Sends it a signal; its exit code.
    pub fn end(&mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn init_founds_once_and_serve_answers_within_half_a_second() {
    let shell = Shell::empty();
    let founded = shell.args(&["init", "--name", "Harbour", "--currency", "SEK", "--admin", "ada"]);
    assert_eq!(founded.code, 0, "{founded:?}");
    let link =
        founded.lines()[1].strip_prefix("http://127.0.0.1:8420").unwrap_or_else(|| panic!("{founded:?}"));
    assert!(link.starts_with("/welcome/") && link.len() > 40, "{founded:?}");
    // The best of three, since others use the machine as well.
    let best = (0..3).map(|_| Server::of(&shell).ready).min().unwrap();
    assert!(best < Duration::from_millis(500), "the first answer came after {best:?}");
    let server = Server::of(&shell);
    assert!(server.get("/sign-in").contains("Sign in to Harbour"));
    let welcome = server.get(link);
    assert!(welcome.contains("Your username is") && welcome.contains("ada"), "{welcome}");
    assert!(server.get("/").starts_with("HTTP/1.1 303"), "nobody is signed in");
    assert!(!server.get("/sign-in").contains("/sign-in/demo"), "this is no demo");
}

#[test]
fn the_same_words_say_the_same_on_a_database_and_through_a_server() {
    let shell = Shell::founded();
    shell.does("customer add --key CARE --name Care --kind unit");
    let made = shell.run("token add --name Script --days 7 --may all --as marta --format json").json();
    let token = made["body"]["token"].as_str().unwrap();
    let (server, away) = (Server::of(&shell), Shell::empty());
    for words in [
        "customer list",
        "customer list --format json",
        "customer show CARE --format json",
        "customer list --fields key",
    ] {
        let (here, there) = (shell.run(words), server.run(&away, words, token));
        assert_eq!((here.code, here.out), (there.code, there.out), "{words}");
    }
    let added = server.run(&away, "customer add --key SALES --name Sales --kind unit", token);
    assert_eq!((added.code, added.out.as_str()), (0, "Added customer SALES, Sales.\n"), "{added:?}");
    assert_eq!(server.run(&away, "customer show NONE", token).code, 3);
    assert_eq!(server.run(&away, "pool list", token).code, 4, "the token may what marta may");
    let told = shell.run("history list --fields via,record_key --format csv --as selin");
    assert!(told.lines().contains(&"token,SALES") && told.lines().contains(&"command line,CARE"), "{told:?}");
}

#[test]
fn doctor_says_where_each_value_came_from() {
    let shell = Shell::founded();
    shell.file("quarterdeck.toml", "listen = \"127.0.0.1:9999\"\nas = \"selin\"\n");
    let mut command = shell.command(&["doctor", "--as", "marta"]);
    let told = said(command.env("QUARTERDECK_DB", shell.url()));
    assert_eq!(told.code, 0, "{told:?}");
    let database = format!("db\t{}\tenvironment QUARTERDECK_DB", shell.url());
    for line in [
        "as\tmarta\tflag",
        database.as_str(),
        "listen\t127.0.0.1:9999\tfile quarterdeck.toml",
        "server\t\tdefault",
        "organisation\tTest House\tEUR",
    ] {
        assert!(told.lines().contains(&line), "{line:?} is not in {told:?}");
    }
    shell.file("quarterdeck.toml", "lisen = \"127.0.0.1:9999\"\n");
    let wrong = shell.run("doctor");
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("there is no setting “lisen”"), "{wrong:?}");
}

/// Robinson Company (Horngren) and Arbon (Garrison): what the textbooks print (`engines.md` §1).
#[test]
fn allocations_on_files_give_the_textbooks_figures() {
    let shell = Shell::empty();
    for (file, receivers) in [
        ("robinson_direct", [("MACH", "7653300.00"), ("ASSY", "6098850.00")]),
        ("robinson_step_down", [("MACH", "8300800.00"), ("ASSY", "5451350.00")]),
        ("robinson_reciprocal", [("MACH", "8187025.00"), ("ASSY", "5565125.00")]),
        ("arbon", [("PREP", "327500.00"), ("FIN", "615000.00")]),
    ] {
        let model = repository(&format!("crates/instruments/allocation/examples/{file}.json"));
        let told = shell.bare(&["calc", "allocate", &model, "--format", "json"]);
        assert_eq!(told.code, 0, "{told:?}");
        let told = told.json();
        assert_eq!(told["schema"], "quarterdeck.allocation.v1");
        for (key, amount) in receivers {
            let all = told["receivers"].as_array().unwrap();
            let found = all
                .iter()
                .find(|receiver| receiver["key"] == key)
                .unwrap_or_else(|| panic!("{file}: {all:?}"));
            assert_eq!(found["amount"], amount, "{file} {key}");
        }
        assert!(
            told["control"].as_array().unwrap().iter().all(|stage| stage["difference"] == "0.00"),
            "{file}"
        );
        assert!(!told["trace"].is_null() && told["residuals"].as_array().unwrap().is_empty(), "{file}");
    }
    let solved = repository("crates/instruments/allocation/examples/robinson_reciprocal.json");
    let solved = shell.bare(&["calc", "allocate", &solved, "--format", "json"]).json();
    let gross: Vec<&str> =
        solved["solved"].as_array().unwrap().iter().map(|it| it["gross"].as_str().unwrap()).collect();
    assert_eq!(gross, ["2767500.00", "6576750.00"], "IS* and PM*");
    assert!(!shell.path("data").exists(), "no database is made for it");
}

#[test]
fn manual_pages_are_made_from_the_same_words() {
    let shell = Shell::empty();
    assert_eq!(shell.bare(&["man", "pages"]).code, 0);
    let page = std::fs::read_to_string(shell.path("pages/quarterdeck-customer-add.1")).unwrap();
    assert!(page.contains("Add a customer"), "{page}");
    let help = shell.bare(&["--help"]);
    assert!(help.out.contains("5 refused by a rule"), "the exit codes are told: {}", help.out);
    let formats = shell.bare(&["help", "formats"]);
    assert!(formats.out.starts_with("Files that quarterdeck calc reads."), "{formats:?}");
    assert_eq!(shell.bare(&["formats"]).out.trim(), formats.out.trim());
}
