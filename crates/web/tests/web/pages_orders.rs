//! What is ordered stands on the menu while it waits and until it begins, at the door of pages, on both engines.

use testkit::story;

use crate::pages_house::open;

#[test]
fn an_order_that_waits_stands_at_its_offering_and_nobody_asks_twice_unawares() {
    story(async |house| {
        let people = open(&house).await;
        let (elif, marta) = (&people["elif"], &people["marta"]);
        assert!(elif.get("/catalogue").await.has("Change how much"));
        assert!(!elif.get("/catalogue/DESK/ask").await.has("On its way already"));
        let order =
            [("customer", "CARE"), ("offering", "DESK"), ("quantity", "1,400"), ("from_day", "1 Nov 2026")];
        assert_eq!(elif.send("/catalogue/DESK/check", "/orders", &order).await.status, 303);
        for path in ["/catalogue", "/catalogue/DESK"] {
            let menu = elif.get(path).await;
            for said in
                ["href=\"/orders/ORD-1\"", "1,400", "1\u{a0}Nov\u{a0}2026", "to be confirmed", "1,357"]
            {
                assert!(menu.has(said), "{path}: {said}: {}", menu.text());
            }
            assert!(menu.has("See ORD-1") && menu.has("Ask once more"), "{path}: {}", menu.text());
            assert!(!menu.has("Change how much"), "{path}: {}", menu.text());
        }
        let form = elif.get("/catalogue/DESK/ask").await;
        assert!(form.has("On its way already") && form.has("href=\"/orders/ORD-1\""), "{}", form.text());
        assert!(marta.get("/catalogue?customer=CARE").await.has("Answer ORD-1"));
        let other = marta.get("/catalogue?customer=SALES").await;
        assert!(!other.has("ORD-1") && !other.has("to be confirmed"), "{}", other.text());
    });
}

#[test]
fn what_is_agreed_from_a_later_day_on_stands_there_too() {
    story(async |house| {
        let people = open(&house).await;
        let (elif, marta) = (&people["elif"], &people["marta"]);
        let order =
            [("customer", "CARE"), ("offering", "DESK"), ("quantity", "1,400"), ("from_day", "1 Nov 2026")];
        assert_eq!(elif.send("/catalogue/DESK/check", "/orders", &order).await.status, 303);
        let confirmed = marta.send("/orders/ORD-1/confirm", "/orders/ORD-1/confirm", &[]).await;
        assert_eq!(confirmed.status, 303, "{}", confirmed.text());
        let menu = elif.get("/catalogue/DESK").await;
        let agreed = "<a href=\"/agreements/AGR-1\">1,400 seats from 1\u{a0}Nov\u{a0}2026</a>";
        assert!(menu.has(agreed) && menu.has("1,357") && !menu.has("ORD-1"), "{}", menu.text());
        assert!(menu.has("Change how much"), "{}", menu.text());
    });
}
