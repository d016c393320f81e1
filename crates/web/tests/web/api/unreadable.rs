//! What cannot be read as a request at all is answered in the same words as everything else.

use access::Role;
use serde_json::json;

use crate::doors;

#[test]
fn what_the_framework_would_say_is_said_as_a_refusal_with_its_code() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        let customers = "/api/v1/relationships/customers";
        for (method, at, status, code) in [
            ("GET", "/%FF", 422, "address_unreadable"),
            ("GET", "/%00", 422, "address_unreadable"),
            ("GET", "?q=%00", 422, "address_unreadable"),
            ("GET", "?filter=key%3D%00", 422, "address_unreadable"),
            ("DELETE", "", 405, "method_not_taken"),
            ("PUT", "/CARE", 405, "method_not_taken"),
        ] {
            let answer = door.ask(method, format!("{customers}{at}")).by(&marta).send().await;
            assert_eq!((answer.status, answer.code().as_str()), (status, code), "{method} {at}");
            let page = door.ask(method, format!("/customers{at}")).by(&marta).send().await;
            let says = answer.json()["says"].as_str().unwrap().to_owned();
            assert_eq!(page.status, status, "{method} /customers{at}");
            assert!(page.text().contains("<html") && page.text().contains(&says), "{}", page.text());
        }
        let allow = door.ask("DELETE", customers).by(&marta).send().await;
        assert!(allow.header("allow").contains("POST"), "{allow:?}");
        let large = "x".repeat((64 << 20) + 1);
        let answer = door.ask("POST", customers).by(&marta).keyed().raw(&large).send().await;
        assert_eq!((answer.status, answer.code().as_str()), (413, "request_too_large"));
    });
}

#[test]
fn a_character_no_text_has_and_a_value_of_another_kind_are_named_by_their_field() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        let head = door.head().await;
        for (body, field) in [
            (json!({"key": "CARE", "name": "A\0B", "kind": "unit"}), "name"),
            (json!({"key": 5, "name": "Care", "kind": "unit"}), "key"),
            (json!({"key": "CARE", "name": ["Care"], "kind": "unit"}), "name"),
            (json!({"key": "CARE", "name": "Care"}), "kind"),
        ] {
            let ask = door.ask("POST", "/api/v1/relationships/customers").by(&marta).keyed();
            let answer = ask.json(&body).send().await;
            let said = (answer.status, answer.code(), answer.fields());
            assert_eq!(said, (422, "invalid_input".into(), vec![field.to_owned()]), "{}", answer.text());
        }
        assert_eq!(door.head().await, head);
    });
}
