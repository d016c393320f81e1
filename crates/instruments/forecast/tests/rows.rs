//! Rows with times become series, in whatever order they come.

use forecast::Error;
use forecast::series::{Row, read};
use forecast::time::Unit;
use proptest::prelude::*;

fn rows(rows: &[(&str, &str, f64)]) -> Vec<Row> {
    let row = |(line, (id, time, value)): (u64, &(&str, &str, f64))| Row {
        line,
        id: (*id).to_owned(),
        time: (*time).to_owned(),
        value: Some(*value),
    };
    (2..).zip(rows).map(row).collect()
}

#[test]
fn times_are_read_in_the_forms_people_write() {
    let forms: [(&[&str], Unit, i64, &str); 8] = [
        (&["1", "2", "4"], Unit::Number, 1, "5"),
        (&["2019", "2021", "2023"], Unit::Number, 2, "2025"),
        (&["2025-11", "2025-12", "2026-02"], Unit::Month, 1, "2026-03"),
        (&["2025-01", "2025-04", "2025-10"], Unit::Month, 3, "2026-01"),
        (&["2025Q3", "2025-Q4", "2026q2"], Unit::Quarter, 1, "2026Q3"),
        (&["2025-12-31", "2026-01-31", "2026-02-28"], Unit::Month, 1, "2026-03"),
        (&["2025-12-15", "2026-01-15", "2026-03-15"], Unit::Month, 1, "2026-04"),
        (&["2026-02-16", "2026-02-23", "2026-03-09"], Unit::Day, 7, "2026-03-16"),
    ];
    for (times, unit, step, next) in forms {
        let table: Vec<_> = times.iter().map(|time| ("a", *time, 1.0)).collect();
        let (calendar, series) = read(&rows(&table)).unwrap();
        assert_eq!((calendar.unit, calendar.step), (unit, step), "{times:?}");
        assert_eq!(calendar.label(series[0].end()), next, "{times:?}");
        assert_eq!(series[0].known(), 3);
    }
}

#[test]
fn what_is_wrong_with_a_row_is_said_with_its_line() {
    let said = |table: &[(&str, &str, f64)]| read(&rows(table)).unwrap_err().to_string();
    let form = "write a whole number, 2026, 2026-09, 2026Q3 or 2026-09-30";
    for time in ["soon", "2026-13", "2026-02-30", "", "2026Q5", "12.5"] {
        let expected = format!("line 3, column t: {time:?} is no time: {form}");
        assert_eq!(said(&[("a", "1", 1.0), ("a", time, 1.0)]), expected);
    }
    let mixed = "line 3, column t: \"2026-01\" has another form than the times before: use one form";
    assert_eq!(said(&[("a", "1", 1.0), ("a", "2026-01", 1.0)]), mixed);
    let twice = "line 4, column t: series a has 1 twice: keep one of the rows";
    assert_eq!(said(&[("a", "1", 1.0), ("b", "1", 1.0), ("a", "1", 2.0)]), twice);
    let short = "series b has 1 values: a forecast takes at least 3";
    assert_eq!(said(&[("a", "1", 1.0), ("a", "2", 1.0), ("a", "3", 1.0), ("b", "1", 1.0)]), short);
    let sparse = said(&[("a", "1", 1.0), ("a", "2", 1.0), ("a", "90000", 1.0)]);
    assert!(sparse.starts_with("series a has 3 values in 90000 periods: write zeros"), "{sparse}");
    assert_eq!(read(&[]), Err(Error::Empty));
}

proptest! {
    #[test]
    fn the_order_of_rows_changes_nothing(
        order in Just((0..24_usize).collect::<Vec<_>>()).prop_shuffle(),
        values in prop::collection::vec(-1e6..1e6_f64, 24),
    ) {
        let row = |index: usize| Row {
            line: index as u64 + 2,
            id: format!("s{}", index % 2),
            time: (index / 2 * 3).to_string(),
            value: Some(values[index]),
        };
        let sorted: Vec<Row> = (0..24).map(row).collect();
        let shuffled: Vec<Row> = order.into_iter().map(row).collect();
        prop_assert_eq!(read(&shuffled), read(&sorted));
    }
}
