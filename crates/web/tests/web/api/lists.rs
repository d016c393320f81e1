//! Lists as they are asked for, and requests that cannot be taken.

use access::Role;
use serde_json::json;

use crate::{doors, walk};

const CUSTOMERS: &str = "/api/v1/relationships/customers";

#[test]
fn a_list_is_filtered_sorted_and_paged_by_its_address() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        for (query, keys, count) in [
            ("", vec!["CARE", "SALES"], 2),
            ("sort=-key", vec!["SALES", "CARE"], 2),
            ("per=1&page=2", vec!["SALES"], 2),
            ("key=SALES", vec!["SALES"], 1),
            ("filter=key%3DCARE", vec!["CARE"], 1),
            ("q=united", vec!["SALES"], 1),
        ] {
            let body = door.get(walk.who("marta"), format!("{CUSTOMERS}?{query}")).await.json();
            let items = body["items"].as_array().unwrap_or_else(|| panic!("{query}: {body}"));
            let found: Vec<&str> = items.iter().map(|item| item["key"].as_str().unwrap()).collect();
            assert_eq!((found, body["count"].as_i64().unwrap()), (keys, count), "{query}");
        }
        for query in ["format=pdf", "sort=mood", "filter=mood%3Dgood", "mood=good"] {
            let answer = door.get(walk.who("marta"), format!("{CUSTOMERS}?{query}")).await;
            assert_eq!(answer.status, 422, "{query}: {}", answer.text());
            let named = if query.contains("mood") { "mood" } else { "format" };
            assert!(answer.text().contains(named), "{query}: {}", answer.text());
        }
        // So many rows, or a refusal that says which of the two was meant.
        for query in ["limit=-1", "limit=0", "per=abc", "page=0", "page=all", "per=1.5"] {
            let answer = door.get(walk.who("marta"), format!("{CUSTOMERS}?{query}")).await;
            let (status, field) = (answer.status, answer.json()["fields"][0]["field"].clone());
            assert_eq!((status, field.as_str()), (422, query.split('=').next()), "{query}");
        }
        for query in ["limit=all", "per=2", "limit=9999"] {
            assert_eq!(
                door.get(walk.who("marta"), format!("{CUSTOMERS}?{query}")).await.status,
                200,
                "{query}"
            );
        }
    });
}

#[test]
fn a_word_that_a_column_cannot_hold_is_refused_and_no_empty_list() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        // A kind that no customer can be of is not the same as a kind that none is of.
        let none = "Kind wants one of unit, outside, not “untold”.";
        for query in ["kind=untold", "filter=kind%3Duntold", "filter=kind!%3Duntold"] {
            let answer = door.get(walk.who("marta"), format!("{CUSTOMERS}?{query}")).await;
            let said = answer.json()["fields"][0].clone();
            assert_eq!((answer.status, said["field"].as_str()), (422, Some("filter")), "{query}: {said}");
            assert_eq!(said["says"], none, "{query}");
        }
        for query in ["kind=UNIT", "filter=kind~uni"] {
            let answer = door.get(walk.who("marta"), format!("{CUSTOMERS}?{query}")).await;
            assert_eq!((answer.status, answer.json()["count"].as_i64()), (200, Some(2)), "{query}");
        }
    });
}

#[test]
fn a_list_is_given_as_files_with_the_same_rows() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let file =
            async |format: &str| door.get(walk.who("marta"), format!("{CUSTOMERS}?format={format}")).await;
        let csv = file("csv").await;
        assert!(csv.header("content-type").starts_with("text/csv"));
        assert!(csv.header("content-disposition").contains("customer-list.csv"));
        let lines: Vec<String> = csv.text().lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(
            lines[1].starts_with("CARE,Careful Customers,")
                && lines[2].starts_with("SALES,Salesfolk United,")
        );
        let excel = file("excel-csv").await;
        assert!(excel.body.starts_with("\u{feff}".as_bytes()), "a spreadsheet is told it is UTF-8");
        assert!(file("xlsx").await.body.starts_with(b"PK"));
    });
}

#[test]
fn what_cannot_be_taken_is_said_as_json_with_a_way_out() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        let at = CUSTOMERS;
        let post = |body: &str| {
            let ask = door.ask("POST", at).by(&marta).keyed().header("content-type", "application/json");
            ask.raw(body)
        };
        // All that is wrong is named at once: a key that is none, and the name and kind that are not there.
        for (body, named) in [
            ("{", 1),
            ("[]", 1),
            ("7", 1),
            ("\"text\"", 1),
            ("{\"key\": 7, \"name\": \"Care\", \"kind\": \"unit\"}", 1),
            ("{\"key\": null}", 3),
            ("\u{0}", 1),
        ] {
            let answer = post(body).send().await;
            let said = answer.json();
            assert_eq!(answer.status, 422, "{body}: {}", answer.text());
            assert_eq!(said["schema"], "quarterdeck.refusal.v1", "{body}");
            assert!(["code", "says", "way_out"].iter().all(|name| !said[name].as_str().unwrap().is_empty()));
            assert_eq!(said["fields"].as_array().unwrap().len(), named, "{body}: {said}");
        }
        for path in ["/api/v1/nothing", "/api/v1", "/api/v2/relationships/customers"] {
            for method in ["GET", "POST"] {
                let ask = door.ask(method, path).by(&marta).keyed();
                let answer =
                    if method == "GET" { ask.send().await } else { ask.json(&json!({})).send().await };
                assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{method} {path}");
            }
        }
        let wrong_way = door.ask("DELETE", at).by(&marta).send().await;
        assert_eq!(wrong_way.status, 405);
        assert_eq!(door.value("select count(*) as n from relationships_customers").await, 0);
    });
}
