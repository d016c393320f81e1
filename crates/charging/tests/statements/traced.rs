//! Where an amount comes from: down to file and line for those who read money, to the basis for its
//! customer.

use kernel::{Currency, Money};
use serde_json::{Value, json};

use crate::house::{AUGUST, Told};
use crate::words::{amount, does, line_id};

fn minor(value: &Value) -> i64 {
    Money::parse(amount(value), Currency::EUR).unwrap().minor()
}

fn sum<'v>(values: impl IntoIterator<Item = &'v Value>) -> i64 {
    values.into_iter().map(minor).sum()
}

/// Every line of a period: pools add up to the amount, files and lines to their pool.
#[test]
fn every_line_is_traced_down_to_file_and_line_in_parts_that_add_up() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let lean = json!({"service": "DESK", "key": "LEAN", "unit": "terminal", "charging": "not charged"});
        does(&told.yuki, "offering add", &[], lean).await.unwrap();
        told.agrees("CARE", "LEAN", "1", "memo").await;
        told.drafts(AUGUST).await.unwrap();
        let lines = told.priya.lists("statement lines", &[("period", AUGUST)]).await;
        assert_eq!(lines.rows.len(), 8);
        for row in &lines.rows {
            let id = lines.value(row, "id").unwrap().plain();
            let trace = told.priya.sees("trace show", &[("id", &id)]).await;
            let parts = trace["parts"].as_array().unwrap();
            assert_eq!(sum(parts.iter().map(|part| &part["amount"])), minor(&trace["amount"]), "{trace}");
            assert_eq!(amount(&trace["amount"]), lines.value(row, "amount").unwrap().plain());
            assert_eq!(trace["ties"], true);
            for part in parts.iter().filter(|part| part["pool"].is_string()) {
                let (files, lines) = (part["batches"].as_array().unwrap(), part["lines"].as_array().unwrap());
                assert!(!lines.is_empty(), "{part}");
                for (figure, whole) in [("part", "amount"), ("amount", "pool_cost")] {
                    let whole = minor(&part[whole]);
                    assert_eq!(sum(files.iter().map(|file| &file[figure])), whole, "{part}");
                    let told = sum(lines.iter().map(|line| &line[figure])) + minor(&part["unlisted"][figure]);
                    assert_eq!(told, whole, "{part}");
                }
            }
        }
    });
}

#[test]
fn the_trace_names_share_rule_pool_batch_file_and_line() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        let id = line_id(&told.priya, AUGUST, "CARE", "DESK").await;
        let trace = told.priya.sees("trace show", &[("id", &id)]).await;
        assert_eq!(
            trace["cost_sentence"],
            "€566.67 = 2 / 3 of €850.00, because Customer Care has 2 of 3 seats."
        );
        assert_eq!(
            trace["sentence"],
            "€566.67 for 2 seats, charged at cost and shared by seats: ≈ €283.3350 each."
        );
        assert_eq!((trace["rule"].as_str(), amount(&trace["rounding"])), (Some("R-04 v1"), "0.00"));
        let cloud = &trace["parts"][0];
        assert_eq!(
            ["amount", "service_cost", "pool_cost"].map(|figure| amount(&cloud[figure])),
            ["400.00", "600.00", "1000.00"]
        );
        assert_eq!((cloud["pool"].as_str(), cloud["pool_rule"].as_str()), (Some("CLOUD"), Some("R-01 v1")));
        assert_eq!(cloud["rows"], "/money/lines?period=2026-08&kind=cost&pool=CLOUD");
        let first = &cloud["lines"][0];
        assert_eq!(
            (first["batch"].as_str(), first["file"].as_str(), first["line"].as_i64(), amount(&first["part"])),
            (Some("B-0229"), Some("gl-aug.csv"), Some(2), "280.00")
        );
        let credit = &cloud["lines"][2];
        assert_eq!((amount(&credit["amount"]), amount(&credit["part"])), ("-50.00", "-20.00"));
        let priced = line_id(&told.priya, AUGUST, "BS", "IAM").await;
        let priced = told.priya.sees("trace show", &[("id", &priced)]).await;
        assert_eq!(priced["sentence"], "€320.00 = 20 identities × €16.00.");
        assert_eq!(amount(&priced["parts"][2]["amount"]), "20.00");
        assert!(priced["parts"][2]["says"].as_str().unwrap().contains("over-recovery"));
    });
}

#[test]
fn of_many_ledger_lines_the_largest_are_told_and_the_rest_is_summed() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        for line in 100..160 {
            told.line(229, AUGUST, line, "LEVY", 100).await;
        }
        does(&told.priya, "allocate run", &[], json!({"period": AUGUST})).await.unwrap();
        told.drafts(AUGUST).await.unwrap();
        let id = line_id(&told.priya, AUGUST, "CARE", "").await;
        let trace = told.priya.sees("trace show", &[("id", &id)]).await;
        let levy = &trace["parts"][0];
        assert_eq!((amount(&levy["pool_cost"]), levy["ledger_lines"].as_i64()), ("90.00", Some(61)));
        assert_eq!(levy["lines"].as_array().unwrap().len(), 50);
        assert_eq!(amount(&levy["lines"][0]["amount"]), "30.00");
        assert_eq!(
            (levy["unlisted"]["lines"].as_i64(), amount(&levy["unlisted"]["amount"])),
            (Some(11), "11.00")
        );
    });
}

/// All that a customer's own trace says.
const BASIS: [&str; 19] = [
    "schema",
    "id",
    "statement",
    "period",
    "customer",
    "customer_name",
    "service",
    "service_name",
    "offering",
    "model",
    "settlement",
    "rule",
    "price_number",
    "quantity",
    "unit",
    "unit_price",
    "unit_price_follows",
    "amount",
    "sentence",
];

/// `domain.md` §3: a customer's own trace ends at the basis; with open book and three customers also
/// total quantity and service cost.
#[test]
fn a_customers_own_trace_ends_at_the_basis_of_the_charge() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let kim = told.representative("kim", "CARE").await;
        told.bills(AUGUST).await;
        let id = line_id(&kim, AUGUST, "CARE", "DESK").await;
        let closed = kim.sees("trace show", &[("id", &id)]).await;
        assert_eq!(
            closed["sentence"],
            "€566.67 for 2 seats, charged at cost and shared by seats: ≈ €283.3350 each."
        );
        let keys: Vec<&str> = closed.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, BASIS, "nothing else: no pool, ledger line, supplier, total or other customer");
        told.writes("update access_organisation set open_book = $1", vec![true.into()]).await;
        assert_eq!(
            kim.sees("trace show", &[("id", &id)]).await,
            closed,
            "two customers: a total would tell the other"
        );
    });
}

#[test]
fn an_open_book_shows_the_totals_of_a_service_with_three_customers() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let kim = told.representative("kim", "CARE").await;
        told.customer("FIN", "Finance & Corporate").await;
        told.seats(AUGUST, "FIN", 1).await;
        does(&told.priya, "allocate run", &[], json!({"period": AUGUST})).await.unwrap();
        told.bills(AUGUST).await;
        let desk = line_id(&kim, AUGUST, "CARE", "DESK").await;
        assert!(
            kim.sees("trace show", &[("id", &desk)]).await.get("service_cost").is_none(),
            "the book is closed"
        );
        told.writes("update access_organisation set open_book = $1", vec![true.into()]).await;
        let open = kim.sees("trace show", &[("id", &desk)]).await;
        assert_eq!((open["quantity_total"].as_str(), amount(&open["service_cost"])), (Some("4"), "850.00"));
        let priced = line_id(&kim, AUGUST, "CARE", "IAM").await;
        let priced = kim.sees("trace show", &[("id", &priced)]).await;
        assert!(priced.get("service_cost").is_none(), "two customers take identities");
        let text = open.to_string();
        assert!(!text.contains("CLOUD") && !text.contains("FIN") && !text.contains("gl-aug"), "{text}");
    });
}
