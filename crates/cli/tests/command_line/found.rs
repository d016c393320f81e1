//! Records found by words, by an id of any kind, and what may have been meant by one that no record has.

use crate::shell::Shell;

fn furnished() -> Shell {
    let shell = Shell::founded();
    for words in [
        "customer add --key CARE --name Care --kind unit",
        "customer add --key SALES --name Sales --kind outside",
        "service take-over --key DESK --name Desk",
        "offering add --service DESK --unit seat --charging fixed",
        "contact add --customer CARE --name Elif --role Head",
        "period open --from 2026-09",
    ] {
        shell.does(words);
    }
    shell
}

#[test]
fn a_search_lists_what_has_the_words() {
    let shell = furnished();
    assert_eq!(shell.does("search desk --fields noun,key"), "service\tDESK\noffering\tDESK\n");
    assert_eq!(shell.does("search sales --fields path"), "/relationships/customers/SALES\n");
    let json = shell.run("search care --format json").json();
    assert_eq!(json["schema"].as_str(), Some("quarterdeck.search.v1"));
    assert_eq!(
        shell.args(&["search", "no", "such", "thing"]).out,
        "",
        "nothing is found, and that is no failure"
    );
    assert_eq!(shell.run("search").code, 2);
    let narrow = shell.run("search care --as yuki");
    assert!(narrow.out.starts_with("customer\tCARE\t"), "{narrow:?}");
}

#[test]
fn open_prints_the_record_as_its_own_show_does() {
    let shell = furnished();
    assert_eq!(shell.does("open SALES"), shell.does("customer show SALES"));
    assert_eq!(shell.does("open sales --fields name,kind"), "name\tSales\nkind\toutside\n");
    assert_eq!(shell.does("open CON-1"), shell.does("contact show CON-1"));
    assert_eq!(shell.does("open 2026-09"), shell.does("period show 2026-09"));
    let id = shell.run("customer show CARE --format json").json()["id"].as_str().unwrap().to_owned();
    assert_eq!(
        shell.does(&format!("open {id} --format json")),
        shell.does("customer show CARE --format json")
    );
    assert_eq!(shell.does("open marta"), shell.does("user show marta"), "whoever may see it is found");
    let two = shell.run("open DESK");
    assert_eq!((two.code, two.out.as_str()), (2, ""));
    assert!(
        two.err.contains("quarterdeck service show DESK")
            && two.err.contains("quarterdeck offering show DESK")
    );
    assert_eq!(shell.does("open DESK --noun offering"), shell.does("offering show DESK"));
    assert_eq!(shell.run("open SALES --as-of 2026-01-01").code, 2, "the record's own words take a day");
}

#[test]
fn a_batch_and_a_transaction_are_opened_by_their_labels_and_their_ids() {
    let shell = furnished();
    shell.does("account add --code 6400 --name Wages --class cost");
    shell.file("sep.csv", "account,date,text,amount\n6400,2026-09-01,Wages,10.00\n");
    shell.does("import gl sep.csv --period 2026-09");
    assert_eq!(shell.does("open B-0001"), shell.does("batch show B-0001"));
    assert_eq!(shell.does("open T-1"), shell.does("ledger show T-1"));
    for (noun, opens) in [("batch", "batch show B-0001"), ("transaction", "ledger show T-1")] {
        let told =
            shell.args(&["history", "list", "--filter", &format!("noun={noun}"), "--fields", "record_id"]);
        let id = told.lines()[0].to_owned();
        assert_eq!(shell.does(&format!("open {id}")), shell.does(opens), "{noun}");
    }
    let near = shell.run("batch show B-0011");
    assert!(near.code == 3 && near.err.contains("Did you mean B-0001?"), "{near:?}");
}

#[test]
fn an_id_with_a_slip_ends_with_3_and_the_nearest() {
    let shell = furnished();
    for (words, near) in [
        ("customer show CARR", "Did you mean CARE?"),
        ("customer show sale", "Did you mean SALES?"),
        ("customer edit CRAE --name X", "Did you mean CARE?"),
        ("offering edit DESC --unit chair", "Did you mean DESK?"),
        ("price draft DESC --per-unit 1 --from-day 2030-01-01 --as priya", "Did you mean DESK?"),
        ("contact show CON-2", "Did you mean CON-1?"),
        ("open CARR", "Did you mean customer CARE?"),
        ("user show matra", "Did you mean marta?"),
        ("user disable matra --why Left --yes", "Did you mean marta?"),
        ("close show 2026-08", "Did you mean 2026-09?"),
        ("period review 2026-08 --as priya", "Did you mean 2026-09?"),
    ] {
        let told = shell.run(words);
        assert_eq!((told.code, told.out.as_str()), (3, ""), "{words}: {told:?}");
        assert!(told.err.contains(near), "{words}: {told:?}");
    }
    let named = shell.run("contact add --customer CARR --name Elif --role Head");
    assert!(
        named.code == 6 && named.err.contains("There is no customer “CARR”. Did you mean CARE?"),
        "{named:?}"
    );
    let server = crate::machine::Server::of(&shell);
    let token = shell.does("token add --name Script --days 7 --may read --as marta --quiet");
    let told = server.run(&Shell::empty(), "customer show CARR", token.trim());
    assert!(told.code == 3 && told.err.contains("Did you mean CARE?"), "{told:?}");
}
