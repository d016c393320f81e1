//! The formats of `screens.md` 3.9 as one table.

use kernel::{Currency, Quantity};

use super::*;

fn money(text: &str, code: &str) -> Value {
    Value::Money(Money::parse(text, Currency::parse(code).unwrap()).unwrap())
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn figures_are_written_as_the_design_says() {
    let table = Format::default();
    let said = Format { spoken: true, ..table };
    let signed = Format { signed: true, ..table };
    let at = |scale| Format { scale, ..table };
    let says = |scale| Format { scale, ..said };
    for (value, format, text) in [
        (money("7563248.11", "EUR"), table, "7,563,248.11"),
        (money("7563248.11", "EUR"), said, "€7,563,248.11"),
        (money("-1234", "EUR"), table, "−1,234.00"),
        (money("-1234", "EUR"), says(Scale::Whole), "−€1,234"),
        (money("0", "EUR"), table, "–"),
        (money("0", "EUR"), signed, "–"),
        (money("0", "EUR"), said, "€0.00"),
        (money("45000", "JPY"), said, "¥45,000"),
        (money("1.234", "KWD"), table, "1.234"),
        (money("660856.60", "EUR"), Format { signed: true, ..says(Scale::Whole) }, "+€660,857"),
        (money("153863.51", "EUR"), says(Scale::Thousands), "€154k"),
        (money("153500", "EUR"), at(Scale::Thousands), "154"),
        (money("-2862731.40", "EUR"), says(Scale::Millions(1)), "−€2.9\u{a0}M"),
        (money("3900000", "EUR"), says(Scale::Millions(2)), "€3.90\u{a0}M"),
        (money("6981.69", "EUR"), signed, "+6,981.69"),
        (money("-3455.52", "EUR"), signed, "−3,455.52"),
        (Value::Count(482_310), table, "482,310"),
        (Value::Count(0), table, "–"),
        (Value::Count(0), said, "0"),
        (Value::Quantity(Quantity::parse("1357.5").unwrap()), table, "1,357.5"),
        (Value::Decimal(decimal("386.9211")), table, "386.9211"),
        (Value::Decimal(decimal("35.98")), Format { decimals: Some(4), ..table }, "35.9800"),
        (Value::Decimal(decimal("0.110")), Format { percent: true, ..signed }, "+11.0\u{a0}%"),
        (Value::Decimal(decimal("0")), Format { percent: true, ..table }, "0.0\u{a0}%"),
        (Value::Unknown, signed, "n/k"),
        (Value::Bool(true), table, "yes"),
    ] {
        assert_eq!(written(&value, format), text);
    }
}

#[test]
fn shares_have_one_decimal_and_a_limit_that_is_said() {
    for (fraction, text) in [
        ("0.027", "2.7\u{a0}%"),
        ("0.0265", "2.7\u{a0}%"),
        ("-0.167", "−16.7\u{a0}%"),
        ("9.99", "999.0\u{a0}%"),
        ("9.9911", ">\u{a0}999\u{a0}%"),
        ("0.089904", "9.0\u{a0}%"),
    ] {
        assert_eq!(percent(decimal(fraction)), text, "{fraction}");
    }
    for (before, now, text) in [
        ("100", "102.65", "+2.7\u{a0}%"),
        ("100", "0", "−100.0\u{a0}%"),
        ("-50", "-25", "+50.0\u{a0}%"),
        ("0", "5", "new"),
        ("0", "0", "–"),
        ("1", "50", ">\u{a0}999\u{a0}%"),
    ] {
        assert_eq!(percent_change(decimal(before), decimal(now)), text, "{before} → {now}");
    }
}

#[test]
fn days_have_their_month_in_letters() {
    assert_eq!(date("2026-09-03").replace(NBSP, " "), "3 Sep 2026");
    assert_eq!(time("2026-10-02T09:12:44.120Z").replace(NBSP, " "), "2 Oct 2026 09:12");
    assert_eq!(time("2026-10-02 09:12:44 UTC").replace(NBSP, " "), "2 Oct 2026 09:12");
    assert_eq!(period("2026-09").replace(NBSP, " "), "Sep 2026");
    for text in ["before Quarterdeck", "2026-13-01", "2026-09-031", "", "2026-09-00", "é2026-09-03"] {
        assert_eq!(date(text), text);
    }
    assert_eq!(counted(1, "line", "lines").replace(NBSP, " "), "1 line");
    assert_eq!(counted(8391, "line", "lines").replace(NBSP, " "), "8,391 lines");
}
