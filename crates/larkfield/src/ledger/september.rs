//! September's cost in three files. An early extract of 17 rows (B-0229); the month's 8,412 rows
//! (B-0231), of which 14 are there already, three have changed since, and four are refused; and the
//! four as corrected on 2 October (B-0233). Only with the third does the ledger equal the month.

use kernel::Period;

use super::{Row, export_date, file};
use crate::types::{AccountClass, Expected, ExpectedReject, LedgerFile};
use crate::years::Years;

/// File lines with the cost centre nobody knows.
const UNKNOWN_CENTRE: [usize; 3] = [2_207, 2_914, 6_033];

/// The file line dated 31 September.
const UNKNOWN_DAY: usize = 5_118;

/// Rows that had been loaded early: 14 the same, three changed since.
const EARLY: usize = 17;
const CHANGED: usize = 3;

/// The three files.
pub(super) fn files(years: Years, written: Period, right: Vec<Row>) -> [LedgerFile; 3] {
    let early_rows = early(&right);
    let mut wrong = right.clone();
    for line in UNKNOWN_CENTRE {
        wrong[row_of(line)].cost_centre = "7719";
    }
    let year = years.year(2026);
    wrong[row_of(UNKNOWN_DAY)].date = format!("31/09/{year}");

    let cost = AccountClass::Cost;
    let early = LedgerFile {
        name: format!("gl-{}-early.csv", years.told(written)),
        received: years.day(2026, 9, 11),
        batch: Some("B-0229"),
        ..file(years, written, "gl", cost, &early_rows)
    };
    let month = LedgerFile {
        received: years.day(2026, 10, 1),
        batch: Some("B-0231"),
        expected: Expected {
            new: wrong.len() - EARLY - UNKNOWN_CENTRE.len() - 1,
            already_there: EARLY - CHANGED,
            changed: CHANGED,
            rejected: rejects(year),
        },
        ..file(years, written, "gl", cost, &wrong)
    };
    let corrected_rows = corrected(years, &right);
    let corrected = LedgerFile {
        name: format!("gl-{}-corrected.csv", years.told(written)),
        received: years.day(2026, 10, 2),
        batch: Some("B-0233"),
        ..file(years, written, "gl", cost, &corrected_rows)
    };
    [early, month, corrected]
}

/// Index of a file line's row, the header being line 1.
fn row_of(line: usize) -> usize {
    line - 2
}

/// The first rows of field and network services, as they stood on 11 September: three were estimates.
fn early(right: &[Row]) -> Vec<Row> {
    let refused = |index: usize| UNKNOWN_CENTRE.iter().chain([&UNKNOWN_DAY]).any(|l| row_of(*l) == index);
    let mut rows: Vec<Row> = right
        .iter()
        .enumerate()
        .filter(|(index, row)| row.account == "5300" && row.currency == "EUR" && !refused(*index))
        .map(|(_, row)| row.clone())
        .take(EARLY)
        .collect();
    for (row, more) in rows.iter_mut().step_by(6).zip([120_000, -45_050, 3_999]) {
        row.text.push_str(", estimate");
        row.amount += more;
        row.euro_cents += more;
    }
    rows
}

/// The four refused rows put right: each with the centre it was meant for, the day the 30th.
fn corrected(years: Years, right: &[Row]) -> Vec<Row> {
    let mut rows: Vec<(usize, Row)> =
        UNKNOWN_CENTRE.iter().map(|line| (*line, right[row_of(*line)].clone())).collect();
    let date = export_date(years.day(2026, 9, 30));
    rows.push((UNKNOWN_DAY, Row { date, ..right[row_of(UNKNOWN_DAY)].clone() }));
    rows.sort_by_key(|(line, _)| *line);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn rejects(year: i32) -> Vec<ExpectedReject> {
    let mut rejects: Vec<ExpectedReject> = UNKNOWN_CENTRE
        .iter()
        .map(|line| ExpectedReject { line: *line, reason: "cost centre 7719 is unknown".into() })
        .collect();
    rejects
        .push(ExpectedReject { line: UNKNOWN_DAY, reason: format!("the date 31/09/{year} does not exist") });
    rejects.sort_by_key(|reject| reject.line);
    rejects
}
