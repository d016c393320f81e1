//! The same line again: look-alikes, undone imports, changed lines, mended rejects.

use serde_json::json;

use super::house::*;

const TAXIS: &str = "Date;Account;Text;Amount\n2026-09-15;7700;Taxi;15.00\n2026-09-15;7700;Taxi;15.00\n\
                     2026-09-16;7700;Taxi;15.00\n";

/// `faults.md`, "Two real lines that look alike".
#[test]
fn two_real_lines_that_look_alike_both_count_and_a_third_copy_is_one_more() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let first = imports(&priya, "taxi.csv", TAXIS).await.unwrap();
        assert_eq!((counts(&first), first.totals[0].says.as_str()), ([3, 0, 0, 0], "€45.00"));
        assert!(
            first.notes.contains(&"2 equal lines in this file; each counts".to_owned()),
            "{:?}",
            first.notes
        );
        let second = imports(&priya, "taxi.csv", TAXIS).await.unwrap();
        assert_eq!((counts(&second), second.written, second.batch), ([0, 3, 0, 0], false, None));
        let third =
            imports(&priya, "taxi3.csv", &format!("{TAXIS}2026-09-15;7700;Taxi;15.00\n")).await.unwrap();
        assert_eq!((counts(&third), third.batch.as_deref()), ([1, 3, 0, 0], Some("B-0002")));
        assert_eq!(standing(&priya).await, (4, 6_000));
    });
}

#[test]
fn the_same_line_is_known_however_the_file_writes_it() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        imports(&priya, "a.csv", "Date,Account,Amount\n2026-09-15,0700,1500.50\n").await.unwrap();
        let other = "Amount;Account;Date\n1.500,50;0700;15.09.2026\n";
        let other = with(request("lines", "b.csv", other), |settings| {
            settings.date_order = Some("D/M/Y".into());
            settings.decimal_mark = Some("comma".into());
            settings.thousands_mark = Some("point".into());
            settings.currency = Some("EUR".into());
            settings.constants.insert("lenient".into(), "yes".into());
        });
        assert_eq!(counts(&run(&priya, other).await.unwrap()), [0, 1, 0, 0]);
        let code = imports(&priya, "c.csv", "Date,Account,Amount\n2026-09-15,700,1500.50\n").await.unwrap();
        assert_eq!(counts(&code), [1, 0, 0, 0], "0700 is not 700");
    });
}

/// A line is known again by what is read of it: without its text it looks new, and would be there twice.
#[test]
fn a_file_read_by_other_columns_is_not_counted_twice() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        imports(&priya, "taxi.csv", TAXIS).await.unwrap();
        let without_text = || {
            with(request("lines", "taxi.csv", TAXIS), |settings| {
                settings.columns = [("Date", "day"), ("Account", "account"), ("Amount", "amount")]
                    .map(|(column, field)| (column.to_owned(), field.to_owned()))
                    .into();
            })
        };
        let refused = refusal(run(&priya, without_text()).await.unwrap_err());
        assert_eq!(refused.kind.code, "import_counted_twice");
        assert_eq!(
            refused.says,
            "B-0001 wrote 3 lines of this very file, read otherwise; 3 more would count some of them twice."
        );
        assert_eq!(standing(&priya).await, (3, 4_500));
        reverts(&priya, "B-0001").await.unwrap();
        assert_eq!(counts(&run(&priya, without_text()).await.unwrap()), [3, 0, 0, 0]);
        assert_eq!(standing(&priya).await, (3, 4_500));
    });
}

/// `faults.md`, "Undo, then import again".
#[test]
fn after_an_import_is_undone_all_its_lines_are_new_again() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let file = |first: &str| {
            let rest: String = (2..=10).map(|n| format!("2026-09-{n:02},6400,100.00\n")).collect();
            format!("Date,Account,Amount\n2026-09-01,6400,{first}\n{rest}")
        };
        for (amount, number) in [("100.00", "B-0001"), ("100.00", "B-0002")] {
            let report = imports(&priya, "gl.csv", &file(amount)).await.unwrap();
            assert_eq!((counts(&report), report.batch.as_deref()), ([10, 0, 0, 0], Some(number)));
            assert_eq!(standing(&priya).await, (10, 100_000));
            reverts(&priya, number).await.unwrap();
            assert_eq!(standing(&priya).await, (0, 0));
        }
        let mended = imports(&priya, "gl.csv", &file("105.00")).await.unwrap();
        assert_eq!(counts(&mended), [10, 0, 0, 0]);
        assert_eq!(standing(&priya).await, (10, 100_500));
        let batches = lists(&priya, "batch list", "").await;
        assert_eq!(column(&batches, "state"), ["written", "reverted", "reverted"]);
        assert_eq!(reverts(&priya, "B-0002").await.unwrap_err().code(), "batch_reverted_before");
    });
}

const DOCUMENTS: &str =
    "Document,Position,Account,Amount\nD1,1,6400,100.00\nD1,2,6400,50.00\nD2,1,6500,7.00\n";

#[test]
fn a_named_line_with_another_amount_is_changed_and_replaced_only_when_told_to() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        imports(&priya, "gl.csv", DOCUMENTS).await.unwrap();
        let later = DOCUMENTS.replace("50.00", "55.00");
        let skipped = imports(&priya, "gl2.csv", &later).await.unwrap();
        assert_eq!((counts(&skipped), skipped.clean), ([0, 2, 1, 0], false));
        let change = &skipped.changes[0];
        assert_eq!((change.line, change.batch.as_deref()), (3, Some("B-0001")));
        let fields: Vec<_> =
            change.changes.iter().map(|c| (c.field.as_str(), c.old.as_str(), c.new.as_str())).collect();
        assert_eq!(fields, [("amount", "50.00", "55.00")]);
        assert_eq!(standing(&priya).await, (3, 15_700));
        let replaced = run(&priya, replacing(request("lines", "gl2.csv", &later))).await.unwrap();
        assert_eq!((counts(&replaced), replaced.taken.lines), ([0, 2, 1, 0], 1));
        assert_eq!(standing(&priya).await, (3, 16_200));
        let old = imports(&priya, "gl.csv", DOCUMENTS).await.unwrap();
        assert_eq!(counts(&old), [0, 2, 1, 0], "the replaced line no longer stands");
    });
}

#[test]
fn a_replaced_line_stands_again_when_what_replaced_it_is_undone_and_not_before() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        imports(&priya, "gl.csv", DOCUMENTS).await.unwrap();
        let later = DOCUMENTS.replace("50.00", "55.00");
        run(&priya, replacing(request("lines", "gl2.csv", &later))).await.unwrap();
        let refused = refusal(reverts(&priya, "B-0001").await.unwrap_err());
        assert_eq!(
            (refused.kind.code, refused.way_out.as_str()),
            ("batch_replaced_later", "Revert B-0002 first.")
        );
        reverts(&priya, "B-0002").await.unwrap();
        assert_eq!(standing(&priya).await, (3, 15_700));
        assert_eq!(counts(&imports(&priya, "gl.csv", DOCUMENTS).await.unwrap()), [0, 3, 0, 0]);
        reverts(&priya, "B-0001").await.unwrap();
        assert_eq!(standing(&priya).await, (0, 0));
    });
}

#[test]
fn a_name_that_names_several_lines_is_no_name() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        // All documents are 0, as in a French ledger whose numbers were never given.
        let file = "Document,Position,Account,Amount\n0,0,6400,100.00\n0,0,6500,50.00\n";
        imports(&priya, "fec.csv", file).await.unwrap();
        let longer = imports(&priya, "fec2.csv", &format!("{file}0,0,6600,1.00\n")).await.unwrap();
        assert_eq!(counts(&longer), [1, 2, 0, 0]);
        let single =
            imports(&priya, "fec3.csv", "Document,Position,Account,Amount\n0,0,6700,1.00\n").await.unwrap();
        assert_eq!(
            counts(&single),
            [1, 0, 0, 0],
            "three lines stand under that name: it changes none of them"
        );
    });
}

#[test]
fn lines_already_there_can_be_added_once_more_and_are_then_known_so_often() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let taxi = "Date,Account,Amount\n2026-09-15,7700,15.00\n";
        imports(&priya, "a.csv", taxi).await.unwrap();
        let mut more = request("lines", "b.csv", taxi);
        more.choices.add_known = true;
        assert_eq!(run(&priya, more).await.unwrap().taken.lines, 1);
        let three = format!("{taxi}2026-09-15,7700,15.00\n2026-09-15,7700,15.00\n");
        assert_eq!(counts(&imports(&priya, "c.csv", &three).await.unwrap()), [1, 2, 0, 0]);
        assert_eq!(standing(&priya).await, (3, 4_500));
    });
}

#[test]
fn rejected_lines_stay_open_until_they_come_in_mended_or_are_set_aside() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let file =
            "Date,Account,Amount\n2026-09-01,6400,1.00\n2026-09-02,7719,-1234.50\n2026-09-03,7719,2.00\n";
        let report = imports(&priya, "gl.csv", file).await.unwrap();
        assert_eq!((counts(&report), report.clean), ([1, 0, 0, 2], false));
        let open = || async {
            let mut cx = priya.cx().await;
            let open = imports::open_rejects(&mut cx.tx, "lines", None).await.unwrap();
            open.iter().map(|open| (open.lines, open.amounts[0].plain())).collect::<Vec<_>>()
        };
        assert_eq!(open().await, [(2, "-1232.50".to_owned())]);
        let text = sees(&priya, "batch reject-file", "B-0001").await["text"].as_str().unwrap().to_owned();
        assert_eq!(
            text,
            "Date,Account,Amount,rejected_line,rejected_because\r\n\
             2026-09-02,7719,-1234.50,3,cost centre 7719 unknown\r\n\
             2026-09-03,7719,2.00,4,cost centre 7719 unknown\r\n"
        );
        let mended = text.replacen("7719", "6400", 1);
        let mut again = request("lines", "rejected.csv", &mended);
        again.mends = Some("B-0001".into());
        let second = run(&priya, again.clone()).await.unwrap();
        assert_eq!(counts(&second), [1, 0, 0, 1]);
        assert_eq!(open().await, [(1, "2.00".to_owned()), (1, "2.00".to_owned())]);
        assert_eq!(column(&lists(&priya, "batch rejects", "B-0001").await, "state"), ["mended", "open"]);
        reverts(&priya, "B-0002").await.unwrap();
        assert_eq!(open().await, [(2, "-1232.50".to_owned())], "undone: open again");
        let aside =
            does(&priya, "batch settle", "B-0001", json!({"reason": "Not ours"}), None).await.unwrap();
        assert_eq!(aside.says, "2 rejected lines of B-0001 set aside.");
        assert_eq!(sees(&priya, "batch show", "B-0001").await["rejects_set_aside"], json!(2));
        assert_eq!(open().await, []);
        assert_eq!(run(&priya, again).await.unwrap_err().code(), "mends_other_batch");
    });
}
