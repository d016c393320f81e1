//! The page for people who write programs: it says how, its examples work, and it leaves nothing out.

use std::collections::BTreeSet;

use access::Role;
use app::registry;
use serde_json::json;

use crate::{doors, walk};

/// The examples of the page, asked as they stand there.
#[test]
fn the_examples_of_the_page_work() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let marta = walk.who("marta");
        let page = door.get(marta, "/api").await.text();
        let list = "/api/v1/portfolio/services?state=operational&sort=-key&per=20";
        assert!(page.contains(&list.replace('&', "&amp;")), "{page}");
        assert_eq!(door.get(marta, list).await.status, 200);
        let new = json!({"key": "ACME", "name": "Acme Widgets", "kind": "outside"});
        let shown = "{&quot;key&quot;: &quot;ACME&quot;, &quot;name&quot;: &quot;Acme Widgets&quot;, &quot;kind&quot;: &quot;outside&quot;}";
        assert!(page.contains(shown), "{page}");
        let add = || door.ask("POST", "/api/v1/relationships/customers").by(marta).keyed();
        let would = add().header("quarterdeck-rehearse", "true").json(&new).send().await;
        assert_eq!((would.status, &would.json()["rehearsed"]), (200, &json!(true)), "{}", would.text());
        assert_eq!(add().json(&new).send().await.status, 201);
        let at = "/api/v1/relationships/customers/ACME";
        assert_eq!(door.get(marta, at).await.header("etag"), "\"1\"");
        let change = door.ask("PATCH", at).by(marta).header("if-match", "\"1\"");
        let changed = change.json(&json!({"name": "Acme Widgets and Sons"})).send().await;
        assert_eq!(changed.status, 200, "{}", changed.text());
    });
}

#[test]
fn the_page_tells_of_every_operation_with_its_fields_and_words_and_is_small() {
    doors::tell(async |door| {
        let rosa = door.who("rosa", Role::Executive).await;
        let page = door.get(&rosa, "/api").await.text();
        for said in
            ["Authorization: Bearer", "Idempotency-Key", "If-Match", "href=\"/records/tokens\"", "as_of"]
        {
            assert!(page.contains(said), "{said}");
        }
        for command in registry::commands() {
            let id = format!("id=\"{}\"", command.name.replace(' ', "_"));
            let (_, told) = page.split_once(&id).unwrap_or_else(|| panic!("{id} is not there"));
            let told = told.split("<h3>").nth(1).unwrap_or_default();
            let schema = (command.input)();
            for (field, _) in schema["properties"].as_object().into_iter().flatten() {
                assert!(told.contains(&format!("<code>{field}</code>")), "{}: {field}", command.name);
            }
        }
        // The words of a customer's kind, as `domain.md` has them.
        assert!(page.contains("unit | outside"), "words of the type");
        let ids: BTreeSet<&str> =
            page.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        let links = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links {
            assert!(ids.contains(link), "#{link} leads nowhere");
        }
        let small = door.ask("GET", "/api").by(&rosa).header("accept-encoding", "gzip").send().await;
        assert_eq!(small.header("content-encoding"), "gzip");
        assert!(small.body.len() < 60 << 10, "{} bytes", small.body.len());
    });
}

#[test]
fn every_refusal_stands_on_its_page_under_its_code() {
    doors::tell(async |door| {
        let kim = door.who("kim", Role::Auditor).await;
        let page = door.get(&kim, "/help/errors").await;
        assert_eq!(page.status, 200);
        for kind in registry::refusals() {
            assert!(page.text().contains(&format!("id=\"{}\"", kind.code)), "{}", kind.code);
        }
    });
}
