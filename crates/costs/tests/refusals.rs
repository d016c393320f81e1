//! What `costs allocate` refuses: what is wrong, where, and what to do; and no file of lines is left.

mod bills;

use bills::{Cost, Folder, Row, Tag, batch, csv, parquet, rows};

const HEAD: &str = "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app,BillingCurrency";

/// A bill, and what is said of it.
const WRONG_BILLS: &[(&str, &str)] = &[
    (
        "HEAD\n1.0,2026-01-01,acc-000,,EUR\n1;0,2026-01-01,acc-000,,EUR\n",
        "usage.csv, row 2, column EffectiveCost: “1;0” is no cost. Write it as 1234.56.",
    ),
    (
        "HEAD\n1.0,2026-01-01,acc-000,,EUR\n1.0,01/31/2026,acc-000,,EUR\n",
        "usage.csv, row 2, column ChargePeriodStart: “01/31/2026” is no date. Write it as 2026-09-30, or say the \
             order of its parts (--dates).",
    ),
    (
        "HEAD\n1.0,NULL,acc-000,,EUR\n",
        "usage.csv, row 1, column ChargePeriodStart: a charge without a time has no month. Ask for the file \
             again, or leave the row out.",
    ),
    (
        "HEAD\n1.0,2026-01-01,acc-000,,EUR\n1.0,2026-01-01,acc-000,,USD\n",
        "usage.csv, row 2, has costs in USD, and usage.csv, row 1, in EUR: they cannot be added. Convert \
             them (--rates), or allocate each currency by itself.",
    ),
    (
        "HEAD\n1.0,2026-01-01,acc-000,,EUR\n1.0,2026-0",
        "usage.csv is cut short or damaged: incorrect number of fields for line 3, expected 5 got 2. Fetch it again.",
    ),
    (
        "HEAD\n1.0,2126-01-01,acc-000,,EUR\n",
        "drivers.csv: svc-0 in 2126-01 has 1.00 to share and no units. Add their units, or give the rows to another \
             service.",
    ),
    (
        "HEAD\n1.0,1026-01-01,acc-000,,EUR\n1.0,2026-01-01,acc-000,,EUR\n",
        "the usage lies between 1026-01 and 2026-01: one of the two is no month of a bill",
    ),
    (
        "HEAD\n1.0,2026-01-01,nobody,,EUR\n",
        "2026-01: no service has a cost to share 1.00 by, 1.00 of it matched by no rule. Add a rule for its tags or \
             accounts.",
    ),
    ("HEAD\n", "usage.csv has no rows."),
    ("", "usage.csv is empty: begin it with a heading line."),
    (
        "Cost,ChargePeriodStart,SubAccountId,tag_app\n",
        "usage.csv has no column EffectiveCost; its columns are Cost, ChargePeriodStart, SubAccountId, tag_app. Name it \
             (--profile), or leave the file out (--usage \"*cost*.csv\").",
    ),
    (
        "EffectiveCost,ChargePeriodStart,SubAccountId\n",
        "usage.csv has neither a column tag_app nor a column Tags to find the tag “app” in.",
    ),
];

#[test]
fn what_is_wrong_with_a_bill_is_said_with_its_place() {
    let folder = Folder::new("wrong-bills");
    folder.tables();
    for (text, says) in WRONG_BILLS {
        let usage = folder.write("usage.csv", &text.replace("HEAD", HEAD));
        assert_eq!(folder.refused(&usage, &[]), *says);
    }
}

/// A part of a bill that is packed in another way would be missing in silence.
#[test]
fn files_of_a_folder_that_are_not_read_are_named() {
    let folder = Folder::new("passed-over");
    folder.tables();
    std::fs::create_dir_all(folder.0.join("bill")).unwrap();
    folder.write("bill/a.csv", &format!("{HEAD}\n1.0,2026-01-01,acc-000,,EUR\n"));
    let alone = folder.allocate(&folder.path("bill"), &[]).unwrap();
    assert!(!alone.notes.iter().any(|note| note.starts_with("Passed over")), "{:?}", alone.notes);
    std::fs::remove_file(folder.path("lines.csv")).unwrap();
    let other = folder.write("bill/b.csv.zip", "PK");
    let told = folder.allocate(&folder.path("bill"), &[]).unwrap();
    let says = format!("Passed over, as neither .parquet nor .csv nor .csv.gz: 1, the first {other}.");
    assert!(told.notes.contains(&says), "{:?}", told.notes);
}

#[test]
fn currencies_of_two_files_are_not_added() {
    let folder = Folder::new("currencies");
    folder.tables();
    std::fs::create_dir_all(folder.0.join("bill")).unwrap();
    for (name, currency) in [("a.csv", "EUR"), ("b.csv", "USD")] {
        folder.write(&format!("bill/{name}"), &format!("{HEAD}\n1.0,2026-01-01,acc-000,,{currency}\n"));
    }
    let says = folder.refused(&folder.path("bill"), &["--threads", "1"]);
    assert!(says.contains("has costs in") && says.contains("they cannot be added"), "{says}");
}

#[test]
fn parquet_that_is_cut_short_or_of_other_types_is_refused() {
    let folder = Folder::new("wrong-parquet");
    folder.tables();
    let path = folder.path("usage.parquet");
    let rows: Vec<Row> = rows(8_000, 5);
    let whole = batch(&rows, Cost::Narrow, Tag::Column);
    parquet(&path, &whole, 3_000, true);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let says = folder.refused(&path, &[]);
    assert!(says.starts_with("usage.parquet is cut short or damaged: "), "{says}");
    let mut holed = bytes.clone();
    let middle = bytes.len() / 3;
    holed[middle..middle + 2_000].fill(0xff);
    std::fs::write(&path, &holed).unwrap();
    let says = folder.refused(&path, &[]);
    assert!(says.starts_with("usage.parquet is cut short or damaged: "), "{says}");
    parquet(&path, &whole, 3_000, true);
    for (words, says) in [
        (
            ["--cost", "ChargePeriodStart"],
            "usage.parquet, column ChargePeriodStart: a timestamp cannot be a cost: it has to be a decimal, a number or text.",
        ),
        (
            ["--time", "EffectiveCost"],
            "usage.parquet, column EffectiveCost: a decimal cannot be a time: it has to be a timestamp, a date or text.",
        ),
        (
            ["--cost", "billed"],
            "usage.parquet has no column BilledCost; its columns are EffectiveCost, ChargePeriodStart, SubAccountId, tag_app. Name it (--profile), or leave the file out (--usage \"*cost*.csv\").",
        ),
    ] {
        assert_eq!(folder.refused(&path, &words), says);
    }
}

#[test]
fn wrong_words_are_wrong_use() {
    let folder = Folder::new("wrong-words");
    folder.tables();
    let usage = folder.write("usage.csv", &csv(&rows(100, 7)));
    for (words, says) in [
        (vec!["--memory-limit", "much"], "--memory-limit takes an amount such as 256MB or 2GB, not “much”"),
        (vec!["--dates", "myd"], "dates are written as ymd, mdy or dmy, not “myd”"),
        (
            vec!["--drivers", "nowhere.csv"],
            "nowhere.csv cannot be read: No such file or directory (os error 2)",
        ),
        (
            vec!["--drivers", "/dev/null"],
            "/dev/null ends in neither .parquet nor .csv nor .csv.gz: rename it by what it holds",
        ),
        (
            vec!["--memory-limit", "1MB"],
            "It takes more than 1 MB. Allow more (--memory-limit), or read with fewer threads (--threads 1).",
        ),
    ] {
        assert_eq!(folder.refused(&usage, &words), says);
    }
    let out = folder.path("missing/lines.csv");
    let says = folder.refused(&usage, &["--out", &out]);
    assert_eq!(says, "missing/lines.csv cannot be written: No such file or directory (os error 2)");
    let out = folder.path("lines.xlsx");
    let says = folder.refused(&usage, &["--out", &out]);
    assert_eq!(says, "--out lines.xlsx ends in neither .parquet nor .csv");
    assert!(folder.refused("nowhere", &[]).starts_with("nowhere cannot be read: "));
    assert_eq!(
        folder.refused(&folder.path("*.xlsx"), &[]),
        "*.xlsx names no file that ends in .parquet, .csv or .csv.gz"
    );
}
