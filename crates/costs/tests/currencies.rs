//! Bills in one currency and in several: found in files of every kind, refused or converted.

mod bills;

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use arrow::datatypes::{Field, Schema};
use bills::{Cost, Folder, Tag, batch, expected, parquet, rows};
use calc::Stop;

const HEAD: &str = "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app,BillingCurrency\n";

/// A folder with one service of one customer.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("tags.csv", "tag_app,service\na,A\n");
    folder.write("accounts.csv", "SubAccountId,service\n1,A\n");
    folder.write("drivers.csv", "service,customer,month,units\nA,x,2026-01,1\nA,x,2026-02,1\n");
    folder
}

fn lines(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path("lines.csv")).unwrap()
}

/// The rows with a currency each.
fn with_currency(rows: &[bills::Row], currency: impl Fn(usize) -> Option<&'static str>) -> RecordBatch {
    let plain = batch(rows, Cost::Narrow, Tag::Column);
    let currencies: ArrayRef = Arc::new((0..rows.len()).map(currency).collect::<StringArray>());
    let fields = plain.schema().fields().iter().cloned().collect::<Vec<_>>();
    let own = Arc::new(Field::new("BillingCurrency", currencies.data_type().clone(), true));
    let schema = Schema::new([fields, vec![own]].concat());
    RecordBatch::try_new(Arc::new(schema), [plain.columns().to_vec(), vec![currencies]].concat()).unwrap()
}

#[test]
fn parquet_tells_its_currency_by_its_footer_or_its_rows() {
    let folder = Folder::new("currency-parquet");
    folder.tables();
    let rows = rows(3_000, 31);
    let path = folder.path("usage.parquet");
    let some = |row: usize| (row % 7 != 3).then_some("EUR");
    for (case, all) in
        [("footer", with_currency(&rows, |_| Some("EUR"))), ("rows", with_currency(&rows, some))]
    {
        parquet(&path, &all, 700, true);
        let answer = folder.allocate(&path, &[]).unwrap();
        assert_eq!(answer.json["currency"], "EUR", "{case}");
        assert_eq!(answer.json["md5"].as_str().unwrap(), expected(&rows).1, "{case}");
    }
    std::fs::remove_file(folder.path("lines.csv")).unwrap();
    parquet(&path, &with_currency(&rows, |row| Some(if row == 1_234 { "USD" } else { "EUR" })), 700, true);
    assert_eq!(
        folder.refused(&path, &[]),
        "usage.parquet, row 1235, has costs in USD, and usage.parquet, row 1, in EUR: they cannot be added. Convert \
         them (--rates), or allocate each currency by itself."
    );
    std::fs::create_dir_all(folder.path("bill")).unwrap();
    for currency in ["EUR", "USD"] {
        let path = folder.path(&format!("bill/{currency}.parquet"));
        parquet(&path, &with_currency(&rows, move |_| Some(currency)), 700, true);
    }
    assert_eq!(
        folder.refused(&folder.path("bill"), &[]),
        "bill/USD.parquet has costs in USD, and bill/EUR.parquet in EUR: they cannot be added. Convert them (--rates), \
         or allocate each currency by itself."
    );
}

/// Worked by hand: January is 10 + 20 × 0.9 = 28, February 30 × 0.95 − 0.01 = 28.49.
#[test]
fn a_bill_of_two_currencies_is_converted_month_by_month() {
    let folder = folder("currency-rates");
    let rates =
        folder.write("rates.csv", "currency,month,rate,source\nUSD,2026-01,0.9,ECB\nUSD,2026-02,0.95,ECB\n");
    let usage = folder.write(
        "usage.csv",
        &format!("{HEAD}10,2026-01-01,1,,EUR\n20,2026-01-31,1,,USD\n30,2026-02-01,1,,USD\n-0.01,2026-02-01,1,,EUR\n"),
    );
    let words = ["--rates", rates.as_str(), "--into", "EUR"];
    let answer = folder.allocate(&usage, &words).unwrap();
    assert_eq!(lines(&folder), "customer,service,month,cents\nx,A,2026-01,2800\nx,A,2026-02,2849\n");
    assert_eq!((&answer.json["currency"], &answer.json["total"]), (&"EUR".into(), &"56.49".into()));
    assert_eq!(
        answer.json["converted"][0],
        serde_json::json!({
            "currency": "USD", "month": "2026-01", "rows": 1, "total": "20.00", "rate": "0.90", "source": "ECB",
            "converted": "18.00"
        })
    );
    assert_eq!(answer.notes[1], "1 rows of 2026-02: 30.00 USD at 0.95 (ECB) are 28.50 EUR.");
    let more = ["--service", "A", "--month", "2026-01", "--customer", "x"];
    let opened = folder.run("rows", &[&["--usage", usage.as_str()], &words[..], &more[..]].concat()).unwrap();
    assert_eq!((&opened.json["amount"], &opened.json["currency"]), (&"28.00".into(), &"EUR".into()));
    assert_eq!(opened.notes.last().unwrap(), "1 rows of 2026-01: 20.00 USD at 0.90 (ECB) are 18.00 EUR.");
}

#[test]
fn what_cannot_be_converted_is_refused() {
    let folder = folder("currency-refused");
    let usage = folder.write("usage.csv", &format!("{HEAD}10,2026-01-01,1,,EUR\n20,2026-01-31,1,,\n"));
    let refused = |rates: &str| {
        let rates = folder.write("rates.csv", &format!("currency,month,rate,source\n{rates}\n"));
        folder.refused(&usage, &["--rates", &rates, "--into", "USD"])
    };
    for (rates, says) in [
        (
            "EUR,2026-01,1.08,ECB",
            "1 rows tell no currency, so that they cannot be converted. Name its column (--currency).",
        ),
        ("EUR,2026-01,-1,ECB", "rates.csv, row 1, column rate: “-1” is no rate. Write it as 0.9215."),
        ("EUR,2026-01,1,", "rates.csv, row 1, column source: is empty."),
        (
            "EUR,2026-01,1,ECB\nEUR,2026-01,2,ECB",
            "rates.csv, row 2, column currency: has a rate for that month already. Keep one.",
        ),
    ] {
        assert_eq!(refused(rates), says);
    }
    folder.write("usage.csv", &format!("{HEAD}10,2026-01-01,1,,EUR\n"));
    assert_eq!(
        refused("EUR,2026-02,1.08,ECB"),
        "rates.csv has no rate for EUR in 2026-01. Add a line: EUR,2026-01, what one of it is in USD, and where that \
         is from."
    );
}

/// ISO 4217: yen have no decimals, Kuwaiti dinars three.
#[test]
fn lines_are_in_the_smallest_unit_of_the_currency() {
    let folder = folder("currency-digits");
    for (currency, cents, allocated) in [("JPY", 1_235, "1235"), ("KWD", 1_234_568, "1234.568")] {
        let usage = folder.write("usage.csv", &format!("{HEAD}1234.5678,2026-01-01,1,,{currency}\n"));
        let answer = folder.allocate(&usage, &[]).unwrap();
        assert_eq!(answer.json["allocated"], allocated);
        assert_eq!(lines(&folder), format!("customer,service,month,cents\nx,A,2026-01,{cents}\n"));
    }
}

/// Six of the largest costs that a text can hold are more than 256 bits hold.
#[test]
fn costs_beyond_what_can_be_held_are_refused() {
    let folder = folder("currency-large");
    let row = format!("{},2026-01-01,1,,EUR\n", "9".repeat(38));
    let usage = folder.write("usage.csv", &format!("{HEAD}{}", row.repeat(6)));
    match folder.allocate(&usage, &[]) {
        Err(Stop::Unclean(says)) => {
            assert!(says.starts_with("the costs sum to more than can be held"), "{says}")
        }
        other => panic!("{:?}", other.map(|answer| answer.json)),
    }
}
