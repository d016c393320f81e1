//! Larkfield as loaded by its commands, on both engines: what binds, to the cent (`demo.md`).

use access::history;
use app::{House, demo, registry};

/// The ledger of each month, in cents: sums of `demo-monthly.csv` per period.
fn monthly() -> Vec<(String, i64)> {
    let csv = include_str!("../../larkfield/data/monthly.csv");
    let mut sums: Vec<(String, i64)> = Vec::new();
    for line in csv.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let cents: i64 = cells[3].replace('.', "").parse().unwrap();
        match sums.last_mut().filter(|(period, _)| period == cells[0]) {
            Some((_, sum)) => *sum += cents,
            None => sums.push((cells[0].to_owned(), cents)),
        }
    }
    sums
}

#[test]
fn larkfield_ties_in_all_24_months_on_both_engines() {
    testkit::runtime().block_on(async {
        ties(&testkit::larkfield().await.house).await;
        let house = House::open(&testkit::postgres()).await.unwrap();
        demo::load(&house, "2026-09".parse().unwrap(), &|_| {}).await.unwrap();
        ties(&house).await;
    });
}

async fn ties(house: &House) {
    let mut tx = house.db.read().await.unwrap();
    let months = monthly();
    assert_eq!(months.len(), 24);
    assert_eq!(months[23], ("2026-09".to_owned(), 756_324_811));
    for (period, cents) in &months {
        let sql = "select ledger_total, allocated, unallocated from charging_runs \
                   where period = $1 and state <> 'reversed'";
        let row = tx.query(sql).bind(period.as_str()).row().await.unwrap().unwrap();
        let of = |column: &str| row.get::<i64>(column).unwrap();
        assert_eq!(of("ledger_total"), *cents, "{period}: the ledger is the months' rows");
        assert_eq!(of("allocated") + of("unallocated"), *cents, "{period} ties");
    }
    // `crates/larkfield` computes the same month by itself, from the same story: 4G kept central.
    let sql = "select cast(sum(r.amount) as bigint) as amount from charging_residuals r \
               join charging_runs u on u.id = r.run_id where u.period = '2026-09' and r.node = '4G'";
    let central: i64 = tx.query(sql).row().await.unwrap().unwrap().get("amount").unwrap();
    assert_eq!(central, 60_926_618);
    // `demo.md` §4.1: 23 periods closed, September in review.
    let sql = "select state, cast(count(*) as bigint) as n from finance_periods where period between '2024-10' and \
               '2026-09' group by state order by state";
    let states = tx.query(sql).rows().await.unwrap();
    let states: Vec<(String, i64)> =
        states.iter().map(|row| (row.get("state").unwrap(), row.get("n").unwrap())).collect();
    assert_eq!(states, [("closed".to_owned(), 23), ("in review".to_owned(), 1)]);
    // Six business units, 24 months.
    let sql = "select cast(count(*) as bigint) as n from charging_statements";
    assert_eq!(tx.query(sql).row().await.unwrap().unwrap().get::<i64>("n").unwrap(), 144);
    assert!(history::check(&mut tx, &registry::nouns()).await.unwrap().is_empty());
    assert!(history::verify(&mut tx, None).await.unwrap().is_ok());
    drop(tx);
    house.db.close().await;
}
