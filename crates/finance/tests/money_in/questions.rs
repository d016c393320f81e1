//! What is asked about a file of ledger lines before any of it is written.

use imports::RunRequest;
use testkit::{Person, story};

use crate::files::{priya, request, sends, tries};

/// Why it is refused, its exit code, and what a dry run says of the same file.
async fn refused(priya: &Person, file: &str, answers: &[(&str, &str)]) -> (String, Vec<String>) {
    let refusal = match tries(priya, request("gl", file, answers)).await {
        Err(kernel::Refused::Refusal(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!((refusal.kind.code, refusal.kind.status.exit()), ("import_questions_open", 6));
    let dry = RunRequest { dry_run: true, ..request("gl", file, answers) };
    let report = tries(priya, dry).await.unwrap();
    assert!(!report.clean, "a dry run says what the real one would ask");
    (refusal.says, report.says())
}

/// The layout of Darlington's ledger: no day in any row, the month above the header.
#[test]
fn a_file_without_days_is_asked_for_its_month_and_the_lines_above_propose_it() {
    story(async |house| {
        let priya = priya(&house, "2013-12", "2013-12").await;
        let file = "Analysis of Transactions Over 500,,,\nDec-13,,,\nDirectorate,Account,Supplier,Amount\n\
                    People,Marketing,Radio Ltd,4990.00\nPlace,Marketing,Print Ltd,10.50\n";
        let classes = ("constant:create_accounts", "cost");
        let (says, dry) = refused(&priya, file, &[classes]).await;
        let asks = "No column holds dates: which period is it? Line 2 says “Dec-13”, which is Dec 2013.";
        assert!(says.ends_with(asks), "{says}");
        assert!(dry.contains(&format!("  to be answered: {asks} (period: 2013-12)")), "{dry:?}");
        let report = sends(&priya, "gl", file, &[classes, ("constant:period", "2013-12")]).await;
        assert_eq!((report.taken.lines, report.questions.len()), (2, 0));
    });
}

/// Where a column of days is there, or a field holds the month, nothing is asked about it.
#[test]
fn the_month_is_asked_only_where_lines_need_it() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let classes = ("constant:create_accounts", "cost");
        for file in [
            "Posting date,Account,Amount\n2026-09-01,1,1.00\n,2,2.00\n,3,3.00\n",
            "Fiscal period,Account,Amount\n2026-09,1,1.50\n",
        ] {
            assert_eq!(sends(&priya, "gl", file, &[classes]).await.questions, [], "{file}");
        }
        let budget = "fiscal_year,pool,amount\n2027,CLOUD,1.00\n";
        assert_eq!(sends(&priya, "budget", budget, &[]).await.questions, []);
    });
}

/// The layout of Salford's ledger: gross, tax and net beside each other.
#[test]
fn of_two_columns_that_can_be_the_amount_it_is_asked_which_with_both_totals() {
    story(async |house| {
        let priya = priya(&house, "2015-08", "2015-08").await;
        let file = "Date of Payment,SAP Document Number,Gross,VAT,Net,G/L description.\n\
                    2015-08-03,1600541184,600,100,500,Equipment\n2015-08-03,1600540060,128819.5,0,128819.5,Fund\n";
        let answers = [("constant:create_accounts", "cost"), ("column:G/L description.", "account")];
        let (says, dry) = refused(&priya, file, &answers[..1]).await;
        let asks = "Which column is the amount: “Net” (129,319.5) or “Gross” (129,419.5)?";
        assert!(says.ends_with(asks), "{says}");
        let line = format!("  to be answered: {asks} (columns: Net or Gross)");
        assert!(dry.contains(&line), "{dry:?}");
        let gross = [answers[0], answers[1], ("column:Net", ""), ("column:Gross", "amount")];
        assert_eq!(sends(&priya, "gl", file, &gross).await.totals[0].amount, "129419.50");
    });
}

/// The layout of the Greater London Authority's ledger: more cells than names.
#[test]
fn columns_without_a_name_are_asked_about_with_what_they_hold() {
    story(async |house| {
        let priya = priya(&house, "2014-05", "2014-05").await;
        let file = "Account,Document No,Amount,Clearing Date\n1,D1,100.50,2014-05-12,100,,\n1,D2,-6.14,2014-05-12,6,,\n";
        let report = sends(&priya, "gl", file, &[("constant:create_accounts", "cost")]).await;
        let [unnamed] = report.unnamed.as_slice() else { panic!("{:?}", report.unnamed) };
        assert_eq!((unnamed.name.as_str(), unnamed.place, unnamed.filled), ("column 5", 4, 2));
        assert_eq!(unnamed.examples, ["100", "6"]);
        let asks = "  asked: What is in the columns without a name: column 5? (columns)";
        assert!(report.says().contains(&asks.to_owned()), "{:?}", report.says());
        assert_eq!(report.totals[0].amount, "94.36");
    });
}
