//! Stories of the ledger, each on SQLite and on PostgreSQL.

mod always_balanced;
mod house;

use access::{Role, View, history};
use house::{amounts, does, euro, finance, lists, posts, reads, try_post};
use kernel::{Currency, Money, Period};
use ledger::{Filter, NewPosting, NewTransaction, Original, Source};
use serde_json::json;

/// `faults.md`, "Opening balance of everybody".
#[test]
fn with_a_cost_centre_chosen_the_opening_is_its_own() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        posts(
            &priya,
            "2026-01",
            &[("6400", Some("A"), 30_000), ("6400", Some("B"), 70_000), ("clearing", None, -100_000)],
        )
        .await
        .unwrap();
        posts(&priya, "2026-02", &[("6400", Some("A"), 5_000), ("clearing", None, -5_000)]).await.unwrap();
        let columns = ["opening", "movement", "closing"];
        let of_a =
            lists(&priya, "ledger trial-balance", &[("period", "2026-02"), ("cost_centre", "A")]).await;
        assert_eq!(amounts(&of_a, "6400", &columns), ["300.00", "50.00", "350.00"]);
        let of_all = lists(&priya, "ledger trial-balance", &[("period", "2026-02")]).await;
        assert_eq!(amounts(&of_all, "6400", &columns), ["1000.00", "50.00", "1050.00"]);
        let of_project =
            lists(&priya, "ledger trial-balance", &[("period", "2026-02"), ("project", "P1")]).await;
        assert_eq!(of_project.rows.len(), 0);
    });
}

#[test]
fn months_in_the_wrong_order_are_refused_and_not_reckoned_with() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        posts(&priya, "2026-01", &[("6400", None, 100), ("clearing", None, -100)]).await.unwrap();
        let turned = [("from", "2026-03"), ("to", "2026-01")];
        for reading in ["ledger trial-balance", "ledger postings", "ledger export"] {
            let refused = reads(&priya, reading, &turned).await.err().unwrap();
            let says = format!("{refused:?}");
            assert!(says.contains("The last month is before the first."), "{reading}: {says}");
        }
    });
}

#[test]
fn every_figure_of_the_trial_balance_opens_to_postings_that_sum_to_it() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        for (period, amount) in [("2026-01", 30_000), ("2026-02", 5_000), ("2026-03", 7_000)] {
            posts(&priya, period, &[("6400", Some("A"), amount), ("clearing", None, -amount)]).await.unwrap();
        }
        let balance =
            lists(&priya, "ledger trial-balance", &[("period", "2026-02"), ("cost_centre", "A")]).await;
        for (column, expected) in [("opening", "300.00"), ("movement", "50.00"), ("closing", "350.00")] {
            let template = balance.columns.iter().find(|c| c.key == column).and_then(|c| c.link).unwrap();
            let link = balance.link(template, &balance.rows[0]).unwrap().replace("%2A", "*");
            let query: Vec<(&str, &str)> =
                link.split_once('?').unwrap().1.split('&').filter_map(|pair| pair.split_once('=')).collect();
            let rows = lists(&priya, "ledger postings", &query).await;
            let place = rows.columns.iter().position(|c| c.key == "amount").unwrap();
            assert_eq!(rows.totals[place].as_ref().unwrap().plain(), expected, "{link}");
        }
    });
}

#[test]
fn a_transaction_that_does_not_balance_leaves_nothing_behind() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let mut cx = priya.cx().await;
        let refused =
            try_post(&mut cx, "2026-09", &[("6400", None, 100), ("clearing", None, -99)]).await.unwrap_err();
        assert_eq!(refused.code(), "not_balanced");
        cx.tx.commit().await.unwrap();
        assert_eq!(lists(&priya, "ledger list", &[]).await.count, 0);
        assert_eq!(
            posts(&priya, "2026-09", &[("6400", None, 100), ("clearing", None, -100)]).await.unwrap().number,
            1
        );
    });
}

#[test]
fn a_reversal_is_the_mirror_image_names_the_period_it_corrects_and_happens_once() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let posted = posts(&priya, "2026-08", &[("6400", Some("A"), 1_234), ("clearing", None, -1_234)])
            .await
            .unwrap();
        let (september, mut cx) = (period("2026-09"), priya.cx().await);
        assert_eq!(ledger::standing(&mut cx.tx, "batch", "2026-08").await.unwrap().len(), 1);
        let day = september.first_day();
        let mirror = ledger::reverse(&mut cx, posted.id, september, day, "Booked twice").await.unwrap();
        let twice = ledger::reverse(&mut cx, posted.id, september, day, "Again").await.unwrap_err();
        assert_eq!(twice.code(), "reversed_before");
        let back = ledger::reverse(&mut cx, mirror.id, september, day, "Back").await.unwrap_err();
        assert_eq!(back.code(), "is_reversal");
        assert_eq!(ledger::standing(&mut cx.tx, "batch", "2026-08").await.unwrap(), []);
        let september =
            ledger::trial_balance(&mut cx.tx, Currency::EUR, &Filter::of(september)).await.unwrap();
        let line = september.of("6400").unwrap();
        assert_eq!((line.opening, line.movement, line.closing), (euro(1_234), euro(-1_234), euro(0)));
        cx.tx.commit().await.unwrap();
        let View::Record(shown) = reads(&priya, "ledger show", &[("number", "T-2")]).await.unwrap() else {
            panic!("a transaction is a record");
        };
        assert_eq!(shown["corrects"], "2026-08");
        assert_eq!(shown["text"], "Reversal of T-1: Lines of 2026-08");
        assert_eq!(shown["postings"][0]["amount"], json!({"amount": "-12.34", "currency": "EUR"}));
    });
}

#[test]
fn postings_and_transactions_cannot_be_changed_or_removed_in_the_database_either() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        posts(&priya, "2026-09", &[("6400", None, 100), ("clearing", None, -100)]).await.unwrap();
        for sql in [
            "update ledger_postings set amount = 0",
            "delete from ledger_postings",
            "update ledger_transactions set note = 'x'",
            "delete from ledger_transactions",
        ] {
            let mut cx = priya.cx().await;
            let error = cx.tx.query(sql).execute().await.unwrap_err();
            assert!(error.to_string().contains("append-only"), "{sql}: {error}");
        }
    });
}

#[test]
fn an_earlier_state_of_the_ledger_can_be_read_again() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        house.at("2026-10-02T09:30:00Z");
        posts(&priya, "2026-09", &[("6400", None, 100), ("clearing", None, -100)]).await.unwrap();
        house.at("2026-10-05T00:00:00Z");
        posts(&priya, "2026-09", &[("6400", None, 50), ("clearing", None, -50)]).await.unwrap();
        for (as_of, closing) in [("2026-10-04", "1.00"), ("2026-10-05", "1.50")] {
            let then =
                lists(&priya, "ledger trial-balance", &[("period", "2026-09"), ("as_of", as_of)]).await;
            assert_eq!(amounts(&then, "6400", &["closing"]), [closing], "as of {as_of}");
        }
        let before = lists(&priya, "ledger trial-balance", &[("as_of", "2026-10-01")]).await;
        assert_eq!(before.rows.len(), 0);
    });
}

#[test]
fn the_journal_reads_as_plain_text_accounting() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let mut cx = priya.cx().await;
        let cloud = ledger::ensure(&mut cx, "6410", "Cloud; all", ledger::Class::Cost).await.unwrap();
        let clearing =
            ledger::ensure(&mut cx, "9000", "Ledger clearing", ledger::Class::Balance).await.unwrap();
        let usd = |minor| Original {
            money: Money::of_minor(minor, Currency::USD),
            rate: "1.1106 USD per EUR, month average Sep 2024, ECB".into(),
        };
        let debit = NewPosting::new(cloud.id, 90_041).of(Some("7700".into()));
        let new = NewTransaction {
            kind: "import".into(),
            period: period("2024-09"),
            day: "2024-09-30".parse().unwrap(),
            text: "Cloud bill".into(),
            source: Source { kind: "batch".into(), id: "b".into() },
            corrects: None,
            postings: vec![
                NewPosting { original: Some(usd(100_000)), ..debit },
                NewPosting { original: Some(usd(-100_000)), ..NewPosting::new(clearing.id, -90_041) },
            ],
        };
        ledger::post(&mut cx, new).await.unwrap();
        let text = ledger::journal(&mut cx.tx, Currency::EUR, &Filter::of(period("2024-09"))).await.unwrap();
        let expected = "\n2024-09-30 * (T-1) Cloud bill\n    ; period: 2024-09\n    \
                        cost:6410 Cloud all  USD 1000.00 @@ EUR 900.41  ; cost_centre: 7700\n    \
                        balance:9000 Ledger clearing  USD -1000.00 @@ EUR 900.41\n";
        assert_eq!(text, expected);
        let other = ledger::journal(&mut cx.tx, Currency::EUR, &Filter::of(period("2024-10"))).await.unwrap();
        assert_eq!(other, "");
    });
}

#[test]
fn an_account_is_added_changed_by_version_and_told_in_the_history() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let input = json!({"code": "0640", "name": "Licences", "class": "cost"});
        does(&priya, "account add", &[], input, None).await.unwrap();
        let again = json!({"code": "0640", "name": "Other", "class": "cost"});
        assert_eq!(
            does(&priya, "account add", &[], again, None).await.unwrap_err().code(),
            "account_code_taken"
        );
        let change = json!({"name": "Software licences"});
        let at = [("code", "0640")];
        assert_eq!(
            does(&priya, "account edit", &at, change.clone(), Some(9)).await.unwrap_err().code(),
            "stale"
        );
        assert_eq!(does(&priya, "account edit", &at, change, Some(1)).await.unwrap().version, Some(2));
        posts(&priya, "2026-09", &[("0640", None, 5), ("clearing", None, -5)]).await.unwrap();
        let class = json!({"class": "asset"});
        assert_eq!(
            does(&priya, "account edit", &at, class, Some(2)).await.unwrap_err().code(),
            "account_class_in_use"
        );
        let mut cx = priya.cx().await;
        assert!(history::verify(&mut cx.tx, None).await.unwrap().is_ok());
        let nouns: Vec<&access::Noun> = ledger::NOUNS.to_vec();
        assert_eq!(history::check(&mut cx.tx, &nouns).await.unwrap(), []);
    });
}

#[test]
fn only_those_who_read_money_read_the_ledger() {
    testkit::story(async |house| {
        finance(&house).await;
        let rosa = house.person("rosa", &[Role::RelationshipManager]).await;
        for reading in
            ["ledger list", "ledger postings", "ledger trial-balance", "ledger export", "account list"]
        {
            assert_eq!(
                reads(&rosa, reading, &[]).await.map(drop).unwrap_err().code(),
                "not_allowed",
                "{reading}"
            );
        }
        let account = json!({"code": "1", "name": "x", "class": "cost"});
        assert_eq!(does(&rosa, "account add", &[], account, None).await.unwrap_err().code(), "not_allowed");
    });
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}
