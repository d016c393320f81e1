//! The close of a month: who may, what is in the way, what it posts, and back, on both engines.

use crate::month::{AT, MONTH, booked, evidence, imports, ledger, open, september};
use access::history;
use app::registry;
use kernel::Refused;
use serde_json::json;
use testkit::{Person, TestHouse, story};

#[test]
fn a_month_is_signed_and_closed_by_others_than_who_prepared_it() {
    story(async |house| {
        let people = september(&house).await;
        let (priya, henrik, tomas) = (&people.priya, &people.henrik, &people.tomas);
        assert_eq!(open(priya).await, [9]);
        assert_eq!(
            evidence(priya, 7).await,
            "Ledger €525,151.89, allocated €525,051.89, unallocated €100.00: difference €0.00."
        );

        let own = priya.does_to("period sign", &AT, json!({}), None).await.unwrap_err();
        assert_eq!(own.code(), "same_person");
        tomas.does_to("period sign", &AT, json!({}), None).await.unwrap();
        assert!(open(priya).await.is_empty());
        let own = priya.does_to("period close", &AT, json!({}), None).await.unwrap_err();
        assert_eq!(own.code(), "same_person", "who imported does not close");
        let executive = tomas.does_to("period close", &AT, json!({}), None).await.unwrap_err();
        assert_eq!(executive.code(), "not_allowed");

        let done = henrik.does_to("period close", &AT, json!({}), None).await.unwrap();
        assert!(done.changed);
        let close = priya.sees("close show", &AT).await;
        assert_eq!(
            (close["state"].as_str(), close["steps"][9]["satisfied"].as_bool()),
            (Some("soft-closed"), Some(true))
        );
        assert_eq!(priya.sees("run show", &AT).await["state"], "final");
        let again = priya.does("allocate run", json!({"period": MONTH})).await.unwrap_err();
        assert_eq!(again.code(), "run_period_final");

        // The checkpoint that leaves the machine is where the history ends.
        let mut cx = henrik.cx().await;
        let checkpoint: history::Checkpoint =
            serde_json::from_value(done.body["checkpoint"].clone()).unwrap();
        assert_eq!(history::verify(&mut cx.tx, Some(&checkpoint)).await.unwrap(), Ok(checkpoint.seq));
        assert!(history::check(&mut cx.tx, &registry::nouns()).await.unwrap().is_empty());
    });
}

/// `demo.md` 4.7: Business Sales carries 122 of 1,357 seats of €525,051.89, which is €47,204.37.
#[test]
fn the_close_posts_the_allocation_once_however_often_it_is_asked() {
    story(async |house| {
        let people = september(&house).await;
        people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap();
        let command = registry::command("period close").unwrap();
        let mut waiting = Vec::new();
        for n in 0..4 {
            let (inner, who) = (house.house.clone(), people.henrik.who().await);
            let params = access::Params([("period".to_owned(), MONTH.to_owned())].into());
            let request =
                app::Request { params, body: json!({}), key: Some(format!("close-{n}")), expected: None };
            waiting.push(tokio::spawn(async move { app::run(&inner, command, who, request).await }));
        }
        let mut changed = 0;
        for task in waiting {
            changed += usize::from(task.await.unwrap().unwrap().changed);
        }
        assert_eq!(changed, 1);
        for (account, cents) in [
            ("CHARGED-BS", 4_720_437),
            ("CENTRAL-POOL-OTHER", 100_00),
            ("POOL-CLOUD", 0),
            ("POOL-OTHER", 0),
            ("POOLED", -(52_505_189 + 100_00)),
        ] {
            assert_eq!(booked(&people.priya, account).await, cents, "{account}");
        }
        let charged =
            booked(&people.priya, "CHARGED-CARE").await + booked(&people.priya, "CHARGED-FIN").await;
        assert_eq!(charged, 52_505_189 - 4_720_437);
    });
}

/// `faults.md`, “The approver is a field in the request”.
#[test]
fn the_signer_is_whoever_is_signed_in_whatever_the_request_says() {
    story(async |house| {
        let people = september(&house).await;
        for (person, body) in [
            (&people.priya, json!({"reviewer": "tomas"})),
            (&people.henrik, json!({"reviewer": "tomas"})),
            (&people.henrik, json!({"signed_by": people.tomas.id.to_string()})),
        ] {
            let refused = person.does_to("period sign", &AT, body, None).await.unwrap_err();
            assert_eq!(refused.code(), "invalid_input");
        }
        assert_eq!(evidence(&people.priya, 9).await, "Waits for HENRIK or TOMAS.");
        people.henrik.does_to("period sign", &AT, json!({}), None).await.unwrap();
        assert_eq!(evidence(&people.priya, 9).await, "Signed by HENRIK.");
    });
}

#[test]
fn any_later_change_of_what_the_run_started_from_makes_the_signature_void() {
    story(async |house| {
        let people = september(&house).await;
        people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap();
        assert!(open(&people.priya).await.is_empty());
        let late = ledger(&[("3", "6400", "0.01")]);
        imports(&people.priya, "gl", &late, Some("0.01")).await.unwrap();
        assert_eq!(open(&people.priya).await, [6, 7, 9]);
        assert_eq!(
            evidence(&people.priya, 9).await,
            "TOMAS signed, then something changed: it waits again for HENRIK or TOMAS."
        );
        let refused = people.henrik.does_to("period close", &AT, json!({}), None).await.unwrap_err();
        assert_eq!(refused.code(), "close_steps_open");

        people.priya.does("allocate run", json!({"period": MONTH})).await.unwrap();
        assert_eq!(open(&people.priya).await, [9], "a new run is another run");
        people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap();
        people.henrik.does_to("period close", &AT, json!({}), None).await.unwrap();
        assert_eq!(booked(&people.priya, "POOLED").await, -(52_505_190 + 100_00));
    });
}

#[test]
fn a_close_that_is_refused_names_the_open_steps_and_what_to_do() {
    story(async |house| {
        let people = crate::month::organisation(&house).await;
        let early = people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap_err();
        assert_eq!(early.code(), "close_not_in_review");
        let lines = ledger(&[("1", "6400", "10.00"), ("2", "9999", "1.50")]);
        imports(&people.priya, "gl", &lines, None).await.unwrap();
        people.priya.does_to("period review", &AT, json!({}), None).await.unwrap();
        let Refused::Refusal(refused) =
            people.henrik.does_to("period close", &AT, json!({}), None).await.unwrap_err()
        else {
            panic!("a refusal")
        };
        assert_eq!(refused.kind.code, "close_steps_open");
        assert_eq!(refused.says, "Cannot close Sep 2026: steps 1, 2, 3, 5, 6, 7 and 9 are open.");
        let told: Vec<_> =
            refused.fields.iter().map(|field| (field.field.as_str(), field.says.as_str())).collect();
        assert!(
            told.contains(&(
                "3 usage",
                "No quantity of SEATS. → quarterdeck import drivers FILE --period 2026-09"
            )),
            "{told:?}"
        );
        assert!(told[3].1.starts_with("B-0001 rejected: 1 line, €1.50."), "{told:?}");
        let Refused::Refusal(signing) =
            people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap_err()
        else {
            panic!("a refusal")
        };
        assert_eq!(signing.says, "Cannot sign Sep 2026: steps 1, 2, 3, 5, 6 and 7 are open.");
    });
}

#[test]
fn rejected_lines_are_left_out_by_a_named_exception_and_only_as_they_were() {
    story(async |house| {
        let people = september(&house).await;
        let lines = ledger(&[("8", "6400", "5.00"), ("9", "9999", "1.50")]);
        imports(&people.priya, "gl", &lines, Some("6.50")).await.unwrap();
        people.priya.does("allocate run", json!({"period": MONTH})).await.unwrap();
        assert_eq!(open(&people.priya).await, [5, 9]);
        let body = |batch: &str, amount: &str| json!({"batch": batch, "amount": amount, "reason": "account 9999 is no more"});
        for (body, code) in
            [(body("B-0007", "1.50"), "close_no_rejects"), (body("B-0003", "1,50"), "invalid_input")]
        {
            let refused = people.priya.does_to("close except", &AT, body, None).await.unwrap_err();
            assert_eq!(refused.code(), code);
        }
        let done = people.priya.does_to("close except", &AT, body("B-0003", "1.50"), None).await.unwrap();
        assert!(done.changed);
        let again = people.priya.does_to("close except", &AT, body("B-0003", "1.50"), None).await.unwrap();
        assert!(!again.changed);
        assert_eq!(open(&people.priya).await, [9]);
        assert_eq!(
            evidence(&people.priya, 5).await,
            "Every cost line has its pool; B-0003 left out: 1 line, €1.50, €1.50: account 9999 is no more."
        );
        let own = people.priya.does_to("period sign", &AT, json!({}), None).await.unwrap_err();
        assert_eq!(own.code(), "same_person");
        people.henrik.does_to("period sign", &AT, json!({}), None).await.unwrap();
        let changed = people.priya.does_to("close except", &AT, body("B-0003", "1.60"), None).await.unwrap();
        assert!(changed.changed);
        assert_eq!(open(&people.priya).await, [9], "what was signed did not say so");
    });
}

#[test]
fn closing_needs_a_recent_sign_in() {
    story(async |house| {
        let people = september(&house).await;
        people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap();
        for name in ["period close", "period reopen", "period finish"] {
            let mut who = people.henrik.who().await;
            who.signed_in_at = who.signed_in_at.map(|at| at - chrono::TimeDelta::seconds(601));
            let params = access::Params([("period".to_owned(), MONTH.to_owned())].into());
            let request = app::Request { params, body: json!({}), key: Some(name.into()), expected: None };
            let refused =
                app::run(&house.house, registry::command(name).unwrap(), who, request).await.unwrap_err();
            assert_eq!(refused.code(), "sign_in_again", "{name}");
        }
    });
}

#[test]
fn a_close_and_each_day_leave_a_checkpoint_where_a_folder_is_set() {
    story(async |house| {
        let people = september(&house).await;
        let henrik = &people.henrik;
        people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap();
        let folder = testkit::fresh_folder("checkpoints");
        let keeping = app::House { checkpoints: Some(folder.clone()), ..house.house.clone() };
        let henriks =
            Person { house: TestHouse { house: keeping.clone(), ..house.clone() }, ..henrik.clone() };
        let done = henriks.does_to("period close", &AT, json!({}), None).await.unwrap();
        let checkpoint: history::Checkpoint =
            serde_json::from_value(done.body["checkpoint"].clone()).unwrap();
        let kept = |name: String| {
            let text = std::fs::read_to_string(folder.join(name)).unwrap();
            serde_json::from_str::<history::Checkpoint>(&text).unwrap()
        };
        assert_eq!(kept(format!("checkpoint-close-{MONTH}-{}.json", checkpoint.seq)), checkpoint);
        // One more each day, whatever happens on it.
        assert!(app::checkpoints::keep_todays(&keeping).await.unwrap());
        assert!(!app::checkpoints::keep_todays(&keeping).await.unwrap(), "once a day");
        assert!(!app::checkpoints::keep_todays(&house.house).await.unwrap(), "only where a folder is set");
        let today = house.house.clock.now().date_naive();
        assert_eq!(kept(format!("checkpoint-day-{today}.json")).seq, checkpoint.seq);
        std::fs::remove_dir_all(&folder).unwrap();
    });
}
