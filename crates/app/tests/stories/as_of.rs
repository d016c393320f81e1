//! A past day: ledger lines, the ledger and rules as one knew them then, on both engines; everything else
//! refuses the day and says what takes one.

use crate::month::{MONTH, People, imports, ledger, organisation};
use access::{Role, as_of};
use app::registry;
use kernel::Refused;
use kernel::listing::Asked;
use serde_json::json;
use testkit::{Person, TestHouse, story};

/// Services, prices, rules and the ledger (issue 2, §4), with what is shown beside them.
const TAKERS: [&str; 23] = [
    "account list",
    "account show",
    "agreement list",
    "agreement show",
    "catalogue show",
    "history list",
    "history of",
    "ledger export",
    "ledger list",
    "ledger postings",
    "ledger show",
    "ledger trial-balance",
    "line list",
    "mapping list",
    "mapping show",
    "offering list",
    "offering show",
    "price list",
    "rule list",
    "rule show",
    "service list",
    "service show",
    "sharing list",
];

#[test]
fn a_past_day_is_taken_by_services_prices_rules_and_the_ledger_and_refused_by_all_else() {
    story(async |house| {
        let all = Role::ALL.into_iter().filter(|role| role.may_be_organisation_wide()).collect::<Vec<_>>();
        let person = house.person("all", &all).await;
        let mut takers = Vec::new();
        for reading in registry::readings() {
            let asked = Asked::read([("as_of", "2026-03-31")].into_iter(), reading.takes);
            let read = app::read(&house.house, reading, person.who().await, Default::default(), asked).await;
            match read {
                Err(Refused::Refusal(refusal)) if refusal.kind.code == "as_of_not_taken" => {
                    assert!(refusal.says.contains(reading.name) && refusal.way_out.contains("rule list"));
                    assert!(!as_of::taken_by(reading));
                }
                _ => takers.push(reading.name),
            }
        }
        takers.sort_unstable();
        assert_eq!(takers, TAKERS);
    });
}

/// The sum of the lines of the month, and the closing of the clearing account, as of a day.
async fn money(priya: &Person, day: &str) -> (String, String) {
    let lines = priya.lists("line list", &[("period", MONTH), ("as_of", day)]).await;
    let at = lines.columns.iter().position(|column| column.key == "amount").unwrap();
    let sum = lines.totals[at].as_ref().unwrap().plain();
    let balance =
        priya.lists("ledger trial-balance", &[("period", MONTH), ("class", "cost"), ("as_of", day)]).await;
    let at = balance.columns.iter().position(|column| column.key == "closing").unwrap();
    (sum, balance.totals[at].as_ref().unwrap().plain())
}

/// Each day something changes; each day keeps what was known at its end, and lines and ledger tie.
#[test]
fn ledger_lines_and_the_ledger_stay_as_they_were_known_on_each_day() {
    story(async |house| {
        house.at("2026-10-01T09:00:00Z");
        let people = organisation(&house).await;
        let priya = &people.priya;
        imports(priya, "gl", &ledger(&[("1", "6400", "1000.00"), ("2", "7700", "100.00")]), None)
            .await
            .unwrap();
        house.at("2026-10-02T09:00:00Z");
        let second = imports(priya, "gl", &ledger(&[("3", "6400", "50.00")]), None).await.unwrap();
        house.at("2026-10-03T09:00:00Z");
        let third = replaces(priya, &ledger(&[("2", "7700", "130.00")])).await;
        house.at("2026-10-04T09:00:00Z");
        let why = json!({"reason": "a wrong file"});
        priya.does_to("batch revert", &[("number", &third)], why.clone(), None).await.unwrap();
        house.at("2026-10-05T09:00:00Z");
        priya.does_to("batch revert", &[("number", &second.key)], why, None).await.unwrap();
        for (day, sum) in [
            ("2026-09-30", "0.00"),
            ("2026-10-01", "1100.00"),
            ("2026-10-02", "1150.00"),
            ("2026-10-03", "1180.00"),
            ("2026-10-04", "1150.00"),
            ("2026-10-05", "1100.00"),
            ("", "1100.00"),
        ] {
            assert_eq!(money(priya, day).await, (sum.to_owned(), sum.to_owned()), "as of {day}");
        }
        let count = async |name: &str, day: &str| priya.lists(name, &[("as_of", day)]).await.rows.len();
        assert_eq!((count("ledger list", "2026-10-01").await, count("ledger list", "").await), (1, 5));
        assert_eq!((count("account list", "2026-09-30").await, count("account list", "").await), (0, 3));
        let shown = async |day: &str| priya.sees("ledger show", &[("number", "T-2"), ("as_of", day)]).await;
        assert_eq!(shown("2026-10-04").await["reversed"], false, "reversed the day after");
        assert_eq!(shown("2026-10-05").await["reversed"], true);
        for (name, number) in [("ledger show", ("number", "T-2")), ("account show", ("code", "6400"))] {
            let before = [number, ("as_of", "2026-09-30")];
            assert_eq!(priya.reads(name, &before).await.err().unwrap().code(), "not_found", "{name}");
        }
    });
}

/// Imports lines that replace those there.
async fn replaces(person: &Person, csv: &str) -> String {
    use base64::Engine as _;
    let file = base64::engine::general_purpose::STANDARD.encode(csv);
    let body = json!({"kind": "gl", "file_name": "gl.csv", "file": file, "encoding": "UTF-8", "changed": "replace",
        "delimiter": "comma", "decimal_mark": "point", "thousands_mark": "none", "date_order": "Y-M-D"});
    person.does("import run", body).await.unwrap().key
}

/// Number, version, state and whether in force, as of a day.
async fn versions(priya: &Person, name: &str, day: &str, filter: &str) -> Vec<String> {
    let list = priya.lists(name, &[("as_of", day)]).await;
    let of = |row: &Vec<kernel::listing::Value>| {
        let words =
            ["number", "rule_version", "state", "in_force"].map(|key| list.value(row, key).unwrap().plain());
        words.join(" ")
    };
    list.rows.iter().map(of).filter(|row| row.starts_with(filter)).collect()
}

/// Rules of 1 October; on the next three days a second version of two of them is written, submitted,
/// approved.
async fn versioned(house: &TestHouse) -> People {
    house.at("2026-10-01T09:00:00Z");
    let people = organisation(house).await;
    let (priya, henrik) = (&people.priya, &people.henrik);
    house.at("2026-10-02T09:00:00Z");
    let body = json!({"name": "Desktop evenly", "sender_kind": "service", "sender": "DESK", "method": "even",
        "receivers": "CARE, BS, FIN", "effective_from": "2026-10"});
    priya.does_to("rule revise", &[("number", "R-02")], body, None).await.unwrap();
    let to_other = json!({"account": "6400", "pool": "OTHER", "effective_from": "2026-10"});
    priya.does_to("mapping revise", &[("number", "M-1")], to_other, None).await.unwrap();
    house.at("2026-10-03T09:00:00Z");
    for (noun, number) in [("rule", "R-02"), ("mapping", "M-1")] {
        priya.does_to(&format!("{noun} submit"), &[("number", number)], json!({}), None).await.unwrap();
    }
    house.at("2026-10-04T09:00:00Z");
    for (noun, number) in [("rule", "R-02"), ("mapping", "M-1")] {
        henrik.does_to(&format!("{noun} approve"), &[("number", number)], json!({}), None).await.unwrap();
    }
    people
}

#[test]
fn rules_show_the_versions_known_on_a_day_in_the_state_they_had() {
    story(async |house| {
        let people = versioned(&house).await;
        let priya = &people.priya;
        for (name, number) in [("rule list", "R-02"), ("mapping list", "M-1")] {
            let of = |texts: &[&str]| texts.iter().map(|text| format!("{number} {text}")).collect::<Vec<_>>();
            let older = "1 superseded no";
            for (day, told) in [
                ("2026-09-30", of(&[])),
                ("2026-10-01", of(&["1 approved yes"])),
                ("2026-10-02", of(&["1 approved yes", "2 draft no"])),
                ("2026-10-03", of(&["1 approved yes", "2 submitted no"])),
                ("2026-10-04", of(&[older, "2 approved yes"])),
                ("", of(&[older, "2 approved yes"])),
            ] {
                assert_eq!(versions(priya, name, day, number).await, told, "{name} as of {day}");
            }
        }
        for (name, number) in [("rule show", "R-02"), ("mapping show", "M-1")] {
            let shown = async |day: &str| priya.sees(name, &[("number", number), ("as_of", day)]).await;
            assert_eq!(shown("2026-10-01").await["rule_version"], 1, "{name}");
            let third = shown("2026-10-03").await;
            assert_eq!(
                (third["rule_version"].as_i64(), third["state"].as_str()),
                (Some(2), Some("submitted"))
            );
            assert!(third["approved_by"].is_null());
        }
    });
}
