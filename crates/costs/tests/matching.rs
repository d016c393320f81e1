//! `--rules`: a priority list of conditions; and `--unmatched`: what none of them matches.

mod bills;

use bills::{Cost, Folder, Tag, account_rules, batch, expected, parquet, rows, tag_rules};

const RULES: &str = "\
SubAccountId,tag_env,ServiceName,service,from,to
100*,,,Mail,,2026-01
,prod|test,,Shop,2026-01-15,
,*,Storage,Data,,
100*,,,Mail,,
";

/// A row for each way to be matched; costs are powers of two, so that a sum says of which rows it is.
const BILL: &str = r#"EffectiveCost,ChargePeriodStart,SubAccountId,ServiceName,Tags
1,2026-01-10,1001,Compute,"{""env"": ""prod""}"
2,2026-02-10,1001,Compute,"{""env"": "" prod ""}"
4,2026-01-14,2001,Storage,"{""env"": ""test""}"
8,2026-01-15,2001,Storage,"{""env"": ""test""}"
16,2026-02-01, 1001 ,Storage,{}
32,2026-02-01,2001,Storage,"{""env"": null}"
"#;

fn folder(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    folder.write("rules.csv", RULES);
    let units =
        ["Data", "Mail", "Shop"].map(|service| format!("{service},all,2026-01,1\n{service},all,2026-02,1\n"));
    folder.write("drivers.csv", &format!("service,customer,month,units\n{}", units.concat()));
    let usage = folder.write("usage.csv", BILL);
    (folder, usage)
}

/// The words with rules alone, without the tables of tags and accounts.
fn words<'w>(verb: &'w str, folder: &Folder, usage: &str, more: &[&'w str]) -> Vec<String> {
    let named =
        ["--usage", usage, "--rules", &folder.path("rules.csv"), "--drivers", &folder.path("drivers.csv")];
    let all = ["costs", verb].into_iter().chain(named).chain(more.iter().copied());
    all.map(str::to_owned).collect()
}

fn lines(folder: &Folder, usage: &str, unmatched: &str) -> (String, Vec<String>) {
    let out = folder.path("lines.csv");
    let answer =
        bills::run(&words("allocate", folder, usage, &["--out", &out, "--unmatched", unmatched])).unwrap();
    let lines = std::fs::read_to_string(out).unwrap();
    (lines.strip_prefix("customer,service,month,cents\n").unwrap().to_owned(), answer.notes)
}

/// Worked by hand. February is 50.00 over 2 : 16: 5.555… and 44.444…, and the cent left goes to the larger rest.
#[test]
fn the_first_rule_that_a_row_meets_decides_and_the_rest_is_spread_or_kept() {
    let (folder, usage) = folder("rules");
    let (told, notes) = lines(&folder, &usage, "spread");
    assert_eq!(
        told,
        "all,Data,2026-01,400\nall,Mail,2026-01,100\nall,Mail,2026-02,4444\nall,Shop,2026-01,800\nall,Shop,2026-02,556\n"
    );
    assert_eq!(notes, ["32.00 is matched by no rule; it is shared in proportion to what is."]);
    let (told, notes) = lines(&folder, &usage, "keep");
    assert_eq!(
        told,
        "all,Data,2026-01,400\nall,Mail,2026-01,100\nall,Mail,2026-02,1600\nall,Shop,2026-01,800\nall,Shop,2026-02,200\n\
         unmatched,unmatched,2026-02,3200\n"
    );
    assert_eq!(notes, ["32.00 is matched by no rule; it is kept, as unmatched."]);
}

#[test]
fn what_is_kept_opens_to_its_rows_as_any_service_does() {
    let (folder, usage) = folder("rules-rows");
    for (unmatched, note, carried) in [
        ("spread", "1 rows of 2026-02 that no rule matches sum to 32.00.", None),
        ("keep", "1 rows of unmatched in 2026-02 sum to 32.00.", Some("32.00")),
    ] {
        let more = ["--service", "unmatched", "--month", "2026-02", "--unmatched", unmatched];
        let answer = bills::run(&words("rows", &folder, &usage, &more)).unwrap();
        assert_eq!((answer.notes[0].as_str(), answer.json["carried"].as_str()), (note, carried));
        assert_eq!(answer.json["items"][0]["row"], 6);
    }
}

/// Whether a bill can be shared is another matter than what its rows are.
#[test]
fn rows_are_shown_of_a_bill_that_cannot_be_shared() {
    let (folder, usage) = folder("rules-unshared");
    folder.write(
        "drivers.csv",
        "service,customer,month,units\nData,all,2026-01,1\nMail,all,2026-01,1\nShop,all,2026-02,1\n",
    );
    folder.write("rules.csv", "SubAccountId,service\n9,Data\n8,Mail\n7,Shop\n");
    let more = ["--service", "unmatched", "--month", "2026-01"];
    let answer = bills::run(&words("rows", &folder, &usage, &more)).unwrap();
    assert_eq!((answer.json["count"].as_u64(), answer.json["total"].as_str()), (Some(3), Some("13.00")));
    let more = ["--service", "Data", "--month", "2026-01"];
    let answer = bills::run(&words("rows", &folder, &usage, &more)).unwrap();
    assert_eq!(
        answer.notes[1],
        "What it carries cannot be said. 2026-01: no service has a cost to share 13.00 by, 13.00 of it matched by no rule. \
         Add a rule for its tags or accounts."
    );
}

#[test]
fn a_driver_of_that_name_is_refused_where_it_is_kept() {
    let (folder, usage) = folder("rules-name");
    folder.write("drivers.csv", "service,customer,month,units\nData,unmatched,2026-01,1\n");
    let out = folder.path("lines.csv");
    let says = bills::run(&words("allocate", &folder, &usage, &["--out", &out, "--unmatched", "keep"]));
    let says = format!("{says:?}");
    assert!(
        says.contains("drivers.csv has the name “unmatched”, which is that of what no rule matches."),
        "{says}"
    );
}

/// The tables of tags and of accounts are rules in short, the accounts after the tags.
#[test]
fn tables_of_words_are_rules_in_short() {
    let folder = Folder::new("rules-short");
    folder.tables();
    let rows = rows(4_000, 21);
    let usage = folder.path("usage.parquet");
    parquet(&usage, &batch(&rows, Cost::Narrow, Tag::Map), 900, true);
    let by_tag = tag_rules().into_iter().map(|(tag, service)| format!("{tag},,{service}\n"));
    let by_account = account_rules().into_iter().map(|(account, service)| format!(",{account},{service}\n"));
    let rules: String = by_tag.chain(by_account).collect();
    folder.write("rules.csv", &format!("tag_app,SubAccountId,Service\n{rules}"));
    let out = folder.path("lines.csv");
    let answer = bills::run(&words("allocate", &folder, &usage, &["--out", &out])).unwrap();
    assert_eq!(answer.json["md5"].as_str().unwrap(), expected(&rows).1);
}
