//! A real portfolio in one go: `examples/hhs` on SQLite and on PostgreSQL. Figures are counted in the
//! files by other means; beside each stands the command, run in `examples/hhs`.

use std::path::Path;
use std::sync::Arc;

use app::House;
use app::pack::{self, PackReport};
use kernel::listing::{Asked, Filter, Sort};
use kernel::{FixedClock, SeededChance};
use serde_json::Value;
use testkit::{Person, TestHouse};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/hhs"))
}

/// Tells a story in an empty database on each engine.
fn story(story: impl AsyncFn(TestHouse)) {
    for url in [testkit::sqlite(), testkit::postgres()] {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let clock = Arc::new(FixedClock::at(testkit::MORNING.parse().unwrap()));
            let house = House::open(&url).await.unwrap().with(clock.clone(), Arc::new(SeededChance::new(1)));
            story(TestHouse { house: house.clone(), clock }).await;
            house.db.close().await;
        });
    }
}

async fn runs(house: &TestHouse, dry_run: bool) -> PackReport {
    match pack::run(&house.house, folder(), dry_run, &mut |_| {}).await {
        Ok(report) => report,
        Err(refused) => panic!("{refused:?}"),
    }
}

async fn somebody(house: &TestHouse, username: &str) -> Person {
    let mut tx = house.house.db.read().await.unwrap();
    let found = access::person::by_username(&mut tx, username).await.unwrap().unwrap();
    Person { house: house.clone(), id: found.id, username: username.to_owned() }
}

/// Rows of a step's file, and new, known, changed, rejected lines of its report.
fn counts(report: &PackReport, step: &str) -> (i64, [i64; 4]) {
    let step = report.steps.iter().find(|one| one.name == step).unwrap_or_else(|| panic!("no step {step}"));
    let group = |group: &str| step.report[group]["lines"].as_i64().unwrap();
    (step.rows["in_file"].as_i64().unwrap(), ["new", "known", "changed", "rejected"].map(group))
}

async fn rows(who: &Person, list: &str, columns: &[&str], asked: Asked) -> Vec<String> {
    let listing = match who.asks(list, &[], asked).await.unwrap() {
        access::View::List(listing) => listing,
        access::View::Record(_) => panic!("{list} is a record"),
    };
    let row = |row: &Vec<kernel::listing::Value>| {
        columns.iter().map(|key| listing.value(row, key).unwrap().plain()).collect::<Vec<_>>().join(" | ")
    };
    listing.rows.iter().map(row).collect()
}

/// One story, since bringing it in takes a while.
#[test]
fn a_real_portfolio_comes_in_whole_ties_is_judged_and_is_known_again() {
    story(async |house| {
        let report = runs(&house, false).await;
        every_row_of_the_files_is_accounted_for(&report);
        services_are_incomplete(&house).await;
        the_ledger_ties_and_is_allocated(&house).await;
        bureaus_see_what_their_investments_cost(&house).await;
        the_promises_rank_projects_by_slip(&house).await;
        a_second_run_knows_everything(&house).await;
        history_is_whole(&house).await;
    });
}

fn every_row_of_the_files_is_accounted_for(report: &PackReport) {
    // python3 -c "import csv; r=list(csv.DictReader(open('investments.csv'))); b=[x['bureau'] for x in r];
    //   print(len(r), len(set(b)-{''}), b.count(''), len(b)-b.count('')-len(set(b)-{''}))"  → 721 11 640 70
    assert_eq!(counts(report, "bureaus as customers"), (721, [11, 0, 0, 0]));
    let customers = report.steps.iter().find(|step| step.name == "bureaus as customers").unwrap();
    let left_out: Value = serde_json::json!({ "bureau is blank": 640, "bureau stood in a row before": 70 });
    assert_eq!(customers.rows["left_out"], left_out);
    assert_eq!(counts(report, "investments as services"), (721, [721, 0, 0, 0]));
    assert_eq!(counts(report, "what projects were to cost"), (108, [108, 0, 0, 0]));
    assert_eq!(counts(report, "when projects were to be finished"), (108, [108, 0, 0, 0]));
    // python3 -c "import csv; p={x['project'] for x in csv.DictReader(open('projects.csv'))};
    //   a=[x['project'] in p for x in csv.DictReader(open('activities.csv'))]; print(len(a), sum(a))"  → 1102 433
    assert_eq!(counts(report, "when tasks were to be finished"), (1102, [433, 0, 0, 669]));
    let tasks = report.steps.iter().find(|step| step.name == "when tasks were to be finished").unwrap();
    let reasons = tasks.report["reasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 1, "all for the one reason");
    assert_eq!(
        (&reasons[0]["says"], &reasons[0]["lines"]),
        (&"project: It is not in the files so far".into(), &669.into())
    );
    assert_eq!(counts(report, "contracts as ledger lines"), (157, [157, 0, 0, 0]));
    assert!(report.clean);
}

async fn a_second_run_knows_everything(house: &TestHouse) {
    let again = runs(house, false).await;
    for (step, rows, known, rejected) in [
        ("bureaus as customers", 721, 11, 0),
        ("investments as services", 721, 721, 0),
        ("what projects were to cost", 108, 108, 0),
        ("when projects were to be finished", 108, 108, 0),
        ("when tasks were to be finished", 1102, 433, 669),
        ("contracts as ledger lines", 157, 157, 0),
    ] {
        assert_eq!(counts(&again, step), (rows, [0, known, 0, rejected]), "{step}");
    }
    let rules = again.steps.iter().find(|step| step.name == "each bureau carries its investments").unwrap();
    assert_eq!(rules.report, serde_json::json!({ "done": 0, "before": 81 }));
}

async fn history_is_whole(house: &TestHouse) {
    let mut tx = house.house.db.read().await.unwrap();
    let found = access::history::check(&mut tx, &app::registry::nouns()).await.unwrap();
    assert_eq!(found, [], "every record is what its last event left");
    access::history::verify(&mut tx, None).await.unwrap().expect("the chain is whole");
}

async fn services_are_incomplete(house: &TestHouse) {
    let finance = somebody(house, "finance").await;
    let services = finance.lists("service list", &[]).await;
    assert_eq!(services.count, 721);
    let complete = |row: &Vec<kernel::listing::Value>| services.value(row, "complete").unwrap().plain();
    assert!(services.rows.iter().all(|row| complete(row) == "no"));
    let named = rows(&finance, "service list", &["key", "name", "kind"], of("key", "009000000704")).await;
    assert_eq!(named, ["009000000704 | 009-000000704 | core"], "no title: it shows its identifier");
    let named = rows(&finance, "service list", &["name"], of("key", "009999991400")).await;
    assert_eq!(named, ["Federal Health Architecture"]);
}

async fn the_ledger_ties_and_is_allocated(house: &TestHouse) {
    let finance = somebody(house, "finance").await;
    // python3 -c "import csv; from decimal import Decimal as D;
    //   print(sum(round(D(x['contract_size_musd'])*1000000,2) for x in csv.DictReader(open('contracts.csv'))))"
    //   → 6327502835.00
    let check = finance.sees("period check", &[("period", "2012-07")]).await;
    assert_eq!((&check["ledger"], &check["currency"]), (&"6327502835.00".into(), &"USD".into()));
    assert_eq!((&check["allocated"], &check["difference"]), (&"6327502835.00".into(), &"0.00".into()));
    let lines = finance.asks("line list", &[("period", "2012-07")], Asked::default()).await.unwrap();
    let access::View::List(lines) = lines else { panic!("lines are a list") };
    assert_eq!(lines.count, 157);
    let all = |column: &str, value: &str| {
        lines.rows.iter().all(|row| lines.value(row, column).unwrap().plain() == value)
    };
    assert!(all("period_assumed", "yes"));
    assert!(lines.rows.iter().all(|row| !lines.value(row, "supplier").unwrap().plain().is_empty()));
}

async fn bureaus_see_what_their_investments_cost(house: &TestHouse) {
    let finance = somebody(house, "finance").await;
    // python3 -c "import csv,collections; from decimal import Decimal as D; c=collections.Counter();
    //   b={x['identifier']:x['bureau'] for x in csv.DictReader(open('investments.csv'))}
    //   for x in csv.DictReader(open('contracts.csv')): c[b[x['investment']]]+=round(D(x['contract_size_musd'])*1000000,2)
    //   print(sorted(c.items()))"
    let costs = finance.asks("statement lines", &[("period", "2012-07")], Asked::default()).await.unwrap();
    let access::View::List(costs) = costs else { panic!("statement lines are a list") };
    let mut by_bureau = std::collections::BTreeMap::<String, kernel::Decimal>::new();
    for row in &costs.rows {
        let cell = |column: &str| costs.value(row, column).unwrap().plain();
        *by_bureau.entry(cell("customer")).or_default() += cell("cost").parse::<kernel::Decimal>().unwrap();
        assert_eq!((cell("amount").as_str(), cell("settlement").as_str()), ("0.00", "memo"));
    }
    let told: Vec<String> = by_bureau.into_iter().map(|(bureau, cost)| format!("{bureau} {cost}")).collect();
    assert_eq!(
        told,
        [
            "ACF 39243572.00",
            "CDC 193332437.00",
            "CMS 4822026724.00",
            "DM 9804169.00",
            "FDA 462278681.00",
            "HHS 645895383.00",
            "HRSA 94150859.00",
            "IHS 60771010.00",
        ]
    );
    let statements = finance.lists("statement list", &[]).await;
    assert_eq!(statements.count, 8, "a bureau whose investments have no contract has no statement");
}

fn of(column: &str, value: &str) -> Asked {
    let filter =
        Filter { column: column.into(), compare: kernel::listing::Compare::Equal, value: value.into() };
    Asked { filters: vec![filter], ..Asked::default() }
}

async fn the_promises_rank_projects_by_slip(house: &TestHouse) {
    let portfolio = somebody(house, "portfolio").await;
    // python3 -c "import csv; r=sorted(csv.DictReader(open('projects.csv')), key=lambda x:-int(x['delay_days']))
    //   for x in r[:8]: print(x['project'], x['delay_days'])"
    let projects = Filter {
        column: "source_key".into(),
        compare: kernel::listing::Compare::Contains,
        value: "project".into(),
    };
    let sort = Some(Sort { column: "slip_days".into(), descending: true });
    let asked = Asked { filters: vec![projects.clone()], sort, ..Asked::default() };
    let ranked = rows(&portfolio, "promise list", &["source_key", "slip_days", "judged"], asked).await;
    assert_eq!(
        ranked[..7],
        [
            "project 2195 finish | 3105 | broken",
            "project 2197 finish | 730 | broken",
            "project 2006 finish | 375 | broken",
            "project 2036 finish | 131 | broken",
            "project 2124 finish | 91 | broken",
            "project 2137 finish | 91 | broken",
            "project 2103 finish | 62 | broken",
        ]
    );
    assert_eq!(ranked.len(), 216, "108 projects, what they were to cost and when they were to be finished");
    // python3 -c "import csv; from decimal import Decimal as D; v=lambda x: D(x['cost_variance_musd'])/D(x['planned_cost_musd'])
    //   r=[x for x in csv.DictReader(open('projects.csv')) if D(x['planned_cost_musd'])]
    //   x=max(r, key=v); print(x['project'], x['planned_cost_musd'], x['cost_variance_musd'], v(x))"
    //   → 2106 0.628 0.547 0.8710191082802547770700636943
    let sort = Some(Sort { column: "adverse".into(), descending: true });
    let asked = Asked { filters: vec![projects], sort, ..Asked::default() };
    let costs = rows(&portfolio, "promise list", &["source_key", "promised", "now", "adverse"], asked).await;
    assert_eq!(costs[0], "project 2106 cost | 628000 | 1175000 | 0.871019");
}

#[test]
fn a_rehearsal_finds_the_same_and_keeps_nothing() {
    story(async |house| {
        let report = runs(&house, true).await;
        assert_eq!(counts(&report, "investments as services"), (721, [721, 0, 0, 0]));
        assert_eq!(counts(&report, "contracts as ledger lines"), (157, [157, 0, 0, 0]));
        let drafted = report.steps.last().unwrap();
        assert!(drafted.says[0].starts_with("8 statements of Jul 2012 are drafted"), "{:?}", drafted.says);
        let mut tx = house.house.db.read().await.unwrap();
        assert!(access::organisation::load(&mut tx).await.unwrap().is_none(), "not even the organisation");
    });
}
