//! Amounts are parsed as the formats say, or refused with a sentence: `screens.md` §5.4.

use kernel::{Currency, Decimal};
use sheets::formats::{DecimalMark, Digits, Sign, ThousandsMark};
use sheets::{Cell, Formats, parse_amount, parse_decimal, parse_quantity, parse_yes_no, read_amount};

fn formats(decimal_mark: DecimalMark, thousands_mark: ThousandsMark, all_negatives: bool) -> Formats {
    Formats {
        decimal_mark,
        thousands_mark,
        brackets_negative: all_negatives,
        trailing_minus: all_negatives,
        ..Formats::iso()
    }
}

/// One row per text of `screens.md` §5.4; one column per setting. `-` is a refusal.
const MATRIX: &str = "
text     | 1,234.56 | 1.234,56 | 1 234,56 | 1'234.56
1.000    | 1.00     | 1000.00  | -        | 1.00
1,000    | 1000.00  | 1.00     | 1.00     | -
1.234,56 | -        | 1234.56  | -        | -
-110.7   | -110.70  | -        | -        | -110.70
(1,234)  | -1234.00 | -1.234   | -1.234   | -
1 234,5  | -        | -        | 1234.50  | -
9,99     | -        | 9.99     | 9.99     | -
12-      | -12.00   | -12.00   | -12.00   | -12.00
";

#[test]
fn the_matrix_of_amounts_is_parsed_as_set() {
    let settings = [
        formats(DecimalMark::Point, ThousandsMark::Comma, true),
        formats(DecimalMark::Comma, ThousandsMark::Point, true),
        formats(DecimalMark::Comma, ThousandsMark::Blank, true),
        formats(DecimalMark::Point, ThousandsMark::Apostrophe, true),
    ];
    // Three digits, so that a fraction of three is an amount too.
    for (code, scale) in [("EUR", 2), ("KWD", 3)] {
        let currency = Currency::parse(code).unwrap();
        for row in MATRIX.lines().skip(2) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            for (setting, expected) in settings.iter().zip(&cells[1..]) {
                let read = parse_amount(cells[0], setting, currency);
                let expected = (*expected != "-").then(|| expected.parse::<Decimal>().unwrap());
                let fits = expected.is_some_and(|value| value.normalize().scale() <= scale);
                match read {
                    Ok(money) => {
                        assert_eq!(Some(money.plain().parse().unwrap()), expected, "{row} {setting:?}")
                    }
                    Err(error) => assert!(!fits, "{code} {row}: {error}"),
                }
            }
        }
    }
}

#[test]
fn blanks_apostrophes_signs_and_currencies_are_read_where_they_stand() {
    let blank = formats(DecimalMark::Comma, ThousandsMark::Blank, false);
    let swiss = formats(DecimalMark::Point, ThousandsMark::Apostrophe, false);
    let english = formats(DecimalMark::Point, ThousandsMark::Comma, true);
    for (text, formats, cents) in [
        ("1\u{a0}234\u{a0}567,89", &blank, 123_456_789),
        ("1\u{202f}234,5", &blank, 123_450),
        ("7'563'248.11", &swiss, 756_324_811),
        ("7’563’248.11", &swiss, 756_324_811),
        ("−110.70", &english, -11_070),
        ("- 5", &english, -500),
        ("+5", &english, 500),
        ("€1,234.50", &english, 123_450),
        ("-€5", &english, -500),
        ("€-5", &english, -500),
        ("(€6,552.14)", &english, -655_214),
        ("12.50 EUR", &english, 1_250),
        (".5", &english, 50),
        ("  7 ", &english, 700),
        ("1.5E2", &english, 15_000),
        ("1,234,567.80", &english, 123_456_780),
    ] {
        assert_eq!(parse_amount(text, formats, Currency::EUR).unwrap().minor(), cents, "{text}");
    }
}

#[test]
fn what_is_not_written_as_set_is_refused_with_a_sentence() {
    let plain = Formats::iso();
    let english = formats(DecimalMark::Point, ThousandsMark::Comma, true);
    for (text, formats, says) in [
        ("(500.00)", &plain, "amount \"(500.00)\" is in brackets, and brackets are not set to mean negative"),
        ("12-", &plain, "amount \"12-\" ends with a minus, and that is not set to mean negative"),
        ("9,99", &plain, "amount \"9,99\" does not fit: a point before the fraction, thousands not marked"),
        (
            "9,99",
            &english,
            "amount \"9,99\" does not fit: a point before the fraction, a comma between thousands",
        ),
        ("(-5)", &english, "amount \"(-5)\" is negative twice"),
        ("$5", &plain, "amount \"$5\" is no number"),
        ("abc", &plain, "amount \"abc\" is no number"),
        ("#N/A", &plain, "amount \"#N/A\" stands for no value"),
        ("", &plain, "amount \"\" stands for no value"),
        ("1.005", &plain, "amount \"1.005\" has more digits after the decimal mark than EUR (2)"),
        ("99999999999999999999", &plain, "amount \"99999999999999999999\" is too large to keep"),
    ] {
        assert_eq!(parse_amount(text, formats, Currency::EUR).unwrap_err().says, says);
    }
    for text in ["1,", "1.", "-", ".", "1..5", "--5", "1e", "1e5e5", "1,00,000", ",5", "12,34.5"] {
        assert!(parse_amount(text, &english, Currency::EUR).is_err(), "{text}");
    }
}

/// `faults.md`, "Yen".
#[test]
fn a_currency_has_its_own_digits() {
    let read = |text: &str, code: &str| parse_amount(text, &Formats::iso(), Currency::parse(code).unwrap());
    assert_eq!(read("100000", "JPY").unwrap().spoken(), "¥100,000");
    assert_eq!(read("7", "JPY").unwrap().spoken(), "¥7");
    assert_eq!(read("1.234", "KWD").unwrap().minor(), 1_234);
    assert_eq!(read("12.34", "EUR").unwrap().minor(), 1_234);
    let refused = read("4.5", "JPY").unwrap_err();
    assert_eq!(refused.says, "amount \"4.5\" has more digits after the decimal mark than JPY (0)");
    assert_eq!(parse_decimal("4.5", &Formats::iso()).unwrap().to_string(), "4.5");
}

#[test]
fn rounding_is_only_done_when_set_and_what_is_rounded_away_is_handed_back() {
    let rounding = Formats { digits: Digits::Round, ..Formats::iso() };
    for (text, minor, away) in [
        ("14.53183298579", 1_453, "0.00183298579"),
        ("1.005", 101, "-0.005"),
        ("-1.005", -101, "0.005"),
        ("2.00", 200, "0"),
    ] {
        let read = read_amount(text, &rounding, Currency::USD).unwrap();
        assert_eq!((read.money.minor(), read.rounded_away.to_string().as_str()), (minor, away), "{text}");
    }
}

#[test]
fn a_reversed_sign_turns_every_amount() {
    let reversed = Formats { sign: Sign::Reversed, brackets_negative: true, ..Formats::iso() };
    assert_eq!(parse_amount("5.00", &reversed, Currency::EUR).unwrap().minor(), -500);
    assert_eq!(parse_amount("(5.00)", &reversed, Currency::EUR).unwrap().minor(), 500);
}

#[test]
fn a_spreadsheets_float_becomes_the_amount_that_was_typed() {
    let read = |float: f64| {
        let cell = Cell::of_float(float).unwrap();
        Formats::iso().amount(&cell, Currency::EUR).map(|read| read.unwrap().money.minor())
    };
    assert_eq!(read(5298.779999999999), Ok(529_878));
    // 33.33 × 3 − 99.98 leaves an error beyond the sixth digit.
    assert_eq!(read(1_234.560_000_000_1), Ok(123_456));
    assert!(read(1.005).is_err());
    assert_eq!(Formats::iso().amount(&Cell::Error("#N/A".into()), Currency::EUR), Ok(None));
    assert_eq!(Formats::iso().amount(&Cell::Empty, Currency::EUR), Ok(None));
}

#[test]
fn decimals_and_quantities_are_exact_or_refused() {
    let comma = formats(DecimalMark::Comma, ThousandsMark::Point, false);
    assert_eq!(parse_decimal("16,29693213663664462748541900", &comma).unwrap().scale(), 26);
    assert_eq!(parse_decimal("8,84E-06", &comma).unwrap().to_string(), "0.00000884");
    assert!(parse_decimal("0.00000000000000000000000000001", &Formats::iso()).is_err());
    assert_eq!(parse_quantity("1.357,5", &comma).unwrap().plain(), "1357.5");
    assert_eq!(
        parse_quantity("0.0000001", &Formats::iso()).unwrap_err().says,
        "quantity \"0.0000001\" has more than six digits after the decimal mark"
    );
    for (text, yes) in
        [("Yes", true), ("ja", true), ("X", true), ("0", false), ("FALSE", false), ("Non", false)]
    {
        assert_eq!(parse_yes_no(text).unwrap(), yes);
    }
    assert_eq!(parse_yes_no("maybe").unwrap_err().says, "answer \"maybe\" is neither yes nor no");
}
