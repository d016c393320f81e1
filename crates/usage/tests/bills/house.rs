//! The organisation the stories are told in: three services, months from August to October, bills of AWS.

use access::{Done, Role};
use finance::period::{self, PeriodStep};
use imports::{Accepted, Cell, Exchange, Row};
use kernel::{BatchId, Currency, Money, Refused};
use serde_json::{Value, json};
use testkit::{Person, TestHouse};

pub struct Told {
    pub house: TestHouse,
    pub priya: Person,
}

impl Told {
    pub async fn begun(house: TestHouse) -> Told {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let yuki = house.person("yuki", &[Role::PortfolioManager]).await;
        for key in ["DESK", "IAM", "MAIL"] {
            let service = json!({"key": key, "name": format!("Service {key}")});
            yuki.does("service take-over", service).await.unwrap();
        }
        let account = json!({"code": "6400", "name": "Cloud", "class": "cost"});
        priya.does("account add", account).await.unwrap();
        priya.does("period open", json!({"from": "2026-08", "to": "2026-10"})).await.unwrap();
        Told { house, priya }
    }

    pub async fn imports(&self, summary: Value) -> Result<Done, Refused> {
        self.priya.does("bill import", json!({ "summary": summary })).await
    }

    pub async fn reverts(&self, bill: &str) -> Result<Done, Refused> {
        let reason = json!({"reason": "wrong files"});
        self.priya.does_to("bill revert", &[("number", bill)], reason, None).await
    }

    pub async fn bill(&self, number: &str) -> Value {
        self.priya.sees("bill show", &[("number", number)]).await
    }

    /// What is counted of a bill by service: `DESK 60.00`, and without a service what no rule matched.
    pub async fn counted(&self, number: &str) -> Vec<String> {
        let bill = self.bill(number).await;
        let told = |of: &Value| {
            format!("{} {}", of["service"].as_str().unwrap_or("-"), of["counted"]["amount"].as_str().unwrap())
        };
        let mut counted: Vec<String> = bill["services"].as_array().unwrap().iter().map(told).collect();
        counted.sort();
        counted
    }

    /// Every bill: number, state, the month it counts in and what of it counts.
    pub async fn bills(&self) -> Vec<String> {
        let listed = self.priya.lists("bill list", &[]).await;
        let told = |row: &Vec<kernel::listing::Value>| {
            let of = |key| listed.value(row, key).unwrap().plain();
            format!("{} {} {} {}", of("number"), of("state"), of("counts_in"), of("counted"))
        };
        let mut all: Vec<String> = listed.rows.iter().map(told).collect();
        all.sort();
        all
    }

    pub async fn closes(&self, month: &str) {
        let mut cx = self.priya.cx().await;
        let mut found = period::load(&mut cx.tx, month).await.unwrap();
        for step in [PeriodStep::Review, PeriodStep::SoftClose, PeriodStep::Close] {
            period::step(&mut cx, &mut found, step, None).await.unwrap();
        }
        cx.tx.commit().await.unwrap();
    }

    /// Writes rows of a file as an import of that kind leaves them.
    pub async fn writes(&self, kind: &'static str, lines: Vec<Vec<(&'static str, Cell)>>) {
        let target = finance::TARGETS.iter().find(|target| target.kind == kind).unwrap();
        let mut cx = self.priya.cx().await;
        let id = BatchId::new(cx.uuid());
        let exchange =
            Exchange { id, number: "B-0001".into(), kind, file_name: "file.csv".into(), period: None };
        let accept = |(cells, line)| Accepted { row: Row::new(line, cells), changes: false, replaces: None };
        let accepted: Vec<Accepted> = lines.into_iter().zip(2..).map(accept).collect();
        (target.write)(&mut cx, &exchange, &accepted).await.unwrap();
        (target.finish)(&mut cx, &exchange).await.unwrap();
        cx.tx.commit().await.unwrap();
    }

    /// Asserts that every record is what its last event left.
    pub async fn history_tells_all(&self) {
        let mut tx = self.house.house.db.read().await.unwrap();
        assert_eq!(access::history::check(&mut tx, usage::NOUNS).await.unwrap(), []);
    }
}

/// A ledger line: supplier, cost centre, day and `12.50 EUR`.
pub fn line(supplier: &str, cost_centre: &str, on: &str, amount: &str) -> Vec<(&'static str, Cell)> {
    let text = |text: &str| Cell::Text(text.into());
    let (figure, code) = amount.split_once(' ').unwrap();
    let money = Money::parse(figure, Currency::parse(code).unwrap()).unwrap();
    vec![
        ("account", text("6400")),
        ("kind", text("cost")),
        ("supplier", text(supplier)),
        ("cost_centre", text(cost_centre)),
        ("posted_on", Cell::Day(on.parse().unwrap())),
        ("amount", Cell::Money(money)),
    ]
}

/// The average rate of a month, USD per 1 EUR.
pub fn average(month: &str, rate: &str) -> Vec<(&'static str, Cell)> {
    vec![
        ("period", Cell::Period(month.parse().unwrap())),
        ("rate_kind", Cell::Text("average".into())),
        ("currency", Cell::Currency(Currency::USD)),
        ("rate", Cell::Decimal(rate.parse().unwrap())),
        ("source", Cell::Text("ECB".into())),
    ]
}

/// A bill of a month in euro, from one file named by `file`, with these sums by service (`-`: matched by no rule).
pub fn summary(month: &str, file: char, sums: &[(&str, &str)]) -> Value {
    let cents = |text: &str| Money::parse(text, Currency::EUR).unwrap().minor();
    let total = Money::of_minor(sums.iter().map(|(_, total)| cents(total)).sum(), Currency::EUR).plain();
    let of = |key: &str| sums.iter().find(|(service, _)| *service == key).map(|(_, total)| *total);
    let services = sums.iter().filter(|(service, _)| *service != "-");
    let services: Vec<Value> =
        services.map(|(service, total)| json!({"service": service, "rows": 2, "total": total})).collect();
    let unmatched = of("-");
    let rows = services.len() * 2 + usize::from(unmatched.is_some());
    json!({
        "supplier": "AWS", "period": month, "basis": "effective", "currency": "EUR", "unmatched": "keep",
        "files": [{"name": format!("{file}.parquet"), "sha256": file.to_string().repeat(64), "rows": rows}],
        "rows": rows, "total": total,
        "first_day": format!("{month}-01"), "last_day": format!("{month}-30"),
        "columns": [{"role": "cost", "name": "EffectiveCost"}],
        "services": services,
        "unmatched_rows": usize::from(unmatched.is_some()), "unmatched_total": unmatched.unwrap_or("0"),
        "rules": [{"kind": "tag", "name": "tags.csv", "text": "app,service\ndesk,DESK\n"}],
    })
}
