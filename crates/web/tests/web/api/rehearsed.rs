//! A change that is rehearsed: it answers what would be, and nothing is written.

use access::Role;
use serde_json::json;

use crate::doors;

const CUSTOMERS: &str = "/api/v1/relationships/customers";

#[test]
fn a_rehearsed_request_answers_what_would_be_and_writes_nothing() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        let care = json!({"key": "CARE", "name": "Customer Care", "kind": "unit"});
        let ask = |wish: &str| {
            let ask = door.ask("POST", CUSTOMERS).by(&marta).keyed();
            ask.header("Quarterdeck-Rehearse", wish).json(&care)
        };
        let head = door.head().await;
        let would = ask("true").send().await;
        let told = would.json();
        assert_eq!((would.status, would.header("etag"), &told["rehearsed"]), (200, "", &json!(true)));
        assert_eq!(told["says"], "Would be: Added customer CARE, Customer Care; nothing was written.");
        // A job that is never kept is never claimed: it is rehearsed now.
        let later = ask("true").header("prefer", "respond-async").send().await;
        assert_eq!((later.status, later.header("preference-applied")), (200, ""));
        assert_eq!(door.value("select count(*) as n from app_jobs").await, 0);
        // Another word than the two could be meant either way, and does nothing.
        for wish in ["yes", "1", ""] {
            let strange = ask(wish).send().await;
            assert_eq!((strange.status, strange.fields()), (422, vec!["Quarterdeck-Rehearse".to_owned()]));
        }
        assert_eq!(door.get(&marta, CUSTOMERS).await.json()["count"], 0);
        assert_eq!(door.head().await, head);
        let done = ask("false").send().await;
        assert_eq!((done.status, done.json().get("rehearsed")), (201, None));
    });
}

#[test]
fn a_refused_rehearsal_answers_as_the_change_would_and_the_history_is_not_told() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        let care = json!({"key": "CARE", "name": "Customer Care", "kind": "unit"});
        let add = || door.ask("POST", CUSTOMERS).by(&marta).keyed().json(&care);
        assert_eq!(add().send().await.status, 201);
        let head = door.head().await;
        let refused = add().header(web::REHEARSE, "true").send().await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "customer_key_taken"));
        let at = format!("{CUSTOMERS}/CARE");
        let edit = |version: &str| {
            let ask = door.ask("PATCH", &at).by(&marta).header("if-match", version);
            ask.header(web::REHEARSE, "true").json(&json!({"name": "Care"}))
        };
        let stale = edit("\"7\"").send().await;
        assert_eq!((stale.status, stale.code().as_str()), (412, "stale"));
        let would = edit("\"1\"").send().await;
        assert_eq!((would.status, would.json()["version"].as_i64()), (200, Some(2)));
        assert_eq!(door.get(&marta, &at).await.header("etag"), "\"1\"");
        assert_eq!(door.head().await, head);
    });
}
