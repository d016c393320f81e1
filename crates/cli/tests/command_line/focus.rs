//! What Larkfield charges, exported as FOCUS by the binary and judged by others; and exports that somebody changed,
//! each of which one of the judges or our own sums must refuse.

mod changed;
mod told;

use std::path::Path;

use crate::judges::judges;
use crate::shell::Shell;

/// A month whose statements are issued.
const AUGUST: &str = "2026-08";

fn larkfield() -> Shell {
    let shell = Shell::empty();
    testkit::larkfield_at(&shell.path("house.db"));
    shell
}

/// Files of a folder, by name.
fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_is_exported_as_1_4_is_accepted_file_by_file_and_as_a_bundle() {
    let shell = larkfield();
    let sets = ["BillingPeriod", "CostAndUsage", "InvoiceDetail"];
    for kind in ["csv", "parquet"] {
        shell.does(&format!("export focus {kind} --period {AUGUST} --format {kind}"));
        let folder = shell.path(kind);
        assert_eq!(files(&folder), sets.map(|set| format!("{set}.{kind}")));
        let Some(judges) = judges() else { continue };
        for set in sets {
            let verdict = judges.lint(&folder.join(format!("{set}.{kind}")), set);
            assert!(verdict.passed, "{set}.{kind}: {}", verdict.says);
        }
        let verdict = judges.bundle(&folder);
        // It passes over what it does not know for FOCUS 1.4.
        let all = verdict.says.contains("validated: Billing Period, Cost and Usage, Invoice Detail");
        assert!(verdict.passed && all, "{}", verdict.says);
    }
}

#[test]
fn what_is_exported_as_1_2_is_accepted_but_for_the_known_false_alarm() {
    let shell = larkfield();
    shell.does(&format!("export focus old --period {AUGUST} --version 1.2 --format parquet"));
    assert_eq!(files(&shell.path("old")), ["CostAndUsage.parquet"]);
    let Some(judges) = judges() else { return };
    let verdict = judges.validate(&shell.path("old/CostAndUsage.parquet"));
    assert!(verdict.passed, "{}", verdict.says);
}

#[test]
fn an_export_is_whole_or_not_there_and_says_why() {
    let shell = larkfield();
    for (words, code, says) in [
        ("export focus out", 2, "Say --period 2026-09."),
        ("export focus out --period 2026-08 --version 1.3", 2, "there are 1.4 and 1.2"),
        ("export focus out --period 2026-08 --format xlsx", 2, "as csv or parquet, not as “xlsx”"),
        ("export focus out --period 2021-08", 3, "Nothing is charged in 2021-08"),
        ("export focus . --period 2026-08", 5, "holds files already"),
        ("export focus out --period August", 6, "period"),
    ] {
        let said = shell.run(words);
        assert!(said.code == code && said.err.contains(says), "{words}: {said:?}");
    }
    // SQLite's own files beside the database come and go with who has it open.
    let left: Vec<String> =
        files(&shell.path("")).into_iter().filter(|name| !name.starts_with("house.db")).collect();
    assert!(left.is_empty(), "nothing is left of what was refused: {left:?}");
}
