//! A database that a command makes: gone again where it was in vain, and cleared where it is the demo's.

use app::House;
use app::setup::{self, Founding};

use crate::machine::Server;
use crate::shell::{Said, Shell};

fn refused(said: &Said, code: i32, words: &str) {
    assert_eq!((said.code, said.out.as_str()), (code, ""), "{said:?}");
    assert!(said.err.contains(words), "{said:?}");
}

/// The beginning of a pack that founds an organisation.
fn pack(currency: &str) -> String {
    format!("name = \"P\"\n[organisation]\nname = \"Harbour\"\ncurrency = \"{currency}\"\nfirst_month = 1\n")
}

#[test]
fn what_is_refused_leaves_no_database_and_no_folder_of_its_own() {
    let shell = Shell::empty();
    let (wrong, empty) = (pack("EURO"), "name = \"P\"\n".to_owned());
    for (name, text) in [("torn", "name = ".to_owned()), ("wrong", wrong), ("empty", empty)] {
        std::fs::create_dir(shell.path(name)).unwrap();
        std::fs::write(shell.path(name).join("pack.toml"), text).unwrap();
    }
    for (words, code, says) in [
        ("import pack none", 6, "none is no pack that can be run: pack.toml cannot be read"),
        ("import pack torn", 6, "torn is no pack that can be run: pack.toml"),
        ("import pack wrong", 5, "The pack stopped at “found the organisation”"),
        ("import pack wrong --dry-run", 5, "The pack stopped at “found the organisation”"),
        ("import pack empty", 5, "has no [organisation] to found"),
        ("import pack wrong --format pdf", 2, "There is no format “pdf”"),
        ("demo load --as-of 2026-08", 6, "For example: quarterdeck demo load"),
        ("demo load --as-of today", 2, "today"),
        ("demo load --limit 3", 2, "makes no list"),
        ("init --name X --currency EURO", 6, "write it as ISO 4217 does"),
        ("init --name X --first-month 13", 6, "from 1 to 12"),
        ("backup restore none", 3, "none is no backup"),
    ] {
        let args: Vec<&str> = words.split(' ').chain(["--db", "new/deep/x.db"]).collect();
        refused(&shell.bare(&args), code, says);
        assert!(!shell.path("new").exists(), "{words} leaves nothing");
    }
}

#[test]
fn a_rehearsed_pack_leaves_no_database_and_a_founded_one_stays() {
    let shell = Shell::empty();
    std::fs::create_dir(shell.path("pack")).unwrap();
    shell.file("pack/pack.toml", &pack("EUR"));
    let would = shell.bare(&["import", "pack", "pack", "--db", "new/x.db", "-n"]);
    assert!(would.code == 0 && would.out.ends_with("Rehearsed; nothing was kept.\n"), "{would:?}");
    assert!(!shell.path("new").exists(), "nothing was kept");
    assert_eq!(shell.bare(&["import", "pack", "pack", "--db", "new/x.db"]).code, 0);
    let doctor = shell.bare(&["doctor", "--db", "new/x.db"]);
    assert!(doctor.out.contains("organisation\tHarbour\tEUR"), "{doctor:?}");
    // What was there before the command is nothing of its own.
    refused(&shell.bare(&["init", "--name", "X", "--db", "new/x.db"]), 5, "has an organisation already");
    assert_eq!(shell.bare(&["doctor", "--db", "new/x.db"]).code, 0);
}

/// A database that is marked as the demo's.
fn demo() -> Shell {
    let shell = Shell::empty();
    testkit::runtime().block_on(async {
        let house = House::open(&shell.url()).await.unwrap();
        let at = || "2026-10-02T09:30:00.000Z".to_owned();
        let demo = Some((at(), at()));
        let founding =
            Founding { name: "Larkfield Mobile".into(), currency: "EUR".into(), first_month: 10, demo };
        setup::found(&house, &founding).await.unwrap().tx.commit().await.unwrap();
        house.db.close().await;
    });
    shell
}

#[test]
fn the_demo_is_cleared_where_somebody_means_it_and_nobody_has_it_open() {
    let shell = demo();
    let file = shell.path("house.db");
    refused(&shell.run("demo clear"), 2, "“Clear Larkfield Mobile with its database” asks first; add --yes");
    let says = format!("Cleared the demo Larkfield Mobile: {} is removed", file.display());
    let would = shell.run("demo clear --dry-run");
    let told = format!("Would be: {says}; nothing was written.\n");
    assert_eq!((would.code, would.out, would.err.as_str()), (0, told, ""));
    let server = Server::of(&shell);
    for words in ["demo clear --dry-run", "demo clear --yes"] {
        refused(&shell.run(words), 5, "is open in another process, as in one that serves it.");
    }
    assert!(server.get("/sign-in").contains("Larkfield Mobile"), "who works with it goes on");
    drop(server);
    let done = shell.run("demo clear --yes");
    assert_eq!((done.code, done.out), (0, format!("{says}.\n")), "{}", done.err);
    for ending in ["", "-wal", "-shm"] {
        assert!(!shell.path(&format!("house.db{ending}")).exists(), "house.db{ending} is left");
    }
    refused(&shell.run("demo clear --yes"), 3, "Run `quarterdeck init`");
}

#[test]
fn no_other_organisation_is_ever_cleared() {
    let shell = Shell::founded();
    for words in ["demo clear --yes", "demo clear", "demo clear -n"] {
        refused(&shell.run(words), 5, "This database holds Test House, which is no demo.");
    }
    assert!(shell.does("history verify").contains("all as written"));
}
