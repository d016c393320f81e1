//! Cost whose ledger lines a cloud bill explains is shared by the bill, and its trace goes on to the bill's files.
//!
//! ```text
//! August     CLOUD 1,000.00, of which 700.00 of AWS: bill DESK 60, IAM 30, no rule 10
//!            700.00 → DESK 420.00, IAM 210.00, kept 70.00      300.00 → DESK 180.00, IAM 60.00, MAIL 60.00
//!            DESK 420 + 180 + 250 (LABOUR) = 850.00            IAM 210 + 60 + 250 = 520.00
//! ```

use serde_json::{Value, json};

use crate::house::{AUGUST, SEPTEMBER, Told};
use crate::words::{amount, does, line_id, rows};

fn bill(period: &str, file: char, unmatched: &str, sums: &[(&str, &str)]) -> Value {
    let cents = |text: &str| kernel::Money::parse(text, kernel::Currency::EUR).unwrap().minor();
    let all = cents(unmatched) + sums.iter().map(|(_, sum)| cents(sum)).sum::<i64>();
    let services: Vec<Value> =
        sums.iter().map(|(service, sum)| json!({"service": service, "rows": 1, "total": sum})).collect();
    let rows = services.len() + 1;
    json!({"summary": {
        "supplier": "AWS", "period": period, "basis": "effective", "currency": "EUR", "unmatched": "keep",
        "files": [{"name": format!("/bills/{file}.parquet"), "sha256": file.to_string().repeat(64), "rows": rows}],
        "rows": rows, "total": kernel::Money::of_minor(all, kernel::Currency::EUR).plain(),
        "first_day": format!("{period}-01"), "last_day": format!("{period}-30"),
        "services": services, "unmatched_rows": 1, "unmatched_total": unmatched,
    }})
}

impl Told {
    /// The CLOUD line of that number in its file is AWS's.
    async fn aws_line(&self, period: &str, line: i64) {
        let sql = "update finance_lines set supplier = 'AWS' where period = $1 and file_line = $2";
        self.writes(sql, vec![period.into(), line.into()]).await;
    }

    async fn runs(&self, period: &str) -> Result<access::Done, kernel::Refused> {
        does(&self.priya, "allocate run", &[], json!({ "period": period })).await
    }

    /// What each service has of the pools of a month.
    async fn services(&self, period: &str) -> Vec<String> {
        let listed = self.priya.lists("share list", &[("period", period)]).await;
        let of = |row: &[kernel::listing::Value], key| listed.value(row, key).unwrap().plain();
        let mut all: Vec<String> = (listed.rows.iter().filter(|row| of(row, "receiver_kind") == "service"))
            .map(|row| format!("{} {} {}", of(row, "receiver"), of(row, "amount"), of(row, "rule")))
            .collect();
        all.sort();
        all
    }
}

const BY_THE_BILL: &str = "CLOUD by the bill of AWS, effective cost";

#[test]
fn a_bill_shares_the_ledgers_amount_and_the_rest_goes_by_the_pools_rule() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.aws_line(AUGUST, 2).await;
        let says = bill(AUGUST, 'a', "10", &[("DESK", "60"), ("IAM", "30")]);
        does(&told.priya, "bill import", &[], says).await.unwrap();
        assert!(told.priya.sees("close show", &[("period", AUGUST)]).await["steps"][5]["satisfied"] == false);
        let done = told.runs(AUGUST).await.unwrap();
        assert_eq!(
            done.says,
            "Allocated €1,460.00 of €1,530.00 for Aug 2026; €70.00 stays as named residuals."
        );
        assert_eq!(
            told.services(AUGUST).await,
            [
                "DESK 180.00 R-01 v1".to_owned(),
                "DESK 250.00 R-02 v1".to_owned(),
                format!("DESK 420.00 {BY_THE_BILL}"),
                format!("IAM 210.00 {BY_THE_BILL}"),
                "IAM 250.00 R-02 v1".to_owned(),
                "IAM 60.00 R-01 v1".to_owned(),
                "MAIL 60.00 R-01 v1".to_owned(),
            ]
        );
        assert_eq!(
            rows(&told.priya, "residual list", &[("period", AUGUST)], &["origin", "amount", "says"]).await,
            ["CLOUD | 70.00 | Cloud, what no rule of the bill of AWS matched, is kept central by its rule"]
        );
        let check = told.priya.sees("period check", &[("period", AUGUST)]).await;
        assert_eq!((check["ok"].as_bool(), check["difference"].as_str()), (Some(true), Some("0.00")));
        told.history_tells_all().await;
    });
}

#[test]
fn the_trace_goes_on_to_the_bill_and_its_files() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.aws_line(AUGUST, 2).await;
        let says = bill(AUGUST, 'a', "10", &[("DESK", "60"), ("IAM", "30")]);
        does(&told.priya, "bill import", &[], says).await.unwrap();
        told.runs(AUGUST).await.unwrap();
        told.drafts(AUGUST).await.unwrap();
        let id = line_id(&told.priya, AUGUST, "CARE", "DESK").await;
        let trace = told.priya.sees("trace show", &[("id", &id)]).await;
        assert_eq!((amount(&trace["amount"]), trace["ties"].as_bool()), ("566.67", Some(true)));
        let parts = trace["parts"].as_array().unwrap();
        let explained = parts.iter().find(|part| part["by_bill_of"] == "AWS").unwrap();
        let figures = ["amount", "service_cost", "pool_cost"].map(|figure| amount(&explained[figure]));
        assert_eq!(figures, ["280.00", "420.00", "700.00"]);
        assert_eq!(explained["pool_rule"], BY_THE_BILL);
        let lines = explained["lines"].as_array().unwrap();
        assert_eq!(
            (lines.len(), lines[0]["line"].as_i64(), amount(&lines[0]["part"])),
            (1, Some(2), "280.00")
        );
        let of = &explained["bills"][0];
        assert_eq!(
            (of["bill"].as_str(), of["total"].as_str(), amount(&of["counted"])),
            (Some("BILL-1"), Some("60.00"), "60.00")
        );
        assert_eq!(of["files"], json!([{"name": "/bills/a.parquet", "sha256": "a".repeat(64), "rows": 3}]));
        // The rest of the pool: lines that no bill explains.
        let rest = parts.iter().find(|part| part["pool"] == "CLOUD" && part["by_bill_of"].is_null()).unwrap();
        assert_eq!((amount(&rest["pool_cost"]), rest["ledger_lines"].as_i64()), ("300.00", Some(2)));
        // Its customer sees neither bill nor supplier.
        let kim = told.representative("kim", "CARE").await;
        told.soft_closes(AUGUST).await;
        told.issues(AUGUST).await.unwrap();
        let own = kim.sees("trace show", &[("id", &id)]).await.to_string();
        assert!(!own.contains("AWS") && !own.contains("BILL") && !own.contains("parquet"), "{own}");
        let bill = kim.reads("bill show", &[("number", "BILL-1")]).await;
        assert!(bill.is_err());
    });
}

#[test]
fn a_negative_service_keeps_its_own_and_a_correction_moves_what_differs_in_the_open_month() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.aws_line(AUGUST, 2).await;
        let says = bill(AUGUST, 'a', "0", &[("DESK", "800"), ("IAM", "-100")]);
        does(&told.priya, "bill import", &[], says).await.unwrap();
        told.runs(AUGUST).await.unwrap();
        let services = told.services(AUGUST).await;
        assert!(services.contains(&format!("DESK 800.00 {BY_THE_BILL}")), "{services:?}");
        assert!(services.contains(&format!("IAM -100.00 {BY_THE_BILL}: own part of IAM")), "{services:?}");
        told.soft_closes(AUGUST).await;
        // Of September's 1,200.00 of CLOUD, all is AWS's, and only the correction has come.
        told.aws_line(SEPTEMBER, 2).await;
        let says = bill(AUGUST, 'b', "0", &[("DESK", "790"), ("IAM", "-90")]);
        let done = does(&told.priya, "bill import", &[], says).await.unwrap();
        assert_eq!(done.body["counts_in"], SEPTEMBER);
        told.runs(SEPTEMBER).await.unwrap();
        assert_eq!(
            told.services(SEPTEMBER).await,
            [
                format!("DESK -10.00 {BY_THE_BILL}: own part of DESK"),
                "DESK 250.00 R-02 v1".to_owned(),
                "DESK 720.00 R-01 v1".to_owned(),
                format!("IAM 10.00 {BY_THE_BILL}: own part of IAM"),
                "IAM 240.00 R-01 v1".to_owned(),
                "IAM 250.00 R-02 v1".to_owned(),
                "MAIL 240.00 R-01 v1".to_owned(),
            ]
        );
        let check = told.priya.sees("period check", &[("period", SEPTEMBER)]).await;
        assert_eq!(check["ok"], true);
        assert_eq!(told.runs(AUGUST).await.unwrap_err().code(), "run_period_final");
    });
}

/// Bills that explain the ledger are the detail; the rest needs a name, and who imported one does not sign.
#[test]
fn bills_are_the_detail_of_a_close_once_their_rest_has_a_name() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.aws_line(AUGUST, 2).await;
        let says = bill(AUGUST, 'a', "0", &[("DESK", "600"), ("IAM", "95.50")]);
        does(&told.priya, "bill import", &[], says).await.unwrap();
        let detail = async |told: &Told| {
            let close = told.priya.sees("close show", &[("period", AUGUST)]).await;
            let step = close["steps"][1].clone();
            (step["satisfied"].as_bool().unwrap(), step["evidence"].as_str().unwrap().to_owned())
        };
        assert_eq!(detail(&told).await, (false, "AWS leaves €4.50 unexplained.".to_owned()));
        let at = [("period", AUGUST), ("supplier", "AWS")];
        let note = json!({"note": "Support plan"});
        told.priya.does_to("reconciliation edit", &at, note, Some(1)).await.unwrap();
        assert_eq!(detail(&told).await, (true, "AWS leaves €4.50 (Support plan).".to_owned()));
    });
}
