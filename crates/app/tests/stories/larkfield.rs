//! Larkfield as loaded by its commands, on both engines: what binds, to the cent (`demo.md`), and the same
//! bytes from either when it is exported.

use std::collections::BTreeMap;
use std::path::Path;

use access::history;
use app::{House, demo, export};
use kernel::Via;

/// The ledger of each month, in cents: sums of `demo-monthly.csv` per period.
fn monthly() -> Vec<(String, i64)> {
    let csv = include_str!("../../../larkfield/data/monthly.csv");
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
fn larkfield_ties_in_all_24_months_and_is_exported_alike_from_both_engines() {
    let [sqlite, postgres] = testkit::runtime().block_on(async {
        let ready = ties_and_is_exported(&testkit::larkfield().await.house).await;
        let house = House::open(&testkit::postgres()).await.unwrap();
        demo::load(&house, "2026-09".parse().unwrap(), &|_| {}).await.unwrap();
        [ready, ties_and_is_exported(&house).await].map(|folder| files(&folder))
    });
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&sqlite), names(&postgres));
    assert!(sqlite["charging_shares.jsonl"].len() > 100_000, "the export is not empty");
    for (name, bytes) in &sqlite {
        assert!(*bytes == postgres[name], "{name} differs between the engines");
    }
}

/// The files of a folder and of those in it, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, std::fs::read(&path).unwrap());
        }
    }
    found
}

async fn ties_and_is_exported(house: &House) -> std::path::PathBuf {
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
    is_as_people_would_have_it(&mut tx).await;
    assert_eq!(app::check(&mut tx).await.unwrap(), []);
    assert!(history::verify(&mut tx, None).await.unwrap().is_ok());
    let pavel = access::person::by_username(&mut tx, "pavel.novak").await.unwrap().unwrap();
    let who = access::person::who(&mut tx, pavel.id, Via::CommandLine, None).await.unwrap().unwrap();
    drop(tx);
    let folder = testkit::fresh_folder("larkfield-export");
    export::all(house, &who, &folder).await.unwrap();
    house.db.close().await;
    folder
}

/// What the story does by the way: windows lapse on their day, foreign lines name their rate, what is agreed is what
/// is billed today, no service was retired without having been retiring, rates and quantities are recorded in their
/// month, and a rule or a budget is approved before it holds.
async fn is_as_people_would_have_it(tx: &mut db::Tx) {
    let sql = "select accept_by, accepted_at from charging_statements where lapsed";
    let lapsed = tx.query(sql).rows().await.unwrap();
    // Four of six customers let the window pass, in 22 months whose window is over.
    assert_eq!(lapsed.len(), 88);
    for row in lapsed {
        let last: chrono::NaiveDate = row.get::<String>("accept_by").unwrap().parse().unwrap();
        let at: String = row.get("accepted_at").unwrap();
        assert_eq!(at[..10], last.succ_opt().unwrap().to_string(), "the day after the window");
    }
    for none in [
        "select 1 as n from finance_lines where original_currency <> 'EUR' and rate is null",
        "select 1 as n from charging_statement_lines l join portfolio_takers t on t.customer_id = l.customer_id \
         and t.offering_key = l.offering_key and t.next_from is null \
         where l.period = '2026-09' and l.quantity <> t.quantity",
        "select 1 as n from portfolio_services s where s.state = 'retired' and not exists (select 1 from \
         portfolio_service_states t where t.service_id = s.id and t.state = 'retiring')",
        "select 1 as n from finance_driver_quantities q join imports_batches b on b.id = q.batch_id \
         where substr(b.written_at, 1, 7) <> q.period",
        "select 1 as n from finance_rates r join imports_batches b on b.id = r.batch_id \
         where substr(b.written_at, 1, 7) <> r.valid_for",
        "select 1 as n from access_history h join charging_rules r on r.id = h.record_id \
         where h.noun = 'rule' and h.action = 'approved' and substr(h.at, 1, 7) >= r.effective_from",
        "select 1 as n from access_history h join finance_budgets b on b.id = h.record_id where h.noun = 'budget' \
         and h.action = 'approved' and h.at >= cast(b.fiscal_year - 1 as text) || '-10'",
    ] {
        assert_eq!(tx.query(none).rows().await.unwrap().len(), 0, "{none}");
    }
}
