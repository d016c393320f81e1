//! `costs rows`: the rows behind a figure, paged, which sum to it.

mod bills;

use bills::{Cost, Folder, Tag, account_rules, batch, csv, expected, parquet, rows, tag_rules, written};
use calc::{Answer, Lines, Stop};
use serde_json::{Map, Value};

fn items(answer: &Answer) -> Vec<Map<String, Value>> {
    match &answer.lines {
        Some(Lines::Rows(rows)) => rows.clone(),
        other => panic!("{other:?}"),
    }
}

/// A Parquet file of many row groups, and a CSV file.
fn bill(folder: &Folder, rows: &[bills::Row]) -> String {
    folder.tables();
    std::fs::create_dir_all(folder.0.join("bill")).unwrap();
    parquet(&folder.path("bill/a.parquet"), &batch(&rows[..4_000], Cost::Narrow, Tag::Column), 700, true);
    folder.write("bill/b.csv", &csv(&rows[4_000..]));
    folder.path("bill")
}

#[test]
fn every_page_together_are_the_rows_and_sum_to_the_figure() {
    let folder = Folder::new("rows");
    let rows = rows(6_000, 11);
    let usage = bill(&folder, &rows);
    let (tags, accounts) = (tag_rules(), account_rules());
    let is = |row: &&bills::Row| {
        let service = row.tag.as_ref().and_then(|tag| tags.get(tag)).or_else(|| accounts.get(&row.account));
        row.month == 5 && service.map(String::as_str) == Some("svc-3")
    };
    let behind: Vec<&bills::Row> = rows.iter().filter(is).collect();
    let sum: i64 = behind.iter().map(|row| row.cost).sum();
    let page = |from: usize| {
        let from = from.to_string();
        let words = ["--usage", &usage, "--service", "svc-3", "--month", "2026-05", "--customer", "cust-4"];
        folder
            .run(
                "rows",
                &[&words[..], &["--from", &from, "--rows", "40", "--columns", "EffectiveCost"]].concat(),
            )
            .unwrap()
    };
    let mut costs = Vec::new();
    for from in (1..=behind.len()).step_by(40) {
        let answer = page(from);
        assert_eq!(answer.json["count"], behind.len());
        assert_eq!(answer.json["total"].as_str().unwrap(), written(sum).trim_end_matches('0'));
        costs.extend(items(&answer).iter().map(|row| row["EffectiveCost"].as_str().unwrap().to_owned()));
    }
    assert_eq!(
        costs,
        behind.iter().map(|row| written(row.cost)).collect::<Vec<_>>(),
        "in the order of files and rows"
    );
    let amount = expected(&rows).0[&("cust-4".to_owned(), "svc-3".to_owned(), "2026-05".to_owned())];
    assert_eq!(page(1).json["amount"], format!("{}.{:02}", amount / 100, amount % 100));
    assert!(page(100_000).json["items"].as_array().unwrap().is_empty());
    let all = ["--usage", &usage, "--service", "svc-3", "--month", "2026-05", "--limit", "all"];
    assert_eq!(items(&folder.run("rows", &all).unwrap()).len(), behind.len());
}

/// Three rows of a month: by tag, of nobody, by account.
fn small(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    folder.write("tags.csv", "tag_app,service\na,A\n");
    folder.write("accounts.csv", "SubAccountId,service\n9,A\n");
    folder
        .write("drivers.csv", "service,customer,month,units\nA,x,2026-01,1\nA,y,2026-01,3\nB,x,2026-01,1\n");
    let usage = folder.write(
        "usage.csv",
        "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app,ResourceId,Note\n10,2026-01-01,1,a,vm,n\n2,2026-01-31,2,z,db,n\n4,2026-01-31,9,,fs,n\n",
    );
    (folder, usage)
}

#[test]
fn a_row_says_its_file_and_place_and_what_decided() {
    let (folder, usage) = small("rows-small");
    let month = ["--usage", usage.as_str(), "--month", "2026-01"];
    let answer = folder.run("rows", &[&month[..], &["--service", "A", "--customer", "y"]].concat()).unwrap();
    assert_eq!(
        Value::from(items(&answer)),
        serde_json::json!([
            {"file": usage, "row": 1, "EffectiveCost": "10", "ChargePeriodStart": "2026-01-01", "SubAccountId": "1", "tag_app": "a", "ResourceId": "vm"},
            {"file": usage, "row": 3, "EffectiveCost": "4", "ChargePeriodStart": "2026-01-31", "SubAccountId": "9", "tag_app": "", "ResourceId": "fs"},
        ])
    );
    assert_eq!(
        answer.notes,
        [
            "2 rows of A in 2026-01 sum to 14.00.",
            "With its part of the 2.00 that no rule matches in 2026-01, A carries 16.00.",
            "y has 3 of 4 units: 12.00.",
        ]
    );
    let answer =
        folder.run("rows", &[&month[..], &["--service", "unmatched", "--columns", "all"]].concat()).unwrap();
    assert_eq!(answer.notes, ["1 rows of 2026-01 that no rule matches sum to 2.00."]);
    assert_eq!(items(&answer)[0]["Note"], "n");
}

#[test]
fn what_is_not_there_is_said() {
    let (folder, usage) = small("rows-wrong");
    let month = ["--usage", usage.as_str(), "--month", "2026-01"];
    for (words, says) in [
        (["--service", "C", "--from", "1"], "there is no service “C” in "),
        (["--service", "A", "--customer", "z"], "there is no customer “z” in "),
        (["--service", "A", "--columns", "Price"], "has no column Price; its columns are EffectiveCost, "),
        (["--service", "A", "--limit", "0"], "--limit 0: say how many rows, from 1 on, or all."),
        (["--service", "B", "--customer", "y"], "y carries nothing of B in 2026-01: it has no rows."),
    ] {
        match folder.run("rows", &[&month[..], &words[..]].concat()) {
            Err(Stop::Usage(told) | Stop::Unclean(told)) => {
                assert!(told.contains(says), "{told}\nshould say\n{says}")
            }
            other => panic!("{other:?}"),
        }
    }
    let empty = folder.run("rows", &[&month[..], &["--service", "B"]].concat()).unwrap();
    assert_eq!((empty.json["count"].as_u64(), items(&empty).len()), (Some(0), 0));
}
