//! Our own lists come back unchanged, as CSV and as a workbook; what was changed in one is seen as changed.

use imports::{Choices, OnChanged, Report, RunRequest};
use kernel::listing::Value;
use serde_json::json;
use sheets::CsvStyle;
use testkit::{Person, story};

use crate::files::{request, sends, tries};
use crate::kit::{closes, ledger_total};
use crate::lines::priya;

/// A list as its page and the command line give it as CSV.
async fn csv(person: &Person, list: &str, params: &[(&str, &str)]) -> String {
    sheets::write_csv(&person.lists(list, params).await, CsvStyle::default())
}

/// A list as the workbook its page gives, imported as it is.
async fn workbook(person: &Person, kind: &str, list: &str, params: &[(&str, &str)]) -> Report {
    let bytes = sheets::write_xlsx(&person.lists(list, params).await).unwrap();
    tries(person, RunRequest { file_name: "export.xlsx".into(), bytes, ..request(kind, "", &[]) })
        .await
        .unwrap()
}

/// New, known, changed, rejected.
fn counts(report: &Report) -> [i64; 4] {
    [report.new.lines, report.known.lines, report.changed.lines, report.rejected.lines]
}

/// One line of each kind: without a document, with one, foreign and converted by its source or here, an
/// account by its name, an estimate, income, a credit.
const LEDGER: &str = "Document,Line,Posting date,Account,Supplier,Amount,Currency,Amount in EUR,Estimate\n\
    ,,2026-09-01,6400,Taxi,15.00,EUR,,\n,,2026-09-01,6400,Taxi,15.00,EUR,,\n\
    D1,1,2026-09-02,Account 6400,Bits Ltd,1000.00,GBP,1190.18,\nD2,1,2026-09-03,7700,Kyoto KK,1000,JPY,6.12,\n\
    D3,1,2026-09-04,7700,Acme Inc,1000.00,USD,,yes\nD4,1,2026-09-05,8000,,-500.00,EUR,,\n";

#[test]
fn ledger_lines_come_back_as_known_and_what_was_changed_in_the_list_as_changed() {
    story(async |house| {
        let priya = priya(&house, "2026-08", "2026-09").await;
        let rate = "Period,Currency,Kind,Rate\n2026-09,USD,average,1.1106\n";
        assert_eq!(counts(&sends(&priya, "fx", rate, &[]).await), [1, 0, 0, 0]);
        closes(&priya, "2026-08").await;
        let late = "Posting date,Account,Amount\n2026-08-30,6400,7.00\n";
        let note = "line 2: Aug 2026 is closed, so it is counted in Sep 2026 and says what it corrects";
        assert!(sends(&priya, "gl", late, &[]).await.notes.contains(&note.to_owned()));
        let report = sends(&priya, "gl", LEDGER, &[]).await;
        assert_eq!(counts(&report), [6, 0, 0, 0]);
        // 15.00 + 15.00 + 1190.18 + 6.12 + 900.41 (1000 ÷ 1.1106) + 7.00.
        assert_eq!(ledger_total(&priya, "2026-09").await, 2_133_71);
        let all = [("period", "all")];
        let given = csv(&priya, "line list", &all).await;
        assert_eq!(counts(&sends(&priya, "gl", &given, &[]).await), [0, 7, 0, 0], "{given}");
        assert_eq!(counts(&workbook(&priya, "gl", "line list", &all).await), [0, 7, 0, 0]);
        let edited = given.replace("Bits Ltd", "Bits & Bytes Ltd").replace("1190.18", "1190.20");
        let mut replacing = request("gl", &edited, &[]);
        replacing.choices = Choices { changed: OnChanged::Replace, ..Choices::default() };
        let report = tries(&priya, replacing).await.unwrap();
        assert_eq!((counts(&report), report.taken.lines), ([0, 6, 1, 0], 1));
        let changes: Vec<_> =
            report.changes[0].changes.iter().map(|c| (c.field.as_str(), c.new.as_str())).collect();
        assert_eq!(changes, [("supplier", "Bits & Bytes Ltd"), ("reporting_amount", "1190.20")]);
        assert_eq!(ledger_total(&priya, "2026-09").await, 2_133_73);
        let before = sends(&priya, "gl", &given, &[]).await;
        let why = "another line took the place of this one since the list was made";
        assert_eq!((counts(&before), before.reasons[0].says.as_str()), ([0, 6, 0, 1], why));
    });
}

/// A list of another installation: no id is known here, so its lines are new once.
#[test]
fn the_list_of_another_house_is_new_once_and_twice_the_same_id_is_refused() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let file = "id,posted_on,account,amount,amount_currency,original,original_currency,currency,kind\n\
                    x1,2026-09-01,6400,11.90,EUR,10.00,GBP,GBP,cost\nx1,2026-09-01,6400,5.00,EUR,5.00,EUR,EUR,cost\n";
        let report = sends(&priya, "gl", file, &[]).await;
        assert_eq!(
            (counts(&report), report.reasons[0].says.as_str()),
            ([1, 0, 0, 1], "line 2 has the same id")
        );
        assert_eq!(ledger_total(&priya, "2026-09").await, 11_90);
        assert_eq!(counts(&sends(&priya, "gl", file, &[]).await), [0, 1, 0, 1]);
    });
}

/// 1,000 yen have no cents and are no euros.
#[test]
fn an_original_amount_is_shown_in_its_own_currency_and_digits() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let file = "Posting date,Account,Amount,Currency,Amount in EUR\n2026-09-03,7700,1000,JPY,6.12\n";
        sends(&priya, "gl", file, &[]).await;
        for (list, key) in [("line list", "original"), ("ledger postings", "original")] {
            let listed = priya.lists(list, &[]).await;
            let of = |row: &Vec<Value>| listed.value(row, key).map(|value| json!(value));
            let yen = json!({"amount": "1000", "currency": "JPY"});
            let shown: Vec<_> = listed.rows.iter().filter_map(of).collect();
            assert!(shown.contains(&yen), "{list}: {shown:?}");
            assert!(sheets::write_csv(&listed, CsvStyle::default()).contains(",1000,JPY,"), "{list}");
        }
    });
}

#[test]
fn rates_come_back_as_known() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let rates = "Day,Period,Currency,Kind,Quoted,Rate\n2026-09-01,,USD,,,1.1061\n,2026-09,USD,closing,,1.1196\n\
                     ,2026-09,GBP,average,base per,1.19018\n";
        assert_eq!(counts(&sends(&priya, "fx", rates, &[]).await), [3, 0, 0, 0]);
        let given = csv(&priya, "rate list", &[]).await;
        assert_eq!(counts(&sends(&priya, "fx", &given, &[]).await), [0, 3, 0, 0], "{given}");
        assert_eq!(counts(&workbook(&priya, "fx", "rate list", &[]).await), [0, 3, 0, 0]);
    });
}

/// A month that is closed takes no quantity any more; what stands in it is known all the same.
#[test]
fn quantities_of_a_closed_month_come_back_as_known_and_are_refused_only_where_they_differ() {
    story(async |house| {
        let priya = priya(&house, "2026-08", "2026-09").await;
        let marta = house.person("marta", &[access::Role::RelationshipManager]).await;
        marta.does("customer add", json!({"key": "CARE", "name": "Care", "kind": "unit"})).await.unwrap();
        let driver = json!({"key": "SEATS", "name": "Seats", "unit": "seats", "source": "HR"});
        priya.does("driver add", driver).await.unwrap();
        let seats = "driver,period,customer,quantity\nSEATS,2026-08,CARE,1140\nSEATS,2026-09,CARE,1.234\n";
        let mut first = request("drivers", seats, &[]);
        first.settings.decimal_mark = Some("point".into());
        assert_eq!(counts(&tries(&priya, first).await.unwrap()), [2, 0, 0, 0]);
        closes(&priya, "2026-08").await;
        let given = csv(&priya, "quantity list", &[]).await;
        let report = sends(&priya, "drivers", &given, &[]).await;
        assert_eq!(counts(&report), [0, 2, 0, 0], "{given}");
        let other = sends(&priya, "drivers", &given.replace("1140", "1141"), &[]).await;
        assert_eq!((counts(&other), other.reasons[0].says.as_str()), ([0, 1, 0, 1], "Aug 2026 is closed"));
    });
}

/// An approved version takes no amount any more; what stands in it is known all the same.
#[test]
fn amounts_of_an_approved_budget_come_back_as_known_and_are_refused_only_where_they_differ() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let henrik = house.person("henrik", &[access::Role::FinanceManager]).await;
        let pool = json!({"key": "CLOUD", "name": "Cloud", "spend": "operating", "behaviour": "variable"});
        priya.does("pool add", pool).await.unwrap();
        let file = "budget,period,kind,pool,cost_centre,cost_element,amount\noriginal,2026-09,cost,CLOUD,,,100.50\n\
                    original,2026-09,cost,,4100,6400,20.25\noriginal,2026-09,income,,,,900.00\n";
        assert_eq!(counts(&sends(&priya, "budget", file, &[]).await), [3, 0, 0, 0]);
        let key = priya.lists("budget list", &[]).await;
        let key = key.value(&key.rows[0], "key").unwrap().plain();
        let path = [("key", key.as_str())];
        priya.does_to("budget submit", &path, json!({}), None).await.unwrap();
        henrik.does_to("budget approve", &path, json!({}), None).await.unwrap();
        let given = csv(&priya, "budget amounts", &path).await;
        assert_eq!(counts(&sends(&priya, "budget", &given, &[]).await), [0, 3, 0, 0], "{given}");
        assert_eq!(counts(&workbook(&priya, "budget", "budget amounts", &path).await), [0, 3, 0, 0]);
        let other = sends(&priya, "budget", &given.replace("100.50", "100.60"), &[]).await;
        let why = format!("budget {key} is approved");
        assert_eq!((counts(&other), other.reasons[0].says.clone()), ([0, 2, 0, 1], why));
    });
}
