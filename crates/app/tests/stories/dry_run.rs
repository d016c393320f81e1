//! A dry run says who would gain and who would pay, with the rules as they are or with one that waits for its
//! approval, and keeps nothing.

use crate::month::{MONTH, september};
use serde_json::json;
use testkit::{Person, story};

/// Customer, what stands, what would be, the difference.
async fn dry(person: &Person, rule: &str) -> Vec<String> {
    let list = person.lists("allocate dry", &[("period", MONTH), ("rule", rule)]).await;
    let words = |row: &Vec<kernel::listing::Value>| {
        row.iter().take(4).map(kernel::listing::Value::plain).collect::<Vec<_>>().join(" ")
    };
    list.rows.iter().map(words).collect()
}

/// €525,051.89 over 1,357 seats; evenly it is a third each, the two cents left by key.
#[test]
fn whoever_approves_a_rule_sees_before_who_would_gain_and_who_would_pay() {
    story(async |house| {
        let people = september(&house).await;
        let (priya, henrik) = (&people.priya, &people.henrik);
        let stands =
            ["BS 47204.37 47204.37 0.00", "CARE 441090.02 441090.02 0.00", "FIN 36757.50 36757.50 0.00"];
        assert_eq!(dry(henrik, "").await, stands);
        let evenly = json!({"name": "Desktop evenly", "sender_kind": "service", "sender": "DESK", "method": "even",
            "receivers": "CARE, BS, FIN", "effective_from": "2026-10"});
        priya.does_to("rule revise", &[("number", "R-02")], evenly, None).await.unwrap();
        priya.does_to("rule submit", &[("number", "R-02")], json!({}), None).await.unwrap();
        assert_eq!(dry(henrik, "").await, stands, "it does not hold yet");
        assert_eq!(
            dry(henrik, "R-02").await,
            [
                "BS 47204.37 175017.30 127812.93",
                "CARE 441090.02 175017.30 -266072.72",
                "FIN 36757.50 175017.29 138259.79"
            ]
        );
        assert_eq!(dry(henrik, "").await, stands, "nothing was kept");
        let unknown = henrik.reads("allocate dry", &[("period", MONTH), ("rule", "R-99")]).await;
        assert_eq!(unknown.err().unwrap().code(), "not_found");
    });
}
