//! Rows that were computed, as a list: they page and total like stored ones, however many they are.

use db::{Bind, Db, ListQuery, inline, page_of};
use kernel::Currency;
use kernel::listing::{Asked, Column, Filter, Kind, Sort, Value};

/// More rows than one statement takes selects (500), more values than it takes binds (32,766).
const ROWS: i64 = 5_000;

async fn listed(url: &str) {
    let db = Db::open(url).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let mut columns = vec![
        Column::new("name", "Name", Kind::Text),
        Column::new("amount", "Amount", Kind::Money).summed(),
        Column::new("done", "Done", Kind::Bool),
        Column::new("share", "Share", Kind::Percent),
    ];
    columns.extend(["a", "b", "c", "d"].map(|key| Column::new(key, key, Kind::Text)));
    let row = |n: i64| {
        let share = (n > 1).then(|| format!("0.{n:04}"));
        let mut row =
            vec![Bind::from(format!("O'Hara \"{n}\" ü €")), n.into(), (n % 2 == 0).into(), share.into()];
        row.extend([Bind::from(None::<String>), "x".into(), "y".into(), "z".into()]);
        row
    };
    let (sql, binds) = inline(&tx, &columns, (1..=ROWS).map(row).collect());
    let currency = Currency::parse("EUR").unwrap();
    let list =
        ListQuery { name: "row", caption: "Rows".into(), columns, sql, binds, currency, order: "amount" };
    let sort = Some(Sort { column: "amount".into(), descending: true });
    let filters = Filter::parse("done=yes").into_iter().collect();
    let asked = Asked { page: 1, per: Some(2), sort, filters, ..Asked::default() };
    let page = page_of(&mut tx, &list, &asked).await.unwrap();
    assert_eq!(page.count, 2_500);
    let told: Vec<String> = page.rows[0].iter().take(4).map(Value::plain).collect();
    assert_eq!(told, ["O'Hara \"5000\" ü €", "50.00", "yes", "0.5000"]);
    assert_eq!(page.rows[1][1].plain(), "49.98");
    // 2 + 4 + … + 5,000 = 2 × 2,500 × 2,501 ÷ 2 cents.
    assert_eq!(page.totals[1].as_ref().unwrap().plain(), "62525.00");
    assert_eq!(page.rows[0][4], Value::Unknown);
    drop(tx);
    db.close().await;
}

#[test]
fn five_thousand_computed_rows_list_like_stored_ones_on_both_engines() {
    testkit::runtime().block_on(async {
        listed(&testkit::sqlite()).await;
        listed(&testkit::postgres()).await;
    });
}
