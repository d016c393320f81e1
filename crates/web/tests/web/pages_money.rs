//! Pages of money and imports at the door, on both engines: who may open what, figures that tie with the
//! rows they link to, and a file that becomes lines and goes again by forms alone.

use crate::house::{AUGUST, SEPTEMBER, Told};
use crate::money_house::Browser;
use crate::{money_house, month, words};
use access::Role;
use serde_json::json;
use testkit::story;

/// Pages of those who read money.
const READ_BY_FINANCE: &[&str] = &[
    "/money",
    "/money/close",
    "/money/periods",
    "/money/close/2026-09",
    "/money/periods/2026-09",
    "/money/flow?period=2026-09",
    "/money/flow?period=2026-09&dry=yes",
    "/money/shares?period=2026-09",
    "/money/residuals?period=2026-09",
    "/money/trace/DESK/CARE?period=2026-09",
    "/money/journal?period=2026-08",
    "/money/budget",
    "/money/budgets",
    "/money/variances?period=2026-09",
    "/money/rules",
    "/money/rules/R-04",
    "/money/mapping",
    "/money/pools",
    "/money/pools/CLOUD",
    "/money/drivers",
    "/money/drivers/SEATS",
    "/money/quantities",
    "/money/rates",
    "/money/cost-centres",
    "/money/lines?period=2026-09",
    "/money/ledger",
    "/money/ledger/transactions",
    "/money/ledger/postings",
    "/money/ledger/accounts",
    "/money/unmapped?period=2026-09",
    "/money/coverage?period=2026-09",
    "/money/run?period=2026-09",
    "/money/runs",
    "/money/sharing",
    "/money/objects",
    "/money/close-policy",
    "/money/periods/2026-09/check",
    "/money/mapping?period=2026-09",
    "/money/rates?period=2026-09",
];

/// Forms of finance.
const CHANGED_BY_FINANCE: &[&str] = &[
    "/money/rules/new",
    "/money/rules/R-04/revise",
    "/money/mapping/new",
    "/money/pools/new",
    "/money/pools/CLOUD/edit",
    "/money/drivers/new",
    "/money/drivers/SEATS/edit",
    "/money/cost-centres/new",
    "/money/budgets/new",
    "/money/periods/new",
    "/money/close/2026-09/no-detail",
    "/money/close/2026-09/except",
    "/money/close/2026-09/close",
    "/money/statements/issue?period=2026-09",
];

#[test]
fn each_page_opens_for_who_may_and_for_nobody_else() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        told.drafts(SEPTEMBER).await.unwrap();
        let kim = Browser::of(&house, &told.representative("kim", "CARE").await).await;
        let priya = Browser::of(&house, &told.priya).await;
        let selin = Browser::of(&house, &house.person("selin", &[Role::Auditor]).await).await;
        let owner = house.person("rafael", &[Role::ServiceOwner]).await;
        let rafael = Browser::of(&house, &owner).await;
        for path in READ_BY_FINANCE {
            for who in [&priya, &selin] {
                let page = who.opens(path).await;
                assert_eq!(page.body.matches("<h1>").count(), 1, "{path}");
                assert!(page.has("aria-label=\"Breadcrumb\""), "{path} has crumbs");
            }
            for who in [&kim, &rafael] {
                assert_eq!(who.get(path).await.status, 403, "{path}");
            }
        }
        for path in CHANGED_BY_FINANCE {
            priya.opens(path).await;
            assert_eq!(selin.get(path).await.status, 403, "{path}: an auditor only reads");
        }
        for (path, who, status) in [
            ("/records/batches", &priya, 200),
            ("/records/imports", &selin, 200),
            ("/records/batches", &kim, 403),
            ("/records/batches/new", &priya, 200),
            ("/records/imports/new", &priya, 200),
            ("/money/close/1999-01", &priya, 404),
            ("/money/rules/R-99", &priya, 404),
            ("/money/trace/DESK/NOBODY?period=2026-09", &priya, 404),
            ("/money/statements", &kim, 200),
            ("/money/focus", &rafael, 403),
            ("/money/statements/STM-99", &kim, 404),
        ] {
            assert_eq!(who.get(path).await.status, status, "{path}");
        }
        assert!(!selin.opens("/records/batches").await.has("Import a file"), "an auditor imports nothing");
    });
}

#[test]
fn figures_of_the_flow_the_close_and_the_statements_are_what_their_rows_give() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        told.drafts(SEPTEMBER).await.unwrap();
        let priya = Browser::of(&house, &told.priya).await;
        // house.rs: 1,200.00 + 500.00 of September reached two customers over three services.
        let flow = priya.opens("/money/flow?period=2026-09").await;
        assert!(flow.has("€1,700.00 reached 2"), "{}", flow.main());
        let statement = priya.opens("/money/statements/STM-3").await;
        assert!(statement.has("What is Business Sales charged for Sep 2026?"), "{}", statement.main());
        // DESK 485.00 at cost and IAM 25 × 17.00; in August 283.33 and 20 × 16.00.
        assert!(statement.has("€910.00") && statement.has("603.33"), "{}", statement.main());
        let line = words::line_id(&told.priya, SEPTEMBER, "BS", "DESK").await;
        for (path, least) in [
            ("/money/flow?period=2026-09".to_owned(), 15),
            ("/money/close/2026-09".to_owned(), 7),
            ("/money/statements/STM-3".to_owned(), 25),
            (format!("/money/statements/STM-3?line={line}"), 30),
            (format!("/money/trace/{line}"), 5),
            ("/money/trace/DESK/BS?period=2026-09".to_owned(), 5),
            ("/money/statements?period=2026-09".to_owned(), 2),
            ("/money/mapping?period=2026-09".to_owned(), 3),
            ("/".to_owned(), 1),
        ] {
            let found = priya.ties(&path).await;
            assert!(found >= least, "{path} has {found} figures");
        }
        let kim = Browser::of(&house, &told.representative("kim", "CARE").await).await;
        assert!(kim.opens("/money/focus").await.has("Service DESK (DESK), at cost"), "own charges");
        assert!(kim.ties("/money/statements/STM-2").await >= 10);
        assert!(kim.ties("/").await >= 3);
    });
}

#[test]
fn a_customer_opens_and_accepts_their_own_statement_and_sees_nothing_behind_it() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        told.drafts(SEPTEMBER).await.unwrap();
        let kim = Browser::of(&house, &told.representative("kim", "CARE").await).await;
        let line = words::line_id(&told.priya, AUGUST, "CARE", "DESK").await;
        let page = kim.opens(&format!("/money/statements/STM-2?line={line}")).await;
        assert!(page.has("What is Customer Care charged for Aug 2026?"), "{}", page.main());
        assert!(page.has("Where €566.67 comes from"), "{}", page.main());
        for hidden in
            ["Cost pool", "CLOUD", "Internal labour", "gl-aug.csv", "B-0229", "Business Sales", "850.00"]
        {
            assert!(!page.has(hidden), "“{hidden}” is not the customer's: {}", page.main());
        }
        assert!(
            !page.has("href=\"/money/budget\"") && !page.has("href=\"/money/flow"),
            "only what they may open"
        );
        assert_eq!(kim.get("/money/statements/STM-1").await.status, 404, "another customer's");
        assert_eq!(kim.get("/money/statements/STM-4").await.status, 404, "a draft");

        let home = kim.opens("/").await;
        assert!(home.has("the Aug\u{a0}2026 statement of Customer Care"), "{}", home.main());
        let accepted = kim.submits(&home, "/money/statements/STM-2/accept", &[]).await;
        assert_eq!((accepted.status, accepted.location.as_str()), (303, "/"));
        let page = kim.opens("/money/statements/STM-2").await;
        assert!(page.has("Accepted") && !page.offers("/money/statements/STM-2/accept"), "{}", page.main());
        assert!(kim.opens("/").await.has("Nothing needs you."));
    });
}

#[test]
fn a_month_is_worked_through_on_its_page() {
    story(async |house| {
        let people = month::september(&house).await;
        let priya = Browser::of(&house, &people.priya).await;
        let tomas = Browser::of(&house, &people.tomas).await;
        let henrik = Browser::of(&house, &people.henrik).await;
        let page = priya.opens("/money/close/2026-09").await;
        assert!(page.has("Not yet: step 9 is in the way."), "{}", page.main());
        assert!(page.has("it ties"), "{}", page.main());
        assert!(!page.offers("/money/close/2026-09/sign"), "who prepared it does not sign it");
        let check = henrik.opens("/money/close/2026-09/close").await;
        assert!(check.has("Cannot close Sep 2026: step 9 is open."), "{}", check.main());
        assert!(!check.offers("/money/close/2026-09/close"), "no button that could only be refused");

        let page = tomas.opens("/money/close/2026-09").await;
        let page = tomas.follows(tomas.submits(&page, "/money/close/2026-09/sign", &[]).await).await;
        assert!(page.has("Yes: no step is in the way."), "{}", page.main());
        let check = henrik.opens("/money/close/2026-09/close").await;
        let page = henrik.follows(henrik.submits(&check, "/money/close/2026-09/close", &[]).await).await;
        assert!(page.has("How was Sep 2026 closed?"), "{}", page.main());
        let again = henrik.opens("/money/close/2026-09/close").await;
        assert!(again.has("Sep 2026 is soft-closed already."), "{}", again.main());
        assert!(!again.offers("/money/close/2026-09/close"), "it was done: {}", again.main());
        let form = henrik.opens("/money/close/2026-09/reopen").await;
        let why = [("reason", "a credit note came late")];
        let page = henrik.follows(henrik.submits(&form, "/money/close/2026-09/reopen", &why).await).await;
        assert!(page.has("a credit note came late"), "{}", page.main());
        let page = tomas.opens("/money/close/2026-09").await;
        let page = tomas.follows(tomas.submits(&page, "/money/close/2026-09/reopen", &[]).await).await;
        assert!(page.has("Can Sep 2026 be closed?"), "{}", page.main());
    });
}

/// Actual less budget: 525,051.89 − 500,000.00 = 25,051.89 more, over the limit of €20,000 and 2 %.
#[test]
fn a_variance_is_explained_by_one_and_confirmed_by_another_on_its_page() {
    story(async |house| {
        let people = month::september(&house).await;
        let csv =
            "budget,period,pool,amount\noriginal,2026-09,CLOUD,500000.00\noriginal,2026-09,OTHER,100.00\n";
        month::imports(&people.priya, "budget", csv, None).await.unwrap();
        let (priya, henrik) =
            (Browser::of(&house, &people.priya).await, Browser::of(&house, &people.henrik).await);
        let version = priya.opens("/money/budgets/2026-original").await;
        let version =
            priya.follows(priya.submits(&version, "/money/budgets/2026-original/submit", &[]).await).await;
        assert!(!version.offers("/money/budgets/2026-original/approve"), "{}", version.main());
        let version = henrik.opens("/money/budgets/2026-original").await;
        henrik.follows(henrik.submits(&version, "/money/budgets/2026-original/approve", &[]).await).await;

        let budget = priya.opens("/money/budget?period=2026-09").await;
        for says in ["25,051.89", "adverse", "500,000.00"] {
            assert!(budget.has(says), "{says}: {}", budget.main());
        }
        assert!(priya.ties("/money/budget?period=2026-09").await >= 15);
        assert!(priya.ties("/money/variances?period=2026-09").await >= 5);

        let home = priya.opens("/").await;
        assert!(home.has("the variance of Cloud in Sep 2026"), "{}", home.main());
        let at = "/money/variances/2026-09/CLOUD";
        let form = priya.opens(&format!("{at}/explain")).await;
        let page =
            priya.submits(&form, &format!("{at}/explain"), &[("cause", "volume"), ("text", " ")]).await;
        assert_eq!(page.status, 422);
        let why = [("cause", "volume"), ("text", "left running at weekends")];
        let page = priya.follows(priya.submits(&form, &format!("{at}/explain"), &why).await).await;
        assert!(page.has("left running at weekends") && page.has("not confirmed"), "{}", page.main());
        assert!(!page.offers(&format!("{at}/confirm")), "whoever explained it does not confirm it");
        let home = henrik.opens("/").await;
        let page = henrik.submits(&home, &format!("{at}/confirm"), &[]).await;
        assert_eq!((page.status, page.location.as_str()), (303, "/"));
        assert!(henrik.opens("/money/variances?period=2026-09").await.has("confirmed by HENRIK"));
    });
}

const LEDGER: &str = "Belegnr;Zeile;Buchung;Konto;Betrag;Währung\n\
    4711;1;15.09.2026;6400;1.234,56;EUR\n4712;1;16.09.2026;6400;-110,70;EUR\n4713;1;17.09.2026;9999;10,00;EUR\n";

/// Uploads the ledger as the batch at `at`, says what its columns and marks mean, and has every line checked.
async fn checked(priya: &Browser, at: &str) -> money_house::Page {
    let upload = priya.opens("/records/batches/new?kind=gl").await;
    let columns =
        priya.follows(priya.uploads(&upload, "/records/batches", "gl", "sep.csv", LEDGER).await).await;
    assert!(columns.has("What does each column of sep.csv mean?"), "{}", columns.main());
    assert!(columns.has("4711 · 4712 · 4713"), "the first values stand beside each column");
    let meant = [
        ("column:Belegnr", "document"),
        ("column:Zeile", "document_line"),
        ("column:Buchung", "posted_on"),
        ("column:Konto", "account"),
        ("column:Betrag", "amount"),
        ("column:Währung", "currency"),
    ];
    let formats = priya.follows(priya.submits(&columns, &format!("{at}/edit"), &meant).await).await;
    assert!(formats.has("How does sep.csv write figures and dates?"), "{}", formats.main());
    assert!(formats.has("1.234,56") && formats.has("= 1,234.56"), "raw beside parsed: {}", formats.main());
    let said = [
        ("decimal_mark", "comma"),
        ("thousands_mark", "point"),
        ("date_order", "D/M/Y"),
        ("control_total", "1133.86"),
        ("save_as", "Ledger of Berlin"),
    ];
    let check = priya.follows(priya.submits(&formats, &format!("{at}/edit"), &said).await).await;
    priya.follows(priya.submits(&check, &format!("{at}/check"), &[]).await).await
}

/// `screens.md` journey 2.2, steps 2 to 5, without a script: the file's marks are not ours.
#[test]
fn a_file_becomes_lines_and_goes_again_by_forms_alone() {
    story(async |house| {
        let people = month::organisation(&house).await;
        let priya = Browser::of(&house, &people.priya).await;
        let at = "/records/batches/B-0001";
        let found = checked(&priya, at).await;
        for says in ["What is in sep.csv?", "It ties.", "€1,133.86", "9999", "Import 2"] {
            assert!(found.has(says), "{says}: {}", found.main());
        }
        let lines = priya.opens("/money/lines?period=2026-09").await;
        assert!(lines.has("0\u{a0}lines"), "nothing is written by a check");
        let rejected = priya.get(&format!("{at}/reject-file.csv")).await;
        assert!(rejected.has("4713") && rejected.has("rejected_because"), "{}", rejected.body);

        let written = priya.follows(priya.submits(&found, &format!("{at}/write"), &[]).await).await;
        assert!(written.has("Written") && written.has("sep.csv"), "{}", written.main());
        assert!(priya.ties(at).await >= 4);
        let lines = priya.json("/money/lines?period=2026-09&per=all").await;
        assert_eq!(
            (lines["count"].as_i64(), lines["totals"]["amount"]["amount"].as_str()),
            (Some(2), Some("1123.86"))
        );

        let revert = format!("{at}/revert");
        let form = priya.opens(&revert).await;
        let refused = priya.submits(&form, &revert, &[("reason", " ")]).await;
        assert_eq!(refused.status, 422, "{}", refused.main());
        let sent = priya.submits(&form, &revert, &[("reason", "wrong file")]).await;
        let reverted = priya.follows(sent).await;
        assert!(reverted.has("Reverted") && reverted.has("wrong file"), "{}", reverted.main());
        let again = priya.opens(&revert).await;
        assert!(again.has("role=\"alert\"") && !again.offers(&revert), "{}", again.main());
        assert_eq!(priya.json("/money/lines?period=2026-09&per=all").await["count"], json!(0));

        // Again: the saved profile is recognised by the columns, and every line is new.
        let upload = priya.opens("/records/batches/new?kind=gl").await;
        let again =
            priya.follows(priya.uploads(&upload, "/records/batches", "gl", "sep.csv", LEDGER).await).await;
        assert!(again.has("B-0002"), "{}", again.main());
        let check = priya.opens("/records/batches/B-0002/check").await;
        let found = priya.follows(priya.submits(&check, "/records/batches/B-0002/check", &[]).await).await;
        assert!(found.has("Import 2") && found.has("No control total."), "{}", found.main());
    });
}

#[test]
fn what_is_refused_is_said_on_the_page_with_the_answers_kept() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        let priya = Browser::of(&house, &told.priya).await;
        let form = priya.opens("/money/pools/new").await;
        let page = priya.submits(&form, "/money/pools", &[("key", "no"), ("name", "Networks")]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("There is a problem") && page.has("value=\"Networks\""), "{}", page.main());
        // A button has no form of its own: its refusal stands over the page it was pressed on.
        let flow = priya.opens("/money/flow?period=2026-08").await;
        told.soft_closes(AUGUST).await;
        let page = priya.submits(&flow, "/money/runs", &[]).await;
        assert_eq!(page.status, 409);
        assert!(page.has("its allocation is final"), "{}", page.main());
    });
}
