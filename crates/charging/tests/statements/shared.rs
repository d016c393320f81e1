//! How services share: stated by one, approved by another, corrected while the month is open.

use serde_json::json;

use crate::house::{AUGUST, SEPTEMBER, Told};
use crate::words::{does, rows};

impl Told {
    /// States how services share from August on; its number.
    async fn states(&self, method: &str, order: Option<&str>) -> String {
        let says = json!({"method": method, "order": order, "effective_from": AUGUST});
        does(&self.priya, "sharing set", &[], says).await.unwrap().key
    }

    async fn approves(&self, number: &str) {
        does(&self.henrik, "sharing approve", &[("number", number)], json!({})).await.unwrap();
    }

    /// Identities cost 450.00; a third of them serve the desktop, the rest CARE, before they are charged.
    async fn identities_serve_the_desktop(&self) {
        let seats = json!({"name": "Identities", "sender_kind": "service", "sender": "IAM", "method": "fixed",
            "receivers": "DESK:1, CARE:2", "effective_from": AUGUST});
        let rule = rows(&self.priya, "rule list", &[], &["number", "sender"]).await;
        let number = rule.iter().find_map(|row| row.strip_suffix(" | IAM")).unwrap().to_owned();
        let at = [("number", number.as_str())];
        does(&self.priya, "rule revise", &at, seats).await.unwrap();
        does(&self.priya, "rule submit", &at, json!({})).await.unwrap();
        does(&self.henrik, "rule approve", &at, json!({})).await.unwrap();
    }

    /// What customers bear in August.
    async fn borne(&self) -> Vec<String> {
        does(&self.priya, "allocate run", &[], json!({"period": AUGUST})).await.unwrap();
        rows(&self.priya, "allocate dry", &[("period", AUGUST)], &["customer", "now"]).await
    }
}

/// DESK has 850.00 and 150.00 of IAM's 450.00: BS bears a third of 1,000.00 by seats and half of MAIL's 200.00.
/// Where CARE serves as the name of a customer, a service's rule means the customer.
#[test]
fn a_supporting_service_reaches_what_it_supports_by_the_direct_method() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.identities_serve_the_desktop().await;
        assert_eq!(told.borne().await, ["BS | 433.33", "CARE | 1096.67"]);
    });
}

#[test]
fn sharing_holds_once_another_person_approved_it_and_may_be_stated_anew() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.identities_serve_the_desktop().await;
        let first = told.states("step-down", Some("DESK, IAM")).await;
        let own = told.priya.does_to("sharing approve", &[("number", &first)], json!({}), None).await;
        assert!(format!("{own:?}").contains("same_person"), "{own:?}");
        // Nothing holds before it is approved: see the story above.
        assert_eq!(told.borne().await, ["BS | 433.33", "CARE | 1096.67"]);
        // As it would be: DESK has sent before IAM does, so CARE bears all of IAM; BS has a third of 850.00.
        let dry = [("period", AUGUST), ("sharing", first.as_str())];
        let then = rows(&told.priya, "allocate dry", &dry, &["customer", "then"]).await;
        assert_eq!(then, ["BS | 383.33", "CARE | 1146.67"]);
        told.approves(&first).await;
        assert_eq!(told.borne().await, ["BS | 383.33", "CARE | 1146.67"]);
        let second = told.states("reciprocal", None).await;
        told.approves(&second).await;
        assert_eq!(told.borne().await, ["BS | 433.33", "CARE | 1096.67"]);
        let stated = rows(&told.henrik, "sharing list", &[], &["number", "method", "state"]).await;
        assert_eq!(stated, ["SH-2 | reciprocal | approved", "SH-1 | step-down | superseded"]);
    });
}

#[test]
fn an_order_names_services_once_and_a_closed_month_is_left_alone() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        for (order, says) in [("NOPE", "There is no service “NOPE”."), ("IAM IAM", "“IAM” is named twice.")]
        {
            let asked = json!({"method": "step-down", "order": order, "effective_from": SEPTEMBER});
            let refused = format!("{:?}", does(&told.priya, "sharing set", &[], asked).await.unwrap_err());
            assert!(refused.contains(says), "{refused}");
        }
        let waiting = told.states("reciprocal", None).await;
        let central = json!({"name": "Levy kept", "sender_kind": "pool", "sender": "LEVY", "method": "central",
            "effective_from": AUGUST});
        let rule = does(&told.priya, "rule add", &[], central).await.unwrap().key;
        let at = [("number", rule.as_str())];
        does(&told.priya, "rule submit", &at, json!({})).await.unwrap();
        told.soft_closes(AUGUST).await;
        let late = told.henrik.does_to("sharing approve", &[("number", &waiting)], json!({}), None).await;
        assert_eq!(late.unwrap_err().code(), "sharing_period_done", "it closed while the approval waited");
        let late = does(&told.henrik, "rule approve", &at, json!({})).await;
        assert_eq!(late.unwrap_err().code(), "rule_period_done");
        let again = json!({"name": "Levy kept", "sender_kind": "pool", "sender": "LEVY", "method": "central",
            "driver": "NOPE", "effective_from": AUGUST});
        let refused = format!("{:?}", does(&told.priya, "rule add", &[], again).await.unwrap_err());
        assert!(refused.contains("rule_period_done") && refused.contains("effective_from"), "{refused}");
        assert!(!refused.contains("NOPE"), "kept central, no driver is asked for: {refused}");
        let asked = json!({"method": "reciprocal", "effective_from": AUGUST});
        let refused = format!("{:?}", does(&told.priya, "sharing set", &[], asked).await.unwrap_err());
        assert!(refused.contains("sharing_period_done"), "{refused}");
    });
}
