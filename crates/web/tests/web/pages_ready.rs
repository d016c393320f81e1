//! What could only be refused is not offered: why stands where one looks for it, and at a form's address in place of
//! its questions. What two people change at once; of which months the trial balance is.

use serde_json::json;
use testkit::story;

use crate::house::{AUGUST, SEPTEMBER, Told};
use crate::money_house::Browser;
use crate::month;

#[test]
fn a_form_that_could_only_be_refused_says_why_and_asks_nothing() {
    story(async |house| {
        let people = month::closed(&house).await;
        let henrik = Browser::of(&house, &people.henrik).await;
        for (path, says, way_out) in [
            (
                "/money/close/2026-09/no-detail",
                "Sep 2026 is soft-closed, so its close cannot be worked on.",
                "Begin it where the period is open.",
            ),
            ("/money/close/2026-09/close", "Sep 2026 is soft-closed already.", ""),
            (
                "/money/close/2026-09/finish",
                "0 of 0 statements of Sep 2026 are issued, so it cannot be closed for good.",
                "Issue the others first.",
            ),
            (
                "/money/statements/issue?period=2026-09",
                "There are no statements of Sep 2026 yet.",
                "Draft them.",
            ),
            (
                "/records/batches/B-0001/revert",
                "Lines of B-0001 stand in Sep 2026, which is soft-closed.",
                "Import a file with corrections",
            ),
            ("/records/batches/B-0001/settle", "B-0001 has no open rejected lines.", "Leave it."),
        ] {
            let page = henrik.opens(path).await;
            assert!(page.has(says) && page.has(way_out), "{path}: {}", page.main());
            let (action, _) = path.split_once('?').unwrap_or((path, ""));
            assert!(!page.offers(action) && !page.has("<textarea"), "{path}: {}", page.main());
        }
        let issue = henrik.opens("/money/statements/issue?period=2026-09").await;
        assert!(issue.offers("/money/statements"), "the way out is a button: {}", issue.main());
    });
}

#[test]
fn a_button_that_could_only_be_refused_is_its_reason() {
    story(async |house| {
        let people = month::closed(&house).await;
        let henrik = Browser::of(&house, &people.henrik).await;
        let tomas = Browser::of(&house, &people.tomas).await;
        let batch = henrik.opens("/records/batches/B-0001").await;
        assert!(batch.has("Lines of B-0001 stand in Sep 2026, which is soft-closed."), "{}", batch.main());
        assert!(!batch.has("href=\"/records/batches/B-0001/revert\""), "{}", batch.main());
        let mapping = henrik.opens("/money/mapping?period=2026-09").await;
        assert!(mapping.has("Sep 2026 is soft-closed.") && !mapping.offers("/money/mapping-runs"));
        assert!(henrik.opens("/money/mapping?period=2026-10").await.offers("/money/mapping-runs"));
        assert!(!henrik.opens("/money/flow?period=2026-09").await.offers("/money/runs"));

        let at = "/money/close/2026-09";
        let close = henrik.opens(at).await;
        assert!(close.has("so it cannot be closed for good.") && !close.has("/2026-09/finish\""));
        let form = henrik.opens(&format!("{at}/reopen")).await;
        let why = [("reason", "a credit note came late")];
        let close = henrik.follows(henrik.submits(&form, &format!("{at}/reopen"), &why).await).await;
        // Who asked leaves it to another, also at the form's address.
        let waits = "Re-opening Sep 2026 waits for another person to confirm it.";
        assert!(close.has(waits) && !close.offers(&format!("{at}/reopen")), "{}", close.main());
        let again = henrik.opens(&format!("{at}/reopen")).await;
        assert!(again.has(waits) && !again.offers(&format!("{at}/reopen")), "{}", again.main());
        assert!(tomas.opens(at).await.offers(&format!("{at}/reopen")));
    });
}

#[test]
fn signing_and_closing_are_offered_to_who_may_and_when_it_is_their_turn() {
    story(async |house| {
        let people = month::september(&house).await;
        let priya = Browser::of(&house, &people.priya).await;
        let henrik = Browser::of(&house, &people.henrik).await;
        let tomas = Browser::of(&house, &people.tomas).await;
        let (at, close) = ("/money/close/2026-09", "href=\"/money/close/2026-09/close\"");
        let sign = format!("{at}/sign");
        assert!(!priya.opens(at).await.offers(&sign), "who prepared it does not sign it");
        assert!(!henrik.opens(at).await.has(close), "step 9 is open");
        let page = tomas.opens(at).await;
        tomas.follows(tomas.submits(&page, &sign, &[]).await).await;
        assert!(henrik.opens(at).await.has(close));
        let own = priya.opens(at).await;
        assert!(
            own.has("You imported for it, so somebody else closes it.") && !own.has(close),
            "{}",
            own.main()
        );
        let own = priya.opens(&format!("{at}/close")).await;
        assert!(own.has("You imported for it yourself, so somebody else has to close it."), "{}", own.main());
    });
}

#[test]
fn what_only_another_changed_is_taken_over_and_what_was_typed_stays() {
    story(async |house| {
        let people = month::organisation(&house).await;
        let priya = Browser::of(&house, &people.priya).await;
        let henrik = Browser::of(&house, &people.henrik).await;
        let at = "/money/pools/CLOUD/edit";
        let seen = henrik.opens(at).await;
        assert!(seen.has("name=\"_was.name\" value=\"Cloud\""), "{}", seen.main());
        let form = priya.opens(at).await;
        priya.follows(priya.submits(&form, at, &[("purpose", "grow")]).await).await;
        let late = henrik.submits(&seen, at, &[("name", "Cloud and hosting")]).await;
        assert_eq!(late.status, 412, "{}", late.main());
        for said in ["<b>PRIYA</b> changed this", "taken over below: Purpose.", "value=\"Cloud and hosting\""]
        {
            assert!(late.has(said), "{said}: {}", late.main());
        }
        assert!(!late.has("Changed by both of you"), "{}", late.main());
        henrik.follows(henrik.submits(&late, at, &[]).await).await;
        let pool = people.priya.sees("pool show", &[("key", "CLOUD")]).await;
        assert_eq!((&pool["name"], &pool["purpose"]), (&json!("Cloud and hosting"), &json!("grow")));

        // Both changed the name: both stand side by side, and what was typed is saved knowingly.
        let (first, second) = (priya.opens(at).await, henrik.opens(at).await);
        priya.follows(priya.submits(&first, at, &[("name", "Public cloud")]).await).await;
        let late = henrik.submits(&second, at, &[("name", "All clouds")]).await;
        assert!(late.has("Changed by both of you") && late.has("Public cloud"), "{}", late.main());
        assert!(late.has("value=\"All clouds\""), "{}", late.main());
        henrik.follows(henrik.submits(&late, at, &[]).await).await;
        assert_eq!(people.priya.sees("pool show", &[("key", "CLOUD")]).await["name"], "All clouds");
    });
}

#[test]
fn the_trial_balance_says_of_which_months_it_is_and_so_do_its_files() {
    story(async |house| {
        let people = month::closed(&house).await;
        let priya = Browser::of(&house, &people.priya).await;
        // `month`: September and October are open to facts.
        let whole = priya.opens("/money/ledger").await;
        assert!(whole.has("From the beginning to Oct 2026."), "{}", whole.main());
        assert!(whole.has("<option value=\"\" selected>the beginning</option>"), "{}", whole.main());
        assert!(whole.has("/money/ledger/trial-balance.csv?") && whole.has("to=2026-10"), "{}", whole.main());
        let one = priya.opens("/money/ledger?from=2026-09&to=2026-09").await;
        assert!(one.has("Sep 2026. Double entry"), "{}", one.main());
        let file = priya.json("/money/ledger/trial-balance?from=2026-09&to=2026-09").await;
        for item in file["items"].as_array().unwrap() {
            assert_eq!((&item["since"], &item["until"]), (&json!("2026-09"), &json!("2026-09")));
        }
        let wrong = priya.get("/money/ledger?from=2026-10&to=2026-09").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.has("Oct 2026 is after Sep 2026"), "{}", wrong.main());
    });
}

#[test]
fn all_that_is_wrong_with_a_form_is_said_in_one_round_each_at_its_field() {
    story(async |house| {
        let people = month::organisation(&house).await;
        let priya = Browser::of(&house, &people.priya).await;
        let form = priya.opens("/money/pools/new").await;
        // CLOUD is taken, which is a rule; the name is missing, which is an answer.
        let taken = [("key", "CLOUD"), ("name", ""), ("spend", "operating"), ("behaviour", "fixed")];
        let back = priya.submits(&form, "/money/pools", &taken).await;
        assert_eq!(back.status, 422, "{}", back.main());
        assert!(back.has("href=\"#f-key\"") && back.has("href=\"#f-name\""), "{}", back.main());
        // Alone it keeps its code, and says its way out at its field.
        let back = priya.submits(&back, "/money/pools", &[("name", "Clouds")]).await;
        assert_eq!(back.status, 409, "{}", back.main());
        assert!(back.has("href=\"#f-key\"") && back.has("value=\"Clouds\""), "{}", back.main());
    });
}

#[test]
fn the_trial_balance_says_its_months_and_lets_them_be_chosen() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        told.drafts(SEPTEMBER).await.unwrap();
        let priya = Browser::of(&house, &told.priya).await;
        for (asked, says, chosen) in [
            ("", "From the beginning to Sep 2026.", 0),
            ("?from=&to=", "From the beginning to Sep 2026.", 0),
            ("?from=2026-08&to=2026-08&class=cost", "Aug 2026. Double entry", 2),
            ("?period=2026-08", "Aug 2026. Double entry", 2),
            ("?from=2026-08&to=2026-09", "From Aug 2026 to Sep 2026.", 1),
        ] {
            let page = priya.opens(&format!("/money/ledger{asked}")).await;
            assert!(page.has(says), "{asked}: {}", page.main());
            assert!(page.has("aria-label=\"Months\"") && page.has("the beginning"), "{}", page.main());
            assert_eq!(page.body.matches("value=\"2026-08\" selected").count(), chosen, "{}", page.main());
        }
        let page = priya.opens("/money/ledger?from=2026-08&to=2026-08&class=cost").await;
        assert!(page.has("name=\"class\" value=\"cost\""), "what else was asked is kept: {}", page.main());
        assert!(priya.ties("/money/ledger?from=2026-08&to=2026-08").await >= 3);
    });
}

/// `domain.md` §3: a customer's own trace ends at the basis of its charge.

#[test]
fn whoever_wrote_a_rule_finds_no_button_to_approve_it() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        let (priya, henrik) =
            (Browser::of(&house, &told.priya).await, Browser::of(&house, &told.henrik).await);
        let form = priya.opens("/money/rules/R-04/revise").await;
        let wrong = [("effective_from", "not a month")];
        let written = priya.submits(&form, "/money/rules/R-04/revise", &wrong).await;
        assert_eq!((written.status, written.has("There is a problem")), (422, true));
        assert!(written.has("not a month") && form.has("Cost pool CLOUD: "), "{}", written.main());
        let answers =
            [("effective_from", "2026-09"), ("name", "Desktop by seats, again"), ("why", "seats are better")];
        let rule = priya.follows(priya.submits(&form, "/money/rules/R-04/revise", &answers).await).await;
        let rule = priya.follows(priya.submits(&rule, "/money/rules/R-04/submit", &[]).await).await;
        assert!(!rule.offers("/money/rules/R-04/approve"), "{}", rule.main());
        assert!(rule.has("You wrote it yourself, so somebody else has to approve it."), "{}", rule.main());
        assert!(!priya.opens("/").await.has("Desktop by seats, again"), "nothing for its author to approve");
        let home = henrik.opens("/").await;
        assert!(home.has("rule R-04, Desktop by seats, again"), "{}", home.main());
        let rule = henrik.opens("/money/rules/R-04").await;
        let rule = henrik.follows(henrik.submits(&rule, "/money/rules/R-04/approve", &[]).await).await;
        assert!(rule.has("Approved") && !rule.offers("/money/rules/R-04/approve"), "{}", rule.main());
    });
}
