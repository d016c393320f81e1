//! What is done later, at the door: the asynchronous answer, how far it is, and where it ends.

use crate::doors;
use crate::doors::{Answer, Door};
use access::{Role, Who};
use app::jobs;
use serde_json::json;

const CUSTOMERS: &str = "/api/v1/relationships/customers";

async fn asked(door: &Door, who: &Who, prefer: &str, key: &str) -> Answer {
    let ask = door.ask("POST", CUSTOMERS).by(who).header("idempotency-key", key);
    let ask = if prefer.is_empty() { ask } else { ask.header("prefer", prefer) };
    ask.json(&json!({"key": "CARE", "name": "Customer Care", "kind": "unit"})).send().await
}

#[test]
fn a_post_that_would_rather_not_wait_is_accepted_and_told_where_to_look() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        let answer = asked(&door, &marta, "wait=10, Respond-Async", "one").await;
        assert_eq!((answer.status, answer.header("preference-applied")), (202, "respond-async"));
        let at = answer.header("location").to_owned();
        assert!(at.starts_with("/api/v1/jobs/"), "{at}");
        let again = asked(&door, &marta, "respond-async", "one").await;
        assert_eq!((again.status, again.header("location")), (202, at.as_str()), "one key, one job");
        let waited = asked(&door, &marta, "", "one").await;
        assert_eq!(
            (waited.status, waited.header("location")),
            (202, at.as_str()),
            "whichever way it is asked"
        );
        let told = door.get(&marta, &at).await;
        assert_eq!((&told.json()["state"], told.header("etag")), (&json!("asked"), "\"1\""));
        assert_eq!(jobs::run_all(&door.house.house).await.unwrap(), 1);
        let told = door.get(&marta, &at).await.json();
        assert_eq!((&told["state"], &told["done"]["key"]), (&json!("done"), &json!("CARE")));

        let other = asked(&door, &marta, "return=minimal", "two").await;
        assert_eq!((other.status, other.code().as_str()), (409, "customer_key_taken"), "as ever without it");
        let nameless = door.ask("POST", CUSTOMERS).by(&marta).header("prefer", "respond-async").send().await;
        assert_eq!(nameless.code(), "idempotency_key_needed");
        let nora = door.who("nora", Role::RelationshipManager).await;
        assert_eq!(door.get(&nora, &at).await.status, 404, "another's job is as if it were not");
    });
}

#[test]
fn the_page_of_a_job_loads_itself_again_without_a_script_and_leads_on_when_it_is_done() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        let job =
            asked(&door, &marta, "respond-async", "one").await.json()["key"].as_str().unwrap().to_owned();
        let at = format!("/jobs/{job}");
        let followed = format!("{at}?from=%2Fcustomers%2Fnew");
        let page = door.get(&marta, &followed).await;
        let text = page.text();
        assert_eq!(page.status, 200);
        for part in [
            "<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>",
            "<progress id=\"progress\">",
            &format!("data-job=\"/api/v1/jobs/{job}\""),
            &format!("action=\"{at}/cancel\""),
            "Add a customer: when is its turn?",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        jobs::run_all(&door.house.house).await.unwrap();
        let ended = door.get(&marta, &followed).await;
        assert_eq!((ended.status, ended.header("location")), (303, "/customers/CARE"));
        assert!(ended.header("set-cookie").contains("flash=Added%20customer%20CARE"), "{ended:?}");
        let next = door.get(&marta, format!("{followed}&next=%2Fcustomers")).await;
        assert_eq!(next.header("location"), "/customers", "where its form would have led");
        let abroad = door.get(&marta, format!("{followed}&next=%2F%2Fevil.example")).await;
        assert_eq!(abroad.header("location"), "/customers/CARE", "never to another site");
        let page = door.get(&marta, &at).await;
        assert!(
            page.status == 200 && !page.text().contains("http-equiv"),
            "the record itself stays to be seen"
        );
    });
}

#[test]
fn the_bar_shows_what_the_process_that_does_it_tells() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        let job =
            asked(&door, &marta, "respond-async", "one").await.json()["key"].as_str().unwrap().to_owned();
        let at = format!("/jobs/{job}");
        let own = door.house.house.headway.of(&job);
        own.begins("Reading september.xlsx", "lines");
        own.counts(200_000);
        own.at(41_200);
        let text = door.get(&marta, &at).await.text();
        assert!(
            text.contains("Reading september.xlsx") && text.contains("41,200 of 200,000 lines"),
            "{text}"
        );
        assert!(text.contains("<progress id=\"progress\" max=\"200000\" value=\"41200\">"), "{text}");
        own.ends();
        jobs::run_all(&door.house.house).await.unwrap();
    });
}

#[test]
fn a_refused_job_says_why_and_the_way_back() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        assert_eq!(asked(&door, &marta, "", "zero").await.status, 201);
        let job =
            asked(&door, &marta, "respond-async", "one").await.json()["key"].as_str().unwrap().to_owned();
        jobs::run_all(&door.house.house).await.unwrap();
        let text = door.get(&marta, format!("/jobs/{job}?from=%2Fcustomers%2Fnew")).await.text();
        assert!(text.contains("CARE") && text.contains("customer_key_taken"), "{text}");
        assert!(text.contains("href=\"/customers/new\""), "{text}");
        assert!(!text.contains("http-equiv"), "it does not load itself for ever");
    });
}
