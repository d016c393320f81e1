//! `costs allocate`: the same rows give the same lines however they are written, and what is wrong is refused.

mod bills;

use bills::{Cost, Folder, Row, Tag, batch, csv, expected, gzip, parquet, rows};
use calc::Answer;

fn md5(answer: &Answer) -> &str {
    answer.json["md5"].as_str().unwrap()
}

#[test]
fn a_bill_is_shared_to_the_cent() {
    let folder = Folder::new("to-the-cent");
    folder.tables();
    let rows = rows(20_000, 1);
    let (lines, check_value) = expected(&rows);
    parquet(&folder.path("usage.parquet"), &batch(&rows, Cost::Narrow, Tag::Column), 7_000, true);
    let answer = folder.allocate(&folder.path("usage.parquet"), &[]).unwrap();
    let json = &answer.json;
    assert_eq!(md5(&answer), check_value);
    assert_eq!((json["rows"].as_u64(), json["lines"].as_u64()), (Some(20_000), Some(lines.len() as u64)));
    let sum: i64 = rows.iter().map(|row| row.cost).sum();
    assert_eq!(json["total"].as_str().unwrap(), bills::written(sum).trim_end_matches('0'));
    let written = std::fs::read_to_string(folder.path("lines.csv")).unwrap();
    let told = lines
        .iter()
        .map(|((customer, service, month), cents)| format!("{customer},{service},{month},{cents}\n"));
    assert_eq!(written, format!("customer,service,month,cents\n{}", told.collect::<String>()));
}

#[test]
fn lines_in_parquet_are_the_lines_in_csv() {
    use arrow::array::AsArray;
    use arrow::datatypes::Int64Type;
    let folder = Folder::new("lines-parquet");
    folder.tables();
    let rows = rows(5_000, 2);
    let usage = folder.write("usage.csv", &csv(&rows));
    let out = folder.path("lines.parquet");
    folder.run("allocate", &["--usage", &usage, "--out", &out]).unwrap();
    let file = std::fs::File::open(out).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReader::try_new(file, 1 << 20).unwrap();
    let mut told = Vec::new();
    for batch in reader.map(Result::unwrap) {
        let text = |at: usize, row| batch.column(at).as_string::<i32>().value(row).to_owned();
        let cents = batch.column(3).as_primitive::<Int64Type>();
        told.extend(
            (0..batch.num_rows())
                .map(|row| ((text(0, row), text(1, row), text(2, row)), i128::from(cents.value(row)))),
        );
    }
    assert_eq!(told, expected(&rows).0.into_iter().collect::<Vec<_>>());
}

#[test]
fn neither_types_nor_row_groups_nor_files_nor_threads_move_a_cent() {
    let folder = Folder::new("any-way");
    folder.tables();
    let rows = rows(12_000, 3);
    let (_, check_value) = expected(&rows);
    let mut shuffled = rows.clone();
    shuffled.sort_by_key(|row| (row.cost.wrapping_mul(2_654_435_761) % 1_000_003, row.hour));
    let kinds = [
        (Cost::Narrow, Tag::Column, 12_000, true),
        (Cost::Narrow, Tag::Column, 37, true),
        (Cost::Narrow, Tag::Column, 5_000, false),
        (Cost::Decimal(18, 6), Tag::Column, 5_000, true),
        (Cost::Decimal(38, 18), Tag::Json, 5_000, true),
        (Cost::Decimal(30, 9), Tag::Map, 5_000, true),
        (Cost::Float, Tag::Column, 5_000, true),
        (Cost::Text, Tag::Json, 5_000, false),
    ];
    for (at, (cost, tag, group_rows, dictionary)) in kinds.into_iter().enumerate() {
        for (order, rows) in [&rows, &shuffled].into_iter().enumerate() {
            let path = folder.path(&format!("usage-{at}-{order}.parquet"));
            parquet(&path, &batch(rows, cost, tag), group_rows, dictionary);
            for threads in ["1", "3"] {
                let answer = folder.allocate(&path, &["--threads", threads]).unwrap();
                assert_eq!(
                    md5(&answer),
                    check_value,
                    "{cost:?} {tag:?} {group_rows} {dictionary} {order} {threads}"
                );
            }
        }
    }
}

/// One bill in a folder of files of every kind, some in a folder below.
#[test]
fn files_of_all_kinds_in_one_folder_are_one_bill() {
    let folder = Folder::new("mixed");
    folder.tables();
    let rows = rows(9_000, 4);
    std::fs::create_dir_all(folder.0.join("bill/more")).unwrap();
    parquet(&folder.path("bill/a.parquet"), &batch(&rows[..2_000], Cost::Narrow, Tag::Column), 900, true);
    parquet(&folder.path("bill/b.parquet"), &batch(&rows[2_000..2_001], Cost::Float, Tag::Map), 900, true);
    parquet(
        &folder.path("bill/more/c.parquet"),
        &batch(&rows[2_001..5_000], Cost::Decimal(38, 10), Tag::Json),
        900,
        true,
    );
    folder.write("bill/d.csv", &format!("\u{feff}{}", csv(&rows[5_000..6_000])));
    gzip(&folder.path("bill/more/e.csv.gz"), &csv(&rows[6_000..]));
    folder.write("bill/README.md", "Not a bill.");
    let answer = folder.allocate(&folder.path("bill"), &[]).unwrap();
    assert_eq!((md5(&answer), answer.json["files"].as_u64()), (expected(&rows).1.as_str(), Some(5)));
    let pattern = folder.path("bill/*.parquet");
    let answer = folder.allocate(&pattern, &[]).unwrap();
    assert_eq!(md5(&answer), expected(&rows[..2_001]).1);
}

#[test]
fn a_credit_stays_with_its_service_and_what_nothing_matched_is_said() {
    let folder = Folder::new("credits");
    folder.write("tags.csv", "tag_app,service\na,A\nb,B\n");
    folder.write("accounts.csv", "SubAccountId,service\n9,B\n");
    folder
        .write("drivers.csv", "service,customer,month,units\nA,x,2026-01,1\nB,y,2026-01,1\nB,x,2026-01,2\n");
    let usage = folder.write(
        "usage.csv",
        "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app\n10,2026-01-01,1,a\n-3,2026-01-31,9,\n5,2026-01-31,1,c\n,2026-01-31,1,a\n",
    );
    let answer = folder.allocate(&usage, &[]).unwrap();
    assert_eq!(
        std::fs::read_to_string(folder.path("lines.csv")).unwrap(),
        "customer,service,month,cents\nx,A,2026-01,1500\nx,B,2026-01,-200\ny,B,2026-01,-100\n"
    );
    assert_eq!(
        (answer.json["total"].as_str(), answer.json["unmatched"].as_str()),
        (Some("12.00"), Some("5.00"))
    );
    assert_eq!(
        answer.notes,
        [
            "1 rows have no cost; they count as none.",
            "5.00 is matched by no rule; it is shared in proportion to what is."
        ]
    );
}

const HEAD: &str = "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app,BillingCurrency";

#[test]
fn what_is_wrong_with_a_bill_is_said_with_its_place() {
    let folder = Folder::new("wrong-bills");
    folder.tables();
    for (text, says) in [
        (
            format!("{HEAD}\n1.0,2026-01-01,acc-000,,EUR\n1;0,2026-01-01,acc-000,,EUR\n"),
            "usage.csv, row 2, column EffectiveCost: “1;0” is no cost. Write it as 1234.56.",
        ),
        (
            format!("{HEAD}\n1.0,2026-01-01,acc-000,,EUR\n1.0,01/31/2026,acc-000,,EUR\n"),
            "usage.csv, row 2, column ChargePeriodStart: “01/31/2026” is no date. Write it as 2026-09-30, or say the \
             order of its parts (--dates).",
        ),
        (
            format!("{HEAD}\n1.0,NULL,acc-000,,EUR\n"),
            "usage.csv, row 1, column ChargePeriodStart: a charge without a time has no month. Ask for the file \
             again, or leave the row out.",
        ),
        (
            format!("{HEAD}\n1.0,2026-01-01,acc-000,,EUR\n1.0,2026-01-01,acc-000,,USD\n"),
            "usage.csv has costs in USD, and usage.csv in EUR: they cannot be added. Allocate each currency by \
             itself, or convert the files.",
        ),
        (
            format!("{HEAD}\n1.0,2026-01-01,acc-000,,EUR\n1.0,2026-0"),
            "usage.csv is cut short or damaged: incorrect number of fields for line 3, expected 5 got 2. Fetch it again.",
        ),
        (
            format!("{HEAD}\n1.0,2126-01-01,acc-000,,EUR\n"),
            "drivers.csv: svc-0 in 2126-01 has 1.00 to share and no units. Add their units, or give the rows to another \
             service.",
        ),
        (
            format!("{HEAD}\n1.0,1026-01-01,acc-000,,EUR\n1.0,2026-01-01,acc-000,,EUR\n"),
            "the usage lies between 1026-01 and 2026-01: one of the two is no month of a bill",
        ),
        (
            format!("{HEAD}\n1.0,2026-01-01,nobody,,EUR\n"),
            "2026-01: no service has a cost to share 1.00 by, 1.00 of it matched by no rule. Add a rule for its tags or \
             accounts.",
        ),
        (format!("{HEAD}\n"), "usage.csv has no rows."),
        (String::new(), "usage.csv is empty: begin it with a heading line."),
        (
            "Cost,ChargePeriodStart,SubAccountId,tag_app\n".to_owned(),
            "usage.csv has no column EffectiveCost; its columns are Cost, ChargePeriodStart, SubAccountId, tag_app. Name it \
             (--profile), or leave the file out (--usage \"*cost*.csv\").",
        ),
        (
            "EffectiveCost,ChargePeriodStart,SubAccountId\n".to_owned(),
            "usage.csv has neither a column tag_app nor a column Tags to find the tag “app” in.",
        ),
    ] {
        let usage = folder.write("usage.csv", &text);
        assert_eq!(folder.refused(&usage, &[]), says);
    }
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
fn tables_that_cannot_be_meant_are_refused() {
    let folder = Folder::new("wrong-tables");
    folder.tables();
    let usage = folder.write("usage.csv", &csv(&rows(100, 6)));
    for (word, text, says) in [
        (
            "--tag-rules",
            "tag_app,service\na,svc-9\n",
            "other.csv, row 1: there is no service “svc-9” among the drivers. Mend its name, or add its drivers.",
        ),
        ("--tag-rules", "tag_app,service\na,\n", "other.csv, row 1, column service: is empty."),
        (
            "--tag-rules",
            "tag_app,name\na,svc-1\n",
            "other.csv has no column service; its columns are tag_app, name. Rename one, or add it.",
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
    ] {
        let other = folder.write("other.csv", text);
        assert_eq!(folder.refused(&usage, &[word, &other]), says);
    }
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
    assert!(folder.refused("nowhere", &[]).starts_with("nowhere cannot be read: "));
    assert_eq!(
        folder.refused(&folder.path("*.xlsx"), &[]),
        "*.xlsx names no file that ends in .parquet, .csv or .csv.gz"
    );
}
