//! Lists, forms and home as people meet them: a filter that means nothing, a form sent empty, what changed.

use testkit::story;

use crate::house::{AUGUST, SEPTEMBER, Told};
use crate::money_house::Browser;

#[test]
fn a_filter_that_means_nothing_is_said_over_its_list_and_a_page_too_far_is_the_last() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        let priya = Browser::of(&house, &told.priya).await;
        let wrong = priya.get("/money/statements?period=xyz").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.has("Period wants a month, as Sep 2026 or 2026-09, not “xyz”."), "{}", wrong.main());
        assert!(wrong.has("value=\"xyz\" selected") && !wrong.has("STM-1"), "{}", wrong.main());
        let wrong = priya.get("/money/statements?state=isued").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.has("State wants one of draft, issued, accepted, not “isued”."), "{}", wrong.main());
        assert!(wrong.has("<option value=\"issued\">Issued</option>"), "{}", wrong.main());
        // The month as pages print it, and the customer by name.
        let august = priya.opens("/money/statements?period=Aug%202026").await;
        assert!(august.has("STM-1") && august.has("STM-2"), "{}", august.main());
        assert!(august.has("<option value=\"CARE\">Customer Care</option>"), "{}", august.main());
        let last = priya.opens("/money/statements?per=1&page=99").await;
        assert!(last.has("Page 2 of 2") && last.has("STM-"), "{}", last.main());
    });
}

#[test]
fn a_form_sent_empty_names_every_question_in_words() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        let priya = Browser::of(&house, &told.priya).await;
        let form = priya.opens("/money/rules/new").await;
        let back = priya.submits(&form, "/money/rules", &[("effective_from", "")]).await;
        assert_eq!(back.status, 422, "{}", back.main());
        for said in ["href=\"#f-name\"", "href=\"#f-method-0\"", "By what?", "Name a month"] {
            assert!(back.has(said), "{said}: {}", back.main());
        }
        assert!(!back.has("missing field"), "{}", back.main());
        let upload = priya.opens("/records/batches/new").await;
        let back = priya.uploads(&upload, "/records/batches", "gl", "", "").await;
        assert!(back.has("Choose a file.") && !back.has("no row in this file"), "{}", back.main());
    });
}

#[test]
fn a_representative_sees_amount_and_state_first_and_nothing_that_is_the_same_in_every_row() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        let kim = Browser::of(&house, &told.representative("kim", "CARE").await).await;
        let page = kim.opens("/money/statements").await;
        let head = page.main().split_once("<thead>").unwrap().1.split("</thead>").next().unwrap();
        let labels: Vec<&str> = ["Statement", "Period", "Amount", "State", "Month before"].into();
        let places: Vec<usize> =
            labels.iter().map(|label| head.find(&format!(">{label}<")).unwrap()).collect();
        assert!(places.is_sorted(), "{head}");
        assert!(!head.contains(">Customer<") && !head.contains(">Name<"), "{head}");
    });
}

#[test]
fn what_changed_is_what_the_reader_may_read_and_leads_to_its_record() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        told.drafts(SEPTEMBER).await.unwrap();
        let priya = Browser::of(&house, &told.priya).await;
        let home = priya.opens("/").await;
        let changed = home.main().split_once("What changed").expect("finance reads what changed").1;
        assert!(changed.contains("href=\"/money/statements/STM-"), "{changed}");
        let kim = Browser::of(&house, &told.representative("kim", "CARE").await).await;
        let home = kim.opens("/").await;
        let changed = home.main().split_once("What changed").expect("a customer reads their own").1;
        assert!(changed.contains("Statement STM-2"), "{changed}");
        for hidden in ["STM-1", "STM-3", "STM-4", "Rule ", "Batch ", "Business Sales"] {
            assert!(!changed.contains(hidden), "“{hidden}” is not the customer's: {changed}");
        }
    });
}

#[test]
fn services_stand_beside_their_cost_and_promises_and_a_file_of_them_is_marked_as_unicode() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        let priya = Browser::of(&house, &told.priya).await;
        let services = priya.opens("/services").await;
        assert!(services.has("cost of Sep\u{a0}2026"), "{}", services.main());
        assert!(
            services.has("href=\"/money/service-cost?period=2026-09&amp;service=DESK\""),
            "{}",
            services.main()
        );
        let costs = priya.opens("/money/service-cost").await;
        assert!(
            costs.has("What does each service cost?") && costs.has("href=\"/money\""),
            "{}",
            costs.main()
        );
        assert!(priya.get("/services.csv").await.body.starts_with("\u{feff}key,"));
        let records = priya.opens("/records").await;
        assert!(records.main().contains("href=\"/records/batches\""), "{}", records.main());
        assert!(!records.main().contains("href=\"/records/people\""), "{}", records.main());
    });
}

/// In September DESK cost 970.00, IAM 490.00, MAIL 240.00: 1,700.00 together.
#[test]
fn services_are_summed_sorted_and_bounded_by_cost_on_the_page_and_in_files() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        let priya = Browser::of(&house, &told.priya).await;
        let all = priya.opens("/services").await;
        assert!(all.has("1,700.00") && all.has("href=\"/services?sort=-cost\""), "{}", all.main());
        assert!(all.has("href=\"/services?sort=promises\""), "{}", all.main());
        let dear = priya.opens("/services?cost=%3E400&sort=cost").await;
        let place = |key: &str| dear.main().find(&format!(">{key}</a>"));
        assert!(place("IAM").unwrap() < place("DESK").unwrap() && place("MAIL").is_none(), "{}", dear.main());
        assert!(dear.has("1,460.00") && dear.has("value=\"&gt;400\""), "{}", dear.main());
        assert!(
            dear.has("href=\"/services.csv?filter=cost%3E400&amp;sort=cost&amp;per=all\""),
            "{}",
            dear.main()
        );
        let file = priya.get("/services.csv?filter=cost%3E400&sort=cost").await.body;
        let heads = "\u{feff}key,name,state,kind,cost,cost_currency,cost_period,promises,";
        assert!(file.starts_with(heads), "{file}");
        assert!(file.lines().nth(1).unwrap().contains(",490.00,EUR,2026-09,"), "{file}");
    });
}

/// August: DESK cost 850.00, all of it from pools, over 3 seats: 283.3333 each.
#[test]
fn a_services_money_says_what_a_unit_cost_and_only_what_earns_has_a_margin() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        let priya = Browser::of(&house, &told.priya).await;
        let money = priya.opens("/services/DESK/money?period=2026-08").await;
        for said in ["283.3333", "Unit cost", "Month by month", "Quantity in seats"] {
            assert!(money.main().contains(said), "{said}: {}", money.main());
        }
        assert!(!money.main().contains("Margin over full IT cost"), "{}", money.main());
        told.line(229, AUGUST, 200, "CLOUD", -200_000).await;
        let sql = "update finance_lines set kind = 'income', pool_key = null, service_key = 'DESK' where file_line = 200";
        told.writes(sql, Vec::new()).await;
        let money = priya.opens("/services/DESK/money?period=2026-08").await;
        for said in ["Contribution over direct IT cost", "Margin over full IT cost", "€1,150<", "57.5\u{a0}%"]
        {
            assert!(money.main().contains(said), "{said}: {}", money.main());
        }
    });
}

#[test]
fn every_page_leads_to_how_it_is_printed_and_back() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        let priya = Browser::of(&house, &told.priya).await;
        let page = priya.opens("/money/flow?period=2026-08").await;
        let paper = "/money/flow?period=2026-08&amp;_paper=yes";
        assert!(page.has(&format!("href=\"{paper}\"")) && page.has("media=\"print\""), "{}", page.main());
        let paper = priya.opens(&paper.replace("&amp;", "&")).await;
        assert!(paper.has("media=\"all\"") && paper.has("data-theme=\"light\""), "{}", paper.main());
        assert!(paper.has("href=\"/money/flow?period=2026-08\"") && !paper.has("_paper"), "{}", paper.main());
        assert!(priya.opens("/services?_paper=yes").await.has("media=\"all\""), "it is no column of a list");
    });
}

#[test]
fn tokens_accounts_and_profiles_are_made_by_forms() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        let priya = Browser::of(&house, &told.priya).await;
        let tokens = priya.opens("/records/tokens").await;
        let back = priya.submits(&tokens, "/records/tokens", &[("days", "400")]).await;
        assert!(back.status == 422 && back.has("1 to 366"), "{}", back.main());
        let answers = [("name", "nightly report"), ("days", "30"), ("may", "read")];
        let made = priya.follows(priya.submits(&tokens, "/records/tokens", &answers).await).await;
        assert!(made.has("nightly report") && made.has(">Revoke<"), "{}", made.main());
        let id = priya.json("/records/tokens").await["items"][0]["id"].as_str().unwrap().to_owned();
        let ended =
            priya.follows(priya.submits(&made, &format!("/records/tokens/{id}/revoke"), &[]).await).await;
        assert!(ended.has("revoked") && !ended.has(">Revoke<"), "{}", ended.main());

        let form = priya.opens("/money/ledger/accounts/new").await;
        let answers = [("code", "4711"), ("name", "Cologne"), ("class", "cost")];
        let account = priya.follows(priya.submits(&form, "/money/ledger/accounts", &answers).await).await;
        assert!(account.has("Cologne"), "{}", account.main());
        let form = priya.opens("/money/ledger/accounts/4711/edit").await;
        let answers = [("name", "Scent"), ("class", "cost")];
        let done = priya.submits(&form, "/money/ledger/accounts/4711/edit", &answers).await;
        assert!(priya.follows(done).await.has("Scent"));

        let form = priya.opens("/records/profiles/new").await;
        let back = priya.submits(&form, "/records/profiles", &[("toml", "no profile")]).await;
        assert!(back.status == 422 && back.has("no profile"), "{}", back.main());
    });
}
