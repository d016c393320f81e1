//! Every command that must say which version it changes, and who acts where nobody is named.

use crate::machine::Server;
use crate::shell::Shell;

/// A house with a record of each kind that can be changed.
fn furnished() -> Shell {
    let shell = Shell::founded();
    for words in [
        "customer add --key CARE --name Care --kind unit",
        "contact add --customer CARE --name Elif --role Head",
        "service take-over --key DESK --name Desk",
        "offering add --service DESK --unit seat --charging fixed",
        "price draft DESK --per-unit 1.5 --from-day 2030-01-01 --as priya",
        "period open --from 2026-09",
        "account add --code 6400 --name Wages --class cost",
        "pool add --key WORK --name Work --spend operating --behaviour fixed",
        "driver add --key SEATS --name Seats --unit seats --source Counting",
    ] {
        shell.does(words);
    }
    shell
}

#[test]
fn every_command_that_says_a_version_can_be_given_here_and_through_a_server() {
    let shell = furnished();
    let made = shell.run("token add --name Script --days 7 --may all --as priya --format json").json();
    let (server, away) = (Server::of(&shell), Shell::empty());
    let token = made["body"]["token"].as_str().unwrap();
    for words in [
        "customer edit CARE --name Careful",
        "contact edit CON-1 --role Chief",
        "service edit DESK --name Desks",
        "offering edit DESK --unit chair",
        "price edit PRC-1 --per-unit 2.5 --as priya",
        "account edit 6400 --name Pay",
        "pool edit WORK --name Labour",
        "driver edit SEATS --name Chairs",
        "user disable selin --why Left --yes",
    ] {
        let said = shell.run(words);
        assert_eq!(said.code, 0, "{words}: {said:?}");
    }
    let there = server.run(&away, "price edit PRC-1 --per-unit 3.5", token);
    assert_eq!((there.code, there.out.as_str()), (0, "Changed price PRC-1.\n"), "{there:?}");
    let shown = shell.run("price show PRC-1 --format json").json();
    assert_eq!((shown["per_unit"].as_str(), shown["version"].as_i64()), (Some("3.5"), Some(3)));
    assert_eq!(shell.run("contact show CON-1 --fields role,customer --format json").json(), {
        serde_json::json!({"role": "Chief", "customer": "CARE"})
    });
}

#[test]
fn an_agreement_is_changed_and_ended_by_its_number() {
    let shell = furnished();
    shell.does("agreement add --customer CARE --offering DESK --quantity 3 --from-day 2026-09-01");
    let number = shell.does("agreement list --fields number").trim().to_owned();
    shell.does(&format!("agreement change {number} --quantity 5 --from-day 2027-01-01"));
    shell.does(&format!("agreement end {number} --to-day 2027-06-30"));
    let shown = shell.run(&format!("agreement show {number} --format json")).json();
    assert_eq!(shown["to_day"], "2027-06-30", "{shown}");
}

/// The first who may revert any batch is a finance manager, whose this one is not.
#[test]
fn where_nobody_is_named_whoever_can_do_it_does() {
    let shell = furnished();
    shell.file("crm.csv", "key,name,kind\nSALES,Sales,unit\n");
    shell.does("import customers crm.csv");
    let batch = shell.does("batch list --fields number").trim().to_owned();
    let reverted = shell.does(&format!("batch revert {batch} --reason Wrong --yes"));
    assert!(reverted.starts_with("Reverted"), "{reverted}");
    assert_eq!(shell.run(&format!("batch revert {batch} --reason Wrong --yes --as henrik")).code, 4);
    assert_eq!(shell.does("customer list --fields key"), "CARE\n");
}

#[test]
fn an_address_of_the_api_is_asked_as_it_is() {
    let shell = furnished();
    let list: serde_json::Value =
        serde_json::from_str(&shell.does("api GET /relationships/customers?key=CARE")).unwrap();
    assert_eq!((list["count"].as_i64(), list["items"][0]["key"].as_str()), (Some(1), Some("CARE")));
    let body = "{\"key\":\"SALES\",\"name\":\"Sales\",\"kind\":\"unit\"}";
    shell.does(&format!("api POST /api/v1/relationships/customers --body {body}"));
    shell.does("api PATCH /relationships/customers/SALES --version 1 --body {\"name\":\"Sold\"}");
    assert_eq!(shell.does("customer show SALES --fields name"), "name\tSold\n");
    assert_eq!(shell.run("api GET /nowhere").code, 3);
}

#[test]
fn a_rehearsal_is_told_as_curl_and_texts_of_help_are_there() {
    let shell = furnished();
    let told = shell.run("customer add --key SALES --name O'Hara --kind unit -n -v").err;
    let curl = "curl -X POST 'http://127.0.0.1:8420/api/v1/relationships/customers'";
    assert!(told.contains(curl) && told.contains(r#""name":"O'\''Hara""#), "{told}");
    assert_eq!(shell.does("customer list --fields key"), "CARE\n");
    for (topic, says) in [
        ("exit-codes", "another person has to do it"),
        ("filters", "column>=value"),
        ("money", "integers of the smallest unit"),
        ("environment", "QUARTERDECK_CHECKPOINTS"),
    ] {
        let (help, own) = (shell.args(&["help", topic]), shell.run(topic));
        assert!(help.out.contains(says) && own.out.contains(says), "{topic}: {help:?} {own:?}");
    }
    let three = shell.run("account list --format table --limit 1");
    assert!(three.err == "1 rows\n", "{three:?}");
    shell.does("customer add --key SALES --name Sales --kind unit");
    assert_eq!(shell.run("customer list --format table --limit 1").err, "1 of 2 rows\n");
}

#[test]
fn a_token_may_stand_in_a_file() {
    let shell = furnished();
    let token = shell.does("token add --name Script --days 7 --may read --as marta --quiet");
    let (server, away) = (Server::of(&shell), Shell::empty());
    away.file("token", &token);
    let mut command = away.command(&["customer", "list", "--fields", "key"]);
    command.env("QUARTERDECK_SERVER", format!("http://{}", server.address));
    let told = crate::shell::said(command.env("QUARTERDECK_TOKEN_FILE", "token"));
    assert_eq!((told.code, told.out.as_str()), (0, "CARE\n"), "{told:?}");
}

#[test]
fn what_a_reading_cannot_read_was_used_wrongly() {
    let shell = furnished();
    for (words, says) in [
        ("customer list --filter mood=good", "mood"),
        ("customer list --filter kind=unti", "Kind wants one of unit, outside, not “unti”."),
        ("service list --filter state=operatonal", "operational, retiring, retired"),
        ("customer list --sort mood", "mood"),
        ("customer list --limit few", "say how many rows"),
        ("customer list --limit 0", "say how many rows"),
        ("customer show CARE --fields mood", "There is no field “mood”"),
        ("service list --as-of yesterday", "as_of"),
        ("pool list --as-of 2026-01-01", "cannot be shown as of a past day"),
        ("customer edit CARE --name X --as-of 2026-01-01", "cannot be shown as of a past day"),
        ("history verify --as-of 2026-01-01", "cannot be shown as of a past day"),
        ("period check 202x", "202x"),
        ("doctor --config nosuch.toml", "There is no file nosuch.toml"),
        ("period close 2026-09 --no-input", "--yes"),
        ("api GET /relationships/customers --body {", "--body is no JSON"),
        ("api DELETE /relationships/customers", "DELETE"),
    ] {
        let told = shell.run(words);
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{words}: {told:?}");
        assert!(told.err.contains(says), "{words}: {told:?}");
    }
}
