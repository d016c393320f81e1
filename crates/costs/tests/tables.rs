//! What is refused of rules and drivers: what is wrong, where, and what to do; and no file of lines is left.

mod bills;

use bills::{Folder, csv, rows};

/// The word that names a table, the table, and what is said of it.
const WRONG_TABLES: &[(&str, &str, &str)] = &[
    (
        "--tag-rules",
        "tag_app,service\na,svc-9\n",
        "other.csv, row 1, column service: there is no service “svc-9” among the drivers. Mend its name, or add its \
             drivers.",
    ),
    ("--tag-rules", "tag_app,service\na,\n", "other.csv, row 1, column service: is empty."),
    (
        "--tag-rules",
        "tag_app,name\na,svc-1\n",
        "other.csv has no column service; its columns are tag_app, name. Rename one, or add it.",
    ),
    (
        "--tag-rules",
        "tag_app,service\na,svc-1\nb,svc-1\na,svc-2\n",
        "other.csv, row 3: tag_app “a” has a rule already in row 1. Keep one of the two.",
    ),
    (
        "--tag-rules",
        "tag_app,Service,SERVICE\na,svc-1,svc-2\n",
        "other.csv has two columns service. Keep one, or rename the other.",
    ),
    (
        "--rules",
        "SubAccountId,tag_app,service,from,to\n,a,svc-1,2026-02,2026-01-31\n",
        "other.csv, row 1, column to: lies before from. Swap the two.",
    ),
    (
        "--rules",
        "SubAccountId,service,to\n1,svc-1,31.1.2026\n",
        "other.csv, row 1, column to: “31.1.2026” is no month and no day. Write it as 2026-09 or 2026-09-30.",
    ),
    (
        "--rules",
        "SubAccountId,service\n1*2,svc-1\n",
        "other.csv, row 1, column SubAccountId: “1*2” has a star within. Put it at the end (web-*), or write \\* for a \
             star.",
    ),
    (
        "--rules",
        "SubAcountId,service\n1,svc-1\n",
        "usage.csv has no column SubAcountId; its columns are EffectiveCost, ChargePeriodStart, SubAccountId, tag_app. \
             Name it (--profile), or leave the file out (--usage \"*cost*.csv\").",
    ),
    (
        "--rules",
        "service,from\nsvc-1,2026-01\n",
        "other.csv has the column service alone. Add one with what is looked at, such as SubAccountId.",
    ),
    (
        "--account-rules",
        "service\nsvc-1\n",
        "other.csv has the column service alone. Add one with what is looked at, such as SubAccountId.",
    ),
    (
        "--drivers",
        "service,customer,month,units\nsvc-0,a,2026-1,5\n",
        "other.csv, row 1, column month: “2026-1” is no month. Write it as 2026-09.",
    ),
    (
        "--drivers",
        "service,customer,month,units\nsvc-0,a,2026-01,-5\n",
        "other.csv, row 1, column units: “-5” is no count. Write a whole number from 0 up, such as 12.",
    ),
    (
        "--drivers",
        "service,customer,month,units\nsvc-0,a,2026-01,0.5\n",
        "other.csv, row 1, column units: “0.5” is no count. Write a whole number from 0 up, such as 12.",
    ),
    (
        "--drivers",
        "service,customer,month,units\nsvc-0,a,2026-01,5\nsvc-0,a,2026-01,6\n",
        "other.csv: a has two rows for svc-0 in 2026-01, of 5 and 6 units. Keep one, or add them up.",
    ),
];

#[test]
fn tables_that_cannot_be_meant_are_refused() {
    let folder = Folder::new("wrong-tables");
    folder.tables();
    let usage = folder.write("usage.csv", &csv(&rows(100, 6)));
    for (word, text, says) in WRONG_TABLES {
        let other = folder.write("other.csv", text);
        assert_eq!(folder.refused(&usage, &[word, &other]), *says);
    }
}

#[test]
fn units_that_sum_to_zero_are_refused() {
    let folder = Folder::new("zero-units");
    folder.tables();
    let text = std::fs::read_to_string(folder.path("drivers.csv")).unwrap();
    let zero: String = text
        .lines()
        .map(|line| match line.starts_with("svc-2,") && line.contains("2026-03") {
            true => format!("{},0\n", line.rsplit_once(',').unwrap().0),
            false => format!("{line}\n"),
        })
        .collect();
    let other = folder.write("other.csv", &zero);
    let says = folder.refused(&folder.write("usage.csv", &csv(&rows(2_000, 6))), &["--drivers", &other]);
    assert!(
        says.starts_with("other.csv: svc-2 in 2026-03 has ")
            && says.contains(" to share and units that sum to zero."),
        "{says}"
    );
}
