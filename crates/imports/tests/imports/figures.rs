//! Figures: what is read is what is shown, adds up, and is never guessed.

use kernel::listing::{Column, Kind, Listing};
use kernel::{Currency, Money};

use super::house::*;

/// `cli.md`: the lines of a dry run.
#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let mut file = String::from("Date;Account;Amount\n");
        for n in 1..=6 {
            file.push_str(&format!("{n:02}/09/2026;6400;1,000.00\n"));
        }
        file.push_str(
            "30/09/2026;7719;0.11\n31/09/2026;6400;3.00\n29/09/2026;7719;-5.00\n28/09/2026;7719;5.00\n",
        );
        let set = |request| {
            with(request, |settings| {
                settings.date_order = Some("D/M/Y".into());
                settings.thousands_mark = Some("comma".into());
                settings.decimal_mark = Some("point".into());
            })
        };
        let mut dry = set(request("lines", "sep.csv", &file));
        dry.dry_run = true;
        let report = run(&priya, dry).await.unwrap();
        let says = report.says();
        assert_eq!(
            says[..3],
            [
                "Read 10 lines, total €6,003.11 (decimal \".\", dates D/M/Y)",
                "  6 new   0 already imported   0 changed   4 rejected",
                "  rejected: line 8 cost centre 7719 unknown (3 lines) · line 9 date \"31/09/2026\" does not exist",
            ]
        );
        assert_eq!(says.last().unwrap(), "Nothing written.");
        assert_eq!((report.clean, report.batch), (false, None));
        assert_eq!(lists(&priya, "batch list", "").await.count, 0);
        let written = run(&priya, set(request("lines", "sep.csv", &file))).await.unwrap();
        assert_eq!(written.says().last().unwrap(), "Written 6 lines, €6,000.00 as B-0001.");
        assert_eq!(standing(&priya).await, (6, 600_000));
    });
}

#[test]
fn a_control_total_that_differs_lets_nothing_in() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let file = "Date,Account,Amount\n2026-09-01,6400,100.00\n2026-09-02,6400,50.00\n";
        let set = |total: &str| {
            let total = Some(total.to_owned());
            with(request("lines", "gl.csv", file), |settings| settings.control_total = total)
        };
        let refused = refusal(run(&priya, set("140.00")).await.unwrap_err());
        assert_eq!(refused.kind.code, "control_total_differs");
        assert_eq!(refused.says, "The file adds up to €150.00, the control total is 140.00: €10.00 apart.");
        assert_eq!(refused.kind.status.exit(), 6);
        assert_eq!(run(&priya, set("1,5")).await.unwrap_err().code(), "invalid_input");
        assert_eq!(standing(&priya).await, (0, 0));
        let written = run(&priya, set("150.00")).await.unwrap();
        assert_eq!(
            (written.clean, written.batch.as_deref()),
            (true, Some("B-0001")),
            "no number was used up"
        );
    });
}

#[test]
fn a_file_that_can_be_read_in_two_ways_is_not_written_before_somebody_says_which() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let file = "Date,Account,Amount\n03/09/2026,6400,100.00\n04/09/2026,6400,50.00\n";
        let refused = refusal(imports(&priya, "gl.csv", file).await.unwrap_err());
        assert_eq!((refused.kind.code, refused.kind.status.exit()), ("import_questions_open", 6));
        let set = |order: &str| {
            let order = Some(order.to_owned());
            with(request("lines", "gl.csv", file), |settings| settings.date_order = order)
        };
        let report = run(&priya, set("D/M/Y")).await.unwrap();
        assert_eq!(report.samples[0].raw, ["03/09/2026", "6400", "100.00"]);
        assert_eq!(report.samples[0].parsed["day"], "2026-09-03");
    });
}

/// `faults.md`, "Yen".
#[test]
fn every_currency_keeps_its_own_digits_and_comes_back_unchanged() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let file = "Account,Text,Amount,Currency\n1,a,100000,JPY\n2,b,7,JPY\n3,c,1.234,KWD\n4,d,12.34,EUR\n5,e,4.5,JPY\n";
        let report = imports(&priya, "charges.csv", file).await.unwrap();
        assert_eq!(counts(&report), [4, 0, 0, 1]);
        assert_eq!(
            report.reasons[0].says,
            "amount \"4.5\" has more digits after the decimal mark than JPY (0)"
        );
        let totals: Vec<&str> = report.new.totals.iter().map(|total| total.says.as_str()).collect();
        assert_eq!(totals, ["€12.34", "¥100,007", "KWD\u{a0}1.234"]);
        let row = |account: &str, text: &str, minor, code: &str| {
            let money = Money::of_minor(minor, Currency::parse(code).unwrap());
            vec![account.into(), text.into(), money.into(), code.into()]
        };
        let export = Listing {
            name: "charge",
            caption: "Charges".into(),
            columns: vec![
                Column::new("account", "Account", Kind::Code),
                Column::new("text", "Text", Kind::Text),
                Column::new("amount", "Amount", Kind::Money),
                Column::new("currency", "Currency", Kind::Code),
            ],
            rows: vec![
                row("1", "a", 100_000, "JPY"),
                row("2", "b", 7, "JPY"),
                row("3", "c", 1_234, "KWD"),
                row("4", "d", 1_234, "EUR"),
            ],
            count: 4,
            totals: vec![None; 4],
            asked: kernel::listing::Asked::default(),
        };
        let back = sheets::write_csv(&export, sheets::CsvStyle::default());
        assert_eq!(counts(&imports(&priya, "back.csv", &back).await.unwrap()), [0, 4, 0, 0]);
    });
}

/// Blank rows and rows of totals are named, never loaded, never dropped in silence.
#[test]
fn a_files_own_total_is_shown_and_not_loaded() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let file = "Account,Text,Amount\n6400,Licences,100.00\n6500,Cloud,50.00\n,,\nTotal,,150.00\n";
        let report = imports(&priya, "gl.csv", file).await.unwrap();
        assert_eq!((counts(&report), report.totals[0].amount.as_str()), ([2, 0, 0, 0], "150.00"));
        let notes = report.notes.join("\n");
        assert!(notes.contains("1 line left out, blank: line 4"), "{notes}");
        assert!(notes.contains("line 5 gives the total €150.00: the same as read"), "{notes}");
    });
}

#[test]
fn a_large_file_goes_through_in_chunks() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let mut file = String::from("Document,Position,Account,Amount\n");
        for n in 1..=2_345 {
            file.push_str(&format!("D{n},1,6400,1.00\n"));
        }
        let mut seen = Vec::new();
        let mut cx = priya.cx().await;
        imports::run(&mut cx, request("lines", "gl.csv", &file), &mut |lines| seen.push(lines))
            .await
            .unwrap();
        cx.tx.commit().await.unwrap();
        assert_eq!(seen, [500, 1_000, 1_500, 2_000, 2_345]);
        assert_eq!(standing(&priya).await, (2_345, 234_500));
        assert_eq!(counts(&imports(&priya, "gl.csv", &file).await.unwrap()), [0, 2_345, 0, 0]);
    });
}
