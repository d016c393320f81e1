//! A cloud bill from its files into an installation, through the allocation to a statement, and from a line of the
//! statement back to the rows of the files.

use crate::shell::{Said, Shell};

/// Effective cost: WEB 120.00, MAIL 40.00, no rule 10.00; of October 7.00. One row was used in August and is billed for
/// September.
const BILL: &str = "\
BillingCurrency,BilledCost,EffectiveCost,BillingPeriodStart,ChargePeriodStart,SubAccountId,ResourceId,tag_app
EUR,100,90.5,2026-09-01T00:00:00Z,2026-08-31T23:00:00Z,acc-1,vm-1,web
EUR,50,29.5,2026-09-01T00:00:00Z,2026-09-10T00:00:00Z,acc-1,db-1,web
EUR,30,40,2026-09-01T00:00:00Z,2026-09-12T00:00:00Z,acc-2,vm-2,
EUR,10,10,2026-09-01T00:00:00Z,2026-09-30T23:00:00Z,acc-3,lb-1,
EUR,7,7,2026-10-01T00:00:00Z,2026-10-01T00:00:00Z,acc-1,vm-1,web
";

const IMPORT: &str =
    "import usage bill --supplier AWS --tag-rules tags.csv --account-rules accounts.csv --period 2026-09";

/// Two services at cost, each shared evenly over two customers; a pool of 340.00 that AWS's bill explains.
fn told() -> Shell {
    let shell = Shell::founded();
    std::fs::create_dir_all(shell.path("bill")).unwrap();
    shell.file("bill/usage.csv", BILL);
    shell.file("tags.csv", "tag_app,service\nweb,WEB\n");
    shell.file("accounts.csv", "SubAccountId,service\nacc-2,MAIL\n");
    for customer in ["CARE", "SALES"] {
        shell.does(&format!("customer add --key {customer} --name {customer} --kind unit"));
    }
    for service in ["WEB", "MAIL"] {
        let take_over = "service take-over --owner yuki --relationship-manager marta";
        shell.does(&format!("{take_over} --key {service} --name {service}"));
        let words = ["offering", "add", "--service", service, "--unit", "seat", "--charging", "at cost"];
        assert_eq!(shell.args(&words).code, 0);
        shell.does(&format!("target set {service} --measure Availability --level high"));
        for customer in ["CARE", "SALES"] {
            let agree = "agreement add --quantity 1 --from-day 2026-01-01 --settlement recharge";
            shell.does(&format!("{agree} --customer {customer} --offering {service}"));
        }
    }
    money(&shell);
    shell
}

fn money(shell: &Shell) {
    shell.does("period open --from 2026-09 --to 2026-10");
    shell.does("account add --code 6400 --name Cloud --class cost");
    shell.does("pool add --key CLOUD --name Cloud --spend operating --behaviour variable");
    shell.does("mapping add --account 64* --pool CLOUD --effective-from 2026-01");
    shell.does("mapping submit M-1");
    shell.does("mapping approve M-1 --as priya");
    for (number, service) in [("R-01", "WEB"), ("R-02", "MAIL")] {
        let rule = "rule add --sender-kind service --method even --effective-from 2026-01";
        shell.does(&format!("{rule} --name {service} --sender {service} --receivers CARE,SALES"));
        shell.does(&format!("rule submit {number}"));
        shell.does(&format!("rule approve {number} --as priya"));
    }
    shell.file("gl.csv", "account,date,supplier,text,amount\n6400,2026-09-30,AWS,Cloud,340.00\n");
    shell.does("import gl gl.csv --period 2026-09");
}

fn statement_of(shell: &Shell, customer: &str) -> String {
    let list = shell.run("statement list --format json").json();
    let items = list["items"].as_array().unwrap();
    let of = items.iter().find(|item| item["customer"] == customer).unwrap();
    of["number"].as_str().unwrap().to_owned()
}

#[test]
fn a_bill_is_read_rehearsed_imported_and_known_again() {
    let shell = told();
    let rehearsed = shell.run(&format!("{IMPORT} --dry-run --format json"));
    assert_eq!(rehearsed.code, 0, "{rehearsed:?}");
    let summary = rehearsed.json();
    assert_eq!((&summary["total"], &summary["rows"]), (&"170.00".into(), &4.into()));
    assert_eq!((&summary["first_day"], &summary["last_day"]), (&"2026-08-31".into(), &"2026-10-01".into()));
    assert_eq!(summary["refused"][0]["reason"], "billed for 2026-10");
    assert_eq!(shell.does("bill list"), "", "nothing was written");
    let imported = shell.run(IMPORT);
    assert_eq!(imported.code, 6, "a row does not count: {imported:?}");
    let says = "Imported BILL-1, the bill of AWS for Sep 2026: €170.00 in 4 rows. 1 row does not count.\n";
    assert_eq!(imported.out, says);
    let again = shell.run(IMPORT);
    assert_eq!(
        (again.code, again.out.as_str()),
        (0, "This is BILL-1 again: 1 file, 0 new. Nothing written.\n")
    );
    // What a script sends is the same.
    let sent = shell.args(&["bill", "import", "--summary", &summary.to_string()]);
    assert!(sent.out.contains("0 new"), "{sent:?}");
    let unknown = shell.file("tags.csv", "tag_app,service\nweb,WEBB\n");
    let refused = shell.run(&IMPORT.replace("tags.csv", unknown));
    assert_eq!(refused.code, 6);
    assert!(refused.err.contains("There is no service WEBB."), "{refused:?}");
    let other = shell.run(&IMPORT.replace("2026-09", "2026-07"));
    assert_eq!(other.code, 6);
    assert!(other.err.contains("bill has no rows of 2026-07; it has 2026-09, 2026-10."), "{other:?}");
}

fn rows(shell: &Shell, statement: &str, more: &str) -> Said {
    shell.run(&format!("costs rows --statement {statement} --line WEB --format json {more}"))
}

/// 340.00 by 120 + 7.50 and 40 + 2.50 of 170.00: WEB 255.00, of which each customer has half.
#[test]
fn a_statements_line_opens_down_to_the_rows_of_the_bill() {
    let shell = told();
    shell.run(IMPORT);
    shell.does("allocate run --period 2026-09");
    shell.does("statement draft --period 2026-09");
    let statement = statement_of(&shell, "CARE");
    let opened = rows(&shell, &statement, "");
    assert_eq!(opened.code, 0, "{opened:?}");
    let json = opened.json();
    assert_eq!(json["amount"]["amount"], "127.50");
    assert_eq!(json["bills"], serde_json::json!([{"bill": "BILL-1", "count": 2, "total": "120.00"}]));
    let resources: Vec<&str> =
        json["items"].as_array().unwrap().iter().map(|row| row["ResourceId"].as_str().unwrap()).collect();
    assert_eq!(resources, ["vm-1", "db-1"]);
    for says in [
        "CLOUD: the bill explains 340.00 EUR of the ledger; WEB has 255.00 EUR of it, and this line 127.50 EUR.",
        "BILL-1: 2 rows of WEB sum to 120.00 EUR; rounded, with its part of what no rule matched: 127.50 EUR.",
    ] {
        assert!(opened.err.contains(says), "{opened:?}");
    }
    let second = rows(&shell, &statement, "--from 2 --limit 1").json();
    assert_eq!((second["shown"].as_i64(), &second["items"][0]["ResourceId"]), (Some(1), &"db-1".into()));
    assert_eq!(rows(&shell, &statement, "--limit few").code, 2, "neither a number nor all");
    // Files that moved are found by what they hold; others are not taken for them.
    std::fs::rename(shell.path("bill"), shell.path("archive")).unwrap();
    let gone = rows(&shell, &statement, "");
    assert_eq!(gone.code, 6);
    assert!(gone.err.contains("Say where it is now (--usage DIR)."), "{gone:?}");
    assert_eq!(rows(&shell, &statement, "--usage archive").json()["bills"], json["bills"]);
    shell.file("archive/usage.csv", &BILL.replace("29.5", "29.4"));
    let other = rows(&shell, &statement, "--usage archive");
    assert_eq!(other.code, 6, "{other:?}");
    let none = shell.run(&format!("costs rows --statement {statement} --line DESK"));
    assert_eq!(
        (none.code, none.err.trim()),
        (3, format!("✗ {statement} has no line DESK: name its service.").as_str())
    );
}
