//! A past day shows what was shown on the evening of that day, whatever was written since: services, prices,
//! customers and agreements are the log replayed, on both engines.

use access::{Role, View};
use base64::Engine as _;
use serde_json::{Value, json};
use testkit::{Person, TestHouse, story};

/// What takes a past day and is replayed, with what it is asked for.
const SHOWN: [(&str, &[(&str, &str)]); 8] = [
    ("service list", &[]),
    ("service show", &[("key", "VPN")]),
    ("offering list", &[]),
    ("offering show", &[("key", "VPN")]),
    ("price list", &[]),
    ("agreement list", &[]),
    ("agreement show", &[("number", "AGR-1")]),
    ("catalogue show", &[("customer", "FIN")]),
];

/// Everything shown, as data; what is not there yet says so.
async fn shown(person: &Person, day: &str) -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    for (name, params) in SHOWN {
        let params = [params, &[("as_of", day)][..]].concat();
        let seen = match person.reads(name, &params).await {
            Ok(View::List(list)) => {
                let rows =
                    list.rows.iter().map(|row| row.iter().map(|value| value.plain()).collect::<Vec<_>>());
                json!([list.caption, rows.collect::<Vec<_>>()])
            }
            Ok(View::Record(record)) => record,
            Err(refused) => json!(refused.code()),
        };
        all.push((name, seen));
    }
    all
}

struct Told<'h> {
    house: &'h TestHouse,
    all: Person,
    yuki: Person,
    marta: Person,
    priya: Person,
    henrik: Person,
}

impl Told<'_> {
    /// What happened on each of these days; each day something shown changes.
    async fn does(&self, day: usize) {
        match day {
            0 => self.begins().await,
            1 => self.offers().await,
            2 => {
                let agreed =
                    json!({"customer": "FIN", "offering": "VPN", "quantity": "95", "from_day": "2026-01-01"});
                self.marta.does("agreement add", agreed).await.unwrap();
            }
            3 => {
                let change = json!({"name": "Remote Access 2", "relationship_manager": "marta"});
                self.edits("service edit", "VPN", change).await;
                let other = json!({"kind": "replaces", "other": "OLD", "from_day": "2026-02-01"});
                self.yuki.does_to("service relate", &[("key", "VPN")], other, None).await.unwrap();
            }
            // Of a day long gone, yet nobody knew it before today.
            4 => {
                let change = json!({"quantity": "120", "from_day": "2026-02-01"});
                self.marta
                    .does_to("agreement change", &[("number", "AGR-1")], change, Some(1))
                    .await
                    .unwrap();
                self.approved("3.90", "2026-02-01").await;
            }
            5 => {
                let retiring = json!({"state": "retiring", "since": "2026-02-15", "last_day": "2026-03-31"});
                self.edits("service edit", "OLD", retiring).await;
                self.edits("service edit", "OLD", json!({"state": "retired"})).await;
                self.edits("offering edit", "VPN", json!({"name": "VPN seat"})).await;
            }
            _ => {
                let new = json!({"key": "NEW", "name": "Newcomer"});
                self.yuki.does("service take-over", new).await.unwrap();
            }
        }
    }

    async fn begins(&self) {
        let vpn = json!({"key": "VPN", "name": "Remote Access", "owner": "yuki", "kind": "enhancing",
            "first_day": "2019-01-01", "value_proposition": "Work from anywhere.", "for_whom": "all"});
        self.yuki.does("service take-over", vpn).await.unwrap();
        self.yuki.does("service take-over", json!({"key": "OLD", "name": "Dial-in"})).await.unwrap();
        let fin = json!({"key": "FIN", "name": "Finance", "kind": "unit"});
        self.marta.does("customer add", fin).await.unwrap();
    }

    async fn offers(&self) {
        let offering = json!({"service": "VPN", "unit": "seat", "charging": "fixed"});
        self.yuki.does("offering add", offering).await.unwrap();
        let target = json!({"measure": "availability", "level": "at least 99.5 %"});
        self.yuki.does_to("target set", &[("key", "VPN")], target, None).await.unwrap();
        self.approved("4.10", "2026-01-01").await;
    }

    async fn edits(&self, command: &str, key: &str, change: Value) {
        let at = [("key", key)];
        let noun = command.split(' ').next().unwrap();
        let version = self.yuki.sees(&format!("{noun} show"), &at).await["version"].as_i64();
        self.yuki.does_to(command, &at, change, version).await.unwrap();
    }

    async fn approved(&self, per_unit: &str, from: &str) {
        let price = json!({"per_unit": per_unit, "from_day": from});
        let drafted = self.priya.does_to("price draft", &[("key", "VPN")], price, None).await.unwrap();
        let at = [("number", drafted.key.as_str())];
        self.priya.does_to("price submit", &at, json!({}), None).await.unwrap();
        self.henrik.does_to("price approve", &at, json!({}), None).await.unwrap();
    }
}

fn day(number: usize) -> String {
    format!("2026-09-{:02}", number + 10)
}

#[test]
fn a_past_day_shows_what_was_shown_on_its_evening() {
    story(async |house| {
        house.at("2026-09-09T09:00:00Z");
        let every = Role::ALL.into_iter().filter(|role| role.may_be_organisation_wide()).collect::<Vec<_>>();
        let told = Told {
            all: house.person("all", &every).await,
            yuki: house.person("yuki", &[Role::PortfolioManager]).await,
            marta: house.person("marta", &[Role::RelationshipManager]).await,
            priya: house.person("priya", &[Role::FinanceManager]).await,
            henrik: house.person("henrik", &[Role::FinanceManager]).await,
            house: &house,
        };
        let mut evenings = Vec::new();
        for number in 0..7 {
            told.house.at(&format!("{}T09:00:00Z", day(number)));
            told.does(number).await;
            evenings.push((day(number), shown(&told.all, "").await));
        }
        for (yesterday, today) in evenings.iter().zip(&evenings[1..]) {
            assert_ne!(yesterday.1, today.1, "something changed on {}", today.0);
        }
        told.house.at("2026-12-01T09:00:00Z");
        for (day, evening) in &evenings {
            for (then, now) in evening.iter().zip(shown(&told.all, day).await) {
                assert_eq!(then, &now, "as of {day}");
            }
        }
        let before = told.all.lists("service list", &[("as_of", "2026-09-09")]).await;
        assert_eq!(before.rows.len(), 0, "first days lie years back, and nobody had told of a service");
    });
}

#[test]
fn what_was_taken_back_stands_on_the_days_it_was_there() {
    story(async |house| {
        house.at("2026-09-16T09:00:00Z");
        let yuki = house.person("yuki", &[Role::PortfolioManager]).await;
        let csv = base64::engine::general_purpose::STANDARD.encode("key,name\nNEW,Newcomer\n");
        let body = json!({"kind": "services", "file_name": "s.csv", "file": csv, "encoding": "UTF-8",
            "delimiter": "comma", "decimal_mark": "point", "thousands_mark": "none", "date_order": "Y-M-D"});
        let batch = yuki.does("import run", body).await.unwrap().key;
        house.at("2026-09-18T09:00:00Z");
        let why = json!({"reason": "the wrong file"});
        yuki.does_to("batch revert", &[("number", &batch)], why, None).await.unwrap();
        for (day, count) in [("2026-09-15", 0), ("2026-09-16", 1), ("2026-09-17", 1), ("2026-09-18", 0)] {
            assert_eq!(yuki.lists("service list", &[("as_of", day)]).await.rows.len(), count, "{day}");
        }
        let refused = yuki.reads("service list", &[("as_of", "2026-09-19")]).await.err().unwrap();
        assert_eq!(refused.code(), "invalid_input", "a day that has not come");
    });
}
