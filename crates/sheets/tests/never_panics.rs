//! Whatever bytes or texts come, there is an answer or a refusal, and never a panic.

use kernel::Currency;
use proptest::prelude::*;
use sheets::formats::{DateOrder, DecimalMark, ThousandsMark};
use sheets::{
    Formats, Source, parse_amount, parse_date, parse_decimal, parse_period, parse_quantity, preview, propose,
};

fn any_formats() -> impl Strategy<Value = Formats> {
    let marks = prop::sample::select(vec![
        ThousandsMark::None,
        ThousandsMark::Comma,
        ThousandsMark::Point,
        ThousandsMark::Blank,
        ThousandsMark::Apostrophe,
    ]);
    let orders = prop::sample::select(vec![
        DateOrder::Compact,
        DateOrder::DayMonthYear,
        DateOrder::MonthDayYear,
        DateOrder::YearMonthDay,
    ]);
    (any::<bool>(), marks, orders, any::<bool>(), prop::option::of(any::<i32>())).prop_map(
        |(comma, thousands_mark, date_order, negatives, assumed_year)| Formats {
            decimal_mark: if comma { DecimalMark::Comma } else { DecimalMark::Point },
            thousands_mark,
            date_order,
            brackets_negative: negatives,
            trailing_minus: negatives,
            assumed_year,
            ..Formats::iso()
        },
    )
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(
        text in prop_oneof![any::<String>(), "[-−()0-9.,'’ \u{a0}/€eE+#NA:TZ]{0,24}", "[0-9]{8}", "[PpMm0-9/äé-]{0,9}"],
        formats in any_formats(),
    ) {
        let _ = parse_amount(&text, &formats, Currency::EUR);
        let _ = parse_decimal(&text, &formats);
        let _ = parse_quantity(&text, &formats);
        let _ = parse_date(&text, &formats);
        let _ = parse_period(&text, &formats);
    }

    #[test]
    fn an_amount_written_plainly_is_read_back(minor in any::<i64>().prop_filter("has a positive", |n| *n != i64::MIN)) {
        let money = kernel::Money::of_minor(minor, Currency::EUR);
        prop_assert_eq!(parse_amount(&money.plain(), &Formats::iso(), Currency::EUR), Ok(money));
        let grouped = Formats { thousands_mark: ThousandsMark::Comma, ..Formats::iso() };
        prop_assert_eq!(parse_amount(&money.grouped(), &grouped, Currency::EUR), Ok(money));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..600),
            "([a-z0-9é\"',;|\t.\r\n -]{0,40}[,;\n]){0,20}".prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 0..300).prop_map(|tail| [b"PK\x03\x04", tail.as_slice()].concat()),
            prop::collection::vec(any::<u8>(), 0..300).prop_map(|tail| [b"\xFF\xFE", tail.as_slice()].concat()),
        ],
    ) {
        let source = Source::of_bytes(bytes);
        if let Ok(proposal) = propose(&source) {
            let read = preview(&source, &proposal.dialect, &proposal.formats);
            prop_assert!(read.is_ok(), "what is proposed can be read: {}", read.unwrap_err());
        }
    }
}
