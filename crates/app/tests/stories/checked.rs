//! `db check` on everything there is: whatever is changed behind the program's back shows.

use std::collections::BTreeSet;

/// What is changed, and which kind of record, or of file, it shows at.
const CHANGES: [(&str, &str); 12] = [
    ("update finance_lines set amount = amount + 1 where file_line = 7", "gl"),
    ("update finance_lines set reverted = true where file_line = 8", "ledger line"),
    ("update finance_lines set superseded_by = 'none' where file_line = 9", "ledger line"),
    ("update finance_driver_quantities set quantity = quantity + 1", "drivers"),
    ("update finance_rates set rate = '9.99'", "fx"),
    ("update finance_budget_amounts set amount = amount + 1", "budget"),
    ("update portfolio_service_states set from_day = '2001-01-01' where state = 'retired'", "service"),
    ("update ledger_sums set amount = amount + 1", "sum of postings"),
    ("update charging_statements set total = total + 1", "statement"),
    ("update charging_service_costs set amount = amount + 1", "cost of a service"),
    ("update charging_residuals set amount = amount + 1", "run"),
    ("update access_people set password_hash = 'x'", "person"),
];

#[test]
fn whatever_is_changed_behind_the_programs_back_shows() {
    testkit::runtime().block_on(async {
        let house = testkit::larkfield().await.house;
        let mut tx = house.db.begin().await.unwrap();
        for (change, _) in CHANGES {
            tx.query(change).execute().await.unwrap();
        }
        let mut shown = BTreeSet::new();
        for off in app::check(&mut tx).await.unwrap() {
            let sql = "select kind from imports_batches where id = $1";
            let file = tx.query(sql).bind(off.id.as_str()).row().await.unwrap();
            shown.insert(file.map_or(off.noun, |row| row.get("kind").unwrap()));
        }
        for (change, at) in CHANGES {
            assert!(shown.contains(at), "{change} shows at {at}: {shown:?}");
        }
    });
}
