//! The organisation the stories are told in: Customer Care and Business Sales take a desktop at cost by
//! seats and identities at a price; mail was taken over incomplete; a levy goes to Customer Care directly.
//!
//! ```text
//! August     CLOUD 1,000.00 → DESK 3 : IAM 1 : MAIL 1    LABOUR 500.00 → DESK, IAM evenly    LEVY 30.00 → CARE
//!            DESK 850.00, seats CARE 2, BS 1   → 566.67, 283.33
//!            IAM 450.00, agreed CARE 10, BS 20 → 150.00, 300.00   at 16.00: 160.00, 320.00
//!            MAIL 200.00 evenly                → 100.00, 100.00   charged to nobody
//! September  CLOUD 1,200.00, LABOUR 500.00, no LEVY; seats 2, 2; BS agreed 25 from 10 Sep; 17.00 from 1 Sep
//!            DESK 970.00 → 485.00, 485.00   IAM 490.00 → 140.00, 350.00 charged 170.00, 425.00   MAIL 240.00
//! ```

use access::{Done, GrantScope, Role};
use db::Bind;
use finance::period::PeriodStep;
use kernel::{CustomerId, Refused};
use serde_json::{Value, json};
use testkit::{Person, TestHouse};

use crate::words::does;

pub const AUGUST: &str = "2026-08";
pub const SEPTEMBER: &str = "2026-09";

/// The people of the stories: two of finance, portfolio (owns every complete service), relationships.
pub struct Told {
    pub house: TestHouse,
    pub priya: Person,
    pub henrik: Person,
    pub yuki: Person,
    pub marta: Person,
}

impl Told {
    /// The organisation with both months run, nothing drafted.
    pub async fn begun(house: TestHouse) -> Told {
        let told = Told {
            priya: house.person("priya", &[Role::FinanceManager]).await,
            henrik: house.person("henrik", &[Role::FinanceManager]).await,
            yuki: house.person("yuki", &[Role::PortfolioManager]).await,
            marta: house.person("marta", &[Role::RelationshipManager]).await,
            house,
        };
        told.customers_and_services().await;
        told.agreements_and_prices().await;
        told.model().await;
        told.ledger().await;
        for period in [AUGUST, SEPTEMBER] {
            does(&told.priya, "allocate run", &[], json!({ "period": period })).await.unwrap();
        }
        told
    }

    async fn customers_and_services(&self) {
        for (key, name) in [("CARE", "Customer Care"), ("BS", "Business Sales")] {
            self.customer(key, name).await;
        }
        for (key, charging, unit) in [("DESK", "at cost", "desktop"), ("IAM", "fixed", "identities")] {
            self.service(key, charging, unit).await;
        }
        let mail = json!({"key": "MAIL", "name": "Mail of old"});
        does(&self.yuki, "service take-over", &[], mail).await.unwrap();
    }

    pub async fn customer(&self, key: &str, name: &str) {
        let customer = json!({"key": key, "name": name, "kind": "unit"});
        does(&self.marta, "customer add", &[], customer).await.unwrap();
    }

    /// A complete service with one offering of its own key.
    pub async fn service(&self, key: &str, charging: &str, unit: &str) {
        let service = json!({"key": key, "name": format!("Service {key}"), "owner": "yuki",
            "relationship_manager": "marta"});
        does(&self.yuki, "service take-over", &[], service).await.unwrap();
        let offering = json!({"service": key, "unit": unit, "charging": charging});
        does(&self.yuki, "offering add", &[], offering).await.unwrap();
        let target = json!({"measure": "Availability", "level": "99.5 %"});
        does(&self.yuki, "target set", &[("key", key)], target).await.unwrap();
    }

    async fn agreements_and_prices(&self) {
        self.price("16.00", "2026-01-01").await;
        self.price("17.00", "2026-09-01").await;
        for (customer, offering, quantity, settlement) in [
            ("CARE", "DESK", "2", "recharge"),
            ("BS", "DESK", "1", "recharge"),
            ("CARE", "IAM", "10", "memo"),
            ("BS", "IAM", "20", "recharge"),
        ] {
            self.agrees(customer, offering, quantity, settlement).await;
        }
        let more = json!({"quantity": "25", "from_day": "2026-09-10"});
        self.marta.does_to("agreement change", &[("number", "AGR-4")], more, Some(1)).await.unwrap();
    }

    async fn price(&self, per_unit: &str, from_day: &str) {
        let price = json!({"per_unit": per_unit, "from_day": from_day});
        let drafted = does(&self.priya, "price draft", &[("key", "IAM")], price).await.unwrap();
        let number = [("number", drafted.key.as_str())];
        does(&self.priya, "price submit", &number, json!({})).await.unwrap();
        does(&self.henrik, "price approve", &number, json!({})).await.unwrap();
    }

    pub async fn agrees(&self, customer: &str, offering: &str, quantity: &str, settlement: &str) {
        let agreement = json!({"customer": customer, "offering": offering, "quantity": quantity,
            "from_day": "2026-01-01", "settlement": settlement});
        does(&self.marta, "agreement add", &[], agreement).await.unwrap();
    }

    async fn model(&self) {
        does(&self.priya, "period open", &[], json!({"from": AUGUST, "to": SEPTEMBER})).await.unwrap();
        for (key, name) in [("CLOUD", "Cloud"), ("LABOUR", "Internal labour"), ("LEVY", "Levy")] {
            let pool = json!({"key": key, "name": name, "spend": "operating", "behaviour": "fixed"});
            does(&self.priya, "pool add", &[], pool).await.unwrap();
        }
        let seats = json!({"key": "SEATS", "name": "Seats", "unit": "seats", "source": "HR"});
        does(&self.priya, "driver add", &[], seats).await.unwrap();
        self.rule(json!({"sender_kind": "pool", "sender": "CLOUD", "method": "fixed",
            "receivers": "DESK:3, IAM:1, MAIL:1"}))
            .await;
        self.rule(
            json!({"sender_kind": "pool", "sender": "LABOUR", "method": "even", "receivers": "DESK, IAM"}),
        )
        .await;
        self.rule(json!({"sender_kind": "pool", "sender": "LEVY", "method": "even", "receivers": "CARE"}))
            .await;
        self.rule(json!({"sender_kind": "service", "sender": "DESK", "method": "driver", "driver": "SEATS"}))
            .await;
        self.rule(json!({"sender_kind": "service", "sender": "IAM", "method": "agreed quantity"})).await;
        self.rule(
            json!({"sender_kind": "service", "sender": "MAIL", "method": "even", "receivers": "CARE, BS"}),
        )
        .await;
    }

    /// A rule in force from January, written by one and approved by the other.
    pub async fn rule(&self, mut rule: Value) {
        rule["name"] = json!(format!("Share {}", rule["sender"].as_str().unwrap()));
        rule["effective_from"] = json!("2026-01");
        let number = does(&self.priya, "rule add", &[], rule).await.unwrap().key;
        does(&self.priya, "rule submit", &[("number", &number)], json!({})).await.unwrap();
        does(&self.henrik, "rule approve", &[("number", &number)], json!({})).await.unwrap();
    }

    /// Ledger lines, their batches and seat counts as imports leave them: written to the tables, since
    /// what is told here begins after the import.
    async fn ledger(&self) {
        self.batch(229, AUGUST, "gl-aug.csv").await;
        self.batch(230, SEPTEMBER, "gl-sep.csv").await;
        for (batch, period, line, pool, amount) in [
            (229, AUGUST, 2, "CLOUD", 70_000),
            (229, AUGUST, 3, "CLOUD", 35_000),
            (229, AUGUST, 4, "CLOUD", -5_000),
            (229, AUGUST, 5, "LABOUR", 50_000),
            (229, AUGUST, 6, "LEVY", 3_000),
            (230, SEPTEMBER, 2, "CLOUD", 120_000),
            (230, SEPTEMBER, 3, "LABOUR", 50_000),
        ] {
            self.line(batch, period, line, pool, amount).await;
        }
        for (period, customer, seats) in
            [(AUGUST, "CARE", 2), (AUGUST, "BS", 1), (SEPTEMBER, "CARE", 2), (SEPTEMBER, "BS", 2)]
        {
            self.seats(period, customer, seats).await;
        }
    }

    async fn batch(&self, number: i64, period: &str, file: &str) {
        let sql = "insert into imports_files (digest, size, content) values ($1, 0, $2)";
        self.writes(sql, vec![file.into(), Bind::Bytes(Some(Vec::new()))]).await;
        let sql = "insert into imports_batches (id, version, number, kind, file_name, file_digest, profile, settled, \
                   state, lines, new_lines, known_lines, changed_lines, rejected_lines, written_lines, period, \
                   uploaded_by, uploaded_at) \
                   values ($1, 1, $2, 'gl', $3, $3, '', true, 'written', 0, 0, 0, 0, 0, 0, $4, 'priya', '')";
        self.writes(sql, vec![batch_id(number).into(), number.into(), file.into(), period.into()]).await;
    }

    pub async fn line(&self, batch: i64, period: &str, line: i64, pool: &str, amount: i64) {
        let sql = "insert into finance_lines (id, batch_id, file_line, origin, period, posted_on, period_assumed, kind, \
                   account_code, estimate, original, original_currency, amount, pool_key, reverted) \
                   values ($1, $2, $3, 'file', $4, $5, false, 'cost', '6400', false, $6, 'EUR', $6, $7, false)";
        let id = format!("00000000-0000-7000-8000-{batch:06}{line:06}");
        let values: Vec<Bind> = vec![
            id.into(),
            batch_id(batch).into(),
            line.into(),
            period.into(),
            format!("{period}-15").into(),
            amount.into(),
            pool.into(),
        ];
        self.writes(sql, values).await;
    }

    pub async fn seats(&self, period: &str, customer: &str, seats: i64) {
        let sql = "insert into finance_driver_quantities (id, batch_id, driver_key, period, customer_key, quantity, \
                   reverted) values ($1, 'hr', 'SEATS', $2, $3, $4, false)";
        let id = format!("{period} {customer}");
        self.writes(sql, vec![id.into(), period.into(), customer.into(), (seats * 1_000_000).into()]).await;
    }

    pub async fn writes(&self, sql: &str, binds: Vec<Bind>) {
        let mut tx = self.house.house.db.begin().await.unwrap();
        binds.into_iter().fold(tx.query(sql), db::Query::bind).execute().await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn drafts(&self, period: &str) -> Result<Done, Refused> {
        does(&self.priya, "statement draft", &[], json!({ "period": period })).await
    }

    pub async fn issues(&self, period: &str) -> Result<Done, Refused> {
        does(&self.priya, "statement issue", &[], json!({ "period": period })).await
    }

    /// Takes the period to soft-closed, as the close does at its end.
    pub async fn soft_closes(&self, period: &str) {
        let mut cx = self.priya.cx().await;
        let mut found = finance::period::load(&mut cx.tx, period).await.unwrap();
        for step in [PeriodStep::Review, PeriodStep::SoftClose] {
            finance::period::step(&mut cx, &mut found, step, None).await.unwrap();
        }
        cx.tx.commit().await.unwrap();
    }

    /// Drafts and issues a closed period.
    pub async fn bills(&self, period: &str) {
        self.drafts(period).await.unwrap();
        self.soft_closes(period).await;
        self.issues(period).await.unwrap();
    }

    /// Somebody who speaks for one customer and holds nothing else.
    pub async fn representative(&self, username: &str, customer: &str) -> Person {
        let shown = self.marta.sees("customer show", &[("key", customer)]).await;
        let id = CustomerId::parse(shown["id"].as_str().unwrap()).unwrap();
        self.house.person_for(username, &[(Role::CustomerRepresentative, GrantScope::Customer(id))]).await
    }

    /// Asserts that every record is what its last event left.
    pub async fn history_tells_all(&self) {
        let mut tx = self.house.house.db.read().await.unwrap();
        let found = access::history::check(&mut tx, charging::NOUNS).await.unwrap();
        assert_eq!(found, [], "every record is what its last event left");
    }
}

fn batch_id(number: i64) -> String {
    format!("00000000-0000-7000-8000-{number:012}")
}
