//! The ledger of Larkfield as a journal, judged by hledger (<https://hledger.org>, Debian's package): it accepts
//! ours, and refuses it with one amount a cent off.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use access::{Role, View};

/// What hledger says of a journal it is handed.
fn judged(journal: &str, words: &[&str]) -> Output {
    let mut hledger = Command::new("hledger")
        .args(["-f", "-"])
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("hledger is installed by dev/setup.sh test");
    hledger.stdin.take().unwrap().write_all(journal.as_bytes()).unwrap();
    hledger.wait_with_output().unwrap()
}

#[test]
fn hledger_accepts_the_journal_and_refuses_it_one_cent_off() {
    let journal = testkit::runtime().block_on(async {
        let house = testkit::larkfield().await;
        let auditor = house.person("auditor", &[Role::FinanceManager]).await;
        match auditor.reads("ledger export", &[]).await.unwrap() {
            View::Record(record) => record["text"].as_str().unwrap().to_owned(),
            View::List(_) => panic!("a journal is no list"),
        }
    });
    let accepted = judged(&journal, &["check"]);
    assert!(accepted.status.success(), "{}", String::from_utf8_lossy(&accepted.stderr));
    let number = |line: &str| line.matches("\n20").count();
    assert!(number(&journal) > 100, "the journal is not empty");

    let (head, tail) = journal.split_once("EUR 264379.96").expect("the first salary of October 2024");
    let off = judged(&format!("{head}EUR 264379.97{tail}"), &["check"]);
    assert!(!off.status.success());
    let says = String::from_utf8_lossy(&off.stderr).into_owned();
    assert!(says.contains("EUR 0.01"), "{says}");
}
