//! Other sites change nothing, forms carry their page's token, pages forbid what is not theirs.

use std::collections::BTreeMap;

use access::{Method, Role};
use app::registry;
use serde_json::json;

use super::visitor::{comes_in, invited};
use crate::doors::{self, Answer, address};

/// Every unsafe address: the API's, their page twins, and those of signing in and out.
fn unsafe_addresses() -> Vec<(&'static str, String)> {
    let api = registry::commands().map(|command| {
        let method = if command.method == Method::Post { "POST" } else { "PATCH" };
        (method, address(command.path, &[], "X"))
    });
    let own =
        ["/sign-in", "/sign-in/demo", "/sign-out", "/welcome/x", "/theme", "/customers", "/customers/X/edit"];
    let pages = own.map(|path| ("POST", path.to_owned()));
    let others = ["PUT", "DELETE", "PATCH"].map(|method| (method, "/customers/X".to_owned()));
    api.chain(pages).chain(others).collect()
}

#[test]
fn another_site_changes_nothing_anywhere() {
    doors::tell(async |door| {
        let session = comes_in(&door, "marta", Role::RelationshipManager).await;
        let (head, sessions) =
            (door.head().await, door.value("select count(*) as n from access_sessions").await);
        for (method, at) in unsafe_addresses() {
            for (name, value) in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "https://evil.example"),
                ("origin", "http://127.0.0.1:9999"),
                ("origin", "null"),
            ] {
                let ask =
                    door.ask(method, &at).header("cookie", &session).header("host", "127.0.0.1:8420").keyed();
                let answer = ask.header(name, value).json(&json!({})).send().await;
                let said = (answer.status, answer.code(), answer.all("set-cookie").len());
                assert_eq!(said, (403, "cross_site".to_owned(), 0), "{method} {at} with {name}: {value}");
            }
        }
        assert_eq!(door.head().await, head);
        assert_eq!(door.value("select count(*) as n from access_sessions").await, sessions);
        let own =
            door.ask("POST", "/theme").header("cookie", &session).header("sec-fetch-site", "same-origin");
        assert_eq!(own.form(&[("theme", "dark")]).send().await.status, 303, "one's own site may");
    });
}

#[test]
fn a_form_without_its_pages_token_is_refused() {
    doors::tell(async |door| {
        let session = comes_in(&door, "marta", Role::RelationshipManager).await;
        let other = comes_in(&door, "nora", Role::RelationshipManager).await;
        let page = door.ask("GET", "/customers/new").header("cookie", &session).send().await.text();
        let token = page.split("name=\"_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let customer = |token: Option<&'static str>| {
            let mut fields = vec![("key", "CARE"), ("name", "Care"), ("kind", "unit")];
            fields.extend(token.map(|token| ("_token", token)));
            fields
        };
        let token: &'static str = Box::leak(token.to_owned().into_boxed_str());
        for (cookie, token, status) in [
            (&session, None, 403),
            (&session, Some("guessed.guessed"), 403),
            (&session, Some(".nonce"), 403),
            (&other, Some(token), 403),
            (&session, Some(token), 303),
        ] {
            let ask = door.ask("POST", "/customers").header("cookie", cookie);
            let answer = ask.form(&customer(token)).send().await;
            assert_eq!(answer.status, status, "{token:?}: {}", answer.text());
            let added = door.value("select count(*) as n from relationships_customers").await;
            assert_eq!(added, i64::from(status == 303));
        }
        // The same form sent twice, as by a double click, is one customer and one answer.
        let ask = door.ask("POST", "/customers").header("cookie", &session);
        let again = ask.form(&customer(Some(token))).send().await;
        assert_eq!((again.status, again.header("location")), (303, "/customers/CARE"));
        assert_eq!(door.value("select count(*) as n from relationships_customers").await, 1);
    });
}

/// Ways a page could run or style something of its own: each is for the policy to forbid and for us not to
/// need.
fn inline(page: &str) -> Option<String> {
    let script = page.split("<script").skip(1).find(|rest| {
        let (tag, body) = rest.split_once('>').unwrap_or((rest, ""));
        !tag.contains(" src=") || !body.starts_with("</script>")
    });
    let tags = page.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    let attribute = |tag: &str| {
        let names = tag.split(' ').skip(1).filter_map(|part| part.split_once("=\"").map(|(name, _)| name));
        names.into_iter().any(|name| name == "style" || name.starts_with("on"))
    };
    script.map(str::to_owned).or_else(|| {
        tags.into_iter()
            .find(|tag| tag.starts_with("style") || attribute(tag) || tag.contains("javascript:"))
            .map(str::to_owned)
    })
}

#[test]
fn every_page_forbids_and_has_no_script_or_style_of_its_own() {
    assert!(inline("<p><script>run()</script>").is_some() && inline("<p style=\"x\">").is_some());
    assert!(inline("<a href=\"/\" onclick=\"run()\">").is_some() && inline("<style>p{}</style>").is_some());
    assert!(inline("<script defer src=\"/a.js\"></script><p class=\"style\">on=\"x\"</p>").is_none());
    doors::tell(async |door| {
        let rosa = door.who("rosa", Role::Executive).await;
        let mut pages: BTreeMap<String, Answer> = doors::crawl(&door, &rosa, 120)
            .await
            .into_iter()
            .map(|(path, reached)| (path, reached.answer))
            .collect();
        let link = invited(&door, "wim", Role::Auditor).await;
        for path in ["/sign-in", &link, "/no/such/page", "/api/v1/access/people", "/assets/none"] {
            pages.insert(path.to_owned(), door.ask("GET", path).send().await);
        }
        assert!(pages.len() > 15, "{:?}", pages.keys());
        for (path, answer) in &pages {
            let policy: Vec<&str> =
                answer.header("content-security-policy").split(';').map(str::trim).collect();
            let wanted = [
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            ];
            assert!(wanted.iter().all(|rule| policy.contains(rule)), "{path}: {policy:?}");
            assert!(!answer.header("content-security-policy").contains("unsafe"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            if !path.starts_with("/assets/") {
                assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            }
            if answer.header("content-type").starts_with("text/html") {
                assert_eq!(inline(&answer.text()), None, "{path}");
            }
        }
    });
}
