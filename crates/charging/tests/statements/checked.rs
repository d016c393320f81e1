//! `db check` on runs and statements: rows that belong to a record are covered by its history, and kept sums are
//! added up again.

use access::history;

use crate::house::{AUGUST, Told};

impl Told {
    /// What is found, `statement` or `run` each with what is wrong; sorted.
    async fn found(&self) -> Vec<String> {
        let mut tx = self.house.house.db.read().await.unwrap();
        let mut found = history::check(&mut tx, charging::NOUNS).await.unwrap();
        found.extend(charging::recount(&mut tx).await.unwrap());
        let mut said: Vec<String> =
            found.into_iter().map(|off| format!("{}: {}", off.noun, off.says)).collect();
        said.sort();
        said.dedup();
        said
    }
}

const CHANGED: &str = "It or a row that belongs to it was changed without an event.";

fn changed(noun: &str) -> String {
    wrong(noun, CHANGED)
}

fn wrong(noun: &str, says: &str) -> String {
    format!("{noun}: {says}")
}

/// What is changed, in which table, and what is found.
fn cases() -> [(&'static str, &'static str, Vec<String>); 5] {
    [
        (
            "amount",
            "charging_statement_lines",
            vec![changed("statement"), wrong("statement", "Its total is not the sum of its lines.")],
        ),
        ("weight", "charging_statement_lines", vec![changed("statement")]),
        (
            "amount",
            "charging_shares",
            vec![
                wrong("cost of a service", "It is not the sum of the shares that reached it."),
                changed("run"),
                wrong("run", "What it says is allocated is not the sum of its shares."),
            ],
        ),
        ("quantity", "charging_shares", vec![changed("run")]),
        (
            "from_pools",
            "charging_service_costs",
            vec![
                wrong("cost of a service", "It is not the sum of the shares that reached it."),
                changed("run"),
            ],
        ),
    ]
}

#[test]
fn each_row_of_a_run_and_of_a_statement_is_covered() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.bills(AUGUST).await;
        assert_eq!(told.found().await, [""; 0]);
        for (column, table, found) in cases() {
            let by = async |off: i64| {
                let all = if table.ends_with("lines") { "where model <> 'not charged'" } else { "" };
                let sql = format!("update {table} set {column} = {column} + $1 {all}");
                told.writes(&sql, vec![off.into()]).await;
            };
            by(1).await;
            assert_eq!(told.found().await, found, "{table}.{column}");
            by(-1).await;
        }
        assert_eq!(told.found().await, [""; 0]);
        told.writes("delete from charging_shares where seq = $1", vec![1_i64.into()]).await;
        assert!(told.found().await.contains(&changed("run")), "a row that is gone shows too");
    });
}
