//! The output contract: data to standard output in a stable shape, everything else to standard error.

use crate::shell::Shell;

fn two_customers() -> Shell {
    let shell = Shell::founded();
    shell.args(&["customer", "add", "--key", "CARE", "--name", "Care, and \"more\"", "--kind", "unit"]);
    shell.does("customer add --key SALES --name Sales --kind outside");
    shell
}

#[test]
fn in_a_pipe_a_list_is_rows_of_tabs_without_a_header() {
    let shell = two_customers();
    let said = shell.run("customer list");
    assert_eq!(said.err, "");
    let rows: Vec<Vec<&str>> = said.lines().into_iter().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0][..3], ["CARE", "Care, and \"more\"", "unit"]);
    assert_eq!(rows[1][..3], ["SALES", "Sales", "outside"]);
    assert!(rows.len() == 2 && rows[0].len() == rows[1].len());
    assert_eq!(shell.run("customer list --format tsv").out, said.out);
}

#[test]
fn json_is_versioned_and_counts() {
    let shell = two_customers();
    let list = shell.run("customer list --format json").json();
    assert_eq!(list["schema"], "quarterdeck.customer-list.v1");
    assert_eq!(list["count"], 2);
    assert_eq!(list["items"][0]["key"], "CARE");
    let page = shell.run("customer list --limit 1 --sort -key --format json").json();
    assert_eq!((page["count"].as_i64(), page["items"].as_array().map(Vec::len)), (Some(2), Some(1)));
    assert_eq!(page["items"][0]["key"], "SALES");
    let record = shell.run("customer show CARE --format json").json();
    assert_eq!(
        (record["schema"].as_str(), record["version"].as_i64()),
        (Some("quarterdeck.customer.v1"), Some(1))
    );
    let lines = shell.run("customer list --format jsonl");
    let keys: Vec<String> = lines
        .lines()
        .into_iter()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["key"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(keys, ["CARE", "SALES"]);
    let done = shell.run("customer edit CARE --name Careful --format json").json();
    assert_eq!((done["changed"].as_bool(), done["version"].as_i64()), (Some(true), Some(2)));
}

#[test]
fn csv_is_quoted_and_money_has_its_currency_beside_it() {
    let shell = two_customers();
    let csv = shell.run("customer list --format csv");
    assert_eq!(csv.lines()[0].split(',').next(), Some("key"));
    assert!(csv.lines()[1].starts_with("CARE,\"Care, and \"\"more\"\"\",unit"), "{csv:?}");
    shell.does("period open --from 2026-09");
    shell.does("account add --code 6400 --name Wages --class cost");
    shell.file(
        "sep.csv",
        "account,date,text,amount\n6400,2026-09-01,Wages,1234.50\n6400,2026-09-02,Refund,-5.00\n",
    );
    shell.does("import gl sep.csv --period 2026-09");
    let amounts = shell.run("line list --period 2026-09 --fields description,amount --format csv");
    assert_eq!(amounts.out, "description,amount,amount_currency\nRefund,-5.00,EUR\nWages,1234.50,EUR\n");
    let plain = shell.run("line list --period 2026-09 --fields description,amount");
    assert_eq!(plain.out, "Refund\t-5.00\nWages\t1234.50\n", "dot decimals, no grouping");
    let json = shell.run("line list --period 2026-09 --fields amount --format json").json();
    assert_eq!(json["items"][0]["amount"], serde_json::json!({"amount": "-5.00", "currency": "EUR"}));
}

#[test]
fn fields_are_chosen_in_their_order_and_listed_by_an_empty_choice() {
    let shell = two_customers();
    assert_eq!(shell.run("customer list --fields kind,key").out, "unit\tCARE\noutside\tSALES\n");
    assert_eq!(shell.run("customer list --fields kind,key --format csv").lines()[0], "kind,key");
    let all = shell.args(&["customer", "list", "--fields", ""]);
    assert!(all.lines().contains(&"key") && all.lines().contains(&"manager"), "{all:?}");
    assert_eq!(shell.run("customer list --filter key=SALES --fields key").out, "SALES\n");
    assert_eq!(
        shell.args(&["customer", "list", "--filter", "kind=outside", "--fields", "key"]).out,
        "SALES\n"
    );
}

#[test]
fn a_table_is_for_eyes_and_its_count_no_data() {
    let shell = two_customers();
    let said = shell.run("customer list --format table");
    assert!(said.lines()[0].starts_with("KEY") && said.lines().len() == 3, "{said:?}");
    assert_eq!(said.err, "2 rows\n");
}

#[test]
fn quiet_says_nothing_but_results() {
    let shell = two_customers();
    assert_eq!(shell.does("customer edit CARE --name Quiet --quiet"), "");
    assert_eq!(shell.does("customer add --key NEW --name New --kind unit --dry-run --quiet"), "");
    assert_eq!(shell.run("customer list --fields key").out, "CARE\nSALES\n");
}

#[test]
fn a_blank_of_the_path_and_a_flag_are_told_apart() {
    let shell = two_customers();
    shell.does("service take-over --key DESK --name Desk");
    shell.does("offering add --service DESK --unit seat --charging fixed");
    // `key` is the offering of the path; the price has fields of its own.
    let drafted = shell.does("price draft DESK --per-unit 1.5 --from-day 2030-01-01 --as priya");
    assert!(drafted.contains("Drafted PRC-1 for DESK: EUR 1.5 per seat from 1 Jan 2030."), "{drafted}");
}

/// 340.00 as 3:1: WEB 255.00, MAIL 85.00.
#[test]
fn services_are_listed_and_filtered_by_what_they_cost() {
    let shell = Shell::founded();
    shell.file("gl.csv", "account,date,text,amount\n6400,2026-09-30,Cloud,340.00\n");
    for words in [
        "service take-over --key WEB --name Web",
        "service take-over --key MAIL --name Mail",
        "period open --from 2026-09 --to 2026-09",
        "account add --code 6400 --name Cloud --class cost",
        "pool add --key CLOUD --name Cloud --spend operating --behaviour variable",
        "mapping add --account 64* --pool CLOUD --effective-from 2026-01",
        "mapping submit M-1",
        "mapping approve M-1 --as priya",
        "rule add --name Cloud --sender-kind pool --sender CLOUD --method fixed --receivers WEB:3,MAIL:1 \
         --effective-from 2026-01",
        "rule submit R-01",
        "rule approve R-01 --as priya",
        "import gl gl.csv --period 2026-09",
        "allocate run --period 2026-09",
    ] {
        shell.does(words);
    }
    let costs = "service list --sort -cost --fields key,cost,cost_period";
    assert_eq!(shell.does(costs), "WEB\t255.00\t2026-09\nMAIL\t85.00\t2026-09\n");
    assert_eq!(shell.does(&format!("{costs} --filter cost>1e2")), "WEB\t255.00\t2026-09\n");
    let list = shell.run("service list --limit 1 --format json").json();
    assert_eq!(
        (list["totals"]["cost"]["amount"].as_str(), list["count"].as_i64()),
        (Some("340.00"), Some(2))
    );
    // Who reads no money has no such column.
    let refused = shell.run("service list --filter cost>1 --as marta");
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.err.contains("There is no column “cost”"), "{refused:?}");
}
