//! Workbooks: which sheet, which header, typed cells; and bombs refused before they are inflated.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook};
use sheets::{About, Cell, Preview, Proposal, Source, preview, propose};
use zip::write::SimpleFileOptions;

fn read(bytes: Vec<u8>) -> (Proposal, Preview) {
    let source = Source::of_bytes(bytes);
    let proposal = propose(&source).unwrap();
    let preview = preview(&source, &proposal.dialect, &proposal.formats).unwrap();
    (proposal, preview)
}

/// A pivot with a merged title and totals on the first sheet, a plain table on the second.
fn pivot_and_data() -> Vec<u8> {
    let mut book = Workbook::new();
    let pivot = book.add_worksheet().set_name("P&L").unwrap();
    pivot.merge_range(1, 0, 1, 3, "Profit and loss", &Format::new()).unwrap();
    for (row, (name, actual)) in [
        ("Group", None),
        ("Export Sales ", Some(4_000.5)),
        ("Home Sales", Some(5_298.779999999999)),
        ("Revenue Total", Some(9_299.28)),
        ("Rent", Some(100.0)),
        ("Expenses Total", Some(100.0)),
    ]
    .into_iter()
    .enumerate()
    {
        let row = u32::try_from(row).unwrap() + 3;
        pivot.write_string(row, 2, name).unwrap();
        match actual {
            Some(actual) => pivot.write_number(row, 3, actual).unwrap(),
            None => pivot.write_string(row, 3, " Actual").unwrap(),
        };
    }
    let data = book.add_worksheet().set_name("Data").unwrap();
    for (column, name) in ["Year", "Account", "Actual", "Day"].iter().enumerate() {
        data.write_string(0, u16::try_from(column).unwrap(), *name).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (row, (account, actual)) in
        [("Export Sales ", 4_000.5), ("Home Sales", 5_298.779999999999), ("0001", 100.0)].iter().enumerate()
    {
        let row = u32::try_from(row).unwrap() + 1;
        data.write_string(row, 0, "2019/20").unwrap();
        data.write_string(row, 1, *account).unwrap();
        data.write_number(row, 2, *actual).unwrap();
        data.write_number_with_format(row, 3, 46_295.0, &day).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_sheet_without_totals_and_merged_titles_is_proposed_and_the_choice_is_asked() {
    let (proposal, preview) = read(pivot_and_data());
    assert_eq!(proposal.dialect.sheet.as_deref(), Some("Data"));
    assert!(proposal.evidence.questions.iter().any(|question| question.about == About::Sheet));
    let says: Vec<&str> = proposal.evidence.findings.iter().map(|f| f.says.as_str()).collect();
    let pivot = "Sheet “P&L” has 5 rows and 1 group of merged cells, 2 rows of totals among its rows, its header in \
                 line 4.";
    assert!(says.contains(&"Sheet “Data” has 3 rows and nothing but a table."), "{says:?}");
    assert!(says.contains(&pivot), "{says:?}");
    assert_eq!(preview.column("Actual").unwrap().sum.unwrap().to_string(), "9399.28");
}

/// A second sheet that is as good a table may be as much meant; one with totals is not.
#[test]
fn of_two_plain_tables_nobody_knows_which_is_meant() {
    let must = |bytes: Vec<u8>| {
        let questions = read(bytes).0.evidence.questions;
        questions.iter().find(|question| question.about == About::Sheet).unwrap().must_answer
    };
    let mut book = Workbook::new();
    for year in ["Budget 2025", "Budget 2026"] {
        let sheet = book.add_worksheet().set_name(year).unwrap();
        sheet.write_string(0, 0, "Account").unwrap().write_string(0, 1, "Amount").unwrap();
        sheet.write_string(1, 0, "6400").unwrap().write_number(1, 1, 12.5).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        sheets::sheet_names(&Source::of_bytes(bytes.clone())).unwrap(),
        ["Budget 2025", "Budget 2026"]
    );
    assert_eq!(sheets::sheet_names(&Source::of_bytes(b"a,b".to_vec())).unwrap(), Vec::<String>::new());
    assert!(must(bytes));
    assert!(!must(pivot_and_data()));
}

#[test]
fn cells_keep_their_types() {
    let (_, preview) = read(pivot_and_data());
    let row = &preview.first_rows[0];
    assert_eq!(row.cell(0), &Cell::Text("2019/20".into()));
    assert_eq!(row.cell(1), &Cell::Text("Export Sales ".into()));
    // Day 46295 of the 1900 calendar is 30 September 2026.
    assert_eq!(row.cell(3), &Cell::Date("2026-09-30".parse().unwrap()));
    assert_eq!(preview.first_rows[1].cell(2).text(), "5298.78");
    assert_eq!(preview.first_rows[2].cell(1).text(), "0001");
}

#[test]
fn a_sheet_that_is_not_there_is_refused_with_those_that_are() {
    let source = Source::of_bytes(pivot_and_data());
    let mut proposal = propose(&source).unwrap();
    proposal.dialect.sheet = Some("Dta".into());
    let refused = preview(&source, &proposal.dialect, &proposal.formats).unwrap_err();
    assert_eq!(refused.code(), "sheet_missing");
    assert!(refused.to_string().contains("it has P&L, Data"), "{refused}");
}

fn archive(parts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The size an archive declares for its only entry, in the local and the central header
/// (PKWARE APPNOTE 4.3.7 and 4.3.12), replaced.
fn lying(mut bytes: Vec<u8>, declared: u32) -> Vec<u8> {
    for (signature, offset) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let at = bytes.windows(4).position(|window| window == signature).unwrap() + offset;
        bytes[at..at + 4].copy_from_slice(&declared.to_le_bytes());
    }
    bytes
}

#[test]
fn bombs_are_refused_by_entries_size_and_ratio() {
    let zeros = |mib: usize| vec![0_u8; mib * 1024 * 1024];
    let many = archive((0..1_001).map(|n| (format!("part{n}.xml"), Vec::new())));
    let steep = archive([("xl/worksheets/sheet1.xml".to_owned(), zeros(2))]);
    let wide = lying(archive([("x.xml".to_owned(), b"<x/>".to_vec())]), 200 * 1024 * 1024 + 1);
    for (bytes, says) in [
        (many, "it has more than 1,000 parts"),
        (steep.clone(), "it unpacks to more than 100 times its size"),
        (wide, "it unpacks to more than 200 MiB"),
    ] {
        let refused = propose(&Source::of_bytes(bytes)).unwrap_err();
        assert_eq!(refused.code(), "workbook_too_large", "{refused}");
        assert!(refused.to_string().contains(says), "{refused}");
    }
    let refused = propose(&Source::of_bytes(lying(steep, 1_000))).unwrap_err();
    assert_eq!(refused.code(), "workbook_unreadable");
    assert!(refused.to_string().contains("larger than its declared"), "{refused}");
}

#[test]
fn a_document_type_is_refused_wherever_it_stands() {
    for before in [0, 60_000, 65_530, 65_536 + 5] {
        let mut part = vec![b' '; before];
        part.extend_from_slice(b"<!DOCTYPE lolz [<!ENTITY lol \"lol\">]><worksheet/>");
        let refused = propose(&Source::of_bytes(archive([("x.xml".to_owned(), part)]))).unwrap_err();
        assert_eq!(refused.code(), "workbook_unreadable");
        assert!(refused.to_string().contains("document type"), "{refused}");
    }
}

#[test]
fn a_far_cell_costs_no_more_than_its_row() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Amount").unwrap();
    sheet.write_number(1, 0, 5).unwrap();
    sheet.write_number(1_048_575, 16_383, 7).unwrap();
    let (_, preview) = read(book.save_to_buffer().unwrap());
    assert_eq!(preview.data_rows(), 2);
    assert_eq!(preview.columns.len(), 16_384);
}
