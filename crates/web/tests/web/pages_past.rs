//! The choice of a past day: on the pages that can be shown as of one, in the same words, and kept to days that
//! have come.

use chrono::Days;
use testkit::story;

use crate::pages_house::open;

const CHOICE: &str = "<form class=\"day-pick\"";

#[test]
fn a_page_that_can_be_shown_as_of_a_day_lets_one_choose_it() {
    story(async |house| {
        let people = open(&house).await;
        for (who, path, offered) in [
            ("yuki", "/services", true),
            ("yuki", "/services/DESK", true),
            ("yuki", "/services/DESK/offerings", true),
            ("yuki", "/services/DESK/history", true),
            ("priya", "/prices", true),
            ("priya", "/money/rules", true),
            ("priya", "/money/sharing", true),
            ("priya", "/money/ledger", true),
            ("priya", "/money/ledger/accounts", true),
            ("marta", "/agreements/AGR-1", true),
            ("elif", "/catalogue", true),
            // What is known only as it is today, and forms.
            ("yuki", "/", false),
            ("rafael", "/services/DESK/edit", false),
            ("rafael", "/services/DESK/money", false),
            ("marta", "/customers", false),
            ("priya", "/prices/PRC-1", false),
            ("priya", "/money/close", false),
        ] {
            let page = people[who].get(path).await;
            assert_eq!(page.status, 200, "{path} for {who}: {}", page.text());
            assert_eq!(page.count(CHOICE), usize::from(offered), "{path} for {who}: {}", page.text());
        }
        // Nobody chooses the day of a page that is not theirs.
        let refused = people["elif"].get("/services").await;
        assert!(refused.status == 403 && !refused.has(CHOICE), "{}", refused.text());
    });
}

#[test]
fn the_day_keeps_what_else_was_asked_and_leads_back_to_today() {
    story(async |house| {
        let people = open(&house).await;
        let day = house.house.clock.now().date_naive();
        let page = people["yuki"].get("/services?state=operational&sort=-name&page=2&as_of=*").await;
        let choice =
            page.text().split_once(CHOICE).expect("a day is offered").1.split("</form>").next().unwrap();
        for kept in ["name=\"state\" value=\"operational\"", "name=\"sort\" value=\"-name\""] {
            assert!(choice.contains(kept), "{kept}: {choice}");
        }
        assert!(
            !choice.contains("name=\"page\"") && choice.contains("name=\"as_of\" value=\"\""),
            "{choice}"
        );
        assert!(!choice.contains("Back to today"), "it is today: {choice}");
        // A day is typed as our pages write days, or as it is stored.
        let words = kernel::typed::day_label(day);
        for typed in [words.replace(' ', "+"), day.to_string()] {
            let then = people["yuki"].get(&format!("/services?sort=-name&as_of={typed}")).await;
            assert_eq!(then.status, 200, "{typed}: {}", then.text());
            assert!(then.has(&format!("name=\"as_of\" value=\"{words}\"")), "{typed}: {}", then.text());
            assert_eq!(then.count("Back to today"), 1, "{typed}: {}", then.text());
            assert!(then.has("href=\"/services?sort=-name\">Back to today"), "{}", then.text());
        }
    });
}

#[test]
fn a_day_that_has_not_come_or_is_none_is_refused_in_words_beside_the_choice() {
    story(async |house| {
        let people = open(&house).await;
        let today = house.house.clock.now().date_naive();
        let to_come = today + Days::new(1);
        for (typed, says) in [
            (to_come.to_string(), format!("<li>{to_come} has not come yet; today is {today}.</li>")),
            ("soon".to_owned(), "<li>“soon” is no day; write it as 2026-09-30.</li>".to_owned()),
        ] {
            for (who, path) in
                [("yuki", "/services"), ("priya", "/money/ledger/accounts"), ("marta", "/agreements")]
            {
                let page = people[who].get(&format!("{path}?as_of={typed}")).await;
                assert_eq!(page.status, 422, "{path} as of {typed}: {}", page.text());
                assert!(page.has(&says), "{path}: {}", page.text());
                // Nothing is shown, so nothing is said to be as it was known then.
                assert!(page.has(CHOICE) && !page.has("as it was known then"), "{path}: {}", page.text());
                assert!(page.has(&format!("href=\"{path}\">Back to today")), "{path}: {}", page.text());
            }
        }
    });
}
