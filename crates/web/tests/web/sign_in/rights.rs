//! Tokens, recent sign-in, invited people, the demo's one click.

use std::collections::BTreeMap;

use access::{Method, Role};
use app::registry;
use serde_json::{Value, json};

use super::visitor::{PASSWORD, comes_in, cookie, home, invited, sign_in};
use crate::doors::{self, Door, address};

/// A token of the person with that cookie.
async fn token(door: &Door, cookie: &str, may: &str) -> (String, String) {
    let ask = door
        .ask("POST", "/api/v1/access/tokens")
        .header("cookie", cookie)
        .header("sec-fetch-site", "same-origin")
        .keyed();
    let made = ask.json(&json!({"name": "Script", "days": "30", "may": may})).send().await.json();
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    (format!("Bearer {}", text(&made["body"]["token"])), text(&made["key"]))
}

#[test]
fn a_token_does_what_its_person_may_or_only_reads_until_it_expires_or_is_revoked() {
    doors::tell(async |door| {
        let session = comes_in(&door, "marta", Role::RelationshipManager).await;
        let (reads, _) = token(&door, &session, "read").await;
        let (all, id) = token(&door, &session, "all").await;
        let at = "/api/v1/relationships/customers";
        let get = async |token: &str| door.ask("GET", at).header("authorization", token).send().await.status;
        let add = async |token: &str, key: &str| {
            let ask = door.ask("POST", at).header("authorization", token).keyed();
            ask.json(&json!({"key": key, "name": key, "kind": "unit"})).send().await
        };
        assert_eq!((get(&reads).await, get(&all).await, get("Bearer wrong").await), (200, 200, 401));
        let refused = add(&reads, "CARE").await;
        assert_eq!((refused.status, refused.code().as_str()), (403, "not_allowed"));
        assert_eq!(add(&all, "SALES").await.status, 201);
        for (method, command) in registry::commands().map(|it| (it.method, it)) {
            let method = if method == Method::Post { "POST" } else { "PATCH" };
            let ask =
                door.ask(method, address(command.path, &[], "X")).header("authorization", &reads).keyed();
            assert_eq!(ask.json(&json!({})).send().await.status, 403, "{}", command.name);
        }
        let form = door.ask("POST", "/customers").header("authorization", &all);
        assert_eq!(form.form(&[("key", "FORM")]).send().await.status, 403, "a token sends no forms");

        let stored = door.texts("select token_digest as x from access_tokens").await;
        assert!(stored.iter().all(|digest| !all.contains(digest.as_str())), "only digests are kept");
        let revoke = door
            .ask("POST", format!("/api/v1/access/tokens/{id}/revoke"))
            .header("cookie", &session)
            .header("sec-fetch-site", "same-origin");
        assert_eq!(revoke.keyed().json(&json!({})).send().await.status, 201);
        assert_eq!((get(&all).await, get(&reads).await), (401, 200));
        door.house.at("2026-11-01T09:29:59Z");
        assert_eq!(get(&reads).await, 200);
        door.house.at("2026-11-01T09:30:00Z");
        assert_eq!(get(&reads).await, 401, "thirty days later");
    });
}

/// Granting, tokens, approving, signing, closing, issuing: who, address, body.
fn far() -> [(&'static str, &'static str, Value); 13] {
    let grant = json!({"username": "rosa", "role": "auditor", "scope": "organisation"});
    [
        ("adam", "/access/grants", grant),
        ("rosa", "/access/grants/x/confirm", json!({})),
        ("adam", "/access/grants/x/end", json!({})),
        ("adam", "/access/tokens", json!({"name": "Script", "days": "1", "may": "read"})),
        ("priya", "/portfolio/prices/x/approve", json!({})),
        ("priya", "/finance/rules/x/approve", json!({})),
        ("priya", "/finance/mapping/x/approve", json!({})),
        ("priya", "/finance/budgets/x/approve", json!({})),
        ("priya", "/finance/close/2026-09/sign", json!({})),
        ("priya", "/finance/close/2026-09/close", json!({})),
        ("priya", "/finance/close/2026-09/reopen", json!({"reason": "Late"})),
        ("priya", "/finance/close/2026-09/finish", json!({})),
        ("priya", "/finance/statements/issue", json!({"period": "2026-09"})),
    ]
}

#[test]
fn what_reaches_far_needs_a_sign_in_within_ten_minutes() {
    doors::tell(async |door| {
        let mut people = BTreeMap::new();
        for (name, role) in
            [("adam", Role::Administrator), ("priya", Role::FinanceManager), ("rosa", Role::Executive)]
        {
            people.insert(name, comes_in(&door, name, role).await);
        }
        let (token, _) = token(&door, &people["priya"], "all").await;
        let ask = |cookie: &str, at: &str, body: &Value| {
            door.ask("POST", format!("/api/v1{at}"))
                .header("cookie", cookie)
                .header("sec-fetch-site", "same-origin")
                .keyed()
                .json(body)
        };
        for (moment, again) in [("09:30:00", false), ("09:40:00", false), ("09:40:01", true)]
            .map(|(at, again)| (format!("2026-10-02T{at}Z"), again))
        {
            door.house.at(&moment);
            for (who, at, body) in far() {
                let answer = ask(&people[who], at, &body).send().await;
                assert_eq!(answer.code() == "sign_in_again", again, "{at} at {moment}: {}", answer.text());
                assert_eq!(answer.status == 401, again, "{at} at {moment}");
            }
        }
        let issue =
            door.ask("POST", "/api/v1/finance/statements/issue").header("authorization", &token).keyed();
        let answer = issue.json(&json!({"period": "2026-09"})).send().await;
        assert_eq!(answer.code(), "sign_in_again", "a token is no sign-in");
        let again = cookie(&sign_in(&door, "adam", PASSWORD).await);
        let (_, at, body) = &far()[0];
        assert_eq!(ask(&again, at, body).send().await.status, 201, "after a new sign-in");
    });
}

#[test]
fn who_is_invited_or_waits_for_confirmation_has_no_right() {
    doors::tell(async |door| {
        let adam = comes_in(&door, "adam", Role::Administrator).await;
        let rosa = comes_in(&door, "rosa", Role::Executive).await;
        invited(&door, "ivan", Role::Executive).await;
        let ivan =
            door.texts("select id as x from access_people where username = 'ivan'").await.swap_remove(0);
        let mut tx = door.house.house.db.begin().await.unwrap();
        let id = kernel::PersonId::parse(&ivan).unwrap();
        let now = door.house.house.clock.now();
        let secret = access::session::open(&mut tx, id, now, door.house.house.chance.as_ref()).await.unwrap();
        tx.commit().await.unwrap();
        let session = format!("quarterdeck={secret}");
        assert_eq!(home(&door, &session).await, 303, "no session of an invited person counts, however made");

        let wim = comes_in(&door, "wim", Role::Receiver).await;
        let give = |role: &str| json!({"username": "wim", "role": role, "scope": "organisation"});
        let ask = |cookie: &str, at: &str, body: &Value| {
            door.ask("POST", format!("/api/v1/access/grants{at}"))
                .header("cookie", cookie)
                .header("sec-fetch-site", "same-origin")
                .keyed()
                .json(body)
        };
        let money =
            async || door.ask("GET", "/api/v1/finance/pools").header("cookie", &wim).send().await.status;
        let asked = ask(&adam, "", &give("finance manager")).send().await.json();
        assert_eq!(asked["body"]["state"], "asked");
        assert_eq!(money().await, 403, "asked for is not given");
        let confirm = format!("/{}/confirm", asked["key"].as_str().unwrap());
        assert_eq!(ask(&adam, &confirm, &json!({})).send().await.code(), "grant_needs_executive");
        assert_eq!(money().await, 403);
        assert_eq!(ask(&rosa, &confirm, &json!({})).send().await.status, 201);
        assert_eq!(money().await, 200, "confirmed by an executive");
    });
}

#[test]
fn the_demos_people_come_in_by_one_click_only_where_that_is_on() {
    doors::tell(async |door| {
        comes_in(&door, "rosa", Role::Executive).await;
        invited(&door, "ivan", Role::Executive).await;
        let click = async |door: &Door, username: &str| {
            let ask = door.ask("POST", "/sign-in/demo").header("host", "127.0.0.1:8420");
            ask.form(&[("username", username)]).send().await
        };
        let page = door.ask("GET", "/sign-in").send().await.text();
        assert!(!page.contains("/sign-in/demo") && !page.contains("rosa"), "nobody is named");
        let off = click(&door, "rosa").await;
        assert_eq!((off.status, off.all("set-cookie").len()), (404, 0));

        let demo = Door::with(&door.house, false, true);
        let page = demo.ask("GET", "/sign-in").send().await.text();
        assert!(page.contains("/sign-in/demo") && page.contains("value=\"rosa\""), "{page}");
        // The button is the one the style sheet knows: a name to click, its role beside it.
        assert!(
            page.contains("<button type=\"submit\"><b>rosa</b><span>executive</span></button>"),
            "{page}"
        );
        assert!(!page.contains("ivan"), "who was only invited is not offered");
        let on = click(&demo, "rosa").await;
        assert_eq!((on.status, on.header("location")), (303, "/"));
        assert_eq!(home(&demo, &cookie(&on)).await, 200);
        for host in ["evil.example:8420", "192.168.1.7:8420"] {
            let ask = demo.ask("POST", "/sign-in/demo").header("host", host);
            let elsewhere = ask.form(&[("username", "rosa")]).send().await;
            assert_eq!((elsewhere.status, elsewhere.all("set-cookie").len()), (404, 0), "{host}");
        }
        for nobody in ["ivan", "nobody", ""] {
            let answer = click(&demo, nobody).await;
            assert_eq!((answer.status, answer.all("set-cookie").len()), (404, 0), "{nobody}");
        }
    });
}
