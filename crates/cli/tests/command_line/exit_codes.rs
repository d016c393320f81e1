//! Every exit code of `cli.md`, provoked; what is wrong goes to standard error with a way out, and standard
//! output stays empty for it.

use std::net::TcpListener;

use crate::shell::{Said, Shell, said};

const CARE: &str = "customer add --key CARE --name Care --kind unit";

/// Ended with `code`, nothing on standard output, and said `words` on standard error.
fn ended(said: &Said, code: i32, words: &str) {
    assert_eq!(said.code, code, "{said:?}");
    assert_eq!(said.out, "", "what is wrong is no data");
    assert!(said.err.contains(words), "{said:?}");
    assert!(!said.err.contains("panicked"), "{said:?}");
}

#[test]
fn done_is_0() {
    let shell = Shell::founded();
    assert_eq!(shell.does(CARE), "Added customer CARE, Care.\n");
    assert!(shell.does("customer list").starts_with("CARE\tCare\tunit\t"));
    assert!(shell.does("customer show CARE").contains("key\tCARE\n"));
    assert_eq!(shell.does("customer edit CARE --name Careful"), "Changed customer CARE.\n");
    assert_eq!(shell.does("customer edit CARE --name Careful"), "Customer CARE is as it was.\n");
    assert_eq!(shell.does("db check"), "Every record is what its last event left, and every sum adds up.\n");
    assert!(shell.does("history verify").contains("rows, all as written."));
}

#[test]
fn a_failure_of_ours_or_of_the_machine_is_1() {
    let shell = Shell::empty();
    shell.file("junk.db", "This is no database, and long enough to be looked at as one by its header.");
    ended(&shell.bare(&["customer", "list", "--db", "junk.db"]), 1, "not a database");
    let mut full = shell.command(&["doctor", "--db", "new.db"]);
    let full = full.stdout(std::fs::File::options().write(true).open("/dev/full").unwrap()).output().unwrap();
    assert_eq!(full.status.code(), Some(1), "a result that cannot be written is no success");
    ended(&shell.bare(&["serve", "--db", "junk.db"]), 1, "not a database");
}

#[test]
fn wrong_use_is_2() {
    let shell = Shell::founded();
    shell.does(CARE);
    for (words, says) in [
        ("custumer list", "customer"),
        ("customer lis", "list"),
        ("customer list --colour red", "--colour"),
        ("customer add --key X", "--name"),
        ("customer list --format pdf", "There is no format “pdf”"),
        ("customer list --fields key,mood", "There is no field “mood”"),
        ("customer list --as nobody", "nobody with the username “nobody”"),
        ("customer list --period 2026-09", "has no --period"),
        ("import gl missing.csv", "missing.csv cannot be read"),
        ("calc allocate missing.json", "missing.json cannot be read"),
        ("period close 2026-09", "--yes"),
        ("history verify --checkpoint missing.json", "missing.json"),
        ("demo load --as-of today", "today"),
    ] {
        let said = shell.run(words);
        let code = if words.contains("checkpoint") { 1 } else { 2 };
        ended(&said, code, says);
    }
    let bare = shell.bare(&[]);
    assert_eq!((bare.code, bare.out.as_str()), (2, ""), "alone it tells how it is used");
    assert!(bare.err.contains("customer list --format json"), "with examples: {}", bare.err);
}

#[test]
fn not_found_is_3() {
    let shell = Shell::founded();
    for words in [
        "customer show NONE",
        "customer edit NONE --name X",
        "service show NONE",
        "batch show B-9999",
        "trace 7",
    ] {
        ended(&shell.run(words), 3, "There is nothing here. Check the address or search for it.");
    }
    ended(&Shell::empty().bare(&["customer", "list"]), 3, "Run `quarterdeck init`");
}

#[test]
fn signing_in_needed_or_refused_is_4() {
    let shell = Shell::founded();
    let refused = shell.run(&format!("{CARE} --as selin"));
    ended(
        &refused,
        4,
        "Your roles do not let you edit customers. Ask somebody who may: relationship manager.",
    );
    ended(
        &shell.run("order add --offering DESK --quantity 1 --from-day 2030-01-01"),
        4,
        "customer representative",
    );
    shell.does("user add --username nils --name Nils");
    ended(&shell.run("customer list --as nils"), 4, "“nils” has not opened the one-time link yet.");
    shell.does("user disable nils --why Left --yes");
    ended(&shell.run("customer list --as nils"), 4, "“nils” is disabled");
    let server = crate::machine::Server::of(&shell);
    ended(&server.run(&shell, "customer list", ""), 4, "You are not signed in.");
    ended(&server.run(&shell, "customer list", "wrong"), 4, "You are not signed in.");
}

#[test]
fn a_rule_that_says_no_is_5() {
    let shell = Shell::founded();
    shell.does(CARE);
    ended(
        &shell.run(CARE),
        5,
        "There is a customer CARE already. Choose another key, or change that customer.",
    );
    shell.does("period open --from 2026-09");
    ended(&shell.run("period close 2026-09 --yes"), 5, "Sep 2026 is open");
    ended(&shell.run("period close 2026-09 -y --as priya"), 5, "Sep 2026 is open");
    ended(&shell.args(&["init", "--name", "Another"]), 5, "has an organisation already: Test House");
    ended(&shell.run("demo load"), 5, "the demo needs one of its own");
    // Another person has to: a rule, whatever one's roles.
    let own = "grant add --username adam --role auditor --scope organisation --as adam";
    ended(&shell.run(own), 5, "nobody gives one to themselves");
}

#[test]
fn data_that_is_not_clean_is_6() {
    let shell = Shell::founded();
    let wrong = shell.run("customer add --key c --name Care --kind team");
    ended(&wrong, 6, "key: Enter a key of 2 to 12 capital letters and digits");
    assert!(wrong.err.contains("kind: Choose"), "every wrong answer at once: {wrong:?}");
    shell.file("broken.json", "{\"schema\": \"quarterdeck.allocation-model.v1\"");
    ended(&shell.run("calc allocate broken.json"), 6, "broken.json");
    shell.does("period open --from 2026-09");
    shell.does("account add --code 6400 --name Wages --class cost");
    shell.file(
        "sep.csv",
        "account,date,text,amount\n6400,2026-09-01,Wages,10.00\n9999,2026-09-02,Strange,7.00\n",
    );
    let rehearsed = shell.run("import gl sep.csv --dry-run");
    assert_eq!(rehearsed.code, 6, "{rehearsed:?}");
    assert_eq!(shell.run("batch list").out.lines().count(), 0, "a rehearsal writes nothing");
    let imported = shell.run("import gl sep.csv --rejects rejects.csv");
    assert_eq!(imported.code, 6, "{imported:?}");
    assert!(
        imported.out.contains("1 new") || imported.out.contains("Wrote 1"),
        "the others are written: {imported:?}"
    );
    let rejects = std::fs::read_to_string(shell.path("rejects.csv")).unwrap();
    assert!(rejects.contains("9999,2026-09-02,Strange,7.00"), "{rejects}");
    let differs = shell.run("import gl sep.csv --control-total 20.00");
    ended(&differs, 6, "the control total is 20.00");
}

#[test]
fn a_check_that_finds_differences_is_7() {
    let shell = Shell::founded();
    shell.does(CARE);
    shell.alter(&["update relationships_customers set name = 'Other' where key = 'CARE'"]);
    let checked = shell.run("db check");
    assert_eq!(checked.code, 7, "{checked:?}");
    assert!(checked.out.starts_with("customer\t"), "which record: {checked:?}");

    shell.does("customer add --key SALES --name Sales --kind unit");
    let seq = "(select max(seq) from access_history)";
    shell.alter(&[
        "drop trigger access_history_no_update",
        &format!("update access_history set action = 'never' where seq = {seq}"),
    ]);
    let verified = shell.run("history verify");
    assert_eq!(verified.code, 7, "{verified:?}");
    let row = verified.out.split('\t').next().unwrap();
    assert!(row.parse::<i64>().is_ok_and(|row| row > 1), "which row: {verified:?}");
}

#[test]
fn a_tail_that_was_cut_is_found_by_the_checkpoint_kept_elsewhere() {
    let shell = Shell::founded();
    shell.does(CARE);
    shell.does("history verify --write kept.json");
    assert_eq!(shell.run("history verify --checkpoint kept.json").code, 0);
    let seq = "(select max(seq) from access_history)";
    shell.alter(&[
        "drop trigger access_history_no_delete",
        &format!("delete from access_history where seq = {seq}"),
        &format!("update access_history_head set seq = {seq}, digest = (select digest from access_history where seq = {seq})"),
    ]);
    assert_eq!(shell.run("history verify").code, 0, "alone it cannot be seen");
    assert_eq!(shell.run("history verify --checkpoint kept.json").code, 7);
}

#[test]
fn a_server_that_cannot_be_reached_is_8() {
    let shell = Shell::empty();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = format!("http://{free}");
    ended(&shell.bare(&["customer", "list", "--server", &server]), 8, &format!("{server} cannot be reached"));
}

#[test]
fn stopped_by_ctrl_c_is_130_and_told_to_end_is_0() {
    let shell = Shell::founded();
    for (signal, code) in [("INT", 130), ("TERM", 0)] {
        let mut server = crate::machine::Server::of(&shell);
        assert_eq!(server.end(signal), Some(code), "{signal}");
    }
}

#[test]
fn a_calculation_stopped_by_ctrl_c_ends_at_once_with_130() {
    let shell = Shell::empty();
    let case = crate::shell::repository("crates/instruments/appraisal/examples/uncertain.json");
    let mut work = shell.command(&["calc", "simulate", &case, "--trials", "8000000", "--threads", "1"]);
    let mut work = work.stdout(std::process::Stdio::null()).spawn().unwrap();
    let id = work.id().to_string();
    // Bit 1 of the signals that are caught: from then on Ctrl-C is heard.
    let hears = || {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or("0");
        u64::from_str_radix(caught.trim(), 16).is_ok_and(|caught| caught & 0b10 != 0)
    };
    while work.try_wait().unwrap().is_none() && !hears() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(std::process::Command::new("kill").args(["-s", "INT", &id]).status().unwrap().success());
    assert_eq!(work.wait().unwrap().code(), Some(130));
}

#[test]
fn a_pipe_whose_reader_has_read_enough_ends_quietly() {
    let shell = Shell::founded();
    for n in 10..40 {
        shell.does(&format!("customer add --key C{n} --name Customer{n} --kind unit"));
    }
    for words in ["customer list --format csv", "calc allocate model.json", "doctor"] {
        std::fs::copy(
            crate::shell::repository("crates/instruments/allocation/examples/robinson_direct.json"),
            shell.path("model.json"),
        )
        .unwrap();
        let mut piped = std::process::Command::new("sh");
        let script = format!("{{ \"$0\" {words}; echo $? >&2; }} | true");
        piped.args(["-c", &script, env!("CARGO_BIN_EXE_quarterdeck")]).current_dir(shell.path(""));
        let said = said(piped.env("QUARTERDECK_DB", shell.url()));
        assert_eq!((said.code, said.err.as_str()), (0, "0\n"), "{words}");
    }
}
