//! Days and months are parsed as the formats say, or refused with a sentence.

use kernel::Period;
use sheets::formats::DateOrder;
use sheets::{Formats, parse_date, parse_period};

fn ordered(date_order: DateOrder) -> Formats {
    Formats { date_order, ..Formats::iso() }
}

#[test]
fn every_order_reads_its_own_dates() {
    use DateOrder::{Compact, DayMonthYear, MonthDayYear, YearMonthDay};
    for (text, order, iso) in [
        ("2026-09-30", YearMonthDay, "2026-09-30"),
        ("2026/9/3", YearMonthDay, "2026-09-03"),
        ("30/09/2026", DayMonthYear, "2026-09-30"),
        ("30.9.2026", DayMonthYear, "2026-09-30"),
        ("09/10/2023", DayMonthYear, "2023-10-09"),
        ("09/10/2023", MonthDayYear, "2023-09-10"),
        ("20-10-16", DayMonthYear, "2016-10-20"),
        ("20-10-16", YearMonthDay, "2020-10-16"),
        ("01/02/69", DayMonthYear, "1969-02-01"),
        ("01/02/68", DayMonthYear, "2068-02-01"),
        ("20230131", Compact, "2023-01-31"),
        ("29/02/2028", DayMonthYear, "2028-02-29"),
        // Not to be misread, so taken in any order.
        ("2026-09-03", MonthDayYear, "2026-09-03"),
        ("2026-09-30 22:00:00", DayMonthYear, "2026-09-30"),
        ("2026-09-30T22:00:00Z", YearMonthDay, "2026-09-30"),
        ("30/09/2026 08:15", DayMonthYear, "2026-09-30"),
        ("Friday, April 29, 2022", YearMonthDay, "2022-04-29"),
        ("29 April 2022", MonthDayYear, "2022-04-29"),
        ("29-Apr-22", MonthDayYear, "2022-04-29"),
        ("Apr 1st, 2022", DayMonthYear, "2022-04-01"),
        ("3. März 2026", YearMonthDay, "2026-03-03"),
        ("1 févr. 2026", YearMonthDay, "2026-02-01"),
    ] {
        assert_eq!(
            parse_date(text, &ordered(order)).map(|day| day.to_string()),
            Ok(iso.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn a_date_that_is_none_is_refused_with_a_sentence() {
    use DateOrder::{Compact, DayMonthYear, YearMonthDay};
    for (text, order, says) in [
        ("31/09/2026", DayMonthYear, "date \"31/09/2026\" does not exist"),
        ("29/02/2027", DayMonthYear, "date \"29/02/2027\" does not exist"),
        ("09/21/2023", DayMonthYear, "date \"09/21/2023\" has month 21 when read as day/month/year"),
        (
            "Saturday, April 29, 2022",
            YearMonthDay,
            "date \"Saturday, April 29, 2022\" is a Friday, not the weekday named",
        ),
        ("29 Apr", DayMonthYear, "date \"29 Apr\" has no year"),
        ("20230131", DayMonthYear, "date \"20230131\" is read as day/month/year, and has no marks"),
        ("20231301", Compact, "date \"20231301\" does not exist"),
        ("soon", YearMonthDay, "date \"soon\" is no date"),
        ("N/A", YearMonthDay, "date \"N/A\" stands for no value"),
    ] {
        assert_eq!(parse_date(text, &ordered(order)).unwrap_err().says, says);
    }
}

#[test]
fn a_date_without_a_year_takes_the_year_that_was_asked() {
    let asked = Formats { assumed_year: Some(2026), ..ordered(DateOrder::DayMonthYear) };
    for text in ["29 Apr", "Apr 29", "29/04"] {
        assert_eq!(parse_date(text, &asked).unwrap().to_string(), "2026-04-29");
    }
}

#[test]
fn months_are_read_in_the_ways_people_write_them() {
    for (text, period) in [
        ("2026-09", "2026-09"),
        ("2026/9", "2026-09"),
        ("Sep 2026", "2026-09"),
        ("September 2026", "2026-09"),
        ("sept. 26", "2026-09"),
        ("Dec-13", "2013-12"),
        ("09/2026", "2026-09"),
        ("9.2026", "2026-09"),
        ("201309", "2013-09"),
        ("2026-M09", "2026-09"),
        ("Oktober 2025", "2025-10"),
        ("2026-09-15", "2026-09"),
    ] {
        assert_eq!(parse_period(text, &Formats::iso()), Ok(period.parse::<Period>().unwrap()), "{text}");
    }
    for (text, says) in [
        ("P02", "period \"P02\" is a fiscal period; which month it means must be asked"),
        ("2019/20", "period \"2019/20\" is a fiscal year, not a month"),
        ("2009/10", "period \"2009/10\" is a fiscal year, not a month"),
        ("2026-13", "period \"2026-13\" is no month"),
        ("201313", "period \"201313\" is no month"),
        ("FY26", "period \"FY26\" is no month"),
        ("2026", "period \"2026\" is no month"),
    ] {
        assert_eq!(parse_period(text, &Formats::iso()).unwrap_err().says, says);
    }
}
