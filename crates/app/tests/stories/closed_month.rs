//! Nothing that decides a charge begins in a closed month: what was charged stays as it was charged.

use crate::month::{People, closed, imports};
use access::Role;
use kernel::Refused;
use serde_json::{Value, json};
use testkit::{Person, TestHouse, story};

/// What a refusal says and its way out.
fn says(refused: Refused) -> (String, String) {
    let Refused::Refusal(refusal) = refused else { panic!("{refused:?}") };
    assert_eq!(refusal.kind.code, "closed_month");
    (refusal.says, refusal.way_out)
}

async fn does(
    person: &Person,
    name: &str,
    number: &str,
    body: Value,
    version: i64,
) -> Result<String, Refused> {
    person.does_to(name, &[("number", number)], body, Some(version)).await.map(|done| done.says)
}

/// September is closed; today is in October. Marta looks after customers, the desktop has a priced offering
/// and one at cost, which BS takes.
async fn october(house: &TestHouse) -> (People, Person) {
    house.at("2026-09-01T09:00:00Z");
    let people = closed(house).await;
    house.at("2026-10-02T09:00:00Z");
    let marta = house.person("marta.r", &[Role::RelationshipManager]).await;
    for (key, charging) in [("DESK", "at cost"), ("GOLD", "fixed")] {
        let offering = json!({"service": "DESK", "key": key, "unit": "seat", "charging": charging});
        people.yuki.does("offering add", offering).await.unwrap();
    }
    let line = json!({"customer": "BS", "offering": "DESK", "quantity": "122", "from_day": "2026-01-01"});
    let entered = marta.does("agreement add", line).await.unwrap();
    let charged = "The months to Sep 2026 are closed: it is charged from Oct 2026 on.";
    assert!(entered.says.ends_with(charged), "{}", entered.says);
    (people, marta)
}

#[test]
fn quantities_and_ends_begin_after_the_last_closed_month() {
    story(async |house| {
        let (_, marta) = october(&house).await;
        let change = |day: &str| json!({"quantity": "130", "from_day": day});
        let refused = does(&marta, "agreement change", "AGR-1", change("2026-08-15"), 1).await.unwrap_err();
        assert_eq!(
            says(refused),
            (
                "Another quantity of AGR-1 from 15 Aug 2026 would change Sep 2026, which is closed: what was charged \
                 stays as it was charged."
                    .to_owned(),
                "Let it hold from 1 Oct 2026 or later, the first day after the last closed month.".to_owned()
            )
        );
        does(&marta, "agreement change", "AGR-1", change("2026-10-01"), 1).await.unwrap();
        let end = |day: &str| json!({"to_day": day, "why": "Both sides agree."});
        let refused = does(&marta, "agreement end", "AGR-1", end("2026-09-15"), 2).await.unwrap_err();
        assert!(says(refused).0.starts_with("AGR-1 to end on 15 Sep 2026 would change Sep 2026"));
        does(&marta, "agreement end", "AGR-1", end("2026-09-30"), 2).await.unwrap();
    });
}

#[test]
fn prices_begin_after_the_last_closed_month() {
    story(async |house| {
        let (people, _) = october(&house).await;
        let priya = &people.priya;
        let price = |day: &str| json!({"per_unit": "36", "from_day": day});
        let gold = [("key", "GOLD")];
        let refused = priya.does_to("price draft", &gold, price("2026-09-30"), None).await.unwrap_err();
        assert!(says(refused).0.starts_with("A price from 30 Sep 2026 would change Sep 2026"));
        let drafted = priya.does_to("price draft", &gold, price("2026-10-01"), None).await.unwrap();
        let refused = does(priya, "price edit", &drafted.key, json!({"from_day": "2026-09-01"}), 1).await;
        says(refused.unwrap_err());
    });
}

#[test]
fn an_imported_quantity_of_a_closed_month_is_rejected() {
    story(async |house| {
        let (_, marta) = october(&house).await;
        let file = "customer,offering,quantity,from_day,quantity_from\nBS,DESK,140,2026-01-01,2026-09-10\n";
        let told = format!("{:?}", imports(&marta, "agreements", file, None).await);
        assert!(told.contains("would change Sep 2026"), "{told}");
    });
}
