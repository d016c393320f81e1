//! Forms that come back because somebody was faster: both values stand side by side, and nothing is lost.

use crate::pages_house::open;
use testkit::story;

#[test]
fn a_stale_form_shows_what_is_stored_beside_what_was_typed() {
    story(async |house| {
        let people = open(&house).await;
        let (yuki, rafael, marta) = (&people["yuki"], &people["rafael"], &people["marta"]);
        let seen = rafael.form("/services/DESK/edit").await;
        let faster = [("name", "Agent Desktop"), ("first_day", "2013-06-01")];
        assert_eq!(yuki.send("/services/DESK/edit", "/services/DESK/edit", &faster).await.status, 303);
        let late = rafael.send_seen(&seen, "/services/DESK/edit", &[("name", "Care Screen")]).await;
        assert_eq!(late.status, 412, "{}", late.text());
        assert!(late.has("Stored now") && late.has("Agent Desktop") && late.has("value=\"Care Screen\""));

        let seen = marta.form("/customers/CARE/edit").await;
        let faster = [("name", "Care & Claims"), ("kind", "unit"), ("manager", "marta")];
        assert_eq!(marta.send("/customers/CARE/edit", "/customers/CARE/edit", &faster).await.status, 303);
        let late =
            marta.send_seen(&seen, "/customers/CARE/edit", &[("name", "Care"), ("kind", "outside")]).await;
        assert_eq!(late.status, 412);
        assert!(late.has("Care &amp; Claims") && late.has("value=\"Care\""));
    });
}

/// Both changed the name; the value only the other, and whom it is for only who was late.
#[test]
fn what_only_the_other_changed_is_taken_over_and_what_was_typed_stays() {
    story(async |house| {
        let people = open(&house).await;
        let (yuki, rafael) = (&people["yuki"], &people["rafael"]);
        let edit = "/services/DESK/edit";
        let seen = rafael.form(edit).await;
        let faster = [("name", "Agent Desktop"), ("value_proposition", "Two pages at once.")];
        assert_eq!(yuki.send(edit, edit, &faster).await.status, 303);
        let sent = [
            ("name", "Care Screen"),
            ("value_proposition", "Your agents see the whole customer on one page."),
            ("for_whom", "whoever answers customers"),
        ];
        let late = rafael.send_seen(&seen, edit, &sent).await;
        assert_eq!(late.status, 412, "{}", late.text());
        for says in [
            "<b>YUKI</b> changed this",
            "Agent Desktop",
            "value=\"Care Screen\"",
            "value=\"whoever answers customers\"",
            "taken over below: Value.",
            "Two pages at once.",
            "name=\"_was.name\" value=\"Agent Desktop\"",
        ] {
            assert!(late.has(says), "{says}: {}", late.text());
        }
        let again = [("name", "Care Screen"), ("value_proposition", "Two pages at once."), sent[2]];
        let done = rafael.send_seen(&late.hidden(edit), edit, &again).await;
        assert_eq!(done.status, 303, "saving again is on purpose: {}", done.text());
        let page = rafael.get("/services/DESK").await;
        assert!(page.has("Care Screen") && page.has("Two pages at once."), "{}", page.text());
    });
}
