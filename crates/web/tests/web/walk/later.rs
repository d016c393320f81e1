//! What is done later and by itself.

use serde_json::json;

use super::refused::{Refused, no};
use super::{Walk, key};

/// Something is asked for later and called off, and what has expired is removed.
pub(super) async fn tell(walk: &mut Walk) {
    let body = json!({"name": "Later", "days": "30", "may": "read"});
    let ask = walk.door.ask("POST", "/api/v1/access/tokens").by(walk.who("selin")).keyed();
    let asked = ask.header("prefer", "respond-async").json(&body).send().await;
    assert_eq!(asked.status, 202, "{}", asked.text());
    let job = key(&asked.json());
    walk.does_to("selin", "job cancel", &[("id", &job)], json!({})).await;
    walk.known.insert("job", job);
    let old = "insert into access_sessions \
               (id, token_digest, person_id, form_token, signed_in_at, seen_at, expires_at) \
               select 'old', 'old', id, 'old', '2026-09-01', '2026-09-01', '2026-09-02' \
               from access_people where username = 'selin'";
    walk.door.alter(old).await;
    walk.does("adam", "expired clear", json!({})).await;
}

/// A request that each of these commands refuses; and another's token, which may act later too.
pub(super) fn refused(walk: &Walk) -> Vec<Refused> {
    vec![
        no("elif", "token revoke", &[("id", walk.number("token"))], json!({}), "not_found"),
        no("elif", "job cancel", &[("id", walk.number("job"))], json!({}), "not_found"),
        no("adam", "expired clear", &[], json!({"what": "all"}), "invalid_input"),
        no("yuki", "service edit", &[("key", "DESK")], json!({"state": "retired"}), "service_not_retiring"),
    ]
}
