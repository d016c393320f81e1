//! `--dry-run` of a change: what would be, or the very refusal with its exit code; and nothing is written.

use crate::machine::Server;
use crate::shell::Shell;

const CARE: &str = "customer add --key CARE --name Care --kind unit";
const SALES: &str = "customer add --key SALES --name Sales --kind unit";

/// The database's file, with all that was written folded into it.
fn bytes(shell: &Shell) -> Vec<u8> {
    shell.alter(&[]);
    std::fs::read(shell.path("house.db")).unwrap()
}

#[test]
fn a_rehearsal_says_what_would_be_and_leaves_the_file_to_the_byte() {
    let shell = Shell::founded();
    shell.does(CARE);
    let (verified, before) = (shell.does("history verify"), bytes(&shell));
    for (words, says) in [
        (SALES, "Would be: Added customer SALES, Sales; nothing was written.\n"),
        ("customer edit CARE --name Careful", "Would be: Changed customer CARE; nothing was written.\n"),
        ("customer edit CARE --name Care", "Would be: Customer CARE is as it was; nothing was written.\n"),
    ] {
        let would = shell.run(&format!("{words} --dry-run"));
        assert_eq!((would.code, would.out.as_str(), would.err.as_str()), (0, says, ""), "{words}");
    }
    let json = shell.run(&format!("{SALES} -n --format json")).json();
    assert_eq!((json["rehearsed"].as_bool(), json["key"].as_str()), (Some(true), Some("SALES")));
    // What reaches others is not asked about: nothing is done.
    let shut = shell.run("user disable selin --why Left -n");
    assert!(shut.code == 0 && shut.out.starts_with("Would be: "), "{shut:?}");
    let body = "{\"key\":\"SALES\",\"name\":\"Sales\",\"kind\":\"unit\"}";
    let raw = shell.run(&format!("api POST /relationships/customers --body {body} -n")).json();
    assert_eq!(raw["says"], "Would be: Added customer SALES, Sales; nothing was written.");
    let token = shell.run("token add --name Script --days 7 --may all --as marta -n");
    assert!(token.code == 0 && !token.out.contains("Keep it now"), "{token:?}");
    assert_eq!(shell.does("history verify"), verified);
    assert!(bytes(&shell) == before, "not a byte is another");
}

#[test]
fn a_rehearsal_that_is_refused_ends_as_the_change_would() {
    let shell = Shell::founded();
    shell.does(CARE);
    shell.does("period open --from 2026-09");
    let before = bytes(&shell);
    for (words, code) in [
        (CARE, 5),
        ("period close 2026-09 --yes", 5),
        ("customer add --key c --name Care --kind team", 6),
        ("customer edit NONE --name X", 3),
        ("customer add --key SALES --name Sales --kind unit --as selin", 4),
        ("customer add --key SALES --name Sales --kind unit --as nobody", 2),
    ] {
        let (would, done) = (shell.run(&format!("{words} -n")), shell.run(words));
        assert_eq!((would.code, done.code), (code, code), "{words}: {would:?}");
        assert_eq!((would.out, would.err), (done.out, done.err), "{words}");
    }
    assert!(bytes(&shell) == before, "not a byte is another");
}

#[test]
fn a_server_rehearses_as_the_database_does_and_the_request_is_told_as_curl() {
    let shell = Shell::founded();
    let token = shell.does("token add --name Script --days 7 --may all --as marta --quiet");
    let (server, away) = (Server::of(&shell), Shell::empty());
    let here = shell.run(&format!("{SALES} -n"));
    let there = server.run(&away, &format!("{SALES} -n -v"), token.trim());
    assert_eq!((there.code, &there.out), (0, &here.out), "{there:?}");
    let curl = format!("curl -X POST 'http://{}/api/v1/relationships/customers'", server.address);
    assert!(there.err.contains(&curl) && there.err.contains("\"key\":\"SALES\""), "{there:?}");
    assert_eq!(server.run(&away, "period open --from 2026-09 -n", token.trim()).code, 4);
    assert_eq!(server.run(&away, "customer edit NONE --name X -n", token.trim()).code, 3);
    let listed = server.run(&away, "customer list --fields key", token.trim());
    assert_eq!((listed.code, listed.out.as_str()), (0, ""), "{listed:?}");
}

#[test]
fn a_link_of_the_first_administrator_is_not_lost_to_a_rehearsal() {
    let shell = Shell::empty();
    let founded = shell.args(&["init", "--name", "Harbour", "--admin", "ada"]);
    let would = shell.run("user reset ada -n");
    assert!(would.code == 0 && would.out.starts_with("Would be: "), "{would:?}");
    assert!(!would.out.contains("/welcome/"), "{would:?}");
    let link = founded.lines()[1].split_once("8420").unwrap().1.to_owned();
    assert!(Server::of(&shell).get(&link).contains("Your username is"), "it lets in as before");
}
