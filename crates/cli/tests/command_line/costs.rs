//! `costs` as a person at a shell meets it: what is printed, what a wrong file ends with, and Ctrl-C.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::shell::{Shell, repository};

/// The words of the example, lines to `lines.csv` of the shell's folder.
pub fn words(shell: &Shell, usage: &str) -> Vec<String> {
    let example = |name: &str| repository(&format!("crates/costs/examples/{name}.csv"));
    let lines = shell.path("lines.csv").to_string_lossy().into_owned();
    let words = [
        ("--usage", usage.to_owned()),
        ("--tag-rules", example("tags")),
        ("--account-rules", example("accounts")),
        ("--drivers", example("drivers")),
        ("--out", lines),
    ];
    let named = words.into_iter().flat_map(|(word, value)| [word.to_owned(), value]);
    ["costs".to_owned(), "allocate".to_owned()].into_iter().chain(named).collect()
}

#[test]
fn a_bill_is_shared_on_files_alone() {
    let shell = Shell::empty();
    let words = words(&shell, &repository("crates/costs/examples/usage.csv"));
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.extend(["--format", "json"]);
    let told = shell.bare(&words);
    assert_eq!(told.code, 0, "{told:?}");
    let json = told.json();
    assert_eq!((&json["total"], &json["rows"], &json["lines"]), (&"305.212333".into(), &7.into(), &5.into()));
    assert!(json["cpu_seconds"].is_number() && json["peak_megabytes"].is_number(), "{json}");
    assert!(shell.path("lines.csv").exists() && !shell.path("data").exists(), "lines, and no database");
    for (ignored, says) in [(["--limit", "1"], "makes no list"), (["--period", "2026-09"], "has no --period")]
    {
        let told = shell.bare(&[&words[..], &ignored].concat());
        assert!(told.code == 2 && told.err.contains(says), "{told:?}");
    }
    let rehearsed = shell.bare(&[&words[..], &["--dry-run"]].concat());
    assert!(rehearsed.code == 2 && rehearsed.err.contains("cannot be rehearsed"), "{rehearsed:?}");
    let chosen = shell.bare(&[&words[..], &["--fields", "total"]].concat());
    assert_eq!(chosen.json(), serde_json::json!({"total": "305.212333"}));
    let wrong = shell.bare(&[&words[..], &["--cost", "Price"]].concat());
    assert_eq!((wrong.code, wrong.out.as_str()), (6, ""), "{wrong:?}");
    assert!(wrong.err.contains("has no column Price"), "{wrong:?}");
}

#[test]
fn ctrl_c_leaves_no_file_and_no_half_of_one() {
    const FILES: usize = 400;
    let shell = Shell::empty();
    let head = "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app\n";
    let rows: String = (0..20_000).map(|row| format!("{row}.25,2026-09-01,{row},webshop\n")).collect();
    let bill = shell.path("bill");
    std::fs::create_dir_all(&bill).unwrap();
    std::fs::write(bill.join("0.csv"), format!("{head}{rows}")).unwrap();
    for file in 1..FILES {
        std::fs::hard_link(bill.join("0.csv"), bill.join(format!("{file}.csv"))).unwrap();
    }
    let words = words(&shell, &bill.to_string_lossy());
    let mut program = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    let mut program = program.args(words).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(700));
    assert!(program.try_wait().unwrap().is_none(), "it is still reading");
    let sent = Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let ended = program.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).trim()), (Some(130), "Stopped."));
    let left = std::fs::read_dir(bill.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["bill"]);
}
