//! Each kind of quirk people's text files have, on small files of our own (`fixtures/`).

use sheets::formats::{DateOrder, DecimalMark, ThousandsMark};
use sheets::{
    About, Delimiter, Dialect, Encoding, Formats, Preview, Proposal, Quote, Reader, RowClass, Skip,
    SkipWhere, Source, preview, propose,
};

fn source(name: &str) -> Source {
    Source::File([env!("CARGO_MANIFEST_DIR"), "tests", "fixtures", name].iter().collect())
}

fn read(name: &str) -> (Proposal, Preview) {
    let source = source(name);
    let proposal = propose(&source).unwrap();
    let preview = preview(&source, &proposal.dialect, &proposal.formats).unwrap();
    (proposal, preview)
}

fn sum(preview: &Preview, column: &str) -> String {
    preview.column(column).unwrap().sum.unwrap().to_string()
}

/// Everything said about a file, one sentence a line.
fn told(proposal: &Proposal, preview: &Preview) -> String {
    let evidence = [&proposal.evidence, &preview.evidence];
    let findings = evidence.iter().flat_map(|e| &e.findings).map(|finding| finding.says.as_str());
    let asks = evidence.iter().flat_map(|e| &e.questions).map(|question| question.asks.as_str());
    findings.chain(asks).collect::<Vec<_>>().join("\n")
}

fn must_ask(proposal: &Proposal) -> Vec<About> {
    proposal.evidence.questions.iter().filter(|q| q.must_answer).map(|q| q.about).collect()
}

#[test]
fn brackets_are_negative_and_columns_beyond_the_header_are_kept_and_asked_about() {
    let (proposal, preview) = read("brackets-and-longer-rows.csv");
    assert_eq!(preview.data_rows(), 4);
    // 12500.00 + 980.50 − 500.00 − 1801.53; without brackets 15782.03.
    assert_eq!(sum(&preview, "Amount"), "11178.97");
    assert_eq!(preview.column("Amount").unwrap().negatives, 2);
    assert_eq!(sum(&preview, "column 5"), "15783");
    assert_eq!(proposal.formats.thousands_mark, ThousandsMark::Comma);
    let told = told(&proposal, &preview);
    for says in [
        "4 rows have more cells than the header (lines 2–5).",
        "Ignored, without name and empty: column 6, column 7.",
        "What is in the columns without a name: column 5?",
        "2 negative figures are written in brackets: “(500.00)” in line 4.",
    ] {
        assert!(told.contains(says), "{says}\n{told}");
    }
}

#[test]
fn a_report_above_the_header_is_named_as_skipped_and_the_last_row_is_data() {
    let (proposal, preview) = read("report-above-header.csv");
    assert_eq!(proposal.dialect.header_line, Some(8));
    assert_eq!((preview.data_rows(), sum(&preview, "Invoice Line Value").as_str()), (4, "71261.50"));
    assert_eq!(preview.lines_above.len(), 7);
    assert!(preview.column("Directotate").is_some(), "misspellings are kept");
    let told = told(&proposal, &preview);
    for says in [
        "Line 8 names the columns: “Invoice Line Value” stands over figures.",
        "Above it, skipped: 1–7",
        "Lines 7 and 8 both look like a header.",
        "No column holds dates: which period is it? Line 6 says “Dec-13”, which is Dec 2013.",
        "3 rows have fewer cells than the header (lines 10–12).",
    ] {
        assert!(told.contains(says), "{says}\n{told}");
    }
}

#[test]
fn rows_of_null_words_are_named_by_line_and_a_null_word_is_never_a_value() {
    let (proposal, preview) = read("lookup-leftovers.csv");
    assert_eq!((preview.data_rows(), sum(&preview, "Net").as_str()), (4, "660"));
    assert_eq!(preview.no_data_lines[&RowClass::NullOnly], [6, 7]);
    let leftover = preview.column("column 10").unwrap();
    assert_eq!((leftover.filled, leftover.nulls, leftover.ignored), (0, 1, false));
    let told = told(&proposal, &preview);
    assert!(told.contains("UTF-8 with a byte order mark"), "{told}");
    assert!(told.contains("2 rows no data, only words for no value: line 6–7."), "{told}");
}

#[test]
fn numbered_empty_rows_are_counted_and_look_alike_lines_stay() {
    let (proposal, preview) = read("numbered-empty-rows.csv");
    assert_eq!((preview.data_rows(), sum(&preview, "Amount").as_str()), (3, "450000.00"));
    assert_eq!(preview.no_data_lines[&RowClass::CounterOnly], [5, 6, 7]);
    assert!(told(&proposal, &preview).contains("3 dates are written with the month in letters"));
    let mut keep = proposal.dialect.clone();
    keep.skip.counter_only = false;
    let all = sheets::preview(&source("numbered-empty-rows.csv"), &keep, &proposal.formats).unwrap();
    assert_eq!(all.data_rows(), 6);
}

#[test]
fn a_tab_ledger_with_decimal_commas_and_compact_dates_balances() {
    let (proposal, preview) = read("ledger-tab.txt");
    assert_eq!(proposal.dialect.delimiter, Delimiter::Tab);
    assert_eq!(proposal.formats.decimal_mark, DecimalMark::Comma);
    assert_eq!(proposal.formats.date_order, DateOrder::Compact);
    assert_eq!((sum(&preview, "Debit").as_str(), sum(&preview, "Credit").as_str()), ("713.23", "713.23"));
    assert_eq!(preview.column("EcritureDate").unwrap().sum, None);
    assert!(preview.first_rows[0].cell(4).text().contains("Pâtes fraîches"));
    assert_eq!(preview.column("ValidDate").unwrap().filled, 0);
}

#[test]
fn an_empty_last_column_is_ignored_with_a_word_and_no_rate_is_not_zero() {
    let (proposal, preview) = read("rates-trailing-comma.csv");
    let none = preview.column("CYP").unwrap();
    assert_eq!((none.filled, none.nulls, none.sum), (0, 2, None));
    assert!(told(&proposal, &preview).contains("Ignored, without name and empty: column 6."));
    assert!(told(&proposal, &preview).contains("2 cells hold “N/A” (first in line 2): no value, not zero."));
    assert_eq!(sum(&preview, "USD"), "2.2354");
}

#[test]
fn encodings_are_told_apart() {
    for (name, encoding, word) in [
        ("accounts-misspelt.csv", Encoding::Utf8, "technolgy"),
        ("cp850.csv", Encoding::Cp850, "Bürobedarf für März"),
        ("windows1252.csv", Encoding::Windows1252, "Bürobedarf – März"),
        ("utf16.csv", Encoding::Utf16Le, "Bürobedarf"),
    ] {
        let (proposal, preview) = read(name);
        assert_eq!(proposal.dialect.encoding, encoding, "{name}");
        assert_eq!(preview.first_rows[0].cell(1).text(), word, "{name}");
        assert!(must_ask(&proposal).is_empty(), "{name}");
    }
}

#[test]
fn two_encodings_in_one_file_are_asked_with_a_sample_under_both_and_no_row_is_lost() {
    let (proposal, preview) = read("mixed-encoding.csv");
    assert_eq!(must_ask(&proposal), [About::Encoding]);
    let told = told(&proposal, &preview);
    assert!(told.contains("2 lines hold bytes 0x80–0x9F, 1 mix both"), "{told}");
    assert!(told.contains("développé ici") && told.contains("échange reçu"), "{told}");
    assert_eq!(preview.data_rows(), 3);
}

#[test]
fn one_date_can_prove_the_order_of_all() {
    let (proposal, preview) = read("month-first-proven.csv");
    assert_eq!(proposal.formats.date_order, DateOrder::MonthDayYear);
    assert!(must_ask(&proposal).is_empty());
    let says = "“21” in the second place of “09/21/2023” in line 12 can only be a day: month/day/year. 10 of 11 \
                dates could be read either way.";
    assert!(told(&proposal, &preview).contains(says));
}

#[test]
fn what_the_file_does_not_settle_must_be_answered() {
    for (name, about, says) in [
        ("dates-either-way.csv", About::Dates, "All 10 dates could be day/month or month/day"),
        ("dates-in-two-orders.csv", About::Dates, "“21/09/2023” in line 2; “09/22/2023” in line 3"),
        ("no-years.csv", About::Dates, "2 dates are without a year: “29 Apr” in line 2"),
        ("thousand-or-fraction.csv", About::NumberMarks, "is “1.000” in line 2 a thousand or a fraction?"),
    ] {
        let (proposal, preview) = read(name);
        assert!(proposal.evidence.must_ask(), "{name}");
        assert_eq!(must_ask(&proposal), [about], "{name}");
        assert!(told(&proposal, &preview).contains(says), "{name}\n{}", told(&proposal, &preview));
    }
}

#[test]
fn two_digit_years_say_their_rule_and_what_tells_them_from_days() {
    let (proposal, preview) = read("two-digit-years.csv");
    assert_eq!(proposal.formats.date_order, DateOrder::DayMonthYear);
    let told = told(&proposal, &preview);
    assert!(told.contains("holds 1 different values, the first 20: the year stands last"), "{told}");
    assert!(told.contains("up to 68 is read as 20xx, later as 19xx"), "{told}");
}

#[test]
fn semicolons_decimal_commas_and_trailing_minus() {
    let (proposal, preview) = read("semicolon-sep.csv");
    assert_eq!((proposal.dialect.delimiter, proposal.dialect.header_line), (Delimiter::Semicolon, Some(2)));
    assert!(told(&proposal, &preview).contains("Semicolon: the first line says so."));
    assert!(proposal.formats.trailing_minus);
    assert_eq!((sum(&preview, "Amount").as_str(), sum(&preview, "Credit").as_str()), ("1334.40", "-5.00"));
    assert_eq!(preview.first_rows[0].cell(0).text(), "0001");
    assert_eq!(preview.column("Account").unwrap().sum, None);
}

#[test]
fn a_total_row_is_shown_and_not_loaded_and_a_supplier_called_total_is_data() {
    let (proposal, preview) = read("totals.csv");
    assert_eq!((preview.data_rows(), sum(&preview, "Amount").as_str()), (2, "750.00"));
    assert_eq!(preview.no_data_lines[&RowClass::Total], [5]);
    assert_eq!(preview.no_data_lines[&RowClass::Blank], [4]);
    let asks = "Line 5 looks like a total: “Total | 750.01”; in “Amount” the rows above add up to 750.00, off by \
                0.01. Leave it out?";
    assert!(told(&proposal, &preview).contains(asks), "{}", told(&proposal, &preview));
}

#[test]
fn rows_are_left_out_by_a_rule_and_named() {
    let (proposal, _) = read("totals.csv");
    let rows_where = vec![SkipWhere { column: "Supplier".into(), is: "Mill".into() }];
    let dialect = Dialect { skip: Skip { rows_where, ..Skip::default() }, ..proposal.dialect };
    let preview = preview(&source("totals.csv"), &dialect, &proposal.formats).unwrap();
    assert_eq!(preview.no_data_lines[&RowClass::ByRule], [3]);
    assert_eq!(sum(&preview, "Amount"), "500.00");
}

#[test]
fn a_file_without_header_loses_no_line() {
    let (proposal, preview) = read("no-header.csv");
    assert_eq!(proposal.dialect.header_line, None);
    assert_eq!((preview.data_rows(), sum(&preview, "column 4").as_str()), (3, "45.00"));
    assert!(told(&proposal, &preview).contains("the first line is data already"));
}

#[test]
fn group_names_are_put_before_names_that_repeat() {
    let (proposal, preview) = read("group-header.csv");
    assert!(proposal.dialect.group_row);
    let names: Vec<&str> = preview.columns.iter().map(|column| column.column.name.as_str()).collect();
    assert_eq!(names, ["Account", "2024 Actual", "2024 Budget", "2025 Actual", "2025 Budget"]);
    assert_eq!(sum(&preview, "2025 Actual"), "10.00");
    let (_, equal) = read("equal-names.csv");
    assert_eq!((sum(&equal, "Amount"), sum(&equal, "Amount (column 2)")), ("4.50".into(), "6.50".into()));
}

#[test]
fn quotes_may_be_single_or_no_quotes_at_all() {
    let (proposal, preview) = read("apostrophe-quotes.csv");
    assert_eq!(proposal.dialect.quote, Some(Quote::Single));
    assert_eq!(preview.first_rows[0].cell(0).text(), "Mill, North");
    let (proposal, preview) = read("one-stray-quote.csv");
    assert_eq!((proposal.dialect.quote, preview.data_rows()), (None, 3));
    assert!(told(&proposal, &preview).contains("A quote is opened and never closed"));
}

#[test]
fn two_currencies_are_never_summed() {
    let (proposal, preview) = read("two-currencies.csv");
    assert_eq!(preview.column("Amount").unwrap().sum, None);
    assert!(told(&proposal, &preview).contains("“Amount” holds several currencies: EUR, USD."));
}

#[test]
fn what_is_no_table_is_refused_with_a_way_out() {
    for (bytes, code) in [
        (&b""[..], "file_empty"),
        (b"\n\n\n", "file_empty"),
        (b"%PDF-1.7 ...", "file_no_table"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "workbook_old_or_locked"),
        (b"PK\x03\x04 broken", "workbook_unreadable"),
        (b"a,b\n1,\x00\x00\x00\x00\x00", "file_no_table"),
    ] {
        let refused = propose(&Source::of_bytes(bytes)).unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
    }
}

#[test]
fn a_column_of_figures_names_its_first_misfit() {
    let rows: String = (0..20).map(|n| format!("{n},{n}.50\n")).collect();
    let source = Source::of_bytes(format!("Vendor,Amount\n{rows}CPO,1.50\n").into_bytes());
    let proposal = propose(&source).unwrap();
    let preview = preview(&source, &proposal.dialect, &proposal.formats).unwrap();
    assert!(told(&proposal, &preview).contains("“Vendor” holds figures, but “CPO” in line 22 is none."));
}

#[test]
fn a_header_line_that_starts_no_row_is_refused() {
    let (proposal, _) = read("totals.csv");
    let dialect = Dialect { header_line: Some(99), ..proposal.dialect };
    let refused = Reader::open(&source("totals.csv"), &dialect, &Formats::iso()).err().unwrap();
    assert_eq!(refused.code(), "header_missing");
}

#[test]
fn a_long_file_streams_with_its_lines() {
    let mut text = String::from("day;account;amount;text\n");
    let long = "x".repeat(60);
    for line in 0..60_000 {
        text.push_str(&format!("2026-09-15;77{:02};15,00;{long}\n", line % 100));
    }
    assert!(text.len() > 4 * 1024 * 1024, "longer than the longest row taken");
    let source = Source::of_bytes(text.into_bytes());
    let proposal = propose(&source).unwrap();
    let last = Reader::open(&source, &proposal.dialect, &proposal.formats).unwrap().last().unwrap().unwrap();
    assert_eq!((last.line, last.cell(1).text().as_ref()), (60_001, "7799"));
}
