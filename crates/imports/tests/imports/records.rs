//! Things with a life of their own: the records say what is new.

use access::Role;
use kernel::listing::Value as Cell;
use serde_json::json;
use testkit::Person;

use super::house::*;

#[test]
fn a_record_is_new_already_so_or_changed_and_named_once_in_a_file() {
    testkit::story(async |house| {
        finance(&house).await;
        let rosa = house.person("rosa", &[Role::RelationshipManager]).await;
        let file = "Key,Name\nCARE,Customer Care\nSALES,Sales\nCARE,Care again\n,Nobody\n";
        let first = run(&rosa, request("units", "units.csv", file)).await.unwrap();
        assert_eq!(counts(&first), [2, 0, 0, 2]);
        let reasons: Vec<&str> = first.reasons.iter().map(|reason| reason.says.as_str()).collect();
        assert_eq!(reasons, ["line 2 is the same record", "key is missing"]);
        let edited = "Key,Name\nCARE,Customer Care North\nSALES,Sales\n";
        let second = run(&rosa, request("units", "edited.csv", edited)).await.unwrap();
        assert_eq!((counts(&second), second.written), ([0, 1, 1, 0], false));
        assert_eq!((second.changes[0].changes[0].old.as_str(), second.changes[0].line), ("Customer Care", 2));
        let third = run(&rosa, replacing(request("units", "edited.csv", edited))).await.unwrap();
        assert_eq!((third.taken.lines, third.clean), (1, true));
        let rows = lists(&rosa, "batch rows", "B-0002").await;
        assert_eq!(column(&rows, "record"), ["CARE"]);
        assert_eq!(column(&rows, "cells"), ["CARE | Customer Care North"]);
        let fourth = run(&rosa, request("units", "edited.csv", edited)).await.unwrap();
        assert_eq!(counts(&fourth), [0, 2, 0, 0]);
        let mut twice = request("units", "edited.csv", edited);
        twice.choices.add_known = true;
        assert_eq!(run(&rosa, twice).await.unwrap_err().code(), "no_such_choice");
    });
}

/// The layout of a list of accounts that has names only.
#[test]
fn keys_are_made_of_names_only_where_it_is_said_and_are_shown_before_anything_is_written() {
    testkit::story(async |house| {
        finance(&house).await;
        let rosa = house.person("rosa", &[Role::RelationshipManager]).await;
        let file = "Name\nAcme Corporation\nBetasoloin\nBeta-Soloin\n\u{e9}\n";
        let unsaid = refusal(run(&rosa, request("units", "names.csv", file)).await.unwrap_err());
        let says = "No column or value is set for: Key (or say that it is made of the name: make_keys yes).";
        assert_eq!(unsaid.says, says);
        let made = || {
            let set = |settings: &mut imports::Settings| {
                settings.constants.insert("make_keys".into(), "yes".into());
            };
            with(request("units", "names.csv", file), set)
        };
        let dry = run(&rosa, imports::RunRequest { dry_run: true, ..made() }).await.unwrap();
        assert_eq!((counts(&dry), dry.samples[0].parsed["key"].as_str()), ([2, 0, 0, 2], "ACMECORPORAT"));
        let reasons: Vec<&str> = dry.reasons.iter().map(|reason| reason.says.as_str()).collect();
        assert_eq!(reasons, ["line 3 is the same record", "no key can be made of its name"]);
        assert_eq!(counts(&run(&rosa, made()).await.unwrap()), [2, 0, 0, 2]);
        assert_eq!(counts(&run(&rosa, made()).await.unwrap()), [0, 2, 0, 2]);
        let keyed = "Key,Name\n,Acme Corporation\nBETA2,Beta-Soloin\n";
        let keyed = with(request("units", "keyed.csv", keyed), |settings| {
            settings.constants.insert("make_keys".into(), "yes".into());
        });
        assert_eq!(counts(&run(&rosa, keyed).await.unwrap()), [1, 1, 0, 0], "a key that is given stays");
    });
}

#[test]
fn who_may_import_and_read_depends_on_what_is_imported() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let rosa = house.person("rosa", &[Role::RelationshipManager]).await;
        let alan = house.person("alan", &[Role::Auditor]).await;
        imports(&priya, "gl.csv", "Account,Amount\n6400,1.00\n").await.unwrap();
        run(&rosa, request("units", "units.csv", "Key,Name\nCARE,Customer Care\n")).await.unwrap();
        assert_eq!(
            imports(&rosa, "gl.csv", "Account,Amount\n6400,2.00\n").await.unwrap_err().code(),
            "not_allowed"
        );
        assert_eq!(
            imports(&alan, "gl.csv", "Account,Amount\n6400,2.00\n").await.unwrap_err().code(),
            "not_allowed"
        );
        assert_eq!(reverts(&rosa, "B-0001").await.unwrap_err().code(), "not_allowed");
        assert_eq!(column(&lists(&rosa, "batch list", "").await, "batch"), ["B-0002"]);
        assert_eq!(column(&lists(&alan, "batch list", "").await, "batch"), ["B-0002", "B-0001"]);
        for reading in ["batch show", "batch rows", "batch rejects", "batch reject-file"] {
            let foreign = reads(&rosa, reading, "B-0001").await.map(drop).unwrap_err();
            let missing = reads(&rosa, reading, "B-0099").await.map(drop).unwrap_err();
            assert_eq!(
                (foreign.code(), foreign.to_string()),
                ("not_found", missing.to_string()),
                "{reading}"
            );
        }
        let kinds = sees(&rosa, "import kinds", "").await;
        let kinds: Vec<&str> =
            kinds["kinds"].as_array().unwrap().iter().map(|kind| kind["kind"].as_str().unwrap()).collect();
        assert!(kinds.contains(&"units") && !kinds.contains(&"lines"), "{kinds:?}");
    });
}

/// Ends that role of that person.
async fn ends(adam: &Person, username: &str, role: &str) {
    let grants = adam.lists("grant list", &[]).await;
    let of = |row: &Vec<Cell>, key: &str| grants.value(row, key).unwrap().plain();
    let row = grants.rows.iter().find(|row| of(row, "username") == username && of(row, "role") == role);
    let id = of(row.unwrap(), "id");
    adam.does_to("grant end", &[("id", &id)], json!({}), None).await.unwrap();
}

/// What `who` is told of each batch, newest first: its number, and what became of its fields.
async fn told(who: &Person, reading: &str, params: &[(&str, &str)]) -> Vec<(String, String)> {
    let list = who.lists(reading, params).await;
    let of = |row: &Vec<Cell>, key: &str| list.value(row, key).unwrap().plain();
    let batches = list.rows.iter().filter(|row| of(row, "noun") == "batch");
    batches.map(|row| (of(row, "record_key"), of(row, "changes"))).collect()
}

#[test]
fn a_batch_is_seen_by_who_may_read_what_it_brought_in_and_by_who_made_it_but_no_amount_of_it() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let rosa = house.person("rosa", &[Role::RelationshipManager]).await;
        let nina = house.person("nina", &[Role::FinanceManager, Role::RelationshipManager]).await;
        let adam = house.person("adam", &[Role::Administrator]).await;
        imports(&priya, "gl.csv", "Account,Amount\n6400,1.00\n").await.unwrap();
        run(&rosa, request("units", "units.csv", "Key,Name\nCARE,Customer Care\n")).await.unwrap();
        imports(&nina, "late.csv", "Account,Amount\n6500,27.50\n").await.unwrap();
        ends(&adam, "nina", "finance manager").await;
        for (who, seen, totals) in [
            (&priya, vec!["B-0003", "B-0002", "B-0001"], vec!["27.50", "", "1.00"]),
            (&rosa, vec!["B-0002"], vec![""]),
            (&nina, vec!["B-0003", "B-0002"], vec!["", ""]),
        ] {
            let list = lists(who, "batch list", "").await;
            assert_eq!((column(&list, "batch"), column(&list, "total")), (owned(&seen), owned(&totals)));
            let mut recent: Vec<String> =
                told(who, "history recent", &[]).await.into_iter().map(|(batch, _)| batch).collect();
            recent.dedup();
            assert_eq!(recent, seen, "{}", who.username);
        }
        amounts_are_of_who_reads_money(&priya, &nina).await;
        let of = [("noun", "batch"), ("record", "B-0003")];
        assert!(told(&rosa, "history of", &of).await.is_empty());
    });
}

/// What B-0003 holds is told to who reads money, and to nobody else, whoever made it.
async fn amounts_are_of_who_reads_money(priya: &Person, nina: &Person) {
    let of = [("noun", "batch"), ("record", "B-0003")];
    for (who, amount) in [(priya, true), (nina, false)] {
        for told in [told(who, "history recent", &[]).await, told(who, "history of", &of).await] {
            let late: Vec<_> = told.iter().filter(|(batch, _)| batch == "B-0003").collect();
            assert!(!late.is_empty(), "{}", who.username);
            assert_eq!(late.iter().any(|(_, changes)| changes.contains("2750")), amount, "{late:?}");
        }
    }
    let own = sees(nina, "batch show", "B-0003").await;
    assert_eq!((own["state"].as_str(), own["written_by"].as_str()), (Some("written"), Some("NINA")));
    let within = ["total", "control_total", "report"].map(|field| own[field].is_null());
    assert_eq!(within, [true; 3], "{own}");
    for reading in ["batch rows", "batch rejects", "batch reject-file", "batch preview"] {
        assert_eq!(reads(nina, reading, "B-0003").await.map(drop).unwrap_err().code(), "not_found");
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
