//! Looking makes nothing, a rehearsal changes nothing, and nobody is locked out.

use crate::machine::Server;
use crate::shell::{Said, Shell, said};

fn refused(said: &Said, code: i32, words: &str) {
    assert_eq!((said.code, said.out.as_str()), (code, ""), "{said:?}");
    assert!(said.err.contains(words), "{said:?}");
}

#[test]
fn a_database_that_is_not_there_is_not_made_by_looking() {
    let shell = Shell::empty();
    for words in [
        "db check",
        "history verify",
        "customer list",
        "serve",
        "export all out",
        "backup create out",
        "user reset admin",
        "import gl a.csv",
    ] {
        shell.file("a.csv", "account,date,text,amount\n");
        let args: Vec<&str> = words.split(' ').chain(["--db", "none/x.db"]).collect();
        refused(&shell.bare(&args), 3, "Run `quarterdeck init`");
        assert!(!shell.path("none").exists() && !shell.path("out").exists(), "{words} leaves nothing");
    }
    let doctor = shell.bare(&["doctor", "--db", "none/x.db"]);
    assert!(doctor.code == 3 && doctor.err.contains("Run `quarterdeck init`"), "{doctor:?}");
    assert!(!shell.path("none").exists());
    // A file of nothing is no database of ours either; `db migrate` makes one, and `init` founds in it.
    shell.file("empty.db", "");
    refused(
        &shell.bare(&["history", "verify", "--db", "empty.db"]),
        3,
        "no database of Quarterdeck at empty.db",
    );
    assert_eq!(shell.bare(&["db", "migrate", "--db", "none/x.db"]).code, 0);
    refused(&shell.bare(&["history", "verify", "--db", "none/x.db"]), 1, "no organisation yet");
    refused(&shell.bare(&["db", "check", "--db", "none/x.db"]), 1, "no organisation yet");
    refused(&shell.bare(&["init", "--name", " ", "--db", "none/x.db"]), 6, "Name the organisation.");
    assert_eq!(shell.bare(&["init", "--name", "Harbour", "--db", "none/x.db"]).code, 0);
    refused(&shell.bare(&["init", "--name", " ", "--db", "vain.db"]), 6, "Name the organisation.");
    assert!(!shell.path("vain.db").exists(), "what was refused leaves nothing");
    assert_eq!(shell.bare(&["history", "verify", "--db", "none/x.db"]).code, 0);
}

#[test]
fn what_is_done_on_the_database_itself_refuses_a_server() {
    let shell = Shell::empty();
    for words in [
        "db check",
        "db migrate",
        "history verify",
        "init --name X",
        "demo load",
        "demo clear",
        "import pack p",
        "export all out",
        "backup create out",
    ] {
        let args: Vec<&str> = words.split(' ').chain(["--server", "http://127.0.0.1:1"]).collect();
        refused(&shell.bare(&args), 2, "without --server");
        assert!(!shell.path("data").exists(), "{words} leaves nothing");
    }
    let doctor = shell.bare(&["doctor", "--server", "http://127.0.0.1:1"]);
    assert!(doctor.code == 8 && doctor.err.contains("cannot be reached"), "{doctor:?}");
    let house = Shell::founded();
    let server = Server::of(&house);
    let told = server.run(&shell, "doctor", "");
    assert!(told.code == 0 && told.lines().contains(&"server\tanswers"), "{told:?}");
}

#[test]
fn what_cannot_be_rehearsed_refuses_to_be() {
    let shell = Shell::founded();
    for words in [
        "init --name X",
        "demo load",
        "export all out",
        "backup create out",
        "history verify --write kept.json",
        "db migrate",
        "man out",
    ] {
        let args: Vec<&str> = words.split(' ').chain(["-n"]).collect();
        refused(&shell.args(&args), 2, "cannot be rehearsed");
        assert!(!shell.path("out").exists() && !shell.path("kept.json").exists(), "{words} leaves nothing");
    }
}

#[test]
fn a_lost_link_of_the_first_administrator_is_made_again_on_the_machine() {
    let shell = Shell::empty();
    let founded = shell.args(&["init", "--name", "Harbour", "--admin", "ada"]);
    let again = shell.run("user reset ada");
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.out.contains("opens once within 7 days: http://127.0.0.1:8420/welcome/"), "{again:?}");
    let link = again.out.trim().rsplit_once("8420").unwrap().1;
    let server = Server::of(&shell);
    assert!(server.get(link).contains("Your username is"), "the new one lets in");
    let old = founded.lines()[1].split_once("8420").unwrap().1;
    assert!(server.get(old).contains("403"), "the lost one does not");
    let quiet = shell.run("user reset ada --quiet");
    assert!(quiet.out.starts_with("/welcome/") && quiet.out.len() > 60, "{quiet:?}");
    refused(&shell.run("user reset nobody"), 4, "yet: “ada” has not opened the one-time link yet.");
}

#[test]
fn a_serving_process_keeps_a_checkpoint_a_day_that_proves_the_history() {
    let shell = Shell::founded();
    shell.file("quarterdeck.toml", "checkpoints = \"kept\"\n");
    let _server = Server::of(&shell);
    let begun = std::time::Instant::now();
    let kept = loop {
        let files = std::fs::read_dir(shell.path("kept")).into_iter().flatten().flatten();
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        if let Some(name) = names.into_iter().find(|name| name.starts_with("checkpoint-day-")) {
            break name;
        }
        assert!(begun.elapsed().as_secs() < 60, "no checkpoint was kept");
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    let proved = shell.run(&format!("history verify --checkpoint kept/{kept} --format json"));
    assert_eq!((proved.code, &proved.json()["ok"]), (0, &serde_json::json!(true)), "{proved:?}");
}

#[test]
fn a_password_in_an_address_is_not_printed() {
    let shell = Shell::empty();
    let begun = std::time::Instant::now();
    let told = shell.bare(&["doctor", "--db", "postgres://ana:secret@127.0.0.1:1/x"]);
    assert!(begun.elapsed().as_secs() < 5, "a port that refuses is told at once");
    assert!(told.code == 8 && told.out.contains("postgres://…@127.0.0.1:1/x"), "{told:?}");
    assert!(!told.out.contains("secret") && !told.err.contains("secret"), "{told:?}");
    assert!(told.err.contains("The database postgres://…@127.0.0.1:1/x cannot be reached"), "{told:?}");
    for words in [["doctor", "--db"], ["customer list", "--db"]] {
        let args: Vec<&str> = words[0].split(' ').chain([words[1], "mysql://ana:secret@host/x"]).collect();
        let other = shell.bare(&args);
        assert!(
            other.code == 2 && other.err.contains("takes sqlite:PATH, a path, or postgres://…"),
            "{other:?}"
        );
        assert!(!other.err.contains("secret"), "{other:?}");
    }
    // A setting that is empty is none, and one that is no text is told.
    let empty = said(shell.command(&["doctor", "--format", "json"]).env("QUARTERDECK_DB", ""));
    assert!(empty.err.contains("at sqlite:data/quarterdeck.db"), "{empty:?}");
    shell.file("quarterdeck.toml", "listen = 9\n");
    refused(&shell.bare(&["doctor"]), 1, "write listen = \"9\"");
}
