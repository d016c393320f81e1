//! `costs allocate`: the same rows give the same lines however they are written, and what is wrong is refused.

mod bills;

use bills::{Cost, Folder, Tag, batch, csv, expected, gzip, parquet, rows};
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

/// Decimals of up to nine digits are kept in 32 bits.
#[test]
fn costs_of_nine_digits_are_read() {
    let folder = Folder::new("nine-digits");
    folder.tables();
    let rows: Vec<_> = rows(3_000, 8).into_iter().filter(|row| row.cost.abs() < 900_000_000).collect();
    let path = folder.path("usage.parquet");
    parquet(&path, &batch(&rows, Cost::Decimal(9, 6), Tag::Column), 1_000, true);
    assert_eq!(md5(&folder.allocate(&path, &[]).unwrap()), expected(&rows).1);
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

/// New York is four hours behind from the second Sunday of March to the first of November 2026, else five.
#[test]
fn the_month_of_a_charge_is_that_of_the_zone_that_is_said() {
    let folder = Folder::new("zone");
    folder.tables();
    let behind = |row: &bills::Row| if (4..=11).contains(&row.month) { 4 } else { 5 };
    let rows: Vec<bills::Row> = (rows(6_000, 9).into_iter())
        .map(|row| bills::Row { hour: row.hour % 24, ..row })
        .filter(|row| row.month > 1 || row.hour >= behind(row))
        .collect();
    let there = rows.iter().map(|row| bills::Row {
        month: if row.hour < behind(row) { row.month - 1 } else { row.month },
        ..row.clone()
    });
    let (_, check_value) = expected(&there.collect::<Vec<_>>());
    assert_ne!(check_value, expected(&rows).1);
    parquet(&folder.path("usage.parquet"), &batch(&rows, Cost::Narrow, Tag::Column), 7_000, true);
    let refused = folder.refused(&folder.path("usage.parquet"), &["--zone", "Mars/Olympus"]);
    assert_eq!(refused, "“Mars/Olympus” is no time zone; write it as Europe/London or UTC");
    for usage in [folder.path("usage.parquet"), folder.write("usage.csv", &csv(&rows))] {
        let zone = ["--zone", "America/New_York"];
        assert_eq!(md5(&folder.allocate(&usage, &zone).unwrap()), check_value, "{usage}");
    }
}
