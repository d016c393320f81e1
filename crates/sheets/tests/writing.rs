//! Tables out come back unchanged, read by others too: `faults.md`, "The formula guard breaks minus
//! signs", and `screens.md` §5.5.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use kernel::listing::{Asked, Column, Kind, Listing, Value};
use kernel::{Currency, Decimal, Money, Quantity};
use sheets::{
    Cell, CsvStyle, CsvWriter, Preview, Source, XlsxWriter, preview, propose, write_csv, write_xlsx,
};

const TEXTS: [&str; 8] =
    ["=2+5", "-1+2", "@SUM(A1)", "+49 30 1", "\tname", "plain; \"quoted\", name", "'=kept", "Bürobedarf"];

fn eur(minor: i64) -> Value {
    Money::of_minor(minor, Currency::EUR).into()
}

fn listing() -> Listing {
    let columns = vec![
        Column::new("key", "Key", Kind::Code),
        Column::new("name", "Name", Kind::Text),
        Column::new("amount", "Amount", Kind::Money).summed(),
        Column::new("day", "Day", Kind::Date),
        Column::new("period", "Period", Kind::Period),
        Column::new("seats", "Seats", Kind::Quantity).summed(),
        Column::new("price", "Price", Kind::Decimal),
        Column::new("share", "Share", Kind::Percent),
        Column::new("live", "Live", Kind::Bool),
        Column::new("lines", "Lines", Kind::Count),
    ];
    let row = |(index, text): (usize, &&str)| -> Vec<Value> {
        let amount = match index {
            0 => eur(-500),
            1 => eur(-123_456),
            2 => Value::Unknown,
            _ => eur(0),
        };
        vec![
            format!("{:04}", index + 1).into(),
            (*text).into(),
            amount,
            "2026-09-03".into(),
            "2026-09".into(),
            Quantity::parse("12.5").unwrap().into(),
            Value::Decimal("1.0904".parse().unwrap()),
            Value::Decimal("0.027".parse().unwrap()),
            Value::Bool(index == 0),
            Value::Count(1_357),
        ]
    };
    let rows: Vec<Vec<Value>> = TEXTS.iter().enumerate().map(row).collect();
    let mut totals = vec![None; columns.len()];
    totals[2] = Some(eur(-123_956));
    totals[5] = Some(Quantity::of_units(100).into());
    let count = i64::try_from(rows.len()).unwrap();
    Listing {
        name: "line",
        caption: "Lines: Sep 2026".into(),
        columns,
        rows,
        count,
        totals,
        asked: Asked::default(),
    }
}

fn read(bytes: impl Into<Vec<u8>>) -> (Preview, Vec<Vec<Cell>>) {
    let source = Source::of_bytes(bytes.into());
    let proposal = propose(&source).unwrap();
    assert!(!proposal.evidence.must_ask(), "{:?}", proposal.evidence.questions);
    let shown = preview(&source, &proposal.dialect, &proposal.formats).unwrap();
    let reader = sheets::Reader::open(&source, &proposal.dialect, &proposal.formats).unwrap();
    let rows = reader.map(Result::unwrap).filter(|row| row.class == sheets::RowClass::Data);
    (shown, rows.map(|row| row.cells).collect())
}

#[test]
fn csv_in_both_styles_comes_back_unchanged() {
    for excel in [false, true] {
        let (preview, rows) = read(write_csv(&listing(), CsvStyle { excel }));
        assert_eq!(preview.column("amount").unwrap().sum.unwrap().to_string(), "-1239.56");
        assert_eq!(rows.len(), TEXTS.len());
        for (row, original) in rows.iter().zip(&listing().rows) {
            let texts: Vec<String> = row.iter().map(|cell| cell.text().into_owned()).collect();
            let plain: Vec<String> = original.iter().map(Value::plain).collect();
            assert_eq!(texts[..3], plain[..3]);
            assert_eq!(texts[3], if plain[2].is_empty() { "" } else { "EUR" });
            assert_eq!(texts[4..], plain[3..]);
        }
    }
}

#[test]
fn csv_is_read_by_another_reader_with_amounts_as_numbers_and_texts_guarded() {
    let written = write_csv(&listing(), CsvStyle { excel: false });
    let mut other = csv::Reader::from_reader(written.as_bytes());
    assert_eq!(
        other.headers().unwrap().iter().take(4).collect::<Vec<_>>(),
        ["key", "name", "amount", "amount_currency"]
    );
    let rows: Vec<csv::StringRecord> = other.records().map(Result::unwrap).collect();
    let sum: Decimal = rows.iter().filter_map(|row| row[2].parse::<Decimal>().ok()).sum();
    assert_eq!(sum.to_string(), "-1239.56");
    assert_eq!((&rows[0][2], &rows[1][2]), ("-5.00", "-1234.56"));
    for row in &rows[..5] {
        assert!(row[1].starts_with('\''), "{row:?}");
    }
    assert_eq!((&rows[5][1], &rows[7][1]), (TEXTS[5], TEXTS[7]));
    let excel = write_csv(&listing(), CsvStyle { excel: true });
    assert!(excel.starts_with("\u{feff}key;name;amount;amount_currency;"));
}

#[test]
fn xlsx_cells_are_typed_for_another_reader() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(write_xlsx(&listing()).unwrap())).unwrap();
    let sheet = book.worksheet_range("Lines Sep 2026").unwrap();
    let cell = |row: u32, column: u32| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(cell(0, 0), Data::String("Key".into()));
    assert_eq!(cell(0, 3), Data::String("Amount currency".into()));
    assert_eq!(cell(1, 0), Data::String("0001".into()));
    assert_eq!(cell(1, 1), Data::String("=2+5".into()));
    assert_eq!(cell(1, 2), Data::Float(-5.0));
    assert_eq!(cell(2, 2), Data::Float(-1_234.56));
    assert_eq!(cell(3, 2), Data::Empty);
    assert_eq!(cell(1, 3), Data::String("EUR".into()));
    let Data::DateTime(day) = cell(1, 4) else { panic!("a day is a date, not {:?}", cell(1, 4)) };
    assert_eq!(day.to_ymd_hms_milli(), (2026, 9, 3, 0, 0, 0, 0));
    assert_eq!(cell(1, 6), Data::Float(12.5));
    assert_eq!(cell(1, 10), Data::Float(1_357.0));
    let last = u32::try_from(TEXTS.len()).unwrap() + 1;
    assert_eq!((cell(last, 0), cell(last, 2)), (Data::String("Total".into()), Data::Float(-1_239.56)));
}

#[test]
fn xlsx_comes_back_unchanged_without_its_total_row() {
    let (preview, rows) = read(write_xlsx(&listing()).unwrap());
    assert_eq!(preview.column("Amount").unwrap().sum.unwrap().to_string(), "-1239.56");
    assert_eq!(preview.counts[&sheets::RowClass::Total], 1);
    assert_eq!(rows.len(), TEXTS.len());
    for (row, text) in rows.iter().zip(TEXTS) {
        assert_eq!(row[1].text(), text);
    }
    assert_eq!(rows[0][4], Cell::Date("2026-09-03".parse().unwrap()));
    assert_eq!((rows[0][7].text().as_ref(), rows[0][8].text().as_ref()), ("1.0904", "0.027"));
}

/// `faults.md`, "Yen": shown, exported and imported again, nothing is new.
#[test]
fn charges_of_every_currency_are_known_again_after_the_round_trip() {
    let money = |minor, code: &str| Money::of_minor(minor, Currency::parse(code).unwrap());
    let charges = [money(100_000, "JPY"), money(7, "JPY"), money(1_234, "KWD"), money(1_234, "EUR")];
    assert_eq!(charges.map(|charge| charge.spoken()), ["¥100,000", "¥7", "KWD\u{a0}1.234", "€12.34"]);
    for charges in [&charges[..], &charges[2..3]] {
        let mut list = listing();
        list.columns =
            vec![Column::new("name", "Name", Kind::Text), Column::new("amount", "Amount", Kind::Money)];
        list.rows = charges.iter().map(|charge| vec!["a".into(), (*charge).into()]).collect();
        let prints = |charges: &[Money]| {
            let mut printer = sheets::Fingerprinter::new();
            let print = |money: &Money| {
                let (amount, currency) = (money.plain(), money.currency());
                printer.of(&[("name", "a"), ("amount", &amount), ("currency", currency.code())]).0
            };
            charges.iter().map(print).collect::<Vec<_>>()
        };
        let (_, rows) = read(write_csv(&list, CsvStyle::default()));
        let again: Vec<Money> = (rows.iter())
            .map(|row| {
                let currency = Currency::parse(&row[2].text()).unwrap();
                sheets::Formats::iso().amount(&row[1], currency).unwrap().unwrap().money
            })
            .collect();
        assert_eq!(again, charges);
        assert_eq!(prints(&again), prints(charges));
    }
}

/// The parts of the file that a reader of values does not see: formats, panes, quote prefix.
#[test]
fn xlsx_shows_money_as_people_do_and_keeps_its_header_in_sight() {
    let bytes = write_xlsx(&listing()).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    let styles = part("xl/styles.xml");
    assert!(styles.contains("#,##0.00;(#,##0.00);&quot;–&quot;"), "{styles}");
    assert!(styles.contains("quotePrefix=\"1\""));
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<pane ySplit=\"1\"") && sheet.contains("state=\"frozen\""));
    assert!(sheet.contains("<cols>") && !sheet.contains("<f>"), "widths are set and nothing is a formula");
}

#[test]
fn amounts_a_spreadsheet_cannot_hold_exactly_are_written_as_text() {
    let jpy = Currency::parse("JPY").unwrap();
    let kwd = Currency::parse("KWD").unwrap();
    let mut list = listing();
    list.columns =
        vec![Column::new("name", "Name", Kind::Text), Column::new("amount", "Amount", Kind::Money)];
    let amounts =
        [(100_000, jpy), (1_234, kwd), (i64::MAX, Currency::EUR), (123_456_789_012_345, Currency::EUR)];
    list.rows = amounts
        .iter()
        .map(|(minor, currency)| vec!["x".into(), Money::of_minor(*minor, *currency).into()])
        .collect();
    list.totals = vec![None, None];
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(write_xlsx(&list).unwrap())).unwrap();
    let sheet = book.worksheet_range("Lines Sep 2026").unwrap();
    let cells: Vec<Data> = (1..5).map(|row| sheet.get_value((row, 1)).unwrap().clone()).collect();
    let expected = [
        Data::Float(100_000.0),
        Data::Float(1.234),
        Data::String("92233720368547758.07".into()),
        Data::Float(1_234_567_890_123.45),
    ];
    assert_eq!(cells, expected);
}

#[test]
fn pages_give_the_same_bytes_as_the_whole_list() {
    let list = listing();
    let mut csv = CsvWriter::new(Vec::new(), &list.columns, CsvStyle::default()).unwrap();
    let mut xlsx = XlsxWriter::new(&list.caption, &list.columns).unwrap();
    for page in list.rows.chunks(3) {
        csv.page(page).unwrap();
        xlsx.page(page).unwrap();
    }
    assert_eq!(String::from_utf8(csv.finish().unwrap()).unwrap(), write_csv(&list, CsvStyle::default()));
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(xlsx.finish(&list.totals).unwrap(), write_xlsx(&list).unwrap(), "no moment of writing in it");
}

#[test]
fn a_sheet_name_is_one_a_spreadsheet_takes() {
    for caption in [
        "",
        "[x]: a/b*?",
        "'quoted'",
        "History",
        &"long ".repeat(20),
        "Zahlen für 2026 – 😀😀😀😀😀😀😀😀😀😀😀",
    ] {
        let mut list = listing();
        list.caption = caption.to_owned();
        let (_, rows) = read(write_xlsx(&list).unwrap());
        assert_eq!(rows.len(), TEXTS.len(), "{caption}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_comes_back_from_csv_and_xlsx(
        texts in proptest::collection::vec("[=+@'\t -~éß“\u{2212}\u{1F600}\n\r]{0,12}", 1..8),
        excel in proptest::bool::ANY,
    ) {
        let mut list = listing();
        list.columns = vec![Column::new("key", "Key", Kind::Code), Column::new("name", "Name", Kind::Text)];
        list.rows = texts.iter().map(|text| vec!["k".into(), text.as_str().into()]).collect();
        list.totals = vec![None, None];
        let csv = Source::of_bytes(write_csv(&list, CsvStyle { excel }).into_bytes());
        let delimiter = if excel { sheets::Delimiter::Semicolon } else { sheets::Delimiter::Comma };
        let dialect = sheets::Dialect {
            sheet: None,
            encoding: sheets::Encoding::Utf8,
            delimiter,
            quote: Some(sheets::Quote::Double),
            header_line: Some(1),
            group_row: false,
            formula_guard: true,
            skip: sheets::Skip::default(),
        };
        for source in [csv, Source::of_bytes(write_xlsx(&list).unwrap())] {
            let rows = sheets::Reader::open(&source, &dialect, &sheets::Formats::iso()).unwrap();
            let read: Vec<String> = rows.map(|row| row.unwrap().cell(1).text().into_owned()).collect();
            // Blanks alone are no value; a text of a workbook ends its lines as XML does.
            let as_xml = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
            let blank = |text: &str| text.trim().is_empty();
            let same = |(read, text): (&String, &String)| {
                read == text || (blank(read) && blank(text)) || as_xml(read) == as_xml(text)
            };
            proptest::prop_assert_eq!(read.len(), texts.len());
            proptest::prop_assert!(read.iter().zip(&texts).all(same), "{:?} {:?}", read, texts);
        }
    }
}

#[test]
fn rejected_rows_come_back_with_their_line_and_reason() {
    let file = Source::of_bytes(&b"day;text;amount\n31/09/2026;=2+5;-5,00\n30/09/2026;ok;1,50\n"[..]);
    let proposal = propose(&file).unwrap();
    let reader = sheets::Reader::open(&file, &proposal.dialect, &proposal.formats).unwrap();
    let columns = reader.columns().to_vec();
    let mut rejects = sheets::RejectsWriter::new(Vec::new(), &columns, columns.len()).unwrap();
    for row in reader.map(Result::unwrap) {
        if let Err(error) = proposal.formats.date(row.cell(0)) {
            rejects.reject(&row, &error.says).unwrap();
        }
    }
    let written = String::from_utf8(rejects.finish()).unwrap();
    let expected = "day,text,amount,rejected_line,rejected_because\r\n\
                    31/09/2026,'=2+5,\"-5,00\",2,\"date \"\"31/09/2026\"\" does not exist\"\r\n";
    assert_eq!(written, expected);
}
