//! Things with a life of their own: the records say what is new.

use access::Role;

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
