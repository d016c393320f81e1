//! The same imports from files, as a person sends them: small files with the quirks of real ones.

use std::collections::BTreeMap;

use access::Role;
use finance::rate;
use imports::{Report, RunRequest, Settings};
use kernel::{Currency, Refused};
use serde_json::json;
use testkit::{Person, TestHouse, story};

use crate::kit::{booked, ledger_total};

pub async fn priya(house: &TestHouse, from: &str, to: &str) -> Person {
    let priya = house.person("priya", &[Role::FinanceManager]).await;
    priya.does("period open", json!({"from": from, "to": to})).await.unwrap();
    priya
}

/// Sends a file with answers such as `("constant:create_accounts", "cost")`.
pub async fn sends(person: &Person, kind: &str, file: &str, answers: &[(&str, &str)]) -> Report {
    tries(person, request(kind, file, answers)).await.unwrap()
}

/// A file with answers.
pub fn request(kind: &str, file: &str, answers: &[(&str, &str)]) -> RunRequest {
    let named: BTreeMap<String, String> =
        answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    RunRequest {
        kind: kind.into(),
        file_name: "export.csv".into(),
        bytes: file.as_bytes().to_vec(),
        settings: Settings { named, ..Settings::default() },
        ..RunRequest::default()
    }
}

/// Sends it; what it writes is kept.
pub async fn tries(person: &Person, request: RunRequest) -> Result<Report, Refused> {
    let mut cx = person.cx().await;
    let report = imports::run(&mut cx, request, &mut |_| {}).await?;
    cx.tx.commit().await.unwrap();
    Ok(report)
}

/// The layout of `eurofxref-hist.csv`: newest first, a column per currency, `N/A`, and a comma at the
/// end of every line. Dollars of September 2024 by the European Central Bank.
const DOLLARS: [(&str, &str); 22] = [
    ("2024-10-01", "1.1086"),
    ("2024-09-30", "1.1196"),
    ("2024-09-27", "1.1158"),
    ("2024-09-26", "1.1155"),
    ("2024-09-25", "1.1194"),
    ("2024-09-24", "1.1133"),
    ("2024-09-23", "1.1119"),
    ("2024-09-20", "1.1166"),
    ("2024-09-19", "1.1156"),
    ("2024-09-18", "1.1124"),
    ("2024-09-17", "1.1139"),
    ("2024-09-16", "1.1126"),
    ("2024-09-13", "1.1081"),
    ("2024-09-12", "1.1016"),
    ("2024-09-11", "1.1043"),
    ("2024-09-10", "1.1031"),
    ("2024-09-09", "1.1043"),
    ("2024-09-06", "1.1103"),
    ("2024-09-05", "1.1097"),
    ("2024-09-04", "1.105"),
    ("2024-09-03", "1.1035"),
    ("2024-09-02", "1.1061"),
];

#[test]
fn the_central_banks_file_gives_the_months_average_and_a_bill_in_dollars_follows_it() {
    story(async |house| {
        let priya = priya(&house, "2024-09", "2024-09").await;
        let rows: String = DOLLARS.iter().map(|(day, rate)| format!("{day},{rate},N/A,\n")).collect();
        let file = format!("Date,USD,CYP,\n{rows}");
        let report = sends(&priya, "fx", &file, &[]).await;
        assert_eq!((report.new.lines, report.rejected.lines), (22, 0));
        assert_eq!(sends(&priya, "fx", &file, &[]).await.known.lines, 22);
        let mut cx = priya.cx().await;
        let september = "2024-09".parse().unwrap();
        let average =
            rate::average(&mut cx.tx, Currency::USD, Currency::EUR, september).await.unwrap().unwrap();
        assert_eq!(
            (average.shown().to_string().as_str(), average.source.as_str()),
            ("1.1106", "export.csv, mean of 21 days")
        );
        drop(cx);
        let bill = "Account,Posting date,Amount,Currency\n6400,2024-09-30,1000.00,USD\n";
        sends(&priya, "gl", bill, &[("constant:create_accounts", "cost")]).await;
        assert_eq!(ledger_total(&priya, "2024-09").await, 900_41);
    });
}

/// A whole ledger with debit and credit apart, decimal comma and days without separators, as the
/// French tax office prescribes it; what its accounts are, their first digit says.
#[test]
fn a_whole_ledger_with_debit_and_credit_is_taken_and_only_its_cost_counts() {
    story(async |house| {
        let priya = priya(&house, "2023-01", "2023-01").await;
        let file = "EcritureDate\tCompteNum\tCompteLib\tPieceRef\tEcritureLib\tDebit\tCredit\n\
                    20230131\t40100000\tFOURNISSEURS\t01/01\tTRAITEUR\t0,00\t683,23\n\
                    20230131\t60100000\tACHATS\t01/01\tTRAITEUR\t631,12\t0,00\n\
                    20230131\t44566000\tTVA\t01/01\tTRAITEUR\t52,11\t0,00\n\
                    20230130\t70700000\tVENTES\tV1\tCAISSE\t0,00\t1000,50\n\
                    20230130\t40100000\tFOURNISSEURS\tV1\tCAISSE\t1000,50\t0,00\n";
        let unsaid = sends(&priya, "gl", file, &[("constant:create_accounts", "yes")]).await;
        assert_eq!((unsaid.rejected.lines, unsaid.written), (5, false));
        let asks = "account 40100000 is new: say whether it is cost, income, asset or balance";
        assert_eq!((unsaid.reasons[0].lines, unsaid.reasons[0].says.as_str()), (2, asks));
        let classes = [("constant:create_accounts", "1-5 balance, 6 cost, 7 income")];
        let report = sends(&priya, "gl", file, &classes).await;
        assert_eq!((report.new.lines, report.rejected.lines), (5, 0));
        let sums = "  sums: Debit €1,683.73 · Credit €1,683.73";
        assert!(report.says().iter().any(|line| line == sums), "{:?}", report.says());
        assert_eq!(ledger_total(&priya, "2023-01").await, 631_12);
        for (account, cents) in [("60100000", 631_12), ("70700000", -1_000_50), ("40100000", 317_27)] {
            assert_eq!(booked(&priya, account, "2023-01").await, cents, "{account}");
        }
        assert_eq!(booked(&priya, finance::line::CLEARING.0, "2023-01").await, 0, "the file balances");
        let expenses = priya.sees("account show", &[("code", "60100000")]).await;
        assert_eq!((&expenses["name"], &expenses["class"]), (&json!("ACHATS"), &json!("cost")));
        assert_eq!(priya.sees("account show", &[("code", "44566000")]).await["class"], "balance");
    });
}

/// `faults.md`, “Two real lines that look alike”.
#[test]
fn equal_lines_without_a_document_number_each_count_and_a_third_copy_is_one_more() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let yes = [("constant:create_accounts", "cost")];
        let head =
            "Posting date;Account;Text;Amount\n2026-09-15;7700;Taxi;15.00\n2026-09-15;7700;Taxi;15.00\n";
        let first = format!("{head}2026-09-16;7700;Taxi;15.00\n");
        let report = sends(&priya, "gl", &first, &yes).await;
        assert_eq!((report.new.lines, ledger_total(&priya, "2026-09").await), (3, 45_00));
        assert_eq!(sends(&priya, "gl", &first, &yes).await.new.lines, 0);
        let third = format!("{head}2026-09-15;7700;Taxi;15.00\n");
        let report = sends(&priya, "gl", &third, &yes).await;
        assert_eq!((report.new.lines, report.known.lines), (1, 2));
        assert_eq!(ledger_total(&priya, "2026-09").await, 60_00);
    });
}

/// Public bodies name accounts by words and give no period in their rows.
#[test]
fn accounts_named_by_words_get_a_code_and_a_period_for_the_file_is_marked_as_assumed() {
    story(async |house| {
        let priya = priya(&house, "2013-12", "2013-12").await;
        let file = "Directorate,Account,Supplier,Amount\n\
                    People,Marketing & Advertising,Radio Ltd,4990.00\n\
                    Place,Marketing & Advertising,Radio Ltd,10.00\n\
                    Place,Marketing + Advertising,Print Ltd,1.00\n";
        let answers = [("constant:create_accounts", "cost"), ("constant:period", "2013-12")];
        assert_eq!(sends(&priya, "gl", file, &answers).await.new.lines, 3);
        let listed = priya.lists("line list", &[]).await;
        let told = |key| -> Vec<String> {
            let mut told: Vec<String> =
                listed.rows.iter().map(|row| listed.value(row, key).unwrap().plain()).collect();
            told.sort();
            told
        };
        let codes = ["MARKETING-ADVERTISING", "MARKETING-ADVERTISING", "MARKETING-ADVERTISING-2"];
        assert_eq!(
            (told("account"), told("period_assumed")),
            (codes.map(str::to_owned).into(), vec!["yes".to_owned(); 3])
        );
        // The next file finds the account by the same words.
        let next = "Directorate,Account,Supplier,Amount\nPeople,Marketing + Advertising,Radio Ltd,5.00\n";
        sends(&priya, "gl", next, &answers).await;
        assert_eq!(booked(&priya, "MARKETING-ADVERTISING-2", "2013-12").await, 6_00);
    });
}

/// A table by region, financial year and account with all signs positive: revenue and expenses are
/// kept apart, a year is spread over its months.
#[test]
fn a_yearly_budget_by_account_keeps_income_and_cost_apart() {
    story(async |house| {
        let priya = priya(&house, "2019-10", "2019-10").await;
        let file = "Region,Financial Year,Account Group,Account,Budget\n\
                    Asia Pacific,2019/20,Revenue,Consultancy Income,1984.09\n\
                    Asia Pacific,2019/20,Expenses,Telephony,23881.58\n\
                    Americas,2019/20,Cost of Goods Sold,Wages,0.05\n";
        let report = sends(&priya, "budget", file, &[]).await;
        assert_eq!((report.new.lines, report.rejected.lines), (3, 0));
        let note = "3 lines from line 2 on: “2019/20” is read as FY20, Oct 2019 to Sep 2020";
        assert!(report.notes.contains(&note.to_owned()), "{:?}", report.notes);
        let parts: Vec<_> =
            report.parts.iter().map(|part| (part.label.as_str(), part.total.amount.as_str())).collect();
        let expected = [("Revenue", "1984.09"), ("Expenses", "23881.58"), ("Cost of Goods Sold", "0.05")];
        assert_eq!(parts, expected, "cost and income do not add up");
        let listed = priya.lists("budget list", &[]).await;
        let told = ["key", "cost", "income"].map(|key| listed.value(&listed.rows[0], key).unwrap().plain());
        assert_eq!(told, ["2020-original", "23881.63", "1984.09"]);
    });
}
