//! The page of a search and the address that leads to any record by its id.

use testkit::story;

use crate::pages_house;

#[test]
fn an_address_with_an_id_leads_to_its_record_as_far_as_one_may_see_it() {
    story(async |house| {
        let people = pages_house::open(&house).await;
        let at = |path: &str| format!("/open/{path}");
        for (who, id, to) in [
            ("marta", "CARE", "/customers/CARE"),
            ("marta", "highland%20health", ""),
            ("marta", "hht", "/customers/HHT"),
            ("pavel", "yuki", "/records/people/yuki"),
            ("elif", "CARE", "/customers/CARE"),
        ] {
            let page = people[who].get(&at(id)).await;
            assert_eq!(
                (page.status, page.location.as_str()),
                (if to.is_empty() { 404 } else { 303 }, to),
                "{who} {id}"
            );
        }
        let two = people["yuki"].get("/open/DESK").await;
        assert_eq!(two.status, 200, "{}", two.text());
        for link in ["Which do you mean?", "href=\"/services/DESK\"", "href=\"/offerings/DESK\""] {
            assert!(two.has(link), "{link}: {}", two.text());
        }
        let near = people["marta"].get("/open/CARR").await;
        assert!(near.status == 404 && near.has("Did you mean customer CARE?"), "{}", near.text());
        let hers = people["elif"].get("/open/SALS").await;
        assert!(hers.status == 404 && !hers.has("SALES"), "another's is not near: {}", hers.text());
        let found = people["marta"].get("/search?q=highland").await;
        assert!(found.has("href=\"/customers/HHT\""), "{}", found.text());
        assert!(!people["elif"].get("/search?q=highland").await.has("HHT"));
    });
}
